"""Messages that leave with a commit. They carry ids, never personal data; the relay takes them to their queue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from pydantic import ConfigDict

from hiring.shared.ids import new_id, shard
from hiring.shared.keys import OUTBOX_SHARDS, Key, outbox
from hiring.shared.observability import correlation_id
from hiring.shared.values import Document


class MessageKind(StrEnum):
    """What a message asks for. The relay's table says which queue each goes to."""

    MATCH_REQUESTED = "match-requested"
    REPLAY_REQUESTED = "replay-requested"
    MAIL = "mail"
    BROADCAST_MAIL = "broadcast-mail"
    EXPORT_REQUESTED = "export-requested"
    ERASURE_REQUESTED = "erasure-requested"


@dataclass(frozen=True)
class Message:
    """A request to another function; `about` is the partition key of the aggregate that causes it."""

    kind: MessageKind
    about: str
    body: Mapping[str, str]


class Envelope(Document):
    """A message as it lies on a queue."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: MessageKind
    id: str
    correlation_id: str
    body: dict[str, str]


def mail(about: str, template: str, recipient: str, **ids: str) -> Message:
    """A request to send one mail: `template` names it, `recipient` is a candidate's id or a member's `USER#sub`."""
    return Message(MessageKind.MAIL, about, {"template": template, "recipient": recipient, **ids})


def outbox_item(message: Message, now: datetime) -> tuple[Key, dict[str, Any], tuple[str, str]]:
    """The item that carries a message: its key, its attributes, and its place in the index of waiting messages."""
    identifier = new_id("out", now)
    envelope = Envelope(kind=message.kind, id=identifier, correlation_id=correlation_id(), body=dict(message.body))
    created = now.isoformat(timespec="milliseconds")
    index = (f"OUT#{shard(identifier, OUTBOX_SHARDS)}", created)
    return (
        outbox(message.about, identifier),
        {"envelope": envelope.model_dump(mode="json"), "created_at": created},
        index,
    )
