"""The score of every candidate for one job: exact over all rows, and the same for a candidate in whatever company.

Words are weighed by BM25 (Robertson and Zaragoza, 2009) with a long saturation and full length normalisation (b = 1),
because resumes repeat their words and differ much in length. Parts are standardised with the statistics of the
generation and averaged with fixed weights. Then the best of that ranking say what the job looks like in a resume's
words (pseudo-relevance feedback), and the likeness to them counts too. Every operation is a single IEEE one in a fixed
order, so that a score has the same bits on every machine; it ends as an integer in millionths.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from hiring.jobs.model import RequirementKind, Seniority
from hiring.matching.columns import CandidateColumns
from hiring.matching.directions import Signs, likeness
from hiring.matching.features import UNKNOWN
from hiring.matching.kindred import Example, examples_of, how_many, kindred_of
from hiring.matching.postings import PostingLists
from hiring.matching.query import Choice, JobQuery, QueryForm, RequirementGroup
from hiring.matching.statistics import (
    MICRO,
    Collection,
    Component,
    PoolStatistics,
    Spread,
    collection_of,
    spread,
    spread_of_all,
)
from hiring.matching.terms import Term
from hiring.matching.wishes import fact
from hiring.skills.embedding import SCALE, Vector

type Values = NDArray[np.float64]
type Parts = dict[Component, Values]

SATURATION = 8.0
"""BM25's k1, where 1.2 to 2 is usual for texts that name a subject once."""
COVERAGE_NORMALISATION = 0.75
"""BM25's b for single requirements: a long resume may well hold more of them, and is not marked down in full."""
PROSE_SATURATION = 32.0
"""k1 for the text of an English job: its many common words would else outvote the few that a resume lives by."""
WEIGHTS: Mapping[QueryForm, Mapping[Component, float]] = {
    QueryForm.TAGS: {Component.COVERAGE: 1, Component.MEANING: 0.25, Component.TITLES: 1},
    QueryForm.ENGLISH: {Component.COVERAGE: 1, Component.WORDING: 0.5, Component.MEANING: 1, Component.TITLES: 1},
    QueryForm.OTHER_LANGUAGE: {Component.COVERAGE: 1, Component.WORDING: 1},
    QueryForm.REQUIREMENTS: {Component.COVERAGE: 1, Component.MEANING: 1, Component.TITLES: 1},
    QueryForm.TITLE: {Component.TITLES: 1},
}
"""Equal weights of standardised parts, with two exceptions: the embedding of a list of tags says less, and the text of
a job says again what its requirements said before."""
EXPERIENCE_WEIGHT = 0.5
KINDRED_WEIGHTS: Mapping[QueryForm, Mapping[Component, float]] = {
    QueryForm.TAGS: {},
    QueryForm.ENGLISH: {Component.KINDRED_WORDS: 1, Component.KINDRED_TITLES: 1},
    QueryForm.OTHER_LANGUAGE: {Component.KINDRED_WORDS: 1},
    QueryForm.REQUIREMENTS: {Component.KINDRED_WORDS: 1, Component.KINDRED_TITLES: 1},
    QueryForm.TITLE: {},
}
"""What likeness to the best counts beside `Component.FIRST`, which counts 1 as well. A list of tags or a title says too
little for its best to be good examples."""
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
    collection = collection_of(columns, generation)
    bare = bare_statistics(query, collection)
    parts = first_parts(columns, query, bare)
    statistics = replace(bare, spreads=_spreads(parts))
    first = _mean(parts, weights_of(query), statistics)
    best = ranked(columns.ids, in_millionths(first))[: examples_wanted(query, collection)]
    statistics = with_kindred(statistics, examples_of(columns, best), query, collection)
    further = {Component.FIRST: first, **_kindred_parts(columns, query, statistics)}
    statistics = replace(statistics, spreads=statistics.spreads | _spreads(further))
    return statistics, _final(further, query, statistics)


def bare_statistics(query: JobQuery, collection: Collection) -> PoolStatistics:
    """What can be said before any candidate is scored: how rare the query's terms are."""
    rarity = collection.rarity(query.all_terms())
    return PoolStatistics(collection.generation, collection.candidates, collection.average_length, rarity, {})


def first_statistics(sample: CandidateColumns, query: JobQuery, collection: Collection) -> PoolStatistics:
    """The statistics of the parts that hold a resume against the job, their spreads those of `sample`."""
    bare = bare_statistics(query, collection)
    return replace(bare, spreads=_spreads(first_parts(sample, query, bare)))


def corrected_statistics(
    sample: CandidateColumns, query: JobQuery, collection: Collection, *, near: Parts, everybody: Parts
) -> PoolStatistics:
    """The same where the sample is not everybody: `near` is about what the parts of the sample are, `everybody` the
    same of all, which tells how the sample differs from them.
    """
    bare = bare_statistics(query, collection)
    parts = first_parts(sample, query, bare)
    spreads = {part: spread_of_all(part, values, near[part], everybody[part]) for part, values in parts.items()}
    return replace(bare, spreads=spreads)


