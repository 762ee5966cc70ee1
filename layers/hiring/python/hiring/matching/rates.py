"""Pay in different currencies and periods, made comparable by one dated table."""

from __future__ import annotations

from datetime import date
from functools import cache
from importlib import resources
from typing import Self

from pydantic import Field

from hiring.shared.values import CurrencyCode, Document, PayPeriod

MINOR_UNITS = {  # in one unit of a currency, where they are not 100
    "JPY": 1,
    "KRW": 1,
    "CLP": 1,
    "ISK": 1,
    "VND": 1,
}
PERIODS_A_YEAR = {PayPeriod.HOUR: 2080, PayPeriod.DAY: 260, PayPeriod.MONTH: 12, PayPeriod.YEAR: 1}
"""Full-time: 52 weeks of five days of eight hours."""


class Rates(Document):
    """How many units of each currency one euro buys, in ten-thousandths, on `day`: approximate reference rates."""

    day: date
    per_euro: dict[CurrencyCode, int] = Field(min_length=1)

    @classmethod
    def shipped(cls) -> Self:
        """The table that this version of the code carries."""
        return cls.model_validate_json(_shipped())

    def yearly(self, amount_minor: int, currency: str, period: PayPeriod) -> int | None:
        """The amount a year in euro cents, rounded down; None for a currency without a rate."""
        scale = self._scale(currency)
        return None if scale is None else amount_minor * PERIODS_A_YEAR[period] * 1_000_000 // scale

    def most(self, yearly: int, currency: str, period: PayPeriod) -> int | None:
        """The highest amount in minor units that is not above `yearly` euro cents a year; None without a rate."""
        scale = self._scale(currency)
        return None if scale is None else ((yearly + 1) * scale - 1) // (PERIODS_A_YEAR[period] * 1_000_000)

    def _scale(self, currency: str) -> int | None:
        rate = self.per_euro.get(currency)
        return None if rate is None else rate * MINOR_UNITS.get(currency, 100)


@cache
def _shipped() -> str:
    return resources.files("hiring.matching").joinpath("rates.json").read_text(encoding="utf-8")
