from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from functions.public_links.handler import handler as public_links
from functions.receive_email.handler import handler
from hiring.candidates import actions as participation
from hiring.candidates import store as candidates
from hiring.candidates.model import Candidate, CandidateMove, CandidateState
from hiring.notifications import subscriptions
from hiring.notifications.actions import Sender, send
from hiring.notifications.model import Kind, Mail
from hiring.notifications.receiving import Received, Receiver, receive
from hiring.notifications.subscriptions import Subscription
from hiring.shared import keys
from hiring.shared.addresses import address_digest
from hiring.shared.clock import utc_now
from hiring.shared.files import Files
from hiring.shared.links import signing_key
from hiring.shared.outbox import Envelope
from hiring.shared.table import Put, Table
from hiring.support.model import SupportRequest, mail_key
from tests.builders import NOW, SENDER, make_api_event, make_context, store_shortlist, waiting
from tests.integration.test_operator_api import call
from tests.integration.test_operators import acts

TRIGGER = Path(__file__).parents[2] / "events" / "triggers" / "receive_email.came.json"
SUPPORT = "help@jobs.example.com"
OBJECT = "mail/7r6kd2vv0c8ejq1l5b3s9t4u"
AN_HOUR = timedelta(hours=1)


@pytest.fixture
def candidate(table: Table) -> Candidate:
    made = store_shortlist(table).candidate
    table.commit([candidates.put_account_address(made, signing_key())], now=NOW)
    return made


@pytest.fixture
def receiver(table: Table, artefacts: Files) -> Receiver:
    return Receiver(table, artefacts, signing_key(), frozenset({SUPPORT, SENDER}))


def _came(receiver: Receiver, sender: str, *, subject: str = "Please take me off", more: str = "") -> str:
    """A mail lies in the bucket; its version."""
    raw = f"{more}From: Somebody <{sender}>\r\nTo: {SUPPORT}\r\nSubject: {subject}\r\n\r\nPlease.".encode()
    version = receiver.files.put(OBJECT, raw, content_type="message/rfc822")
    assert version
    return version


def _receive(receiver: Receiver, sender: str, *, now: Any = NOW, **mail: str) -> Received:
    outcome = receive(receiver, OBJECT, _came(receiver, sender, **mail), now)
    assert list(receiver.files.versions("mail/")) == []  # whatever became of it, it is gone
    return outcome


def _asked_for(table: Table, candidate: Candidate) -> list[Envelope]:
    requests = table.index_page("gsi1", f"CAND#{candidate.id}#REQ").items
    return [
        each for item in requests for each in waiting(table, item.key.pk) if each.body["template"] == "leaving-link"
    ]


class Letters:
    def __init__(self) -> None:
        self.taken: list[Mail] = []

    def send(self, mail: Mail) -> str:
        self.taken.append(mail)
        return f"ses-{len(self.taken)}"


def test_R27_a_mail_from_an_accounts_address_leads_to_a_link_at_that_address_which_opts_out(
    table: Table, receiver: Receiver, candidate: Candidate
) -> None:
    assert _receive(receiver, candidate.email.upper(), now=utc_now()) is Received.LINK_SENT
    assert candidates.candidate(table, candidate.id).value.state is CandidateState.ACTIVE
    (envelope,) = _asked_for(table, candidate)
    letters = Letters()
    send(Sender(table, letters, "https://jobs.example.com/v1", signing_key()), envelope, utc_now())

    (mail,) = letters.taken
    assert mail.to.address == candidate.email
    (link,) = [line for line in mail.text.splitlines() if "/o/" in line]
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    path = link.removeprefix("https://jobs.example.com/v1")
    answer = public_links(make_api_event("POST", path, body="confirm=yes", headers=form), make_context())
    assert answer["statusCode"] == 200
    assert candidates.candidate(table, candidate.id).value.state is CandidateState.OPTED_OUT
    (request,) = table.index_page("gsi1", f"CAND#{candidate.id}#REQ").items
    assert (request.data["kind"], request.data["state"]) == ("opt-out", "DONE")
    assert _receive(receiver, candidate.email, now=utc_now()) is Received.LEFT_BEFORE


def test_R27_one_address_gets_one_link_an_hour(table: Table, receiver: Receiver, candidate: Candidate) -> None:
    for minutes, outcome in (
        (0, Received.LINK_SENT),
        (1, Received.LINK_SENT_BEFORE),
        (59, Received.LINK_SENT_BEFORE),
        (60, Received.LINK_SENT),
        (61, Received.LINK_SENT_BEFORE),
    ):
        assert _receive(receiver, candidate.email, now=NOW + timedelta(minutes=minutes)) is outcome
    assert len(_asked_for(table, candidate)) == 2


def test_R27_an_event_that_comes_twice_does_nothing_more(
    table: Table, receiver: Receiver, candidate: Candidate
) -> None:
    version = _came(receiver, candidate.email)

    outcomes = [receive(receiver, OBJECT, version, NOW + number * AN_HOUR) for number in range(2)]

    assert outcomes == [Received.LINK_SENT, Received.GONE]
    assert len(_asked_for(table, candidate)) == 1


@pytest.mark.parametrize(
    ("sender", "outcome"),
    [
        ("stranger@example.com", Received.UNKNOWN_ADDRESS),
        ("nobody", Received.NO_SENDER),
        (SUPPORT.upper(), Received.AUTOMATIC),
        (SENDER, Received.AUTOMATIC),
    ],
)
def test_R27_others_get_nothing(
    table: Table, receiver: Receiver, candidate: Candidate, sender: str, outcome: Received
) -> None:
    assert _receive(receiver, sender) is outcome
    assert _asked_for(table, candidate) == []


