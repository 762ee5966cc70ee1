"""Failed work on the wire."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Self

from hiring.failed_work.model import Failure, FailureState, Remedy
from hiring.shared.values import Document


class FailedWorkView(Document):
    """Work that failed: on which queue, of what kind, about which ids, since when, how often tried, by which error."""

    id: str
    queue: str
    kind: str
    about: Mapping[str, str]
    error: str | None
    tries: int
    since: datetime
    failed_at: datetime
    state: FailureState
    remedy: Remedy

    @classmethod
    def of(cls, failure: Failure) -> Self:
        """The view of failed work."""
        return cls(
            id=failure.id,
            queue=failure.queue,
            kind=failure.letter.kind,
            about=failure.letter.about,
            error=failure.error,
            tries=failure.tries,
            since=failure.since,
            failed_at=failure.failed_at,
            state=failure.state,
            remedy=failure.letter.remedy,
        )


class FailedWorkList(Document):
    """A page of failed work, what has failed longest first."""

    items: tuple[FailedWorkView, ...]
    next_cursor: str | None


class QueueView(Document):
    """A queue of work: about how many messages wait on it, and how many that failed are not listed yet."""

    queue: str
    waiting: int
    dead_letters: int


class QueueList(Document):
    """All queues."""

    items: tuple[QueueView, ...]


class Redriven(Document):
    """How much failed work of a queue was redriven; `left` is listed still, as nothing of it is kept to be sent."""

    queue: str
    redriven: int
    left: int
