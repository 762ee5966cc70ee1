"""What SES tells of a mail after it took it: at least once, in no order, and also of mails that nobody remembers."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from enum import StrEnum

from pydantic import AwareDatetime, BaseModel

from hiring.notifications import subscriptions
from hiring.notifications.model import Delivery, Kind, MailRecord, SesMessage
from hiring.shared import keys
from hiring.shared.errors import NotFound
from hiring.shared.table import Change, Put, Table, retried
from hiring.suppressions import store as suppressions
from hiring.suppressions.model import Suppression, SuppressionReason

_RECORDED_BY = timedelta(minutes=1)
"""So long after SES took a mail its sender may still be writing that down."""

_DIGEST = re.compile(r"[0-9a-f]{64}")
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


class Feedback(BaseModel):
    """What a rule keeps of an event of SES about one mail; what the event does not say is empty.

    `type` is the event's, `message_id` SES's own, `address` the tag with the digest of the mail's address.
    """

    type: str
    message_id: str
    sent_at: AwareDatetime
    address: str = ""
    bounce: str = ""
    complaint: str = ""

    @property
    def delivery(self) -> Delivery | None:
        """What it says became of the mail; None where it says nothing of that."""
        if self.type == "Bounce":
            return Delivery.BOUNCED if self.bounce == "Permanent" else Delivery.RETURNED
        if self.type == "Complaint":
            # Somebody took a mail out of the folder of unwanted ones: the opposite of a complaint.
            return None if self.complaint == "not-spam" else Delivery.COMPLAINED
        return {"Delivery": Delivery.DELIVERED, "DeliveryDelay": Delivery.DELAYED, "Reject": Delivery.REJECTED}.get(
            self.type
        )


def track(table: Table, feedback: Feedback, *, now: datetime) -> Tracked:
    """Record what became of a mail. One that came back for good, or was reported as unwanted, is the address's last.

    The address of a mail that nobody remembers is suppressed all the same: the mail is tagged with its digest.
    Raises `NotYetRecorded` while the sender may still be writing down that it sent the mail.
    """
    delivery = feedback.delivery
    if delivery is None:
        return Tracked.NOTHING_TO_DO

    def act() -> Tracked:
        sent = table.get(keys.ses_message(feedback.message_id))
        if sent is None and now < feedback.sent_at + _RECORDED_BY:
            raise NotYetRecorded(feedback.message_id)
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
            changes += _suppress(table, feedback.address, reason, now)
            changes += _end_optional_mails(table, message) if reason is SuppressionReason.COMPLAINT else []
        if changes:
            table.commit(changes, now=now)
        if reason and (message or feedback.address):
            return Tracked.SUPPRESSED
        return Tracked.RECORDED if changes else Tracked.UNKNOWN_MAIL

    return retried(act)


def _suppress(table: Table, digest: str, reason: SuppressionReason, now: datetime) -> list[Change]:
    """The address suppressed; one that is so already keeps its reason, unless this is a complaint."""
    if not _DIGEST.fullmatch(digest):
        return []  # a mail without our tag, so none of ours
    before = suppressions.suppression(table, digest)
    if before and (before.value.reason is SuppressionReason.COMPLAINT or reason is not SuppressionReason.COMPLAINT):
        return []
    made = Suppression(digest=digest, reason=reason, since=now)
    return [suppressions.put_suppression(made, read_version=before.version if before else 0)]


def _end_optional_mails(table: Table, message: SesMessage | None) -> list[Change]:
    """Whoever complained is also taken off every kind of mail that can be switched off."""
    if message is None:
        return []
    try:
        return subscriptions.choice(table, message.recipient, {Kind.MESSAGES: False, Kind.ANNOUNCEMENTS: False})
    except NotFound:
        return []
