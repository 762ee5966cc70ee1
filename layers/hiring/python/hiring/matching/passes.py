"""Ranking everybody in two passes: all by what can be held against millions at once, the best of them by all we know.

The first pass looks at words and at the signs of the vectors; for a job in a language that the vectors do not know, at
words and pairs of neighbours. The second takes its best `CLOSER` and scores them by all
that the index holds; a pool of no more people goes there whole. Neither is a search index that could lose somebody: how
much of the best the first pass keeps is measured in `make bench`. The score of who may be listed is then computed from
the features that are stored with the resume, whole.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil, sqrt

import numpy as np
from numpy.typing import NDArray

from hiring.matching.columns import CandidateColumns, side_by_side
from hiring.matching.features import CandidateFeatures
from hiring.matching.generation import Generation
from hiring.matching.kindred import Example
from hiring.matching.postings import Among, Remembered
from hiring.matching.query import JobQuery, QueryForm
from hiring.matching.scoring import (
    Parts,
    bare_statistics,
    corrected_statistics,
    examples_wanted,
    first_mean,
    first_parts,
    first_scores,
    first_statistics,
    in_millionths,
    kindred_statistics,
    ranked,
    scores,
    with_kindred,
    with_spreads,
)
from hiring.matching.segment import Segment
from hiring.matching.statistics import Collection, PoolStatistics, collection_of
from hiring.matching.terms import PAIR, Term

type People = Callable[[Sequence[str]], Mapping[str, CandidateFeatures]]
"""What is stored of candidates, by their ids; who is not there any more is left out."""

CLOSER = 20_000
"""How many of the first pass's best the second looks at."""
EXAMPLES_AMONG = 100
"""How many of the best by what the index holds are read whole, to find the best few that a job's examples are."""
SAMPLE = 32_768
"""How many rows means and deviations are taken from, evenly spaced; all of a smaller pool. Of a larger one, what the
first pass knows of everybody corrects them."""
FOLDED = "folded"
FIRST_TERMS = {form: 512 if form is QueryForm.OTHER_LANGUAGE else 64 for form in QueryForm}
"""How many terms of a job the first pass looks at: more where nothing but words counts, and no vectors."""


@dataclass(frozen=True, eq=False)
class Part:
    """Candidates in columns, and which of the rows hold: others have left or changed since.

    `columns` are what the first pass looks at, with the postings of all terms. Those of a segment of the index lead to
    the rest; those of fresh changes are all there is.
    """

    columns: CandidateColumns
    live: NDArray[np.bool_]
    segment: Segment | None = None

    @classmethod
    def of(cls, segment: Segment, live: NDArray[np.bool_]) -> Part:
        """A segment of the index; what is looked up in it stays at hand for the run."""
        return cls(replace(segment.everybody, terms=Remembered(segment.terms)), live, segment)

    def closer(self, rows: NDArray[np.intp]) -> CandidateColumns:
        """All that is known of `rows` (ascending) but the facts."""
        if self.segment is None:
            return self.columns.taken(rows).rounded()
        return replace(self.segment.closer(rows), terms=Among(self.columns.terms, rows, len(self.live)))


@dataclass(frozen=True, eq=False)
class Pool:
    """Everybody who may be considered; `collection` is what the statistics are about: the generation, or all here."""

    parts: tuple[Part, ...]
    collection: Collection
    indexed: int
    """How many of the parts, from the first, the collection is made of."""

    def __len__(self) -> int:
        return sum(int(part.live.sum()) for part in self.parts)


def pool_of(generation: Generation | None, changed: CandidateColumns, gone: Sequence[str]) -> Pool:
    """The pool of a generation and the changes since: rows of `changed` replace older ones, `gone` are the ids of who
    left.

    The statistics come from all rows of the generation, or of the fold of it with the changes where there is no
    generation or fewer people in it than changed since; its name is then `FOLDED`.
    """
    if generation is None:
        return _folded(changed)
    if len(changed) > len(generation):
        return _folded(generation.unpacked().merged(changed, gone=gone))
    parts = []
    newer = np.ones(len(changed), dtype=np.bool_)
    for segment in generation.segments:
        replaced, holds = segment.everybody.replaced_by(changed, gone=gone)
        newer &= holds
        parts.append(Part.of(segment, ~replaced))
    return Pool((*parts, Part(changed, newer)), generation.collection, len(parts))


def _folded(columns: CandidateColumns) -> Pool:
    part = Part(columns, np.ones(len(columns), dtype=np.bool_))
    return Pool((part,), collection_of(columns, FOLDED), 1)


@dataclass(frozen=True, eq=False)
class Closer:
    """What the second pass knows: for each part the rows that it looked at, ascending, their columns and scores."""

    statistics: PoolStatistics
    rows: tuple[NDArray[np.intp], ...]
    columns: tuple[CandidateColumns, ...]
    values: tuple[NDArray[np.int64], ...]


