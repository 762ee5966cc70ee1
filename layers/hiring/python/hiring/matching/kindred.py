"""What the best candidates of a first ranking have in common: the job in the words of resumes.

A job and a resume speak of the same work in different words. The words and titles that the best few share, beyond what
everybody has, find others like them (pseudo-relevance feedback after Rocchio, 1971).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from hiring.matching.columns import CandidateColumns
from hiring.matching.features import ResumeFeatures
from hiring.matching.statistics import Collection, Kindred
from hiring.matching.terms import PAIR, Term
from hiring.skills.embedding import Vector, blended

BEST = 10
ONE_IN = 10
"""Only the best tenth are examples: in a small pool the others are not what was asked for."""
LEAST = 3
"""Fewer examples than this would tell of single people."""
TERMS = 30
SHARED_BY = 2
"""A word that only one of them holds is no common one."""


@dataclass(frozen=True, eq=False)
class Example:
    """A candidate to learn from: terms with their counts, how many words, the direction of the titles."""

    terms: NDArray[np.uint32]
    counts: NDArray[np.uint8]
    length: int
    title_vector: Vector

    @classmethod
    def of(cls, resume: ResumeFeatures) -> Self:
        """What can be learned from a resume."""
        return cls(resume.terms, resume.counts, resume.length, resume.title_vector)


def how_many(candidates: int) -> int:
    """How many of the best of so many candidates are examples; 0 where the pool is too small to have any."""
    count = min(BEST, candidates // ONE_IN)
    return count if count >= LEAST else 0


def examples_of(columns: CandidateColumns, rows: NDArray[np.intp]) -> list[Example]:
    """The candidates in `rows` as examples."""
    return [
        Example(terms, counts, int(columns.lengths[row]), columns.title_vectors[row])
        for row, (terms, counts) in zip(rows.tolist(), columns.terms_of(rows), strict=True)
    ]


def kindred_of(examples: Sequence[Example], collection: Collection, saturation: float) -> Kindred:
    """What `examples` have in common, of which there is at least one."""
    titles = blended([example.title_vector for example in examples])
    return Kindred(_common_words(examples, collection, saturation), titles.tobytes())


def _common_words(
    examples: Sequence[Example], collection: Collection, saturation: float
) -> tuple[tuple[Term, int], ...]:
    """The words that weigh most in all examples together: saturated counts times rarity, in thousandths.

    No pairs of neighbours: an index leaves some of them out, so it cannot tell how rare they are, and of all that the
    best few share it would take those for the rarest that it lost most of.
    """
    shares: dict[Term, float] = {}
    holders: Counter[Term] = Counter()
    for example in examples:
        scale = saturation * (example.length * 1000 / collection.average_length)
        saturated = example.counts / (example.counts + scale)
        holders.update(example.terms.tolist())
        for number, share in zip(example.terms.tolist(), saturated.tolist(), strict=True):
            shares[number] = shares.get(number, 0.0) + share
    common = [number for number, count in holders.items() if count >= SHARED_BY and number < PAIR]
    rarity = collection.rarity(common)
    weights = {number: round(shares[number] / len(examples) * rarity[number]) for number in common}
    most = sorted(common, key=lambda number: (-weights[number], number))[:TERMS]
    return tuple(sorted((number, weights[number]) for number in most if weights[number] > 0))
