"""The product's HTTPS API as a caller sees it: JSON in, JSON out, a problem where something is refused."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from typing import Any

import urllib3

CONNECTIONS = urllib3.PoolManager(maxsize=8, timeout=urllib3.Timeout(connect=5, read=60), retries=False)


class RefusedError(Exception):
    """The API answered with a problem; `status` is its HTTP status and `problem` its document."""

    def __init__(self, method: str, path: str, status: int, problem: Any) -> None:
        super().__init__(f"{method} {path}: {status} {problem}")
        self.status = status
        self.problem = problem


@dataclass(frozen=True)
class Answer:
    """What the API answered: the JSON document, and the response's headers."""

    document: Any
    headers: urllib3.HTTPHeaderDict = field(repr=False)


@dataclass(frozen=True)
class Api:
    """The API at `base_url` as the holder of an access token uses it; without one, as anybody does."""

    base_url: str
    token: str | None = None

    def get(self, path: str) -> Any:
        """The document at `path`; `RefusedError` where there is a problem."""
        return self.call("GET", path).document

    def post(self, path: str, body: object | None = None, *, key: str | None = None) -> Any:
        """Post `body` under an idempotency key, a new one unless one is given."""
        headers = {"Idempotency-Key": key or str(uuid.uuid4())}
        return self.call("POST", path, body={} if body is None else body, headers=headers).document

    def put(self, path: str, body: object, *, version: str | None = None) -> Any:
        """Put `body`, where the document must still be in `version`, its ETag."""
        headers = {} if version is None else {"If-Match": version}
        return self.call("PUT", path, body=body, headers=headers).document

    def call(
        self, method: str, path: str, *, body: object | None = None, headers: dict[str, str] | None = None
    ) -> Answer:
        """Any call; `RefusedError` for a status of 400 or more."""
        sent = dict(headers or {})
        if self.token is not None:
            sent["Authorization"] = f"Bearer {self.token}"
        response = CONNECTIONS.request(method, self.base_url + path, headers=sent, json=body)
        document = response.json() if response.data else None
        if response.status >= 400:
            raise RefusedError(method, path, response.status, document)
        return Answer(document, response.headers)
