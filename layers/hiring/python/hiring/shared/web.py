"""What every HTTPS function shares: who calls, errors, documents with versions, pages, and requests that act once."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from http import HTTPStatus
from typing import Annotated, Any

from aws_lambda_powertools.event_handler import APIGatewayRestResolver, Response
from aws_lambda_powertools.event_handler.exceptions import NotFoundError
from aws_lambda_powertools.event_handler.middlewares import NextMiddleware
from aws_lambda_powertools.event_handler.openapi.exceptions import RequestValidationError
from aws_lambda_powertools.event_handler.openapi.params import Query
from pydantic import BaseModel

from hiring.shared import keys
from hiring.shared.errors import (
    BadRequest,
    Conflict,
    FieldError,
    HiringError,
    InvalidJson,
    InvalidRequest,
    KeyMissing,
    KeyReused,
    MethodNotAllowed,
    NotAllowed,
    NotAuthenticated,
    NotFound,
    PreconditionFailed,
    PreconditionMissing,
    TooMany,
    UnsupportedType,
)
from hiring.shared.links import Purpose, sign, signing_key, verify
from hiring.shared.observability import correlated, log_unforeseen
from hiring.shared.problems import CONTENT_TYPE, problem
from hiring.shared.table import Put, Table
from hiring.shared.values import Document

JSON = "application/json"
_REMEMBERED = timedelta(hours=24)
_CURSOR_LIFE = timedelta(hours=24)
_WRITES_A_MINUTE = 240


class Role(StrEnum):
    """The group of the user pool that may call a function."""

    CANDIDATE = "candidate"
    CLIENT = "client"
    OPERATOR = "operator"


@dataclass(frozen=True)
class Caller:
    """Who calls: the user's `sub` in the pool, its groups, and the access token it came with."""

    sub: str
    groups: frozenset[str]
    access_token: str


def resolver(*, open_to_strangers: bool = False) -> APIGatewayRestResolver:
    """A router that validates requests against its handlers' annotations and answers errors as problem details.

    A query parameter that the handler does not know is refused, unless pages are open to strangers: mail gateways and
    scanners add parameters of their own to the links that they check.
    """
    app = APIGatewayRestResolver(enable_validation=True)
    if not open_to_strangers:
        app.use(middlewares=[_only_known_parameters])

    def expected(error: HiringError) -> Response[str]:
        return _problem_response(app, error)

    def unknown_address(_: NotFoundError) -> Response[str]:
        path = app.current_event.path
        static, dynamic = (
            {route.method for route in routes if route.rule.match(path)}
            for routes in (app._static_routes, app._dynamic_routes)
        )
        methods = static or dynamic
        return _problem_response(app, MethodNotAllowed(sorted(methods)) if methods else NotFound())

    def refused_by_schema(error: RequestValidationError) -> Response[str]:
        return _problem_response(app, _schema_error(error))

    def unforeseen(error: Exception) -> Response[str]:
        log_unforeseen(error)
        return _problem_response(app, HiringError("Try again; if it stays, tell support the request id."))

    app.exception_handler(HiringError)(expected)
    app.exception_handler(NotFoundError)(unknown_address)
    app.exception_handler(RequestValidationError)(refused_by_schema)
    app.exception_handler(Exception)(unforeseen)
    return app


def serve(
    app: APIGatewayRestResolver, event: dict[str, Any], context: Any, *, roles: frozenset[Role] = frozenset()
) -> dict[str, Any]:
    """Answer one event of API Gateway. With `roles`, only callers in one of these groups get further."""
    with correlated(event["requestContext"]["requestId"]):
        answer: dict[str, Any] | None = None
        try:
            if roles:
                _admit(event, roles)
                _expect_json(event)
        except HiringError as error:
            answer = _refusal(error, event)
        if answer is None:
            answer = _unless_known(app.resolve(event, context), event)
        answer["body"] = answer.get("body") or ""  # no content is an empty text to API Gateway
        headers = answer.setdefault("multiValueHeaders", {})
        headers.setdefault("Cache-Control", ["no-store"])
        headers.setdefault("X-Content-Type-Options", ["nosniff"])
        return answer


def caller(app: APIGatewayRestResolver) -> Caller:
    """Who calls; only after `serve` admitted somebody."""
    return _caller(app.current_event.raw_event)


def read_version(app: APIGatewayRestResolver) -> int:
    """The version that `If-Match` names; raises `PreconditionMissing` or `BadRequest`."""
    stated = app.current_event.headers.get("If-Match")
    if stated is None:
        raise PreconditionMissing("Send If-Match with the ETag that you read.")
    tag = re.fullmatch(r'"([^"]{1,100})"|(\d{1,100})', stated.strip())
    if tag is None:
        raise BadRequest('If-Match must be an ETag as it was sent, such as "3".')
    number = tag[1] or tag[2]
    if not number.isascii() or not number.isdecimal() or len(number) > 12:
        raise PreconditionFailed("If-Match names a version that there never was. Read it again.")
    return int(number)


