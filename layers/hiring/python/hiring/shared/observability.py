"""Structured logs that name ids only, with one correlation id from the request through every queue."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from aws_lambda_powertools import Logger

_correlation_id: ContextVar[str] = ContextVar("correlation_id", default="none")


def correlation_id() -> str:
    """The id of the request or event that everything now done goes back to."""
    return _correlation_id.get()


@contextmanager
def correlated(identifier: str) -> Iterator[None]:
    """What is done inside belongs to `identifier`: its log lines and the messages it commits carry it."""
    token = _correlation_id.set(identifier)
    try:
        with logger().append_context_keys(correlation_id=identifier):
            yield
    finally:
        _correlation_id.reset(token)


@cache
def logger() -> Logger:
    """The function's logger: JSON lines. Give it ids and codes, never a person's data or a path."""
    from aws_lambda_powertools import Logger

    return Logger(log_uncaught_exceptions=False, use_rfc3339=True, utc=True)


def log_unforeseen(error: BaseException) -> None:
    """Log a defect by its kind and place. Its message is left out: it may quote a person's data."""
    places = []
    trace = error.__traceback__
    while trace is not None:
        places.append(f"{trace.tb_frame.f_code.co_qualname}:{trace.tb_lineno}")
        trace = trace.tb_next
    logger().error("unforeseen error", kind=type(error).__name__, place=places[-6:])
