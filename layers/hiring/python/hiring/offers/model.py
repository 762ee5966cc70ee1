"""An offer of employment: its frozen versions, how it is answered, and how else it ends (R23)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Self

from pydantic import model_validator

from hiring.shared.errors import FieldError, IllegalMove, InvalidRequest, PreconditionFailed
from hiring.shared.lifecycle import Moves, advance
from hiring.shared.values import ERASED, Day, Document, Line, MessageText, Moment, Money, PayPeriod, Place, WorkMode

SHORTEST = timedelta(days=1)
LONGEST = timedelta(days=60)
"""For how long at least and at most a candidate can think about an offer."""


class OfferState(StrEnum):
    """Where an offer stands. Only OPEN waits for an answer."""

    OPEN = "OPEN"
    ACCEPTED = "ACCEPTED"
    DECLINED = "DECLINED"
    WITHDRAWN = "WITHDRAWN"
    EXPIRED = "EXPIRED"
    CLOSED = "CLOSED"
    """The job was filled or closed, or the candidate has left or was hired elsewhere."""
    HIRE_CONFIRMED = "HIRE_CONFIRMED"
    """The client says that the hire was made, off the platform."""


class OfferMove(StrEnum):
    """What can happen to an offer."""

    CHANGE = "change"
    ACCEPT = "accept"
    DECLINE = "decline"
    WITHDRAW = "withdraw"
    EXPIRE = "expire"
    CLOSE = "close"
    CONFIRM_HIRE = "confirm-hire"


MOVES: Moves[OfferState, OfferMove] = {
    (OfferState.OPEN, OfferMove.CHANGE): OfferState.OPEN,
    (OfferState.OPEN, OfferMove.ACCEPT): OfferState.ACCEPTED,
    (OfferState.OPEN, OfferMove.DECLINE): OfferState.DECLINED,
    (OfferState.OPEN, OfferMove.WITHDRAW): OfferState.WITHDRAWN,
    (OfferState.OPEN, OfferMove.EXPIRE): OfferState.EXPIRED,
    (OfferState.OPEN, OfferMove.CLOSE): OfferState.CLOSED,
    (OfferState.ACCEPTED, OfferMove.CONFIRM_HIRE): OfferState.HIRE_CONFIRMED,
}

ACCEPTED = frozenset({OfferState.ACCEPTED, OfferState.HIRE_CONFIRMED})
"""What a yes has led to."""

FINAL = frozenset(
    {
        *(OfferState.DECLINED, OfferState.WITHDRAWN, OfferState.EXPIRED, OfferState.CLOSED),
        OfferState.HIRE_CONFIRMED,
    }
)


class OfferExpired(IllegalMove):
    """The offer's time is over: it can be read, and not answered any more. Nobody has accepted it."""

    code = "offer-expired"
    title = "This offer has expired"


class OfferTerms(Document):
    """What is offered. A version of it never changes."""

    title: Line
    pay: Money
    period: PayPeriod = PayPeriod.YEAR
    work_mode: WorkMode
    place: Place | None = None
    """On-site and hybrid: the office. Remote: the country worked from; None means anywhere."""
    start_date: Day
    message: MessageText | None = None
    """What else the client has to say."""
    expires_at: Moment

    @model_validator(mode="after")
    def _place_of_work(self) -> Self:
        if self.work_mode is not WorkMode.REMOTE and self.place is None:
            raise ValueError("place: an on-site or hybrid job names its place")
        return self

    def require_fair_expiry(self, *, now: datetime) -> None:
        """Raise `InvalidRequest` unless the candidate has between 1 and 60 days to decide."""
        if not now + SHORTEST <= self.expires_at <= now + LONGEST:
            fault = FieldError("/expires_at", "out-of-range", "Leave the candidate between 1 and 60 days from now.")
            raise InvalidRequest("The offer expires too soon or too late.", errors=[fault])

    def without_words(self) -> Self:
        """The terms without all that the client wrote to this one person; pay, day and country stay."""
        place = self.place and Place(country=self.place.country)
        return self.model_copy(update={"title": ERASED, "message": None, "place": place})

    def texts(self) -> Iterator[tuple[str, str]]:
        """What the client wrote itself, each with its JSON pointer."""
        yield "/title", self.title
        if self.place and self.place.city:
            yield "/place/city", self.place.city
        if self.message:
            yield "/message", self.message


