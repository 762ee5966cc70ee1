"""Uploads and accepted resumes in the table."""

from __future__ import annotations

from datetime import timedelta

from hiring.intake.model import ResumeHead, ResumeVersion, Upload, UploadState
from hiring.shared import keys
from hiring.shared.errors import NotFound
from hiring.shared.ids import shard
from hiring.shared.table import Item, Put, Table

_GRACE = timedelta(minutes=15)
"""A file that was posted in the form's last second still needs its time to arrive and be read."""


def put_upload(upload: Upload, *, read_version: int = 0) -> Put:
    """Write an upload; while it is pending it waits for its expiry."""
    indexes = {}
    if upload.state is UploadState.PENDING:
        indexes["gsi3"] = (keys.due(upload.id), (upload.expires_at + _GRACE).isoformat(timespec="seconds"))
    return Put.of(keys.upload(upload.candidate_id, upload.id), upload, read_version=read_version, indexes=indexes)


def put_resume(candidate_id: str, head: ResumeHead, *, read_version: int) -> Put:
    """Write which resume is in force."""
    return Put.of(keys.resume(candidate_id), head, read_version=read_version)


def put_resume_version(candidate_id: str, version: ResumeVersion, *, features: bytes) -> Put:
    """Keep an accepted resume with its packed features; open jobs look for what was accepted since."""
    by_time = (keys.resumes(shard(candidate_id, keys.RESUME_SHARDS)), version.accepted_at.isoformat(timespec="seconds"))
    return Put.of(
        keys.resume_version(candidate_id, version.version),
        version,
        indexes={"gsi2": by_time},
        binary={"features": features},
    )


def upload_item(table: Table, candidate_id: str, upload_id: str) -> Item | None:
    """An upload with its version, or None."""
    return table.get(keys.upload(candidate_id, upload_id))


def upload(table: Table, candidate_id: str, upload_id: str) -> Upload:
    """A candidate's upload; raises `NotFound`."""
    item = upload_item(table, candidate_id, upload_id)
    if item is None:
        raise NotFound
    return item.read(Upload)


def resume_item(table: Table, candidate_id: str) -> Item | None:
    """Which resume is in force with its version in the table, or None."""
    return table.get(keys.resume(candidate_id))


def resume_version(table: Table, candidate_id: str, version: int) -> ResumeVersion:
    """An accepted resume; raises `NotFound`."""
    item = table.get(keys.resume_version(candidate_id, version))
    if item is None:
        raise NotFound
    return item.read(ResumeVersion)
