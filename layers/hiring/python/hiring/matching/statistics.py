"""What a score is measured against: constants of one generation of candidates, frozen in the run.

A few people say little about what is rare or usual. So a small pool is filled up with people whom nobody has seen,
with built-in values: for one candidate they are nearly all there is, in a pool of any size they are absent.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from hiring.matching.columns import CandidateColumns
from hiring.matching.terms import Term

MICRO = 1_000_000
ENOUGH = 20
"""How many people a pool is filled up to."""
UNSEEN_HOLDERS = 0.05
"""The share of the unseen who hold a term."""
USUAL_LENGTH = 400
"""Words of a resume that say something new."""


class Component(StrEnum):
    """What a score is made of."""

    COVERAGE = "coverage"
    """How much of each requirement the resume holds; a little of many beats much of one."""
    WORDING = "wording"
    """BM25 of the whole job text over words and pairs of neighbours."""
    MEANING = "meaning"
    """Similarity of the static embeddings."""
    TITLES = "titles"
    """Similarity of the job's title and the titles of the resume."""
    EXPERIENCE = "experience"
    """Years and level against what the job asks."""
    FIRST = "first"
    """The mean of the parts above."""
    KINDRED_WORDS = "kindred-words"
    """BM25 of the words that tell the best candidates by `FIRST` from all others."""
    KINDRED_TITLES = "kindred-titles"
    """Similarity of the titles of those and the titles of the resume."""


@dataclass(frozen=True)
class Spread:
    """Mean and deviation of a component over the generation, in millionths."""

    mean: int
    deviation: int


USUAL: dict[Component, Spread] = {
    Component.COVERAGE: Spread(90_000, 60_000),
    Component.WORDING: Spread(3_000, 2_000),
    Component.MEANING: Spread(350_000, 100_000),
    Component.TITLES: Spread(200_000, 150_000),
    Component.EXPERIENCE: Spread(700_000, 250_000),
    Component.FIRST: Spread(0, 850_000),
    Component.KINDRED_WORDS: Spread(12_000, 15_000),
    Component.KINDRED_TITLES: Spread(350_000, 200_000),
}
"""What is usual among candidates of all trades for a job of any."""


@dataclass(frozen=True)
class Kindred:
    """What the best candidates of the first pass have in common (pseudo-relevance feedback after Rocchio, 1971).

    `terms` are words, ascending, with their weights in thousandths; `titles` is the direction of their titles as 256
    signed bytes.
    """

    terms: tuple[tuple[Term, int], ...]
    titles: bytes


@dataclass(frozen=True)
class PoolStatistics:
    """Constants of a generation for one query; with them a candidate's score depends on that candidate alone.

    `average_length` is in thousandths of a word; `rarity` the inverse document frequency of each term that is looked
    for, in thousandths. `kindred` is None where there are too few people to learn from. All are integers, so that a
    frozen run holds exactly what was computed with.
    """

    generation: str
    candidates: int
    average_length: int
    rarity: dict[Term, int]
    spreads: dict[Component, Spread]
    kindred: Kindred | None = None


@dataclass(frozen=True)
class Collection:
    """A generation as far as statistics need it: its name, how many people, the mean of their words (thousandths), and
    how many of them hold a term.
    """

    generation: str
    candidates: int
    average_length: int
    holders: Callable[[Term], int]

    def rarity(self, terms: Iterable[Term]) -> dict[Term, int]:
        """BM25's inverse document frequency ln(1 + (N - n + ½) / (n + ½)) of terms, in thousandths."""
        unseen = _unseen(self.candidates)
        total = self.candidates + unseen
        found = {number: self.holders(number) + unseen * UNSEEN_HOLDERS for number in terms}
        return {number: round(1000 * math.log(1 + (total - n + 0.5) / (n + 0.5))) for number, n in found.items()}


def collection_of(columns: CandidateColumns, generation: str) -> Collection:
    """The collection that `columns` are the whole of."""
    return collection_over(columns.lengths, columns.terms.count, generation)


def collection_over(lengths: NDArray[np.uint16], holders: Callable[[Term], int], generation: str) -> Collection:
    """The collection of people with so many words each, of whom so many hold a term."""
    unseen = _unseen(len(lengths))
    words = int(lengths.sum(dtype=np.int64)) + unseen * USUAL_LENGTH
    return Collection(generation, len(lengths), max(1, 1000 * words // (len(lengths) + unseen)), holders)


def spread(component: Component, values: NDArray[np.float64]) -> Spread:
    """Mean and deviation of the values that are known (not NaN), and of the unseen where those are few."""
    known = values[~np.isnan(values)]
    usual, unseen = USUAL[component], _unseen(len(known))
    usual_mean, usual_deviation = usual.mean / MICRO, usual.deviation / MICRO
    total = len(known) + unseen
    mean = (float(known.sum()) + unseen * usual_mean) / total
    squares = float(((known - mean) ** 2).sum()) + unseen * (usual_deviation**2 + (usual_mean - mean) ** 2)
    return Spread(round(mean * MICRO), round(math.sqrt(squares / total) * MICRO) or MICRO)


def spread_of_all(
    component: Component, sample: NDArray[np.float64], near: NDArray[np.float64], everybody: NDArray[np.float64]
) -> Spread:
    """Mean and deviation over everybody of values that are known of a sample alone.

    `near` are values like them of the same sample, `everybody` those of all, so that they tell by how much the sample
    is not like all (regression estimator: Cochran, "Sampling Techniques", 1977, chapter 7).
    """
    known = ~(np.isnan(sample) | np.isnan(near))
    if int(known.sum()) < ENOUGH:
        return spread(component, sample)
    values, likes, every = sample[known], near[known], everybody[~np.isnan(everybody)]
    middle = float(every.mean())
    mean = _regressed(values, likes, middle)
    squares = float(((every - middle) ** 2).mean())
    variance = _regressed((values - mean) ** 2, (likes - middle) ** 2, squares)
    if variance <= 0:
        return spread(component, sample)
    return Spread(round(mean * MICRO), round(math.sqrt(variance) * MICRO) or MICRO)


def _regressed(values: NDArray[np.float64], likes: NDArray[np.float64], mean_like: float) -> float:
    """The mean of `values` where that of their `likes` is `mean_like`, on the line through both of least squares."""
    mean, middle = float(values.mean()), float(likes.mean())
    variance = float(((likes - middle) ** 2).mean())
    slope = float(((likes - middle) * (values - mean)).mean()) / variance if variance else 0.0
    return mean + slope * (mean_like - middle)


def _unseen(seen: int) -> int:
    return max(0, ENOUGH - seen)
