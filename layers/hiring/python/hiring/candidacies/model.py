"""A candidate's one way through a job, from the shortlist to the confirmed hire, and what each stage of it allows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Self

from hiring.jobs.model import JobOrigin
from hiring.shared.errors import IllegalMove
from hiring.shared.lifecycle import Moves, advance
from hiring.shared.values import Document

QUIET_AFTER_DECLINE = timedelta(days=90)
"""For so long after a decline nobody invites the same candidate to the same job again (R20)."""


class CandidacyState(StrEnum):
    """How far a candidate has come with a job. Nothing is stored while it is only SHORTLISTED."""

    SHORTLISTED = "SHORTLISTED"
    INVITED = "INVITED"
    INTERVIEWING = "INTERVIEWING"
    """The invitation was accepted: the two talk."""
    OFFERED = "OFFERED"
    """One offer waits for its answer."""
    HIRED = "HIRED"
    """The candidate accepted an offer."""
    HIRE_CONFIRMED = "HIRE_CONFIRMED"
    DECLINED = "DECLINED"
    EXPIRED = "EXPIRED"
    WITHDRAWN = "WITHDRAWN"
    CLOSED = "CLOSED"
    """The job was filled or closed, or the candidate has left or was hired elsewhere."""


class CandidacyMove(StrEnum):
    """What can happen to a candidacy."""

    INVITE = "invite"
    ACCEPT_INVITATION = "accept-invitation"
    DECLINE_INVITATION = "decline-invitation"
    EXPIRE_INVITATION = "expire-invitation"
    WITHDRAW_INVITATION = "withdraw-invitation"
    OFFER = "offer"
    END_OFFER = "end-offer"
    """The offer was declined, withdrawn, or expired: the two still talk, and another may be made."""
    ACCEPT_OFFER = "accept-offer"
    CONFIRM_HIRE = "confirm-hire"
    CLOSE = "close"


MOVES: Moves[CandidacyState, CandidacyMove] = {
    (CandidacyState.SHORTLISTED, CandidacyMove.INVITE): CandidacyState.INVITED,
    (CandidacyState.INVITED, CandidacyMove.ACCEPT_INVITATION): CandidacyState.INTERVIEWING,
    (CandidacyState.INVITED, CandidacyMove.DECLINE_INVITATION): CandidacyState.DECLINED,
    (CandidacyState.INVITED, CandidacyMove.EXPIRE_INVITATION): CandidacyState.EXPIRED,
    (CandidacyState.INVITED, CandidacyMove.WITHDRAW_INVITATION): CandidacyState.WITHDRAWN,
    (CandidacyState.INVITED, CandidacyMove.CLOSE): CandidacyState.CLOSED,
    (CandidacyState.INTERVIEWING, CandidacyMove.OFFER): CandidacyState.OFFERED,
    (CandidacyState.INTERVIEWING, CandidacyMove.WITHDRAW_INVITATION): CandidacyState.WITHDRAWN,
    (CandidacyState.INTERVIEWING, CandidacyMove.CLOSE): CandidacyState.CLOSED,
    (CandidacyState.OFFERED, CandidacyMove.ACCEPT_OFFER): CandidacyState.HIRED,
    (CandidacyState.OFFERED, CandidacyMove.END_OFFER): CandidacyState.INTERVIEWING,
    (CandidacyState.HIRED, CandidacyMove.CONFIRM_HIRE): CandidacyState.HIRE_CONFIRMED,
    # Whoever did not come to an agreement may be asked again while the job is open.
    (CandidacyState.DECLINED, CandidacyMove.INVITE): CandidacyState.INVITED,
    (CandidacyState.EXPIRED, CandidacyMove.INVITE): CandidacyState.INVITED,
    (CandidacyState.WITHDRAWN, CandidacyMove.INVITE): CandidacyState.INVITED,
    (CandidacyState.CLOSED, CandidacyMove.INVITE): CandidacyState.INVITED,
}

LIVE = frozenset({CandidacyState.INVITED, CandidacyState.INTERVIEWING, CandidacyState.OFFERED})
"""What waits for something, and ends when the job does."""

FINAL = frozenset({CandidacyState.HIRE_CONFIRMED})
_KEEPS_OUT_ANOTHER = LIVE | {CandidacyState.HIRED, CandidacyState.HIRE_CONFIRMED}


class AlreadyInvited(IllegalMove):
    """The candidate has a live invitation to this job. Wait for the answer, or withdraw it."""

    code = "already-invited"
    title = "This candidate is invited already"


class DeclinedRecently(IllegalMove):
    """The candidate declined this job less than 90 days ago and is not asked again before that time is over."""

    code = "declined-recently"
    title = "This candidate declined this job"


class InvitationNotAccepted(IllegalMove):
    """An offer needs an accepted invitation. Wait until the candidate has accepted it."""

    code = "invitation-not-accepted"
    title = "The invitation is not accepted"


class OfferPending(IllegalMove):
    """An offer waits for the candidate's answer, and there is one at a time. Change it, or withdraw it first."""

    code = "offer-pending"
    title = "An offer waits for its answer"


