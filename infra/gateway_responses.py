"""What API Gateway says by itself, in the same shape as what the functions say."""

from __future__ import annotations

import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from aws_cdk import aws_apigateway as apigateway


class GatewayProblem(NamedTuple):
    """One problem of RFC 9457 that API Gateway reports before or instead of a function."""

    kind: str
    status: int
    code: str
    title: str
    detail: str
    headers: Mapping[str, str] = MappingProxyType({})


SIGN_IN = {"WWW-Authenticate": "Bearer"}
LATER = {"Retry-After": "1"}

_UNAUTHENTICATED = (
    401,
    "unauthenticated",
    "Sign in first",
    "Send a valid access token as Authorization: Bearer.",
    SIGN_IN,
)
_FORBIDDEN = (403, "forbidden", "Not for this caller", "Your role does not include this.")
_NOT_FOUND = (404, "not-found", "Not found", "There is nothing here for you.")
_RATE = (429, "too-many-requests", "Too many requests", "Wait a little before you try again.", LATER)
_FAILED = (500, "internal-error", "Something broke here", "It was recorded. Try again later.")
_UNAVAILABLE = (503, "unavailable", "Not available now", "Try again in a moment.", LATER)

PROBLEMS = (
    GatewayProblem(
        "DEFAULT_4XX", 400, "bad-request", "The request cannot be read", "Check the path, headers and body."
    ),
    GatewayProblem("BAD_REQUEST_BODY", 400, "bad-request", "The request cannot be read", "Check the body."),
    GatewayProblem("BAD_REQUEST_PARAMETERS", 400, "bad-request", "The request cannot be read", "Check the parameters."),
    GatewayProblem("UNAUTHORIZED", *_UNAUTHENTICATED),
    GatewayProblem("EXPIRED_TOKEN", *_UNAUTHENTICATED),
    GatewayProblem("INVALID_SIGNATURE", *_UNAUTHENTICATED),
    GatewayProblem("ACCESS_DENIED", *_FORBIDDEN),
    GatewayProblem("INVALID_API_KEY", *_FORBIDDEN),
    GatewayProblem("WAF_FILTERED", *_FORBIDDEN),
    # API Gateway gives this name, and 403, to every path that does not exist.
    GatewayProblem("MISSING_AUTHENTICATION_TOKEN", *_NOT_FOUND),
    GatewayProblem("RESOURCE_NOT_FOUND", *_NOT_FOUND),
    GatewayProblem("REQUEST_TOO_LARGE", 413, "request-too-large", "Too large", "A request holds at most 10 MB."),
    GatewayProblem("UNSUPPORTED_MEDIA_TYPE", 415, "unsupported-media-type", "Not JSON", "Send application/json."),
    GatewayProblem("QUOTA_EXCEEDED", *_RATE),
    GatewayProblem("THROTTLED", *_RATE),
    GatewayProblem("DEFAULT_5XX", *_FAILED),
    GatewayProblem("API_CONFIGURATION_ERROR", *_FAILED),
    GatewayProblem("AUTHORIZER_CONFIGURATION_ERROR", *_FAILED),
    GatewayProblem("AUTHORIZER_FAILURE", *_UNAVAILABLE),
    GatewayProblem("INTEGRATION_FAILURE", *_UNAVAILABLE),
    GatewayProblem("INTEGRATION_TIMEOUT", 504, "timeout", "It took too long", "Try again in a moment.", LATER),
)


def answer_with_problems(api: apigateway.RestApi) -> None:
    """Have `api` answer its own errors as `application/problem+json`."""
    for problem in PROBLEMS:
        api.add_gateway_response(
            "".join(word.capitalize() for word in problem.kind.split("_")),
            type=apigateway.ResponseType.of(problem.kind),
            status_code=str(problem.status),
            response_headers={
                name: f"'{value}'"
                for name, value in {
                    "Content-Type": "application/problem+json",
                    "Cache-Control": "no-store",
                    **problem.headers,
                }.items()
            },
            templates={"application/json": _body(problem)},
        )


def _body(problem: GatewayProblem) -> str:
    return json.dumps(
        {
            "type": f"/problems/{problem.code}",
            "title": problem.title,
            "status": problem.status,
            "detail": problem.detail,
            "instance": "urn:request:$context.requestId",
            "code": problem.code,
            "request_id": "$context.requestId",
            "errors": [],
            "current_state": None,
        }
    )
