"""Offers on the wire."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from hiring.offers.model import Offer, OfferState, OfferTerms
from hiring.shared.values import Document


class OfferView(Document):
    """An offer as the client sees it."""

    id: str
    invitation_id: str
    conversation_id: str
    job_id: str
    candidate_reference: str
    state: OfferState
    version: int
    terms: OfferTerms
    made_at: datetime
    changed_at: datetime
    decided_at: datetime | None
    hire_confirmed_at: datetime | None

    @classmethod
    def of(cls, offer: Offer) -> Self:
        """The client's view."""
        return cls(**offer.model_dump(include=set(cls.model_fields)))


class CandidateOfferView(Document):
    """An offer as the candidate sees it."""

    id: str
    invitation_id: str
    conversation_id: str
    organisation_name: str
    state: OfferState
    version: int
    terms: OfferTerms
    made_at: datetime
    changed_at: datetime
    decided_at: datetime | None
    hire_confirmed_at: datetime | None

    @classmethod
    def of(cls, offer: Offer) -> Self:
        """The candidate's view."""
        return cls(**offer.model_dump(include=set(cls.model_fields)))


class CandidateOfferList(Document):
    """A page of my offers, newest first."""

    items: tuple[CandidateOfferView, ...]
    next_cursor: str | None
