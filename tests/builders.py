"""Plain things to test with: each builder makes one that is complete and valid, and takes what a test cares about."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from types import SimpleNamespace
from typing import Any

import boto3

from hiring.candidates import store as candidate_store
from hiring.candidates.model import Candidate, CandidateState, Consent
from hiring.invitations import actions as invitation_actions
from hiring.invitations.model import Invitation, Position
from hiring.jobs import store as job_store
from hiring.jobs.model import Job, JobState, JobTerms, PayRange, Requirement, RequirementKind, Seniority
from hiring.matching import store as matching_store
from hiring.matching.model import Entry
from hiring.offers.model import Offer, OfferTerms
from hiring.organisations import store as organisation_store
from hiring.organisations.model import Member, MemberRole, Organisation
from hiring.shared.ids import new_id
from hiring.shared.keys import Key
from hiring.shared.outbox import Envelope, MessageKind
from hiring.shared.table import Put, Table
from hiring.shared.values import Money, Place, WorkMode

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
SENDER = "jobs@marketplace.example.com"


@cache
def aws_client(service: str) -> Any:
    """A client of the fake AWS, for arranging and looking; making one takes longer than most tests."""
    return boto3.client(service)  # type: ignore[call-overload]  # any service by its name


def make_id(prefix: str, now: datetime = NOW) -> str:
    """An identifier as the product makes them."""
    return new_id(prefix, now)


def make_job_terms(**changes: Any) -> JobTerms:
    """A full-time backend job in Vienna."""
    terms: dict[str, Any] = {
        "employment_type": "full-time",
        "title": "Senior Backend Engineer",
        "description": "You will own two services from design to on-call.",
        "requirements": (
            Requirement(text="Python in production", kind=RequirementKind.MUST_HAVE, minimum_years=4),
            Requirement(text="PostgreSQL under load", kind=RequirementKind.MUST_HAVE),
            Requirement(text="Infrastructure as code", kind=RequirementKind.NICE_TO_HAVE),
        ),
        "minimum_years": 5,
        "seniority": Seniority.SENIOR,
        "work_mode": WorkMode.HYBRID,
        "places": (Place(country="AT", city="Vienna"),),
        "time_zone_overlap": None,
        "pay": PayRange(
            minimum=Money(amount_minor=72_000_00, currency="EUR"), maximum=Money(amount_minor=92_000_00, currency="EUR")
        ),
        "languages": (),
        "authorisation": None,
        "start_date": date(2027, 4, 1),
        "openings": 2,
    }
    return JobTerms.model_validate({**terms, **changes})


def make_job(organisation_id: str, *, state: JobState = JobState.OPEN, now: datetime = NOW, **terms: Any) -> Job:
    """A submitted job."""
    return Job(
        id=make_id("job", now),
        organisation_id=organisation_id,
        state=state,
        version=1,
        terms=make_job_terms(**terms),
        created_at=now,
        created_by="a-client",
    )


def make_candidate(
    *, email: str = "ada@example.com", state: CandidateState = CandidateState.ACTIVE, now: datetime = NOW
) -> Candidate:
    """Somebody who enrolled."""
    return Candidate(
        id=make_id("cand", now),
        login=make_id("sub", now),
        email=email,
        state=state,
        consent=Consent(given_at=now, notice_version="2026-11"),
        enrolled_at=now,
    )


def make_organisation(name: str = "Gipfelwerk GmbH", now: datetime = NOW) -> Organisation:
    """A client."""
    return Organisation(id=make_id("org", now), name=name, created_at=now)


def make_member(organisation_id: str, *, email: str = "hiring@gipfelwerk.example", now: datetime = NOW) -> Member:
    """Somebody who hires for a client."""
    return Member(
        sub=make_id("sub", now), organisation_id=organisation_id, email=email, role=MemberRole.MEMBER, since=now
    )


def make_entry(job: Job, candidate_id: str, *, now: datetime = NOW) -> Entry:
    """A line of a shortlist."""
    return Entry(
        id=make_id("ent", now),
        job_id=job.id,
        run_id=make_id("run", now),
        candidate_id=candidate_id,
        candidate_reference="Candidate 3",
    )


def make_invitation(*, now: datetime = NOW, days: int = 7, **changes: Any) -> Invitation:
    """An invitation that waits for its answer."""
    job = make_job(make_id("org", now), now=now)
    invitation = Invitation(
        id=make_id("inv", now),
        job_id=job.id,
        job_version=job.version,
        organisation_id=job.organisation_id,
        candidate_id=make_id("cand", now),
        candidate_reference="Candidate 3",
        entry_id=make_id("ent", now),
        run_id=make_id("run", now),
        conversation_id=make_id("cnv", now),
        position=Position.of(job, "Gipfelwerk GmbH"),
        message="We liked how you moved the booking service. Shall we talk?",
        created_at=now,
        expires_at=now + timedelta(days=days),
        invited_by=make_id("sub", now),
    )
    return invitation.model_copy(update=changes)


@dataclass(frozen=True)
class Shortlist:
    """A job with one candidate on its shortlist, as they lie in the table."""

    organisation: Organisation
    member: Member
    job: Job
    candidate: Candidate
    entry: Entry


def store_shortlist(table: Table, *, now: datetime = NOW, **terms: Any) -> Shortlist:
    """Put a client, its member, an open job, a candidate and the entry between the two into the table."""
    organisation = make_organisation(now=now)
    member = make_member(organisation.id, now=now)
    job = make_job(organisation.id, now=now, **terms)
    candidate = make_candidate(now=now)
    entry = make_entry(job, candidate.id, now=now)
    changes = [
        organisation_store.put_organisation(organisation),
        organisation_store.put_member(member),
        job_store.put_job(job),
        candidate_store.put_candidate(candidate),
        candidate_store.put_login(candidate),
        matching_store.put_entry(entry),
    ]
    table.commit(changes, now=now)
    return Shortlist(organisation, member, job, candidate, entry)


def invite(table: Table, shortlist: Shortlist, *, now: datetime = NOW, by: str | None = None) -> Invitation:
    """Invite the candidate of the shortlist."""
    return invitation_actions.invite(
        table,
        shortlist.job.id,
        shortlist.entry.id,
        "We liked how you moved the booking service. Shall we talk?",
        by=by or shortlist.member.sub,
        days=7,
        now=now,
        record=remember_nothing,
    )


def make_offer_terms(*, now: datetime = NOW, days: int = 7, **changes: Any) -> OfferTerms:
    """Terms of employment that wait for an answer for so many days."""
    terms: dict[str, Any] = {
        "title": "Senior Backend Engineer",
        "pay": Money(amount_minor=85_000_00, currency="EUR"),
        "work_mode": WorkMode.HYBRID,
        "place": Place(country="AT", city="Vienna"),
        "start_date": date(2027, 2, 1),
        "message": "We would be glad to work with you.",
        "expires_at": now + timedelta(days=days),
    }
    return OfferTerms.model_validate({**terms, **changes})


def make_offer(*, now: datetime = NOW, days: int = 7, **changes: Any) -> Offer:
    """An offer that waits for its answer."""
    invitation = make_invitation(now=now)
    offer = Offer(
        id=make_id("off", now),
        invitation_id=invitation.id,
        conversation_id=invitation.conversation_id,
        job_id=invitation.job_id,
        organisation_id=invitation.organisation_id,
        organisation_name=invitation.position.organisation_name,
        candidate_id=invitation.candidate_id,
        candidate_reference=invitation.candidate_reference,
        terms=make_offer_terms(now=now, days=days),
        made_at=now,
        made_by=invitation.invited_by,
        changed_at=now,
    )
    return offer.model_copy(update=changes)


def remember_nothing(result: object) -> Put:  # noqa: ARG001  # a record that tells of no request
    """Stands where a request would be remembered."""
    return Put(Key("IDEM#test", make_id("key")), {})


def make_envelope(template: str, recipient: str, **ids: str) -> Envelope:
    """A message that asks for a mail."""
    body = {"template": template, "recipient": recipient, **ids}
    return Envelope(kind=MessageKind.MAIL, id=make_id("out"), correlation_id="request-1", body=body)


def waiting(table: Table, pk: str) -> list[Envelope]:
    """The messages that an aggregate has in the outbox, oldest first."""
    return [Envelope.model_validate(item.data["envelope"]) for item in table.query(pk, prefix="OUT#")]


def make_api_event(
    method: str,
    path: str,
    *,
    body: Any = None,
    sub: str | None = None,
    groups: str | list[str] = "",
    headers: Mapping[str, str] | None = None,
    query: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """A REST API event; `body` is sent as JSON unless it is text already, `sub` and `groups` are who calls."""
    content = {"Content-Type": "application/json"} if body is not None else {}
    sent = {**content, **(headers or {})}
    claims = {"sub": sub, "cognito:groups": groups} if sub else None
    return {
        "resource": path,
        "path": path,
        "httpMethod": method,
        "headers": sent,
        "multiValueHeaders": {name: [value] for name, value in sent.items()},
        "queryStringParameters": dict(query) if query else None,
        "multiValueQueryStringParameters": {name: [value] for name, value in query.items()} if query else None,
        "pathParameters": None,
        "stageVariables": None,
        "requestContext": {
            "requestId": "request-1",
            "stage": "v1",
            "httpMethod": method,
            "path": f"/v1{path}",
            "resourcePath": path,
            "authorizer": {"claims": claims} if claims else None,
            "identity": {"sourceIp": "192.0.2.1"},
        },
        "body": body if body is None or isinstance(body, str) else json.dumps(body),
        "isBase64Encoded": False,
    }


def make_sqs_event(*bodies: Any) -> dict[str, Any]:
    """An event of a queue with one record for each body (JSON unless it is text already)."""
    return {
        "Records": [
            {
                "messageId": f"message-{number}",
                "receiptHandle": f"handle-{number}",
                "body": body if isinstance(body, str) else json.dumps(body),
                "attributes": {"ApproximateReceiveCount": "1"},
                "messageAttributes": {},
                "md5OfBody": "",
                "eventSource": "aws:sqs",
                "eventSourceARN": "arn:aws:sqs:eu-west-1:123456789012:queue",
                "awsRegion": "eu-west-1",
            }
            for number, body in enumerate(bodies)
        ]
    }


def make_context() -> Any:
    """What Lambda tells a function about its invocation."""
    return SimpleNamespace(
        function_name="test",
        memory_limit_in_mb=512,
        invoked_function_arn="arn:aws:lambda:eu-west-1:123456789012:function:test",
        aws_request_id="request-1",
        get_remaining_time_in_millis=lambda: 30_000,
    )
