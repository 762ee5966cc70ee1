"""An operator creates organisations and says who belongs to them."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from hiring.audit import store as audit
from hiring.audit.model import Act
from hiring.organisations import store
from hiring.organisations.model import Member, MemberRole, Organisation
from hiring.shared.errors import NotFound
from hiring.shared.ids import new_id
from hiring.shared.table import Remove, Table

if TYPE_CHECKING:
    from mypy_boto3_cognito_idp.client import CognitoIdentityProviderClient

    from hiring.shared.web import Record


def create(table: Table, name: str, *, by: str, now: datetime, record: Record[Organisation]) -> Organisation:
    """A new organisation, taken in by the operator with the login `by`."""
    organisation = Organisation(id=new_id("org", now), name=name, created_at=now)
    event = audit.put_event(Act.ORGANISATION_CREATED, organisation.id, by=by, now=now)
    table.commit([store.put_organisation(organisation), event, record(organisation)], now=now)
    return organisation


def set_member(
    table: Table, organisation_id: str, sub: str, *, email: str, role: MemberRole, by: str, now: datetime
) -> tuple[Member, bool]:
    """Make a user a member as the operator `by`, or change its role or address; says whether it is new.

    Raises `NotFound`.
    """
    store.organisation(table, organisation_id)
    stored = store.member_item(table, sub, organisation_id)
    since = stored.read(Member).since if stored else now
    member = Member(sub=sub, organisation_id=organisation_id, email=email, role=role, since=since)
    event = audit.put_event(Act.MEMBER_SET, organisation_id, by=by, now=now)
    table.commit([store.put_member(member, read_version=stored.version if stored else 0), event], now=now)
    return member, stored is None


def give_client_role(cognito: CognitoIdentityProviderClient, user_pool_id: str, sub: str) -> None:
    """Put a user into the group of clients; where it may be already. Raises `NotFound` for an unknown user."""
    try:
        cognito.admin_add_user_to_group(UserPoolId=user_pool_id, Username=sub, GroupName="client")
    except cognito.exceptions.UserNotFoundException:
        raise NotFound("The user pool has no such user. Use the `sub` of somebody who signed up.") from None


def remove_member(table: Table, organisation_id: str, sub: str, *, by: str, now: datetime) -> None:
    """End a membership at once, as the operator `by`. Ending what is no membership is fine."""
    stored = store.member_item(table, sub, organisation_id)
    if stored:
        event = audit.put_event(Act.MEMBER_REMOVED, organisation_id, by=by, now=now)
        table.commit([Remove(stored.key, stored.version), event], now=now)
