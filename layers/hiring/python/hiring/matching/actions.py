"""A client submits a job, which requests a run, and reads what came of it; a candidate reads its matches.

The run itself is in `building`, which needs the embedding; this module stays small for the HTTPS functions.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from hiring.jobs import store as jobs
from hiring.jobs.actions import own as own_job
from hiring.jobs.actions import require_no_contacts
from hiring.jobs.api import JobChange
from hiring.jobs.model import Job, JobState, JobTerms, require_future
from hiring.matching import store
from hiring.matching.api import EntryView, MatchList, MatchView, RunList, RunView, ShortlistView, WhatIfView
from hiring.matching.model import Entry, EntryMove, EntryState, Inputs, Match, Pass, Run, RunState
from hiring.matching.ranges import told
from hiring.organisations import store as organisations
from hiring.organisations.limits import Allowance, spend
from hiring.shared import keys
from hiring.shared.errors import FieldError, IllegalMove, InvalidRequest, NotFound, PreconditionFailed
from hiring.shared.ids import new_id
from hiring.shared.outbox import Message, MessageKind
from hiring.shared.table import Change, CommitRefused, Remove, Stored, Table, retried

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
    closes_at: datetime | None = None,
) -> tuple[Job, Run]:
    """A new open job of an organisation, as its member with the login `by`, and its first run, requested (R11).

    Raises `NotFound` unless `by` belongs to the organisation, `ContactPolicy` where its words hold a means of contact,
    `InvalidRequest` where it would close before it begins.
    """
    organisations.member(table, by, organisation_id)
    require_no_contacts(terms)
    require_future(closes_at, now=now)
    spend(table, organisation_id, Allowance.JOBS, now=now)
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
        closes_at=closes_at,
    )
    run = Run(id=run_id, job_id=job_id, job_version=1, requested_at=now, requested_by=by)
    changes = [jobs.put_job(job), jobs.put_version(job), store.put_run(run), record((job, run))]
    table.commit(changes, [match_requested(run)], now=now)
    return job, run


def change_job(
    table: Table, job_id: str, change: JobChange, *, read_version: int, by: str, now: datetime
) -> Stored[Job]:
    """Change an open job's terms as the client member with the login `by`, if nobody did since `read_version`.

    Other terms are a new version and a new run; what exists keeps the version that it cites, and a change that changes
    nothing is none. Raises `NotFound`, `PreconditionFailed`, `IllegalMove`, `InvalidRequest`, `ContactPolicy`.
    """
    item = jobs.job_item(table, job_id)
    job = item.read(Job)
    organisations.member(table, by, job.organisation_id)
    stale = PreconditionFailed("The job, or its latest run, changed since you read it. Read it again.")
    if item.version != read_version:
        raise stale
    terms, closes_at = change.of(job)
    changed = job.changed(terms, closes_at, now=now)
    if changed == job:
        return Stored(job, item.version)
    changes: list[Change] = []
    messages: list[Message] = []
    if changed.version != job.version:
        require_no_contacts(terms)
        run = Run(id=new_id("run", now), job_id=job_id, job_version=changed.version, requested_at=now, requested_by=by)
        changed = changed.model_copy(update={"latest_run_id": run.id})
        changes += [jobs.put_version(changed), store.put_run(run)]
        messages.append(match_requested(run))
    try:
        table.commit([jobs.put_job(changed, read_version=item.version), *changes], messages, now=now)
    except CommitRefused:
        raise stale from None
    return Stored(changed, item.version + 1)


def request_run(table: Table, job_id: str, *, by: str, now: datetime, record: Record[Run]) -> Run:
    """Another run of an open job, as the client member with the login `by`; earlier ones stay as they are (R11).

    Raises `NotFound`, and `IllegalMove` where the job is not open.
    """

    def act() -> Run:
        item = jobs.job_item(table, job_id)
        job = item.read(Job)
        organisations.member(table, by, job.organisation_id)
        job.at(now).require_open()
        spend(table, job.organisation_id, Allowance.RUNS, now=now)
        run = Run(id=new_id("run", now), job_id=job_id, job_version=job.version, requested_at=now, requested_by=by)
        latest = job.model_copy(update={"latest_run_id": run.id})
        changes = [jobs.put_job(latest, read_version=item.version), store.put_run(run), record(run)]
        table.commit(changes, [match_requested(run)], now=now)
        return run

    return retried(act)


def after_failure(
    table: Table, job_id: str, run_id: str, *, now: datetime
) -> tuple[list[Change], list[Message]] | None:
    """What requests another run in the place of one that failed, for whoever asked for that one; it stays as it is.

    Nothing where nobody waits for it: the job is not open, or was matched again meanwhile. None where the run itself
    still waits to be built.
    """
    item = table.get(keys.run(job_id, run_id))
    if item is None:
        return [], []
    failed = item.read(Run)
    if failed.state is RunState.REQUESTED:
        return None
    head = jobs.job_item(table, job_id)
    job = head.read(Job)
    if failed.state is not RunState.FAILED or job.latest_run_id != run_id or job.at(now).state is not JobState.OPEN:
        return [], []
    run = Run(
        id=new_id("run", now),
        job_id=job_id,
        job_version=job.version,
        requested_at=now,
        requested_by=failed.requested_by,
    )
    latest = job.model_copy(update={"latest_run_id": run.id})
    return [jobs.put_job(latest, read_version=head.version), store.put_run(run)], [match_requested(run)]


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
    frozen = found.state is RunState.FROZEN
    entries = store.entries_of(table, found) if frozen else ()
    return ShortlistView(
        run_id=found.id,
        run_state=found.state,
        inputs=Inputs.of(entries),
        funnel=found.funnel,
        items=tuple(EntryView.of(entry) for entry in store.as_they_stand(table, job, entries)),
    )


def what_if(table: Table, job_id: str, relax: str, *, by: str, key: bytes, now: datetime) -> WhatIfView:
    """About how many more would pass the job's latest run with one condition relaxed, for its member `by`.

    The questions are few and their answers kept, so that asking again, or for much the same, tells nothing new; and an
    organisation asks only so often a day. Raises `NotFound`, `IllegalMove` where there is no frozen run yet,
    `InvalidRequest` for a condition that the job does not raise, `TooMany`.
    """
    job = own_job(table, job_id, by=by).value
    spend(table, job.organisation_id, Allowance.WHAT_IF, now=now)
    run = store.run(table, job_id, job.latest_run_id) if job.latest_run_id else None
    if run is None or run.state is not RunState.FROZEN:
        state = run.state.value if run else "NEVER_MATCHED"
        raise IllegalMove("There is no shortlist to compare with yet. Wait for the run, or request one.", state)
    counted = {extra.code: extra for extra in store.what_if(table, job_id, run.id).extras}
    if relax not in counted:
        detail = f"This job raises no such condition. It can relax: {', '.join(counted)}."
        raise InvalidRequest(detail, errors=[FieldError("/relax", "not-raised", detail)])
    return WhatIfView(run_id=run.id, job_version=run.job_version, relax=relax, more=told(counted[relax], key))


def pass_over(table: Table, job_id: str, entry_id: str, *, by: str, now: datetime) -> EntryView:
    """Not this one, says the client member with the login `by`: marked in all runs of this job, nowhere else (R15).

    Said again it changes nothing. Raises `NotFound`, and `IllegalMove` for an entry that is invited or gone.
    """
    return _considered(table, job_id, entry_id, EntryMove.PASS_OVER, by=by, now=now)


def reconsider(table: Table, job_id: str, entry_id: str, *, by: str, now: datetime) -> EntryView:
    """Changed my mind, says the client member with the login `by`; the rest is as in `pass_over`."""
    return _considered(table, job_id, entry_id, EntryMove.RECONSIDER, by=by, now=now)


def _considered(table: Table, job_id: str, entry_id: str, move: EntryMove, *, by: str, now: datetime) -> EntryView:
    job = own_job(table, job_id, by=by).value

    def act() -> EntryView:
        entry = store.entry_item(table, job_id, entry_id).read(Entry)
        item = table.get(keys.passed(job_id, entry.candidate_id))
        (before,) = store.as_they_stand(table, job, (entry,))
        after = before.move(move)
        if after.state is EntryState.PASSED and item is None:
            passed = Pass(job_id=job_id, candidate_id=entry.candidate_id, passed_by=by, passed_at=now)
            table.commit([store.put_pass(passed)], now=now)
        elif after.state is not EntryState.PASSED and item is not None:
            table.commit([Remove(item.key, item.version)], now=now)
        return EntryView.of(after)

    return retried(act)


def matches(table: Table, candidate_id: str, *, limit: int, start: Position, mark: Mark) -> MatchList:
    """Where a candidate is listed, newest first."""
    page = store.matches_page(table, candidate_id, limit=limit, start=start)
    found = tuple(item.read(Match) for item in page.items)
    vetoes = table.get_many(keys.veto(candidate_id, match.job_id) for match in found)
    return MatchList(
        items=tuple(MatchView.of(match, vetoed=keys.veto(candidate_id, match.job_id) in vetoes) for match in found),
        next_cursor=mark(page.next_key),
    )


def match(table: Table, candidate_id: str, entry_id: str) -> MatchView:
    """One of a candidate's matches. Raises `NotFound` for anybody else's."""
    found = store.match_item(table, candidate_id, entry_id).read(Match)
    return MatchView.of(found, vetoed=table.get(keys.veto(candidate_id, found.job_id)) is not None)


def veto(table: Table, candidate_id: str, entry_id: str, *, now: datetime, record: Record[MatchView]) -> MatchView:
    """Take a candidate off the shortlists of a match's job, those of later runs too (R29). Raises `NotFound`.

    Whoever is invited already answers the invitation instead; the client then sees the answer.
    """
    found = store.match_item(table, candidate_id, entry_id).read(Match)
    shown = MatchView.of(found, vetoed=True)
    table.commit([store.put_veto(candidate_id, found.job_id), record(shown)], now=now)
    return shown


def match_requested(run: Run) -> Message:
    """The message that has a run made."""
    return Message(MessageKind.MATCH_REQUESTED, f"JOB#{run.job_id}", {"job_id": run.job_id, "run_id": run.id})
