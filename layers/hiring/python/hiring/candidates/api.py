"""Candidates on the wire."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Literal, Self

from hiring.candidates.employers import among
from hiring.candidates.model import Candidate, CandidateState, EmployerBlocks
from hiring.shared.values import Document, Line


class Enrolment(Document):
    """Consent to be matched for full-time jobs, and to which notice."""

    open_to_full_time: Literal[True]
    notice_version: Line


class EmployerBlocksView(EmployerBlocks):
    """Employers that must never see me, and those that I may want to add: where I work now, by my resume."""

    suggested: tuple[str, ...]

    @classmethod
    def of(cls, blocks: EmployerBlocks, current: Iterable[str]) -> Self:
        """The view of the list, with what of `current` is not on it."""
        return cls(names=blocks.names, suggested=tuple(name for name in current if not among(name, blocks.names)))


class MeView(Document):
    """Who I am here. Everything but `enrolled` is null until I enrol."""

    enrolled: bool
    id: str | None = None
    state: CandidateState | None = None
    enrolled_at: datetime | None = None
    notice_version: str | None = None
    has_resume: bool = False
    mails_arrive: bool | None = None
    """False: a mail to my address came back for good, or was reported as unwanted, so that none is sent any more.
    Invitations, offers and conversations are here all the same."""

    @classmethod
    def of(cls, candidate: Candidate, *, mails_arrive: bool) -> Self:
        """The view of a candidate, and whether mails go to the candidate's address."""
        return cls(
            enrolled=candidate.state is not CandidateState.OPTED_OUT,
            id=candidate.id,
            state=candidate.state,
            enrolled_at=candidate.enrolled_at,
            notice_version=candidate.consent.notice_version,
            has_resume=candidate.resume_version > 0,
            mails_arrive=mails_arrive,
        )
