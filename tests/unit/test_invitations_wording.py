from __future__ import annotations

import pytest

from hiring.invitations.model import Position
from hiring.invitations.wording import pay_in_words, place_in_words
from hiring.jobs.model import PayRange
from hiring.shared.values import Money, PayPeriod, Place, WorkMode
from tests.builders import make_job


def _pay(least: int, most: int, currency: str, period: PayPeriod = PayPeriod.YEAR) -> PayRange:
    return PayRange(
        minimum=Money(amount_minor=least, currency=currency),
        maximum=Money(amount_minor=most, currency=currency),
        period=period,
    )


@pytest.mark.parametrize(
    ("pay", "words"),
    [
        (_pay(72_000_00, 92_000_00, "EUR"), "EUR 72,000 to 92,000 a year"),
        (_pay(4_000_00, 4_000_00, "CHF", PayPeriod.MONTH), "CHF 4,000 a month"),
        (_pay(35_50, 41_05, "USD", PayPeriod.HOUR), "USD 35.50 to 41.05 an hour"),
        (_pay(6_000_000, 8_000_000, "JPY"), "JPY 6,000,000 to 8,000,000 a year"),
        (_pay(1_500_250, 1_500_250, "KWD", PayPeriod.DAY), "KWD 1,500.250 a day"),
    ],
)
def test_pay_reads_as_amounts_in_the_major_unit(pay: PayRange, words: str) -> None:
    assert pay_in_words(pay) == words


VIENNA, AUSTRIA = Place(country="AT", city="Vienna"), Place(country="AT")
GERMANY, FRANCE = Place(country="DE"), Place(country="FR")


@pytest.mark.parametrize(
    ("mode", "places", "words"),
    [
        (WorkMode.ON_SITE, (VIENNA,), "On-site in Vienna, Austria"),
        (WorkMode.HYBRID, (VIENNA, GERMANY), "Partly from home, partly in Vienna, Austria or Germany"),
        (WorkMode.REMOTE, (AUSTRIA, GERMANY, FRANCE), "Remote, from Austria, Germany or France"),
        (WorkMode.REMOTE, (), "Remote, from anywhere"),
        (WorkMode.REMOTE, (Place(country="XK"),), "Remote, from XK"),
    ],
)
def test_place_reads_as_a_phrase(mode: WorkMode, places: tuple[Place, ...], words: str) -> None:
    position = Position.of(make_job("org_1", work_mode=mode, places=places), "Gipfelwerk GmbH")

    assert place_in_words(position.work_mode, *position.places) == words
