"""What excludes, in both directions, and nothing else does (R7): vectorised over candidates, the same for one alone.

A fact that the candidate or the job does not state never excludes.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from hiring.jobs.model import JobTerms
from hiring.matching.columns import CandidateColumns
from hiring.matching.model import Reason
from hiring.matching.rates import Rates
from hiring.matching.wishes import PAY_UNITS, Stated, employer_key, fact, level_number, pay_unit, work_mode_bits
from hiring.shared.values import LanguageLevel, PayPeriod, Place, WorkMode
from hiring.skills.words import plain

type Rows = NDArray[np.bool_]

WORKING_DAY_MINUTES = 8 * 60
NO_LIMIT = 2**63 - 1


@dataclass(frozen=True)
class Outcome:
    """For each row: whether it is excluded, and whether the candidate stated what was compared."""

    excluded: Rows
    stated: Rows


@dataclass(frozen=True)
class Conditions:
    """A job's side of the deal-breakers: its terms, who offers it, who vetoed it, and the rates to compare pay at."""

    terms: JobTerms
    employer: str
    rates: Rates
    vetoed_by: Collection[str] = ()


def outcomes(columns: CandidateColumns, conditions: Conditions) -> dict[Reason, Outcome]:
    """What each deal-breaker says of every row; those that the job does not raise are missing."""
    terms = conditions.terms
    found = {
        Reason.PAY: Outcome(_underpaid(columns, conditions), _stated(columns, Stated.PAY)),
        Reason.WORK_MODE: Outcome(_other_mode(columns, terms.work_mode), _stated(columns, Stated.WORK_MODE)),
        Reason.START_DATE: Outcome(columns.start > terms.start_date.toordinal(), _stated(columns, Stated.START)),
        Reason.EMPLOYER_BLOCKED: _listed(columns, [employer_key(conditions.employer)]),
        Reason.VETOED: _by_id(columns, conditions.vetoed_by),
    }
    if terms.places:
        found[Reason.PLACE] = Outcome(_elsewhere(columns, terms), _stated(columns, Stated.PLACE))
    if terms.time_zone_overlap is not None:
        found[Reason.TIME_ZONE] = Outcome(_too_far(columns, terms), _stated(columns, Stated.TIME_ZONE))
    if terms.authorisation is not None:
        found[Reason.AUTHORISATION] = Outcome(_not_allowed(columns, terms), _stated(columns, Stated.AUTHORISATION))
    if terms.languages:
        found[Reason.LANGUAGE] = _languages(columns, terms)
    return {reason: found[reason] for reason in Reason if reason in found}


def first_reasons(found: Mapping[Reason, Outcome], live: Rows) -> tuple[Rows, dict[Reason, int]]:
    """Which of the `live` rows pass, and how many each reason left out; a row counts for the first that applies."""
    passing = live.copy()
    counts: dict[Reason, int] = {}
    for reason, outcome in found.items():
        counts[reason] = int((passing & outcome.excluded).sum())
        passing &= ~outcome.excluded
    return passing, counts


def _stated(columns: CandidateColumns, bit: Stated) -> Rows:
    stated: Rows = columns.stated & np.uint8(bit) != 0
    return stated


def _having(columns: CandidateColumns, keys: Collection[int]) -> Rows:
    rows = np.zeros(len(columns), dtype=np.bool_)
    for key in keys:
        rows[columns.facts.find(key)[0]] = True
    return rows


def _listed(columns: CandidateColumns, keys: Collection[int]) -> Outcome:
    rows = _having(columns, keys)
    return Outcome(rows, rows)


def _by_id(columns: CandidateColumns, ids: Collection[str]) -> Outcome:
    rows = np.zeros(len(columns), dtype=np.bool_)
    rows[columns.rows_of(np.array(sorted(ids), dtype=np.bytes_))] = True
    return Outcome(rows, rows)


