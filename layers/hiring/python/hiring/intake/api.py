"""Uploads and the candidate's own resume on the wire."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Self

from hiring.intake.model import ResumeVersion, Upload, UploadProblem, UploadState
from hiring.resumes.model import Contacts, Evidence, FileFormat, Reading
from hiring.shared.files import UploadForm
from hiring.shared.values import Document


class ResumeContentType(StrEnum):
    """What a resume may be sent as; what the file really is, is found by its content."""

    PDF = "application/pdf"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    ODT = "application/vnd.oasis.opendocument.text"
    RTF = "application/rtf"
    HTML = "text/html"
    TXT = "text/plain"
    OTHER = "application/octet-stream"


class NewUpload(Document):
    """What a candidate is about to send."""

    content_type: ResumeContentType


class UploadView(Document):
    """An upload: where it stands, and what is wrong with its file where another is needed."""

    id: str
    state: UploadState
    expires_at: datetime
    problem: UploadProblem | None

    @classmethod
    def of(cls, upload: Upload) -> Self:
        """The view of an upload."""
        return cls(id=upload.id, state=upload.state, expires_at=upload.expires_at, problem=upload.problem)


class FormView(Document):
    """Where to post a file: all `fields`, then the file as `file`, as multipart/form-data."""

    url: str
    fields: dict[str, str]


class NewUploadView(Document):
    """An upload that waits for its file."""

    id: str
    state: UploadState
    expires_at: datetime
    max_bytes: int
    form: FormView

    @classmethod
    def of(cls, upload: Upload, form: UploadForm, max_bytes: int) -> Self:
        """The view of an upload with its form."""
        return cls(
            id=upload.id,
            state=upload.state,
            expires_at=upload.expires_at,
            max_bytes=max_bytes,
            form=FormView(url=form.url, fields=dict(form.fields)),
        )


class ResumeView(Document):
    """A candidate's own resume as it was read: every fact with its offsets into `text`, in code points."""

    version: int
    accepted_at: datetime
    format: FileFormat
    pages: int
    text: str
    contacts: Contacts
    evidence: Evidence
    hidden_characters: int

    @classmethod
    def of(cls, version: ResumeVersion, reading: Reading) -> Self:
        """The view of a reading."""
        return cls(
            version=version.version,
            accepted_at=version.accepted_at,
            format=reading.format,
            pages=reading.pages,
            text=reading.text,
            contacts=reading.contacts,
            evidence=reading.evidence,
            hidden_characters=reading.hidden_characters,
        )


class ClientView(Document):
    """What clients see of a resume before an invitation: a whole HTML page without the name and means of contact."""

    version: int
    html: str
