"""Jobs and their versions in the table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from hiring.jobs.model import Job, JobState
from hiring.shared import keys
from hiring.shared.errors import NotFound
from hiring.shared.ids import shard
from hiring.shared.table import Item, Page, Put, Table

_OPEN_SHARDS = 8


def put_job(job: Job, *, read_version: int = 0) -> Put:
    """Write a job's head; only open jobs are in the index of open jobs, and only what time works on is due."""
    indexes = {"gsi1": (f"ORG#{job.organisation_id}#JOB", job.id)}
    if job.state is JobState.OPEN:
        indexes["gsi2"] = (f"OPEN#{shard(job.id, _OPEN_SHARDS)}", job.id)
    if job.due_at is not None:
        indexes["gsi3"] = (keys.due(job.id), job.due_at.isoformat(timespec="seconds"))
    return Put.of(keys.job(job.id), job, read_version=read_version, indexes=indexes)


def open_jobs(table: Table) -> Iterator[Item]:
    """Every open job; one that was just submitted may be missing."""
    for number in range(_OPEN_SHARDS):
        start: Mapping[str, str] | None = None
        while True:
            page = table.index_page("gsi2", f"OPEN#{number}", start=start)
            yield from (item for item in page.items if item.read(Job).state is JobState.OPEN)
            start = page.next_key
            if start is None:
                break


def put_version(job: Job) -> Put:
    """Keep the terms of this version for ever: runs and invitations cite it."""
    return Put.of(keys.job_version(job.id, job.version), job)


def job_item(table: Table, job_id: str) -> Item:
    """A job with its version in the table; raises `NotFound`."""
    item = table.get(keys.job(job_id))
    if item is None:
        raise NotFound
    return item


def job(table: Table, job_id: str) -> Job:
    """A job; raises `NotFound`."""
    return job_item(table, job_id).read(Job)


def job_version(table: Table, job_id: str, version: int) -> Job:
    """A job as it was in one version; raises `NotFound`."""
    item = table.get(keys.job_version(job_id, version))
    if item is None:
        raise NotFound
    return item.read(Job)


def jobs_page(table: Table, organisation_id: str, *, limit: int, start: Mapping[str, str] | None) -> Page:
    """An organisation's jobs, newest first."""
    return table.index_page("gsi1", f"ORG#{organisation_id}#JOB", limit=limit, start=start, newest_first=True)
