"""An invitation to interview: what the candidate is shown, how it is answered, and how else it ends."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Self

from hiring.jobs.model import Job, PayRange
from hiring.shared.errors import IllegalMove
from hiring.shared.lifecycle import Moves, advance
from hiring.shared.values import Document, MessageText, Place, WorkMode


class InvitationState(StrEnum):
    """Where an invitation stands. Only SENT waits for an answer; after ACCEPTED the two talk."""

    SENT = "SENT"
    ACCEPTED = "ACCEPTED"
    DECLINED = "DECLINED"
    EXPIRED = "EXPIRED"
    WITHDRAWN = "WITHDRAWN"
    CLOSED = "CLOSED"
    HIRED = "HIRED"
    """The candidate accepted an offer."""


class InvitationMove(StrEnum):
    """What can happen to an invitation."""

    ACCEPT = "accept"
    DECLINE = "decline"
    EXPIRE = "expire"
    WITHDRAW = "withdraw"
    CLOSE = "close"
    HIRE = "hire"


class InvitationAnswer(StrEnum):
    """What a candidate can say."""

    ACCEPT = "accept"
    DECLINE = "decline"


MOVES: Moves[InvitationState, InvitationMove] = {
    (InvitationState.SENT, InvitationMove.ACCEPT): InvitationState.ACCEPTED,
    (InvitationState.SENT, InvitationMove.DECLINE): InvitationState.DECLINED,
    (InvitationState.SENT, InvitationMove.EXPIRE): InvitationState.EXPIRED,
    (InvitationState.SENT, InvitationMove.WITHDRAW): InvitationState.WITHDRAWN,
    (InvitationState.SENT, InvitationMove.CLOSE): InvitationState.CLOSED,
    (InvitationState.ACCEPTED, InvitationMove.WITHDRAW): InvitationState.WITHDRAWN,
    (InvitationState.ACCEPTED, InvitationMove.CLOSE): InvitationState.CLOSED,
    (InvitationState.ACCEPTED, InvitationMove.HIRE): InvitationState.HIRED,
}

LIVE = frozenset({InvitationState.SENT, InvitationState.ACCEPTED})
"""While an invitation is live there is no other for the same candidate and job."""

ACCEPTED = frozenset({InvitationState.ACCEPTED, InvitationState.HIRED})
"""What a yes has led to, while it stands."""

TALKING = LIVE | ACCEPTED
"""While an invitation is one of these its conversation is open."""


class TooLate(IllegalMove):
    """The invitation's time is over: it can be read, and not answered any more."""

    code = "invitation-expired"
    title = "This invitation has expired"


class CandidateUnavailable(IllegalMove):
    """The candidate does not take part any more or for now. Nothing is said about why."""

    code = "candidate-unavailable"
    title = "This candidate is not available"


class Position(Document):
    """What a candidate is told about the job, as it was when the invitation was sent (R16)."""

    organisation_name: str
    title: str
    description: str
    pay: PayRange
    places: tuple[Place, ...]
    work_mode: WorkMode

    @classmethod
    def of(cls, job: Job, organisation_name: str) -> Self:
        """The position that a job offers."""
        terms = job.terms
        return cls(
            organisation_name=organisation_name,
            title=terms.title,
            description=terms.description,
            pay=terms.pay,
            places=terms.places,
            work_mode=terms.work_mode,
        )


class Invitation(Document):
    """One invitation. `invited_by` is a client member's login; clients call the candidate `candidate_reference`."""

    id: str
    job_id: str
    job_version: int
    organisation_id: str
    candidate_id: str
    candidate_reference: str
    entry_id: str
    run_id: str
    conversation_id: str
    position: Position
    message: MessageText
    state: InvitationState = InvitationState.SENT
    created_at: datetime
    expires_at: datetime
    invited_by: str
    answered_at: datetime | None = None

    def at(self, now: datetime) -> Self:
        """The invitation as it stands at `now`: past its deadline it is expired, written down or not."""
        if self.state is InvitationState.SENT and now >= self.expires_at:
            return self._moved(InvitationMove.EXPIRE)
        return self

    def answer(self, answer: InvitationAnswer, *, now: datetime) -> Self:
        """Accept or decline. The first answer wins, and the same one again changes nothing (R17).

        Raises `TooLate` after the deadline, `IllegalMove` for the other answer or an invitation that ended.
        """
        current = self.at(now)
        given = ACCEPTED if answer is InvitationAnswer.ACCEPT else {InvitationState.DECLINED}
        if current.state in given:
            return self
        if current.state is InvitationState.EXPIRED:
            raise TooLate(f"This invitation expired on {self.expires_at:%d %B %Y}.", current.state)
        return current._moved(InvitationMove(answer)).model_copy(update={"answered_at": now})

    def withdraw(self, *, now: datetime) -> Self:
        """The client takes it back, answered with yes or not at all. Raises `IllegalMove`."""
        return self.at(now)._moved(InvitationMove.WITHDRAW)

    def close(self, *, now: datetime) -> Self:
        """The job is filled or closed; an invitation that has ended otherwise keeps its end."""
        current = self.at(now)
        return current._moved(InvitationMove.CLOSE) if current.state in LIVE else current

    def hire(self) -> Self:
        """The candidate accepted an offer. Raises `IllegalMove` unless the invitation was accepted."""
        return self._moved(InvitationMove.HIRE)

    def _moved(self, move: InvitationMove) -> Self:
        return self.model_copy(update={"state": advance(self.state, move, MOVES)})
