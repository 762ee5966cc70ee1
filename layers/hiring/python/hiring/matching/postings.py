"""Postings: from a key to the rows that have it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol, Self

import numpy as np
from numpy.typing import NDArray

MANY = 8
"""Where a key has so many times more rows than are asked about, each of these is looked for in them."""


class PostingLists(Protocol):
    """Rows by key, however they are stored."""

    def find(self, key: int) -> tuple[NDArray[np.uint32], NDArray[np.uint8]]:
        """The rows that have `key`, ascending, and their values."""

    def count(self, key: int) -> int:
        """How many rows have `key`."""

    def plain(self) -> Postings:
        """All of them as arrays."""


@dataclass(frozen=True, eq=False)
class Postings:
    """Which rows have a key, and with what value: `keys` ascend; those of `keys[i]` are at `offsets[i]:offsets[i + 1]`.

    Within a key the rows ascend, each once.
    """

    keys: NDArray[np.uint32]
    offsets: NDArray[np.int64]
    rows: NDArray[np.uint32]
    values: NDArray[np.uint8]

    @classmethod
    def of(cls, keys: NDArray[np.uint32], rows: NDArray[np.uint32], values: NDArray[np.uint8]) -> Self:
        """Postings from triples in any order, no two with the same key and row."""
        order = np.argsort(keys.astype(np.uint64) << np.uint64(32) | rows)
        unique, starts = np.unique(keys[order], return_index=True)
        offsets = np.append(starts, len(keys)).astype(np.int64)
        return cls(unique, offsets, rows[order], values[order])

    def find(self, key: int) -> tuple[NDArray[np.uint32], NDArray[np.uint8]]:
        """The rows that have `key`, ascending, and their values."""
        at = int(np.searchsorted(self.keys, np.uint32(key)))
        if at == len(self.keys) or self.keys[at] != key:
            return self.rows[:0], self.values[:0]
        start, end = int(self.offsets[at]), int(self.offsets[at + 1])
        return self.rows[start:end], self.values[start:end]

    def count(self, key: int) -> int:
        """How many rows have `key`."""
        return len(self.find(key)[0])

    def plain(self) -> Postings:
        """Themselves."""
        return self

    def taken(self, places: NDArray[np.int32]) -> Postings:
        """Those of some rows under other numbers: row r becomes `places[r]`, and is left out where that is negative."""
        keys, rows, values = self.triples()
        at = places[rows]
        held = at >= 0
        return Postings.of(keys[held], at[held].astype(np.uint32), values[held])

    def triples(self) -> tuple[NDArray[np.uint32], NDArray[np.uint32], NDArray[np.uint8]]:
        """Keys, rows and values of every posting."""
        return np.repeat(self.keys, self.sizes()), self.rows, self.values

    def sizes(self) -> NDArray[np.int64]:
        """How many rows each key has."""
        sizes: NDArray[np.int64] = np.subtract(self.offsets[1:], self.offsets[:-1])
        return sizes


def found(
    postings: PostingLists, keys: Iterable[int], rows: NDArray[np.intp], count: int
) -> tuple[NDArray[np.uint32], NDArray[np.uint32], NDArray[np.uint8]]:
    """Which of `keys` some of `count` rows have: keys, places in `rows` (ascending), and values."""
    places = np.full(count, -1, dtype=np.int32)
    places[rows] = np.arange(len(rows), dtype=np.int32)
    triples = [(np.zeros(0, np.uint32), np.zeros(0, np.uint32), np.zeros(0, np.uint8))]
    for key in keys:
        having, values = postings.find(key)
        if len(rows) * MANY < len(having):
            at = np.minimum(np.searchsorted(having, rows), len(having) - 1)
            numbers = np.flatnonzero(having[at] == rows).astype(np.uint32)
            told = values[at[numbers]]
        else:
            place = places[having]
            numbers, told = place[place >= 0].astype(np.uint32), values[place >= 0]
        triples.append((np.full(len(numbers), key, dtype=np.uint32), numbers, told))
    keys_found, places_found, values_found = (np.concatenate(parts) for parts in zip(*triples, strict=True))
    return keys_found, places_found, values_found


def no_postings() -> Postings:
    """No rows have any key."""
    nothing = np.zeros(0, dtype=np.uint32)
    return Postings.of(nothing, nothing, np.zeros(0, dtype=np.uint8))
