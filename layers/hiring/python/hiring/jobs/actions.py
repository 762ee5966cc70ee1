"""A client member reads the jobs of its organisations, and closes them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from hiring.jobs import store
from hiring.jobs.model import ClosingReason, Job, JobTerms
from hiring.organisations import store as organisations
from hiring.shared.errors import ContactPolicy, FieldError
from hiring.shared.table import Page, Stored, Table, retried

if TYPE_CHECKING:
    from hiring.shared.web import Record


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


def close(table: Table, job_id: str, *, by: str, now: datetime, record: Record[Job]) -> Job:
    """Begin to close a job as the client member with the login `by`: everyone invited is told within minutes (R20).

    Raises `NotFound`, and `IllegalMove` where the job is closing or closed.
    """

    def act() -> Job:
        item = store.job_item(table, job_id)
        job = item.read(Job)
        organisations.member(table, by, job.organisation_id)
        closing = job.close(ClosingReason.CLIENT, now=now)
        table.commit([store.put_job(closing, read_version=item.version), record(closing)], now=now)
        return closing

    return retried(act)


def require_no_contacts(terms: JobTerms) -> None:
    """Raise `ContactPolicy` where the words of a job hold a means of contact: the invited read them (R21)."""
    from hiring.contacts import policy

    texts = {"/title": terms.title, "/description": terms.description}
    texts |= {f"/requirements/{n}/text": requirement.text for n, requirement in enumerate(terms.requirements)}
    errors: list[FieldError] = []
    for pointer, text in texts.items():
        try:
            policy.require_no_contacts(text, pointer, frozenset())
        except ContactPolicy as refused:
            errors += refused.errors
    if errors:
        raise ContactPolicy("Please take out what is named in `errors`; nothing was stored.", errors=errors)
