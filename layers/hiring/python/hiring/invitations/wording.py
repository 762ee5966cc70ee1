"""Pay and place in words, as people read them in a mail and on a page."""

from __future__ import annotations

from hiring.jobs.model import PayRange
from hiring.shared.countries import COUNTRIES
from hiring.shared.currencies import minor_digits
from hiring.shared.values import Money, Place, WorkMode

_WAYS = {
    WorkMode.ON_SITE: "On-site in",
    WorkMode.HYBRID: "Partly from home, partly in",
    WorkMode.REMOTE: "Remote, from",
}


def pay_in_words(pay: PayRange) -> str:
    """A pay range such as `EUR 72,000 to 92,000 a year`."""
    lowest, highest = _amount(pay.minimum), _amount(pay.maximum)
    amounts = lowest if lowest == highest else f"{lowest} to {highest}"
    return f"{pay.minimum.currency} {amounts} {'an' if pay.period.value[0] in 'aeiouh' else 'a'} {pay.period.value}"


def place_in_words(work_mode: WorkMode, *where: Place) -> str:
    """Where the work is done, such as `On-site in Vienna, Austria` or `Remote, from anywhere`."""
    places = [_place(place) for place in where] or ["anywhere"]
    listed = " or ".join([", ".join(places[:-1]), places[-1]] if len(places) > 2 else places)
    return f"{_WAYS[work_mode]} {listed}"


def _amount(money: Money) -> str:
    digits = minor_digits(money.currency)
    whole, rest = divmod(money.amount_minor, 10**digits)
    return f"{whole:,}.{rest:0{digits}d}" if rest else f"{whole:,}"


def _place(place: Place) -> str:
    country = COUNTRIES.get(place.country, place.country)
    return f"{place.city}, {country}" if place.city else country
