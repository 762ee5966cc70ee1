"""What somebody asks support for counts once the account's own address has confirmed it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from functions.public_links.handler import handler as public_links
from hiring.candidates import store as candidates
from hiring.candidates.model import Candidate, CandidateState, NotificationSettings
from hiring.shared.clock import utc_now
from hiring.shared.links import Purpose, sign, signing_key
from hiring.shared.table import Table
from hiring.support import actions, store
from hiring.support.model import RequestState
from tests.builders import NOW, make_api_event, make_candidate, make_context, waiting
from tests.integration.test_operator_api import call

REQUESTS = "/operator/support-requests"


@pytest.fixture
def candidate(table: Table) -> Candidate:
    person = make_candidate()
    login = candidates.put_login(person)
    changes = [candidates.put_candidate(person), login, candidates.put_account_address(person, signing_key())]
    table.commit(changes, now=NOW)
    return person


def ask(kind: str) -> dict[str, Any]:
    status, made, _ = call(
        "POST", REQUESTS, {"kind": kind, "email": "ada@example.com"}, headers={"Idempotency-Key": kind}
    )
    assert (status, made["state"]) == (201, "OPEN")
    return dict(made)


def change(request: dict[str, Any], move: str) -> tuple[int, Any]:
    answer = call("POST", f"{REQUESTS}/{request['id']}/{move}", headers={"Idempotency-Key": f"{move} {request['id']}"})
    return answer[0], answer[1]


def open_link(request: dict[str, Any], method: str) -> tuple[int, str]:
    token = sign(Purpose.CONFIRM_REQUEST, request["id"], expires_at=utc_now() + timedelta(days=1), key=signing_key())
    answer = public_links(make_api_event(method, f"/o/{token}", sub=None, groups=""), make_context())
    return int(answer["statusCode"]), str(answer["body"])


def state_of(request: dict[str, Any]) -> str:
    return str(call("GET", f"{REQUESTS}/{request['id']}")[1]["state"])


def test_R27_opting_out_by_mail_counts_once_the_accounts_address_confirms(table: Table, candidate: Candidate) -> None:
    request = ask("opt-out")
    assert change(request, "verify")[1]["state"] == "VERIFYING"
    [mail] = waiting(table, f"REQ#{request['id']}")
    assert (mail.body["template"], mail.body["recipient"]) == ("support-request", candidate.id)
    status, page = open_link(request, "GET")
    assert (status, "Leave</button>" in page) == (200, True)
    assert candidates.candidate(table, candidate.id).value.state is CandidateState.ACTIVE
    assert open_link(request, "POST")[0] == open_link(request, "POST")[0] == 200
    assert candidates.candidate(table, candidate.id).value.state is CandidateState.OPTED_OUT
    assert state_of(request) == "DONE"


def test_stopping_mails_happens_with_the_confirmation(table: Table, candidate: Candidate) -> None:
    request = ask("stop-mail")
    change(request, "verify")
    open_link(request, "POST")
    settings = candidates.notification_settings(table, candidate.id).value
    assert settings == NotificationSettings(messages=False, announcements=False)
    assert candidates.candidate(table, candidate.id).value.state is CandidateState.ACTIVE
    assert state_of(request) == "DONE"


@pytest.mark.usefixtures("candidate")
@pytest.mark.parametrize("kind", ["erase", "replace-resume", "correct"])
def test_what_an_operator_does_waits_until_it_is_verified(kind: str) -> None:
    request = ask(kind)
    assert change(request, "finish")[0] == 409
    change(request, "verify")
    open_link(request, "POST")
    assert state_of(request) == "VERIFIED"
    listed = call("GET", REQUESTS, query={"state": "VERIFIED"})[1]["items"]
    assert [each["id"] for each in listed] == [request["id"]]
    assert call("GET", REQUESTS, query={"state": "OPEN"})[1]["items"] == []


@pytest.mark.usefixtures("candidate")
def test_a_question_needs_no_proof() -> None:
    assert change(ask("question"), "finish")[1]["state"] == "DONE"


def test_what_was_rejected_cannot_be_confirmed(table: Table, candidate: Candidate) -> None:
    request = ask("opt-out")
    change(request, "verify")
    assert change(request, "reject")[1]["state"] == "REJECTED"
    assert open_link(request, "POST")[0] == 409
    assert "This request is over" in open_link(request, "GET")[1]
    assert candidates.candidate(table, candidate.id).value.state is CandidateState.ACTIVE


def test_what_nobody_confirms_expires(table: Table, candidate: Candidate) -> None:
    assert candidate
    request = ask("erase")
    change(request, "verify")
    later = utc_now() + timedelta(days=7)
    actions.expire(table, request["id"], now=utc_now())
    assert state_of(request) == "VERIFYING"
    actions.expire(table, request["id"], now=later)
    assert store.request(table, request["id"]).state is RequestState.EXPIRED
    assert open_link(request, "POST")[0] == 409


@pytest.mark.usefixtures("candidate")
def test_nobody_asks_for_an_account_that_there_is_not() -> None:
    asked = {"kind": "erase", "email": "bob@example.com"}
    assert call("POST", REQUESTS, asked, headers={"Idempotency-Key": "bob"})[0] == 404


@pytest.mark.usefixtures("candidate")
def test_a_link_for_something_else_confirms_no_request() -> None:
    request = ask("opt-out")
    change(request, "verify")
    token = sign(Purpose.UNSUBSCRIBE, request["id"], expires_at=utc_now() + timedelta(days=1), key=signing_key())
    answer = public_links(make_api_event("POST", f"/o/{token}", sub=None, groups=""), make_context())
    assert answer["statusCode"] == 404
    assert state_of(request) == "VERIFYING"
