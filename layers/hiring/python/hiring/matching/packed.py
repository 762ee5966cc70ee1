"""Postings in few bytes: the rows of a key as Elias-Fano codes, its values in as few bits as they are usual.

Elias-Fano (Elias, 1974; Vigna, "Quasi-succinct indices", 2013) writes n ascending numbers below u as their low bits,
one beside the other, and the gaps of their high bits in unary: about two bits and the logarithm of u / n a number. A
key that many rows have is a plain bitmap, which is shorter then. Most values are 1: a bit says which are not, and only
those are written.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from hiring.matching.postings import Postings

LOW_BITS = (2, 4, 8, 16)
USUAL = 1
LARGEST = {4: 16, 8: 255}
"""The largest value that each width of unusual values can tell; larger ones become this."""


@dataclass(frozen=True, eq=False)
class PackedPostings:
    """`Postings` of `universe` rows, a code for each of the ascending `keys`; that of `keys[i]` begins at `starts[i]`.

    `counts` says how many rows a key has. `widths` holds one number: the bits of a value that is not 1. With 4 bits a
    value is 1 to 16.
    """

    keys: NDArray[np.uint32]
    counts: NDArray[np.uint32]
    starts: NDArray[np.uint32]
    codes: NDArray[np.uint8]
    universe: NDArray[np.uint32]
    widths: NDArray[np.uint8]

    @classmethod
    def of(cls, postings: Postings, universe: int, *, width: int) -> Self:
        """The packed form of `postings` over `universe` rows."""
        codes = []
        for start, end in zip(postings.offsets[:-1].tolist(), postings.offsets[1:].tolist(), strict=True):
            codes.append(_rows_code(postings.rows[start:end], universe))
            codes.append(_values_code(postings.values[start:end], width))
        sizes = np.array([len(code) for code in codes], dtype=np.int64).reshape(-1, 2).sum(axis=1)
        return cls(
            keys=postings.keys,
            counts=np.diff(postings.offsets).astype(np.uint32),
            starts=(np.cumsum(sizes) - sizes).astype(np.uint32),
            codes=np.concatenate(codes) if codes else np.zeros(0, dtype=np.uint8),
            universe=np.array([universe], dtype=np.uint32),
            widths=np.array([width], dtype=np.uint8),
        )

    def find(self, key: int) -> tuple[NDArray[np.uint32], NDArray[np.uint8]]:
        """The rows that have `key`, ascending, and their values."""
        at = int(np.searchsorted(self.keys, np.uint32(key)))
        if at == len(self.keys) or self.keys[at] != key:
            return np.zeros(0, dtype=np.uint32), np.zeros(0, dtype=np.uint8)
        return self._read(at)

    def count(self, key: int) -> int:
        """How many rows have `key`."""
        at = int(np.searchsorted(self.keys, np.uint32(key)))
        return int(self.counts[at]) if at < len(self.keys) and self.keys[at] == key else 0

    def plain(self) -> Postings:
        """All of them as arrays."""
        read = [self._read(at) for at in range(len(self.keys))]
        return Postings(
            keys=self.keys,
            offsets=np.concatenate([[0], np.cumsum(self.counts, dtype=np.int64)]).astype(np.int64),
            rows=np.concatenate([rows for rows, _ in read]) if read else np.zeros(0, dtype=np.uint32),
            values=np.concatenate([values for _, values in read]) if read else np.zeros(0, dtype=np.uint8),
        )

    def _read(self, at: int) -> tuple[NDArray[np.uint32], NDArray[np.uint8]]:
        count, start = int(self.counts[at]), int(self.starts[at])
        rows, end = _rows_of(self.codes, start, count, int(self.universe[0]))
        return rows, _values_of(self.codes, end, count, int(self.widths[0]))


def _low_bits(count: int, universe: int) -> int:
    """How many low bits make the shortest code; 0 stands for a bitmap."""
    sizes = {bits: count * (bits + 1) + (universe >> bits) for bits in LOW_BITS}
    shortest = min(sizes, key=lambda bits: sizes[bits])
    return shortest if sizes[shortest] < universe else 0


def _rows_code(rows: NDArray[np.uint32], universe: int) -> NDArray[np.uint8]:
    bits = _low_bits(len(rows), universe)
    if bits == 0:
        flags = np.zeros(universe, dtype=np.uint8)
        flags[rows] = 1
        return np.packbits(flags)
    flags = np.zeros(len(rows) + (universe >> bits) + 1, dtype=np.uint8)
    flags[(rows >> np.uint32(bits)) + np.arange(len(rows), dtype=np.uint32)] = 1
    low = rows & np.uint32((1 << bits) - 1)
    return np.concatenate([np.packbits(flags), _narrow(low, bits)])


def _rows_of(codes: NDArray[np.uint8], start: int, count: int, universe: int) -> tuple[NDArray[np.uint32], int]:
    """The rows of a code and where it ends."""
    bits = _low_bits(count, universe)
    if bits == 0:
        end = start + _bytes(universe)
        return np.flatnonzero(np.unpackbits(codes[start:end], count=universe)).astype(np.uint32), end
    length = count + (universe >> bits) + 1
    middle = start + _bytes(length)
    end = middle + _bytes(count * bits)
    rows = np.flatnonzero(np.unpackbits(codes[start:middle], count=length)).astype(np.uint32)
    rows -= np.arange(count, dtype=np.uint32)
    rows <<= np.uint32(bits)
    rows |= _wide(codes[middle:end], bits, count)
    return rows, end


def _values_code(values: NDArray[np.uint8], width: int) -> NDArray[np.uint8]:
    unusual = values != USUAL
    told = np.minimum(values[unusual], LARGEST[width])
    return np.concatenate([np.packbits(unusual), _narrow(told - np.uint8(width == 4), width)])


def _values_of(codes: NDArray[np.uint8], start: int, count: int, width: int) -> NDArray[np.uint8]:
    middle = start + _bytes(count)
    unusual = np.flatnonzero(np.unpackbits(codes[start:middle], count=count))
    values = np.full(count, USUAL, dtype=np.uint8)
    told = _wide(codes[middle : middle + _bytes(len(unusual) * width)], width, len(unusual))
    values[unusual] = told + np.uint8(width == 4)
    return values


def _bytes(bits: int) -> int:
    return (bits + 7) // 8


def _narrow(numbers: NDArray[np.unsignedinteger], bits: int) -> NDArray[np.uint8]:
    """Numbers of `bits` bits side by side, the first in the lowest bits of the first byte."""
    if bits >= 8:
        return numbers.astype(f"<u{bits // 8}").view(np.uint8)
    each = 8 // bits
    padded = np.zeros((len(numbers) + each - 1) // each * each, dtype=np.uint8)
    padded[: len(numbers)] = numbers
    shifts = np.arange(each, dtype=np.uint8) * np.uint8(bits)
    code: NDArray[np.uint8] = np.bitwise_or.reduce(padded.reshape(-1, each) << shifts, axis=1)
    return code


def _wide(code: NDArray[np.uint8], bits: int, count: int) -> NDArray[np.uint16]:
    """What `_narrow` wrote."""
    if bits == 16:
        return np.frombuffer(code.tobytes(), dtype="<u2")
    if bits == 8:
        return code.astype(np.uint16)
    shifts = np.arange(8 // bits, dtype=np.uint8) * np.uint8(bits)
    numbers = (code[:, np.newaxis] >> shifts) & np.uint8((1 << bits) - 1)
    return numbers.reshape(-1)[:count].astype(np.uint16)
