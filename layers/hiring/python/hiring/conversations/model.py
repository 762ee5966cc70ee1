"""A conversation between a client and a candidate, opened by an invitation and by nothing else."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Self

from hiring.shared.values import Document


class Author(StrEnum):
    """Who wrote a message. `system` messages say what happened, such as an answer."""

    CLIENT = "client"
    CANDIDATE = "candidate"
    SYSTEM = "system"


class Conversation(Document):
    """One conversation: who takes part, what it is about, and when somebody last wrote."""

    id: str
    invitation_id: str
    organisation_id: str
    organisation_name: str
    candidate_id: str
    candidate_reference: str
    job_id: str
    job_title: str
    opened_at: datetime
    last_message_at: datetime

    def with_message(self, message: Message) -> Self:
        """The conversation after one more message."""
        return self.model_copy(update={"last_message_at": message.sent_at})


class Message(Document):
    """One message; never changed."""

    id: str
    conversation_id: str
    author: Author
    text: str
    sent_at: datetime
