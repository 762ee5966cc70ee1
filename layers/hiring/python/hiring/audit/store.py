"""The record of operators' acts: written in the commit of each act, read by day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from itertools import islice

from hiring.audit.model import Act, AuditEvent
from hiring.shared import keys
from hiring.shared.ids import new_id
from hiring.shared.table import Page, Put, Table


def put_event(act: Act, about: str, *, by: str, now: datetime) -> Put:
    """Record an act; it belongs into the commit of its effect, and refuses to replace another."""
    event = AuditEvent(id=new_id("aud", now), at=now, by=by, act=act, about=about)
    return Put.of(keys.audit_event(now.date(), event.id), event)


def events_page(table: Table, day: date, *, limit: int, start: Mapping[str, str] | None) -> Page:
    """The acts of one day (UTC) in the order of their time, after the event that `start` names."""
    after = start["after"] if start else None
    partitions = [keys.audit_partition(day, number) for number in range(keys.AUDIT_SHARDS)]
    found = [
        item
        for pk in partitions
        for item in table.page(pk, limit=limit + 1, start={"pk": pk, "sk": after} if after else None).items
    ]
    ordered = sorted(found, key=lambda item: item.key.sk)
    shown = tuple(islice(ordered, limit))
    return Page(shown, {"after": shown[-1].key.sk} if len(ordered) > limit else None)
