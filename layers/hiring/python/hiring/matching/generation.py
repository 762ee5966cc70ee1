"""A generation of the index in memory: segments in the order of their candidates' ids."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from hiring.matching.columns import CandidateColumns
from hiring.matching.segment import Segment
from hiring.matching.statistics import Collection, collection_over
from hiring.matching.terms import Term


@dataclass(frozen=True, eq=False)
class Generation:
    """Everybody as of one compaction."""

    name: str
    segments: tuple[Segment, ...]

    def __len__(self) -> int:
        return sum(len(segment) for segment in self.segments)

    def holders(self, term: Term) -> int:
        """How many candidates hold `term`, as far as it is kept of them."""
        return sum(segment.terms.count(term) for segment in self.segments)

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
