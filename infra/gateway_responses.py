"""What API Gateway says by itself, in the same shape and with the same codes as what the functions say."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from aws_cdk import aws_apigateway as apigateway

AGAIN = {"Retry-After": "1"}


@dataclass(frozen=True)
class GatewayProblem:
    """A problem of RFC 9457 that is reported before, or instead of, what a function would say."""

    status: int
    code: str
    title: str
    detail: str
    headers: dict[str, str] = field(default_factory=dict)

    def body(self) -> dict[str, Any]:
        """What the caller reads; `instance` names the request and not its path, which may hold a token."""
        return {
            "type": f"/problems/{self.code}",
            "title": self.title,
            "status": self.status,
            "detail": self.detail,
            "instance": "urn:request:$context.requestId",
            "code": self.code,
            "request_id": "$context.requestId",
            "errors": [],
        }


def _bad_request(detail: str) -> GatewayProblem:
    return GatewayProblem(400, "bad-request", "The request cannot be understood", detail)


def _broken(status: int, detail: str, headers: dict[str, str] = AGAIN) -> GatewayProblem:
    return GatewayProblem(status, "internal", "Something went wrong on our side", detail, headers)


_SIGN_IN = GatewayProblem(
    401,
    "not-authenticated",
    "Sign in first",
    "Send a valid access token as Authorization: Bearer.",
    {"WWW-Authenticate": "Bearer"},
)
_NOT_ALLOWED = GatewayProblem(403, "not-allowed", "Your role does not allow this", "This caller may not do that.")
_NOT_FOUND = GatewayProblem(404, "not-found", "There is no such thing", "Nothing answers to this path.")
_TOO_MANY = GatewayProblem(429, "too-many-requests", "Too many requests", "Wait a little, then try again.", AGAIN)

PROBLEMS = {
    "DEFAULT_4XX": _bad_request("Check the path, the headers and the body."),
    "BAD_REQUEST_BODY": _bad_request("Check the body."),
    "BAD_REQUEST_PARAMETERS": _bad_request("Check the parameters."),
    "UNAUTHORIZED": _SIGN_IN,
    "EXPIRED_TOKEN": _SIGN_IN,
    "INVALID_SIGNATURE": _SIGN_IN,
    "ACCESS_DENIED": _NOT_ALLOWED,
    "INVALID_API_KEY": _NOT_ALLOWED,
    "WAF_FILTERED": _NOT_ALLOWED,
    "MISSING_AUTHENTICATION_TOKEN": _NOT_FOUND,  # API Gateway's name, with 403, for a path that does not exist
    "RESOURCE_NOT_FOUND": _NOT_FOUND,
    "REQUEST_TOO_LARGE": GatewayProblem(413, "too-large", "That is too large", "A request holds at most 10 MB."),
    "UNSUPPORTED_MEDIA_TYPE": GatewayProblem(415, "unsupported-media-type", "Send JSON", "Use application/json."),
    "QUOTA_EXCEEDED": _TOO_MANY,
    "THROTTLED": _TOO_MANY,
    "DEFAULT_5XX": _broken(500, "It was recorded. Try again later.", {}),
    "API_CONFIGURATION_ERROR": _broken(500, "It was recorded. Try again later.", {}),
    "AUTHORIZER_CONFIGURATION_ERROR": _broken(500, "It was recorded. Try again later.", {}),
    "AUTHORIZER_FAILURE": _broken(503, "Try again in a moment."),
    "INTEGRATION_FAILURE": _broken(503, "Try again in a moment."),
    "INTEGRATION_TIMEOUT": _broken(504, "It took too long. Try again in a moment."),
}


def answer_with_problems(api: apigateway.RestApi) -> None:
    """Have `api` answer its own errors as `application/problem+json`."""
    for kind, problem in PROBLEMS.items():
        headers = {"Content-Type": "application/problem+json", "Cache-Control": "no-store", **problem.headers}
        api.add_gateway_response(
            "".join(word.capitalize() for word in kind.split("_")),
            type=apigateway.ResponseType.of(kind),
            status_code=str(problem.status),
            response_headers={name: f"'{value}'" for name, value in headers.items()},
            templates={"application/json": json.dumps(problem.body())},
        )
