"""Who may do what, as a matrix: every call of the API, everybody who could try it, and what each is answered."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from importlib import import_module
from itertools import batched
from pathlib import Path
from typing import Any

from hiring.broadcasts import store as broadcasts
from hiring.broadcasts.model import Announcement, Broadcast
from hiring.candidates import store as candidate_store
from hiring.failed_work.actions import keep
from hiring.flags import store as flags
from hiring.flags.model import Flag, FlagName
from hiring.intake import store as intake
from hiring.intake.model import ResumeVersion, Upload, UploadState
from hiring.invitations import actions as invitations
from hiring.invitations.model import Invitation, InvitationAnswer
from hiring.jobs import store as jobs
from hiring.jobs.model import Job
from hiring.matching import store as matching
from hiring.matching.model import Entry, Extra, Funnel, Match, Run, WhatIf
from hiring.organisations import store as organisations
from hiring.resumes.client_view import client_view
from hiring.resumes.model import Contacts, Evidence, Fact, FileFormat, Reading
from hiring.shared.clock import utc_now
from hiring.shared.files import artefacts
from hiring.shared.links import signing_key
from hiring.shared.table import Table
from hiring.support import store as support
from hiring.support.model import RequestKind, RequestState, SupportRequest, mail_key
from hiring.suppressions import store as suppressions
from hiring.suppressions.model import Suppression, SuppressionReason
from tests.builders import (
    aws_client,
    make_api_event,
    make_candidate,
    make_context,
    make_entry,
    make_envelope,
    make_id,
    make_job,
    make_job_terms,
    make_member,
    make_offer_terms,
    make_organisation,
    remember_nothing,
)

FUNCTIONS = {
    "Candidate": "candidate_api",
    "Client": "client_api",
    "Conversations": "conversation_api",
    "Operator": "operator_api",
}
ONCE_INVITED = ("/invitations/", "/offers/")
"""What clients ask another function."""
ACCOUNT_ADDRESS = "ada@example.com"
OTHER_ROLES = {
    "Candidate": ("client", "operator"),
    "Client": ("candidate", "operator"),
    "Conversations": ("operator",),
    "Operator": ("candidate", "client"),
}


@dataclass(frozen=True)
class Call:
    """One call of the API as its document describes it."""

    method: str
    path: str
    operation: str
    tag: str
    names: frozenset[str]
    """The parameters that are not part of the path."""

    @property
    def of_object(self) -> bool:
        """Whether it names something that belongs to somebody."""
        return "{" in self.path or "organisation_id" in self.names or self.operation == "client_submit_job"


@cache
def calls() -> tuple[Call, ...]:
    """Every call that needs a token."""
    document = json.loads((Path(__file__).parents[2] / "functions/public_links/openapi.json").read_text())
    return tuple(
        Call(
            method.upper(),
            path,
            described["operationId"],
            described["tags"][0],
            frozenset(each["name"] for each in described.get("parameters", []) if each["in"] != "path"),
        )
        for path, methods in document["paths"].items()
        for method, described in methods.items()
        if described["tags"][0] in FUNCTIONS
    )


@dataclass(frozen=True)
class World:
    """An organisation and a candidate who are in the middle of everything, and others who have nothing to do with it.

    `ids` are of things that belong to the two, by the name of their path parameter; `exceptions` those of calls that
    need another one.
    """

    member: str
    candidate: str
    operator: str
    other_member: str
    other_candidate: str
    removed_member: str
    ids: Mapping[str, str]
    exceptions: Mapping[str, Mapping[str, str]]

    def of(self, call: Call) -> dict[str, str]:
        """The ids that a call is tried with."""
        return {**self.ids, **self.exceptions.get(call.operation, {})}


def populate(table: Table) -> World:
    """Put the world into the table and the bucket: made once, then laid out again as it was, which takes no time."""
    if not _made:
        made = _populate(table)
        items = aws_client("dynamodb").scan(TableName=os.environ["TABLE_NAME"])["Items"]
        _made.append((made, items, _objects()))
        return made
    made, items, objects = _made[0]
    for batch in batched(items, 25, strict=False):
        requests = [{"PutRequest": {"Item": item}} for item in batch]
        aws_client("dynamodb").batch_write_item(RequestItems={os.environ["TABLE_NAME"]: requests})
    for key, data in objects.items():
        artefacts().put(key, data, content_type="text/plain")
    _user()
    return made


_made: list[tuple[World, list[Any], dict[str, bytes]]] = []


def _objects() -> dict[str, bytes]:
    listed = aws_client("s3").list_objects_v2(Bucket=os.environ["ARTEFACTS_BUCKET"])["Contents"]
    found = {each["Key"]: artefacts().get(each["Key"]) for each in listed}
    return {key: stored.data for key, stored in found.items() if stored}


def _populate(table: Table) -> World:
    now = utc_now()
    organisation, elsewhere = make_organisation(now=now), make_organisation("Elsewhere AG", now=now)
    member, other = make_member(organisation.id, now=now), make_member(elsewhere.id, now=now)
    candidate = make_candidate(now=now).model_copy(update={"resume_version": 1})
    stranger = make_candidate(email="eve@example.com", now=now)
    upload = Upload(
        id=make_id("upl", now),
        candidate_id=candidate.id,
        state=UploadState.PENDING,
        content_type="application/pdf",
        created_at=now,
        expires_at=now + timedelta(minutes=15),
    )
    request_id = make_id("req", now)
    artefacts().put(mail_key(candidate.id, request_id), b"From: Ada", content_type="message/rfc822")
    asked = SupportRequest(
        id=request_id,
        by_mail=True,
        kind=RequestKind.QUESTION,
        candidate_id=candidate.id,
        state=RequestState.OPEN,
        opened_at=now,
        changed_at=now,
    )
    suppression = Suppression(digest="d" * 64, reason=SuppressionReason.BOUNCE, since=now)
    broadcast = Broadcast(
        id=make_id("bro", now),
        announcement=Announcement.RESUME_REUPLOAD,
        dry_run=True,
        started_at=now,
        started_by=make_id("sub", now),
    )
    table.commit(
        [
            *(organisations.put_organisation(each) for each in (organisation, elsewhere)),
            *(organisations.put_member(each) for each in (member, other)),
            *(put(each) for each in (candidate, stranger) for put in _PUT_CANDIDATE),
            intake.put_resume_version(candidate.id, _resume(candidate.id), features=b""),
            intake.put_upload(upload),
            candidate_store.put_account_address(candidate, signing_key()),
            suppressions.put_suppression(suppression),
            support.put_request(asked),
            flags.put_flag(FlagName.RESUME_REUPLOAD, Flag(), read_version=0),
            broadcasts.put_broadcast(broadcast),
        ],
        now=now,
    )
    mail = make_envelope("resume-accepted", candidate.id).model_dump_json()
    failure = keep(table, "Emails", mail, message_id="message-1", receives=6, now=now)
    job, run, entry = _shortlist(table, organisation.id, candidate.id)
    invited, _, invited_entry = _shortlist(table, organisation.id, candidate.id)
    talking, _, talking_entry = _shortlist(table, organisation.id, candidate.id)
    offering, _, offering_entry = _shortlist(table, organisation.id, candidate.id)
    invitation = _invite(table, invited, invited_entry, member.sub)
    accepted = _accepted(table, talking, talking_entry, member.sub)
    with_offer = _accepted(table, offering, offering_entry, member.sub)
    return World(
        member=member.sub,
        candidate=candidate.login,
        operator=make_id("sub", now),
        other_member=other.sub,
        other_candidate=stranger.login,
        removed_member=make_id("sub", now),
        ids={
            "organisation_id": organisation.id,
            "job_id": job.id,
            "run_id": run.id,
            "entry_id": entry.id,
            "upload_id": upload.id,
            "match_id": entry.id,
            "export_id": _export(candidate.login),
            "replay_id": _replay(run.id),
            "invitation_id": invitation.id,
            "conversation_id": accepted.conversation_id,
            "offer_id": _offer(with_offer, member.sub),
            "sub": _user(),
            "flag": FlagName.RESUME_REUPLOAD.value,
            "broadcast_id": broadcast.id,
            "candidate_id": candidate.id,
            "digest": suppression.digest,
            "request_id": asked.id,
            "queue": "Emails",
            "failure_id": failure.id,
        },
        exceptions={"client_make_offer": {"invitation_id": accepted.id}},
    )


def request(
    call: Call,
    *,
    sub: str | None,
    group: str,
    ids: Mapping[str, str],
    body: Any = None,
    key: str = "",
    query: Mapping[str, str] | None = None,
) -> tuple[int, Any, Mapping[str, list[str]]]:
    """Try `call`: status, document and headers of the answer."""
    path = call.path
    for name, identifier in ids.items():
        path = path.replace(f"{{{name}}}", identifier)
    headers = {"Idempotency-Key": key or make_id("key")} if "Idempotency-Key" in call.names else {}
    if "If-Match" in call.names:
        headers["If-Match"] = '"1"' if call.of_object else '"0"'
    asked = {"organisation_id": ids["organisation_id"]} if "organisation_id" in call.names else {}
    asked |= {"email": ACCOUNT_ADDRESS} if "email" in call.names else {}
    asked |= {"state": "OPEN"} if "state" in call.names else {}
    asked |= {"day": f"{utc_now():%Y-%m-%d}"} if "day" in call.names else {}
    function = "invitation_api" if path.startswith(ONCE_INVITED) else FUNCTIONS[call.tag]
    handler = import_module(f"functions.{function}.handler").handler
    event = make_api_event(
        call.method, path, sub=sub, groups=group, body=body, headers=headers, query={**asked, **(query or {})}
    )
    answer = handler(event, make_context())
    return answer["statusCode"], json.loads(answer["body"]) if answer["body"] else None, answer["multiValueHeaders"]


def bodies(operation: str, ids: Mapping[str, str]) -> Any:
    """A body that the call accepts; None where it takes none."""
    terms = make_job_terms().model_dump(mode="json")
    offer = make_offer_terms(now=utc_now()).model_dump(mode="json")
    return {
        "candidate_enrol": {"open_to_full_time": True, "notice_version": "2026-11"},
        "candidate_write_preferences": {"titles": ["Backend Engineer"]},
        "candidate_write_employer_blocks": {"names": ["Somewhere GmbH"]},
        "candidate_write_notification_settings": {"messages": True, "announcements": False},
        "candidate_open_upload": {"content_type": "application/pdf"},
        "client_submit_job": {"organisation_id": ids["organisation_id"], **terms},
        "client_draft_job": {"text": "We look for a senior backend engineer with Python, full-time, in Vienna."},
        "client_ask_what_if": {"relax": "pay"},
        "client_change_job": {"title": "Staff Backend Engineer"},
        "client_invite": {"message": "Shall we talk?"},
        "client_make_offer": offer,
        "client_change_offer": {**offer, "title": "Staff Backend Engineer"},
        "conversations_post_message": {"text": "When would you have time?"},
        "operator_create_organisation": {"name": "Gipfelwerk GmbH"},
        "operator_open_support_request": {"kind": "erase", "email": ACCOUNT_ADDRESS},
        "operator_suppress_address": {"email": "somebody@example.com"},
        "operator_start_broadcast": {"announcement": "resume-reupload", "dry_run": True},
        "operator_set_flag": {"on": True},
        "operator_set_member": {"email": "client@example.com", "role": "member"},
    }.get(operation)


_PUT_CANDIDATE = (candidate_store.put_candidate, candidate_store.put_login)


def _resume(candidate_id: str) -> ResumeVersion:
    text = "█████ ████████\nBackend Engineer\nBuilt services in Python\n"
    evidence = Evidence(text=text, headline=Fact(value="Backend Engineer", start=15, end=31))
    name = "Grace Hopperly"
    reading = Reading(
        format=FileFormat.TXT,
        pages=1,
        text=text.replace("█████ ████████", name),
        contacts=Contacts(name=Fact(value=name, start=0, end=14)),
        evidence=evidence,
    )
    kept = {
        "reading_key": (reading.model_dump_json(), "reading/r.json"),
        "evidence_key": (evidence.model_dump_json(), "evidence/e.json"),
        "client_view_key": (client_view(evidence), "client-view/plain.html"),
        "named_view_key": (client_view(evidence, name=name), "client-view/named.html"),
    }
    for content, place in kept.values():
        artefacts().put(f"candidates/{candidate_id}/{place}", content.encode(), content_type="text/plain")
    places = {field: f"candidates/{candidate_id}/{place}" for field, (_, place) in kept.items()}
    return ResumeVersion(version=1, name=name, accepted_at=utc_now(), **places)


def _shortlist(table: Table, organisation_id: str, candidate_id: str) -> tuple[Job, Run, Entry]:
    now = utc_now()
    job = make_job(organisation_id, now=now)
    entry = make_entry(job, candidate_id, now=now)
    run = Run(id=entry.run_id, job_id=job.id, job_version=1, requested_at=now, requested_by="a-client").freeze(
        sha256="0" * 64, funnel=Funnel(considered=1, left_out={}, listed=1), entry_ids=(entry.id,), now=now
    )
    job = job.model_copy(update={"latest_run_id": run.id})
    changes = [
        *(jobs.put_job(job), jobs.put_version(job)),
        *(matching.put_run(run), matching.put_entry(entry)),
        matching.put_what_if(job.id, WhatIf(run_id=run.id, extras=(Extra(code="pay", count=3, who="0"),))),
    ]
    match = Match(entry_id=entry.id, job_id=job.id, run_id=run.id, matched_at=now, band=entry.band, verdicts=())
    table.commit([*changes, matching.put_match(candidate_id, match)], now=now)
    return job, run, entry


def _invite(table: Table, job: Job, entry: Entry, by: str) -> Invitation:
    return invitations.invite(
        table, job.id, entry.id, "Shall we talk?", by=by, days=7, now=utc_now(), record=remember_nothing
    )


def _accepted(table: Table, job: Job, entry: Entry, by: str) -> Invitation:
    invitation = _invite(table, job, entry, by)
    return invitations.answer(table, invitation.id, InvitationAnswer.ACCEPT, now=utc_now())


def _offer(invitation: Invitation, by: str) -> str:
    [call] = [each for each in calls() if each.operation == "client_make_offer"]
    ids = {"invitation_id": invitation.id, "organisation_id": invitation.organisation_id}
    status, offer, _ = request(call, sub=by, group="client", ids=ids, body=bodies(call.operation, ids))
    assert status == 201, offer
    return str(offer["id"])


def _export(login: str) -> str:
    [call] = [each for each in calls() if each.operation == "candidate_request_export"]
    status, export, _ = request(call, sub=login, group="candidate", ids={})
    assert status == 202, export
    return str(export["id"])


def _replay(run_id: str) -> str:
    [call] = [each for each in calls() if each.operation == "operator_replay_run"]
    status, replay, _ = request(call, sub=make_id("sub"), group="operator", ids={"run_id": run_id})
    assert status == 202, replay
    return str(replay["id"])


def _user() -> str:
    """Somebody in the user pool, whom an operator may make a member."""
    user = aws_client("cognito-idp").admin_create_user(UserPoolId=os.environ["USER_POOL_ID"], Username="a-client")
    return str(user["User"]["Username"])
