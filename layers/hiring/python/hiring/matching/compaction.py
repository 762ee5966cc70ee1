"""Fresh changes become a new generation of the index; each marker goes only if it is still what was merged."""

from __future__ import annotations

from datetime import datetime, timedelta

from hiring.matching.columns import CandidateColumns
from hiring.matching.generations import (
    Manifest,
    Retired,
    generation_key,
    load_generation,
    put_generation,
    read_manifest,
    swap_manifest,
)
from hiring.matching.pool import read_changes
from hiring.matching.store import delete_delta
from hiring.shared.files import FileChanged, Files
from hiring.shared.ids import new_id
from hiring.shared.table import Table

KEPT = timedelta(days=30)
"""How long a generation stays after the next one, so that a whole run on it can be replayed."""


def compact(table: Table, artefacts: Files, *, now: datetime) -> Manifest | None:
    """Merge every change into a new generation and put it in force; None where nothing changed.

    Raises `FileChanged` where another compaction was faster: its result stands, and the changes wait for the next one.
    """
    changes = read_changes(table)
    if not changes.deltas:
        return None
    manifest, etag = read_manifest(artefacts)
    columns, retired = CandidateColumns.of(()), list(manifest.retired if manifest else ())
    if manifest is not None:
        columns, version_id = load_generation(artefacts, manifest.generation)
        retired.append(Retired(generation=manifest.generation, version_id=version_id, retired_at=now))
    merged = columns.merged(changes.columns, gone=changes.gone)
    expired = [old for old in retired if old.retired_at <= now - KEPT]
    fresh = Manifest(
        generation=new_id("gen", now),
        candidates=len(merged),
        built_at=now,
        retired=tuple(old for old in retired if old not in expired),
    )
    # What is expired goes before the manifest forgets it: a generation holds people's features.
    for old in expired:
        if old.version_id is not None:
            artefacts.delete_version(generation_key(old.generation), old.version_id)
    version_id = put_generation(artefacts, merged, fresh.generation)
    try:
        swap_manifest(artefacts, fresh, etag=etag)
    except FileChanged:
        if version_id is not None:
            artefacts.delete_version(generation_key(fresh.generation), version_id)
        raise
    for delta in changes.deltas:
        delete_delta(table, delta)
    return fresh
