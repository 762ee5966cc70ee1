"""Postings: from a key to the rows that have it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, Self

import numpy as np
from numpy.typing import NDArray

MANY = 32
"""Where a key has so many times more rows than are asked about, each of these is looked for in them."""

type Found = tuple[NDArray[np.intp], NDArray[np.uint8]]
"""Rows, ascending, and their values."""


class PostingLists(Protocol):
    """Rows by key, however they are stored."""

    def find(self, key: int) -> Found:
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
        """Postings from triples in any order, no two with the same key and row; rows are below 2^24."""
        order = keys.astype(np.uint64)
        order <<= np.uint64(24)
        order |= rows
        order <<= np.uint64(8)
        order |= values
        order.sort()
        values = (order & np.uint64(0xFF)).astype(np.uint8)
        order >>= np.uint64(8)
        rows = (order & np.uint64(0xFFFFFF)).astype(np.uint32)
        order >>= np.uint64(24)
        starts = np.flatnonzero(np.concatenate([np.ones(min(1, len(order)), dtype=np.bool_), order[1:] != order[:-1]]))
        return cls(order[starts].astype(np.uint32), np.append(starts, len(order)).astype(np.int64), rows, values)

    def find(self, key: int) -> Found:
        """The rows that have `key`, ascending, and their values."""
        at = int(np.searchsorted(self.keys, np.uint32(key)))
        if at == len(self.keys) or self.keys[at] != key:
            return nothing_found()
        start, end = int(self.offsets[at]), int(self.offsets[at + 1])
        return self.rows[start:end].astype(np.intp), self.values[start:end]

    def count(self, key: int) -> int:
        """How many rows have `key`."""
        return len(self.find(key)[0])

    def plain(self) -> Postings:
        """Themselves."""
        return self

    def taken(self, places: NDArray[np.intp]) -> Postings:
        """Those of some rows under other numbers: row r becomes `places[r]`, and is left out where that is negative."""
        keys, rows, values = self.triples()
        at = places[rows]
        held = at >= 0
        return Postings.of(keys[held], at[held].astype(np.uint32), values[held])

    def of_keys(self, kept: NDArray[np.bool_]) -> Self:
        """Those of some of the keys."""
        sizes = self.sizes()
        held = np.repeat(kept, sizes)
        offsets = np.concatenate([[0], np.cumsum(sizes[kept])]).astype(np.int64)
        return type(self)(self.keys[kept], offsets, self.rows[held], self.values[held])

    def triples(self) -> tuple[NDArray[np.uint32], NDArray[np.uint32], NDArray[np.uint8]]:
        """Keys, rows and values of every posting."""
        return np.repeat(self.keys, self.sizes()), self.rows, self.values

    def sizes(self) -> NDArray[np.int64]:
        """How many rows each key has."""
        sizes: NDArray[np.int64] = np.subtract(self.offsets[1:], self.offsets[:-1])
        return sizes


class Among:
    """Postings of some rows of many, under their places among these; each key is looked up once."""

    def __init__(self, postings: PostingLists, rows: NDArray[np.intp], count: int) -> None:
        """`rows` ascend, of `count`."""
        self._postings = postings
        self._rows = rows
        self._places = np.full(count, -1, dtype=np.intp)
        self._places[rows] = np.arange(len(rows))
        self._found: dict[int, Found] = {}

    def find(self, key: int) -> Found:
        """The places of rows that have `key`, ascending, and their values."""
        if key not in self._found:
            self._found[key] = self._look_up(key)
        return self._found[key]

    def count(self, key: int) -> int:
        """How many of the rows have `key`."""
        return len(self.find(key)[0])

    def plain(self) -> Postings:
        """All of them as arrays."""
        return self._postings.plain().taken(self._places)

    def _look_up(self, key: int) -> Found:
        having, values = self._postings.find(key)
        if len(self._rows) * MANY < len(having):
            at = having.searchsorted(self._rows)
            places = np.flatnonzero(having.take(at, mode="clip") == self._rows)
            return places, values[at[places]]
        every = self._places[having]
        held = every >= 0
        return every[held], values[held]


class Joined:
    """Postings of rows side by side: those of the second of `parts` follow those of the first, and so on."""

    def __init__(self, parts: Sequence[tuple[PostingLists, int]]) -> None:
        """`parts` are postings, each with how many rows it is of."""
        self._parts = parts

    def find(self, key: int) -> Found:
        """The rows that have `key`, ascending, and their values."""
        rows, values, begin = [], [], 0
        for postings, count in self._parts:
            found = postings.find(key)
            rows.append(found[0] + begin)
            values.append(found[1])
            begin += count
        return np.concatenate(rows), np.concatenate(values)

    def count(self, key: int) -> int:
        """How many rows have `key`."""
        return sum(postings.count(key) for postings, _ in self._parts)

    def plain(self) -> Postings:
        """All of them as arrays."""
        triples, begin = [], 0
        for postings, count in self._parts:
            keys, rows, values = postings.plain().triples()
            triples.append((keys, rows + np.uint32(begin), values))
            begin += count
        keys, rows, values = (np.concatenate(each) for each in zip(*triples, strict=True))
        return Postings.of(keys, rows, values)


class Remembered:
    """Postings whose keys are decoded once: a run asks for the same ones several times."""

    def __init__(self, postings: PostingLists) -> None:
        self._postings = postings
        self._found: dict[int, Found] = {}

    def find(self, key: int) -> Found:
        """The rows that have `key`, ascending, and their values."""
        if key not in self._found:
            self._found[key] = self._postings.find(key)
        return self._found[key]

    def count(self, key: int) -> int:
        """How many rows have `key`."""
        return self._postings.count(key)

    def plain(self) -> Postings:
        """All of them as arrays."""
        return self._postings.plain()


def nothing_found() -> Found:
    """What is found of a key that no row has."""
    return np.zeros(0, dtype=np.intp), np.zeros(0, dtype=np.uint8)


def no_postings() -> Postings:
    """No rows have any key."""
    nothing = np.zeros(0, dtype=np.uint32)
    return Postings.of(nothing, nothing, np.zeros(0, dtype=np.uint8))
