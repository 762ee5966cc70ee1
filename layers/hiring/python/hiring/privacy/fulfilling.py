"""A verified wish to be erased, or for a copy of everything, is carried out without anybody's doing (R28)."""

from __future__ import annotations

from datetime import datetime

from hiring.audit import store as audit
from hiring.audit.model import CONFIRMED_LINK, Act
from hiring.candidates import store as candidates
from hiring.candidates.model import Candidate
from hiring.privacy import erasing, exporting
from hiring.shared.errors import NotFound
from hiring.shared.outbox import Message
from hiring.shared.table import Change, Table, retried
from hiring.support import store
from hiring.support.model import RequestKind, SupportRequest


def fulfil(table: Table, request_id: str, *, key: bytes, now: datetime) -> None:
    """Begin what a verified request asks for, in the commit that ends the request; again, it changes nothing."""

    def act() -> None:
        item = store.request_item(table, request_id)
        request = item.read(SupportRequest)
        if not request.begins:
            return
        led_to, changes, messages = _begun(table, request, key, now)
        done = request.fulfil(led_to, now=now)
        event = audit.put_event(Act.REQUEST_FULFILLED, request_id, by=CONFIRMED_LINK, now=now)
        table.commit([store.put_request(done, read_version=item.version), event, *changes], messages, now=now)

    retried(act)


def _begun(
    table: Table, request: SupportRequest, key: bytes, now: datetime
) -> tuple[str | None, list[Change], list[Message]]:
    """What was begun, with the changes and messages of it; nothing where nobody is left whom it could be about."""
    try:
        candidate: Candidate = candidates.candidate(table, request.candidate_id).value
    except NotFound:
        return None, [], []
    if request.kind is RequestKind.ERASE:
        erasure, changes, messages = erasing.begin(table, candidate, key=key, now=now)
        return erasure.id, changes, messages
    export, change, message = exporting.begin(candidate.id, now=now)
    return export.id, [change], [message]
