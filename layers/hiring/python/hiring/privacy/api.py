"""Exports and erasures on the wire."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from hiring.privacy.model import Erasure, ErasureState, Export, ExportState, Receipt
from hiring.shared.values import Document


class ExportView(Document):
    """A copy of everything that is held about me: a zip file with one JSON document and the files themselves."""

    id: str
    state: ExportState
    requested_at: datetime
    expires_at: datetime | None
    """When the copy is removed."""
    size: int | None
    """Bytes."""
    link: str | None = None
    """Downloads the copy for ten minutes; read again for a new one."""

    @classmethod
    def of(cls, export: Export, link: str | None = None) -> Self:
        """The view of an export, with the link to its file where there is one."""
        shown = {"id", "state", "requested_at", "expires_at", "size"}
        return cls(**export.model_dump(include=shown), link=link)


class ErasureView(Document):
    """My erasure: how far it is, and how much of what kind there was. It can be read also when nothing else is left."""

    id: str
    state: ErasureState
    requested_at: datetime
    finished_at: datetime | None
    erased: dict[str, int]

    @classmethod
    def of(cls, receipt: Receipt) -> Self:
        """The view of a receipt."""
        return cls(
            id=receipt.erasure_id,
            state=receipt.state,
            requested_at=receipt.requested_at,
            finished_at=receipt.finished_at,
            erased=dict(receipt.held),
        )


class ErasureReport(ErasureView):
    """An erasure as an operator reads it: what and how many, and nothing about whom."""

    look_again_at: datetime | None

    @classmethod
    def report(cls, erasure: Erasure) -> Self:
        """The report on an erasure."""
        waits = None if erasure.state is ErasureState.DONE else erasure.look_again_at
        return cls(**dict(ErasureView.of(Receipt.of(erasure))), look_again_at=waits)


class ErasureReportList(Document):
    """A page of erasures, newest first."""

    items: tuple[ErasureReport, ...]
    next_cursor: str | None
