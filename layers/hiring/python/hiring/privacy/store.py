"""Exports, erasures and the ledger of erasures in the table."""

from __future__ import annotations

from collections.abc import Mapping

from hiring.privacy.model import Erasure, ErasureState, Export, ExportState, Receipt
from hiring.shared import keys
from hiring.shared.errors import NotFound
from hiring.shared.table import Item, Page, Put, Table


def put_export(export: Export, *, read_version: int = 0) -> Put:
    """Write an export; while there is a file it waits for its expiry."""
    indexes = {}
    if export.state is ExportState.READY and export.expires_at is not None:
        indexes["gsi3"] = (keys.due(export.id), export.expires_at.isoformat(timespec="seconds"))
    return Put.of(keys.export(export.candidate_id, export.id), export, read_version=read_version, indexes=indexes)


def export_item(table: Table, candidate_id: str, export_id: str) -> Item | None:
    """An export with its version, or None."""
    return table.get(keys.export(candidate_id, export_id))


def export(table: Table, candidate_id: str, export_id: str) -> Export:
    """An export; raises `NotFound`."""
    item = export_item(table, candidate_id, export_id)
    if item is None:
        raise NotFound
    return item.read(Export)


def put_erasure(erasure: Erasure, *, read_version: int = 0) -> Put:
    """Write an erasure; until it is done it waits to be looked at again."""
    indexes = {"gsi1": ("ERASURES", erasure.id)}
    if erasure.state is not ErasureState.DONE:
        indexes["gsi3"] = (keys.due(erasure.id), erasure.look_again_at.isoformat(timespec="seconds"))
    return Put.of(keys.erasure(erasure.candidate_id), erasure, read_version=read_version, indexes=indexes)


def erasure_item(table: Table, candidate_id: str) -> Item:
    """A candidate's erasure with its version; raises `NotFound`."""
    item = table.get(keys.erasure(candidate_id))
    if item is None:
        raise NotFound
    return item


def erasures_page(table: Table, *, limit: int, start: Mapping[str, str] | None) -> Page:
    """Every erasure, newest first."""
    return table.index_page("gsi1", "ERASURES", limit=limit, start=start, newest_first=True)


def put_line(digest: str) -> Put:
    """Write a line of the ledger."""
    return Put(keys.erased(digest), {}, overwrite=True)


def put_receipt(digest: str, receipt: Receipt) -> Put:
    """Write what a person reads of its latest erasure."""
    written = Put.of(keys.erased(digest), receipt)
    return Put(written.key, written.data, overwrite=True)


def receipt(table: Table, digest: str) -> Receipt | None:
    """What a person reads of its latest erasure, or None."""
    item = table.get(keys.erased(digest))
    return item.read(Receipt) if item else None


def lines(table: Table) -> frozenset[str]:
    """Every digest of the ledger."""
    shards = (f"ERASED#{number}" for number in range(keys.ERASED_SHARDS))
    return frozenset(item.key.sk for shard in shards for item in table.query(shard))
