"""Conversations on the wire."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from hiring.conversations.model import Author, Conversation, Intent, Message
from hiring.shared.values import Document


class ConversationView(Document):
    """A conversation as one side sees it; `with_whom` is the organisation's name, or what the candidate is called."""

    id: str
    invitation_id: str
    job_title: str
    with_whom: str
    opened_at: datetime
    last_message_at: datetime

    @classmethod
    def for_candidate(cls, conversation: Conversation) -> Self:
        """What the candidate sees."""
        return cls._of(conversation, conversation.organisation_name)

    @classmethod
    def for_client(cls, conversation: Conversation) -> Self:
        """What the client sees."""
        return cls._of(conversation, conversation.candidate_reference)

    @classmethod
    def _of(cls, conversation: Conversation, with_whom: str) -> Self:
        return cls(
            id=conversation.id,
            invitation_id=conversation.invitation_id,
            job_title=conversation.job_title,
            with_whom=with_whom,
            opened_at=conversation.opened_at,
            last_message_at=conversation.last_message_at,
        )


class ConversationList(Document):
    """A page of conversations, the last written to first."""

    items: tuple[ConversationView, ...]
    next_cursor: str | None


class MessageView(Document):
    """One message."""

    id: str
    author: Author
    text: str
    sent_at: datetime
    intent: Intent | None

    @classmethod
    def of(cls, message: Message) -> Self:
        """The view of a message."""
        return cls(**message.model_dump(include=set(MessageView.model_fields)))


class MessageList(Document):
    """A page of messages, oldest first."""

    items: tuple[MessageView, ...]
    next_cursor: str | None
