"""Posting messages on the wire."""

from __future__ import annotations

from typing import Self

from hiring.conversations.api import MessageView
from hiring.conversations.model import Intent
from hiring.invitations.model import InvitationState
from hiring.messaging.model import Posted
from hiring.shared.values import Document, MessageText


class NewMessage(Document):
    """What I write, and what it is meant to do beside being read; without an intent it changes nothing."""

    text: MessageText
    intent: Intent | None = None


class PostedMessageView(MessageView):
    """A message that I posted, and how the invitation stands after it."""

    invitation_state: InvitationState

    @classmethod
    def posted(cls, posted: Posted) -> Self:
        """The view of a posted message."""
        return cls(**dict(MessageView.of(posted.message)), invitation_state=posted.invitation_state)
