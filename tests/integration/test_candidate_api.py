"""A candidate enrols, states preferences, hands in a resume, and leaves: over the function that answers `/me`."""

from __future__ import annotations

import json
import os
from typing import Any
from urllib.parse import urljoin

import pytest

from functions.candidate_api.handler import handler
from hiring.intake.actions import Intake
from hiring.intake.model import Drop, Outcome
from hiring.resumes.reader import read
from hiring.shared import keys
from hiring.shared.addresses import address_digest
from hiring.shared.files import artefacts, resumes
from hiring.shared.links import signing_key
from hiring.shared.table import Table
from hiring.suppressions import store as suppressions
from hiring.suppressions.model import Suppression, SuppressionReason
from tests.builders import NOW, aws_client, make_api_event, make_context

RESUME = b"""Ada Lovelace
ada@example.com | +43 660 1234567 | Vienna

Experience

Analyst, Engine Works, London
Jan 2020 - Mar 2022
Wrote programs for a machine that was not yet built.
"""
ENROLMENT = {"open_to_full_time": True, "notice_version": "2026-11"}


@pytest.fixture
def token() -> str:
    return sign_up("ada@example.com", verified=True)


def sign_up(email: str, *, verified: bool) -> str:
    """A user of the pool with this address; returns an access token as Cognito gives it."""
    cognito, pool = aws_client("cognito-idp"), os.environ["USER_POOL_ID"]
    flows = ["ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]
    client = cognito.create_user_pool_client(UserPoolId=pool, ClientName="web", ExplicitAuthFlows=flows)
    client_id = client["UserPoolClient"]["ClientId"]
    attributes = [{"Name": "email", "Value": email}, {"Name": "email_verified", "Value": str(verified).lower()}]
    cognito.admin_create_user(UserPoolId=pool, Username=email, UserAttributes=attributes)
    password = "Correct-Horse-9"
    cognito.admin_set_user_password(UserPoolId=pool, Username=email, Password=password, Permanent=True)
    answer = cognito.admin_initiate_auth(
        UserPoolId=pool,
        ClientId=client_id,
        AuthFlow="ADMIN_USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": email, "PASSWORD": password},
    )
    return str(answer["AuthenticationResult"]["AccessToken"])


def call(
    method: str, path: str, body: Any = None, *, sub: str = "sub-1", groups: str = "candidate", **more: Any
) -> Any:
    answer = handler(make_api_event(method, path, body=body, sub=sub, groups=groups, **more), make_context())
    content = json.loads(answer["body"]) if answer.get("body") else None
    return int(answer["statusCode"]), content, {name: v[0] for name, v in answer["multiValueHeaders"].items()}


def enrol(token: str, **more: Any) -> Any:
    return call("PUT", "/me/enrolment", ENROLMENT, headers={"Authorization": f"Bearer {token}"}, **more)


def test_before_enrolment_there_is_nobody() -> None:
    assert call("GET", "/me")[1]["enrolled"] is False
    assert call("GET", "/me/preferences")[0] == 404


def test_R1_enrolling_keeps_the_consent_and_the_verified_address(token: str, table: Table) -> None:
    status, me, _ = enrol(token)
    assert (status, me["state"], me["notice_version"]) == (200, "ACTIVE", "2026-11")
    head = table.get(keys.candidate(me["id"]))
    assert head is not None
    assert head.data["email"] == "ada@example.com"
    assert enrol(token)[1]["id"] == me["id"]
    assert call("GET", "/me")[1]["id"] == me["id"]


def test_R1_consent_must_be_said(token: str) -> None:
    headers = {"Authorization": f"Bearer {token}"}
    refused = call("PUT", "/me/enrolment", {**ENROLMENT, "open_to_full_time": False}, headers=headers)
    assert refused[0] == 422
    assert refused[1]["errors"][0]["pointer"] == "/open_to_full_time"


def test_an_address_must_be_verified_first() -> None:
    status, problem, _ = enrol(sign_up("new@example.com", verified=False))
    assert (status, problem["code"]) == (422, "email-not-verified")


