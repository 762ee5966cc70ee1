"""Broadcasts and their ledgers in the table."""

from __future__ import annotations

from collections.abc import Mapping

from hiring.broadcasts.model import Announcement, Broadcast, BroadcastState, LedgerRow
from hiring.shared import keys
from hiring.shared.errors import NotFound
from hiring.shared.table import Item, Page, Put, Table

_ROWS = "cand_"


def put_broadcast(broadcast: Broadcast, *, read_version: int = 0) -> Put:
    """Write a broadcast; while it runs it is due."""
    indexes = {"gsi1": ("BROADCASTS", broadcast.id)}
    if broadcast.state is BroadcastState.RUNNING:
        indexes["gsi3"] = (keys.due(broadcast.id), broadcast.started_at.isoformat(timespec="seconds"))
    return Put.of(keys.broadcast(broadcast.id), broadcast, read_version=read_version, indexes=indexes)


def put_turn(announcement: Announcement, broadcast_id: str, *, read_version: int) -> Put:
    """Say which broadcast of an announcement is the latest: there is one at a time."""
    return Put(keys.broadcast_turn(announcement), {"broadcast_id": broadcast_id}, read_version=read_version)


def put_row(broadcast_id: str, row: LedgerRow) -> Put:
    """Write that a participant was told; refused where it is written already."""
    return Put.of(keys.broadcast_row(broadcast_id, row.candidate_id), row)


def broadcast_item(table: Table, broadcast_id: str) -> Item:
    """A broadcast with its version; raises `NotFound`."""
    item = table.get(keys.broadcast(broadcast_id))
    if item is None:
        raise NotFound
    return item


def broadcast(table: Table, broadcast_id: str) -> Broadcast:
    """A broadcast; raises `NotFound`."""
    return broadcast_item(table, broadcast_id).read(Broadcast)


def turn_item(table: Table, announcement: Announcement) -> Item | None:
    """Which broadcast of an announcement is the latest, or None before the first."""
    return table.get(keys.broadcast_turn(announcement))


def broadcasts_page(table: Table, *, limit: int, start: Mapping[str, str] | None) -> Page:
    """Broadcasts, newest first."""
    return table.index_page("gsi1", "BROADCASTS", limit=limit, start=start, newest_first=True)


def ledger_page(table: Table, broadcast_id: str, *, limit: int, start: Mapping[str, str] | None) -> Page:
    """Rows of a ledger, shard by shard."""
    rows: list[Item] = []
    position: Mapping[str, str] | None = start
    first = int(start["pk"].rpartition("#")[2]) if start else 0
    for number in range(first, keys.LEDGER_SHARDS):
        pk = keys.ledger_partition(broadcast_id, number)
        page = table.page(pk, prefix=_ROWS, limit=limit - len(rows), start=position)
        rows += page.items
        position = None
        if len(rows) == limit:
            return Page(tuple(rows), {"pk": pk, "sk": rows[-1].key.sk})
    return Page(tuple(rows), None)
