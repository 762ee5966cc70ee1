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
from hiring.matching.passes import Closer, People, Pool, look_closer
from hiring.matching.query import JobQuery
from hiring.matching.scoring import must_haves, ranked, scores, shown_shares
from hiring.matching.statistics import PoolStatistics

WORDS_FLOOR = 0.1
"""Mean share of the must-haves' words that a resume must hold anywhere to be looked at more closely.

Held against the words that the index keeps: of a long resume it leaves out pairs that few share, so that some 3 in
100,000 count as below who are just above; nobody the other way round (see `what_if`).
"""
FLOOR = 0.4
"""Share of the must-haves that the evidence must show (half for one that is partly met) to be listed."""


@dataclass(frozen=True)
class Placed:
    """A candidate's place in the ranking of everybody, with the score in millionths."""

    candidate_id: str
    score: int
    resume_version: int


@dataclass(frozen=True)
class Ranking:
    """The ranking of everybody: how many were considered and left out, the best in order, and what nobody shows."""

    statistics: PoolStatistics
    considered: int
    left_out: Mapping[Reason, int]
    best: tuple[Placed, ...]
    scarce: tuple[str, ...]
    """The must-haves that the fewest of those show whom no deal-breaker excludes."""


def rank_everybody(pool: Pool, query: JobQuery, conditions: Conditions, people: People, *, depth: int) -> Ranking:
    """Rank everybody in `pool` and keep the best `depth`; the same whatever the order of the rows."""
    left_out: dict[Reason, int] = {}
    passing = []
    for part in pool.parts:
        passes, counts = first_reasons(outcomes(part.columns, conditions), part.live)
        passing.append(passes)
        for reason, count in counts.items():
            left_out[reason] = left_out.get(reason, 0) + count
    closer = look_closer(pool, query, passing, people)
    showing = np.zeros(len(must_haves(query)), dtype=np.int64)
    eligible, below = [], 0
    for part, passes, rows in zip(pool.parts, passing, closer.rows, strict=True):
        shares = shown_shares(part.columns, query)
        showing += (shares[passes] >= FLOOR).sum(axis=0)
        above = above_words_floor(shares)
        below += int((passes & ~above).sum())
        eligible.append(above[rows])
    left_out[Reason.BELOW_FLOOR] = below
    scarce = [group.text for group, count in zip(must_haves(query), showing, strict=True) if count == showing.min()]
    return Ranking(
        statistics=closer.statistics,
        considered=len(pool),
        left_out={reason: left_out[reason] for reason in Reason if left_out.get(reason)},
        best=_best(closer, eligible, query, people, depth),
        scarce=tuple(scarce),
    )


def above_floor(verdicts: Sequence[RequirementVerdict]) -> bool:
    """Whether the evidence shows enough to be listed; where nothing is a must-have, that it shows anything."""
    share = must_have_share(verdicts)
    if share is None:
        return any(verdict.verdict is not Verdict.NOT_SHOWN for verdict in verdicts)
    return share >= FLOOR


def funnel_of(first: Ranking, left_out_later: Sequence[Reason], listed: int, *, absent: int = 0) -> Funnel:
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


def above_words_floor(shares: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Which rows of `shown_shares` hold enough of the must-haves' words to be looked at more closely."""
    if shares.shape[1] == 0:
        return np.ones(len(shares), dtype=np.bool_)
    above: NDArray[np.bool_] = shares.mean(axis=1) >= WORDS_FLOOR
    return above


def _best(
    closer: Closer, eligible: Sequence[NDArray[np.bool_]], query: JobQuery, people: People, depth: int
) -> tuple[Placed, ...]:
    """The best of the second pass in the order of their scores by all that is stored with their resumes.

    Somebody of whom nothing is stored any more keeps the score of the second pass: a closer look counts who left.
    """
    placed: list[Placed] = []
    for columns, values, held in zip(closer.columns, closer.values, eligible, strict=True):
        rows = np.flatnonzero(held)
        rows = rows[ranked(columns.ids[rows], values[rows])[:depth]]
        placed += [
            Placed(columns.ids[row].decode(), int(values[row]), int(columns.resume_versions[row]))
            for row in rows.tolist()
        ]
    best = {place.candidate_id: place for place in sorted(placed, key=_order)[:depth]}
    stored = CandidateColumns.of(people(list(best)).values())
    whole = zip(stored.ids.tolist(), scores(stored, query, closer.statistics).tolist(), strict=True)
    for row, (candidate_id, score) in enumerate(whole):
        found = candidate_id.decode()
        best[found] = Placed(found, score, int(stored.resume_versions[row]))
    return tuple(sorted(best.values(), key=_order))


def _order(placed: Placed) -> tuple[int, bytes]:
    return -placed.score, placed.candidate_id.encode()
