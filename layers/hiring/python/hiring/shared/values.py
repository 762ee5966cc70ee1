"""Values that several capabilities speak of: money, places, languages, months."""

from __future__ import annotations

import unicodedata
from enum import StrEnum
from typing import Annotated
from zoneinfo import available_timezones

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _one_line(text: str) -> str:
    if any(unicodedata.category(character) in ("Cc", "Zl", "Zp") for character in text):
        raise ValueError("must be one line without control characters")
    return _composed(text)


Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200), AfterValidator(_one_line)]
"""One line of text, NFC, 1 to 200 characters."""

Paragraphs = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=20_000), AfterValidator(_composed)
]
"""Free text, NFC, 1 to 20,000 characters."""

CountryCode = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
"""ISO 3166-1 alpha-2, upper case."""

CurrencyCode = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
"""ISO 4217, upper case."""

LanguageCode = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")]
"""ISO 639-1 (or 639-3 where there is none), lower case."""


def _known_time_zone(name: str) -> str:
    if name not in available_timezones():
        raise ValueError("must be an IANA time zone such as Europe/Vienna")
    return name


TimeZoneName = Annotated[str, AfterValidator(_known_time_zone)]
"""An IANA time zone."""


class Document(BaseModel):
    """An immutable value that refuses fields it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Money(Document):
    """An amount in the currency's minor unit (cents for EUR)."""

    amount_minor: int = Field(ge=0, le=10**13)
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
