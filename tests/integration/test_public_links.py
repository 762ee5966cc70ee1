from __future__ import annotations

import json
import os
import re
from base64 import b64encode
from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256
from html import unescape
from typing import Any

import pytest

from functions.public_links.handler import handler
from hiring.candidates import store as candidate_store
from hiring.candidates.model import Candidate, CandidateState, NotificationSettings
from hiring.invitations import actions as invitations
from hiring.invitations.model import Invitation
from hiring.notifications import subscriptions
from hiring.notifications.model import Kind
from hiring.notifications.subscriptions import Subscription
from hiring.shared import keys
from hiring.shared.clock import utc_now
from hiring.shared.links import Purpose, sign, signing_key
from hiring.shared.table import Item, Remove, Table
from hiring.support import store as support
from hiring.support.model import RequestKind, RequestState, SupportRequest
from tests.builders import aws_client, invite, make_api_event, make_context, make_id, store_shortlist, waiting

BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
PROGRAM = {"Accept": "application/json"}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def _call(method: str, path: str, *, body: str | None = None, headers: dict[str, str] | None = None) -> dict[str, Any]:
    sent = BROWSER if headers is None else headers
    return handler(make_api_event(method, path, body=body, headers=sent), make_context())


def _invited(table: Table, *, days_ago: int = 0) -> tuple[Invitation, str]:
    invitation = invite(table, store_shortlist(table), now=utc_now() - timedelta(days=days_ago))
    return invitation, f"/r/{_token(invitation)}"


def _token(invitation: Invitation) -> str:
    expires_at = invitation.expires_at + timedelta(days=30)
    return sign(Purpose.RESPOND, invitation.id, expires_at=expires_at, key=signing_key())


def _answer(path: str, answer: str, **headers: str) -> dict[str, Any]:
    return _call("POST", path, body=f"answer={answer}", headers={**BROWSER, **FORM, **headers})


def _everything(table: Table, invitation: Invitation) -> list[Item]:
    conversation = list(table.query(f"CNV#{invitation.conversation_id}"))
    return [*table.query(f"INV#{invitation.id}"), *conversation]


def test_R16_the_page_shows_client_job_pay_place_message_and_deadline_with_two_buttons(table: Table) -> None:
    invitation, path = _invited(table)

    answer = _call("GET", path)

    page = unescape(answer["body"])
    assert answer["statusCode"] == 200
    for said in (
        "Gipfelwerk GmbH",
        "Senior Backend Engineer",
        "EUR 72,000 to 92,000 a year",
        "Partly from home, partly in Vienna, Austria",
        invitation.message,
        f"{invitation.expires_at:%-d %B %Y, %H:%M} UTC",
    ):
        assert said in page
    assert re.findall(r"<button[^>]*>(\w+)</button>", page) == ["Accept", "Decline"]
    assert page.count("<form") == 1


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_R18_reading_the_link_never_changes_anything(table: Table, method: str) -> None:
    invitation, path = _invited(table)
    before = _everything(table, invitation)

    for headers in (BROWSER, PROGRAM, {}):
        answer = _call(method, path, headers=headers)
        assert answer["statusCode"] == (204 if method == "OPTIONS" else 200)

    assert _everything(table, invitation) == before


def test_head_is_get_without_a_body_and_options_names_the_methods(table: Table) -> None:
    _, path = _invited(table)

    head, get, options = _call("HEAD", path), _call("GET", path), _call("OPTIONS", path)

    assert head["body"] == options["body"] == ""
    assert head["multiValueHeaders"] == get["multiValueHeaders"]
    assert options["multiValueHeaders"]["Allow"] == ["GET, HEAD, OPTIONS, POST"]


def test_another_method_gets_405_with_allow(table: Table) -> None:
    _, path = _invited(table)

    for method in ("PUT", "DELETE", "PATCH"):
        answer = _call(method, path)
        assert (answer["statusCode"], answer["multiValueHeaders"]["Allow"]) == (405, ["GET, HEAD, OPTIONS, POST"])


@pytest.mark.parametrize(
    ("stated", "state", "told"),
    [("accept", "ACCEPTED", "You accepted this invitation"), ("decline", "DECLINED", "You declined this invitation")],
)
def test_R18_only_the_forms_post_acts_and_leads_back_to_the_page(
    table: Table, stated: str, state: str, told: str
) -> None:
    invitation, path = _invited(table)

    answer = _answer(path, stated)

    assert answer["statusCode"] == 303
    assert path.endswith(f"/{answer['multiValueHeaders']['Location'][0]}")
    item = table.get(keys.invitation(invitation.id))
    assert item
    assert item.data["state"] == state
    page = _call("GET", path)
    assert told in page["body"]
    assert "<form" not in page["body"]


