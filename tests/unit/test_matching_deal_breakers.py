"""What excludes and what does not (R7), both ways."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from hiring.jobs.model import Authorisation, PayRange, TimeZoneOverlap
from hiring.matching.columns import CandidateColumns
from hiring.matching.deal_breakers import Conditions, outcomes
from hiring.matching.model import Reason
from hiring.matching.rates import Rates
from hiring.shared.values import LanguageLevel, LanguageSkill, Money, PayPeriod, Place, WorkMode
from tests.builders import make_job_terms
from tests.matching_builders import make_features

VIENNA = {"country": "AT", "city": "Vienna"}


def excluded(
    job: dict[str, Any] | None = None, *, employer: str = "Gipfelwerk GmbH", blocks: tuple[str, ...] = (), **wishes: Any
) -> set[Reason]:
    """Why a candidate with these wishes is left out of a job with these terms."""
    columns = CandidateColumns.of([make_features("Engineer", blocks=blocks, **wishes)])
    found = outcomes(columns, Conditions(make_job_terms(**(job or {})), employer, Rates.shipped()))
    return {reason for reason, outcome in found.items() if outcome.excluded[0]}


def pay(minimum: int, maximum: int, currency: str = "EUR", period: PayPeriod = PayPeriod.YEAR) -> dict[str, Any]:
    """A job that pays this, in whole units."""
    low, high = (Money(amount_minor=amount * 100, currency=currency) for amount in (minimum, maximum))
    return {"pay": PayRange(minimum=low, maximum=high, period=period)}


def wants(amount: int, currency: str = "EUR", period: str = "year") -> dict[str, Any]:
    """A candidate who works for no less, in whole units."""
    return {"amount": {"amount_minor": amount * 100, "currency": currency}, "period": period}


def remote(*countries: str) -> dict[str, Any]:
    """A remote job for people in these countries; anywhere if there are none."""
    return {"work_mode": WorkMode.REMOTE, "places": tuple(Place(country=country) for country in countries)}


def test_R7_nothing_stated_never_excludes() -> None:
    strict = {
        **pay(1, 2),
        "time_zone_overlap": TimeZoneOverlap(time_zone="Asia/Tokyo", hours=8),
        "languages": (LanguageSkill(language="de", level=LanguageLevel.C2),),
        "authorisation": Authorisation(country="AT", sponsorship=False),
        "start_date": date(2026, 12, 1),
    }
    assert excluded(strict) == set()


@pytest.mark.parametrize(
    ("least", "leaves_out"),
    [
        (wants(92_000), False),
        (wants(92_001), True),
        (wants(7_600, period="month"), False),
        (wants(7_700, period="month"), True),
        (wants(44, period="hour"), False),
        (wants(45, period="hour"), True),
        (wants(100_000, "USD"), False),
        (wants(120_000, "USD"), True),
        (wants(10_000, "CHF", "month"), True),
        (wants(999_999_999, "XTS"), False),
    ],
)
def test_R7_pay_below_the_stated_minimum_excludes(least: dict[str, Any], *, leaves_out: bool) -> None:
    assert excluded(pay(70_000, 92_000), minimum_pay=least) == ({Reason.PAY} if leaves_out else set())


def test_R7_a_currency_without_minor_units_is_converted() -> None:
    least = {"amount": {"amount_minor": 17_000_000, "currency": "JPY"}, "period": "year"}
    assert excluded(pay(70_000, 96_000), minimum_pay=least) == set()
    assert excluded(pay(70_000, 95_000), minimum_pay=least) == {Reason.PAY}


def test_R7_another_way_of_working_excludes() -> None:
    assert excluded({"work_mode": WorkMode.ON_SITE}, work_modes=["remote"]) == {Reason.WORK_MODE}
    assert excluded({"work_mode": WorkMode.ON_SITE}, work_modes=["remote", "on-site"]) == set()


@pytest.mark.parametrize(
    ("places", "leaves_out"),
    [
        ([VIENNA], False),
        ([{"country": "AT", "city": "vienna"}], False),
        ([{"country": "AT"}], False),
        ([{"country": "AT", "city": "Graz"}], True),
        ([{"country": "DE"}, VIENNA], False),
        ([{"country": "DE"}], True),
    ],
)
def test_R7_an_office_elsewhere_excludes(places: list[dict[str, str]], *, leaves_out: bool) -> None:
    assert excluded(places=places) == ({Reason.PLACE} if leaves_out else set())


def test_R7_an_office_named_by_country_takes_every_city_of_it() -> None:
    job = {"places": (Place(country="AT"),)}
    assert excluded(job, places=[{"country": "AT", "city": "Graz"}]) == set()
    assert excluded(job, places=[{"country": "DE", "city": "Graz"}]) == {Reason.PLACE}


def test_R7_remote_work_from_another_country_excludes_only_where_countries_are_named() -> None:
    assert excluded(remote("AT", "DE"), places=[{"country": "FR"}]) == {Reason.PLACE}
    assert excluded(remote("AT", "DE"), places=[{"country": "DE", "city": "Berlin"}]) == set()
    assert excluded(remote(), places=[{"country": "FR"}]) == set()


@pytest.mark.parametrize(
    ("zone", "hours", "leaves_out"),
    [
        ("Europe/London", 7, False),
        ("Europe/London", 8, True),
        ("America/New_York", 2, False),
        ("America/New_York", 3, True),
        ("Pacific/Auckland", 1, True),
        ("Asia/Kolkata", 4, False),
        ("Asia/Kolkata", 5, True),
    ],
)
def test_R7_too_few_common_hours_exclude(zone: str, hours: int, *, leaves_out: bool) -> None:
    job = {"time_zone_overlap": TimeZoneOverlap(time_zone="Europe/Vienna", hours=hours)}
    assert excluded(job, time_zone=zone) == ({Reason.TIME_ZONE} if leaves_out else set())


def test_R7_no_permission_to_work_excludes_unless_the_client_sponsors() -> None:
    asked = {"authorisation": Authorisation(country="AT", sponsorship=False)}
    sponsored = {"authorisation": Authorisation(country="AT", sponsorship=True)}
    assert excluded(asked, authorised_in=["DE"]) == {Reason.AUTHORISATION}
    assert excluded(asked, authorised_in=[]) == {Reason.AUTHORISATION}
    assert excluded(asked, authorised_in=["DE", "AT"]) == set()
    assert excluded(sponsored, authorised_in=[]) == set()


def test_R7_starting_later_than_the_job_excludes() -> None:
    job = {"start_date": date(2027, 4, 1)}
    assert excluded(job, earliest_start="2027-04-02") == {Reason.START_DATE}
    assert excluded(job, earliest_start="2027-04-01") == set()


@pytest.mark.parametrize(
    ("stated", "leaves_out"),
    [
        ([{"language": "de", "level": "B1"}], True),
        ([{"language": "de", "level": "B2"}], False),
        ([{"language": "de", "level": "native"}], False),
        ([{"language": "de"}], False),
        ([{"language": "fr", "level": "native"}], True),
    ],
)
def test_R7_a_language_below_the_level_excludes(stated: list[dict[str, str]], *, leaves_out: bool) -> None:
    job = {"languages": (LanguageSkill(language="de", level=LanguageLevel.B2),)}
    assert excluded(job, languages=stated) == ({Reason.LANGUAGE} if leaves_out else set())


def test_R7_a_language_that_the_resume_is_written_in_needs_no_statement() -> None:
    text = "I have led the team that built it for all of our clients, and we were the first to do so."
    job = {"languages": (LanguageSkill(language="en", level=LanguageLevel.C1),)}
    columns = CandidateColumns.of([make_features(text, languages=[{"language": "de", "level": "native"}])])
    found = outcomes(columns, Conditions(make_job_terms(**job), "Gipfelwerk", Rates.shipped()))
    assert not found[Reason.LANGUAGE].excluded[0]


@pytest.mark.parametrize("blocked", ["Gipfelwerk", "GIPFELWERK GMBH", "gipfelwerk gmbh."])
def test_R7_a_blocked_employer_is_known_under_any_spelling(blocked: str) -> None:
    assert excluded(blocks=(blocked,)) == {Reason.EMPLOYER_BLOCKED}
    assert excluded(blocks=(blocked,), employer="Talwerk GmbH") == set()


def test_R7_what_was_not_stated_is_told_apart_from_what_fits() -> None:
    columns = CandidateColumns.of([make_features("Engineer", work_modes=["hybrid"])])
    found = outcomes(columns, Conditions(make_job_terms(), "Gipfelwerk", Rates.shipped()))
    assert found[Reason.WORK_MODE].stated[0]
    assert not found[Reason.PLACE].stated[0]
    assert Reason.TIME_ZONE not in found
