"""A mail before and after it was sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from hiring.shared.values import Document

CLAIM = timedelta(minutes=1)
"""For so long a sender that has claimed a mail may still be alive; the function's time limit is half of it."""

MEMBER = "USER#"
"""What a recipient begins with who is a member of an organisation; any other is a candidate's id."""


class Kind(StrEnum):
    """What a mail is sent for. Its recipient may switch off every kind but TRANSACTIONAL (R30)."""

    TRANSACTIONAL = "transactional"
    """About the recipient's own file, job, invitation or offer, one for each event. Who wants none of them opts out."""
    MESSAGES = "messages"
    """That somebody wrote in a conversation."""
    ANNOUNCEMENTS = "announcements"
    """What the operator tells every participant."""


class Skip(StrEnum):
    """Why a mail is not sent."""

    RECIPIENT_GONE = "recipient-gone"
    OPTED_OUT = "opted-out"
    NOT_A_MEMBER = "not-a-member"
    SUPPRESSED = "suppressed"
    UNWANTED = "unwanted"
    NO_LONGER_OPEN = "no-longer-open"
    SENT_BEFORE = "sent-before"


@dataclass(frozen=True)
class Recipient:
    """Whom a mail goes to: a candidate's id or a member's `USER#sub`, and the address that is theirs now.

    Mails are tagged with the digest of their address: what SES tells of them leads to it, and names it to nobody.
    """

    id: str
    address: str
    digest: str


@dataclass(frozen=True)
class Mail:
    """A mail to one person, as text and as HTML, with the headers that other mails do not have."""

    to: Recipient
    subject: str
    text: str
    html: str
    correlation_id: str
    headers: Mapping[str, str] = field(default_factory=dict)


def unsubscribing(link: str, token: str, support_address: str) -> Mapping[str, str]:
    """The headers by which a mail program switches off a kind of mail: with one click (RFC 8058), or by a mail."""
    ways = [f"<{link}>"]
    if support_address:
        ways.append(f"<mailto:{support_address}?subject=unsubscribe%20{token}>")
    return {"List-Unsubscribe": ", ".join(ways), "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}


class MailState(StrEnum):
    """CLAIMED while a sender works on it, SENT when SES has taken it, SKIPPED where there was a reason."""

    CLAIMED = "CLAIMED"
    SENT = "SENT"
    SKIPPED = "SKIPPED"


class Delivery(StrEnum):
    """What SES told of a mail later. Of two things told, in whatever order, the lower one in this list counts."""

    DELAYED = "delayed"
    RETURNED = "returned"
    """It could not be delivered now, or came back with a note of absence."""
    DELIVERED = "delivered"
    REJECTED = "rejected"
    BOUNCED = "bounced"
    """It can never be delivered to this address."""
    COMPLAINED = "complained"
    """Its recipient reported it as unwanted."""


_TELLING = list(Delivery)


class SesMessage(Document):
    """Which mail SES knows by an id of its own: the record's place, and who was written to in the end."""

    owner: str
    message_id: str
    recipient: str


class MailRecord(Document):
    """What became of a mail. It names the template and no address."""

    template: str
    state: MailState
    at: datetime
    ses_message_id: str | None = None
    skipped: Skip | None = None
    delivery: Delivery | None = None
    delivery_at: datetime | None = None

    def claimed_by_another(self, now: datetime) -> bool:
        """Whether another sender may still be at work."""
        return self.state is MailState.CLAIMED and now < self.at + CLAIM

    @property
    def ended(self) -> bool:
        """Whether nothing is to be done any more. An address that takes no mails may take them again."""
        return self.state is not MailState.CLAIMED and self.skipped is not Skip.SUPPRESSED

    def changed_by(self, delivery: Delivery) -> bool:
        """Whether `delivery` tells more than what is known."""
        return self.delivery is None or _TELLING.index(delivery) > _TELLING.index(self.delivery)
