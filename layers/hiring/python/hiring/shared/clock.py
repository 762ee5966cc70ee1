"""The time, read once where a function begins: everything below is told it."""

from __future__ import annotations

from datetime import UTC, datetime


def utc_now() -> datetime:
    """The time in UTC."""
    return datetime.now(UTC)
