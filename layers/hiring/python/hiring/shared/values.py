"""Values that several capabilities speak of: money, places, languages, months."""

from __future__ import annotations

import unicodedata
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Annotated
from zoneinfo import available_timezones

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    WithJsonSchema,
)

ERASED = "[erased]"
"""What stands where somebody's words were, after the person they are about was erased."""

_CONTROL = r"\u0000-\u001F\u007F-\u009F\u2028\u2029"


def _composed(text: str) -> str:
    text = unicodedata.normalize("NFC", text.strip())
    if not text:
        raise ValueError("must say something")
    return text


def _one_line(text: str) -> str:
    if any(unicodedata.category(character) in ("Cc", "Zl", "Zp") for character in text):
        raise ValueError("must be one line without control characters")
    return _composed(text)


def _described(longest: int, pattern: str) -> WithJsonSchema:
    """What the validators ask for, in the words of a JSON schema."""
    return WithJsonSchema({"type": "string", "minLength": 1, "maxLength": longest, "pattern": pattern})


Line = Annotated[
    str,
    StringConstraints(min_length=1, max_length=200),
    AfterValidator(_one_line),
    _described(200, rf"^[^{_CONTROL}]*[^\s{_CONTROL}][^{_CONTROL}]*$"),
]
"""One line of text, NFC, 1 to 200 characters, without blanks around it."""

Paragraphs = Annotated[
    str, StringConstraints(min_length=1, max_length=20_000), AfterValidator(_composed), _described(20_000, r"\S")
]
"""Free text, NFC, 1 to 20,000 characters, without blanks around it."""

MessageText = Annotated[
    str, StringConstraints(min_length=1, max_length=4_000), AfterValidator(_composed), _described(4_000, r"\S")
]
"""What one person writes to another: NFC, 1 to 4,000 characters, without blanks around it."""

CountryCode = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
"""ISO 3166-1 alpha-2, upper case."""

CurrencyCode = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
"""ISO 4217, upper case."""

LanguageCode = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")]
"""ISO 639-1 (or 639-3 where there is none), lower case."""


_time_zones = cache(available_timezones)
"""Their names; each look at them reads some six hundred files."""


def _known_time_zone(name: str) -> str:
    if name not in _time_zones():
        raise ValueError("must be an IANA time zone such as Europe/Vienna")
    return name


def _written(time: object) -> object:
    if not isinstance(time, str | date) or (isinstance(time, str) and time.lstrip("+-").isdecimal()):
        raise ValueError("must be written as RFC 3339 does, never as a number of seconds")
    return time


def _counted(number: object) -> object:
    if isinstance(number, str | bytes | bool):
        raise ValueError("must be a number")
    return number


Whole = Annotated[int, BeforeValidator(_counted)]
"""A whole number, written as a number."""

Years = Annotated[float, Field(ge=0, le=50), BeforeValidator(_counted), AfterValidator(lambda years: round(years, 2))]
"""Years from 0 to 50, kept to a hundredth."""

Day = Annotated[date, BeforeValidator(_written)]
"""A calendar day such as 2027-03-01."""

Moment = Annotated[AwareDatetime, BeforeValidator(_written)]
"""A moment with its offset from UTC, such as 2027-03-01T09:00:00Z."""

TimeZoneName = Annotated[
    str, AfterValidator(_known_time_zone), WithJsonSchema({"type": "string", "format": "iana-time-zone"})
]
"""An IANA time zone."""


class Document(BaseModel):
    """An immutable value that refuses fields it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Money(Document):
    """An amount in the currency's minor unit (cents for EUR)."""

    amount_minor: Whole = Field(ge=0, le=10**13)
    currency: CurrencyCode


class PayPeriod(StrEnum):
    """What one amount of pay covers."""

    HOUR = "hour"
    DAY = "day"
    MONTH = "month"
    YEAR = "year"


class WorkMode(StrEnum):
    """Where the work is done."""

    ON_SITE = "on-site"
    HYBRID = "hybrid"
    REMOTE = "remote"


class Place(Document):
    """A city in a country, or a whole country where `city` is None."""

    country: CountryCode
    city: Line | None = None


class LanguageLevel(StrEnum):
    """Levels of the Common European Framework, and native."""

    A1 = "A1"
    A2 = "A2"
    B1 = "B1"
    B2 = "B2"
    C1 = "C1"
    C2 = "C2"
    NATIVE = "native"


class LanguageSkill(Document):
    """A language and how well it is spoken (asked for or stated); no level means that none was named."""

    language: LanguageCode
    level: LanguageLevel | None = None
