"""Reading conversations: a candidate its own, a client member those of an organisation it belongs to."""

from __future__ import annotations

from collections.abc import Mapping

from hiring.candidates import store as candidates
from hiring.conversations import store
from hiring.conversations.model import Author, Conversation, Message
from hiring.organisations import store as organisations
from hiring.shared.errors import NotFound
from hiring.shared.table import Page, Table

type Position = Mapping[str, str] | None
"""Where a page of a listing begins; None is the beginning, or the end."""


def of_candidate(table: Table, sub: str, *, limit: int, start: Position) -> tuple[tuple[Conversation, ...], Position]:
    """Conversations of the candidate who signed in as `sub`, the last written to first. Raises `NotFound`."""
    candidate = candidates.candidate_of_login(table, sub).value
    page = store.candidate_page(table, candidate.id, limit=limit, start=start)
    return _conversations(page)


def of_organisation(
    table: Table, organisation_id: str, sub: str, *, limit: int, start: Position
) -> tuple[tuple[Conversation, ...], Position]:
    """Conversations of an organisation for its member `sub`, the last written to first. Raises `NotFound`."""
    organisations.member(table, sub, organisation_id)
    return _conversations(store.organisation_page(table, organisation_id, limit=limit, start=start))


def messages(
    table: Table, conversation_id: str, sub: str, *, limit: int, start: Position
) -> tuple[tuple[Message, ...], Position]:
    """Messages of a conversation for one who takes part in it, oldest first. Raises `NotFound` for everybody else."""
    conversation = store.conversation_item(table, conversation_id).read(Conversation)
    part_of(table, conversation, sub)
    page = store.message_page(table, conversation_id, limit=limit, start=start)
    return tuple(item.read(Message) for item in page.items), page.next_key


def part_of(table: Table, conversation: Conversation, sub: str) -> Author:
    """On which side the login `sub` takes part in a conversation; raises `NotFound` for all who do not."""
    if organisations.member_item(table, sub, conversation.organisation_id) is not None:
        return Author.CLIENT
    try:
        candidate = candidates.candidate_of_login(table, sub).value
    except NotFound:
        raise NotFound from None  # as for everybody else who takes no part
    if candidate.id != conversation.candidate_id:
        raise NotFound
    return Author.CANDIDATE


def _conversations(page: Page) -> tuple[tuple[Conversation, ...], Position]:
    return tuple(item.read(Conversation) for item in page.items), page.next_key