def _underpaid(columns: CandidateColumns, conditions: Conditions) -> Rows:
    """Whose minimum is above the most that the job pays; exact within one currency and period."""
    most, period, rates = conditions.terms.pay.maximum, conditions.terms.pay.period, conditions.rates
    offered = rates.yearly(most.amount_minor, most.currency, period)
    limits = np.full(PAY_UNITS, NO_LIMIT)
    if offered is not None:
        for currency in rates.per_euro:
            for other in PayPeriod:
                limit = rates.most(offered, currency, other)
                limits[pay_unit(currency, other)] = NO_LIMIT if limit is None else min(limit, NO_LIMIT)
    limits[pay_unit(most.currency, period)] = most.amount_minor
    above: Rows = columns.pay > limits[columns.pay_unit]
    return above & _stated(columns, Stated.PAY)


def _other_mode(columns: CandidateColumns, mode: WorkMode) -> Rows:
    other: Rows = columns.work_modes & np.uint8(work_mode_bits([mode])) == 0
    return other & _stated(columns, Stated.WORK_MODE)


def _elsewhere(columns: CandidateColumns, terms: JobTerms) -> Rows:
    """Who states places, none of which is where the work is done (or, remote, may be done from)."""
    keys = {key for place in terms.places for key in _acceptable(place, remote=terms.work_mode is WorkMode.REMOTE)}
    return _stated(columns, Stated.PLACE) & ~_having(columns, keys)


def _acceptable(place: Place, *, remote: bool) -> list[int]:
    if remote or place.city is None:
        return [fact("somewhere-in", place.country)]
    return [fact("city", f"{place.country}/{plain(place.city)}"), fact("country", place.country)]


def _too_far(columns: CandidateColumns, terms: JobTerms) -> Rows:
    """Whose working day shares fewer hours with the job's than asked, on the day of the start at noon UTC."""
    overlap = terms.time_zone_overlap
    if overlap is None or len(columns.zones) == 0:
        return np.zeros(len(columns), dtype=np.bool_)
    noon = datetime.combine(terms.start_date, time(12), UTC)
    there = _offset(overlap.time_zone, noon)
    apart = np.array([abs(_offset(zone.decode(), noon) - there) for zone in columns.zones.tolist()])
    apart = np.minimum(apart, 24 * 60 - apart)
    shared = np.maximum(0, WORKING_DAY_MINUTES - apart)
    short: Rows = (shared < overlap.hours * 60)[columns.zone]
    return short & _stated(columns, Stated.TIME_ZONE)


def _offset(zone: str, moment: datetime) -> int:
    """Minutes that `zone` is ahead of UTC at `moment`."""
    offset = moment.astimezone(ZoneInfo(zone)).utcoffset()
    return 0 if offset is None else int(offset.total_seconds() // 60)


def _not_allowed(columns: CandidateColumns, terms: JobTerms) -> Rows:
    """Who says where they may work, and it is not there, for a job that sponsors nobody."""
    asked = terms.authorisation
    if asked is None or asked.sponsorship:
        return np.zeros(len(columns), dtype=np.bool_)
    return _stated(columns, Stated.AUTHORISATION) & ~_having(columns, [fact("authorised", asked.country)])


def _languages(columns: CandidateColumns, terms: JobTerms) -> Outcome:
    """Who speaks a language less well than asked, or states languages without it.

    A resume that leaves a language out says nothing; a list that the candidate states does.
    """
    complete = _stated(columns, Stated.LANGUAGE)
    excluded = np.zeros(len(columns), dtype=np.bool_)
    stated = np.ones(len(columns), dtype=np.bool_)
    for asked in terms.languages:
        rows, levels = columns.facts.find(fact("language", asked.language))
        known = np.zeros(len(columns), dtype=np.bool_)
        known[rows] = True
        excluded |= complete & ~known
        below = np.zeros(len(columns), dtype=np.bool_)
        if asked.level is not None:
            least = level_number(LanguageLevel.C2 if asked.level is LanguageLevel.NATIVE else asked.level)
            below[rows] = (levels > 0) & (levels < least)
            unnamed = known.copy()
            unnamed[rows] = levels > 0
            known = unnamed
        excluded |= below
        stated &= known | complete
    return Outcome(excluded, stated | excluded)