def first_scores(columns: CandidateColumns, query: JobQuery, statistics: PoolStatistics) -> Values:
    """The weighted mean of the parts that hold a resume against the job, in deviations above the pool's mean."""
    return first_mean(first_parts(columns, query, statistics), query, statistics)


def first_mean(parts: Parts, query: JobQuery, statistics: PoolStatistics) -> Values:
    """The weighted mean of the parts that hold a resume against the job, in deviations above the pool's mean."""
    return _mean(parts, weights_of(query), statistics)


def with_spreads(statistics: PoolStatistics, parts: Parts) -> PoolStatistics:
    """`statistics` with the spreads of the parts of everybody."""
    return replace(statistics, spreads=_spreads(parts))


def examples_wanted(query: JobQuery, collection: Collection) -> int:
    """How many of the best by their first scores are to be learned from."""
    return how_many(collection.candidates) if KINDRED_WEIGHTS[query.form] else 0


def with_kindred(
    statistics: PoolStatistics, examples: Sequence[Example], query: JobQuery, collection: Collection
) -> PoolStatistics:
    """`statistics` with what `examples` have in common, where there are any."""
    if not examples:
        return statistics
    kindred = kindred_of(examples, collection, _saturation(query))
    rarity = statistics.rarity | collection.rarity(number for number, _ in kindred.terms)
    return replace(statistics, kindred=kindred, rarity=rarity)


def kindred_statistics(sample: CandidateColumns, query: JobQuery, statistics: PoolStatistics) -> PoolStatistics:
    """`statistics` with the spreads of the first scores and of the likeness to the best, those of `sample`."""
    further = {
        Component.FIRST: first_scores(sample, query, statistics),
        **_kindred_parts(sample, query, statistics),
    }
    return replace(statistics, spreads=statistics.spreads | _spreads(further))


def scores(columns: CandidateColumns, query: JobQuery, statistics: PoolStatistics) -> NDArray[np.int64]:
    """The score of each row in millionths: the weighted mean of its parts, in deviations above the pool's mean."""
    further = {
        Component.FIRST: first_scores(columns, query, statistics),
        **_kindred_parts(columns, query, statistics),
    }
    return _final(further, query, statistics)


def ranked(ids: NDArray[np.bytes_], values: NDArray[np.int64]) -> NDArray[np.intp]:
    """The order of rows with these ids and scores from best to worst; equals in the order of their ids."""
    return np.lexsort((ids, -values))


def in_millionths(values: Values) -> NDArray[np.int64]:
    """Scores as integers, which are compared and kept."""
    return np.rint(values * MICRO).astype(np.int64)


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
            shown = held == len(choice.terms) if choice.whole else held / len(choice.terms)
            np.maximum(shares[:, index], shown, out=shares[:, index])
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
    """The weight of each part that holds a resume against a job of this form."""
    weights = dict(WEIGHTS[query.form])
    if not query.groups:
        stated = weights.pop(Component.COVERAGE, 0.0)
        if Component.WORDING in weights:
            # Where no requirements are stated, the text stands for them.
            weights[Component.WORDING] = stated
    if not query.title_vector.any():
        weights.pop(Component.TITLES, None)
    if query.minimum_years or query.seniority is not None:
        weights[Component.EXPERIENCE] = EXPERIENCE_WEIGHT
    return weights


def _spreads(parts: Parts) -> dict[Component, Spread]:
    return {component: spread(component, values) for component, values in parts.items()}


def _final(further: Parts, query: JobQuery, statistics: PoolStatistics) -> NDArray[np.int64]:
    weights = {Component.FIRST: 1.0, **KINDRED_WEIGHTS[query.form]}
    return in_millionths(_mean(further, weights, statistics))


def _mean(parts: Parts, weights: Mapping[Component, float], statistics: PoolStatistics) -> Values:
    """The weighted mean of the standardised parts; what is not known counts as the pool's mean."""
    standard = {
        component: (values - statistics.spreads[component].mean / MICRO)
        / (statistics.spreads[component].deviation / MICRO)
        for component, values in parts.items()
    }
    total = np.zeros(len(next(iter(parts.values()))))
    for component, values in standard.items():
        total += weights[component] * np.nan_to_num(values, copy=False, nan=0.0)
    return total / sum(weights[component] for component in parts)


def _saturation(query: JobQuery) -> float:
    english = query.form in (QueryForm.ENGLISH, QueryForm.REQUIREMENTS)
    return PROSE_SATURATION if english else SATURATION