@pytest.mark.parametrize("header", ["Auto-Submitted: auto-replied", "List-Id: <x>", "Precedence: bulk"])
def test_R27_programs_get_no_answer_so_that_no_loop_begins(
    table: Table, receiver: Receiver, candidate: Candidate, header: str
) -> None:
    assert _receive(receiver, candidate.email, more=f"{header}\r\n") is Received.AUTOMATIC
    assert _asked_for(table, candidate) == []


def test_R30_an_unsubscribe_mail_switches_off_its_kind_whoever_it_says_to_be_from(
    table: Table, receiver: Receiver, candidate: Candidate
) -> None:
    token = subscriptions.sign_link(Subscription(candidate.id, Kind.MESSAGES), key=signing_key(), now=NOW)
    subject = f"unsubscribe {token}"
    forged = f"unsubscribe {token[:-2]}xx"

    assert _receive(receiver, "robot@example.net", subject=forged) is Received.UNKNOWN_ADDRESS
    assert candidates.notification_settings(table, candidate.id).value.messages
    outcome = _receive(receiver, "robot@example.net", subject=subject, more="Precedence: bulk\r\n")
    assert outcome is Received.UNSUBSCRIBED
    settings = candidates.notification_settings(table, candidate.id).value
    assert (settings.messages, settings.announcements) == (False, True)
    assert _asked_for(table, candidate) == []


def test_R27_the_handler_reads_what_the_event_names(table: Table, receiver: Receiver, candidate: Candidate) -> None:
    event = json.loads(TRIGGER.read_text())
    notice = json.loads(event["Records"][0]["body"])
    stored = notice["Records"][0]["s3"]["object"]
    stored["versionId"] = _came(receiver, candidate.email)
    stored["key"] = OBJECT
    event["Records"][0]["body"] = json.dumps(notice)

    assert handler(event, make_context()) == {"batchItemFailures": []}
    assert len(_asked_for(table, candidate)) == 1


def _requests(table: Table, candidate: Candidate) -> list[SupportRequest]:
    return [item.read(SupportRequest) for item in table.index_page("gsi1", f"CAND#{candidate.id}#REQ").items]


@pytest.mark.parametrize(
    ("subject", "kind"),
    [
        ("Please delete all my data", "erase"),
        ("I want a copy of everything", "export"),
        ("My job title is wrong", "correct"),
        ("Where are my matches?", "question"),
    ],
)
def test_R27_other_wishes_are_listed_for_operators_and_nothing_is_done_about_them(
    table: Table, receiver: Receiver, candidate: Candidate, subject: str, kind: str
) -> None:
    assert _receive(receiver, candidate.email, subject=subject) is Received.REQUEST_OPENED

    [request] = _requests(table, candidate)
    assert (request.kind, request.state, request.by_mail) == (kind, "OPEN", True)
    assert waiting(table, f"REQ#{request.id}") == []  # no link before an operator asks for it
    assert candidates.candidate(table, candidate.id).value == candidate
    assert "subject" not in str(table.get(keys.support_request(request.id)))

    where = f"/operator/support-requests/{request.id}"
    status, mail, _ = call("GET", f"{where}/mail")
    assert status == 200
    key = mail_key(candidate.id, request.id)
    assert key in mail["link"]
    stored = receiver.files.get(key)
    assert stored
    assert f"Subject: {subject}".encode() in stored.data
    assert ("mail-looked-at", request.id) in acts()
    assert candidate.email not in str(acts())
    listed = call("GET", "/operator/support-requests", query={"state": "OPEN"})[1]["items"]
    assert [(each["id"], each["kind"]) for each in listed] == [(request.id, kind)]


def test_R27_a_wish_that_is_received_twice_is_one_request(
    table: Table, receiver: Receiver, candidate: Candidate
) -> None:
    version = _came(receiver, candidate.email, subject="Where are my matches?")
    again = receiver.files.get(OBJECT, version_id=version)
    assert again
    assert receive(receiver, OBJECT, version, NOW) is Received.REQUEST_OPENED
    assert receive(receiver, OBJECT, version, NOW) is Received.GONE
    assert len(_requests(table, candidate)) == 1
    # It died after the commit: the mail lies there still.
    lies = _came(receiver, candidate.email, subject="Where are my matches?")
    digest = address_digest(candidate.email, signing_key())
    table.commit([Put(keys.rate(digest, f"mail-{lies}"), {"at": NOW.isoformat()})], now=NOW)
    assert receive(receiver, OBJECT, lies, NOW) is Received.RECEIVED_BEFORE
    assert len(_requests(table, candidate)) == 1


def test_R27_more_than_ten_wishes_a_day_are_not_listed(receiver: Receiver, candidate: Candidate) -> None:
    outcomes = [_receive(receiver, candidate.email, subject=f"Question {number}") for number in range(11)]
    assert outcomes == [Received.REQUEST_OPENED] * 10 + [Received.TOO_MANY]
    tomorrow = NOW + timedelta(days=1)
    assert _receive(receiver, candidate.email, subject="Question", now=tomorrow) is Received.REQUEST_OPENED


def test_R27_who_has_left_may_still_ask_to_be_erased(table: Table, receiver: Receiver, candidate: Candidate) -> None:
    participation.move(table, candidate.login, CandidateMove.OPT_OUT, now=NOW)
    assert _receive(receiver, candidate.email, subject="Delete my account") is Received.REQUEST_OPENED


def test_R27_a_request_without_a_mail_has_none_to_read(candidate: Candidate) -> None:
    asked = {"kind": "question", "email": candidate.email}
    _, request, _ = call("POST", "/operator/support-requests", asked, headers={"Idempotency-Key": "one"})
    assert call("GET", f"/operator/support-requests/{request['id']}/mail")[0] == 404
