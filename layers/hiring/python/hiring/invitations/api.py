"""Invitations on the wire."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from hiring.invitations.model import Invitation, InvitationState, Position
from hiring.shared.values import Document, MessageText


class NewInvitation(Document):
    """What a client writes to the candidate; it becomes the first message of their conversation."""

    message: MessageText


class InvitationView(Document):
    """An invitation as the client sees it."""

    id: str
    job_id: str
    job_version: int
    entry_id: str
    candidate_reference: str
    conversation_id: str
    state: InvitationState
    message: str
    created_at: datetime
    expires_at: datetime
    answered_at: datetime | None

    @classmethod
    def of(cls, invitation: Invitation) -> Self:
        """The client's view."""
        return cls(
            id=invitation.id,
            job_id=invitation.job_id,
            job_version=invitation.job_version,
            entry_id=invitation.entry_id,
            candidate_reference=invitation.candidate_reference,
            conversation_id=invitation.conversation_id,
            state=invitation.state,
            message=invitation.message,
            created_at=invitation.created_at,
            expires_at=invitation.expires_at,
            answered_at=invitation.answered_at,
        )


class InvitationList(Document):
    """A page of a job's invitations, newest first."""

    items: tuple[InvitationView, ...]
    next_cursor: str | None


class CandidateInvitationView(Document):
    """An invitation as the candidate sees it: who invites, to what job, for which pay and where."""

    id: str
    conversation_id: str
    state: InvitationState
    position: Position
    message: str
    created_at: datetime
    expires_at: datetime
    answered_at: datetime | None

    @classmethod
    def of(cls, invitation: Invitation) -> Self:
        """The candidate's view."""
        return cls(
            id=invitation.id,
            conversation_id=invitation.conversation_id,
            state=invitation.state,
            position=invitation.position,
            message=invitation.message,
            created_at=invitation.created_at,
            expires_at=invitation.expires_at,
            answered_at=invitation.answered_at,
        )


class CandidateInvitationList(Document):
    """A page of my invitations, newest first."""

    items: tuple[CandidateInvitationView, ...]
    next_cursor: str | None
