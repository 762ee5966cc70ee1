"""Conversations and their messages in the table."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from hiring.conversations.model import Author, Conversation, Intent, Message
from hiring.shared import keys
from hiring.shared.errors import NotFound
from hiring.shared.ids import new_id
from hiring.shared.table import Item, Page, Put, Table
from hiring.shared.values import MessageText


def open_with(conversation: Conversation, author: Author, text: MessageText) -> tuple[Put, Put]:
    """The changes that open a conversation with its first message, of which the other side hears by other means."""
    first = new_message(conversation.id, author, text, now=conversation.opened_at)
    return put_conversation(conversation, read_version=0), put_message(first)


def append(item: Item, *messages: Message, ended: bool = False) -> tuple[Put, ...]:
    """The changes that add messages to a conversation that was read as `item`; nobody gets a mail about them.

    One that has `ended` reminds nobody any more.
    """
    conversation = item.read(Conversation)
    for message in messages:
        conversation = conversation.with_message(message)
    if ended:
        conversation = conversation.quiet()
    return put_conversation(conversation, read_version=item.version), *map(put_message, messages)


def new_message(
    conversation_id: str, author: Author, text: str, *, now: datetime, intent: Intent | None = None
) -> Message:
    """A message that is not written yet. The order of messages is the order of their times in milliseconds."""
    return Message(
        id=new_id("msg", now),
        conversation_id=conversation_id,
        author=author,
        text=text,
        sent_at=now,
        intent=intent,
    )


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


def put_conversation(conversation: Conversation, *, read_version: int) -> Put:
    """Write a conversation; while a notice is due it waits for its time."""
    last = f"{conversation.last_message_at.isoformat(timespec='milliseconds')}#{conversation.id}"
    indexes = {
        "gsi1": (f"CAND#{conversation.candidate_id}#CNV", last),
        "gsi2": (f"ORG#{conversation.organisation_id}#CNV", last),
    }
    if conversation.notice_due_at is not None:
        indexes["gsi3"] = (keys.due(conversation.id), conversation.notice_due_at.isoformat(timespec="seconds"))
    return Put.of(keys.conversation(conversation.id), conversation, read_version=read_version, indexes=indexes)


def put_message(message: Message) -> Put:
    """Write a message."""
    return Put.of(keys.message(message.conversation_id, message.id), message)
