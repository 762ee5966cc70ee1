"""What a client states when it submits a full-time job (R2), and the life of that job."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Literal, Self

from pydantic import Field, StrictBool, model_validator

from hiring.shared.errors import FieldError, IllegalMove, InvalidRequest
from hiring.shared.lifecycle import Moves, advance
from hiring.shared.values import (
    CountryCode,
    Day,
    Document,
    LanguageSkill,
    Line,
    Money,
    Paragraphs,
    PayPeriod,
    Place,
    TimeZoneName,
    Whole,
    WorkMode,
    Years,
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
    minimum_years: Years | None = None


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
    hours: Whole = Field(ge=1, le=8)


class Authorisation(Document):
    """Where the hired person must be allowed to work, and whether the client sponsors a permit."""

    country: CountryCode
    sponsorship: StrictBool


class JobTerms(Document):
    """A full-time job as the client states it. Every field is stated; lists may be empty where nothing is asked."""

    employment_type: Literal["full-time"]
    title: Line
    description: Paragraphs
    requirements: tuple[Requirement, ...] = Field(min_length=1, max_length=40)
    minimum_years: Years
    seniority: Seniority
    work_mode: WorkMode
    places: tuple[Place, ...] = Field(max_length=20)
    """On-site and hybrid: the offices. Remote: the countries a person may work from; empty means anywhere."""
    time_zone_overlap: TimeZoneOverlap | None
    pay: PayRange
    languages: tuple[LanguageSkill, ...] = Field(max_length=10)
    authorisation: Authorisation | None
    start_date: Day
    """The latest day on which the work begins."""
    openings: Whole = Field(ge=1, le=1000)
    shortlist_size: Whole = Field(default=10, ge=1, le=25)

    @model_validator(mode="after")
    def _place_of_work(self) -> Self:
        if self.work_mode is not WorkMode.REMOTE and not self.places:
            raise ValueError("places: an on-site or hybrid job names at least one place")
        return self


class JobOrigin(StrEnum):
    """Where a job came from. Set when it is submitted, never by its client, and never changed."""

    FULLTIME = "fulltime"
    """Submitted here."""
    FREELANCE = "freelance"
    """Posted as freelance work on the marketplace, and taken over from there."""


class JobState(StrEnum):
    """Where a job stands. A CLOSING job takes nothing new while everyone invited is brought to an end."""

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


class ClosingReason(StrEnum):
    """Why a job closed."""

    FILLED = "filled"
    """Its last opening was filled (R25)."""
    EXPIRED = "expired"
    """The time came at which it was to close by itself."""
    CLIENT = "client"
    """The client closed it."""


class Job(Document):
    """A submitted job; `version` counts changes of its terms, from 1, and `filled` the openings that are taken.

    `closes_at` is when it closes by itself, `closing_since` when it began to.
    """

    id: str
    organisation_id: str
    origin: JobOrigin = JobOrigin.FULLTIME
    state: JobState
    version: int
    terms: JobTerms
    created_at: datetime
    created_by: str
    latest_run_id: str | None = None
    rerun_id: str | None = None
    """The latest run that new resumes caused; once frozen it is the latest run too."""
    filled: int = Field(default=0, ge=0)
    closes_at: datetime | None = None
    closing_since: datetime | None = None
    closing_reason: ClosingReason | None = None

    @property
    def due_at(self) -> datetime | None:
        """When time has something to do here: to close an open job, or to go on with one that is closing."""
        due = {JobState.OPEN: self.closes_at, JobState.CLOSING: self.closing_since, JobState.CLOSED: None}
        return due[self.state]

    def at(self, now: datetime) -> Self:
        """The job as it stands at `now`: past its time it is closing, written down or not."""
        if self.state is JobState.OPEN and self.closes_at is not None and now >= self.closes_at:
            return self.close(ClosingReason.EXPIRED, now=now)
        return self

    def close(self, reason: ClosingReason, *, now: datetime) -> Self:
        """Take nothing new, and bring everyone invited to an end. Raises `IllegalMove` unless the job is open."""
        state = advance(self.state, JobMove.CLOSE, MOVES)
        return self.model_copy(update={"state": state, "closing_since": now, "closing_reason": reason})

    def fill(self, *, now: datetime) -> Self:
        """The job with one opening taken; the last one closes it (R25). Raises `IllegalMove` unless it is open."""
        job = self.at(now)
        job.require_open()
        taken = job.model_copy(update={"filled": job.filled + 1})
        return taken.close(ClosingReason.FILLED, now=now) if taken.filled >= job.terms.openings else taken

    def changed(self, terms: JobTerms, closes_at: datetime | None, *, now: datetime) -> Self:
        """The job with other terms, which make a new version, or another time to close by itself.

        Raises `IllegalMove` unless the job is open, `InvalidRequest` for fewer openings than are filled or a time that
        is over.
        """
        self.at(now).require_open()
        if terms.openings <= self.filled:
            raise _refused("openings", f"must be more than the {self.filled} that are filled; or close the job")
        if closes_at != self.closes_at:
            require_future(closes_at, now=now)
        version = self.version if terms == self.terms else self.version + 1
        return self.model_copy(update={"terms": terms, "closes_at": closes_at, "version": version})

    def finish_closing(self) -> Self:
        """Everyone invited has reached an end. Raises `IllegalMove` unless the job is closing."""
        return self.model_copy(update={"state": advance(self.state, JobMove.FINISH_CLOSING, MOVES)})

    def require_open(self) -> None:
        """Raise `IllegalMove` with the current state unless the job is open."""
        if self.state is not JobState.OPEN:
            raise IllegalMove("This job is closed, or closing: nothing new begins in it.", self.state)


def require_future(closes_at: datetime | None, *, now: datetime) -> None:
    """Raise `InvalidRequest` where a job would close before it begins."""
    if closes_at is not None and closes_at <= now:
        raise _refused("closes_at", "must lie in the future")


def _refused(field: str, rule: str) -> InvalidRequest:
    return InvalidRequest(f"{field} {rule}.", errors=[FieldError(f"/{field}", "value_error", f"{rule}.")])
