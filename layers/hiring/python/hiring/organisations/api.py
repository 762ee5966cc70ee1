"""Organisations on the wire."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Self

from pydantic import StringConstraints

from hiring.organisations.model import Member, MemberRole, Organisation
from hiring.shared.values import Document, Line

EmailAddress = Annotated[str, StringConstraints(pattern=r"^[^@\s]{1,64}@[^@\s]{1,190}$")]


class NewOrganisation(Document):
    """What an operator states of an organisation."""

    name: Line


class OrganisationView(Document):
    """An organisation."""

    id: str
    name: str
    created_at: datetime

    @classmethod
    def of(cls, organisation: Organisation) -> Self:
        """The view of an organisation."""
        return cls(id=organisation.id, name=organisation.name, created_at=organisation.created_at)


class MembershipView(Document):
    """An organisation that I belong to, and as what."""

    id: str
    name: str
    role: MemberRole


class MembershipList(Document):
    """Organisations that I belong to."""

    items: tuple[MembershipView, ...]
    next_cursor: str | None = None


class OrganisationList(Document):
    """A page of organisations."""

    items: tuple[OrganisationView, ...]
    next_cursor: str | None


class NewMember(Document):
    """Where mails to a member go, and its role."""

    email: EmailAddress
    role: MemberRole = MemberRole.MEMBER


class MemberView(Document):
    """A member of an organisation."""

    sub: str
    organisation_id: str
    email: str
    role: MemberRole
    since: datetime

    @classmethod
    def of(cls, member: Member) -> Self:
        """The view of a member."""
        return cls(**member.model_dump())


class MemberList(Document):
    """A page of members."""

    items: tuple[MemberView, ...]
    next_cursor: str | None
