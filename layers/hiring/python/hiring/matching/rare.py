"""Postings of keys that hardly any row has, without a code of their own for each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from hiring.matching.postings import Found, Postings

HOLDERS = 2
"""So many rows may have a key here: from three on, packed postings are shorter."""
ROW_BITS = 48
"""What a row takes here."""


@dataclass(frozen=True, eq=False)
class RarePostings:
    """Keys of 24 bits with a value in the 8 bits below, ascending by key, and within a key by row; and the rows."""

    entries: NDArray[np.uint32]
    rows: NDArray[np.uint16]

    @classmethod
    def of(cls, postings: Postings) -> Self:
        """The same postings, of at most 65,536 rows."""
        keys, rows, values = postings.triples()
        return cls(keys << np.uint32(8) | values, rows.astype(np.uint16))

    def find(self, key: int) -> Found:
        """The rows that have `key`, ascending, and their values."""
        held = slice(*self._ends(key))
        return self.rows[held].astype(np.intp), self.entries[held].astype(np.uint8)

    def count(self, key: int) -> int:
        """How many rows have `key`."""
        start, end = self._ends(key)
        return end - start

    def plain(self) -> Postings:
        """All of them as arrays."""
        return Postings.of(self.entries >> np.uint32(8), self.rows.astype(np.uint32), self.entries.astype(np.uint8))

    def _ends(self, key: int) -> tuple[int, int]:
        least = self.entries.searchsorted(np.uint32(key << 8))
        return int(least), int(least + (self.entries[least : least + HOLDERS] >> np.uint32(8) == key).sum())
