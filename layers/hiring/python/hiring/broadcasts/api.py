"""Broadcasts on the wire."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from pydantic import StrictBool

from hiring.broadcasts.model import Announcement, Broadcast, BroadcastState, LedgerRow, Reach
from hiring.shared.values import Document


class NewBroadcast(Document):
    """What to tell every participant; with `dry_run` nobody is told, and those who would be are counted."""

    announcement: Announcement
    dry_run: StrictBool = False


class BroadcastView(Document):
    """A broadcast and whom it reached so far, or in a dry run would have."""

    id: str
    announcement: Announcement
    dry_run: bool
    state: BroadcastState
    started_at: datetime
    finished_at: datetime | None
    reach: Reach

    @classmethod
    def of(cls, broadcast: Broadcast) -> Self:
        """The view of a broadcast."""
        return cls(**{name: getattr(broadcast, name) for name in cls.model_fields})


class BroadcastList(Document):
    """A page of broadcasts."""

    items: tuple[BroadcastView, ...]
    next_cursor: str | None


class LedgerPage(Document):
    """A page of those who were told."""

    items: tuple[LedgerRow, ...]
    next_cursor: str | None
