"""The score of every candidate for one job: exact over all rows, and the same for a candidate in whatever company.

Words are weighed by BM25 (Robertson and Zaragoza, 2009) with a long saturation and full length normalisation (b = 1),
because resumes repeat their words and differ much in length. Parts are standardised with the statistics of the
generation and averaged with fixed weights. Every operation is a single IEEE one in a fixed order, so that a
score has the same bits on every machine; it ends as an integer in millionths.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from hiring.jobs.model import RequirementKind, Seniority
from hiring.matching.columns import CandidateColumns, Postings
from hiring.matching.features import UNKNOWN
from hiring.matching.query import Choice, JobQuery, QueryForm, RequirementGroup
from hiring.matching.statistics import MICRO, Component, PoolStatistics, average_length, rarities, spread
from hiring.matching.terms import Term
from hiring.matching.wishes import fact
from hiring.skills.embedding import SCALE, similarities

type Values = NDArray[np.float64]

SATURATION = 8.0
"""BM25's k1, where 1.2 to 2 is usual for texts that name a subject once."""
PROSE_SATURATION = 32.0
"""k1 for the whole text of an English job: its many common words would else outvote the few that a resume lives by."""
WEIGHTS: Mapping[QueryForm, Mapping[Component, float]] = {
    QueryForm.TAGS: {Component.COVERAGE: 1, Component.MEANING: 0.5},
    QueryForm.ENGLISH: {Component.COVERAGE: 1, Component.WORDING: 1, Component.MEANING: 1},
    QueryForm.OTHER_LANGUAGE: {Component.COVERAGE: 1, Component.WORDING: 1},
    QueryForm.TITLE: {Component.WORDING: 1, Component.MEANING: 1},
}
"""Equal weights of standardised parts, but for lists of tags, where the embedding of a list says less."""
EXPERIENCE_WEIGHT = 0.5
NAMED = 0.5
"""The share of a requirement that its technology alone shows, without the words around it."""
USUAL_SHARE = 0.5
USUAL_DEVIATION = 0.25
KIND_WEIGHTS = {RequirementKind.MUST_HAVE: 1.0, RequirementKind.NICE_TO_HAVE: 0.5}
_SENIORITIES = tuple(Seniority)


def pool_statistics(columns: CandidateColumns, query: JobQuery, generation: str) -> PoolStatistics:
    """The statistics of `columns` for `query`; `generation` names where the columns are from."""
    return measured(columns, query, generation)[0]


def measured(columns: CandidateColumns, query: JobQuery, generation: str) -> tuple[PoolStatistics, NDArray[np.int64]]:
    """The statistics of `columns` for `query`, and the scores of the same columns by them."""
    rarity, length = rarities(columns, query), average_length(columns)
    parts = dict(_components(columns, query, rarity, length))
    spreads = {component: spread(values) for component, values in parts.items()}
    statistics = PoolStatistics(generation, len(columns), length, rarity, spreads)
    return statistics, _blend(parts, query, statistics, len(columns))


def scores(columns: CandidateColumns, query: JobQuery, statistics: PoolStatistics) -> NDArray[np.int64]:
    """The score of each row in millionths: the weighted mean of its parts, in deviations above the pool's mean."""
    parts = dict(_components(columns, query, statistics.rarity, statistics.average_length))
    return _blend(parts, query, statistics, len(columns))


def ranked(ids: NDArray[np.bytes_], values: NDArray[np.int64]) -> NDArray[np.intp]:
    """The order of rows with these ids and scores from best to worst; equals in the order of their ids."""
    return np.lexsort((ids, -values))


def must_haves(query: JobQuery) -> list[RequirementGroup]:
    """The requirements that a resume must show words of: all must-haves that have any."""
    return [group for group in query.groups if group.kind is RequirementKind.MUST_HAVE and group.choices]


def shown_shares(columns: CandidateColumns, query: JobQuery) -> Values:
    """For each row (first axis) and must-have (second) the share of its words that the resume holds, 0 to 1."""
    groups = must_haves(query)
    shares = np.zeros((len(columns), len(groups)))
    for index, group in enumerate(groups):
        for choice in group.choices:
            held = np.zeros(len(columns))
            for number in choice.terms:
                held[columns.terms.find(number)[0]] += 1
            np.maximum(shares[:, index], held / len(choice.terms), out=shares[:, index])
        for name in group.names:
            rows = columns.terms.find(name)[0]
            shares[rows, index] = np.maximum(shares[rows, index], NAMED)
    return shares


def with_evidence(score: int, share: float | None) -> int:
    """The score of a shortlist, in millionths: the mean of the ranking's and of the share of must-haves shown.

    The share is standardised by what is usual among candidates who are looked at: a mean of a half, a deviation of a
    quarter. Without must-haves (`share` is None) the ranking's score stands alone.
    """
    if share is None:
        return score
    return (score + round((share - USUAL_SHARE) / USUAL_DEVIATION * MICRO)) // 2