def test_R17_the_same_answer_again_leads_to_the_same_page_and_tells_the_client_once(table: Table) -> None:
    invitation, path = _invited(table)

    answers = [_answer(path, "accept") for _ in range(3)]

    assert [answer["statusCode"] for answer in answers] == [303, 303, 303]
    templates = [mail.body["template"] for mail in waiting(table, f"INV#{invitation.id}")]
    assert sorted(templates) == ["invitation", "invitation-answered"]


def test_R17_the_other_answer_is_refused_on_a_clear_page(table: Table) -> None:
    _, path = _invited(table)
    _answer(path, "accept")

    answer = _answer(path, "decline")

    assert answer["statusCode"] == 409
    assert 'role="alert">This answer changed nothing. You accepted this invitation on' in answer["body"]


def test_R16_a_late_answer_is_refused_on_a_clear_page(table: Table) -> None:
    _, path = _invited(table, days_ago=8)

    page, answer = _call("GET", path), _answer(path, "accept")

    assert (page["statusCode"], answer["statusCode"]) == (200, 409)
    for shown in (page, answer):
        assert "This invitation expired on" in shown["body"]
        assert "<form" not in shown["body"]


def test_what_became_of_a_withdrawn_invitation_can_be_read(table: Table) -> None:
    invitation, path = _invited(table)
    invitations.withdraw(table, invitation.id, by=invitation.invited_by, now=utc_now())

    assert "The client withdrew this invitation" in _call("GET", path)["body"]
    assert _answer(path, "accept")["statusCode"] == 409


@pytest.mark.parametrize("body", ["", "answer=maybe", "reply=accept", '{"answer": "accept"}', "answer=", "%FF=%FF"])
def test_a_post_that_states_no_answer_changes_nothing(table: Table, body: str) -> None:
    invitation, path = _invited(table)
    before = _everything(table, invitation)

    answer = _call("POST", path, body=body, headers={**BROWSER, **FORM})

    assert answer["statusCode"] == 422
    assert "Choose Accept or Decline." in answer["body"]
    assert _everything(table, invitation) == before


def test_a_form_that_the_gateway_encoded_is_understood(table: Table) -> None:
    invitation, path = _invited(table)
    event = make_api_event("POST", path, body=b64encode(b"answer=accept").decode(), headers={**BROWSER, **FORM})

    answer = handler({**event, "isBase64Encoded": True}, make_context())

    assert answer["statusCode"] == 303
    item = table.get(keys.invitation(invitation.id))
    assert item
    assert item.data["state"] == "ACCEPTED"


def test_R18_a_token_for_another_purpose_or_invitation_or_without_our_seal_is_a_404(table: Table) -> None:
    invitation, path = _invited(table)
    soon = utc_now() + timedelta(days=1)
    cursor = sign(Purpose.CURSOR, invitation.id, expires_at=soon, key=signing_key())
    forged = sign(Purpose.RESPOND, invitation.id, expires_at=soon, key=b"another key")
    unknown = sign(Purpose.RESPOND, "inv_none", expires_at=soon, key=signing_key())
    changed = path.removeprefix("/r/")[:-2] + "AA"

    for token in (cursor, forged, unknown, changed, "x", "..", "é"):
        for answer in (_call("GET", f"/r/{token}"), _answer(f"/r/{token}", "accept")):
            assert answer["statusCode"] == 404, token


def test_R18_a_token_whose_time_is_over_is_gone(table: Table) -> None:
    invitation, _ = _invited(table)
    old = sign(Purpose.RESPOND, invitation.id, expires_at=utc_now() - timedelta(seconds=1), key=signing_key())

    for answer in (_call("GET", f"/r/{old}"), _answer(f"/r/{old}", "accept")):
        assert answer["statusCode"] == 410
        assert answer["multiValueHeaders"]["Content-Type"] == ["text/html; charset=utf-8"]


def test_errors_are_pages_for_people_and_problems_for_programs() -> None:
    page, problem = _call("GET", "/r/nonsense"), _call("GET", "/r/nonsense", headers=PROGRAM)

    assert page["multiValueHeaders"]["Content-Type"] == ["text/html; charset=utf-8"]
    assert "<h1>There is no such thing</h1>" in page["body"]
    assert problem["multiValueHeaders"]["Content-Type"] == ["application/problem+json"]
    assert json.loads(problem["body"])["code"] == "not-found"


