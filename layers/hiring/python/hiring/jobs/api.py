"""Jobs on the wire."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from hiring.jobs.model import Job, JobState, JobTerms
from hiring.shared.values import Document


class NewJob(JobTerms):
    """A job that a client submits for one of its organisations."""

    organisation_id: str

    def terms(self) -> JobTerms:
        """The job's terms alone."""
        return JobTerms.model_validate(self.model_dump(exclude={"organisation_id"}))


class JobView(Document):
    """A job with its terms and its latest run."""

    id: str
    organisation_id: str
    state: JobState
    version: int
    terms: JobTerms
    created_at: datetime
    latest_run_id: str | None

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
