"""Candidates on the wire."""

from __future__ import annotations

from datetime import datetime
from typing import Literal, Self

from hiring.candidates.model import Candidate, CandidateState
from hiring.shared.values import Document, Line


class Enrolment(Document):
    """Consent to be matched for full-time jobs, and to which notice."""

    open_to_full_time: Literal[True]
    notice_version: Line


class MeView(Document):
    """Who I am here. Everything but `enrolled` is null until I enrol."""

    enrolled: bool
    id: str | None = None
    state: CandidateState | None = None
    enrolled_at: datetime | None = None
    notice_version: str | None = None
    has_resume: bool = False

    @classmethod
    def of(cls, candidate: Candidate) -> Self:
        """The view of a candidate."""
        return cls(
            enrolled=candidate.state is not CandidateState.OPTED_OUT,
            id=candidate.id,
            state=candidate.state,
            enrolled_at=candidate.enrolled_at,
            notice_version=candidate.consent.notice_version,
            has_resume=candidate.resume_version > 0,
        )
