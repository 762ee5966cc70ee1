"""The index in its bucket: one immutable file a generation, and a manifest that says which of them is in force."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import lru_cache
from tempfile import TemporaryFile

from hiring.matching.features import VERSION
from hiring.matching.generation import Generation
from hiring.matching.index_file import read_index, write_index
from hiring.matching.segment import Segment
from hiring.shared.files import Files
from hiring.shared.values import Document

MANIFEST = "index/manifest.json"
LAYOUT = 5
"""Of the generation's file. One of another layout cannot be read: the next compaction builds the index anew."""
_BINARY = "application/octet-stream"


class Retired(Document):
    """A generation that is no longer in force, kept for a while so that runs on it can be replayed whole."""

    generation: str
    version_id: str | None
    retired_at: datetime


class Manifest(Document):
    """Which generation is in force, and which were before."""

    generation: str
    candidates: int
    built_at: datetime
    layout: int = 1
    features_version: int = 3
    """Which code read the resumes."""
    waiting: tuple[str, ...] = ()
    """Who takes part and is not in it as current code would read the resume, because the evidence cannot be found."""
    retired: tuple[Retired, ...] = ()

    @property
    def outdated(self) -> bool:
        """Whether it is to be built anew: its file cannot be read, or its resumes would be read otherwise today."""
        return (self.layout, self.features_version) != (LAYOUT, VERSION)


def generation_key(generation: str) -> str:
    """Where a generation's file lies."""
    return f"index/{generation}"


def read_manifest(artefacts: Files) -> tuple[Manifest | None, str | None]:
    """The manifest and the tag to swap it with; None and None before the first generation."""
    stored = artefacts.get(MANIFEST)
    if stored is None:
        return None, None
    return Manifest.model_validate_json(stored.data), stored.etag


def is_readable(artefacts: Files) -> bool:
    """Whether runs can rank with the index as it is; without one they rank all there is."""
    manifest, _ = read_manifest(artefacts)
    return manifest is None or manifest.layout == LAYOUT


def swap_manifest(artefacts: Files, manifest: Manifest, *, etag: str | None) -> None:
    """Put another generation in force; raises `FileChanged` where somebody else did so first."""
    artefacts.swap(MANIFEST, manifest.model_dump_json().encode(), content_type="application/json", etag=etag)


def put_segments(artefacts: Files, segments: Iterable[Segment], key: str) -> str | None:
    """Write a file of segments, one after the other; the version of its object."""
    with TemporaryFile() as file:
        write_index(file, segments)
        file.seek(0)
        return artefacts.put(key, file, content_type=_BINARY)


def open_segments(artefacts: Files, key: str) -> tuple[Iterator[Segment], str | None]:
    """The segments of a file, read one after the other, and the version of its object.

    Raises `LookupError` where there is no such file.
    """
    stored = artefacts.open(key)
    if stored is None:
        raise LookupError(f"{key} is missing from its bucket")
    return read_index(stored.body), stored.version_id


@lru_cache(maxsize=1)
def load_generation(artefacts: Files, generation: str) -> Generation:
    """A whole generation; the last one read stays in memory."""
    return Generation(generation, tuple(open_segments(artefacts, generation_key(generation))[0]))
