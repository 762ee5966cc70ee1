"""What somebody asked support for, and whether it was that person: a link by mail proves it, a From header not."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Self

from hiring.shared.errors import IllegalMove
from hiring.shared.lifecycle import Moves, advance
from hiring.shared.values import Document

LINK_LIVES = timedelta(days=7)


class RequestKind(StrEnum):
    """What is asked for."""

    OPT_OUT = "opt-out"
    ERASE = "erase"
    EXPORT = "export"
    REPLACE_RESUME = "replace-resume"
    CORRECT = "correct"
    STOP_MAIL = "stop-mail"
    QUESTION = "question"


ACTS_AT_ONCE = frozenset({RequestKind.OPT_OUT, RequestKind.STOP_MAIL})
"""What the confirmation itself does."""
BEGINS_BY_ITSELF = frozenset({RequestKind.ERASE, RequestKind.EXPORT})
"""What begins within a minute of the confirmation, without anybody's doing. The rest is left to an operator."""


class RequestState(StrEnum):
    """Where a request stands."""

    OPEN = "OPEN"
    VERIFYING = "VERIFYING"
    VERIFIED = "VERIFIED"
    DONE = "DONE"
    REJECTED = "REJECTED"
    EXPIRED = "EXPIRED"


class RequestMove(StrEnum):
    """What can happen to a request."""

    VERIFY = "verify"
    CONFIRM = "confirm"
    FULFIL = "fulfil"
    FINISH = "finish"
    REJECT = "reject"
    EXPIRE = "expire"


MOVES: Moves[RequestState, RequestMove] = {
    (RequestState.OPEN, RequestMove.VERIFY): RequestState.VERIFYING,
    (RequestState.VERIFYING, RequestMove.VERIFY): RequestState.VERIFYING,
    (RequestState.VERIFYING, RequestMove.CONFIRM): RequestState.VERIFIED,
    (RequestState.VERIFIED, RequestMove.CONFIRM): RequestState.VERIFIED,
    (RequestState.DONE, RequestMove.CONFIRM): RequestState.DONE,
    (RequestState.VERIFIED, RequestMove.FULFIL): RequestState.DONE,
    (RequestState.VERIFIED, RequestMove.FINISH): RequestState.DONE,
    (RequestState.DONE, RequestMove.FINISH): RequestState.DONE,
    (RequestState.OPEN, RequestMove.REJECT): RequestState.REJECTED,
    (RequestState.VERIFYING, RequestMove.REJECT): RequestState.REJECTED,
    (RequestState.VERIFIED, RequestMove.REJECT): RequestState.REJECTED,
    (RequestState.VERIFYING, RequestMove.EXPIRE): RequestState.EXPIRED,
}


ENDED = frozenset({RequestState.DONE, RequestState.REJECTED, RequestState.EXPIRED})


class SupportRequest(Document):
    """A request of a candidate. What the person wrote stays where it was written; here is what kind it is."""

    id: str
    kind: RequestKind
    candidate_id: str
    state: RequestState
    opened_at: datetime
    changed_at: datetime
    confirm_until: datetime | None = None
    """Until when the mailed link confirms it; None before it was mailed."""
    led_to: str | None = None
    """The erasure or the export that it began."""
    by_mail: bool = False
    """Whether it came by a mail, which is kept for thirty days."""

    def move(self, move: RequestMove, *, now: datetime) -> Self:
        """The request after `move`; raises `IllegalMove` where its state does not allow it."""
        if move is RequestMove.FINISH and self.kind is RequestKind.QUESTION and self.state is RequestState.OPEN:
            return self._changed(RequestState.DONE, now)  # an answer is proof of nothing and needs none
        if move is RequestMove.FINISH and self.kind in BEGINS_BY_ITSELF and self.state is RequestState.VERIFIED:
            raise IllegalMove("This is carried out by itself within a minute. Look again then.", self.state.value)
        return self._changed(advance(self.state, move, MOVES), now)

    @property
    def begins(self) -> bool:
        """Whether what it asks for is to begin now."""
        return self.kind in BEGINS_BY_ITSELF and self.state is RequestState.VERIFIED

    def fulfil(self, led_to: str | None, *, now: datetime) -> Self:
        """The request that began what it asked for; None where there was nothing left to begin it with."""
        return self.move(RequestMove.FULFIL, now=now).model_copy(update={"led_to": led_to})

    def verify(self, *, now: datetime) -> Self:
        """The request whose confirmation is asked for by mail, perhaps once more."""
        asked = self.move(RequestMove.VERIFY, now=now)
        return asked.model_copy(update={"confirm_until": now + LINK_LIVES})

    def confirm(self, *, now: datetime) -> Self:
        """The request that its person confirmed; raises `IllegalMove`, also where it is too late."""
        if self.state is RequestState.VERIFYING and (self.confirm_until is None or now >= self.confirm_until):
            raise IllegalMove("The link of this request has expired. Write to support again.", self.state.value)
        return self.move(RequestMove.CONFIRM, now=now)

    def _changed(self, state: RequestState, now: datetime) -> Self:
        return self if state is self.state else self.model_copy(update={"state": state, "changed_at": now})


def mails_place(candidate_id: str) -> str:
    """The folder of the mails that an account sent to support."""
    return f"support/{candidate_id}/"


def mail_key(candidate_id: str, request_id: str) -> str:
    """Where the mail lies by which a request came."""
    return f"{mails_place(candidate_id)}{request_id}.eml"