def test_preferences_are_a_document_with_versions(token: str) -> None:
    enrol(token)
    status, nothing, headers = call("GET", "/me/preferences")
    assert (status, nothing["minimum_pay"], headers["ETag"]) == (200, None, '"0"')
    wanted = {"work_modes": ["remote"], "minimum_pay": {"amount": {"amount_minor": 5000000, "currency": "EUR"}}}
    assert call("PUT", "/me/preferences", wanted)[0] == 428
    status, stored, headers = call("PUT", "/me/preferences", wanted, headers={"If-Match": '"0"'})
    assert (status, stored["work_modes"], headers["ETag"]) == (200, ["remote"], '"1"')
    assert call("PUT", "/me/preferences", wanted, headers={"If-Match": '"0"'})[0] == 412
    assert call("GET", "/me/preferences", headers={"If-None-Match": '"1"'})[0] == 304
    assert call("PUT", "/me/preferences", wanted, headers={"If-Match": "latest"})[0] == 400
    assert call("PUT", "/me/preferences", wanted, headers={"If-Match": '"never"'})[0] == 412
    assert call("PUT", "/me/preferences", wanted, headers={"If-Match": f'"{10**40}"'})[0] == 412


def test_changed_preferences_reach_the_next_run(token: str, table: Table) -> None:
    candidate = enrol(token)[1]["id"]
    call("PUT", "/me/preferences", {}, headers={"If-Match": '"0"'})
    first = table.get(keys.delta(candidate))
    call("PUT", "/me/preferences", {}, headers={"If-Match": '"1"'})
    second = table.get(keys.delta(candidate))
    assert first is not None
    assert second is not None
    assert first.data["change"] != second.data["change"]


def test_employer_blocks_are_a_document_too(token: str) -> None:
    enrol(token)
    blocks = {"names": ["Harbour Analytics"]}
    assert call("PUT", "/me/employer-blocks", blocks, headers={"If-Match": '"0"'})[0] == 200
    assert call("GET", "/me/employer-blocks")[1] == {**blocks, "suggested": []}


def test_a_resume_form_is_opened_once_for_a_key(token: str) -> None:
    enrol(token)
    headers = {"Idempotency-Key": "upload-1"}
    status, upload, answer = call("POST", "/me/resume-uploads", {"content_type": "application/pdf"}, headers=headers)
    assert (status, upload["state"], upload["max_bytes"]) == (201, "PENDING", 10 * 1024 * 1024)
    assert upload["form"]["fields"]["key"].endswith(upload["id"])
    assert call("GET", urljoin("/me/resume-uploads", answer["Location"]))[1] == {
        name: value for name, value in {**upload, "problem": None}.items() if name not in {"form", "max_bytes"}
    }
    again = call("POST", "/me/resume-uploads", {"content_type": "application/pdf"}, headers=headers)
    assert again[1] == upload


def test_only_kinds_of_documents_are_offered(token: str) -> None:
    enrol(token)
    refused = call("POST", "/me/resume-uploads", {"content_type": "image/png"}, headers={"Idempotency-Key": "k"})
    assert refused[0] == 422


def test_somebody_elses_upload_is_not_there(token: str) -> None:
    enrol(token)
    headers = {"Idempotency-Key": "upload-1"}
    upload = call("POST", "/me/resume-uploads", {"content_type": "application/pdf"}, headers=headers)[1]
    enrol(token, sub="sub-2")
    theirs = call("GET", f"/me/resume-uploads/{upload['id']}", sub="sub-2")
    assert theirs[0] == 404
    assert theirs[1] == call("GET", "/me/resume-uploads/upl_unknown", sub="sub-2")[1]


