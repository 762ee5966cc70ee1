"""From the outbox to the queues: which message goes where, and what becomes of one that cannot go anywhere."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from hiring.shared.ids import shard
from hiring.shared.keys import OUTBOX_SHARDS, Key
from hiring.shared.observability import correlated, logger
from hiring.shared.outbox import Envelope, MessageKind
from hiring.shared.settings import Settings
from hiring.shared.table import Put

if TYPE_CHECKING:
    from mypy_boto3_sqs.client import SQSClient

    from hiring.shared.table import Item, Table


class Delivery(StrEnum):
    """What became of a message."""

    SENT = "sent"
    PARKED = "parked"


def queues(settings: Settings) -> Mapping[MessageKind, str]:
    """The queue of each kind of message."""
    return {
        MessageKind.MATCH_REQUESTED: settings.match_jobs_queue_url,
        MessageKind.REPLAY_REQUESTED: settings.match_jobs_queue_url,
        MessageKind.MAIL: settings.emails_queue_url,
        MessageKind.BROADCAST_MAIL: settings.broadcasts_queue_url,
        MessageKind.EXPORT_REQUESTED: settings.exports_queue_url,
        MessageKind.ERASURE_REQUESTED: settings.erasures_queue_url,
    }


def deliver(
    table: Table, sqs: SQSClient, item: Item, *, routes: Mapping[MessageKind, str], dead_letters: str
) -> Delivery:
    """Send one outbox item to its queue and remove it; one that nobody understands goes to `dead_letters`.

    What is parked is all that there was, so that it can be put back (`unparked`).
    A failure of SQS or of the removal raises: the item stays, and is sent again later. So a message may arrive twice.
    """
    try:
        envelope = Envelope.model_validate(item.data.get("envelope"))
    except ValidationError:
        body: dict[str, Any] = {"pk": item.key.pk, "sk": item.key.sk, "envelope": item.data.get("envelope")}
        sqs.send_message(QueueUrl=dead_letters, MessageBody=json.dumps(body, default=str))
        table.delete(item.key)
        logger().error("message parked", item=item.key.sk)
        return Delivery.PARKED
    with correlated(envelope.correlation_id):
        sqs.send_message(QueueUrl=routes[envelope.kind], MessageBody=envelope.model_dump_json())
        table.delete(item.key)
        logger().info("message sent", kind=envelope.kind.value, message_id=envelope.id)
    return Delivery.SENT


def unparked(parked: Mapping[str, Any], *, now: datetime) -> Put:
    """What puts a message that was parked back into the outbox, so that it is relayed once more."""
    key = Key(parked["pk"], parked["sk"])
    created = now.isoformat(timespec="milliseconds")
    waiting = (f"OUT#{shard(key.sk.removeprefix('OUT#'), OUTBOX_SHARDS)}", created)
    data = {"envelope": parked["envelope"], "created_at": created}
    return Put(key, data, indexes={"gsi3": waiting}, overwrite=True)
