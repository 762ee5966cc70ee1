"""From a pool of candidates to an ordered shortlist: deal-breakers, score, floor; bounded and never padded (R6, R7)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hiring.matching.columns import CandidateColumns
from hiring.matching.deal_breakers import Conditions, first_reasons, outcomes
from hiring.matching.explanation import must_have_share
from hiring.matching.model import Funnel, Reason, RequirementVerdict, Verdict
from hiring.matching.query import JobQuery
from hiring.matching.scoring import measured, must_haves, ranked, scores, shown_shares
from hiring.matching.statistics import PoolStatistics

WORDS_FLOOR = 0.1
"""Mean share of the must-haves' words that a resume must hold anywhere to be looked at more closely."""
FLOOR = 0.4
"""Share of the must-haves that the evidence must show (half for one that is partly met) to be listed."""
FOLDED = "folded"


@dataclass(frozen=True, eq=False)
class Part:
    """Candidates in columns, and which of the rows hold: others have left or changed since."""

    columns: CandidateColumns
    live: NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Pool:
    """Everybody who may be considered: a generation of the index and what changed since.

    The statistics come from all rows of the first part: the generation, or the fold of it with the changes where
    there is no generation or fewer people in it than changed since; the name is then `FOLDED`.
    """

    generation: str
    parts: tuple[Part, ...]

    def __len__(self) -> int:
        return sum(int(part.live.sum()) for part in self.parts)


def pool_of(generation: tuple[CandidateColumns, str] | None, changed: CandidateColumns, gone: Sequence[str]) -> Pool:
    """The pool of a generation and the changes since: rows of `changed` replace older ones, `gone` are the ids of who
    left.
    """
    if generation is None:
        return _folded(changed)
    columns, name = generation
    if len(changed) > len(columns):
        return _folded(columns.merged(changed, gone=gone))
    replaced, newer = columns.replaced_by(changed, gone=gone)
    return Pool(name, (Part(columns, ~replaced), Part(changed, newer)))


@dataclass(frozen=True)
class Placed:
    """A candidate's place in the ranking of everybody, with the score in millionths."""

    candidate_id: str
    score: int
    resume_version: int


@dataclass(frozen=True)
class FirstPass:
    """The ranking of everybody: how many were considered and left out, the best in order, and what nobody shows."""

    statistics: PoolStatistics
    considered: int
    left_out: Mapping[Reason, int]
    best: tuple[Placed, ...]
    scarce: tuple[str, ...]
    """The must-haves that the fewest of those show whom no deal-breaker excludes."""


def first_pass(pool: Pool, query: JobQuery, conditions: Conditions, *, depth: int) -> FirstPass:
    """Rank everybody in `pool` and keep the best `depth`; exact, the same whatever the order of the rows."""
    statistics, values = measured(pool.parts[0].columns, query, pool.generation)
    left_out: dict[Reason, int] = {}
    showing = np.zeros(len(must_haves(query)), dtype=np.int64)
    best: list[Placed] = []
    for number, part in enumerate(pool.parts):
        values = scores(part.columns, query, statistics) if number else values
        found = outcomes(part.columns, conditions)
        passing, counts = first_reasons(found, part.live)
        shares = shown_shares(part.columns, query)
        showing += (shares[passing] >= FLOOR).sum(axis=0)
        below = passing & (shares.mean(axis=1) < WORDS_FLOOR) if shares.shape[1] else np.zeros_like(passing)
        for reason, count in [*counts.items(), (Reason.BELOW_FLOOR, int(below.sum()))]:
            left_out[reason] = left_out.get(reason, 0) + count
        best += _best(part.columns, values, passing & ~below, depth)
    best.sort(key=lambda placed: (-placed.score, placed.candidate_id.encode()))
    scarce = [group.text for group, count in zip(must_haves(query), showing, strict=True) if count == showing.min()]
    return FirstPass(
        statistics=statistics,
        considered=len(pool),
        left_out={reason: left_out[reason] for reason in Reason if left_out.get(reason)},
        best=tuple(best[:depth]),
        scarce=tuple(scarce),
    )


def above_floor(verdicts: Sequence[RequirementVerdict]) -> bool:
    """Whether the evidence shows enough to be listed; where nothing is a must-have, that it shows anything."""
    share = must_have_share(verdicts)
    if share is None:
        return any(verdict.verdict is not Verdict.NOT_SHOWN for verdict in verdicts)
    return share >= FLOOR


def funnel_of(first: FirstPass, left_out_later: Sequence[Reason], listed: int, *, absent: int = 0) -> Funnel:
    """The funnel of a run: the first pass, whom the closer look left out, and who ranked below the last line.

    The `absent` left while the run was under way: they were not considered.
    """
    considered = first.considered - absent
    left_out = dict(first.left_out)
    for reason in left_out_later:
        left_out[reason] = left_out.get(reason, 0) + 1
    left_out[Reason.RANKED_LOWER] = considered - listed - sum(left_out.values())
    counted = {reason: left_out[reason] for reason in Reason if left_out.get(reason)}
    emptied_by: tuple[str, ...] | None = None
    if listed == 0:
        deal_breakers = sorted(counted, key=lambda reason: -counted[reason])
        emptied_by = first.scarce if Reason.BELOW_FLOOR in counted else tuple(reason.value for reason in deal_breakers)
    return Funnel(considered=considered, left_out=counted, listed=listed, emptied_by=emptied_by)


def _folded(columns: CandidateColumns) -> Pool:
    return Pool(FOLDED, (Part(columns, np.ones(len(columns), dtype=np.bool_)),))


def _best(
    columns: CandidateColumns, values: NDArray[np.int64], eligible: NDArray[np.bool_], depth: int
) -> list[Placed]:
    rows = np.flatnonzero(eligible)
    if len(rows) > depth:
        least = np.partition(values[rows], len(rows) - depth)[len(rows) - depth]
        rows = rows[values[rows] >= least]
    order = rows[ranked(columns.ids[rows], values[rows])][:depth]
    return [
        Placed(columns.ids[row].decode(), int(values[row]), int(columns.resume_versions[row])) for row in order.tolist()
    ]
