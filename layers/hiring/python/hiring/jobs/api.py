"""Jobs on the wire."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Self

from pydantic import ValidationError

from hiring.jobs.model import (
    Authorisation,
    ClosingReason,
    Job,
    JobState,
    JobTerms,
    Requirement,
    Seniority,
    TimeZoneOverlap,
)
from hiring.shared.errors import FieldError, InvalidRequest
from hiring.shared.values import (
    Day,
    Document,
    LanguageSkill,
    Line,
    Moment,
    Money,
    Paragraphs,
    PayPeriod,
    Place,
    Whole,
    WorkMode,
    Years,
)


class NewJob(JobTerms):
    """A job that a client submits for one of its organisations; without `closes_at` it stays open until it is filled
    or closed.
    """

    organisation_id: str
    closes_at: Moment | None = None

    def terms(self) -> JobTerms:
        """The job's terms alone."""
        return JobTerms.model_validate(self.model_dump(exclude={"organisation_id", "closes_at"}))


class Advertisement(Document):
    """The text of an advertisement, as it was written."""

    text: Paragraphs


class PayChange(Document):
    """What changes of a pay range."""

    minimum: Money | None = None
    maximum: Money | None = None
    period: PayPeriod | None = None


class JobChange(Document):
    """A merge patch (RFC 7396) of a job: what is left out stays, null takes away what may be missing, a list replaces
    the whole list.
    """

    title: Line | None = None
    description: Paragraphs | None = None
    requirements: tuple[Requirement, ...] | None = None
    minimum_years: Years | None = None
    seniority: Seniority | None = None
    work_mode: WorkMode | None = None
    places: tuple[Place, ...] | None = None
    time_zone_overlap: TimeZoneOverlap | None = None
    pay: PayChange | None = None
    languages: tuple[LanguageSkill, ...] | None = None
    authorisation: Authorisation | None = None
    start_date: Day | None = None
    openings: Whole | None = None
    shortlist_size: Whole | None = None
    closes_at: Moment | None = None

    def of(self, job: Job) -> tuple[JobTerms, datetime | None]:
        """The terms of `job` and its time to close as this change leaves them.

        Raises `InvalidRequest` where they do not make a complete job any more.
        """
        closes_at = self.closes_at if "closes_at" in self.model_fields_set else job.closes_at
        patch = self.model_dump(mode="json", exclude_unset=True, exclude={"closes_at"})
        try:
            return JobTerms.model_validate(_merged(job.terms.model_dump(mode="json"), patch)), closes_at
        except ValidationError as refused:
            raise _refused(refused) from None


class JobView(Document):
    """A job with its terms and its latest run."""

    id: str
    organisation_id: str
    state: JobState
    version: int
    terms: JobTerms
    created_at: datetime
    latest_run_id: str | None
    filled: int
    closes_at: datetime | None
    closing_reason: ClosingReason | None

    @classmethod
    def of(cls, job: Job) -> Self:
        """The view of a job."""
        return cls(
            id=job.id,
            organisation_id=job.organisation_id,
            state=job.state,
            version=job.version,
            terms=job.terms,
            created_at=job.created_at,
            latest_run_id=job.latest_run_id,
            filled=job.filled,
            closes_at=job.closes_at,
            closing_reason=job.closing_reason,
        )


class JobSummary(Document):
    """A job in a listing."""

    id: str
    title: str
    state: JobState
    openings: int
    created_at: datetime

    @classmethod
    def of(cls, job: Job) -> Self:
        """The summary of a job."""
        return cls(
            id=job.id,
            title=job.terms.title,
            state=job.state,
            openings=job.terms.openings,
            created_at=job.created_at,
        )


class JobList(Document):
    """A page of jobs."""

    items: tuple[JobSummary, ...]
    next_cursor: str | None


def _merged(target: Any, patch: Any) -> Any:
    """A JSON merge patch as RFC 7396 defines it, but that null stays null: every term of a job is stated."""
    if not isinstance(patch, dict) or not isinstance(target, dict):
        return patch
    return {**target, **{name: _merged(target.get(name), value) for name, value in patch.items()}}


def _refused(error: ValidationError) -> InvalidRequest:
    found = [
        FieldError(
            "/" + "/".join(str(part) for part in fault["loc"]),
            fault["type"],
            fault["msg"].removeprefix("Value error, "),
        )
        for fault in error.errors()
    ]
    return InvalidRequest(f"{len(found)} field(s) need a change; errors names each.", errors=found)
