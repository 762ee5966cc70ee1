"""Conversations and their messages in the table."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from hiring.conversations.model import Author, Conversation, Message
from hiring.shared import keys
from hiring.shared.errors import NotFound
from hiring.shared.ids import new_id
from hiring.shared.table import Item, Page, Put, Table


def open_with(conversation: Conversation, author: Author, text: str) -> tuple[Put, Put]:
    """The changes that open a conversation with its first message."""
    first = _new_message(conversation.id, author, text, conversation.opened_at)
    return _put_conversation(conversation, read_version=0), _put_message(first)


def append(item: Item, author: Author, text: str, *, now: datetime) -> tuple[Put, Put]:
    """The changes that add a message to a conversation that was read as `item`."""
    conversation = item.read(Conversation)
    message = _new_message(conversation.id, author, text, now)
    return _put_conversation(conversation.with_message(message), read_version=item.version), _put_message(message)


def conversation_item(table: Table, conversation_id: str) -> Item:
    """A conversation with its version in the table; raises `NotFound`."""
    item = table.get(keys.conversation(conversation_id))
    if item is None:
        raise NotFound
    return item


def candidate_page(table: Table, candidate_id: str, *, limit: int, start: Mapping[str, str] | None) -> Page:
    """A candidate's conversations, the last written to first."""
    return table.index_page("gsi1", f"CAND#{candidate_id}#CNV", limit=limit, start=start, newest_first=True)


def organisation_page(table: Table, organisation_id: str, *, limit: int, start: Mapping[str, str] | None) -> Page:
    """An organisation's conversations, the last written to first."""
    return table.index_page("gsi2", f"ORG#{organisation_id}#CNV", limit=limit, start=start, newest_first=True)


def message_page(table: Table, conversation_id: str, *, limit: int, start: Mapping[str, str] | None) -> Page:
    """The messages of a conversation, oldest first."""
    return table.page(keys.conversation(conversation_id).pk, prefix="MSG#", limit=limit, start=start)


def _new_message(conversation_id: str, author: Author, text: str, now: datetime) -> Message:
    return Message(id=new_id("msg", now), conversation_id=conversation_id, author=author, text=text, sent_at=now)


def _put_conversation(conversation: Conversation, *, read_version: int) -> Put:
    last = f"{conversation.last_message_at.isoformat(timespec='milliseconds')}#{conversation.id}"
    return Put.of(
        keys.conversation(conversation.id),
        conversation,
        read_version=read_version,
        indexes={
            "gsi1": (f"CAND#{conversation.candidate_id}#CNV", last),
            "gsi2": (f"ORG#{conversation.organisation_id}#CNV", last),
        },
    )


def _put_message(message: Message) -> Put:
    return Put.of(keys.message(message.conversation_id, message.id), message)
