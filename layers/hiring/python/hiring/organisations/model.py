"""Client organisations and who belongs to them."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from pydantic import StrictBool

from hiring.shared.values import Document, Line


class MemberRole(StrEnum):
    """What a member may do: an owner may do all that a member may."""

    OWNER = "owner"
    MEMBER = "member"


class Organisation(Document):
    """A client that fills full-time jobs."""

    id: str
    name: Line
    created_at: datetime


class Member(Document):
    """A user of the pool in one organisation. `email` is where mails to this member go."""

    sub: str
    organisation_id: str
    email: str
    role: MemberRole
    since: datetime


class MemberMails(Document):
    """Which mails a member takes beside those about the organisation's jobs, invitations and offers."""

    messages: StrictBool = True
    """That somebody wrote in a conversation."""
