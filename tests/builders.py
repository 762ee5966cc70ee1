"""Plain things to test with: each builder makes one that is complete and valid, and takes what a test cares about."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

import boto3

from hiring.candidates.model import Candidate, CandidateState, Consent
from hiring.jobs.model import Job, JobState, JobTerms, PayRange, Requirement, RequirementKind, Seniority
from hiring.shared.ids import new_id
from hiring.shared.values import Money, Place, WorkMode

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
SENDER = "jobs@marketplace.example.com"


def aws_client(service: str) -> Any:
    """A client of the fake AWS, for arranging and looking."""
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
