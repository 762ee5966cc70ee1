"""Failed work in the table."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from hiring.failed_work.model import Failure, FailureState
from hiring.shared import keys
from hiring.shared.errors import NotFound
from hiring.shared.failures import Trace
from hiring.shared.table import Item, Page, Put, Table

KEPT = timedelta(days=14)
"""From the last failure on; what nobody looked at by then nobody misses."""


def put_failure(failure: Failure, *, read_version: int = 0) -> Put:
    """Write failed work; until it is redriven it is listed, in all and by its queue."""
    place = f"{failure.since.isoformat(timespec='milliseconds')}#{failure.id}"
    listed = {"gsi1": (f"FAIL#{failure.queue}", place), "gsi2": (f"FAIL#{failure.state}", place)}
    return Put.of(
        keys.failure(failure.id),
        failure,
        read_version=read_version,
        indexes=listed if failure.state is FailureState.FAILED else {},
        expires_at=failure.failed_at + KEPT,
    )


def failure_item(table: Table, failure_id: str) -> Item:
    """Failed work with its version in the table; raises `NotFound`."""
    item = table.get(keys.failure(failure_id))
    if item is None:
        raise NotFound
    return item


def failures_page(table: Table, *, queue: str | None, limit: int, start: Mapping[str, str] | None = None) -> Page:
    """Failed work, what has failed longest first; of one queue, or of all."""
    if queue is None:
        return table.index_page("gsi2", f"FAIL#{FailureState.FAILED}", limit=limit, start=start)
    return table.index_page("gsi1", f"FAIL#{queue}", limit=limit, start=start)


def trace(table: Table, message_id: str) -> Trace | None:
    """What a function said of a message that it could not handle."""
    item = table.get(keys.failure_trace(message_id))
    return item.read(Trace) if item else None


def still_failed(page: Page, now: datetime) -> tuple[Failure, ...]:
    """The failures of a page that are so now: the index lags, and what is too old may still be there."""
    found = (item.read(Failure) for item in page.items)
    return tuple(each for each in found if each.state is FailureState.FAILED and now < each.failed_at + KEPT)
