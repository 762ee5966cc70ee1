"""Later resumes improve an open job's shortlist: the job is run again, at most once a day, if somebody new could be on
it (R11).

Who could be is asked of the resumes that came since the latest shortlist: no deal-breaker excludes them, they hold
enough of the words of the must-haves, and where the list is full even the best evidence would have to bring them above
its last line. That is held against what the shortlist was frozen with, so that it takes no model and no index.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from hiring.jobs import store as jobs
from hiring.jobs.model import Job, JobState
from hiring.matching import store
from hiring.matching.actions import match_requested
from hiring.matching.columns import CandidateColumns
from hiring.matching.deal_breakers import Conditions, first_reasons, outcomes
from hiring.matching.frozen import read_run, same_ruleset
from hiring.matching.model import TELL_AGAIN_AFTER, Entry, EntryState, Run, RunCause, RunState
from hiring.matching.places import document_key
from hiring.matching.pool import features_by_id
from hiring.matching.rates import Rates
from hiring.matching.scoring import scores, shown_shares, with_evidence
from hiring.matching.shortlist import above_words_floor
from hiring.organisations import store as organisations
from hiring.shared import keys
from hiring.shared.files import Files
from hiring.shared.ids import new_id
from hiring.shared.table import CommitRefused, Item, Table

LOOK_BACK = 2 * TELL_AGAIN_AFTER
"""Resumes of so long are looked at: a job waits a day, and a round or two may be missed."""
READING = timedelta(minutes=2)
"""A resume bears the time at which its reading began, and counts from when it ended."""


@dataclass(frozen=True, eq=False)
class _Newcomers:
    """Whose resume was accepted lately and who takes part; `accepted_at` are POSIX times in the order of the rows."""

    columns: CandidateColumns
    accepted_at: NDArray[np.float64]

    def since(self, moment: datetime) -> NDArray[np.bool_]:
        newer: NDArray[np.bool_] = self.accepted_at >= moment.timestamp()
        return newer


def rerun_jobs(
    table: Table, artefacts: Files, *, limit: int, now: datetime, in_time: Callable[[], bool]
) -> tuple[str, ...]:
    """Request a run of up to `limit` open jobs that new resumes can improve, those first that waited longest.

    Gives the ids of the runs. Called again at once it requests none of them again: a job with a run under way waits.
    """
    newcomers = _newcomers(table, now - LOOK_BACK)
    requested: list[str] = []
    if len(newcomers.columns) == 0:
        return ()
    for item, latest in _due(table, now):
        if len(requested) >= limit or not in_time():
            break
        job = item.read(Job)
        if _could_improve(table, artefacts, job, latest, newcomers):
            requested += _request(table, item, job, now)
    return tuple(requested)


def _newcomers(table: Table, since: datetime) -> _Newcomers:
    accepted: dict[str, float] = {}
    for each in store.accepted_since(table, since):
        accepted[each.candidate_id] = max(each.at.timestamp(), accepted.get(each.candidate_id, 0.0))
    # Whose resume is to be read anew is looked at in a later round: no model is at hand here.
    columns = CandidateColumns.of(features_by_id(table, list(accepted)).values())
    return _Newcomers(columns, np.array([accepted[each.decode()] for each in columns.ids.tolist()]))


def _due(table: Table, now: datetime) -> list[tuple[Item, Run]]:
    """Open jobs with their newest run, whose clients may be told of another, the longest waiting first."""
    open_jobs = [(item, item.read(Job)) for item in jobs.open_jobs(table)]
    runs = table.get_many(keys.run(job.id, run_id) for _, job in open_jobs for run_id in _runs(job))
    due: list[tuple[Item, Run]] = []
    for item, job in open_jobs:
        found = [runs[key].read(Run) for run_id in _runs(job) if (key := keys.run(job.id, run_id)) in runs]
        newest = max(found, key=_id, default=None)
        if newest is None or newest.state is RunState.REQUESTED or job.at(now).state is not JobState.OPEN:
            continue
        if now - (newest.frozen_at or newest.requested_at) >= TELL_AGAIN_AFTER:
            due.append((item, newest))
    return sorted(due, key=lambda each: _id(each[1]))


def _runs(job: Job) -> Iterator[str]:
    yield from (run_id for run_id in (job.latest_run_id, job.rerun_id) if run_id is not None)


def _id(run: Run) -> str:
    return run.id


def _could_improve(table: Table, artefacts: Files, job: Job, latest: Run, newcomers: _Newcomers) -> bool:
    """Whether somebody who is new since `latest` could be on the job's shortlist."""
    employer = organisations.organisation(table, job.organisation_id).name
    newer = newcomers.since(latest.requested_at - READING)
    passing, _ = first_reasons(outcomes(newcomers.columns, Conditions(job.terms, employer, Rates.shipped())), newer)
    columns = newcomers.columns.taken(np.flatnonzero(passing))
    if len(columns) == 0:
        return False
    entries = store.entries_of(table, latest)
    columns = columns.taken(np.flatnonzero(~_excused(table, job, columns, entries)))
    if len(columns) == 0:
        return False
    document = artefacts.get(document_key(job.id, latest.id))
    if document is None or not same_ruleset(document.data):
        return True
    basis = read_run(document.data).basis
    columns = columns.taken(np.flatnonzero(above_words_floor(shown_shares(columns, basis.query))))
    standing = [each for each in store.as_they_stand(table, job, entries) if each.state is not EntryState.WITHDRAWN]
    if len(standing) < job.terms.shortlist_size:
        return len(columns) > 0
    last = min(entry.score for entry in standing)
    at_best = (
        max(score, with_evidence(score, 1.0)) for score in scores(columns, basis.query, basis.statistics).tolist()
    )
    return any(score > last for score in at_best)


def _excused(table: Table, job: Job, columns: CandidateColumns, entries: tuple[Entry, ...]) -> NDArray[np.bool_]:
    """Who vetoed the job, or was on the latest shortlist with this very resume."""
    ids = [each.decode() for each in columns.ids.tolist()]
    vetoes = table.get_many(keys.veto(candidate_id, job.id) for candidate_id in ids)
    listed = {(entry.candidate_id, entry.resume_version) for entry in entries}
    return np.array(
        [
            keys.veto(candidate_id, job.id) in vetoes or (candidate_id, int(version)) in listed
            for candidate_id, version in zip(ids, columns.resume_versions.tolist(), strict=True)
        ],
        dtype=np.bool_,
    )


def _request(table: Table, item: Item, job: Job, now: datetime) -> Iterator[str]:
    """Request the run, unless somebody changed the job at the same moment: then the next round looks again."""
    run = Run(
        id=new_id("run", now),
        job_id=job.id,
        job_version=job.version,
        requested_at=now,
        requested_by=job.created_by,
        cause=RunCause.NEW_RESUMES,
    )
    waiting = job.model_copy(update={"rerun_id": run.id})
    try:
        changes = [jobs.put_job(waiting, read_version=item.version), store.put_run(run)]
        table.commit(changes, [match_requested(run)], now=now)
    except CommitRefused:
        return
    yield run.id
