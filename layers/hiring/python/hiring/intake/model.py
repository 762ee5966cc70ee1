"""A resume on its way in: the form that a candidate gets, and what became of the file that arrived."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import Self

from hiring.resumes.model import Problem
from hiring.shared.lifecycle import Moves, advance
from hiring.shared.values import Document

UPLOADS = "uploads/"
DROPS = "drops/"


class UploadState(StrEnum):
    """Where an upload stands."""

    PENDING = "PENDING"
    ACCEPTED = "ACCEPTED"
    NEEDS_NEW_FILE = "NEEDS_NEW_FILE"
    EXPIRED = "EXPIRED"


class UploadMove(StrEnum):
    """What can happen to an upload."""

    ACCEPT = "accept"
    REFUSE = "refuse"
    EXPIRE = "expire"


MOVES: Moves[UploadState, UploadMove] = {
    (UploadState.PENDING, UploadMove.ACCEPT): UploadState.ACCEPTED,
    (UploadState.PENDING, UploadMove.REFUSE): UploadState.NEEDS_NEW_FILE,
    (UploadState.PENDING, UploadMove.EXPIRE): UploadState.EXPIRED,
    # S3 took the file while the form was valid; that its reading came late is not the candidate's fault.
    (UploadState.EXPIRED, UploadMove.ACCEPT): UploadState.ACCEPTED,
    (UploadState.EXPIRED, UploadMove.REFUSE): UploadState.NEEDS_NEW_FILE,
}


class UploadProblem(Document):
    """Why another file is needed, in a code and in a sentence for the candidate."""

    code: Problem
    detail: str


class Upload(Document):
    """One attempt to hand in a resume; `object_version` is the version of the S3 object that was read for it."""

    id: str
    candidate_id: str
    state: UploadState
    content_type: str
    created_at: datetime
    expires_at: datetime
    object_version: str | None = None
    problem: UploadProblem | None = None

    @property
    def waits_for_file(self) -> bool:
        """Whether a file for it is still to be read; also after its form ran out."""
        return self.state in (UploadState.PENDING, UploadState.EXPIRED)

    def accept(self, object_version: str) -> Self:
        """The upload whose file became the candidate's resume."""
        return self.model_copy(
            update={"state": advance(self.state, UploadMove.ACCEPT, MOVES), "object_version": object_version}
        )

    def refuse(self, object_version: str, problem: UploadProblem) -> Self:
        """The upload whose file cannot be read; the candidate may try again with another."""
        return self.model_copy(
            update={
                "state": advance(self.state, UploadMove.REFUSE, MOVES),
                "object_version": object_version,
                "problem": problem,
            }
        )

    def expire(self) -> Self:
        """The upload whose form ran out without a file."""
        return self.model_copy(update={"state": advance(self.state, UploadMove.EXPIRE, MOVES)})


class ResumeHead(Document):
    """Which version of a candidate's resume is in force, and the dropped object that it came from."""

    version: int
    object_key: str
    object_version: str


class ResumeVersion(Document):
    """An accepted resume and what was made of it.

    Its reading knows who it is about. Its evidence, all that matching may see, does not, nor does its client view, the
    HTML page that clients see before an invitation; the named view, with `name`, is for after it.
    """

    version: int
    reading_key: str
    evidence_key: str
    client_view_key: str
    named_view_key: str
    name: str | None
    accepted_at: datetime


class Drop(Document):
    """An object that landed in the resumes bucket."""

    key: str
    object_version: str
    size: int

    def owner(self) -> tuple[str, str] | None:
        """The candidate's id and the rest of the key, or None where the key is no place for a resume."""
        for place in (UPLOADS, DROPS):
            if self.key.startswith(place):
                candidate_id, _, rest = self.key.removeprefix(place).partition("/")
                if candidate_id and rest and (place == DROPS or "/" not in rest):
                    return candidate_id, rest
        return None

    @property
    def dropped_by_operator(self) -> bool:
        """Whether it came by the operator's bulk drop and not by a candidate's form."""
        return self.key.startswith(DROPS)


class Outcome(StrEnum):
    """What became of a dropped object."""

    ACCEPTED = "accepted"
    NEEDS_NEW_FILE = "needs-new-file"
    QUARANTINED = "quarantined"
    SEEN_BEFORE = "seen-before"
    DISCARDED = "discarded"
    """It was dropped for somebody who was erased: nothing of it is kept."""


def upload_key(candidate_id: str, upload_id: str) -> str:
    """Where the form of an upload puts its one file."""
    return f"{UPLOADS}{candidate_id}/{upload_id}"


def reading_place(candidate_id: str) -> str:
    """The folder of a candidate's readings, each named after the SHA-256 of its content."""
    return f"candidates/{candidate_id}/reading/"


def evidence_place(candidate_id: str) -> str:
    """The folder of a candidate's evidence, each named after the SHA-256 of its content."""
    return f"candidates/{candidate_id}/evidence/"


def client_view_place(candidate_id: str) -> str:
    """The folder of a candidate's client views, each named after the SHA-256 of its content."""
    return f"candidates/{candidate_id}/client-view/"


def quarantine_place(candidate_id: str) -> str:
    """The folder of what is kept unread of a candidate's drops: found again by who knows the id."""
    return f"quarantine/{sha256(candidate_id.encode()).hexdigest()[:32]}/"


def quarantine_key(drop: Drop) -> str:
    """Where an object is kept that must not be read: its own key may be long, and may name somebody."""
    owner = drop.owner()
    place = quarantine_place(owner[0] if owner else "")
    return f"{place}{sha256(drop.key.encode()).hexdigest()}/{drop.object_version}"
