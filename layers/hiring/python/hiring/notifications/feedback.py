"""What SES tells of a mail after it took it: at least once, in no order, and also of mails that nobody remembers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from pydantic import AwareDatetime, BaseModel, Field

from hiring.notifications import subscriptions
from hiring.notifications.model import Delivery, Kind, MailRecord, SesMessage
from hiring.shared import keys
from hiring.shared.addresses import address_digest
from hiring.shared.errors import NotFound
from hiring.shared.table import Change, Put, Table, retried
from hiring.suppressions import store as suppressions
from hiring.suppressions.model import Suppression, SuppressionReason

_RECORDED_BY = timedelta(minutes=1)
"""So long after SES took a mail its sender may still be writing that down."""

_ENDS_MAILS = {Delivery.BOUNCED: SuppressionReason.BOUNCE, Delivery.COMPLAINED: SuppressionReason.COMPLAINT}


class Tracked(StrEnum):
    """What became of a piece of feedback."""

    RECORDED = "recorded"
    SUPPRESSED = "suppressed"
    KNOWN_BEFORE = "known-before"
    UNKNOWN_MAIL = "unknown-mail"
    NOTHING_TO_DO = "nothing-to-do"


class NotYetRecorded(RuntimeError):
    """SES was faster than the sender; look again later."""


class _Mail(BaseModel):
    message_id: str = Field(alias="messageId")
    timestamp: AwareDatetime
    destination: list[str]


class _Bounce(BaseModel):
    type: str = Field(alias="bounceType")


class _Complaint(BaseModel):
    feedback_type: str | None = Field(default=None, alias="complaintFeedbackType")


class Feedback(BaseModel):
    """An event of SES about one mail. It has more fields than these; nobody needs them."""

    type: str = Field(alias="eventType")
    mail: _Mail
    bounce: _Bounce | None = None
    complaint: _Complaint | None = None

    @classmethod
    def of(cls, event: Mapping[str, Any]) -> Feedback:
        """The feedback in an event of EventBridge; raises `ValueError` where there is none."""
        return cls.model_validate(event["detail"])

    @property
    def delivery(self) -> Delivery | None:
        """What it says became of the mail; None where it says nothing of that."""
        if self.type == "Bounce" and self.bounce:
            return Delivery.BOUNCED if self.bounce.type == "Permanent" else Delivery.RETURNED
        if self.type == "Complaint" and self.complaint:
            # Somebody took a mail out of the folder of unwanted ones: the opposite of a complaint.
            return None if self.complaint.feedback_type == "not-spam" else Delivery.COMPLAINED
        return {"Delivery": Delivery.DELIVERED, "DeliveryDelay": Delivery.DELAYED, "Reject": Delivery.REJECTED}.get(
            self.type
        )


def track(table: Table, feedback: Feedback, *, key: bytes, now: datetime) -> Tracked:
    """Record what became of a mail. One that came back for good, or was reported as unwanted, is the address's last.

    The address of a mail that nobody remembers is suppressed all the same: SES sends feedback on our mails only.
    Raises `NotYetRecorded` while the sender may still be writing down that it sent the mail.
    """
    delivery = feedback.delivery
    if delivery is None:
        return Tracked.NOTHING_TO_DO

    def act() -> Tracked:
        sent = table.get(keys.ses_message(feedback.mail.message_id))
        if sent is None and now < feedback.mail.timestamp + _RECORDED_BY:
            raise NotYetRecorded(feedback.mail.message_id)
        message = sent.read(SesMessage) if sent else None
        changes: list[Change] = []
        if message:
            item = table.get(keys.sent_mail(message.owner, message.message_id))
            if item:  # else its owner was erased meanwhile: nothing of that person is written again
                record = item.read(MailRecord)
                if not record.changed_by(delivery):
                    return Tracked.KNOWN_BEFORE
                told = record.model_copy(update={"delivery": delivery, "delivery_at": now})
                changes.append(Put.of(item.key, told, read_version=item.version))
        reason = _ENDS_MAILS.get(delivery)
        if reason:
            changes += _suppress(table, feedback.mail.destination, reason, key, now)
            changes += _end_optional_mails(table, message) if reason is SuppressionReason.COMPLAINT else []
        if changes:
            table.commit(changes, now=now)
        if reason:
            return Tracked.SUPPRESSED
        return Tracked.RECORDED if changes else Tracked.UNKNOWN_MAIL

    return retried(act)


def _suppress(table: Table, addresses: list[str], reason: SuppressionReason, key: bytes, now: datetime) -> list[Change]:
    """Each address suppressed; one that is so already keeps its reason, unless this is a complaint."""
    changes: list[Change] = []
    for digest in dict.fromkeys(address_digest(address, key) for address in addresses):
        before = suppressions.suppression(table, digest)
        if before and (before.value.reason is SuppressionReason.COMPLAINT or reason is not SuppressionReason.COMPLAINT):
            continue
        made = Suppression(digest=digest, reason=reason, since=now)
        changes.append(suppressions.put_suppression(made, read_version=before.version if before else 0))
    return changes


def _end_optional_mails(table: Table, message: SesMessage | None) -> list[Change]:
    """Whoever complained is also taken off every kind of mail that can be switched off."""
    if message is None:
        return []
    try:
        return subscriptions.choice(table, message.recipient, {Kind.MESSAGES: False, Kind.ANNOUNCEMENTS: False})
    except NotFound:
        return []
