"""Support requests on the wire."""

from __future__ import annotations

from hiring.organisations.api import EmailAddress
from hiring.shared.values import Document
from hiring.support.model import RequestKind, SupportRequest


class NewSupportRequest(Document):
    """What is asked for, and the address of the account that is to confirm it."""

    kind: RequestKind
    email: EmailAddress


class SupportRequestList(Document):
    """A page of support requests."""

    items: tuple[SupportRequest, ...]
    next_cursor: str | None
