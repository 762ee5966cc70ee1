"""From the table's stream to the queues. What cannot be sent now stays in the outbox and is sent again later."""

from __future__ import annotations

from typing import Any

from hiring.shared.clients import sqs
from hiring.shared.observability import log_unforeseen, logger
from hiring.shared.relay import deliver, queues
from hiring.shared.settings import settings
from hiring.shared.table import stored_item, table


def handler(event: dict[str, Any], context: Any) -> None:  # noqa: ARG001  # Lambda's signature
    """Deliver new outbox items. A record never blocks its shard: failures are caught one by one."""
    routes = queues(settings())
    for record in event["Records"]:
        try:
            item = stored_item(record["dynamodb"]["NewImage"])
            deliver(table(), sqs(), item, routes=routes, dead_letters=settings().relay_dead_letter_queue_url)
        except Exception as error:  # noqa: BLE001  # the item stays in the outbox; the next sweep sends it
            log_unforeseen(error)
            logger().warning("message left in the outbox", sequence=record.get("eventID"))
