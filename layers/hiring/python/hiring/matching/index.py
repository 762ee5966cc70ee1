"""One immutable file a generation: a JSON header, then the columns at 64-byte boundaries, vectors last.

Layout: the magic, the header's length (8 bytes, little-endian), the header, then each section as little-endian
numbers where the header says. Sections are read straight into place with `readinto`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import fields
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from hiring.matching.columns import CandidateColumns, Postings

MAGIC = b"CANDIDX1"
ALIGNMENT = 64
_NESTED = tuple(field.name for field in fields(Postings))


class NotAnIndex(ValueError):
    """The bytes are not an index file of this version, or are cut off."""


def write_index(file: BinaryIO, columns: CandidateColumns, generation: str) -> None:
    """Write `columns` as the file of `generation`."""
    sections = [(name, np.ascontiguousarray(array)) for name, array in _sections(columns)]
    described = [
        {"name": name, "dtype": array.dtype.newbyteorder("<").str, "shape": list(array.shape)}
        for name, array in sections
    ]
    header = json.dumps({"generation": generation, "sections": described}, separators=(",", ":")).encode()
    at = file.write(MAGIC) + file.write(len(header).to_bytes(8, "little")) + file.write(header)
    for _, array in sections:
        at += file.write(bytes(-at % ALIGNMENT))
        at += file.write(array.astype(array.dtype.newbyteorder("<"), copy=False).tobytes())


def read_index(file: BinaryIO) -> tuple[CandidateColumns, str]:
    """The columns in `file` and the name of their generation; raises `NotAnIndex`."""
    if file.read(len(MAGIC)) != MAGIC:
        raise NotAnIndex("this is not an index file of this version")
    size = int.from_bytes(file.read(8), "little")
    header = json.loads(file.read(size))
    at = len(MAGIC) + 8 + size
    arrays: dict[str, NDArray[np.generic]] = {}
    for section in header["sections"]:
        at += len(file.read(-at % ALIGNMENT))
        array = np.empty(section["shape"], dtype=section["dtype"])
        at += _fill(file, array, section["name"])
        arrays[section["name"]] = array
    return _columns(arrays), header["generation"]


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


def _sections(columns: CandidateColumns) -> Iterator[tuple[str, NDArray[np.generic]]]:
    for field in fields(CandidateColumns):
        value = getattr(columns, field.name)
        if isinstance(value, Postings):
            yield from ((f"{field.name}.{part}", getattr(value, part)) for part in _NESTED)
        else:
            yield field.name, value


def _columns(arrays: dict[str, NDArray[np.generic]]) -> CandidateColumns:
    postings = {name.partition(".")[0] for name in arrays if "." in name}
    whole: dict[str, object] = {name: array for name, array in arrays.items() if "." not in name}
    for name in postings:
        whole[name] = Postings(**{part: arrays[f"{name}.{part}"] for part in _NESTED})  # type: ignore[arg-type]
    return CandidateColumns(**whole)  # type: ignore[arg-type]
