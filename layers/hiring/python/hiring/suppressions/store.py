"""Suppressed addresses in the table, found by the digest that `hiring.shared.addresses` makes of an address."""

from __future__ import annotations

from collections.abc import Mapping

from hiring.shared import keys
from hiring.shared.ids import shard
from hiring.shared.table import Item, Page, Put, Remove, Stored, Table
from hiring.suppressions.model import Suppression


def put_suppression(suppression: Suppression, *, read_version: int = 0) -> Put:
    """Have an address get no mails from the commit on."""
    listed = f"SUPPRESSED#{shard(suppression.digest, keys.SUPPRESSED_SHARDS)}"
    return Put.of(
        keys.suppression(suppression.digest),
        suppression,
        read_version=read_version,
        indexes={"gsi1": (listed, suppression.since.isoformat(timespec="milliseconds"))},
    )


def lift(stored: Stored[Suppression]) -> Remove:
    """Have an address get mails again from the commit on."""
    return Remove(keys.suppression(stored.value.digest), stored.version)


def suppression(table: Table, digest: str) -> Stored[Suppression] | None:
    """Why and since when an address gets no mails; None where it gets them."""
    item = table.get(keys.suppression(digest))
    return Stored(item.read(Suppression), item.version) if item else None


def page(table: Table, *, limit: int, start: Mapping[str, str] | None) -> Page:
    """Up to `limit` suppressions, shard after shard, in each from the oldest on."""
    items: list[Item] = []
    first = int(start["gsi1pk"].rpartition("#")[2]) if start else 0
    for number in range(first, keys.SUPPRESSED_SHARDS):
        listed = f"SUPPRESSED#{number}"
        if len(items) == limit:
            return Page(tuple(items), {"gsi1pk": listed})
        within = start if start and len(start) > 1 and number == first else None
        found = table.index_page("gsi1", listed, limit=limit - len(items), start=within)
        items += found.items
        if found.next_key:
            return Page(tuple(items), found.next_key)
    return Page(tuple(items), None)
