"""A candidate's copy of everything, and the wish to be forgotten (R28)."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import Self

from pydantic import Field

from hiring.shared.values import Document

EXPORT_LIFE = timedelta(days=7)
"""For how long a copy is kept."""
LINK_LIFE = timedelta(minutes=10)
"""For how long the link to a copy downloads it."""
LOOK_AGAIN = timedelta(minutes=5)
"""After this time an erasure that came to no end goes on: the work was lost, or the index is not rebuilt yet."""


class ExportState(StrEnum):
    """Where a copy stands."""

    REQUESTED = "REQUESTED"
    READY = "READY"
    EXPIRED = "EXPIRED"


class Export(Document):
    """One copy of all that is held about a candidate; `object_version` is that of its file."""

    id: str
    candidate_id: str
    state: ExportState = ExportState.REQUESTED
    requested_at: datetime
    expires_at: datetime | None = None
    object_version: str | None = None
    size: int | None = None
    """Bytes."""

    def ready(self, object_version: str, size: int, *, now: datetime) -> Self:
        """The copy that can be downloaded from now on."""
        made = {"object_version": object_version, "size": size, "expires_at": now + EXPORT_LIFE}
        return self.model_copy(update={"state": ExportState.READY, **made})

    def at(self, now: datetime) -> Self:
        """The copy as it stands at `now`: past its time it is gone, removed or not."""
        if self.state is ExportState.READY and self.expires_at is not None and now >= self.expires_at:
            return self.model_copy(update={"state": ExportState.EXPIRED})
        return self


class ErasureState(StrEnum):
    """How far an erasure has come."""

    RUNNING = "RUNNING"
    SETTLING = "SETTLING"
    """Everything was taken away once; it waits for the index, then looks again at all places."""
    DONE = "DONE"


class Erasure(Document):
    """That a candidate is to be forgotten, and how far that has come. It holds nothing about the person.

    `held` says how much of what kind there was before the first removal; None until it was counted. `receipt` is the
    line of the ledger under which the person reads this afterwards.
    """

    id: str
    candidate_id: str
    receipt: str | None
    state: ErasureState = ErasureState.RUNNING
    requested_at: datetime
    look_again_at: datetime
    held: Mapping[str, int] | None = None
    finished_at: datetime | None = None

    def later(self, *, now: datetime) -> Self:
        """The erasure that is looked at again after a while."""
        return self.model_copy(update={"look_again_at": now + LOOK_AGAIN})

    def counted(self, held: Mapping[str, int]) -> Self:
        """The erasure that knows what it has to remove."""
        return self.model_copy(update={"held": dict(held)})

    def settle(self, *, now: datetime) -> Self:
        """The erasure after its first way through all places."""
        return self.later(now=now).model_copy(update={"state": ErasureState.SETTLING})

    def finish(self, *, now: datetime) -> Self:
        """The erasure after which nothing is left."""
        return self.model_copy(update={"state": ErasureState.DONE, "finished_at": now})


class Receipt(Document):
    """What a person reads of an erasure, also when nothing else is left."""

    erasure_id: str
    state: ErasureState
    requested_at: datetime
    finished_at: datetime | None = None
    held: Mapping[str, int] = Field(default_factory=dict)

    @classmethod
    def of(cls, erasure: Erasure) -> Self:
        """What there is to read of an erasure."""
        return cls(
            erasure_id=erasure.id,
            state=erasure.state,
            requested_at=erasure.requested_at,
            finished_at=erasure.finished_at,
            held=erasure.held or {},
        )


def candidate_digest(candidate_id: str, key: bytes) -> str:
    """The ledger's line for a candidate: HMAC-SHA256, which names nobody to those without the key."""
    return _digest("candidate", candidate_id, key)


def login_digest(login: str, key: bytes) -> str:
    """The ledger's line by which somebody who signs in finds the receipt."""
    return _digest("login", login, key)


def _digest(kind: str, value: str, key: bytes) -> str:
    return hmac.new(key, f"erased {kind} {value}".encode(), sha256).hexdigest()


def exports_place(candidate_id: str) -> str:
    """The folder of a candidate's copies."""
    return f"exports/{candidate_id}/"


def export_key(candidate_id: str, export_id: str) -> str:
    """Where a copy lies."""
    return f"{exports_place(candidate_id)}{export_id}.zip"


LEDGER = "erased/"
"""The folder of the ledger's copy, which a restored table does not take back: one empty object a line."""