def document[View: BaseModel](view: View, version: int) -> Response[View]:
    """A document with its version as ETag; `serve` makes it a 304 where the caller has this one."""
    return Response(HTTPStatus.OK, JSON, body=view, headers={"ETag": f'"{version}"'})


def limit_writes(table: Table, who: str, now: datetime) -> None:
    """Count a change by `who`; raises `TooMany` above 240 a minute."""
    used = table.count(keys.rate(who, f"{now:%Y%m%d%H%M}"), expires_at=now + timedelta(minutes=5))
    if used > _WRITES_A_MINUTE:
        raise TooMany("Too many changes within a minute. Wait for the next one.", retry_after=60 - now.second)


@dataclass(frozen=True)
class Answer:
    """What a request that acts is answered, kept so that a repeat gets the same."""

    status: int
    body: BaseModel
    headers: Mapping[str, str] = field(default_factory=dict)


PageSize = Annotated[int, Query(ge=1, le=100, description="How many items a page holds at most")]
PageCursor = Annotated[str | None, Query(description="Where the page begins: `next_cursor` of the page before")]

type Record[Result] = Callable[[Result], Put]
"""Makes the item that remembers what a request did; it belongs into the commit of the effect."""


class _Remembered(Document):
    request: str
    status: int
    body: str
    headers: dict[str, str]
    expires_at: datetime


def once[Result, View: BaseModel](
    app: APIGatewayRestResolver,
    table: Table,
    now: datetime,
    act: Callable[[Record[Result]], Result],
    answer: Callable[[Result], Answer],
) -> Response[View]:
    """Answer a POST that acts. The same `Idempotency-Key` again gets the stored answer; nothing happens twice.

    `act` performs the use case and puts `record(result)` into its commit; `answer` shapes the response. Raises
    `KeyMissing` without a key, `KeyReused` for the same key with another request.
    """
    who = caller(app).sub
    item_key = keys.idempotency(who, _idempotency_key(app))
    request = _request_digest(app)
    stored = table.get(item_key)
    remembered = stored.read(_Remembered) if stored else None
    if remembered and remembered.expires_at > now:
        return _replay(remembered, request)
    limit_writes(table, who, now)
    answers: list[Answer] = []

    def record(result: Result) -> Put:
        made = answer(result)
        answers.append(made)
        kept = _Remembered(
            request=request,
            status=made.status,
            body=made.body.model_dump_json(),
            headers=dict(made.headers),
            expires_at=now + _REMEMBERED,
        )
        return Put.of(item_key, kept, read_version=stored.version if stored else 0, expires_at=kept.expires_at)

    try:
        act(record)
    except HiringError:
        # The same request may have run at the same time and won: then this one is its repeat.
        winner = table.get(item_key)
        if winner is None or (stored is not None and winner.version == stored.version):
            raise
        return _replay(winner.read(_Remembered), request)
    made = answers[-1]
    return Response(made.status, JSON, body=made.body, headers=dict(made.headers))  # type: ignore[arg-type]


class Cursor:
    """Positions in a listing, opaque and signed, bound to one caller and one filter."""

    def __init__(self, app: APIGatewayRestResolver, listing: str, now: datetime) -> None:
        self._scope = f"{caller(app).sub} {listing}"
        self._now = now

    def position(self, cursor: str | None) -> Mapping[str, str] | None:
        """Where the page begins; raises `BadRequest` for a cursor that was not made for this caller and listing."""
        if cursor is None:
            return None
        try:
            scope, start = json.loads(verify(cursor, Purpose.CURSOR, now=self._now, key=signing_key()))
        except HiringError:
            scope, start = None, None
        if scope != self._scope:
            raise BadRequest("This cursor does not belong to this listing. Begin again without one.")
        return dict(start)

    def next(self, position: Mapping[str, str] | None) -> str | None:
        """The cursor for the page that begins at `position`, None at the end."""
        if position is None:
            return None
        subject = json.dumps([self._scope, dict(position)])
        return sign(Purpose.CURSOR, subject, expires_at=self._now + _CURSOR_LIFE, key=signing_key())


def _replay(remembered: _Remembered, request: str) -> Response[Any]:
    if remembered.request != request:
        raise KeyReused("This Idempotency-Key was used for another request. Use a new key.")
    headers: dict[str, str | list[str]] = {**remembered.headers, "Idempotency-Replayed": "true"}
    return Response(remembered.status, JSON, body=json.loads(remembered.body), headers=headers)


def _idempotency_key(app: APIGatewayRestResolver) -> str:
    key = app.current_event.headers.get("Idempotency-Key")
    if not key:
        raise KeyMissing(
            "Send an Idempotency-Key header, such as a new UUID, so that a repeat of this request acts only once."
        )
    if len(key) > 200:
        raise BadRequest("An Idempotency-Key has at most 200 characters.")
    return key


