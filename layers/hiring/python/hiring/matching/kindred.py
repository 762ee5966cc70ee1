"""What the best candidates of a first ranking have in common: the job in the words of resumes.

A job and a resume speak of the same work in different words. The words and titles that the best few share, beyond what
everybody has, find others like them (pseudo-relevance feedback after Rocchio, 1971).
"""

from __future__ import annotations

from collections import Counter

import numpy as np
from numpy.typing import NDArray

from hiring.matching.columns import CandidateColumns
from hiring.matching.statistics import Collection, Kindred
from hiring.matching.terms import Term
from hiring.skills.embedding import blended

BEST = 10
ONE_IN = 10
"""Only the best tenth are examples: in a small pool the others are not what was asked for."""
LEAST = 3
"""Fewer examples than this would tell of single people."""
TERMS = 40
SHARED_BY = 2
"""A term that only one of them holds is no common one."""


def kindred_of(
    columns: CandidateColumns, order: NDArray[np.intp], collection: Collection, saturation: float
) -> Kindred | None:
    """What the first rows of `order` have in common; None where the pool is too small to have examples."""
    best = order[: min(BEST, collection.candidates // ONE_IN)]
    if len(best) < LEAST:
        return None
    titles = blended([columns.title_vectors[row] for row in best.tolist()])
    return Kindred(_common_terms(columns, best, collection, saturation), titles.tobytes())


def _common_terms(
    columns: CandidateColumns, best: NDArray[np.intp], collection: Collection, saturation: float
) -> tuple[tuple[Term, int], ...]:
    """The terms that weigh most in all of `best` together: saturated counts times rarity, in thousandths."""
    shares: dict[Term, float] = {}
    holders: Counter[Term] = Counter()
    for row, (numbers, counts) in zip(best.tolist(), columns.terms_of(best), strict=True):
        scale = saturation * (int(columns.lengths[row]) * 1000 / collection.average_length)
        saturated = counts / (counts + scale)
        holders.update(numbers.tolist())
        for number, share in zip(numbers.tolist(), saturated.tolist(), strict=True):
            shares[number] = shares.get(number, 0.0) + share
    common = [number for number, count in holders.items() if count >= SHARED_BY]
    rarity = collection.rarity(common)
    weights = {number: round(shares[number] / len(best) * rarity[number]) for number in common}
    most = sorted(common, key=lambda number: (-weights[number], number))[:TERMS]
    return tuple(sorted((number, weights[number]) for number in most if weights[number] > 0))
