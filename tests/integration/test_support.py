"""What somebody asks support for counts once the account's own address has confirmed it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from functions.close_overdue.handler import handler as close_overdue
from functions.public_links.handler import handler as public_links
from hiring.candidates import actions as actions_of_candidates
from hiring.candidates import store as candidates
from hiring.candidates.model import Candidate, CandidateMove, CandidateState, NotificationSettings
from hiring.notifications.actions import Sender, send
from hiring.notifications.model import Mail
from hiring.privacy import store as privacy
from hiring.privacy.model import Erasure, ExportState
from hiring.shared.clock import utc_now
from hiring.shared.links import Purpose, sign, signing_key
from hiring.shared.outbox import MessageKind
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


def a_minute_passes() -> None:
    done = close_overdue({"id": "tick"}, make_context())
    assert done["failed"] == 0


def test_R28_a_wish_to_be_erased_begins_by_itself_once_it_is_verified(table: Table, candidate: Candidate) -> None:
    request = ask("erase")
    a_minute_passes()
    change(request, "verify")
    a_minute_passes()
    assert candidates.candidate(table, candidate.id).value.state is CandidateState.ACTIVE
    assert "begins within a minute" in open_link(request, "POST")[1]
    assert state_of(request) == "VERIFIED"
    assert change(request, "finish")[0] == 409  # nobody ends it but who carries it out
    a_minute_passes()
    a_minute_passes()
    done = call("GET", f"{REQUESTS}/{request['id']}")[1]
    erasure = privacy.erasure_item(table, candidate.id).read(Erasure)
    assert (done["state"], done["led_to"]) == ("DONE", erasure.id)
    assert candidates.candidate(table, candidate.id).value.state is CandidateState.OPTED_OUT
    [asked] = [each for each in waiting(table, f"CAND#{candidate.id}") if each.kind is MessageKind.ERASURE_REQUESTED]
    assert asked.body == {"candidate_id": candidate.id}
    assert [event for event in audit() if event["act"] == "request-fulfilled"] == [
        {**audit()[-1], "by": "confirmed-link", "about": request["id"]}
    ]
    assert "begins within a minute" in open_link(request, "GET")[1]


def audit() -> list[dict[str, Any]]:
    return list(call("GET", "/operator/audit", query={"day": f"{utc_now():%Y-%m-%d}"})[1]["items"])


def test_R28_who_is_being_erased_already_is_not_erased_twice(table: Table, candidate: Candidate) -> None:
    asking = {"kind": "erase", "email": "ada@example.com"}
    requests = [call("POST", REQUESTS, asking, headers={"Idempotency-Key": each})[1] for each in ("one", "another")]
    for request in requests:
        change(request, "verify")
        open_link(request, "POST")
    a_minute_passes()
    ends = [call("GET", f"{REQUESTS}/{request['id']}")[1] for request in requests]
    assert [end["state"] for end in ends] == ["DONE", "DONE"]
    assert len({end["led_to"] for end in ends}) == 1
    asked = [each for each in waiting(table, f"CAND#{candidate.id}") if each.kind is MessageKind.ERASURE_REQUESTED]
    assert len(asked) == 1


def test_R28_a_wish_for_a_copy_begins_by_itself_once_it_is_verified(table: Table, candidate: Candidate) -> None:
    request = ask("export")
    change(request, "verify")
    open_link(request, "POST")
    a_minute_passes()
    done = call("GET", f"{REQUESTS}/{request['id']}")[1]
    export = privacy.export(table, candidate.id, done["led_to"])
    assert (done["state"], export.state) == ("DONE", ExportState.REQUESTED)
    [asked] = [each for each in waiting(table, f"CAND#{candidate.id}") if each.kind is MessageKind.EXPORT_REQUESTED]
    assert asked.body["export_id"] == export.id


def test_R28_who_has_left_gets_the_link_that_confirms_all_the_same(table: Table, candidate: Candidate) -> None:
    actions_of_candidates.move(table, candidate.login, CandidateMove.OPT_OUT, now=utc_now())
    request = ask("erase")
    change(request, "verify")
    [asked] = waiting(table, f"REQ#{request['id']}")
    sent: list[Mail] = []
    send(Sender(table, Carrier(sent), "https://jobs.example.com/v1", signing_key()), asked, utc_now())
    assert [mail.to.address for mail in sent] == [candidate.email]


class Carrier:
    def __init__(self, sent: list[Mail]) -> None:
        self.sent = sent

    def send(self, mail: Mail) -> str:
        self.sent.append(mail)
        return "ses-1"


@pytest.mark.usefixtures("candidate")
@pytest.mark.parametrize("kind", ["replace-resume", "correct"])
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