def test_R17_a_program_is_told_the_current_state(table: Table) -> None:
    _, path = _invited(table)
    _answer(path, "accept")

    problem = json.loads(_call("POST", path, body="answer=decline", headers={**PROGRAM, **FORM})["body"])

    assert (problem["status"], problem["current_state"]) == (409, "ACCEPTED")


def test_pages_load_nothing_run_nothing_and_keep_their_address_to_themselves(table: Table) -> None:
    _, path = _invited(table)

    for shown in (path, "/r/nonsense", "/docs", "/problems/not-found"):
        answer = _call("GET", shown)
        headers = {name: values[0] for name, values in answer["multiValueHeaders"].items()}
        style = re.search(r"<style>(.*?)</style>", answer["body"], re.DOTALL)
        assert style
        digest = b64encode(sha256(style[1].encode()).digest()).decode()
        assert headers["Content-Security-Policy"] == (
            f"default-src 'none'; style-src 'sha256-{digest}'; "
            "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
        )
        assert headers["Referrer-Policy"] == "no-referrer"
        assert headers["Cache-Control"] == "no-store"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert not re.search(r"<(script|img|link|iframe|object)\b|\sstyle=|\son\w+=|https?://", answer["body"])


def test_what_a_client_wrote_is_shown_as_text(table: Table) -> None:
    shortlist = store_shortlist(table, title="<b>Engineer</b>", description="<script>alert(1)</script>")
    path = f"/r/{_token(invite(table, shortlist, now=utc_now()))}"

    page = _call("GET", path)["body"]

    assert "<script" not in page
    assert "&lt;b&gt;Engineer&lt;/b&gt;" in page


def test_health_answers() -> None:
    answer = _call("GET", "/health", headers=PROGRAM)

    assert (answer["statusCode"], json.loads(answer["body"])) == (200, {"status": "ok"})


def test_the_reference_names_every_call_of_the_openapi_document() -> None:
    document = _call("GET", "/openapi.json", headers=PROGRAM)
    page = _call("GET", "/docs")

    assert document["multiValueHeaders"]["Content-Type"] == ["application/json"]
    calls = [
        (method.upper(), path, call)
        for path, item in json.loads(document["body"])["paths"].items()
        for method, call in item.items()
    ]
    assert len(calls) > 20
    for method, path, call in calls:
        assert f"<code>{method} {path}</code>" in page["body"]
        assert f'id="{call["operationId"]}"' in page["body"]
    targets = set(re.findall(r'href="#([^"]+)"', page["body"]))
    assert targets <= set(re.findall(r'id="([^"]+)"', page["body"]))


@pytest.mark.parametrize("code", ["not-found", "invitation-expired", "already-invited", "declined-recently"])
def test_every_error_code_is_explained(code: str) -> None:
    answer = _call("GET", f"/problems/{code}")

    assert answer["statusCode"] == 200
    assert f"<code>{code}</code>" in answer["body"]


def test_an_unknown_address_is_a_404() -> None:
    for path in ("/nowhere", "/problems/none", "/r"):
        answer = _call("GET", path, headers=PROGRAM)
        assert (answer["statusCode"], json.loads(answer["body"])["code"]) == (404, "not-found")


def _whole_table() -> list[dict[str, Any]]:
    items = aws_client("dynamodb").scan(TableName=os.environ["TABLE_NAME"])["Items"]
    return sorted(items, key=lambda item: (item["pk"]["S"], item["sk"]["S"]))


LINKED = ("messages", "announcements")


def _subscribed(table: Table, kind: str = "messages") -> tuple[str, str]:
    """A candidate's id, and the path that ends one kind of mail to that candidate."""
    candidate = store_shortlist(table).candidate.id
    subscription = Subscription(candidate, Kind(kind))
    return candidate, f"/u/{subscriptions.sign_link(subscription, key=signing_key(), now=utc_now())}"


