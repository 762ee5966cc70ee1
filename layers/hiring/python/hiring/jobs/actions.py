"""A client member reads the jobs of its organisations."""

from __future__ import annotations

from collections.abc import Mapping

from hiring.jobs import store
from hiring.jobs.model import Job
from hiring.organisations import store as organisations
from hiring.shared.table import Page, Stored, Table


def own(table: Table, job_id: str, *, by: str) -> Stored[Job]:
    """A job of an organisation that the user with the login `by` belongs to; raises `NotFound` for all others."""
    item = store.job_item(table, job_id)
    job = item.read(Job)
    organisations.member(table, by, job.organisation_id)
    return Stored(job, item.version)


def of_organisation(
    table: Table, organisation_id: str, *, by: str, limit: int, start: Mapping[str, str] | None
) -> Page:
    """An organisation's jobs, newest first. Raises `NotFound` unless `by` belongs to it."""
    organisations.member(table, by, organisation_id)
    return store.jobs_page(table, organisation_id, limit=limit, start=start)
