"""An operator takes a request in and has it confirmed by a link to the account's own address; then it acts (R27)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from hiring.audit import store as audit
from hiring.audit.model import Act
from hiring.candidates import actions as participation
from hiring.candidates import store as candidates
from hiring.candidates.model import CandidateMove, NotificationSettings
from hiring.shared import keys
from hiring.shared.ids import new_id
from hiring.shared.outbox import Message, mail
from hiring.shared.table import Require, Table, retried
from hiring.support import store
from hiring.support.model import ACTS_AT_ONCE, RequestKind, RequestMove, RequestState, SupportRequest

if TYPE_CHECKING:
    from hiring.shared.web import Record

_ACTS = {
    RequestMove.VERIFY: Act.REQUEST_VERIFYING,
    RequestMove.FINISH: Act.REQUEST_FINISHED,
    RequestMove.REJECT: Act.REQUEST_REJECTED,
}


def open_request(
    table: Table,
    kind: RequestKind,
    email: str,
    *,
    key: bytes,
    by: str,
    now: datetime,
    record: Record[SupportRequest],
) -> SupportRequest:
    """Take in what the account with this address asks for, as the operator `by`. Raises `NotFound`."""
    candidate = candidates.candidate_of_address(table, email, key)
    request = SupportRequest(
        id=new_id("req", now),
        kind=kind,
        candidate_id=candidate.value.id,
        state=RequestState.OPEN,
        opened_at=now,
        changed_at=now,
    )
    event = audit.put_event(Act.REQUEST_OPENED, request.id, by=by, now=now)
    table.commit([store.put_request(request), event, record(request)], now=now)
    return request


def change_state(
    table: Table, request_id: str, move: RequestMove, *, by: str, now: datetime, record: Record[SupportRequest]
) -> SupportRequest:
    """Have a request verified by mail, finish or reject it, as the operator `by`. Raises `NotFound`, `IllegalMove`."""

    def act() -> SupportRequest:
        item = store.request_item(table, request_id)
        request = item.read(SupportRequest)
        changed = request.verify(now=now) if move is RequestMove.VERIFY else request.move(move, now=now)
        event = audit.put_event(_ACTS[move], request_id, by=by, now=now)
        messages: list[Message] = []
        if move is RequestMove.VERIFY:
            messages.append(mail(item.key.pk, "support-request", request.candidate_id, request_id=request_id))
        table.commit([store.put_request(changed, read_version=item.version), event, record(changed)], messages, now=now)
        return changed

    return retried(act)


def confirm(table: Table, request_id: str, *, now: datetime) -> SupportRequest:
    """The person confirms by the link: opting out and stopping mails happen now, an erasure or an export begins within
    a minute (`hiring.privacy.fulfilling`), and the rest an operator may do now.

    Again, it changes nothing. Raises `NotFound`, and `IllegalMove` where it is too late or was rejected.
    """

    def act() -> SupportRequest:
        item = store.request_item(table, request_id)
        request = item.read(SupportRequest)
        confirmed = request.confirm(now=now)
        if confirmed.kind in ACTS_AT_ONCE and confirmed.state is RequestState.VERIFIED:
            _do(table, confirmed, now)
            confirmed = confirmed.move(RequestMove.FINISH, now=now)
        if confirmed != request:
            table.commit([store.put_request(confirmed, read_version=item.version)], now=now)
        return confirmed

    return retried(act)


def _do(table: Table, request: SupportRequest, now: datetime) -> None:
    """What was asked for; done twice it is as done once, so that it may come before it is written down."""
    candidate = candidates.candidate(table, request.candidate_id)
    if request.kind is RequestKind.OPT_OUT:
        participation.move(table, candidate.value.login, CandidateMove.OPT_OUT, now=now)
        return
    settings = candidates.notification_settings(table, request.candidate_id)
    none = NotificationSettings(messages=False, announcements=False)
    if settings.value != none:
        change = candidates.put_notification_settings(request.candidate_id, none, read_version=settings.version)
        table.commit([change, Require(keys.candidate(candidate.value.id), candidate.version)], now=now)


def expire(table: Table, request_id: str, *, now: datetime) -> None:
    """End a request that nobody confirmed in time."""

    def act() -> None:
        item = store.request_item(table, request_id)
        request = item.read(SupportRequest)
        if request.state is RequestState.VERIFYING and request.confirm_until and now >= request.confirm_until:
            expired = request.move(RequestMove.EXPIRE, now=now)
            table.commit([store.put_request(expired, read_version=item.version)], now=now)

    retried(act)
