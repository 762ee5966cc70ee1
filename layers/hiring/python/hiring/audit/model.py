"""What operators did: who, when, what, and to which id. It holds no personal data and is never changed."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from hiring.shared.values import Document


class Act(StrEnum):
    """What an operator can do."""

    ORGANISATION_CREATED = "organisation-created"
    MEMBER_SET = "member-set"
    MEMBER_REMOVED = "member-removed"
    FLAG_SET = "flag-set"
    CANDIDATE_LOOKED_UP = "candidate-looked-up"
    ADDRESS_SUPPRESSED = "address-suppressed"
    SUPPRESSION_LIFTED = "suppression-lifted"
    WORK_REDRIVEN = "work-redriven"
    RUN_REPLAYED = "run-replayed"
    REQUEST_OPENED = "request-opened"
    REQUEST_VERIFYING = "request-verifying"
    REQUEST_FINISHED = "request-finished"
    REQUEST_REJECTED = "request-rejected"
    REQUEST_FULFILLED = "request-fulfilled"
    MAIL_LOOKED_AT = "mail-looked-at"
    BROADCAST_STARTED = "broadcast-started"
    BROADCAST_PAUSED = "broadcast-paused"
    BROADCAST_RESUMED = "broadcast-resumed"


CONFIRMED_LINK = "confirmed-link"
"""Who did what the owner of an account confirmed by a mailed link."""


class AuditEvent(Document):
    """One act of an operator, or one that an operator's request led to.

    `by` is the operator's login, or `CONFIRMED_LINK`; `about` the id of what it was done to.
    """

    id: str
    at: datetime
    by: str
    act: Act
    about: str
