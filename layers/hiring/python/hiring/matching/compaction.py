"""Fresh changes become a new generation of the index; each marker goes only if it is still what was merged."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from hiring.matching.columns import CandidateColumns
from hiring.matching.features import VERSION
from hiring.matching.index_store import (
    LAYOUT,
    MANIFEST,
    Manifest,
    Retired,
    generation_key,
    open_segments,
    put_segments,
    read_manifest,
    swap_manifest,
)
from hiring.matching.pool import Changes, read_changes
from hiring.matching.rebuilding import forget_rebuilding, rebuilt
from hiring.matching.renewing import Renewal
from hiring.matching.segment import ROWS, Segment
from hiring.matching.store import delete_delta
from hiring.shared.files import FileChanged, Files
from hiring.shared.ids import new_id
from hiring.shared.table import Table
from hiring.skills.embedding import StaticEmbedding, load_embedding

KEPT = timedelta(days=30)
"""How long a generation stays after the next one, so that a whole run on it can be replayed."""


def compact(
    table: Table,
    artefacts: Files,
    *,
    now: datetime,
    embedding: Callable[[], StaticEmbedding] = load_embedding,
    in_time: Callable[[], bool] = lambda: True,
) -> Manifest | None:
    """Merge every change into a new generation and put it in force; None where nothing changed.

    An index of another layout, or with resumes as older code read them, is built anew from the table; None where that
    takes further rounds. `embedding` is asked for if resumes are to be read anew, which ends when it is no more
    `in_time`. Who should be, but has no evidence, is named in the manifest and stays a change.

    Where somebody was erased, no generation before the new one stays: each may hold a row of that person.

    Raises `FileChanged` where another compaction was faster: its result stands, and the changes wait for the next one.
    """
    renewal = Renewal(table, artefacts, embedding)
    changes = read_changes(table, renewal)
    merged = [delta for delta in changes.deltas if delta.candidate_id not in changes.waiting]
    manifest, etag = read_manifest(artefacts)
    outdated = manifest is not None and manifest.outdated
    if not merged and not outdated:
        return None
    before, retired = _before(artefacts, manifest, now)
    if outdated:
        anew = rebuilt(table, artefacts, renewal, now=now, in_time=in_time)
        if anew is None:
            return None
        before, waiting = anew
    else:
        waiting = () if manifest is None else manifest.waiting
    erased = any(delta.erased for delta in merged)
    kept = _without_expired(artefacts, retired, now)
    counted = _Counted(renewed(before, changes.columns, changes.gone))
    generation = new_id("gen", now)
    version_id = put_segments(artefacts, counted, generation_key(generation))
    fresh = Manifest(
        generation=generation,
        candidates=counted.candidates,
        built_at=now,
        layout=LAYOUT,
        features_version=VERSION,
        waiting=_still(waiting, changes),
        retired=() if erased else kept,
    )
    try:
        swap_manifest(artefacts, fresh, etag=etag)
    except FileChanged:
        if version_id is not None:
            artefacts.delete_version(generation_key(fresh.generation), version_id)
        raise
    if outdated:
        forget_rebuilding(artefacts)
    if erased:
        _forget_generations(artefacts, but=fresh.generation)
    for delta in merged:
        delete_delta(table, delta)
    return fresh


def _before(artefacts: Files, manifest: Manifest | None, now: datetime) -> tuple[Iterator[Segment], list[Retired]]:
    """What the changes go into, as far as it can be read, and the generations that then are not in force."""
    if manifest is None:
        return iter(()), []
    segments, version_id = open_segments(artefacts, generation_key(manifest.generation))
    retired = Retired(generation=manifest.generation, version_id=version_id, retired_at=now)
    return segments, [*manifest.retired, retired]


def _without_expired(artefacts: Files, retired: Sequence[Retired], now: datetime) -> tuple[Retired, ...]:
    """What is expired goes before the manifest forgets it: a generation holds people's features."""
    expired = [old for old in retired if old.retired_at <= now - KEPT]
    for old in expired:
        if old.version_id is not None:
            artefacts.delete_version(generation_key(old.generation), old.version_id)
    return tuple(old for old in retired if old not in expired)


def _still(waiting: Iterable[str], changes: Changes) -> tuple[str, ...]:
    """Who waits now: nobody whose change was merged, and everybody whose change could not be."""
    merged = {delta.candidate_id for delta in changes.deltas}
    return tuple(sorted({*(each for each in waiting if each not in merged), *changes.waiting}))


def renewed(segments: Iterable[Segment], changed: CandidateColumns, gone: Sequence[str]) -> Iterator[Segment]:
    """`segments` with the rows of `changed` in their place, and without `gone`.

    Both are in the order of ids. A segment that nothing concerns stays as it is; no more than two are in memory.
    """
    left = np.array(sorted(gone), dtype=np.bytes_)
    begin = 0
    waiting: Segment | None = None
    for segment in segments:
        if waiting is not None:
            end = int(np.searchsorted(changed.ids, waiting.everybody.ids[-1], side="right"))
            yield from _renewed(waiting, changed.taken(np.arange(begin, end)), left)
            begin = end
        waiting = segment
    rest = changed.taken(np.arange(begin, len(changed)))
    yield from _packed(rest) if waiting is None else _renewed(waiting, rest, left)


def _renewed(segment: Segment, changed: CandidateColumns, gone: NDArray[np.bytes_]) -> Iterator[Segment]:
    if len(changed) == 0 and not np.isin(gone, segment.everybody.ids).any():
        yield segment
    else:
        left = [candidate_id.decode() for candidate_id in gone.tolist()]
        yield from _packed(segment.unpacked().merged(changed, gone=left))


def _packed(columns: CandidateColumns) -> Iterator[Segment]:
    for start in range(0, len(columns), ROWS):
        yield Segment.of(columns.taken(np.arange(start, min(start + ROWS, len(columns)))))


class _Counted:
    """Segments on their way through, and how many candidates they held."""

    def __init__(self, segments: Iterable[Segment]) -> None:
        self._segments = segments
        self.candidates = 0

    def __iter__(self) -> Iterator[Segment]:
        for segment in self._segments:
            self.candidates += len(segment)
            yield segment


def _forget_generations(artefacts: Files, *, but: str) -> None:
    """Remove every generation but one, also those that a compaction left behind that came to no end."""
    kept = {MANIFEST, generation_key(but)}
    for version in artefacts.versions("index/"):
        if version.key not in kept:
            artefacts.delete_version(version.key, version.version_id)
