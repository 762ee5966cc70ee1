"""Work that failed again and again lies on the dead-letter queue behind its queue until an operator sends it back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from hiring.audit import store as audit
from hiring.audit.model import Act
from hiring.operators.api import FailedWork, Redriven
from hiring.shared.errors import NotFound
from hiring.shared.table import Table
from hiring.shared.values import Document

if TYPE_CHECKING:
    from mypy_boto3_sqs.client import SQSClient

    from hiring.shared.web import Record

AT_MOST = 100
"""Messages a redrive: what failed may fail again, and an operator looks in between."""


class Chain(Document):
    """A queue and the dead-letter queue behind it, by their URLs."""

    queue: str
    dead_letters: str


def chains(stated: str) -> dict[str, Chain]:
    """The queues of a deployment by their names, as its setting states them in JSON."""
    return {name: Chain(**urls) for name, urls in json.loads(stated).items()}


def failed_work(sqs: SQSClient, queues: dict[str, Chain]) -> tuple[FailedWork, ...]:
    """About how many messages lie behind each queue."""
    return tuple(
        FailedWork(queue=name, messages=_waiting(sqs, chain.dead_letters)) for name, chain in sorted(queues.items())
    )


def redrive(
    table: Table,
    sqs: SQSClient,
    queues: dict[str, Chain],
    name: str,
    *,
    by: str,
    now: datetime,
    record: Record[Redriven],
) -> Redriven:
    """Send up to `AT_MOST` messages back to their queue, as the operator `by`. Raises `NotFound`.

    A message leaves the dead letters once its queue has it: where this stops in between it is sent again, and work that
    comes twice acts once.
    """
    if name not in queues:
        raise NotFound(f"There is no such queue. There are: {', '.join(sorted(queues))}.")
    chain, sent = queues[name], 0
    for message in _dead(sqs, chain.dead_letters):
        sqs.send_message(QueueUrl=chain.queue, MessageBody=message["Body"])
        sqs.delete_message(QueueUrl=chain.dead_letters, ReceiptHandle=message["ReceiptHandle"])
        sent += 1
    done = Redriven(queue=name, sent=sent)
    table.commit([audit.put_event(Act.WORK_REDRIVEN, name, by=by, now=now), record(done)], now=now)
    return done


def _dead(sqs: SQSClient, url: str) -> Iterator[dict[str, str]]:
    """Messages of a dead-letter queue, until it gives none or it is enough."""
    given = 0
    while given < AT_MOST:
        found = sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10, VisibilityTimeout=60).get("Messages", [])
        if not found:
            return
        given += len(found)
        yield from ({"Body": each["Body"], "ReceiptHandle": each["ReceiptHandle"]} for each in found)


def _waiting(sqs: SQSClient, url: str) -> int:
    told = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["ApproximateNumberOfMessages"])
    return int(told["Attributes"]["ApproximateNumberOfMessages"])
