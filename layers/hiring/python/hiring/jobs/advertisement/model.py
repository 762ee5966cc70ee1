"""The draft of a job that a reader made of an advertisement: what it found, where, and what is missing."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from hiring.jobs.model import RequirementKind, Seniority
from hiring.shared.values import CountryCode, Document, LanguageSkill, Money, PayPeriod, Place, WorkMode


class Confidence(StrEnum):
    """How a field was found."""

    STATED = "stated"
    """By a label, a heading or words that say exactly this."""
    READ = "read"
    """By its form within a sentence."""
    INFERRED = "inferred"
    """By something else that the text says, such as an hourly sum for pay by the hour. Look at it twice."""


class Found[Value](Document):
    """A value and the words that say so: `text[start:end] == quote`, in code points of the text in NFC."""

    value: Value
    start: int
    end: int
    quote: str
    confidence: Confidence


class EmploymentType(StrEnum):
    """What kind of work an advertisement offers. Only full-time jobs can be submitted."""

    FULL_TIME = "full-time"
    PART_TIME = "part-time"
    FREELANCE = "freelance"


class DraftSkill(Document):
    """A skill of ESCO: its address there, and its preferred label in English."""

    id: str
    label: str


class DraftRequirement(Found[str]):
    """One thing that the job asks for, in the advertisement's words, and the years of it that they name.

    `skills` are those of ESCO that the words state, the likeliest first; most requirements state none.
    """

    kind: RequirementKind
    minimum_years: float | None
    skills: tuple[DraftSkill, ...]


class DraftPay(Document):
    """What the job pays, as far as the text says; one end of a range may be missing, or the period."""

    minimum: Money | None
    maximum: Money | None
    period: PayPeriod | None


class DraftAuthorisation(Document):
    """Whether a permit is sponsored (None: not said), and the country where one must be allowed to work."""

    country: CountryCode | None
    sponsorship: bool | None


class Draft(Document):
    """What an advertisement says of a job. `missing` names the fields of a job that it does not say, in their order."""

    employment_type: Found[EmploymentType] | None
    title: Found[str] | None
    description: Found[str] | None
    requirements: tuple[DraftRequirement, ...]
    minimum_years: Found[float] | None
    seniority: Found[Seniority] | None
    work_mode: Found[WorkMode] | None
    places: tuple[Found[Place], ...]
    pay: Found[DraftPay] | None
    languages: tuple[Found[LanguageSkill], ...]
    authorisation: Found[DraftAuthorisation] | None
    start_date: Found[date] | None
    openings: Found[int] | None
    missing: tuple[str, ...]