def look_closer(pool: Pool, query: JobQuery, passing: Sequence[NDArray[np.bool_]], people: People) -> Closer:
    """The scores of the best of the rows that are `passing` in each part, and the statistics that they are against."""
    collection, step = pool.collection, _step(pool)
    sample = _sample(pool, step)
    rows = tuple(np.flatnonzero(part) for part in passing)
    many = sum(len(part) for part in rows) > CLOSER
    first = _first_pass(pool, query) if many or step > 1 else None
    if first is not None and many:
        rows = _best_rows(pool, first, rows)
    columns = tuple(part.closer(held) for part, held in zip(pool.parts, rows, strict=True))
    if first is None or step == 1:
        statistics = first_statistics(sample, query, collection)
    else:
        near = first.everybody(pool, step)
        statistics = corrected_statistics(sample, query, collection, near=near, everybody=first.everybody(pool))
    wanted = examples_wanted(query, collection)
    if wanted:
        firsts = [in_millionths(first_scores(part, query, statistics)) for part in columns]
        known = people(best_ids(columns, firsts, EXAMPLES_AMONG))
        whole = CandidateColumns.of(known.values())
        best = best_ids([whole], [in_millionths(first_scores(whole, query, statistics))], wanted)
        statistics = with_kindred(statistics, [Example.of(known[i].resume) for i in best], query, collection)
    statistics = kindred_statistics(sample, query, statistics)
    return Closer(statistics, rows, columns, tuple(scores(part, query, statistics) for part in columns))


def best_ids(columns: Sequence[CandidateColumns], values: Sequence[NDArray[np.int64]], count: int) -> list[str]:
    """The ids of the `count` best over several columns, best first; equals in the order of their ids."""
    ids = np.concatenate([part.ids for part in columns])
    every = np.concatenate(values)
    return [i.decode() for i in ids[ranked(ids, every)[:count]].tolist()]


def broad(query: JobQuery, collection: Collection) -> JobQuery:
    """As much of `query` as the first pass looks at: the words that divide the pool most; pairs too where the vectors
    say nothing.
    """
    pairs = query.form is QueryForm.OTHER_LANGUAGE

    def telling(number: Term, weight: int) -> float:
        share = min(1.0, collection.holders(number) / max(1, collection.candidates))
        return weight * rarity[number] * sqrt(share * (1 - share))

    words = [(number, weight) for number, weight in query.terms if pairs or number < PAIR]
    rarity = collection.rarity(number for number, _ in words)
    most = sorted(words, key=lambda asked: (-telling(*asked), asked[0]))[: FIRST_TERMS[query.form]]
    groups = tuple(
        replace(
            group,
            choices=tuple(
                replace(choice, terms=tuple(number for number in choice.terms if pairs or number < PAIR))
                for choice in group.choices
            ),
            names=tuple(number for number in group.names if pairs or number < PAIR),
            minimum_years=None,
        )
        for group in query.groups
    )
    return replace(query, terms=tuple(sorted(most)), groups=groups)


@dataclass(frozen=True, eq=False)
class _FirstPass:
    """What the first pass makes of everybody: the query as it looks at it, and the parts of the scores in each part of
    the pool.
    """

    query: JobQuery
    parts: tuple[Parts, ...]

    def everybody(self, pool: Pool, step: int = 1) -> Parts:
        """The parts of the scores of the collection, or of every so many of each segment."""
        indexed = self.parts[: pool.indexed]
        return {name: np.concatenate([part[name][::step] for part in indexed]) for name in indexed[0]}


def _first_pass(pool: Pool, query: JobQuery) -> _FirstPass:
    asked = broad(query, pool.collection)
    bare = bare_statistics(asked, pool.collection)
    return _FirstPass(asked, tuple(first_parts(part.columns.with_signs(), asked, bare) for part in pool.parts))


def _best_rows(pool: Pool, first: _FirstPass, rows: tuple[NDArray[np.intp], ...]) -> tuple[NDArray[np.intp], ...]:
    """Those of the rows of each part, ascending, that are among the best `CLOSER` of all by the first pass."""
    statistics = with_spreads(bare_statistics(first.query, pool.collection), first.everybody(pool))
    values = [
        in_millionths(first_mean(parts, first.query, statistics))[held]
        for parts, held in zip(first.parts, rows, strict=True)
    ]
    every = np.concatenate(values)
    ids = np.concatenate([part.columns.ids[held] for part, held in zip(pool.parts, rows, strict=True)])
    least = np.partition(every, len(every) - CLOSER)[len(every) - CLOSER]
    chosen = every > least
    equal = np.flatnonzero(every == least)
    chosen[equal[np.argsort(ids[equal], kind="stable")][: CLOSER - int(chosen.sum())]] = True
    ends = np.cumsum([len(held) for held in rows])[:-1]
    return tuple(held[some] for held, some in zip(rows, np.split(chosen, ends), strict=True))


def _step(pool: Pool) -> int:
    """Every which row of the collection is in the sample."""
    return max(1, ceil(pool.collection.candidates / SAMPLE))


def _sample(pool: Pool, step: int) -> CandidateColumns:
    """Evenly spaced rows of the collection, with all that is known of them but the facts."""
    return side_by_side([part.closer(np.arange(0, len(part.live), step)) for part in pool.parts[: pool.indexed]])
