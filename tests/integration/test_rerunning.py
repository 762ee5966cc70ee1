"""Later resumes and the shortlists of open jobs: run again when it can help, once a day, and cheaply (R11)."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from functions.rerun_jobs.handler import handler
from hiring.candidates import actions as participation
from hiring.candidates import store as candidates
from hiring.candidates.model import CandidateMove, EmployerBlocks, Preferences
from hiring.jobs import store as jobs
from hiring.jobs.model import ClosingReason, Job
from hiring.matching import actions, store
from hiring.matching.building import build_shortlist
from hiring.matching.model import Run, RunCause, RunState
from hiring.matching.places import document_key
from hiring.matching.rerunning import rerun_jobs
from hiring.shared import keys
from hiring.shared.clients import dynamodb
from hiring.shared.files import Files
from hiring.shared.outbox import Message as OutboxMessage
from hiring.shared.table import Change, Table
from hiring.skills.embedding import load_embedding
from tests.builders import NOW, make_context, remember_nothing, waiting
from tests.integration.test_matching import BACKEND, NURSE, build, enter, member, submit

__all__ = ["member"]

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NEXT_DAY = NOW + DAY + HOUR
WEAKER = """Backend Engineer

Backend Engineer, Almbahn, 2023-03 - 2024-05
Built booking services in Python on PostgreSQL