def _request_digest(app: APIGatewayRestResolver) -> str:
    event = app.current_event
    parts = [event.http_method, event.path, json.dumps(event.query_string_parameters or {}, sort_keys=True)]
    return sha256("\n".join([*parts, event.body or ""]).encode()).hexdigest()


def _caller(event: Mapping[str, Any]) -> Caller:
    claims = (event["requestContext"].get("authorizer") or {}).get("claims") or {}
    if not claims.get("sub"):
        raise NotAuthenticated("Send an access token: Authorization: Bearer …")
    headers = {name.lower(): value for name, value in (event.get("headers") or {}).items()}
    token = str(headers.get("authorization", "")).removeprefix("Bearer ").strip()
    return Caller(str(claims["sub"]), _groups(claims.get("cognito:groups")), token)


def _groups(claim: object) -> frozenset[str]:
    """Groups arrive as an array, as `a,b`, or as `[a b]`; anything else is nobody's."""
    if isinstance(claim, list):
        return frozenset(str(group) for group in claim)
    if isinstance(claim, str):
        return frozenset(claim.strip("[]").replace(",", " ").split())
    return frozenset()


def _unless_known(answer: dict[str, Any], event: Mapping[str, Any]) -> dict[str, Any]:
    """The answer, or 304 without a body where the caller already has this version of the document."""
    headers = {name.lower(): value for name, value in (event.get("headers") or {}).items()}
    known = [tag.strip().removeprefix("W/") for tag in str(headers.get("if-none-match") or "").split(",")]
    tags = answer["multiValueHeaders"].get("ETag", [])
    if event["httpMethod"] != "GET" or answer["statusCode"] != HTTPStatus.OK or not {"*", *tags} & {*known} or not tags:
        return answer
    return {**answer, "statusCode": int(HTTPStatus.NOT_MODIFIED), "body": ""}


def _admit(event: Mapping[str, Any], roles: frozenset[Role]) -> None:
    if not roles & _caller(event).groups:
        raise NotAllowed(f"This needs the role {' or '.join(sorted(roles))}.")


def _expect_json(event: Mapping[str, Any]) -> None:
    if not event.get("body"):
        return
    headers = {name.lower(): value for name, value in (event.get("headers") or {}).items()}
    if str(headers.get("content-type", JSON)).partition(";")[0].strip().lower() != JSON:
        raise UnsupportedType("Send the body as application/json.")


def _schema_error(error: RequestValidationError) -> HiringError:
    found = [
        FieldError(
            pointer="/" + "/".join(str(part) for part in detail["loc"][1:])
            if detail["loc"][:1] == ("body",)
            else "?" + str(detail["loc"][-1]),
            code=str(detail["type"]),
            detail=str(detail["msg"]).removeprefix("Value error, "),
        )
        for detail in error.errors()
    ]
    if any(fault.code == "json_invalid" for fault in found):
        return InvalidJson("The body is not valid JSON.")
    return InvalidRequest(f"{len(found)} field(s) need a change; errors names each.", errors=found)


def _only_known_parameters(app: APIGatewayRestResolver, handle: NextMiddleware) -> Response[Any]:
    route = app.context["_route"]
    if route not in (*app._static_routes, *app._dynamic_routes):  # no such address, which is the better answer
        return handle(app)
    known = {parameter.alias for parameter in route.dependant.query_params}
    unknown = sorted(set(app.current_event.query_string_parameters or {}) - known)
    if unknown:
        raise BadRequest(
            f"{len(unknown)} query parameter(s) are not known here; errors names each.",
            errors=[FieldError(f"?{name}", "unknown-parameter", "Leave this parameter out.") for name in unknown],
        )
    return handle(app)


def _headers_of(error: HiringError) -> dict[str, str]:
    if isinstance(error, MethodNotAllowed):
        return {"Allow": ", ".join(error.allowed)}
    if isinstance(error, TooMany | Conflict):
        return {"Retry-After": str(error.retry_after)}
    return {}


def _problem_response(app: APIGatewayRestResolver, error: HiringError) -> Response[str]:
    body = problem(error, request_id=app.current_event.request_context.request_id or "none")
    headers: dict[str, str | list[str]] = {**_headers_of(error)}
    return Response(error.status, CONTENT_TYPE, body=body.model_dump_json(exclude_none=True), headers=headers)


def _refusal(error: HiringError, event: Mapping[str, Any]) -> dict[str, Any]:
    body = problem(error, request_id=event["requestContext"]["requestId"])
    return {
        "statusCode": error.status,
        "body": body.model_dump_json(exclude_none=True),
        "isBase64Encoded": False,
        "multiValueHeaders": {"Content-Type": [CONTENT_TYPE]},
    }
