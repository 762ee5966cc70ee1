"""How many more would pass if one condition of a job were relaxed: counted over everybody, by each run, exactly as the
index knows them.

Of a long resume the index leaves out pairs of words that few share. So some 2 in 100,000 are counted as if they held
less than their whole resumes say, nobody as if more. To be exact, a run would have to read the whole resumes of
everybody who holds the words of such a pair, in whatever order: some 35,000 of a million for one job.

To pass is to be left out by no deal-breaker and to hold enough of the must-haves' words. (Years of experience leave
nobody out, so there is nothing to relax in them.) A count is never told as it is: see `ranges`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from hashlib import sha256
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from hiring.jobs.model import JobTerms
from hiring.matching.columns import CandidateColumns
from hiring.matching.deal_breakers import Conditions, Outcome, outcomes
from hiring.matching.model import Extra, Reason
from hiring.matching.query import JobQuery
from hiring.matching.ranges import MANY
from hiring.matching.scoring import must_haves, shown_shares

type Rows = NDArray[np.bool_]

ENOUGH_WORDS = 0.4
"""Mean share of the must-haves' words that a resume holds to pass."""


class PartOfPool(Protocol):
    """Candidates in columns, and which of the rows count."""

    @property
    def columns(self) -> CandidateColumns:
        """The candidates."""

    @property
    def live(self) -> Rows:
        """Which of the rows count."""


@dataclass(frozen=True)
class Relaxation:
    """One condition made weaker: the job's terms with it, or without a deal-breaker or a must-have (by its number)."""

    code: str
    terms: JobTerms
    reason: Reason | None = None
    drops: bool = False
    must_have: int | None = None


def relaxations(terms: JobTerms, count: int) -> Iterator[Relaxation]:
    """Every question that can be asked of a job: a fixed list, so that no answer can be made to close in on somebody.

    `count` is how many must-haves a resume is held against.
    """
    for percent in (10, 20):
        most = terms.pay.maximum
        more = most.model_copy(update={"amount_minor": most.amount_minor * (100 + percent) // 100})
        pay = terms.pay.model_copy(update={"maximum": more})
        yield Relaxation(f"pay-{percent}-percent-more", terms.model_copy(update={"pay": pay}), Reason.PAY)
    for days in (30, 90):
        later = terms.model_copy(update={"start_date": terms.start_date + timedelta(days=days)})
        yield Relaxation(f"start-{days}-days-later", later, Reason.START_DATE)
    for reason in _RELAXABLE:
        yield Relaxation(reason.value, terms, reason, drops=True)
    if len(terms.languages) > 1:
        for asked in terms.languages:
            rest = tuple(each for each in terms.languages if each != asked)
            without = terms.model_copy(update={"languages": rest})
            yield Relaxation(f"language-{asked.language}", without, Reason.LANGUAGE)
    for number in range(count):
        yield Relaxation(f"must-have-{number}", terms, must_have=number)


_RELAXABLE = (
    Reason.PAY,
    Reason.WORK_MODE,
    Reason.PLACE,
    Reason.TIME_ZONE,
    Reason.AUTHORISATION,
    Reason.START_DATE,
    Reason.LANGUAGE,
)
"""What a client can do without. What candidates decided about it (blocks, vetoes) is theirs."""


def extras(parts: Sequence[PartOfPool], query: JobQuery, conditions: Conditions) -> tuple[Extra, ...]:
    """For each relaxation how many of the live rows pass with it and do not pass without: over everybody, exactly as
    the columns know them.
    """
    looks = [_Look(part, query, conditions) for part in parts]
    return tuple(
        _extra(relaxation.code, [look.more(relaxation) for look in looks])
        for relaxation in relaxations(conditions.terms, len(must_haves(query)))
        if relaxation.reason is None or any(relaxation.reason in look.found for look in looks)
    )


class _Look:
    """One part of the pool: who is left out by what."""

    def __init__(self, part: PartOfPool, query: JobQuery, conditions: Conditions) -> None:
        self._columns = part.columns
        self._live = part.live
        self._conditions = conditions
        self.found = outcomes(part.columns, conditions)
        self._shares = shown_shares(part.columns, query)
        self._enough = _enough(self._shares)
        self._left_out = _count(self.found.values(), len(part.columns))

    def more(self, relaxation: Relaxation) -> NDArray[np.bytes_]:
        """The ids of those who pass with the relaxation and do not pass without."""
        if relaxation.must_have is not None:
            enough = _enough(np.delete(self._shares, relaxation.must_have, axis=1))
            rows = (self._left_out == 0) & enough & ~self._enough
        elif relaxation.reason not in self.found:
            rows = np.zeros_like(self._live)
        else:
            reason = relaxation.reason
            rows = self._enough & (self._left_out == 1) & self.found[reason].excluded
            if not relaxation.drops:
                weaker = outcomes(self._columns, replace(self._conditions, terms=relaxation.terms))
                rows &= ~weaker[reason].excluded
        ids: NDArray[np.bytes_] = self._columns.ids[rows & self._live]
        return ids


def _enough(shares: NDArray[np.float64]) -> Rows:
    if not shares.shape[1]:
        return np.ones(len(shares), dtype=np.bool_)
    enough: Rows = shares.mean(axis=1) >= ENOUGH_WORDS
    return enough


def _count(found: Iterable[Outcome], rows: int) -> NDArray[np.uint8]:
    counted = np.zeros(rows, dtype=np.uint8)
    for outcome in found:
        counted += outcome.excluded
    return counted


def _extra(code: str, ids: Sequence[NDArray[np.bytes_]]) -> Extra:
    count = sum(len(part) for part in ids)
    if count >= MANY:
        return Extra(code=code, count=count, who="")
    every = sorted(i for part in ids for i in part.tolist())
    return Extra(code=code, count=count, who=sha256(b"\n".join(every)).hexdigest())