Skills: Python, PostgreSQL
"""


@pytest.fixture
def first(table: Table, artefacts: Files, member: str) -> tuple[Job, Run]:
    """An open job whose first shortlist holds one candidate."""
    enter(table, artefacts, at=NOW - HOUR)
    job, run = submit(table, member)
    return job, build(table, artefacts, run)


def again(table: Table, artefacts: Files, *, now: datetime = NEXT_DAY, limit: int = 50) -> tuple[str, ...]:
    return rerun_jobs(table, artefacts, limit=limit, now=now, in_time=lambda: True)


def frozen(table: Table, artefacts: Files, job: Job, run_id: str, now: datetime = NEXT_DAY) -> Run:
    return build_shortlist(table, artefacts, job.id, run_id, embedding=load_embedding(), now=now)


def mails(table: Table, job: Job) -> list[str]:
    """The runs that the client was told of, oldest first."""
    sent = waiting(table, keys.job(job.id).pk)
    return [each.body["run_id"] for each in sent if each.body.get("template") == "shortlist-ready"]


def test_R11_a_new_resume_has_an_open_job_run_again_and_the_old_run_stays_as_it_is(
    table: Table, artefacts: Files, first: tuple[Job, Run], member: str
) -> None:
    job, old = first
    before = table.get(keys.run(job.id, old.id)), artefacts.get(document_key(job.id, old.id))
    newcomer = enter(table, artefacts, at=NOW + HOUR)

    (run_id,) = again(table, artefacts)

    requested = store.run(table, job.id, run_id)
    assert (requested.cause, requested.state, requested.job_version) == (RunCause.NEW_RESUMES, RunState.REQUESTED, 1)
    assert [each.body["run_id"] for each in waiting(table, keys.job(job.id).pk) if each.kind == "match-requested"] == [
        old.id,
        run_id,
    ]
    shown = actions.shortlist(table, job.id, by=member)
    assert (shown.run_id, shown.run_state) == (old.id, RunState.FROZEN)  # while the new one is made

    frozen(table, artefacts, job, run_id)
    shown = actions.shortlist(table, job.id, by=member)
    assert (shown.run_id, len(shown.items)) == (run_id, 2)
    assert newcomer.id in store.ever_listed(table, job.id)
    assert (table.get(keys.run(job.id, old.id)), artefacts.get(document_key(job.id, old.id))) == before
    assert mails(table, job) == [old.id, run_id]


def test_R11_a_second_round_requests_nothing_twice_and_another_resume_waits_a_day(
    table: Table, artefacts: Files, first: tuple[Job, Run]
) -> None:
    job, _ = first
    enter(table, artefacts, at=NOW + HOUR)
    (run_id,) = again(table, artefacts)
    assert again(table, artefacts) == ()  # it is under way
    frozen(table, artefacts, job, run_id)
    assert again(table, artefacts) == ()
    assert again(table, artefacts, now=NEXT_DAY + 2 * DAY) == ()  # nobody new

    enter(table, artefacts, at=NEXT_DAY + HOUR)
    assert again(table, artefacts, now=NEXT_DAY + 2 * HOUR) == ()
    assert len(again(table, artefacts, now=NEXT_DAY + DAY)) == 1


@pytest.mark.usefixtures("first")
def test_R11_a_job_is_not_run_before_a_day_is_over(table: Table, artefacts: Files) -> None:
    enter(table, artefacts, at=NOW + HOUR)
    assert again(table, artefacts, now=NOW + DAY - HOUR) == ()
    assert len(again(table, artefacts, now=NOW + DAY)) == 1


@pytest.mark.usefixtures("first")
def test_R11_nobody_new_costs_no_run(table: Table, artefacts: Files) -> None:
    assert again(table, artefacts) == ()


@pytest.mark.parametrize("why", ["other-work", "blocked", "vetoed", "paused", "too-late"])
def test_R11_a_job_that_nobody_new_can_match_is_not_run_again(
    table: Table, artefacts: Files, first: tuple[Job, Run], why: str
) -> None:
    job, _ = first
    text, title = (NURSE, "Registered Nurse") if why == "other-work" else (BACKEND, "Backend Engineer")
    person = enter(table, artefacts, text, title=title, at=NOW + HOUR)
    changes: dict[str, list[Any]] = {
        "blocked": [
            candidates.put_employer_blocks(person.id, EmployerBlocks(names=("Gipfelwerk",)), read_version=0),
        ],
        "vetoed": [store.put_veto(person.id, job.id)],
        "too-late": [
            candidates.put_preferences(person.id, Preferences(earliest_start=date(2029, 1, 1)), read_version=0)
        ],
    }
    if why in changes:
        table.commit(changes[why], now=NOW)
    if why == "paused":
        participation.move(table, person.login, CandidateMove.PAUSE, now=NOW)
    assert again(table, artefacts) == ()


def test_R11_a_full_list_is_made_again_only_for_somebody_who_could_enter_it(
    table: Table, artefacts: Files, member: str
) -> None:
    for _ in range(3):
        enter(table, artefacts, WEAKER, start="2023-03", at=NOW - HOUR)
    enter(table, artefacts, NURSE, title="Registered Nurse", at=NOW - HOUR)
    _, run = submit(table, member, shortlist_size=2)
    assert build(table, artefacts, run).entries == 2
    weak = "Cook\n\nCook, Almbahn, 2023-03 - 2024-05\nCooked, and kept the menu with a Python script\n"
    enter(table, artefacts, weak, title="Cook", at=NOW + HOUR)
    assert again(table, artefacts) == ()
    enter(table, artefacts, at=NOW + HOUR)
    assert len(again(table, artefacts)) == 1


def test_R11_a_client_is_not_told_of_a_list_with_nobody_new_on_it(
    table: Table, artefacts: Files, first: tuple[Job, Run], member: str
) -> None:
    job, old = first
    newcomer = enter(table, artefacts, at=NOW + HOUR)
    (run_id,) = again(table, artefacts)
    participation.move(table, newcomer.login, CandidateMove.OPT_OUT, now=NOW)

    frozen(table, artefacts, job, run_id)

    assert actions.shortlist(table, job.id, by=member).run_id == run_id
    assert mails(table, job) == [old.id]


def test_R11_a_run_that_the_client_asked_for_since_stays_the_latest(
    table: Table, artefacts: Files, first: tuple[Job, Run], member: str
) -> None:
    job, _ = first
    enter(table, artefacts, at=NOW + HOUR)
    (run_id,) = again(table, artefacts)
    own = actions.request_run(table, job.id, by=member, now=NEXT_DAY + HOUR, record=remember_nothing)
    frozen(table, artefacts, job, run_id)
    assert jobs.job(table, job.id).latest_run_id == own.id


def test_R11_a_round_requests_so_many_at_most_those_first_that_wait_longest(
    table: Table, artefacts: Files, member: str
) -> None:
    enter(table, artefacts, at=NOW - HOUR)
    submitted = [submit(table, member) for _ in range(3)]
    for _, run in submitted:
        build(table, artefacts, run)
    waiting_longest = sorted(submitted, key=lambda each: each[1].id)
    enter(table, artefacts, at=NOW + HOUR)

    assert again(table, artefacts, limit=0) == ()
    (one,) = again(table, artefacts, limit=1)
    assert jobs.job(table, waiting_longest[0][0].id).rerun_id == one
    assert len(again(table, artefacts, limit=50)) == 2
    assert rerun_jobs(table, artefacts, limit=50, now=NEXT_DAY, in_time=lambda: False) == ()


def test_R11_a_closed_job_is_not_run_again(table: Table, artefacts: Files, first: tuple[Job, Run]) -> None:
    job, _ = first
    enter(table, artefacts, at=NOW + HOUR)
    item = jobs.job_item(table, job.id)
    table.commit(
        [jobs.put_job(item.read(Job).close(ClosingReason.CLIENT, now=NOW), read_version=item.version)], now=NOW
    )
    assert again(table, artefacts) == ()


class RacingTable(Table):
    """Somebody else is faster: acts just before the first commit."""

    def __init__(self, meanwhile: Callable[[], object]) -> None:
        super().__init__("hiring", dynamodb())
        self._meanwhile: Callable[[], object] | None = meanwhile

    def commit(self, changes: Sequence[Change], messages: Sequence[OutboxMessage] = (), *, now: datetime) -> None:
        meanwhile, self._meanwhile = self._meanwhile, None
        if meanwhile:
            meanwhile()
        super().commit(changes, messages, now=now)


@pytest.mark.usefixtures("first")
def test_R11_two_rounds_at_the_same_moment_request_one_run(table: Table, artefacts: Files) -> None:
    enter(table, artefacts, at=NOW + HOUR)
    other: list[str] = []
    racing = RacingTable(lambda: other.extend(again(table, artefacts)))
    assert again(racing, artefacts) == ()
    assert len(other) == 1


@pytest.mark.usefixtures("first")
def test_the_function_takes_its_time_from_the_schedule(table: Table, artefacts: Files) -> None:
    enter(table, artefacts, at=NOW + HOUR)
    event = json.loads((Path(__file__).parents[2] / "events/triggers/rerun_jobs.schedule.json").read_text())
    assert handler(event, make_context()) == {"requested": 0}
    assert handler({**event, "time": f"{NEXT_DAY:%Y-%m-%dT%H:%M:%SZ}"}, make_context()) == {"requested": 1}
