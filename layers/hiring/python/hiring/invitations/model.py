"""An invitation to interview: what the candidate is shown, how it is answered, and how else it ends."""

from __future__ import annotations

import unicodedata
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Annotated, Self

from pydantic import AfterValidator, StringConstraints

from hiring.jobs.model import Job, PayRange
from hiring.shared.errors import IllegalMove
from hiring.shared.lifecycle import Moves, advance
from hiring.shared.values import Document, Place, WorkMode

QUIET_AFTER_DECLINE = timedelta(days=90)
"""For so long after a decline nobody invites the same candidate to the same job again (R20)."""

InvitationMessage = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=4_000),
    AfterValidator(lambda text: unicodedata.normalize("NFC", text)),
]
"""What the client writes to the candidate: NFC, 1 to 4,000 characters."""


class InvitationState(StrEnum):
    """Where an invitation stands. Only SENT waits for an answer; after ACCEPTED the two talk."""

    SENT = "SENT"
    ACCEPTED = "ACCEPTED"
    DECLINED = "DECLINED"
    EXPIRED = "EXPIRED"
    WITHDRAWN = "WITHDRAWN"
    CLOSED = "CLOSED"


class InvitationMove(StrEnum):
    """What can happen to an invitation."""

    ACCEPT = "accept"
    DECLINE = "decline"
    EXPIRE = "expire"
    WITHDRAW = "withdraw"
    CLOSE = "close"


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
}

LIVE = frozenset({InvitationState.SENT, InvitationState.ACCEPTED})
"""While an invitation is live there is no other for the same candidate and job."""


class TooLate(IllegalMove):
    """The invitation's time is over: it can be read, and not answered any more."""

    code = "invitation-expired"
    title = "This invitation has expired"


class AlreadyInvited(IllegalMove):
    """The candidate has a live invitation to this job. Wait for the answer, or withdraw it."""

    code = "already-invited"
    title = "This candidate is invited already"


class DeclinedRecently(IllegalMove):
    """The candidate declined this job less than 90 days ago and is not asked again before that time is over."""

    code = "declined-recently"
    title = "This candidate declined this job"


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
    message: InvitationMessage
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
        if current.state is MOVES[InvitationState.SENT, InvitationMove(answer)]:
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

    def _moved(self, move: InvitationMove) -> Self:
        return self.model_copy(update={"state": advance(self.state, move, MOVES)})


class Candidacy(Document):
    """A candidate's one way through a job: at most one live invitation, and none soon after a decline."""

    job_id: str
    candidate_id: str
    invitation_id: str
    """The latest invitation."""
    state: InvitationState
    not_before: datetime | None = None
    """When the candidate may be invited to this job again after a decline."""

    @classmethod
    def of(cls, invitation: Invitation) -> Self:
        """The candidacy as an invitation leaves it."""
        not_before = None
        if invitation.state is InvitationState.DECLINED and invitation.answered_at is not None:
            not_before = invitation.answered_at + QUIET_AFTER_DECLINE
        return cls(
            job_id=invitation.job_id,
            candidate_id=invitation.candidate_id,
            invitation_id=invitation.id,
            state=invitation.state,
            not_before=not_before,
        )

    def admit_invitation(self, *, now: datetime) -> None:
        """Raise `AlreadyInvited` or `DeclinedRecently` where another invitation must not be sent (R20)."""
        if self.state in LIVE:
            raise AlreadyInvited("This candidate has an invitation to this job already.", self.state)
        if self.not_before is not None and now < self.not_before:
            raise DeclinedRecently(
                f"This candidate declined this job and can be invited again from {self.not_before:%d %B %Y}.",
                self.state,
            )
