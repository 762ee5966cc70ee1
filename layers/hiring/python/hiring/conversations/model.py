"""A conversation between a client and a candidate, opened by an invitation and by nothing else."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Self

from pydantic import Field

from hiring.shared.errors import IllegalMove
from hiring.shared.values import Document

BETWEEN_NOTICES = timedelta(minutes=15)
"""Somebody who is written to hears of it by mail at once, and then not more often than this."""


class Author(StrEnum):
    """Who wrote a message. `system` messages say what happened, such as an answer."""

    CLIENT = "client"
    CANDIDATE = "candidate"
    SYSTEM = "system"


class Intent(StrEnum):
    """What a message is meant to do beside being read. Without one it does nothing else (R18)."""

    ACCEPT = "accept"
    """The candidate accepts the invitation."""
    DECLINE = "decline"
    """The candidate declines the invitation."""
    PROPOSE_TIMES = "propose-times"
    CONFIRM_TIME = "confirm-time"
    """Agrees to a time that the other side proposed."""


class NothingProposed(IllegalMove):
    """Only a time that the other side proposed can be confirmed. Propose times instead."""

    code = "nothing-proposed"
    title = "No time is proposed"


class Message(Document):
    """One message; never changed."""

    id: str
    conversation_id: str
    author: Author
    text: str
    sent_at: datetime
    intent: Intent | None = None


class Notice(Document):
    """What one side heard by mail of new messages: when last, and when it is to hear again."""

    sent_at: datetime | None = None
    due_at: datetime | None = None


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
    times_proposed_by: Author | None = None
    """Who proposed times for the interview that nobody has confirmed yet."""
    notices: dict[Author, Notice] = Field(default_factory=dict)
    """For each side what it heard by mail; empty for a side that was never written to."""

    def with_message(self, message: Message) -> Self:
        """The conversation after one more message; raises `NothingProposed` for a time that nobody proposed.

        Whoever writes has read what came before, and needs no notice of it any more.
        """
        proposed = self.times_proposed_by
        match message.intent:
            case Intent.PROPOSE_TIMES:
                proposed = message.author
            case Intent.CONFIRM_TIME:
                if proposed is None or proposed is message.author:
                    raise NothingProposed("The other side has proposed no times. Propose some.", "NOTHING_PROPOSED")
                proposed = None
        read = self._noticed(message.author, Notice(sent_at=self._notice(message.author).sent_at))
        return read.model_copy(update={"last_message_at": message.sent_at, "times_proposed_by": proposed})

    def told(self, reader: Author, *, now: datetime) -> Self:
        """The conversation after `reader` got a mail about what is in it."""
        return self._noticed(reader, Notice(sent_at=now))

    def announced(self, message: Message) -> tuple[Self, Author | None]:
        """The conversation with the notice of a new message, and who gets a mail at once.

        That is the other side, unless it had a mail within `BETWEEN_NOTICES`: then one mail at the end of that time
        tells of all that came meanwhile.
        """
        reader = Author.CANDIDATE if message.author is Author.CLIENT else Author.CLIENT
        last = self._notice(reader).sent_at
        if last is None or message.sent_at >= last + BETWEEN_NOTICES:
            return self.told(reader, now=message.sent_at), reader
        return self._noticed(reader, Notice(sent_at=last, due_at=last + BETWEEN_NOTICES)), None

    def remind(self, *, now: datetime) -> tuple[Self, tuple[Author, ...]]:
        """The conversation after the notices that are due by `now`, and who gets them."""
        due = tuple(side for side, notice in self.notices.items() if notice.due_at is not None and notice.due_at <= now)
        reminded = self
        for side in due:
            reminded = reminded.told(side, now=now)
        return reminded, due

    def quiet(self) -> Self:
        """The conversation without the notices that are due: a mail about its end says all there is."""
        return self.model_copy(
            update={"notices": {side: Notice(sent_at=notice.sent_at) for side, notice in self.notices.items()}}
        )

    @property
    def notice_due_at(self) -> datetime | None:
        """When the next notice is due, None while everybody knows all."""
        return min((notice.due_at for notice in self.notices.values() if notice.due_at is not None), default=None)

    def _notice(self, side: Author) -> Notice:
        return self.notices.get(side, Notice())

    def _noticed(self, side: Author, notice: Notice) -> Self:
        return self.model_copy(update={"notices": {**self.notices, side: notice}})