def _leaving(table: Table) -> tuple[Candidate, str]:
    candidate, now = store_shortlist(table).candidate, utc_now()
    request = SupportRequest(
        id=make_id("req"),
        kind=RequestKind.OPT_OUT,
        candidate_id=candidate.id,
        state=RequestState.OPEN,
        opened_at=now,
        changed_at=now,
    ).verify(now=now)
    table.commit([support.put_request(request)], now=now)
    token = sign(Purpose.CONFIRM_REQUEST, request.id, expires_at=now + timedelta(days=1), key=signing_key())
    return candidate, f"/o/{token}"


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
@pytest.mark.parametrize("page", [_subscribed, _leaving])
def test_R18_reading_the_links_that_end_mails_or_matching_changes_nothing(
    table: Table, method: str, page: Callable[[Table], tuple[object, str]]
) -> None:
    _, path = page(table)
    before = _whole_table()

    answer = _call(method, path)

    assert answer["statusCode"] == (204 if method == "OPTIONS" else 200)
    assert answer["body"].count("<button") == (1 if method == "GET" else 0)
    assert _whole_table() == before


@pytest.mark.parametrize("kind", LINKED)
def test_R30_the_form_switches_off_one_kind_of_mail_and_on_again(table: Table, kind: str) -> None:
    candidate, path = _subscribed(table, kind)
    off = NotificationSettings.model_validate({kind: False})

    for _ in range(2):  # again, it changes nothing
        answer = _call("POST", path, body="mails=off", headers={**BROWSER, **FORM})
        assert answer["statusCode"] == 200
        assert "Switch on again" in answer["body"]
        stored = candidate_store.notification_settings(table, candidate)
        assert (stored.value, stored.version) == (off, 1)

    answer = _call("POST", path, body="mails=on", headers={**BROWSER, **FORM})
    assert "Switch off</button>" in answer["body"]
    assert candidate_store.notification_settings(table, candidate).value == NotificationSettings()


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("application/x-www-form-urlencoded", "List-Unsubscribe=One-Click"),
        (
            'multipart/form-data; boundary="b"',
            '--b\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--b--\r\n',
        ),
        ("application/x-www-form-urlencoded", None),
    ],
)
def test_R30_one_click_in_a_mail_program_switches_off_without_a_redirect(
    table: Table, content_type: str, body: str | None
) -> None:
    candidate, path = _subscribed(table)

    answer = _call("POST", path, body=body, headers={"Content-Type": content_type})

    assert answer["statusCode"] == 200
    assert not candidate_store.notification_settings(table, candidate).value.messages
    assert candidate_store.notification_settings(table, candidate).value.announcements


def test_R27_the_form_opts_out_at_once_and_says_how_to_come_back(table: Table) -> None:
    candidate, path = _leaving(table)

    for _ in range(2):
        answer = _call("POST", path, body="confirm=yes", headers={**BROWSER, **FORM})
        assert answer["statusCode"] == 200
        assert "You have opted out" in answer["body"]
        assert "If you change your mind, sign in" in answer["body"]
        assert "<form" not in answer["body"]

    stored = candidate_store.candidate(table, candidate.id)
    assert (stored.value.state, stored.version) == (CandidateState.OPTED_OUT, 2)
    assert table.get(keys.delta(candidate.id))


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("place", ["r", "u", "o", "v"])
def test_R18_a_link_of_another_purpose_is_not_found(table: Table, place: str, method: str) -> None:
    _, invited = _invited(table)
    tokens = {
        "r": invited.rpartition("/")[2],
        "u": _subscribed(table)[1].rpartition("/")[2],
        "o": _leaving(table)[1].rpartition("/")[2],
    }

    for purpose, token in tokens.items():
        if purpose != place and (place, method) != ("v", "POST"):
            assert _call(method, f"/{place}/{token}", body="answer=accept")["statusCode"] == 404


def test_R18_the_links_that_end_something_expire(table: Table) -> None:
    candidate = store_shortlist(table).candidate.id
    long_ago = utc_now() - timedelta(days=800)
    ended = subscriptions.sign_link(Subscription(candidate, Kind.MESSAGES), key=signing_key(), now=long_ago)
    left = sign(Purpose.CONFIRM_REQUEST, candidate, expires_at=utc_now(), key=signing_key())

    for path in (f"/u/{ended}", f"/o/{left}"):
        assert _call("GET", path)["statusCode"] == _call("POST", path)["statusCode"] == 410


def test_the_links_of_somebody_who_is_gone_lead_to_nothing(table: Table) -> None:
    candidate, leaving = _leaving(table)
    token = subscriptions.sign_link(Subscription(candidate.id, Kind.MESSAGES), key=signing_key(), now=utc_now())
    table.commit([Remove(keys.candidate(candidate.id), 1)], now=utc_now())
    before = list(table.query(f"CAND#{candidate.id}"))

    assert [_call("POST", path)["statusCode"] for path in (leaving, f"/u/{token}")] == [404, 404]
    assert list(table.query(f"CAND#{candidate.id}")) == before
