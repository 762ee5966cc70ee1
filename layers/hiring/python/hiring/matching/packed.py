"""Postings in few bytes: the rows of a key as Elias-Fano codes, its values in as few bits as they are usual.

Elias-Fano (Elias, 1974; Vigna, "Quasi-succinct indices", 2013) writes n ascending numbers below u as their low bits,
one beside the other, and the gaps of their high bits in unary: about two bits and the logarithm of u / n a number. A
key that many rows have is a plain bitmap, which is shorter then. Most values are 1, most others 2: one bit of each says
whether it is more than 1, one of each of those whether it is more than 2, and so on; the few large ones are written as
they are. So are, where values are of any size, all but the 1.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Self

import numpy as np
from numpy.typing import NDArray

from hiring.matching.postings import Found, Postings, nothing_found

LOW_BITS = (2, 4, 6, 8, 10, 12, 14)
"""How many low bits there may be: sums of `PIECES`, which lie one after the other."""
PIECES = (8, 4, 2)
IN_BITS = 16
"""From this on a count has a byte of its own."""
AT_ONCE = 1 << 20
"""How many rows are packed at a time."""
KEY_BYTES = 12
"""What a key takes beside its rows: itself, how many they are, where its code starts, and the end of its last byte."""
USUAL_VALUE_BITS = 1
_APART: dict[int, NDArray[np.uint8]] = {
    bits: np.array([[byte >> at & (1 << bits) - 1 for at in range(0, 8, bits)] for byte in range(256)], dtype=np.uint8)
    for bits in (2, 4)
}
"""The numbers of two or four bits in a byte, a byte each."""


@dataclass(frozen=True, eq=False)
class PackedPostings:
    """`Postings` of `universe` rows (at most 65,536), a code for each of the ascending `keys`, at `starts` in `codes`.

    `others` says how many rows a key has beside the first. `counted` holds one flag: whether values are counts, that
    is mostly 1 and hardly ever `IN_BITS` or more.
    """

    keys: NDArray[np.uint32]
    others: NDArray[np.uint16]
    starts: NDArray[np.uint32]
    codes: NDArray[np.uint8]
    universe: NDArray[np.uint32]
    counted: NDArray[np.bool_]

    @classmethod
    def of(cls, postings: Postings, universe: int, *, counted: bool) -> Self:
        """The packed form of `postings` over `universe` rows."""
        codes, starts, end = [], [], 0
        for part in _pieces(postings):
            code, sizes = _codes(part, universe, counted=counted)
            codes.append(code)
            starts.append(end + np.cumsum(sizes) - sizes)
            end += len(code)
        return cls(
            keys=postings.keys,
            others=(postings.sizes() - 1).astype(np.uint16),
            starts=np.concatenate([np.zeros(0, np.int64), *starts]).astype(np.uint32),
            codes=np.concatenate([np.zeros(0, np.uint8), *codes]),
            universe=np.array([universe], dtype=np.uint32),
            counted=np.array([counted]),
        )

    def find(self, key: int) -> Found:
        """The rows that have `key`, ascending, and their values."""
        at = int(self.keys.searchsorted(np.uint32(key)))
        if at == len(self.keys) or self.keys[at] != key:
            return nothing_found()
        return self._read(at)

    def count(self, key: int) -> int:
        """How many rows have `key`."""
        at = int(self.keys.searchsorted(np.uint32(key)))
        return int(self.others[at]) + 1 if at < len(self.keys) and self.keys[at] == key else 0

    def plain(self) -> Postings:
        """All of them as arrays."""
        sizes = self.others.astype(np.int64) + 1
        offsets = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
        rows, values = np.empty(int(offsets[-1]), dtype=np.uint32), np.empty(int(offsets[-1]), dtype=np.uint8)
        for at, start in enumerate(offsets[:-1].tolist()):
            found, told = self._read(at)
            rows[start : start + len(found)] = found
            values[start : start + len(found)] = told
        return Postings(self.keys, offsets, rows, values)

    def _read(self, at: int) -> Found:
        count, universe = int(self.others[at]) + 1, int(self.universe[0])
        end = int(self.starts[at + 1]) if at + 1 < len(self.starts) else len(self.codes)
        code = self.codes[int(self.starts[at]) : end]
        low = int(_low_bits(universe)[count])
        high = count + (universe >> low) + 1 if low else universe
        rows = np.flatnonzero(_bits(code, high))
        code = code[_bytes(high) :]
        if low:
            rows -= np.arange(count)
            rows <<= low
        for piece in PIECES:
            if low & piece:
                rows |= _read_piece(code, piece, count).astype(np.intp) << (low & (piece - 1))
                code = code[_bytes(count * piece) :]
        return rows, _read_values(code, count, counted=bool(self.counted[0]))


def cost(holders: NDArray[np.int64], universe: int) -> NDArray[np.int64]:
    """About how many bits a row takes of a key that so many rows have."""
    low = _low_bits(universe)[holders].astype(np.int64)
    bits: NDArray[np.int64] = (_high_bits(holders, low, universe) + 8 * KEY_BYTES) // holders + low + USUAL_VALUE_BITS
    return bits


@lru_cache(maxsize=8)
def _low_bits(universe: int) -> NDArray[np.uint8]:
    """For each number of rows how many low bits make the shortest code; 0 stands for a bitmap."""
    counts = np.arange(universe + 1)
    sizes = [np.full(universe + 1, universe), *(counts * (bits + 1) + (universe >> bits) + 1 for bits in LOW_BITS)]
    return np.array((0, *LOW_BITS), dtype=np.uint8)[np.argmin(sizes, axis=0)]


def _high_bits(counts: NDArray[np.int64], low: NDArray[np.int64], universe: int) -> NDArray[np.int64]:
    return np.where(low == 0, universe, counts + (universe >> low) + 1)


def _bytes[T: (int, NDArray[np.int64])](bits: T) -> T:
    return (bits + 7) // 8


def _bits(code: NDArray[np.uint8], count: int) -> NDArray[np.bool_]:
    return np.unpackbits(code[: _bytes(count)], count=count, bitorder="little").view(np.bool_)


def _read_piece(code: NDArray[np.uint8], bits: int, count: int) -> NDArray[np.uint8]:
    """`count` numbers of so many bits that lie side by side, the first in the lowest bits of the first byte."""
    code = code[: _bytes(count * bits)]
    return code if bits == 8 else _APART[bits][code].reshape(-1)[:count]


def _read_values(code: NDArray[np.uint8], count: int, *, counted: bool) -> NDArray[np.uint8]:
    values = np.ones(count, dtype=np.uint8)
    more = np.flatnonzero(_bits(code, count))
    if not counted:
        values[more] = code[_bytes(count) :]
        return values
    for value in range(2, IN_BITS):
        values[more] = value
        code = code[_bytes(count) :]
        if not len(code):
            return values
        count = len(more)
        more = more[_bits(code, count)]
    values[more] = code[_bytes(count) :]
    return values


def _pieces(postings: Postings) -> Iterator[Postings]:
    """The keys in their order, some of them at a time."""
    cuts = np.searchsorted(postings.offsets, np.arange(0, len(postings.rows), AT_ONCE), side="right") - 1
    for first, end in pairwise([*np.unique(cuts).tolist(), len(postings.keys)]):
        offsets = postings.offsets[first : end + 1]
        rows = slice(int(offsets[0]), int(offsets[-1]))
        yield Postings(postings.keys[first:end], offsets - offsets[0], postings.rows[rows], postings.values[rows])


def _codes(postings: Postings, universe: int, *, counted: bool) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """The codes of all keys, one after the other, and how many bytes each takes."""
    counts, rows = postings.sizes(), postings.rows.astype(np.int64)
    key = np.repeat(np.arange(len(counts)), counts)
    low = _low_bits(universe)[counts].astype(np.int64)
    number = np.arange(len(rows)) - postings.offsets[key]
    places = (rows >> low[key]) + np.where(low == 0, 0, 1)[key] * number
    sections = [_Section(key, places, np.ones(len(rows), dtype=np.uint8), _high_bits(counts, low, universe), 1)]
    for piece in PIECES:
        held = (low & piece > 0)[key]
        part = rows[held] >> (low & (piece - 1))[key[held]] & ((1 << piece) - 1)
        size = np.where(low & piece, counts * piece, 0)
        sections.append(_Section(key[held], number[held], part.astype(np.uint8), size, piece))
    sections += _values(key, postings.values, len(counts), counted=counted)
    sizes = np.sum([_bytes(section.bits) for section in sections], axis=0)
    code = np.zeros(8 * int(sizes.sum()), dtype=np.uint8)
    begins = np.cumsum(sizes) - sizes
    for section in sections:
        at = 8 * begins[section.key] + section.places * section.width
        for bit in range(section.width):
            code[at + bit] = section.numbers >> bit & 1
        begins += _bytes(section.bits)
    return np.packbits(code, bitorder="little"), sizes


@dataclass(frozen=True, eq=False)
class _Section:
    """Numbers of `width` bits in a section of the code of a `key`, at their `places`; a key's section has so many
    `bits`.
    """

    key: NDArray[np.int64]
    places: NDArray[np.int64]
    numbers: NDArray[np.uint8]
    bits: NDArray[np.int64]
    width: int


def _values(key: NDArray[np.int64], values: NDArray[np.uint8], keys: int, *, counted: bool) -> Iterator[_Section]:
    for value in range(1, IN_BITS):
        counts = np.bincount(key, minlength=keys)
        places = np.arange(len(key)) - (np.cumsum(counts) - counts)[key]
        more = values > value if counted else values != value
        yield _Section(key, places, more.view(np.uint8), counts, 1)
        key, values = key[more], values[more]
        if not len(key):
            return
        if not counted:
            break
    counts = np.bincount(key, minlength=keys)
    yield _Section(key, np.arange(len(key)) - (np.cumsum(counts) - counts)[key], values, 8 * counts, 8)
