"""Errors as callers see them: problem details of RFC 9457 with our code, the request's id and the fields at fault."""

from __future__ import annotations

from hiring.shared.errors import HiringError, IllegalMove
from hiring.shared.values import Document

CONTENT_TYPE = "application/problem+json"


class ProblemField(Document):
    """What is wrong with one field."""

    pointer: str
    code: str
    detail: str


class Problem(Document):
    """The body of every answer that is not a success."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    code: str
    request_id: str
    errors: tuple[ProblemField, ...] = ()
    current_state: str | None = None


def problem(error: HiringError, *, request_id: str) -> Problem:
    """What a caller is told of an error. `instance` names the request and not its path, which may hold a token."""
    return Problem(
        type=f"/problems/{error.code}",
        title=error.title,
        status=error.status,
        detail=error.detail,
        instance=f"urn:request:{request_id}",
        code=error.code,
        request_id=request_id,
        errors=tuple(ProblemField(pointer=e.pointer, code=e.code, detail=e.detail) for e in error.errors),
        current_state=error.current_state if isinstance(error, IllegalMove) else None,
    )


def explanations() -> dict[str, tuple[int, str, str]]:
    """For every code: its status, its title, and what it means and asks for."""
    found: dict[str, tuple[int, str, str]] = {}
    waiting = [HiringError]
    while waiting:
        kind = waiting.pop()
        waiting.extend(kind.__subclasses__())
        found[kind.code] = (kind.status, kind.title, (kind.__doc__ or "").strip())
    return found