class Offer(Document):
    """One offer; `version` counts its terms, from 1. `made_by` is a client member's login."""

    id: str
    invitation_id: str
    conversation_id: str
    job_id: str
    organisation_id: str
    organisation_name: str
    candidate_id: str
    candidate_reference: str
    state: OfferState = OfferState.OPEN
    version: int = 1
    terms: OfferTerms
    made_at: datetime
    made_by: str
    changed_at: datetime
    """When the terms in force were made."""
    decided_at: datetime | None = None
    """When the candidate accepted or declined."""
    hire_confirmed_at: datetime | None = None

    def at(self, now: datetime) -> Self:
        """The offer as it stands at `now`: past its time it is expired, written down or not. It is never accepted."""
        if self.state is OfferState.OPEN and now >= self.terms.expires_at:
            return self._moved(OfferMove.EXPIRE)
        return self

    def change(self, terms: OfferTerms, *, seen: int, now: datetime) -> Self:
        """The next version, with other terms; the same terms make none.

        Raises `PreconditionFailed` unless `seen` is the version in force, `OfferExpired`, `IllegalMove`.
        """
        current = self._waiting(OfferMove.CHANGE, now)
        current._require_seen(seen)
        if terms == self.terms:
            return self
        changed = {"terms": terms, "version": self.version + 1, "changed_at": now}
        return current._moved(OfferMove.CHANGE).model_copy(update=changed)

    def accept(self, *, seen: int, now: datetime) -> Self:
        """The candidate accepts the version that was `seen`; again, it changes nothing.

        Raises `PreconditionFailed` where the terms are others by now, `OfferExpired`, `IllegalMove`.
        """
        if self.state in ACCEPTED:
            return self
        current = self._waiting(OfferMove.ACCEPT, now)
        current._require_seen(seen)
        return current._moved(OfferMove.ACCEPT).model_copy(update={"decided_at": now})

    def decline(self, *, now: datetime) -> Self:
        """The candidate declines; again, it changes nothing. Raises `OfferExpired`, `IllegalMove`."""
        if self.state is OfferState.DECLINED:
            return self
        return self._waiting(OfferMove.DECLINE, now)._moved(OfferMove.DECLINE).model_copy(update={"decided_at": now})

    def withdraw(self, *, now: datetime) -> Self:
        """The client takes it back; again, it changes nothing. Raises `OfferExpired`, `IllegalMove`."""
        if self.state is OfferState.WITHDRAWN:
            return self
        return self._waiting(OfferMove.WITHDRAW, now)._moved(OfferMove.WITHDRAW)

    def close(self, *, now: datetime) -> Self:
        """The job is filled or closed; an offer that ended otherwise keeps its end."""
        current = self.at(now)
        return current._moved(OfferMove.CLOSE) if current.state is OfferState.OPEN else current

    def confirm_hire(self, *, now: datetime) -> Self:
        """The client says that the hire was made; again, it changes nothing. Raises `IllegalMove`."""
        if self.state is OfferState.HIRE_CONFIRMED:
            return self
        return self._moved(OfferMove.CONFIRM_HIRE).model_copy(update={"hire_confirmed_at": now})

    def _waiting(self, move: OfferMove, now: datetime) -> Self:
        """The offer as it stands, if `move` may happen to it."""
        current = self.at(now)
        if current.state is OfferState.EXPIRED:
            raise OfferExpired(f"This offer expired on {self.terms.expires_at:%d %B %Y}.", current.state)
        advance(current.state, move, MOVES)
        return current

    def _require_seen(self, seen: int) -> None:
        if seen != self.version:
            raise PreconditionFailed("The terms of this offer changed since you read it. Read them again.")

    def _moved(self, move: OfferMove) -> Self:
        return self.model_copy(update={"state": advance(self.state, move, MOVES)})


class OfferVersion(Document):
    """The terms of an offer as they were at one time; kept for ever."""

    offer_id: str
    version: int
    terms: OfferTerms
    made_at: datetime
    made_by: str
