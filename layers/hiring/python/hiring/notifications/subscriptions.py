"""Which kinds of mail somebody takes: asked before each mail, changed by the link in it (RFC 8058)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from hiring.candidates import store as candidates
from hiring.candidates.model import NotificationSettings
from hiring.notifications.model import MEMBER, Kind
from hiring.organisations import store as organisations
from hiring.organisations.model import MemberMails
from hiring.shared import keys
from hiring.shared.errors import NotFound
from hiring.shared.links import Purpose, sign, verify
from hiring.shared.table import Change, Require, Stored, Table, retried

_LINK_LIVES = timedelta(days=730)
"""A mail may be opened long after it came; whoever does must still be able to stop the next one."""


@dataclass(frozen=True)
class Subscription:
    """One recipient (a candidate's id or a member's `USER#sub`) and one kind of mail."""

    recipient: str
    kind: Kind


def sign_link(subscription: Subscription, *, key: bytes, now: datetime) -> str:
    """The token of the link that ends `subscription`."""
    subject = f"{subscription.recipient} {subscription.kind}"
    return sign(Purpose.UNSUBSCRIBE, subject, expires_at=now + _LINK_LIVES, key=key)


def of_link(token: str, *, key: bytes, now: datetime) -> Subscription:
    """What a link's token is about; raises as `verify` does."""
    recipient, kind = verify(token, Purpose.UNSUBSCRIBE, now=now, key=key).split(" ")
    return Subscription(recipient, Kind(kind))


def takes(table: Table, subscription: Subscription) -> bool:
    """Whether the recipient takes mails of this kind."""
    return bool(getattr(_settings(table, subscription.recipient).value, subscription.kind))


def switch(table: Table, subscription: Subscription, *, on: bool, now: datetime) -> None:
    """Have the recipient get mails of this kind, or none; again, it changes nothing. Raises `NotFound`."""

    def act() -> None:
        changes = choice(table, subscription.recipient, {subscription.kind: on})
        if changes:
            table.commit(changes, now=now)

    retried(act)


def choice(table: Table, recipient: str, kinds: Mapping[Kind, bool]) -> list[Change]:
    """The changes after which `recipient` takes `kinds` or not; none where it is so already.

    Raises `NotFound` where the recipient is gone: nothing may be kept about somebody who was erased.
    """
    there = _presence(table, recipient)
    stored = _settings(table, recipient)
    known = type(stored.value).model_fields
    chosen = stored.value.model_copy(update={kind.value: on for kind, on in kinds.items() if kind in known})
    if chosen == stored.value:
        return []
    if isinstance(chosen, MemberMails):
        sub = recipient.removeprefix(MEMBER)
        return [organisations.put_mails(sub, chosen, read_version=stored.version)]
    return [*there, candidates.put_notification_settings(recipient, chosen, read_version=stored.version)]


def _settings(table: Table, recipient: str) -> Stored[NotificationSettings] | Stored[MemberMails]:
    if recipient.startswith(MEMBER):
        return organisations.mails(table, recipient.removeprefix(MEMBER))
    return candidates.notification_settings(table, recipient)


def _presence(table: Table, recipient: str) -> list[Change]:
    """What has to hold when a choice is committed, so that it is somebody's."""
    if recipient.startswith(MEMBER):
        if not organisations.memberships(table, recipient.removeprefix(MEMBER)):
            raise NotFound
        return []
    return [Require(keys.candidate(recipient), candidates.candidate(table, recipient).version)]
