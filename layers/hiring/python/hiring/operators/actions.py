"""What operators do for one person at a time: look an account up, and say which addresses get no mails."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from hiring.audit import store as audit
from hiring.audit.model import Act
from hiring.candidates import store as candidates
from hiring.operators.api import AccountView, SupportMailView
from hiring.shared.addresses import address_digest
from hiring.shared.errors import NotFound
from hiring.shared.files import Files
from hiring.shared.table import Table, retried
from hiring.support import store as support
from hiring.support.model import mail_key
from hiring.suppressions import store as suppressions
from hiring.suppressions.model import Suppression, SuppressionReason

if TYPE_CHECKING:
    from hiring.shared.web import Record


_LINK_LIFE = timedelta(minutes=10)


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


def mail_of_request(table: Table, artefacts: Files, request_id: str, *, by: str, now: datetime) -> SupportMailView:
    """A link to the mail by which a request came, for the operator `by`; it is written down. Raises `NotFound`."""
    request = support.request(table, request_id)
    key = mail_key(request.candidate_id, request.id)
    kept = next((each for each in artefacts.versions(key) if not each.marker), None)
    if kept is None:
        raise NotFound("There is no mail of this request, or it is not kept any more.")
    table.commit([audit.put_event(Act.MAIL_LOOKED_AT, request_id, by=by, now=now)], now=now)
    seconds = int(_LINK_LIFE.total_seconds())
    link = artefacts.download_link(key, kept.version_id, file_name=f"{request.id}.eml", seconds=seconds)
    return SupportMailView(link=link, expires_at=now + _LINK_LIFE)
