"""A broadcast tells every participant once, wherever it is killed and however often it goes on."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import batched
from typing import Any

import pytest

from hiring.broadcasts import actions, store
from hiring.broadcasts.model import Announcement, Broadcast, BroadcastState, LedgerRow, Reach
from hiring.candidates import store as candidates
from hiring.candidates.model import Candidate, CandidateState
from hiring.flags.actions import set_flag
from hiring.flags.model import FlagName
from hiring.shared import keys
from hiring.shared.addresses import address_digest
from hiring.shared.errors import IllegalMove
from hiring.shared.outbox import MessageKind
from hiring.shared.table import Put, Table
from tests.builders import NOW, aws_client, make_candidate, remember_nothing
from tests.integration.test_operator_api import call

KEY = b"a key for tests"
NOBODY_HURRIES: Callable[[], bool] = lambda: True  # noqa: E731


class KilledError(BaseException):
    """The process is gone: nothing catches this, as nothing catches SIGKILL."""


class Mortal:
    """A DynamoDB client whose process dies at a call: before it reaches DynamoDB, or before its answer is back."""

    def __init__(self) -> None:
        self._client = aws_client("dynamodb")
        self.exceptions = self._client.exceptions
        self.calls_to_live: int | None = None
        self.dies_before = True

    def __getattr__(self, name: str) -> Any:
        real = getattr(self._client, name)

        def call_it(**arguments: Any) -> Any:
            if self.calls_to_live is None:
                return real(**arguments)
            self.calls_to_live -= 1
            if self.calls_to_live > 0:
                return real(**arguments)
            if not self.dies_before:
                real(**arguments)
            raise KilledError

        return call_it


def population(count: int) -> list[Candidate]:
    """Of every ten one opted out, one is paused and one is suppressed."""
    states = {0: CandidateState.OPTED_OUT, 1: CandidateState.PAUSED}
    return [
        make_candidate(email=f"person{n}@example.com", state=states.get(n % 10, CandidateState.ACTIVE))
        for n in range(count)
    ]


def suppressed(people: list[Candidate]) -> list[Candidate]:
    return people[2::10]


def erased(people: list[Candidate]) -> list[Candidate]:
    return people[3::50]


def participants(people: list[Candidate]) -> set[str]:
    out = {each.id for each in [*suppressed(people), *erased(people)]}
    return {each.id for each in people if each.state is not CandidateState.OPTED_OUT} - out


def take_in(table: Table, people: list[Candidate]) -> None:
    marks = [Put(keys.suppression(address_digest(each.email, KEY)), {}) for each in suppressed(people)]
    marks += [Put(keys.erasure(each.id), {}) for each in erased(people)]
    for some in batched([*(candidates.put_candidate(each) for each in people), *marks], 100, strict=False):
        table.commit(some, now=NOW)


def begin(table: Table, *, dry_run: bool = False) -> Broadcast:
    if not dry_run:
        set_flag(table, FlagName.RESUME_REUPLOAD, on=True, read_version=0, by="op-1", now=NOW)
    return actions.start(
        table, Announcement.RESUME_REUPLOAD, dry_run=dry_run, by="op-1", now=NOW, record=remember_nothing
    )


def finish(table: Table, broadcast: Broadcast) -> Broadcast:
    while store.broadcast(table, broadcast.id).state is BroadcastState.RUNNING:
        actions.go_on(table, broadcast.id, key=KEY, now=NOW, in_time=NOBODY_HURRIES)
    return store.broadcast(table, broadcast.id)


def told(broadcast: Broadcast) -> tuple[Counter[str], Counter[str]]:
    """How many ledger rows and how many queued mails each candidate has."""
    rows: Counter[str] = Counter()
    mails: Counter[str] = Counter()
    for page in aws_client("dynamodb").get_paginator("scan").paginate(TableName="hiring"):
        for item in page["Items"]:
            if not item["pk"]["S"].startswith(f"BRO#{broadcast.id}#"):
                continue
            if item["sk"]["S"].startswith("OUT#"):
                envelope = item["envelope"]["M"]
                assert envelope["kind"]["S"] == MessageKind.BROADCAST_MAIL
                mails[envelope["body"]["M"]["recipient"]["S"]] += 1
            else:
                rows[item["candidate_id"]["S"]] += 1
    return rows, mails


def test_R5_killed_at_ten_random_points_a_broadcast_tells_everybody_once_each(table: Table) -> None:
    people = population(100)
    take_in(table, people)
    broadcast = begin(table)
    chance = random.Random(7)  # noqa: S311  # where to kill, not a secret
    client = Mortal()
    mortal = Table("hiring", client)  # type: ignore[arg-type]  # it answers as the client does
    deaths = 0
    while deaths < 10:
        client.calls_to_live, client.dies_before = chance.randint(1, 15), chance.random() < 0.5
        with pytest.raises(KilledError):
            actions.go_on(mortal, broadcast.id, key=KEY, now=NOW, in_time=NOBODY_HURRIES)
        deaths += 1
    assert store.broadcast(table, broadcast.id).state is BroadcastState.RUNNING
    done = finish(table, broadcast)
    rows, mails = told(broadcast)
    assert set(rows) == set(mails) == participants(people)
    assert set(rows.values()) == set(mails.values()) == {1}
    assert done.reach.told == len(rows) == 78


@pytest.mark.parametrize("dies_before", [True, False])
def test_R5_wherever_it_is_killed_it_tells_once_each(table: Table, *, dies_before: bool) -> None:
    people = population(10)
    take_in(table, people)
    client = Mortal()
    mortal = Table("hiring", client)  # type: ignore[arg-type]  # it answers as the client does
    broadcast = begin(table)
    for calls in [*range(1, 40), 400, 400]:  # each time one call further into what is left to do
        client.calls_to_live, client.dies_before = calls % 9 + 1 if calls < 400 else calls, dies_before
        try:
            actions.go_on(mortal, broadcast.id, key=KEY, now=NOW, in_time=NOBODY_HURRIES)
        except KilledError:
            continue
    finish(table, broadcast)
    rows, mails = told(broadcast)
    assert set(rows) == set(mails) == participants(people)
    assert set(rows.values()) == set(mails.values()) == {1}


def test_R5_two_who_carry_it_on_at_the_same_time_tell_once_each(table: Table) -> None:
    people = population(60)
    take_in(table, people)
    broadcast = begin(table)

    def interrupted() -> Iterator[bool]:
        while True:
            actions.go_on(table, broadcast.id, key=KEY, now=NOW, in_time=iter([True, True, False]).__next__)
            yield True

    actions.go_on(table, broadcast.id, key=KEY, now=NOW, in_time=interrupted().__next__)
    finish(table, broadcast)
    rows, mails = told(broadcast)
    assert set(rows) == set(mails) == participants(people)
    assert set(mails.values()) == {1}


def test_R5_who_enrols_while_it_runs_behind_its_back_is_told_in_the_second_round(table: Table) -> None:
    take_in(table, population(20))
    broadcast = begin(table)
    while store.broadcast(table, broadcast.id).round == 1:
        actions.go_on(table, broadcast.id, key=KEY, now=NOW, in_time=iter([True, False]).__next__)
    late = make_candidate(email="late@example.com")
    table.commit([candidates.put_candidate(late)], now=NOW)
    finish(table, broadcast)
    assert told(broadcast)[1][late.id] == 1


def test_a_dry_run_counts_and_tells_nobody(table: Table) -> None:
    people = population(100)
    take_in(table, people)
    done = finish(table, begin(table, dry_run=True))
    assert done.reach == Reach(told=len(participants(people)), opted_out=10, suppressed=10, erased=2)
    assert told(done) == (Counter(), Counter())


def test_R5_it_cannot_start_while_what_it_tells_is_not_true(table: Table) -> None:
    with pytest.raises(IllegalMove):
        actions.start(table, Announcement.RESUME_REUPLOAD, dry_run=False, by="op-1", now=NOW, record=remember_nothing)


def test_one_broadcast_of_an_announcement_runs_at_a_time(table: Table) -> None:
    first = begin(table)

    def again() -> Broadcast:
        return actions.start(
            table, Announcement.RESUME_REUPLOAD, dry_run=False, by="op-2", now=NOW, record=remember_nothing
        )

    with pytest.raises(IllegalMove):
        again()
    finish(table, first)
    assert again().id != first.id


def test_a_paused_broadcast_tells_nobody_until_it_is_resumed(table: Table) -> None:
    people = population(40)
    take_in(table, people)
    broadcast = begin(table)
    actions.go_on(table, broadcast.id, key=KEY, now=NOW, in_time=iter([True, True, True, False]).__next__)
    actions.pause(table, broadcast.id, by="op-1", now=NOW, record=remember_nothing)
    before = told(broadcast)
    actions.go_on(table, broadcast.id, key=KEY, now=NOW, in_time=NOBODY_HURRIES)
    assert told(broadcast) == before
    table.delete(keys.Key("IDEM#nobody"))
    actions.resume(table, broadcast.id, by="op-1", now=NOW + timedelta(hours=1), record=remember_nothing)
    finish(table, broadcast)
    assert set(told(broadcast)[0]) == participants(people)


def test_an_operator_starts_pauses_resumes_and_reads_the_ledger_page_by_page(table: Table) -> None:
    from functions.close_overdue.handler import handler as sweep
    from tests.builders import make_context

    people = population(30)
    take_in(table, people)
    call("PUT", "/operator/flags/resume_reupload", {"on": True}, headers={"If-Match": '"0"'})
    ask = {"announcement": "resume-reupload"}
    status, begun, headers = call("POST", "/operator/broadcasts", ask, headers={"Idempotency-Key": "1"})
    assert (status, headers["Location"]) == (202, f"broadcasts/{begun['id']}")
    path = f"/operator/broadcasts/{begun['id']}"
    assert call("POST", f"{path}/pause", headers={"Idempotency-Key": "2"})[1]["state"] == "PAUSED"
    assert call("POST", f"{path}/resume", headers={"Idempotency-Key": "3"})[1]["state"] == "RUNNING"
    sweep({}, make_context())
    assert call("GET", path)[1]["state"] == "FINISHED"
    assert call("POST", f"{path}/pause", headers={"Idempotency-Key": "4"})[0] == 409
    assert [each["id"] for each in call("GET", "/operator/broadcasts")[1]["items"]] == [begun["id"]]
    seen: list[str] = []
    cursor: dict[str, str] = {}
    while True:
        page = call("GET", f"{path}/ledger", query={"limit": "4", **cursor})[1]
        seen += [each["candidate_id"] for each in page["items"]]
        if page["next_cursor"] is None:
            break
        cursor = {"cursor": page["next_cursor"]}
    assert sorted(seen) == sorted(participants(people))
    acts = call("GET", "/operator/audit", query={"day": begun["started_at"][:10]})[1]["items"]
    assert [each["act"] for each in acts] == ["flag-set", "broadcast-started", "broadcast-paused", "broadcast-resumed"]


def test_the_ledger_has_one_row_a_candidate(table: Table) -> None:
    from hiring.shared.table import CommitRefused

    row = store.put_row("bro_1", LedgerRow(candidate_id="cand_1", told_at=NOW))
    table.commit([row], now=NOW)
    with pytest.raises(CommitRefused):
        table.commit([row], now=NOW)
