"""Organisations and members in the table."""

from __future__ import annotations

from collections.abc import Mapping

from hiring.organisations.model import Member, MemberMails, MemberRole, Organisation
from hiring.shared import keys
from hiring.shared.errors import NotFound
from hiring.shared.table import Item, Page, Put, Stored, Table


def put_organisation(organisation: Organisation, *, read_version: int = 0) -> Put:
    """Write an organisation."""
    return Put.of(
        keys.organisation(organisation.id),
        organisation,
        read_version=read_version,
        indexes={"gsi1": ("ORGS", f"{organisation.name.lower()}#{organisation.id}")},
    )


def put_member(member: Member, *, read_version: int = 0) -> Put:
    """Write a membership."""
    return Put.of(
        keys.member(member.sub, member.organisation_id),
        member,
        read_version=read_version,
        indexes={"gsi1": (f"ORG#{member.organisation_id}#MEM", member.sub)},
    )


def organisation(table: Table, organisation_id: str) -> Organisation:
    """An organisation; raises `NotFound`."""
    item = table.get(keys.organisation(organisation_id))
    if item is None:
        raise NotFound
    return item.read(Organisation)


def member_item(table: Table, sub: str, organisation_id: str) -> Item | None:
    """A membership with its version, or None."""
    return table.get(keys.member(sub, organisation_id))


def member(table: Table, sub: str, organisation_id: str) -> Member:
    """A user's membership; raises `NotFound` where there is none, as if the organisation did not exist."""
    item = member_item(table, sub, organisation_id)
    if item is None:
        raise NotFound
    return item.read(Member)


def memberships(table: Table, sub: str) -> tuple[Member, ...]:
    """All memberships of a user, at most a few."""
    return tuple(item.read(Member) for item in table.query(f"USER#{sub}", prefix="ORG#"))


def put_mails(sub: str, mails: MemberMails, *, read_version: int) -> Put:
    """Write which mails a member takes."""
    return Put.of(keys.member_mails(sub), mails, read_version=read_version)


def mails(table: Table, sub: str) -> Stored[MemberMails]:
    """Which mails a member takes; all (version 0) until something was set."""
    item = table.get(keys.member_mails(sub))
    return Stored(item.read(MemberMails), item.version) if item else Stored(MemberMails(), 0)


def speakers(table: Table, organisation_id: str) -> tuple[Member, ...]:
    """Who speaks for an organisation: its owners, then its other members, each from the longest-serving on."""
    found: list[Member] = []
    start: Mapping[str, str] | None = None
    while True:
        page = members_page(table, organisation_id, limit=100, start=start)
        found += [item.read(Member) for item in page.items]
        start = page.next_key
        if start is None:
            return tuple(sorted(found, key=lambda each: (each.role is not MemberRole.OWNER, each.since, each.sub)))


def organisations_page(table: Table, *, limit: int, start: Mapping[str, str] | None) -> Page:
    """Organisations in the order of their names."""
    return table.index_page("gsi1", "ORGS", limit=limit, start=start)


def members_page(table: Table, organisation_id: str, *, limit: int, start: Mapping[str, str] | None) -> Page:
    """Members of an organisation."""
    return table.index_page("gsi1", f"ORG#{organisation_id}#MEM", limit=limit, start=start)
