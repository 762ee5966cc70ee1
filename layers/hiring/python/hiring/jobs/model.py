"""What a client states when it submits a full-time job (R2), and the life of that job."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Literal, Self

from pydantic import Field, model_validator

from hiring.shared.lifecycle import Moves, advance
from hiring.shared.values import (
    CountryCode,
    Document,
    LanguageSkill,
    Line,
    Money,
    Paragraphs,
    PayPeriod,
    Place,
    TimeZoneName,
    WorkMode,
)


class RequirementKind(StrEnum):
    """Whether a requirement must be met or only helps."""

    MUST_HAVE = "must-have"
    NICE_TO_HAVE = "nice-to-have"


class Seniority(StrEnum):
    """Levels of a career, lowest first."""

    INTERN = "intern"
    JUNIOR = "junior"
    MID = "mid"
    SENIOR = "senior"
    LEAD = "lead"
    PRINCIPAL = "principal"
    EXECUTIVE = "executive"


class Requirement(Document):
    """One thing that a job asks for, in the client's words; `minimum_years` of use where the client says so."""

    text: Line
    kind: RequirementKind
    minimum_years: float | None = Field(default=None, ge=0, le=50)


class PayRange(Document):
    """What the job pays, both ends included, in one currency."""

    minimum: Money
    maximum: Money
    period: PayPeriod = PayPeriod.YEAR

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.minimum.currency != self.maximum.currency:
            raise ValueError("minimum and maximum must be in the same currency")
        if self.minimum.amount_minor > self.maximum.amount_minor:
            raise ValueError("minimum must not be above maximum")
        return self


class TimeZoneOverlap(Document):
    """At least `hours` of the candidate's working day must fall into that of `time_zone`."""

    time_zone: TimeZoneName
    hours: int = Field(ge=1, le=8)


class Authorisation(Document):
    """Where the hired person must be allowed to work, and whether the client sponsors a permit."""

    country: CountryCode
    sponsorship: bool


class JobTerms(Document):
    """A full-time job as the client states it. Every field is stated; lists may be empty where nothing is asked."""

    employment_type: Literal["full-time"]
    title: Line
    description: Paragraphs
    requirements: tuple[Requirement, ...] = Field(min_length=1, max_length=40)
    minimum_years: float = Field(ge=0, le=50)
    seniority: Seniority
    work_mode: WorkMode
    places: tuple[Place, ...] = Field(max_length=20)
    """On-site and hybrid: the offices. Remote: the countries a person may work from; empty means anywhere."""
    time_zone_overlap: TimeZoneOverlap | None
    pay: PayRange
    languages: tuple[LanguageSkill, ...] = Field(max_length=10)
    authorisation: Authorisation | None
    start_date: date
    """The latest day on which the work begins."""
    openings: int = Field(ge=1, le=1000)
    shortlist_size: int = Field(default=10, ge=1, le=25)

    @model_validator(mode="after")
    def _place_of_work(self) -> Self:
        if self.work_mode is not WorkMode.REMOTE and not self.places:
            raise ValueError("places: an on-site or hybrid job names at least one place")
        return self


class JobState(StrEnum):
    """Where a job stands."""

    OPEN = "OPEN"
    CLOSING = "CLOSING"
    CLOSED = "CLOSED"


class JobMove(StrEnum):
    """What can happen to a job."""

    CLOSE = "close"
    FINISH_CLOSING = "finish-closing"


MOVES: Moves[JobState, JobMove] = {
    (JobState.OPEN, JobMove.CLOSE): JobState.CLOSING,
    (JobState.CLOSING, JobMove.FINISH_CLOSING): JobState.CLOSED,
}


class Job(Document):
    """A submitted job; `version` counts changes of its terms, from 1."""

    id: str
    organisation_id: str
    origin: Literal["fulltime"] = "fulltime"
    state: JobState
    version: int
    terms: JobTerms
    created_at: datetime
    created_by: str
    latest_run_id: str | None = None

    def move(self, move: JobMove) -> Self:
        """The job after `move`; raises `IllegalMove` where its state does not allow it."""
        return self.model_copy(update={"state": advance(self.state, move, MOVES)})