def weights_of(query: JobQuery) -> dict[Component, float]:
    """The weight of each part of the score for a job of this form."""
    weights = dict(WEIGHTS[query.form])
    if not query.groups:
        weights.pop(Component.COVERAGE, None)
    if query.minimum_years or query.seniority is not None:
        weights[Component.EXPERIENCE] = EXPERIENCE_WEIGHT
    return weights


def _blend(
    parts: Mapping[Component, Values], query: JobQuery, statistics: PoolStatistics, rows: int
) -> NDArray[np.int64]:
    weights = weights_of(query)
    total = np.zeros(rows)
    for component, values in parts.items():
        known = statistics.spreads[component]
        standard = (values - known.mean / MICRO) / (known.deviation / MICRO)
        total += weights[component] * np.nan_to_num(standard, copy=False, nan=0.0)
    return np.rint(total / sum(weights.values()) * MICRO).astype(np.int64)


def _components(
    columns: CandidateColumns, query: JobQuery, rarity: Mapping[Term, int], length: int
) -> Iterator[tuple[Component, Values]]:
    """The parts that the form of the query asks for, in a fixed order; NaN where a resume does not say."""
    weights = weights_of(query)
    relative = columns.lengths.astype(np.float64) * (1000 / length)
    if Component.COVERAGE in weights:
        yield Component.COVERAGE, _coverage(columns, query.groups, rarity, relative * SATURATION)
    if Component.WORDING in weights:
        saturation = PROSE_SATURATION if query.form is QueryForm.ENGLISH else SATURATION
        yield Component.WORDING, _matched(columns.terms, query.terms, rarity, relative * saturation)
    if Component.MEANING in weights:
        yield Component.MEANING, similarities(columns.vectors, query.vector) / float(SCALE * SCALE)
    if Component.EXPERIENCE in weights:
        yield Component.EXPERIENCE, _experience(columns, query)


def _matched(
    terms: Postings, weighted: tuple[tuple[Term, int], ...], rarity: Mapping[Term, int], scale: Values
) -> Values:
    """BM25 of the weighted terms for every row, over k1 + 1; `scale` is k1 × length / average length of each row."""
    total = np.zeros(len(scale))
    for number, weight in weighted:
        rows, counts = terms.find(number)
        total[rows] += weight * rarity[number] / 1000 * counts / (counts + scale[rows])
    return total


def _coverage(
    columns: CandidateColumns, groups: tuple[RequirementGroup, ...], rarity: Mapping[Term, int], scale: Values
) -> Values:
    """The weighted mean over requirements of the square root of BM25."""
    total = np.zeros(len(columns))
    for group in groups:
        total += (
            KIND_WEIGHTS[group.kind]
            * np.sqrt(_best(columns.terms, group.choices, rarity, scale))
            * _used(columns, group)
        )
    return total / sum(KIND_WEIGHTS[group.kind] for group in groups)


def _best(terms: Postings, choices: tuple[Choice, ...], rarity: Mapping[Term, int], scale: Values) -> Values:
    best = np.zeros(len(scale))
    for choice in choices:
        np.maximum(best, _matched(terms, tuple((number, 1) for number in choice.terms), rarity, scale), out=best)
    return best


def _used(columns: CandidateColumns, group: RequirementGroup) -> Values:
    """1, or less where the dated use of the skill is shorter than the years asked for."""
    share = np.ones(len(columns))
    if group.minimum_years:
        for skill in group.skills:
            rows, quarters = columns.facts.find(fact("skill", skill))
            dated = quarters != UNKNOWN
            share[rows[dated]] = np.minimum(1.0, quarters[dated] / 4 / group.minimum_years)
    return share


def _experience(columns: CandidateColumns, query: JobQuery) -> Values:
    """Mean of the share of the years asked for and the closeness of the level (a step is a sixth), where known."""
    years = np.where(columns.years == UNKNOWN, np.nan, columns.years / 4)
    parts = []
    if query.minimum_years:
        parts.append(np.minimum(1.0, years / query.minimum_years))
    if query.seniority is not None:
        level = np.where(columns.seniority == UNKNOWN, np.nan, columns.seniority.astype(np.float64))
        parts.append(1.0 - np.abs(level - _SENIORITIES.index(query.seniority)) / (len(_SENIORITIES) - 1))
    known = [np.where(np.isnan(part), 0.0, part) for part in parts]
    count = np.sum([~np.isnan(part) for part in parts], axis=0)
    return np.where(count == 0, np.nan, np.sum(known, axis=0) / np.maximum(count, 1))
