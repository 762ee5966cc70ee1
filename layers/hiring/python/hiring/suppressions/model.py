"""An address that takes no mails any more."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from hiring.shared.values import Document


class SuppressionReason(StrEnum):
    """Why an address gets no mails: one came back for good, one was reported as unwanted, or an operator said so."""

    BOUNCE = "bounce"
    COMPLAINT = "complaint"
    OPERATOR = "operator"


class Suppression(Document):
    """That an address gets no mails until this is lifted. `digest` is all that names the address."""

    digest: str
    reason: SuppressionReason
    since: datetime
