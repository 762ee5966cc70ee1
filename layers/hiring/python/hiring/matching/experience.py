"""How long and how high: months of employment, and the level that titles speak of."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from hiring.jobs.model import Seniority
from hiring.resumes.model import Employment

_LEVELS = (
    (Seniority.EXECUTIVE, r"chief|c[etfiop]o|president|vp|vice president|executive director|managing director"),
    (Seniority.PRINCIPAL, r"principal|distinguished|fellow|director"),
    (Seniority.LEAD, r"lead|leader|head|manager|supervisor|foreman"),
    (Seniority.SENIOR, r"senior|sr|expert"),
    (Seniority.INTERN, r"intern|internship|trainee|apprentice|werkstudent"),
    (Seniority.JUNIOR, r"junior|jr|entry level|graduate|assistant"),
)
_PATTERNS = tuple((level, re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE)) for level, pattern in _LEVELS)


def months_of(employment: Employment, *, as_of: date) -> range | None:
    """The months of a position as numbers (year × 12 + month - 1), the last one included; None where it is not dated.

    A year without a month counts from its middle to its middle, so that "2018 – 2020" is two years.
    """
    if employment.start is None:
        return None
    start = _month(employment.start)
    now = as_of.year * 12 + as_of.month - 1
    if employment.current:
        end = now
    elif employment.end is not None:
        end = _month(employment.end) - (len(employment.start) == len(employment.end) == 4)
    else:
        return None
    end = min(end, now)
    return range(start, end + 1) if start <= end else None


def years(positions: Iterable[Employment], *, as_of: date) -> float | None:
    """Years covered by `positions`, each month counted once, to a tenth; None where none of them is dated."""
    dated = [months for months in (months_of(position, as_of=as_of) for position in positions) if months]
    if not dated:
        return None
    return round(len(set().union(*dated)) / 12, 1)


def last_year(positions: Iterable[Employment], *, as_of: date) -> int | None:
    """The calendar year in which the last of `positions` was held; None where none of them is dated."""
    ends = [months[-1] // 12 for months in (months_of(position, as_of=as_of) for position in positions) if months]
    return max(ends, default=None)


def seniority_of(title: str) -> Seniority | None:
    """The level that a title names; None where it names none."""
    return next((level for level, pattern in _PATTERNS if pattern.search(title)), None)


def _month(text: str) -> int:
    year, _, month = text.partition("-")
    return int(year) * 12 + (int(month) - 1 if month else 6)
