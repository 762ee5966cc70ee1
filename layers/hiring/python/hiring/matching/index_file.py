"""One immutable file a generation: for each segment a JSON header, then its columns at 64-byte boundaries.

Layout: the magic, then the segments one after the other, each the length of its header (8 bytes, little-endian), the
header, and each section as little-endian numbers where the header says. Sections are read straight into place with
`readinto`. A length of zero ends the file.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from hiring.matching.columns import CandidateColumns
from hiring.matching.packed import PackedPostings
from hiring.matching.rare import RarePostings
from hiring.matching.segment import Segment

MAGIC = b"CANDIDX5"
ALIGNMENT = 64
_PARTS: dict[str, type] = {
    "everybody": CandidateColumns,
    "everybody.facts": PackedPostings,
    "everybody.skills": PackedPostings,
    "everybody.terms": PackedPostings,
    "pairs": PackedPostings,
    "rare": RarePostings,
}


class NotAnIndex(ValueError):
    """The bytes are not an index file of this version, or are cut off."""


def write_index(file: BinaryIO, segments: Iterable[Segment]) -> None:
    """Write the file of a generation; one segment at a time is asked for."""
    at = file.write(MAGIC)
    for segment in segments:
        at += _write_segment(file, segment, at)
    file.write(bytes(8))


def read_index(file: BinaryIO) -> Iterator[Segment]:
    """The segments in `file`, one after the other; raises `NotAnIndex`."""
    if file.read(len(MAGIC)) != MAGIC:
        raise NotAnIndex("this is not an index file of this version")
    at = len(MAGIC)
    while size := int.from_bytes(_exactly(file, 8, "its end"), "little"):
        header = json.loads(_exactly(file, size, "a header"))
        at += 8 + size
        arrays: dict[str, NDArray[np.generic]] = {}
        for section in header:
            at += len(file.read(-at % ALIGNMENT))
            array = np.empty(section["shape"], dtype=section["dtype"])
            at += _fill(file, array, section["name"])
            arrays[section["name"]] = array
        yield _built(Segment, "", arrays)


def _write_segment(file: BinaryIO, segment: Segment, at: int) -> int:
    sections = [(name, np.ascontiguousarray(array)) for name, array in _sections(segment, "")]
    described = [
        {"name": name, "dtype": array.dtype.newbyteorder("<").str, "shape": list(array.shape)}
        for name, array in sections
    ]
    header = json.dumps(described, separators=(",", ":")).encode()
    written = file.write(len(header).to_bytes(8, "little")) + file.write(header)
    for _, array in sections:
        written += file.write(bytes(-(at + written) % ALIGNMENT))
        written += file.write(array.astype(array.dtype.newbyteorder("<"), copy=False).tobytes())
    return written


def _exactly(file: BinaryIO, size: int, what: str) -> bytes:
    found = file.read(size)
    if len(found) < size:
        raise NotAnIndex(f"the file ends within {what}")
    return found


def _fill(file: BinaryIO, array: NDArray[np.generic], name: str) -> int:
    if array.nbytes == 0:
        return 0
    wanted = memoryview(array.view(np.uint8).reshape(-1))
    done = 0
    while done < len(wanted):
        count = file.readinto(wanted[done:])  # type: ignore[attr-defined]
        if not count:
            raise NotAnIndex(f"the file ends within the section {name}")
        done += count
    return done


def _sections(part: Any, within: str) -> Iterator[tuple[str, NDArray[np.generic]]]:
    """The arrays in a dataclass and in those that it holds, by their dotted names."""
    for field in fields(part):
        value = getattr(part, field.name)
        if is_dataclass(value):
            yield from _sections(value, f"{within}{field.name}.")
        else:
            yield f"{within}{field.name}", value


def _built[T](kind: type[T], within: str, arrays: dict[str, NDArray[np.generic]]) -> T:
    values = {}
    for field in fields(kind):  # type: ignore[arg-type]
        name = f"{within}{field.name}"
        values[field.name] = _built(_PARTS[name], f"{name}.", arrays) if name in _PARTS else arrays[name]
    return kind(**values)
