"""A mail to the support address: whoever seems to want to leave gets a link, at the address that we know (R27); what
else is wished for is listed for operators, as a request that nobody has verified yet."""

from __future__ import annotations

from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from hiring.candidates import store as candidates
from hiring.candidates.model import CandidateState
from hiring.notifications import subscriptions
from hiring.notifications.incoming import LOOKED_AT, Incoming, read_mail
from hiring.shared import keys
from hiring.shared.addresses import address_digest
from hiring.shared.errors import HiringError, NotFound
from hiring.shared.files import Files
from hiring.shared.ids import new_id
from hiring.shared.outbox import mail
from hiring.shared.table import Put, Table, retried
from hiring.shared.values import Document
from hiring.support import store
from hiring.support.model import RequestKind, RequestState, SupportRequest, mail_key

_ONE_LINK_EVERY = timedelta(hours=1)
_A_DAY = timedelta(days=1)
_REQUESTS_A_DAY = 10
"""More than so many mails of one address a day are not listed, whoever writes them."""


class Received(StrEnum):
    """What became of a mail that came."""

    LINK_SENT = "link-sent"
    UNSUBSCRIBED = "unsubscribed"
    AUTOMATIC = "automatic"
    NO_SENDER = "no-sender"
    UNKNOWN_ADDRESS = "unknown-address"
    LEFT_BEFORE = "left-before"
    LINK_SENT_BEFORE = "link-sent-before"
    REQUEST_OPENED = "request-opened"
    RECEIVED_BEFORE = "received-before"
    TOO_MANY = "too-many"
    GONE = "gone"


@dataclass(frozen=True)
class Receiver:
    """What receiving needs: the table, the bucket of mails, what links are made with, and our own addresses."""

    table: Table
    files: Files
    key: bytes
    own_addresses: frozenset[str]


@dataclass(frozen=True)
class _Lying:
    """Where a mail lies in the bucket."""

    key: str
    version: str


class _Asked(Document):
    at: datetime


def receive(receiver: Receiver, object_key: str, object_version: str, now: datetime) -> Received:
    """Do what a mail asks for, as far as its sender may ask for it, and delete the mail.

    A From header proves nothing. So a mail that wishes to leave leads to nothing but a link to the address of an
    account, at most once an hour, and any other to nothing but a request that operators see, with a copy of the mail;
    nobody learns which addresses are known here. The token of a List-Unsubscribe header is a proof.
    """
    found = receiver.files.open(object_key, version_id=object_version)
    if found is None:
        return Received.GONE
    with closing(found.body) as body:
        incoming = read_mail(body.read(LOOKED_AT))
    outcome = _answer(receiver, incoming, _Lying(object_key, object_version), now)
    receiver.files.delete_version(object_key, object_version)
    return outcome


def _answer(receiver: Receiver, incoming: Incoming, lies: _Lying, now: datetime) -> Received:
    if incoming.token and _unsubscribe(receiver, incoming.token, now):
        return Received.UNSUBSCRIBED
    if incoming.automatic:
        return Received.AUTOMATIC
    sender = incoming.sender
    if sender is None:
        return Received.NO_SENDER
    if sender.lower() in receiver.own_addresses:
        return Received.AUTOMATIC
    if incoming.wish is RequestKind.OPT_OUT:
        return retried(lambda: _send_link(receiver, sender, now))
    return retried(lambda: _open_request(receiver, sender, incoming.wish, lies, now))


def _unsubscribe(receiver: Receiver, token: str, now: datetime) -> bool:
    """Whether the token was one of ours; then its kind of mail is switched off, or its recipient gone."""
    try:
        subscription = subscriptions.of_link(token, key=receiver.key, now=now)
    except HiringError:
        return False
    with suppress(NotFound):
        subscriptions.switch(receiver.table, subscription, on=False, now=now)
    return True


def _send_link(receiver: Receiver, sender: str, now: datetime) -> Received:
    try:
        candidate = candidates.candidate_of_address(receiver.table, sender, receiver.key).value
    except NotFound:
        return Received.UNKNOWN_ADDRESS
    if candidate.state is CandidateState.OPTED_OUT:
        return Received.LEFT_BEFORE
    last = keys.rate(address_digest(sender, receiver.key), "leaving-link")
    item = receiver.table.get(last)
    if item and now < item.read(_Asked).at + _ONE_LINK_EVERY:
        return Received.LINK_SENT_BEFORE
    asked = Put.of(last, _Asked(at=now), read_version=item.version if item else 0, expires_at=now + _ONE_LINK_EVERY)
    request = SupportRequest(
        id=new_id("req", now),
        kind=RequestKind.OPT_OUT,
        candidate_id=candidate.id,
        state=RequestState.OPEN,
        opened_at=now,
        changed_at=now,
    ).verify(now=now)
    about = keys.support_request(request.id).pk
    link = mail(about, "leaving-link", candidate.id, request_id=request.id)
    receiver.table.commit([asked, store.put_request(request)], [link], now=now)
    return Received.LINK_SENT


def _open_request(receiver: Receiver, sender: str, wish: RequestKind, lies: _Lying, now: datetime) -> Received:
    """List a wish for operators. The mail is copied first: one that is received again makes no second request."""
    table = receiver.table
    try:
        candidate = candidates.candidate_of_address(table, sender, receiver.key).value
    except NotFound:
        return Received.UNKNOWN_ADDRESS
    digest = address_digest(sender, receiver.key)
    once = keys.rate(digest, f"mail-{lies.version}")
    if table.get(once):
        return Received.RECEIVED_BEFORE
    if table.count(keys.rate(digest, f"support-{now:%Y%m%d}"), expires_at=now + _A_DAY) > _REQUESTS_A_DAY:
        return Received.TOO_MANY
    request_id = new_id("req", now)
    files = receiver.files
    files.copy_version_to(files, lies.key, lies.version, target=mail_key(candidate.id, request_id))
    request = SupportRequest(
        id=request_id,
        kind=wish,
        candidate_id=candidate.id,
        state=RequestState.OPEN,
        opened_at=now,
        changed_at=now,
        by_mail=True,
    )
    table.commit([Put.of(once, _Asked(at=now), expires_at=now + _A_DAY), store.put_request(request)], now=now)
    return Received.REQUEST_OPENED
