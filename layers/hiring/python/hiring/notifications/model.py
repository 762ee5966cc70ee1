"""A mail before and after it was sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from hiring.shared.values import Document

CLAIM = timedelta(minutes=1)
"""For so long a sender that has claimed a mail may still be alive; the function's time limit is half of it."""


class Skip(StrEnum):
    """Why a mail is not sent."""

    RECIPIENT_GONE = "recipient-gone"
    OPTED_OUT = "opted-out"
    NOT_A_MEMBER = "not-a-member"
    NO_LONGER_OPEN = "no-longer-open"
    SENT_BEFORE = "sent-before"


@dataclass(frozen=True)
class Mail:
    """A mail to one person, as text and as HTML."""

    to: str
    subject: str
    text: str
    html: str
    correlation_id: str


class MailState(StrEnum):
    """CLAIMED while a sender works on it, SENT when SES has taken it, SKIPPED where there was a reason."""

    CLAIMED = "CLAIMED"
    SENT = "SENT"
    SKIPPED = "SKIPPED"


class MailRecord(Document):
    """What became of a mail. It names the template and no address."""

    template: str
    state: MailState
    at: datetime
    ses_message_id: str | None = None
    skipped: Skip | None = None

    def claimed_by_another(self, now: datetime) -> bool:
        """Whether another sender may still be at work."""
        return self.state is MailState.CLAIMED and now < self.at + CLAIM
