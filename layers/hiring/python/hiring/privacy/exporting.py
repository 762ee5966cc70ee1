"""A candidate asks for a copy of everything, which is made meanwhile, kept for a week, and then removed."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from hiring.candidates import store as candidates
from hiring.privacy import store
from hiring.privacy.api import ExportView
from hiring.privacy.model import LINK_LIFE, Export, ExportState, export_key
from hiring.shared import keys
from hiring.shared.errors import NotFound, TooMany
from hiring.shared.files import Files
from hiring.shared.ids import new_id
from hiring.shared.outbox import Message, MessageKind, mail
from hiring.shared.table import Change, CommitRefused, Require, Table, retried

if TYPE_CHECKING:
    from hiring.shared.web import Record

A_DAY = 5
"""How many copies somebody may ask for in a day."""


def request(table: Table, login: str, *, now: datetime, record: Record[Export]) -> Export:
    """Ask for a copy of everything that is held about oneself. Raises `NotFound`, `TooMany`."""
    candidate = candidates.candidate_of_login(table, login).value
    window = keys.rate(f"{candidate.id}#export", f"{now:%Y%m%d}")
    if table.count(window, expires_at=now + timedelta(days=2)) > A_DAY:
        raise TooMany("You asked for several copies today. Ask again tomorrow.", retry_after=3600)
    export, change, message = begin(candidate.id, now=now)
    table.commit([change, record(export)], [message], now=now)
    return export


def begin(candidate_id: str, *, now: datetime) -> tuple[Export, Change, Message]:
    """A copy that is asked for, with what has it made."""
    export = Export(id=new_id("exp", now), candidate_id=candidate_id, requested_at=now)
    about = keys.candidate(candidate_id).pk
    asked = Message(MessageKind.EXPORT_REQUESTED, about, {"candidate_id": candidate_id, "export_id": export.id})
    return export, store.put_export(export), asked


def read(table: Table, artefacts: Files, login: str, export_id: str, *, now: datetime) -> ExportView:
    """A copy of one's own with a link to download it, once there is one. Raises `NotFound`."""
    candidate = candidates.candidate_of_login(table, login).value
    export = store.export(table, candidate.id, export_id).at(now)
    if export.state is not ExportState.READY or export.object_version is None:
        return ExportView.of(export)
    link = artefacts.download_link(
        export_key(candidate.id, export.id),
        export.object_version,
        file_name="everything.zip",
        seconds=int(LINK_LIFE.total_seconds()),
    )
    return ExportView.of(export, link)


def make(
    table: Table, resumes: Files, artefacts: Files, candidate_id: str, export_id: str, *, now: datetime
) -> Export | None:
    """Make the copy that was asked for, once; None where nobody waits for it any more.

    The file is written before the commit: an attempt that died between the two is repeated, and its file removed.
    """
    item = store.export_item(table, candidate_id, export_id)
    if item is None:
        return None
    export = item.read(Export)
    if export.state is not ExportState.REQUESTED:
        return export
    try:
        candidate = candidates.candidate(table, candidate_id).value
    except NotFound:
        return None
    from hiring.privacy import contents

    key = export_key(candidate_id, export_id)
    left = tuple(artefacts.versions(key))
    data = contents.archive(table, resumes, artefacts, candidate, now=now)
    version_id = artefacts.put(key, data, content_type="application/zip")
    made = export.ready(version_id or "null", len(data), now=now)
    try:
        changes: list[Change] = [
            store.put_export(made, read_version=item.version),
            Require(keys.erasure(candidate_id), 0),
        ]
        ready = mail(keys.candidate(candidate_id).pk, "export-ready", candidate_id, export_id=export_id)
        table.commit(changes, [ready], now=now)
    except CommitRefused:
        # Another attempt was faster, or the person is being erased: then this file is nobody's.
        artefacts.delete_version(key, made.object_version or "null")
        raise
    for version in left:
        artefacts.delete_version(version.key, version.version_id)
    return made


def expire(table: Table, artefacts: Files, candidate_id: str, export_id: str, *, now: datetime) -> None:
    """Remove a copy whose time is over, and write that down."""

    def act() -> None:
        item = store.export_item(table, candidate_id, export_id)
        if item is None:
            return
        export = item.read(Export)
        gone = export.at(now)
        if gone.state is export.state:
            return
        if export.object_version is not None:
            artefacts.delete_version(export_key(candidate_id, export_id), export.object_version)
        table.commit([store.put_export(gone, read_version=item.version)], now=now)

    retried(act)
