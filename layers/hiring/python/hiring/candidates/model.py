"""A candidate who may be open to full-time employment, and what that person wants."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Self

from pydantic import Field, StrictBool

from hiring.shared.errors import IllegalMove
from hiring.shared.lifecycle import Moves, advance
from hiring.shared.values import (
    CountryCode,
    Day,
    Document,
    LanguageSkill,
    Line,
    Money,
    PayPeriod,
    Place,
    TimeZoneName,
    WorkMode,
)


class CandidateState(StrEnum):
    """Whether a candidate takes part. Only ACTIVE candidates are ever matched (R1)."""

    ACTIVE = "ACTIVE"
    PAUSED = "PAUSED"
    OPTED_OUT = "OPTED_OUT"


class CandidateMove(StrEnum):
    """What can happen to a candidate's participation."""

    ENROL = "enrol"
    PAUSE = "pause"
    RESUME = "resume"
    OPT_OUT = "opt-out"


MOVES: Moves[CandidateState, CandidateMove] = {
    (CandidateState.ACTIVE, CandidateMove.ENROL): CandidateState.ACTIVE,
    (CandidateState.ACTIVE, CandidateMove.PAUSE): CandidateState.PAUSED,
    (CandidateState.ACTIVE, CandidateMove.OPT_OUT): CandidateState.OPTED_OUT,
    (CandidateState.PAUSED, CandidateMove.ENROL): CandidateState.PAUSED,
    (CandidateState.PAUSED, CandidateMove.PAUSE): CandidateState.PAUSED,
    (CandidateState.PAUSED, CandidateMove.RESUME): CandidateState.ACTIVE,
    (CandidateState.ACTIVE, CandidateMove.RESUME): CandidateState.ACTIVE,
    (CandidateState.PAUSED, CandidateMove.OPT_OUT): CandidateState.OPTED_OUT,
    (CandidateState.OPTED_OUT, CandidateMove.OPT_OUT): CandidateState.OPTED_OUT,
    (CandidateState.OPTED_OUT, CandidateMove.ENROL): CandidateState.ACTIVE,
}


class Consent(Document):
    """That the candidate said to be open to full-time employment: when, and to which notice."""

    given_at: datetime
    notice_version: Line


class Candidate(Document):
    """A person who enrolled. `email` is the verified account address, read when enrolling."""

    id: str
    login: str
    email: str
    state: CandidateState
    consent: Consent
    enrolled_at: datetime
    resume_version: int = 0
    """The version of the resume in force; 0 while there is none."""
    leaving_since: datetime | None = None
    """When the candidate left or was hired, while invitations and offers of before are still being ended."""

    def move(self, move: CandidateMove, *, now: datetime) -> Self:
        """The candidate after `move`; who opts out leaves (R27). Raises `IllegalMove` where the state forbids it."""
        if self.state is CandidateState.OPTED_OUT and (self.state, move) not in MOVES:
            raise IllegalMove("You have left. Take part again first, with PUT /me/enrolment.", self.state.value)
        state = advance(self.state, move, MOVES)
        moved = self.model_copy(update={"state": state})
        leaves = state is CandidateState.OPTED_OUT and self.state is not state
        return moved._leave(now) if leaves else moved

    def hire(self, *, now: datetime) -> Self:
        """The candidate who accepted an offer: paused, and on the way out of everything else (R25)."""
        return self.move(CandidateMove.PAUSE, now=now)._leave(now)

    def leaves(self, opened_at: datetime) -> bool:
        """Whether an invitation or offer of that time is to end; a later one is meant for who has come back."""
        if self.leaving_since is None:
            return False
        return self.state is not CandidateState.ACTIVE or opened_at <= self.leaving_since

    def finish_leaving(self) -> Self:
        """Everything of before has ended."""
        return self.model_copy(update={"leaving_since": None})

    def _leave(self, now: datetime) -> Self:
        return self.model_copy(update={"leaving_since": now})


class MinimumPay(Document):
    """The least that the candidate works for."""

    amount: Money
    period: PayPeriod = PayPeriod.YEAR


class Preferences(Document):
    """What a candidate wants. None (or an empty list) means not stated, which never excludes (R7)."""

    titles: tuple[Line, ...] = Field(default=(), max_length=10)
    work_modes: tuple[WorkMode, ...] = Field(default=(), max_length=3)
    places: tuple[Place, ...] = Field(default=(), max_length=20)
    """Where the candidate would work: cities, or whole countries."""
    time_zone: TimeZoneName | None = None
    minimum_pay: MinimumPay | None = None
    authorised_in: tuple[CountryCode, ...] | None = Field(default=None, max_length=60)
    """Where the candidate may work without a sponsor; an empty list says: nowhere, a sponsor is needed."""
    languages: tuple[LanguageSkill, ...] = Field(default=(), max_length=20)
    earliest_start: Day | None = None


class EmployerBlocks(Document):
    """Employers that must never see the candidate, by name."""

    names: tuple[Line, ...] = Field(default=(), max_length=100)


class NotificationSettings(Document):
    """Which mails a candidate takes beside those about the candidate's own file, invitations and offers."""

    messages: StrictBool = True
    """That somebody wrote in a conversation."""
    announcements: StrictBool = True
    """What the operator tells every participant."""
