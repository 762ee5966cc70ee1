"""What operators see of people, on the wire."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from hiring.candidates.model import Candidate, CandidateState
from hiring.organisations.api import EmailAddress
from hiring.shared.values import Document
from hiring.suppressions.model import Suppression


class AccountView(Document):
    """A candidate's account, without name and address: whoever looked it up by its address knows that."""

    id: str
    state: CandidateState
    enrolled_at: datetime
    consent_given_at: datetime
    notice_version: str
    resume_version: int
    suppression: Suppression | None

    @classmethod
    def of(cls, candidate: Candidate, suppression: Suppression | None) -> Self:
        """The view of an account; `suppression` where its address gets no mails."""
        return cls(
            id=candidate.id,
            state=candidate.state,
            enrolled_at=candidate.enrolled_at,
            consent_given_at=candidate.consent.given_at,
            notice_version=candidate.consent.notice_version,
            resume_version=candidate.resume_version,
            suppression=suppression,
        )


class NewSuppression(Document):
    """An address that is to get no mails."""

    email: EmailAddress


class SuppressionList(Document):
    """A page of suppressed addresses, each named by its digest only."""

    items: tuple[Suppression, ...]
    next_cursor: str | None


class SupportMailView(Document):
    """A link that downloads the mail by which a request came; anybody may have written it."""

    link: str
    expires_at: datetime
