"""What a score is measured against: constants of one generation of candidates, frozen in the run."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from hiring.matching.columns import CandidateColumns
from hiring.matching.query import JobQuery
from hiring.matching.terms import Term

MICRO = 1_000_000


class Component(StrEnum):
    """What a score is made of."""

    COVERAGE = "coverage"
    """How much of each requirement the resume holds; a little of many beats much of one."""
    WORDING = "wording"
    """BM25 of the whole job text over words and pairs of neighbours."""
    MEANING = "meaning"
    """Similarity of the static embeddings."""
    EXPERIENCE = "experience"
    """Years and level against what the job asks."""


@dataclass(frozen=True)
class Spread:
    """Mean and deviation of a component over the generation, in millionths."""

    mean: int
    deviation: int


@dataclass(frozen=True)
class PoolStatistics:
    """Constants of a generation for one query; with them a candidate's score depends on that candidate alone.

    `average_length` is in thousandths of a word; `rarity` the inverse document frequency of each of the query's terms
    in thousandths. All are integers, so that a frozen run holds exactly what was computed with.
    """

    generation: str
    candidates: int
    average_length: int
    rarity: dict[Term, int]
    spreads: dict[Component, Spread]


def rarities(columns: CandidateColumns, query: JobQuery) -> dict[Term, int]:
    """BM25's inverse document frequency ln(1 + (N - n + ½) / (n + ½)) of the query's terms, in thousandths."""
    total = len(columns)
    found = {number: columns.terms.count(number) for number in query.all_terms()}
    return {number: round(1000 * math.log(1 + (total - n + 0.5) / (n + 0.5))) for number, n in found.items()}


def average_length(columns: CandidateColumns) -> int:
    """Mean number of words a resume, in thousandths; 1 word where there are no resumes."""
    return max(1000, 1000 * int(columns.lengths.sum(dtype=np.int64)) // max(1, len(columns)))


def spread(values: NDArray[np.float64]) -> Spread:
    """Mean and deviation of the values that are known (not NaN); a deviation of zero becomes one."""
    known = values[~np.isnan(values)]
    if len(known) == 0:
        return Spread(0, MICRO)
    return Spread(round(float(known.mean()) * MICRO), round(float(known.std()) * MICRO) or MICRO)
