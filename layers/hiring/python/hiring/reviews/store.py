"""Openings and snapshots of marketplace profiles in the table."""

from __future__ import annotations

from collections.abc import Mapping

from hiring.reviews.model import Opening, Snapshot
from hiring.shared import keys
from hiring.shared.table import Page, Put, Table


def put_opening(candidate_id: str, opening: Opening, *, viewer: str) -> Put:
    """Record an opening beside the candidate; the same again within the hour is the same line."""
    written = Put.of(keys.opening(candidate_id, opening.line(viewer)), opening)
    return Put(written.key, written.data, overwrite=True)


def openings_page(table: Table, candidate_id: str, *, limit: int, start: Mapping[str, str] | None) -> Page:
    """Who looked at a candidate, newest first."""
    return table.page(keys.candidate(candidate_id).pk, prefix="LOG#", limit=limit, start=start, newest_first=True)


def put_snapshot(job_id: str, entry_id: str, snapshot: Snapshot) -> Put:
    """Keep the marketplace profile of an entry; there is one for each."""
    return Put.of(keys.marketplace_snapshot(job_id, entry_id), snapshot)


def snapshot(table: Table, job_id: str, entry_id: str) -> Snapshot | None:
    """The marketplace profile of an entry as it was first looked at, or None."""
    item = table.get(keys.marketplace_snapshot(job_id, entry_id))
    return item.read(Snapshot) if item else None