def hand_in(token: str, table: Table, text: bytes, **more: Any) -> None:
    """Enrol, open a form, put a file of plain text where the form says, and have it read."""
    enrol(token, **more)
    headers = {"Idempotency-Key": "upload"}
    upload = call("POST", "/me/resume-uploads", {"content_type": "text/plain"}, headers=headers, **more)[1]
    key = upload["form"]["fields"]["key"]
    version = aws_client("s3").put_object(Bucket="resumes", Key=key, Body=text)["VersionId"]
    intake = Intake(table, resumes(), artefacts(), read=read, features=lambda _: b"", max_bytes=10_000)
    assert intake.take(Drop(key=key, object_version=version, size=len(text)), now=NOW) is Outcome.ACCEPTED


def test_R14_candidates_see_their_resume_as_clients_see_it(token: str, table: Table) -> None:
    enrol(token)
    assert call("GET", "/me/resume/client-view")[0] == 404
    hand_in(token, table, RESUME)
    status, view, headers = call("GET", "/me/resume/client-view")
    assert (status, view["version"], headers["ETag"]) == (200, 1, '"1"')
    assert set(view) == {"version", "html"}
    assert "<h2>Experience</h2>" in view["html"]
    assert "Lovelace" in call("GET", "/me/resume")[1]["text"]
    for secret in ("Ada", "Lovelace", "example.com", "1234567"):
        assert secret not in view["html"]
    assert call("GET", "/me/resume/client-view", headers={"If-None-Match": '"1"'})[0] == 304


def test_R14_another_candidate_sees_nothing_of_it(token: str, table: Table) -> None:
    hand_in(token, table, RESUME)
    assert call("GET", "/me/resume/client-view", sub="sub-2")[0] == 404
    enrol(token, sub="sub-2")
    status, problem, _ = call("GET", "/me/resume/client-view", sub="sub-2")
    assert (status, problem["code"]) == (404, "not-found")
    hand_in(token, table, RESUME.replace(b"Analyst", b"Surveyor"), sub="sub-2")
    assert "Surveyor" in call("GET", "/me/resume/client-view", sub="sub-2")[1]["html"]
    assert "Surveyor" not in call("GET", "/me/resume/client-view")[1]["html"]


def test_pausing_and_leaving(token: str) -> None:
    enrol(token)
    assert call("PUT", "/me/pause")[1]["state"] == "PAUSED"
    assert call("DELETE", "/me/pause")[1]["state"] == "ACTIVE"
    assert call("DELETE", "/me/enrolment")[1]["enrolled"] is False
    status, problem, _ = call("PUT", "/me/pause")
    assert (status, problem["current_state"]) == (409, "OPTED_OUT")
    assert enrol(token)[1]["state"] == "ACTIVE"


def test_R19_candidates_find_no_jobs(token: str) -> None:
    enrol(token)
    assert call("GET", "/me/jobs")[0] == 404
    assert call("GET", "/me/matches")[1] == {"items": [], "next_cursor": None}
    assert call("GET", "/me/invitations")[1] == {"items": [], "next_cursor": None}


def test_clients_are_no_candidates() -> None:
    assert call("GET", "/me", groups="client")[0] == 403


def test_a_revoked_token_asks_to_sign_in_again() -> None:
    status, problem, _ = enrol("revoked")
    assert (status, problem["code"]) == (401, "not-authenticated")


def test_one_line_is_one_line(token: str) -> None:
    enrol(token)
    refused = call("PUT", "/me/employer-blocks", {"names": ["a\nb"]}, headers={"If-Match": '"0"'})
    assert (refused[0], refused[1]["errors"][0]["pointer"]) == (422, "/names/0")


def test_R30_whoever_gets_no_mails_any_more_can_see_so_here(token: str, table: Table) -> None:
    assert call("GET", "/me")[1]["mails_arrive"] is None
    assert enrol(token)[1]["mails_arrive"] is True
    digest = address_digest("ada@example.com", signing_key())
    bounced = Suppression(digest=digest, reason=SuppressionReason.BOUNCE, since=NOW)
    table.commit([suppressions.put_suppression(bounced)], now=NOW)

    assert call("GET", "/me")[1]["mails_arrive"] is False
