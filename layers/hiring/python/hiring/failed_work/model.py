"""A message that failed for good: what it asked for, since when it fails, how often it was tried, and what helps."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import Self

from hiring.shared.errors import IllegalMove
from hiring.shared.lifecycle import Moves, advance
from hiring.shared.values import Document


class FailureState(StrEnum):
    """Where failed work stands."""

    FAILED = "FAILED"
    REDRIVEN = "REDRIVEN"


class FailureMove(StrEnum):
    """What can happen to failed work. Redriven, it may fail again."""

    FAIL = "fail"
    REDRIVE = "redrive"


MOVES: Moves[FailureState, FailureMove] = {
    (FailureState.FAILED, FailureMove.FAIL): FailureState.FAILED,
    (FailureState.FAILED, FailureMove.REDRIVE): FailureState.REDRIVEN,
    (FailureState.REDRIVEN, FailureMove.FAIL): FailureState.FAILED,
}


class Remedy(StrEnum):
    """What redriving does."""

    SEND_AGAIN = "send-again"
    """The message goes back to where it was handled."""
    NEXT_ROUND = "next-round"
    """Nothing needs to be sent: the next round does what this one did not. Redriving takes it off the list."""
    NOTHING_KEPT = "nothing-kept"
    """It cannot be redriven: nobody understood the message, and as it may speak of a person nothing of it is kept."""


class DeadLetter(Document):
    """What a message on a dead-letter queue says, without anything about a person.

    `about` names the objects by their ids. `message` is what is sent again, None where nothing is. `error` and `tries`
    are told by some letters themselves.
    """

    kind: str
    about: Mapping[str, str]
    remedy: Remedy
    message: str | None = None
    error: str | None = None
    tries: int | None = None

    def sameness(self, body: str) -> str:
        """What is equal for letters of the same work; `body` is the letter as it lay there.

        Rounds that fail one after the other are one piece of failed work.
        """
        if self.remedy is Remedy.NEXT_ROUND:
            return f"{self.kind} {sorted(self.about.items())}"
        return self.message or body


class Failure(Document):
    """Failed work. `tries` counts over all rounds, `since` is when it failed for good first, `failed_at` last.

    `error` is the name of the last error, None where whoever worked on it died without a word, or ran out of time.
    """

    id: str
    queue: str
    letter: DeadLetter
    error: str | None
    tries: int
    since: datetime
    failed_at: datetime
    state: FailureState = FailureState.FAILED
    seen: str
    """The id of the message that told of the last failure."""

    @classmethod
    def first(
        cls, failure_id: str, queue: str, letter: DeadLetter, *, error: str | None, tries: int, seen: str, now: datetime
    ) -> Self:
        """Work that failed for good just now."""
        return cls(
            id=failure_id,
            queue=queue,
            letter=letter,
            error=error,
            tries=tries,
            since=now,
            failed_at=now,
            seen=seen,
        )

    def again(self, *, error: str | None, tries: int, seen: str, now: datetime) -> Self:
        """The same work after it failed for good once more; told twice of one failure it is as it was."""
        if seen == self.seen:
            return self
        return self.model_copy(
            update={
                "state": advance(self.state, FailureMove.FAIL, MOVES),
                "error": error,
                "tries": self.tries + tries,
                "failed_at": now,
                "seen": seen,
            }
        )

    def redrive(self) -> Self:
        """The work that is tried again; raises `IllegalMove` where it is so already, or nothing is kept of it."""
        if self.letter.remedy is Remedy.NOTHING_KEPT:
            raise IllegalMove("Nothing is kept of what this message asked for, so nothing can be sent.", self.state)
        return self.model_copy(update={"state": advance(self.state, FailureMove.REDRIVE, MOVES)})


def failure_id(queue: str, sameness: str) -> str:
    """The same message on the same queue is the same failed work, however often it fails."""
    return "fail_" + sha256(f"{queue}\n{sameness}".encode()).hexdigest()[:26]
