"""Some ten thousands of candidates packed: what ranking everybody needs, and what a closer look at some of them adds.

Everybody is ranked by filter columns, the words that some share, and the signs of the vectors (or by pairs in their
place, see `passes`). The closer look adds pairs of neighbours and rare words, as far as they fit into few bytes, and
how large the components are. `make bench` prints the bytes of each.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Self

import numpy as np
from numpy.typing import NDArray

from hiring.matching.columns import CandidateColumns
from hiring.matching.directions import Sizes, restored, sizes_of
from hiring.matching.packed import PackedPostings, cost
from hiring.matching.postings import Among, Found, Postings, no_postings
from hiring.matching.rare import HOLDERS, ROW_BITS, RarePostings
from hiring.matching.terms import PAIR, Term

ROWS = 65_536
"""Candidates in a segment: as many as can be built anew in the memory of a small function."""
MORE_BITS = 8 * 400
"""What the pairs and rare words of a candidate may take: rare words, then the pairs that most share."""


@dataclass(frozen=True, eq=False)
class Terms:
    """All that is kept of the terms: `words`, `pairs`, and in `rare` what hardly anybody has of both."""

    words: PackedPostings
    pairs: PackedPostings
    rare: RarePostings

    def find(self, key: Term) -> Found:
        """The rows that have `key`, ascending, and their values."""
        found = (self.words if key < PAIR else self.pairs).find(key)
        return found if len(found[0]) else self.rare.find(key)

    def count(self, key: Term) -> int:
        """How many rows have `key`."""
        return (self.words if key < PAIR else self.pairs).count(key) or self.rare.count(key)

    def plain(self) -> Postings:
        """All of them as arrays."""
        parts = [postings.plain().triples() for postings in (self.words, self.pairs, self.rare)]
        keys, rows, values = (np.concatenate(each) for each in zip(*parts, strict=True))
        return Postings.of(keys, rows, values)


@dataclass(frozen=True, eq=False)
class Segment:
    """Candidates in the order of their ids.

    `everybody` holds what the ranking of everybody looks at: words with their counts, and the signs of the vectors.
    `pairs` and `rare` are the other terms; `sizes` how large the components of the vectors are, `title_sizes` those of
    the titles' vectors.
    """

    everybody: CandidateColumns
    pairs: PackedPostings
    rare: RarePostings
    sizes: Sizes
    title_sizes: Sizes

    def __len__(self) -> int:
        return len(self.everybody)

    @cached_property
    def terms(self) -> Terms:
        """The postings of all terms."""
        words = self.everybody.terms
        if not isinstance(words, PackedPostings):
            raise TypeError("the words of a segment are packed")
        return Terms(words, self.pairs, self.rare)

    @classmethod
    def of(cls, columns: CandidateColumns) -> Self:
        """Pack plain columns. A resume with more terms than there is room for loses the pairs that fewest share."""
        rows, terms = len(columns), columns.terms.plain()
        usual = (terms.keys < PAIR) & (terms.sizes() > HOLDERS)
        more = _chosen(terms.of_keys(~usual), rows)
        rare = more.sizes() <= HOLDERS
        return cls(
            everybody=replace(
                columns.with_signs(),
                facts=PackedPostings.of(columns.facts.plain(), rows, counted=False),
                skills=PackedPostings.of(columns.skills.plain(), rows, counted=False),
                terms=PackedPostings.of(terms.of_keys(usual), rows, counted=True),
            ),
            pairs=PackedPostings.of(more.of_keys(~rare), rows, counted=True),
            rare=RarePostings.of(more.of_keys(rare)),
            sizes=sizes_of(columns.vectors.view(np.int8)),
            title_sizes=sizes_of(columns.title_vectors.view(np.int8)),
        )

    def unpacked(self) -> CandidateColumns:
        """Plain columns again."""
        return replace(
            self.everybody,
            facts=self.everybody.facts.plain(),
            skills=self.everybody.skills.plain(),
            terms=self.terms.plain(),
            vectors=restored(self.everybody.vectors.view(np.uint8), self.sizes),
            title_vectors=restored(self.everybody.title_vectors.view(np.uint8), self.title_sizes),
        )

    def closer(self, rows: NDArray[np.intp]) -> CandidateColumns:
        """All that is kept of `rows` (ascending) but the facts; postings are looked up when they are asked for."""
        bare = replace(self.everybody, facts=no_postings(), skills=no_postings(), terms=no_postings())
        return replace(
            bare.taken(rows),
            skills=Among(self.everybody.skills, rows, len(self)),
            terms=Among(self.terms, rows, len(self)),
            vectors=restored(self.everybody.vectors.view(np.uint8)[rows], self.sizes[rows]),
            title_vectors=restored(self.everybody.title_vectors.view(np.uint8)[rows], self.title_sizes[rows]),
        )


def _chosen(terms: Postings, rows: int) -> Postings:
    """Of each row's terms the first that fit into `MORE_BITS`: words, then the pairs that most have."""
    keys, owners, values = terms.triples()
    holders = np.repeat(terms.sizes(), terms.sizes())
    order = owners.astype(np.uint64) << np.uint64(48)
    order |= (keys & np.uint32(PAIR)).astype(np.uint64) << np.uint64(24)
    order |= (np.uint64(0xFFFF) - np.minimum(holders, 0xFFFF).astype(np.uint64)) << np.uint64(31)
    order |= (keys & np.uint32(PAIR - 1)).astype(np.uint64) << np.uint64(8)
    order |= values
    order.sort()
    bits = cost(np.arange(1, min(rows, 0xFFFF) + 1), rows)
    bits[:HOLDERS] = ROW_BITS
    holders = 0xFFFF - (order >> np.uint64(31) & np.uint64(0xFFFF)).astype(np.int64)
    taken = np.cumsum(bits[holders - 1])
    owners = (order >> np.uint64(48)).astype(np.uint32)
    ends = np.searchsorted(owners, np.arange(rows), side="right")
    before = np.concatenate([[0], taken])[np.concatenate([[0], ends[:-1]])]
    kept = taken - before[owners] <= MORE_BITS
    order, owners = order[kept], owners[kept]
    keys = (order >> np.uint64(8) & np.uint64(PAIR - 1) | order >> np.uint64(24) & np.uint64(PAIR)).astype(np.uint32)
    return Postings.of(keys, owners, (order & np.uint64(0xFF)).astype(np.uint8))
