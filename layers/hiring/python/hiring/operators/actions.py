"""What operators do for one person at a time: look an account up, and say which addresses get no mails."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from hiring.audit import store as audit
from hiring.audit.model import Act
from hiring.candidates import store as candidates
from hiring.operators.api import AccountView
from hiring.shared.addresses import address_digest
from hiring.shared.table import Table, retried
from hiring.suppressions import store as suppressions
from hiring.suppressions.model import Suppression, SuppressionReason

if TYPE_CHECKING:
    from hiring.shared.web import Record


def look_up(table: Table, email: str, *, key: bytes, by: str, now: datetime) -> AccountView:
    """The candidate whose account has this address, for the operator `by`; it is written down. Raises `NotFound`."""
    return _seen(table, candidates.candidate_of_address(table, email, key).value.id, key=key, by=by, now=now)


def account(table: Table, candidate_id: str, *, key: bytes, by: str, now: datetime) -> AccountView:
    """A candidate's account, for the operator `by`; it is written down. Raises `NotFound`."""
    return _seen(table, candidate_id, key=key, by=by, now=now)


def _seen(table: Table, candidate_id: str, *, key: bytes, by: str, now: datetime) -> AccountView:
    candidate = candidates.candidate(table, candidate_id).value
    suppressed = suppressions.suppression(table, address_digest(candidate.email, key))
    table.commit([audit.put_event(Act.CANDIDATE_LOOKED_UP, candidate_id, by=by, now=now)], now=now)
    return AccountView.of(candidate, suppressed.value if suppressed else None)


def suppress(
    table: Table, email: str, *, key: bytes, by: str, now: datetime, record: Record[Suppression]
) -> Suppression:
    """Have an address get no mails from now on, as the operator `by`; one that gets none stays as it is."""
    digest = address_digest(email, key)

    def act() -> Suppression:
        stored = suppressions.suppression(table, digest)
        event = audit.put_event(Act.ADDRESS_SUPPRESSED, digest, by=by, now=now)
        if stored:
            table.commit([event, record(stored.value)], now=now)
            return stored.value
        new = Suppression(digest=digest, reason=SuppressionReason.OPERATOR, since=now)
        table.commit([suppressions.put_suppression(new), event, record(new)], now=now)
        return new

    return retried(act)


def lift(table: Table, digest: str, *, by: str, now: datetime) -> None:
    """Have an address get mails again, as the operator `by`. Lifting what is not suppressed is fine."""

    def act() -> None:
        stored = suppressions.suppression(table, digest)
        if stored:
            event = audit.put_event(Act.SUPPRESSION_LIFTED, digest, by=by, now=now)
            table.commit([suppressions.lift(stored), event], now=now)

    retried(act)
