"""A client submits a job, which requests a run, and reads what came of it; a candidate reads its matches.

The run itself is in `building`, which needs the embedding; this module stays small for the HTTPS functions.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from hiring.candidates.model import Candidate, CandidateState
from hiring.jobs import store as jobs
from hiring.jobs.actions import own as own_job
from hiring.jobs.model import Job, JobState, JobTerms
from hiring.matching import store
from hiring.matching.api import EntryView, MatchList, MatchView, RunList, RunView, ShortlistView
from hiring.matching.model import Entry, EntryState, Match, Run, RunState
from hiring.organisations import store as organisations
from hiring.shared import keys
from hiring.shared.errors import IllegalMove, NotFound
from hiring.shared.ids import new_id
from hiring.shared.outbox import Message, MessageKind
from hiring.shared.table import Table, retried

if TYPE_CHECKING:
    from hiring.shared.web import Record

type Position = Mapping[str, str] | None
type Mark = Callable[[Position], str | None]
"""Makes the cursor of the next page from its position."""


def submit_job(
    table: Table,
    organisation_id: str,
    terms: JobTerms,
    *,
    by: str,
    now: datetime,
    record: Record[tuple[Job, Run]],
) -> tuple[Job, Run]:
    """A new open job of an organisation, as its member with the login `by`, and its first run, requested (R11).

    Raises `NotFound` unless `by` belongs to the organisation.
    """
    organisations.member(table, by, organisation_id)
    job_id, run_id = new_id("job", now), new_id("run", now)
    job = Job(
        id=job_id,
        organisation_id=organisation_id,
        state=JobState.OPEN,
        version=1,
        terms=terms,
        created_at=now,
        created_by=by,
        latest_run_id=run_id,
    )
    run = Run(id=run_id, job_id=job_id, job_version=1, requested_at=now, requested_by=by)
    changes = [jobs.put_job(job), jobs.put_version(job), store.put_run(run), record((job, run))]
    table.commit(changes, [_match_requested(run)], now=now)
    return job, run


def request_run(table: Table, job_id: str, *, by: str, now: datetime, record: Record[Run]) -> Run:
    """Another run of an open job, as the client member with the login `by`; earlier ones stay as they are (R11).

    Raises `NotFound`, and `IllegalMove` where the job is not open.
    """

    def act() -> Run:
        item = jobs.job_item(table, job_id)
        job = item.read(Job)
        organisations.member(table, by, job.organisation_id)
        if job.state is not JobState.OPEN:
            raise IllegalMove("Only an open job is matched.", job.state.value)
        run = Run(id=new_id("run", now), job_id=job_id, job_version=job.version, requested_at=now, requested_by=by)
        latest = job.model_copy(update={"latest_run_id": run.id})
        changes = [jobs.put_job(latest, read_version=item.version), store.put_run(run), record(run)]
        table.commit(changes, [_match_requested(run)], now=now)
        return run

    return retried(act)


def runs(table: Table, job_id: str, *, by: str, limit: int, start: Position, mark: Mark) -> RunList:
    """A job's runs, newest first, for the client member with the login `by`. Raises `NotFound`."""
    own_job(table, job_id, by=by)
    page = store.runs_page(table, job_id, limit=limit, start=start)
    return RunList(items=tuple(RunView.of(item.read(Run)) for item in page.items), next_cursor=mark(page.next_key))


def run(table: Table, job_id: str, run_id: str, *, by: str) -> RunView:
    """A run of a job, for the client member with the login `by`. Raises `NotFound`."""
    own_job(table, job_id, by=by)
    return RunView.of(store.run(table, job_id, run_id))


def shortlist(table: Table, job_id: str, *, by: str, run_id: str | None = None) -> ShortlistView:
    """The shortlist of a run (the latest where none is named), for the client member with the login `by`.

    Raises `NotFound`.
    """
    job = own_job(table, job_id, by=by).value
    wanted = run_id or job.latest_run_id
    if wanted is None:
        raise NotFound("This job was never matched.")
    found = store.run(table, job_id, wanted)
    entries = _as_it_is(table, store.entries_of(table, found)) if found.state is RunState.FROZEN else ()
    return ShortlistView(
        run_id=found.id,
        run_state=found.state,
        funnel=found.funnel,
        items=tuple(EntryView.of(entry) for entry in entries),
    )


def matches(table: Table, candidate_id: str, *, limit: int, start: Position, mark: Mark) -> MatchList:
    """Where a candidate is listed, newest first."""
    page = store.matches_page(table, candidate_id, limit=limit, start=start)
    return MatchList(
        items=tuple(MatchView.of(item.read(Match)) for item in page.items), next_cursor=mark(page.next_key)
    )


def _as_it_is(table: Table, entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """The entries, with a placeholder for each open one whose candidate has left since (R27)."""
    heads = table.get_many(keys.candidate(entry.candidate_id) for entry in entries)
    gone = EntryState.WITHDRAWN
    here = {
        entry.candidate_id
        for entry in entries
        if (head := heads.get(keys.candidate(entry.candidate_id)))
        and head.read(Candidate).state is not CandidateState.OPTED_OUT
    }
    return tuple(entry if entry.candidate_id in here else entry.model_copy(update={"state": gone}) for entry in entries)


def _match_requested(run: Run) -> Message:
    return Message(MessageKind.MATCH_REQUESTED, f"JOB#{run.job_id}", {"job_id": run.job_id, "run_id": run.id})
