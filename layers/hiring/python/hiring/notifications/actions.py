"""Sending one mail: none is lost, and none goes out twice unless the sender dies before it wrote down that it sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from hiring.candidates import store as candidates
from hiring.candidates.model import CandidateState
from hiring.failed_work.actions import undeliverable
from hiring.notifications import subscriptions
from hiring.notifications.compose import AFTER_LEAVING, MAILS, Case
from hiring.notifications.mailer import Mailer
from hiring.notifications.model import (
    MEMBER,
    Kind,
    Mail,
    MailRecord,
    MailState,
    Recipient,
    SesMessage,
    Skip,
    unsubscribing,
)
from hiring.notifications.subscriptions import Subscription
from hiring.notifications.templates import render
from hiring.organisations import store as organisations
from hiring.shared import keys
from hiring.shared.addresses import address_digest
from hiring.shared.errors import NotFound
from hiring.shared.outbox import Envelope
from hiring.shared.table import Put, Remove, Table
from hiring.suppressions import store as suppressions

_FEEDBACK_COMES_WITHIN = timedelta(days=90)
"""People complain of mails weeks later."""


class BeingSent(RuntimeError):
    """Another sender may be sending this very mail; look again later."""


@dataclass(frozen=True)
class Sender:
    """What sending needs: the table, the way out, and what links are made with."""

    table: Table
    mailer: Mailer
    base_url: str
    key: bytes
    support_address: str = ""
    """Where a mail may be answered to end such mails; empty where nothing is received."""


def send(sender: Sender, envelope: Envelope, now: datetime) -> MailRecord | Skip:
    """Send the mail that `envelope` asks for, or return why not (R30).

    A claim is written first, so that a message that arrives twice at the same time is sent once. A mail that could not
    be sent gives its claim back and raises: the queue tries again. Raises `BeingSent` while another claim is fresh.
    """
    template, recipient = envelope.body["template"], envelope.body["recipient"]
    owner = recipient if recipient.startswith(MEMBER) else keys.candidate(recipient).pk
    key = keys.sent_mail(owner, envelope.id)
    item = sender.table.get(key)
    if item:
        before = item.read(MailRecord)
        if before.claimed_by_another(now):
            raise BeingSent(envelope.id)
        if before.ended:
            return Skip.SENT_BEFORE
    version = item.version if item else 0

    mail = _compose(sender, envelope, now)
    if isinstance(mail, Skip):
        skipped = MailRecord(template=template, state=MailState.SKIPPED, at=now, skipped=mail)
        changes = [Put.of(key, skipped, read_version=version)]
        if mail is Skip.SUPPRESSED and recipient.startswith(MEMBER):
            # Candidates find everything in their account; of a client nobody would know that a mail was for them.
            changes += undeliverable(sender.table, envelope, attempt=version, now=now)
        sender.table.commit(changes, now=now)
        return mail
    claim = MailRecord(template=template, state=MailState.CLAIMED, at=now)
    sender.table.commit([Put.of(key, claim, read_version=version)], now=now)
    try:
        ses_message_id = sender.mailer.send(mail)
    except Exception:
        sender.table.commit([Remove(key, version + 1)], now=now)
        raise
    sent = MailRecord(template=template, state=MailState.SENT, at=now, ses_message_id=ses_message_id)
    known = SesMessage(owner=owner, message_id=envelope.id, recipient=mail.to.id)
    sender.table.commit(
        [
            Put.of(key, sent, read_version=version + 1),
            Put.of(keys.ses_message(ses_message_id), known, expires_at=now + _FEEDBACK_COMES_WITHIN),
        ],
        now=now,
    )
    return sent


def _compose(sender: Sender, envelope: Envelope, now: datetime) -> Mail | Skip:
    recipient = _recipient(sender, envelope)
    if isinstance(recipient, Skip):
        return recipient
    template = envelope.body["template"]
    kind, compose = MAILS[template]
    subscription = Subscription(recipient.id, kind)
    optional = kind is not Kind.TRANSACTIONAL
    if optional and not subscriptions.takes(sender.table, subscription):
        return Skip.UNWANTED
    values = compose(Case(sender.table, envelope.body, sender.base_url, sender.key, now))
    if isinstance(values, Skip):
        return values
    if not optional:
        return Mail(recipient, *render(template, values), envelope.correlation_id)
    token = subscriptions.sign_link(subscription, key=sender.key, now=now)
    link = f"{sender.base_url}/u/{token}"
    headers = unsubscribing(link, token, sender.support_address)
    return Mail(recipient, *render(template, {**values, "unsubscribe": link}), envelope.correlation_id, headers)


def _recipient(sender: Sender, envelope: Envelope) -> Recipient | Skip:
    """Whom the mail goes to, as the table has it now."""
    recipient = envelope.body["recipient"]
    if recipient.startswith(MEMBER):
        return _member(sender, recipient.removeprefix(MEMBER), envelope.body["organisation_id"])
    try:
        candidate = candidates.candidate(sender.table, recipient).value
    except NotFound:
        return Skip.RECIPIENT_GONE
    if candidate.state is CandidateState.OPTED_OUT and envelope.body["template"] not in AFTER_LEAVING:
        return Skip.OPTED_OUT
    return _reachable(sender, recipient, candidate.email)


def _member(sender: Sender, sub: str, organisation_id: str) -> Recipient | Skip:
    """The member who acted; where that one was removed or takes no mails, whoever speaks for the organisation (R30)."""
    try:
        acted = organisations.member(sender.table, sub, organisation_id)
    except NotFound:
        found: Recipient | Skip = Skip.NOT_A_MEMBER
    else:
        found = _reachable(sender, f"{MEMBER}{acted.sub}", acted.email)
    if isinstance(found, Recipient):
        return found
    for other in organisations.speakers(sender.table, organisation_id):
        found = _reachable(sender, f"{MEMBER}{other.sub}", other.email)
        if isinstance(found, Recipient):
            return found
    return found


def _reachable(sender: Sender, recipient: str, address: str) -> Recipient | Skip:
    """The recipient, unless mails to the address are suppressed."""
    digest = address_digest(address, sender.key)
    if suppressions.suppression(sender.table, digest):
        return Skip.SUPPRESSED
    return Recipient(recipient, address, digest)