class ContractRequired(IllegalMove):
    """The job came from another part of the marketplace: a contract made there is required, and no offer made here."""

    code = "contract-required"
    title = "This job requires a contract on the marketplace"


class Stage(StrEnum):
    """From when on contact details may be released, earliest first (R22)."""

    INVITATION_ACCEPTED = "invitation-accepted"
    OFFER_MADE = "offer-made"
    OFFER_ACCEPTED = "offer-accepted"


_STAGES = tuple(Stage)
_REACHED: Mapping[CandidacyState, Stage] = {
    CandidacyState.INTERVIEWING: Stage.INVITATION_ACCEPTED,
    CandidacyState.OFFERED: Stage.OFFER_MADE,
    CandidacyState.HIRED: Stage.OFFER_ACCEPTED,
    CandidacyState.HIRE_CONFIRMED: Stage.OFFER_ACCEPTED,
}
"""The stage of each state. One that ended without a hire is at none: what was released is released no longer."""


@dataclass(frozen=True)
class OriginRule:
    """What the stages of a job's candidacies allow, by where the job came from."""

    contract_required: bool
    """Whether hiring takes a contract on the marketplace: then no offer is made here, and no contact released."""


ORIGINS: Mapping[JobOrigin, OriginRule] = {JobOrigin.FULLTIME: OriginRule(contract_required=False)}
"""The one table of R22. A job of any other origin requires a contract."""
_ANY_OTHER = OriginRule(contract_required=True)


class Candidacy(Document):
    """A candidate's one way through a job: one live invitation, one live offer, no invitation soon after a decline."""

    job_id: str
    candidate_id: str
    origin: JobOrigin
    """Where the job came from; it never changes."""
    state: CandidacyState = CandidacyState.SHORTLISTED
    invitation_id: str | None = None
    """The latest invitation."""
    offer_id: str | None = None
    """The offer that waits for its answer, or that was accepted."""
    not_before: datetime | None = None
    """When the candidate may be invited to this job again after a decline."""

    def invite(self, invitation_id: str, *, now: datetime) -> Self:
        """The candidacy with an invitation; raises `AlreadyInvited`, `DeclinedRecently` (R20) or `IllegalMove`."""
        if self.state in _KEEPS_OUT_ANOTHER:
            raise AlreadyInvited("This candidate has an invitation to this job already.", self.state)
        if self.not_before is not None and now < self.not_before:
            raise DeclinedRecently(
                f"This candidate declined this job and can be invited again from {self.not_before:%d %B %Y}.",
                self.state,
            )
        return self.move(CandidacyMove.INVITE).model_copy(update={"invitation_id": invitation_id, "not_before": None})

    def decline_invitation(self, *, now: datetime) -> Self:
        """The candidate said no to the invitation; raises `IllegalMove`."""
        quiet = {"not_before": now + QUIET_AFTER_DECLINE}
        return self.move(CandidacyMove.DECLINE_INVITATION).model_copy(update=quiet)

    def offer(self, offer_id: str) -> Self:
        """The candidacy with an offer; raises `ContractRequired` (R22), `OfferPending` or `InvitationNotAccepted`."""
        if self._rule.contract_required:
            raise ContractRequired("Make the contract on the marketplace; offers are not made here.", self.state)
        if self.state is CandidacyState.OFFERED:
            raise OfferPending("This candidate has an offer already. Change it, or withdraw it first.", self.state)
        if self.state is not CandidacyState.INTERVIEWING:
            raise InvitationNotAccepted("An offer needs an accepted invitation.", self.state)
        return self.move(CandidacyMove.OFFER).model_copy(update={"offer_id": offer_id})

    def end_offer(self) -> Self:
        """The offer was declined, withdrawn or expired; raises `IllegalMove`."""
        return self.move(CandidacyMove.END_OFFER).model_copy(update={"offer_id": None})

    def move(self, move: CandidacyMove) -> Self:
        """The candidacy after a move that changes nothing but its state; raises `IllegalMove`."""
        if self.state is CandidacyState.OFFERED and move is CandidacyMove.WITHDRAW_INVITATION:
            raise OfferPending("Withdraw the offer first, then the invitation.", self.state)
        return self.model_copy(update={"state": advance(self.state, move, MOVES)})

    def contacts_released(self, *, release_from: Stage) -> bool:
        """Whether the two may exchange contact details by now, where they are released from a stage on (R22)."""
        reached = _REACHED.get(self.state)
        if self._rule.contract_required or reached is None:
            return False
        return _STAGES.index(reached) >= _STAGES.index(release_from)

    @property
    def _rule(self) -> OriginRule:
        return ORIGINS.get(self.origin, _ANY_OTHER)
