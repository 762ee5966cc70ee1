"""Some ten thousands of candidates packed: what ranking everybody needs, and what a closer look at some of them adds.

Everybody is ranked by filter columns, the words that at least two share, and the signs of the vectors. The closer look
adds the pairs of neighbours and words of one person that fit into a record, and how large the components are.
`make bench` prints the bytes of each.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Self

import numpy as np
from numpy.typing import NDArray

from hiring.matching.columns import CandidateColumns
from hiring.matching.directions import Sizes, restored, sizes_of
from hiring.matching.packed import PackedPostings
from hiring.matching.postings import Postings, found, no_postings
from hiring.matching.terms import PAIR, Term

ROWS = 65_536
"""Candidates in a segment: as many as can be built anew in the memory of a small function."""
RECORD = 130
"""Terms in a record: of the pairs, those that most people share."""
SHARED_BY = 2


type Triples = tuple[NDArray[np.uint32], NDArray[np.uint32], NDArray[np.uint8]]
"""Terms, rows and counts."""


@dataclass(frozen=True, eq=False)
class Records:
    """Terms row by row, those of `row` at `starts[row]:starts[row + 1]`, ascending: the low 16 bits and the high 8.

    A term stands there as often as the resume says it, up to 16 times: most stand there once.
    """

    starts: NDArray[np.uint32]
    low: NDArray[np.uint16]
    high: NDArray[np.uint8]

    @classmethod
    def of(cls, terms: Postings, holders: NDArray[np.int64], rows: int) -> Self:
        """The first `RECORD` terms of each row: words, then pairs, of which the ones that most `holders` share."""
        keys, owners, counts = (part.astype(np.uint64) for part in terms.triples())
        fewer = np.uint64(0xFFFF) - np.minimum(holders, 0xFFFF).astype(np.uint64)
        more = np.minimum(counts, 16) - np.uint64(1)
        order = owners << np.uint64(45) | (keys >= PAIR).astype(np.uint64) << np.uint64(44)
        order |= fewer << np.uint64(28) | keys << np.uint64(4) | more
        order.sort()
        owners = order >> np.uint64(45)
        kept = order[np.arange(len(order)) - np.searchsorted(owners, owners) < RECORD]
        said = (kept & np.uint64(15)).astype(np.int64) + 1
        told = np.repeat(kept >> np.uint64(45) << np.uint64(24) | kept >> np.uint64(4) & np.uint64(0xFFFFFF), said)
        told.sort()
        starts = np.searchsorted(told, np.arange(rows + 1, dtype=np.uint64) << np.uint64(24)).astype(np.uint32)
        return cls(
            starts,
            (told & np.uint64(0xFFFF)).astype(np.uint16),
            (told >> np.uint64(16) & np.uint64(0xFF)).astype(np.uint8),
        )

    def find(self, rows: NDArray[np.intp], asked: Sequence[Term]) -> Triples:
        """Which of the `asked` terms stand in the records of `rows`: terms, places in `rows`, and counts."""
        at, ends = self._places(rows)
        keys, hits = self._hits(at, asked)
        return _counted(keys, np.searchsorted(ends, hits, side="right").astype(np.uint32))

    def find_everywhere(self, asked: Sequence[Term]) -> Triples:
        """Which of the `asked` terms stand in any record: terms, rows, and counts."""
        keys, hits = self._hits(slice(None), asked)
        return _counted(keys, np.searchsorted(self.starts[1:], hits, side="right").astype(np.uint32))

    def terms_of(self, rows: NDArray[np.intp]) -> NDArray[np.uint32]:
        """The terms of `rows`, one row after the other, each once."""
        at, ends = self._places(rows)
        return _counted(self._terms(at), np.searchsorted(ends, np.arange(len(at)), side="right").astype(np.uint32))[0]

    def triples(self) -> Triples:
        """Every term with its row and count."""
        count = len(self.starts) - 1
        rows = np.repeat(np.arange(count, dtype=np.uint32), np.subtract(self.starts[1:], self.starts[:-1]))
        return _counted(self._terms(np.arange(len(self.low))), rows)

    def _places(self, rows: NDArray[np.intp]) -> tuple[NDArray[np.intp], NDArray[np.int64]]:
        """Where the terms of `rows` stand, one row after the other, and where in that the terms of each end."""
        begins = self.starts[rows].astype(np.int64)
        sizes = self.starts[rows + 1].astype(np.int64) - begins
        ends = np.cumsum(sizes)
        return np.arange(int(sizes.sum())) + np.repeat(begins - ends + sizes, sizes), ends

    def _hits(self, at: NDArray[np.intp] | slice, asked: Sequence[Term]) -> tuple[NDArray[np.uint32], NDArray[np.intp]]:
        """Which of the places `at` hold an `asked` term: those terms, and where in `at`."""
        numbers = np.array(asked, dtype=np.uint32)
        wanted = np.zeros(2**16, dtype=np.bool_)
        wanted[numbers & np.uint32(0xFFFF)] = True
        hits = np.flatnonzero(wanted[self.low[at]])
        keys = self._terms(hits if isinstance(at, slice) else at[hits])
        held = np.isin(keys, numbers)
        return keys[held], hits[held]

    def _terms(self, at: NDArray[np.intp]) -> NDArray[np.uint32]:
        terms: NDArray[np.uint32] = self.low[at] | self.high[at].astype(np.uint32) << np.uint32(16)
        return terms


def _counted(terms: NDArray[np.uint32], rows: NDArray[np.uint32]) -> Triples:
    """Each term of a row once, with how often it stands there: equal ones are neighbours."""
    new = np.ones(len(terms), dtype=np.bool_)
    new[1:] = (terms[1:] != terms[:-1]) | (rows[1:] != rows[:-1])
    at = np.flatnonzero(new)
    counts = np.diff(np.append(at, len(terms))).astype(np.uint8)
    return terms[at], rows[at], counts


@dataclass(frozen=True, eq=False)
class Segment:
    """Candidates in the order of their ids.

    `everybody` holds what the ranking of everybody looks at: words with their counts, and the signs of the vectors.
    `records` are the other terms; `sizes` how large the components of the vectors are, `title_sizes` those of the
    titles' vectors.
    """

    everybody: CandidateColumns
    records: Records
    sizes: Sizes
    title_sizes: Sizes

    def __len__(self) -> int:
        return len(self.everybody)

    @classmethod
    def of(cls, columns: CandidateColumns) -> Self:
        """Pack plain columns. A resume with more terms than a record takes loses the pairs that fewest share."""
        rows, terms = len(columns), columns.terms.plain()
        keys, owners, values = terms.triples()
        each = terms.sizes()
        holders = np.repeat(each, each)
        shared = (keys < PAIR) & (holders >= SHARED_BY)
        words = Postings.of(keys[shared], owners[shared], values[shared])
        others = Postings.of(keys[~shared], owners[~shared], values[~shared])
        return cls(
            everybody=replace(
                columns.with_signs(),
                facts=PackedPostings.of(columns.facts.plain(), rows, width=8),
                skills=PackedPostings.of(columns.skills.plain(), rows, width=8),
                terms=PackedPostings.of(words, rows, width=4),
            ),
            records=Records.of(others, holders[~shared], rows),
            sizes=sizes_of(columns.vectors.view(np.int8)),
            title_sizes=sizes_of(columns.title_vectors.view(np.int8)),
        )

    def unpacked(self) -> CandidateColumns:
        """Plain columns again."""
        return replace(
            self.everybody,
            facts=self.everybody.facts.plain(),
            skills=self.everybody.skills.plain(),
            terms=_both(self.everybody.terms.plain().triples(), self.records.triples()),
            vectors=restored(self.everybody.vectors.view(np.uint8), self.sizes),
            title_vectors=restored(self.everybody.title_vectors.view(np.uint8), self.title_sizes),
        )

    def telling(self, asked: Sequence[Term]) -> CandidateColumns:
        """What `everybody` holds, with postings for the `asked` terms only, but for every one of them."""
        words = found(self.everybody.terms, asked, np.arange(len(self)), len(self))
        return replace(self.everybody, terms=_both(words, self.records.find_everywhere(asked)))

    def closer(self, rows: NDArray[np.intp], asked: Sequence[Term], skills: Sequence[int]) -> CandidateColumns:
        """All that is kept of `rows` (ascending), with postings for the `asked` terms and the `skills` only."""
        bare = replace(self.everybody, facts=no_postings(), skills=no_postings(), terms=no_postings())
        return replace(
            bare.taken(rows),
            skills=Postings.of(*found(self.everybody.skills, skills, rows, len(self))),
            terms=_both(found(self.everybody.terms, asked, rows, len(self)), self.records.find(rows, asked)),
            vectors=restored(self.everybody.vectors.view(np.uint8)[rows], self.sizes[rows]),
            title_vectors=restored(self.everybody.title_vectors.view(np.uint8)[rows], self.title_sizes[rows]),
        )


def _both(words: Triples, others: Triples) -> Postings:
    keys, rows, counts = words
    other_keys, other_rows, other_counts = others
    return Postings.of(
        np.concatenate([keys, other_keys]),
        np.concatenate([rows, other_rows]),
        np.concatenate([counts, other_counts]),
    )
