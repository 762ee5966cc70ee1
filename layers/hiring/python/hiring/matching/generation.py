"""A generation of the index in memory: segments in the order of their candidates' ids, and how common each term is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Self

import numpy as np
from numpy.typing import NDArray

from hiring.matching.columns import CandidateColumns
from hiring.matching.segment import Segment
from hiring.matching.statistics import Collection, collection_over
from hiring.matching.terms import Term

COUNTED = 65_536
"""How many candidates, evenly spaced, the terms in records are counted in; all of a smaller generation."""


@dataclass(frozen=True, eq=False)
class Generation:
    """Everybody as of one compaction.

    `record_terms` ascend; `record_holders` says how many hold each of them, beside those whose segment has it as a
    column; counted in a sample, and multiplied, where there are many candidates.
    """

    name: str
    segments: tuple[Segment, ...]
    record_terms: NDArray[np.uint32]
    record_holders: NDArray[np.int64]

    @classmethod
    def of(cls, name: str, segments: Iterable[Segment]) -> Self:
        """The generation of these segments."""
        parts = tuple(segments)
        step = max(1, ceil(sum(len(part) for part in parts) / COUNTED))
        counted = [part.records.terms_of(np.arange(0, len(part), step)) for part in parts]
        joined = np.concatenate(counted) if counted else np.zeros(0, dtype=np.uint32)
        terms, holders = np.unique(joined, return_counts=True)
        return cls(name, parts, terms, holders * step)

    def __len__(self) -> int:
        return sum(len(segment) for segment in self.segments)

    def holders(self, term: Term) -> int:
        """How many candidates hold `term`."""
        at = int(np.searchsorted(self.record_terms, np.uint32(term)))
        found = at < len(self.record_terms) and self.record_terms[at] == term
        in_records = int(self.record_holders[at]) if found else 0
        return in_records + sum(segment.everybody.terms.count(term) for segment in self.segments)

    @property
    def collection(self) -> Collection:
        """What statistics need to know of it."""
        lengths = [segment.everybody.lengths for segment in self.segments]
        joined = np.concatenate(lengths) if lengths else np.zeros(0, dtype=np.uint16)
        return collection_over(joined, self.holders, self.name)

    def unpacked(self) -> CandidateColumns:
        """All candidates in plain columns."""
        return stacked([segment.unpacked() for segment in self.segments])


def stacked(parts: Sequence[CandidateColumns]) -> CandidateColumns:
    """Candidates of several columns in one; no candidate is in two of them."""
    whole = parts[0] if parts else CandidateColumns.of(())
    for part in parts[1:]:
        whole = whole.merged(part)
    return whole
