"""Operators' acts on the wire."""

from __future__ import annotations

from hiring.audit.model import AuditEvent
from hiring.shared.values import Document


class AuditEventList(Document):
    """A page of what operators did on a day, in the order of time."""

    items: tuple[AuditEvent, ...]
    next_cursor: str | None