def first_parts(columns: CandidateColumns, query: JobQuery, statistics: PoolStatistics) -> Parts:
    """The parts that the form of the query asks for, in a fixed order; NaN where a resume does not say."""
    weights, rarity = weights_of(query), statistics.rarity
    relative = _relative_lengths(columns, statistics)
    parts: Parts = {}
    if Component.COVERAGE in weights:
        normalised = 1 - COVERAGE_NORMALISATION + COVERAGE_NORMALISATION * relative
        parts[Component.COVERAGE] = _coverage(columns, query.groups, rarity, normalised * SATURATION)
    if Component.WORDING in weights:
        parts[Component.WORDING] = _matched(columns.terms, query.terms, rarity, relative * _saturation(query))
    if Component.MEANING in weights:
        parts[Component.MEANING] = _cosines(columns.vectors, query.vector)
    if Component.TITLES in weights:
        parts[Component.TITLES] = _title_cosines(columns, query.title_vector)
    if Component.EXPERIENCE in weights:
        parts[Component.EXPERIENCE] = _experience(columns, query)
    return parts


def _kindred_parts(columns: CandidateColumns, query: JobQuery, statistics: PoolStatistics) -> Parts:
    """The likeness to the best in words and in titles, as far as the form of the query asks for it."""
    kindred, weights = statistics.kindred, KINDRED_WEIGHTS[query.form]
    parts: Parts = {}
    if kindred is None:
        return parts
    if Component.KINDRED_WORDS in weights:
        scale = _relative_lengths(columns, statistics) * _saturation(query)
        parts[Component.KINDRED_WORDS] = _matched(columns.terms, kindred.terms, statistics.rarity, scale)
    if Component.KINDRED_TITLES in weights:
        parts[Component.KINDRED_TITLES] = _title_cosines(columns, np.frombuffer(kindred.titles, dtype=np.int8))
    return parts


def _relative_lengths(columns: CandidateColumns, statistics: PoolStatistics) -> Values:
    return columns.lengths.astype(np.float64) * (1000 / statistics.average_length)


def _cosines(vectors: NDArray[np.int8] | Signs, vector: Vector) -> Values:
    """The similarity of each row to `vector`."""
    return likeness(vectors, vector) / float(SCALE * SCALE)


def _title_cosines(columns: CandidateColumns, vector: Vector) -> Values:
    """The similarity of titles; not known where the resume names none."""
    cosines = _cosines(columns.title_vectors, vector)
    cosines[~columns.title_vectors.any(axis=1)] = np.nan
    return cosines


def _matched(
    terms: PostingLists, weighted: tuple[tuple[Term, int], ...], rarity: Mapping[Term, int], scale: Values
) -> Values:
    """BM25 of the weighted terms for every row, as a share of what endless repetition of each would give."""
    return _saturated(terms, weighted, rarity, scale) / max(1, sum(weight * rarity[term] for term, weight in weighted))


def _saturated(
    terms: PostingLists, weighted: tuple[tuple[Term, int], ...], rarity: Mapping[Term, int], scale: Values
) -> Values:
    """BM25 of the weighted terms for every row, over k1 + 1, in thousandths; `scale` is k1 × length / average length
    of each row.
    """
    total = np.zeros(len(scale))
    for number, weight in weighted:
        rows, counts = terms.find(number)
        total[rows] += weight * rarity[number] * (counts / (counts + scale[rows]))
    return total


def _coverage(
    columns: CandidateColumns, groups: tuple[RequirementGroup, ...], rarity: Mapping[Term, int], scale: Values
) -> Values:
    """The weighted mean over requirements of the square root of BM25, as a share of what endless repetition of all of
    them would give.
    """
    total = np.zeros(len(columns))
    most = 0.0
    for group in groups:
        weight = KIND_WEIGHTS[group.kind]
        total += weight * np.sqrt(_best(columns.terms, group.choices, rarity, scale)) * _used(columns, group)
        most += weight * math.sqrt(max((sum(rarity[t] for t in choice.terms) for choice in group.choices), default=0))
    return total / max(1.0, most)


def _best(terms: PostingLists, choices: tuple[Choice, ...], rarity: Mapping[Term, int], scale: Values) -> Values:
    best = np.zeros(len(scale))
    for choice in choices:
        shown = _saturated(terms, tuple((number, 1) for number in choice.terms), rarity, scale)
        if choice.whole:
            shown[~_holders_of_all(terms, choice, len(scale))] = 0
        np.maximum(best, shown, out=best)
    return best


def _holders_of_all(terms: PostingLists, choice: Choice, rows: int) -> NDArray[np.bool_]:
    everywhere = np.ones(rows, dtype=np.bool_)
    for number in choice.terms:
        here = np.zeros(rows, dtype=np.bool_)
        here[terms.find(number)[0]] = True
        everywhere &= here
    return everywhere


def _used(columns: CandidateColumns, group: RequirementGroup) -> Values:
    """1, or less where the dated use of the skill is shorter than the years asked for."""
    share = np.ones(len(columns))
    if group.minimum_years:
        for skill in group.skills:
            rows, quarters = columns.skills.find(fact("skill", skill))
            share[rows] = np.minimum(1.0, quarters / 4 / group.minimum_years)
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
