"""Invitations in the table."""

from __future__ import annotations

from collections.abc import Mapping

from hiring.invitations.model import Invitation, InvitationState
from hiring.shared import keys
from hiring.shared.errors import NotFound
from hiring.shared.table import Item, Page, Put, Table


def put_invitation(invitation: Invitation, *, read_version: int = 0) -> Put:
    """Write an invitation; while it waits for an answer it waits for its deadline too."""
    indexes = {
        "gsi1": (f"CAND#{invitation.candidate_id}#INV", invitation.id),
        "gsi2": (f"JOB#{invitation.job_id}#INV", invitation.id),
    }
    if invitation.state is InvitationState.SENT:
        indexes["gsi3"] = (keys.due(invitation.id), invitation.expires_at.isoformat(timespec="seconds"))
    return Put.of(keys.invitation(invitation.id), invitation, read_version=read_version, indexes=indexes)


def invitation_item(table: Table, invitation_id: str) -> Item:
    """An invitation with its version in the table; raises `NotFound`."""
    item = table.get(keys.invitation(invitation_id))
    if item is None:
        raise NotFound
    return item


def invitation(table: Table, invitation_id: str) -> Invitation:
    """An invitation; raises `NotFound`."""
    return invitation_item(table, invitation_id).read(Invitation)


def candidate_page(table: Table, candidate_id: str, *, limit: int, start: Mapping[str, str] | None) -> Page:
    """A candidate's invitations, newest first."""
    return table.index_page("gsi1", f"CAND#{candidate_id}#INV", limit=limit, start=start, newest_first=True)


def job_page(table: Table, job_id: str, *, limit: int, start: Mapping[str, str] | None) -> Page:
    """A job's invitations, newest first."""
    return table.index_page("gsi2", f"JOB#{job_id}#INV", limit=limit, start=start, newest_first=True)
