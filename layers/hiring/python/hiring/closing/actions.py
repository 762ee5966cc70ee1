"""Closing a job: everyone invited reaches an end, politely, in small commits that may stop anywhere and go on later.

Whatever begins it (the client, the last opening filled, the time) only moves the job to CLOSING in its own commit. From
then on the job is due, and takes no run, invitation or offer; the sweep goes on with it until it is CLOSED.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

from hiring.candidacies.model import LIVE, Candidacy
from hiring.invitations import actions as invitations
from hiring.jobs import store as jobs
from hiring.jobs.model import ClosingReason, Job, JobState
from hiring.matching import store as matching
from hiring.offers import actions as offers
from hiring.shared import keys
from hiring.shared.outbox import Message, mail
from hiring.shared.table import Table, retried


def go_on(table: Table, job_id: str, *, now: datetime, in_time: Callable[[], bool]) -> None:
    """Close a job whose time has come, and end what is live in one that closes, as long as `in_time` says so.

    Called again it goes on where it stopped. One candidacy that cannot be ended keeps no other waiting: the errors are
    raised together in the end, and the job stays CLOSING. Raises `NotFound`, `ExceptionGroup`.
    """
    if _begun(table, job_id, now).state is not JobState.CLOSING:
        return
    failed: list[Exception] = []
    for candidacy in _live(table, job_id):
        if not in_time():
            return
        try:
            _end(table, candidacy, now)
        except Exception as error:  # noqa: BLE001  # the others are told today all the same
            failed.append(error)
    if failed:
        raise ExceptionGroup("some candidacies could not be ended", failed)
    _finish(table, job_id, now)


def _begun(table: Table, job_id: str, now: datetime) -> Job:
    """The job, closing where its time has come."""

    def act() -> Job:
        item = jobs.job_item(table, job_id)
        job = item.read(Job)
        due = job.at(now)
        if due.state is not job.state:
            table.commit([jobs.put_job(due, read_version=item.version)], now=now)
        return due

    return retried(act)


def _live(table: Table, job_id: str) -> Iterator[Candidacy]:
    """Every candidacy of the job that waits for something.

    They are found through the job's entries, read consistently: nobody is invited but from an entry, and an index that
    lags could miss the last one.
    """
    wanted = [keys.candidacy(job_id, candidate_id) for candidate_id in matching.ever_listed(table, job_id)]
    for item in table.get_many(wanted).values():
        candidacy = item.read(Candidacy)
        if candidacy.state in LIVE:
            yield candidacy


def _end(table: Table, candidacy: Candidacy, now: datetime) -> None:
    """First the offer that waits for its answer, then the invitation: from its end on nothing can be accepted."""
    if candidacy.offer_id is not None:
        offers.close(table, candidacy.offer_id, now=now)
    if candidacy.invitation_id is not None:
        invitations.close(table, candidacy.invitation_id, now=now)


def _finish(table: Table, job_id: str, now: datetime) -> None:
    """Nobody waits any more. Who closed the job knows; otherwise its client is told."""

    def act() -> None:
        item = jobs.job_item(table, job_id)
        job = item.read(Job)
        if job.state is JobState.CLOSING:
            table.commit([jobs.put_job(job.finish_closing(), read_version=item.version)], _told(job), now=now)

    retried(act)


def _told(job: Job) -> tuple[Message, ...]:
    if job.closing_reason is ClosingReason.CLIENT:
        return ()
    about, recipient = keys.job(job.id).pk, f"USER#{job.created_by}"
    return (mail(about, "job-closed", recipient, organisation_id=job.organisation_id, job_id=job.id),)
