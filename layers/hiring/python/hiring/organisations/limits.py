"""What an organisation may do in a day: far above honest use, and far below what would harm candidates or the bill."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import Enum

from hiring.shared import keys
from hiring.shared.errors import TooMany
from hiring.shared.table import Table


class Allowance(Enum):
    """Something with a limit: what is counted, and how often a day (UTC)."""

    JOBS = ("jobs", 200)
    RUNS = ("runs", 500)
    INVITATIONS = ("invitations", 500)
    OFFERS = ("offers", 200)
    WHAT_IF = ("what-if", 100)


def spend(table: Table, organisation_id: str, allowance: Allowance, *, now: datetime) -> None:
    """Count one of `allowance` for an organisation; raises `TooMany`, with when to try again, where it is used up."""
    name, most = allowance.value
    window = keys.rate(f"{organisation_id}#{name}", f"{now:%Y%m%d}")
    if table.count(window, expires_at=now + timedelta(days=2)) > most:
        tomorrow = now.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
        raise TooMany(
            f"Your organisation has used up its {name} of today ({most}). Go on tomorrow.",
            retry_after=max(1, int((tomorrow - now).total_seconds())),
        )
