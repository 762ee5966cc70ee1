"""Failed work is tried again when its cause is mended: one piece of it, or all of a queue."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import quote_plus, unquote_plus

from hiring.audit import store as audit
from hiring.audit.model import Act
from hiring.failed_work import store
from hiring.failed_work.api import QueueView, Redriven
from hiring.failed_work.dead_letters import PARKED, RESUME_CAME
from hiring.failed_work.model import Failure, FailureState, Remedy
from hiring.matching import actions as matching
from hiring.shared.errors import NotFound
from hiring.shared.files import Files
from hiring.shared.outbox import Envelope, Message, MessageKind
from hiring.shared.relay import unparked
from hiring.shared.table import Change, Table, retried
from hiring.shared.values import Document

if TYPE_CHECKING:
    from mypy_boto3_sqs.client import SQSClient

    from hiring.shared.web import Record

AT_MOST = 100
"""Pieces of work a redrive of a queue: what failed may fail again, and an operator looks in between."""


class Chain(Document):
    """A queue and the dead-letter queue behind it, by their URLs.

    `queue` is None where the letters come from no queue: those of the relay, and of the schedules.
    """

    dead_letters: str
    queue: str | None = None


def chains(stated: str) -> dict[str, Chain]:
    """The queues of a deployment by their names, as its setting states them in JSON."""
    return {name: Chain(**urls) for name, urls in json.loads(stated).items()}


@dataclass(frozen=True)
class Redriver:
    """What redriving needs: the table, the queues, and the bucket whose objects are told of."""

    table: Table
    sqs: SQSClient
    resumes: Files
    queues: Mapping[str, Chain]

    def known(self, queue: str) -> str:
        """The name of a queue; raises `NotFound` where there is none of this name."""
        if queue not in self.queues:
            raise NotFound(f"There is no such queue. There are: {', '.join(sorted(self.queues))}.")
        return queue


def queues(redriver: Redriver) -> tuple[QueueView, ...]:
    """About how much waits on each queue, and behind it."""
    return tuple(
        QueueView(
            queue=name,
            waiting=_waiting(redriver.sqs, chain.queue) if chain.queue else 0,
            dead_letters=_waiting(redriver.sqs, chain.dead_letters),
        )
        for name, chain in sorted(redriver.queues.items())
    )


def redrive(redriver: Redriver, failure_id: str, *, by: str, now: datetime, record: Record[Failure]) -> Failure:
    """Try one piece of failed work again, as the operator `by`. Raises `NotFound`, `IllegalMove`."""
    return _redriven(redriver, failure_id, by=by, now=now, record=record)


def redrive_all(redriver: Redriver, queue: str, *, by: str, now: datetime, record: Record[Redriven]) -> Redriven:
    """Try up to `AT_MOST` pieces of a queue's failed work again, as the operator `by`. Raises `NotFound`."""
    name, table = redriver.known(queue), redriver.table
    found = store.still_failed(store.failures_page(table, queue=name, limit=AT_MOST), now)
    sendable = [each for each in found if each.letter.remedy is not Remedy.NOTHING_KEPT]
    for each in sendable:
        _redriven(redriver, each.id, by=by, now=now, record=None)
    done = Redriven(queue=name, redriven=len(sendable), left=len(found) - len(sendable))
    table.commit([audit.put_event(Act.WORK_REDRIVEN, name, by=by, now=now), record(done)], now=now)
    return done


def _redriven(
    redriver: Redriver, failure_id: str, *, by: str, now: datetime, record: Record[Failure] | None
) -> Failure:
    """Redrive one; without `record` it is fine that somebody else did so meanwhile.

    What is sent to a queue is sent before that is written down: where this stops in between it is sent again, and work
    that comes twice acts once.
    """

    def act() -> Failure:
        item = store.failure_item(redriver.table, failure_id)
        failure = item.read(Failure)
        if record is None and failure.state is FailureState.REDRIVEN:
            return failure
        redriven = failure.redrive()
        changes: list[Change] = [
            store.put_failure(redriven, read_version=item.version),
            audit.put_event(Act.WORK_REDRIVEN, failure_id, by=by, now=now),
        ]
        changes += [record(redriven)] if record else []
        messages: list[Message] = []
        if failure.letter.message is not None:
            more, messages = _tried_again(redriver, failure, failure.letter.message, now)
            changes += more
        redriver.table.commit(changes, messages, now=now)
        return redriven

    return retried(act)


def _tried_again(
    redriver: Redriver, failure: Failure, message: str, now: datetime
) -> tuple[list[Change], list[Message]]:
    """Send what failed back to its queue, or give the changes and messages by which it is tried again."""
    queue = redriver.queues[failure.queue].queue
    if failure.letter.kind == PARKED:
        return [unparked(json.loads(message), now=now)], []
    if failure.letter.kind == MessageKind.MATCH_REQUESTED:
        asked = Envelope.model_validate_json(message).body
        instead = matching.after_failure(redriver.table, asked["job_id"], asked["run_id"], now=now)
        if instead is not None:
            return instead
    if failure.letter.kind == RESUME_CAME:
        found = _found(redriver.resumes, json.loads(message))
        if found is None:
            return [], []  # erased, or quarantined: nobody waits for it any more
        message = found
    if queue is not None:
        redriver.sqs.send_message(QueueUrl=queue, MessageBody=message)
    return [], []


def _found(resumes: Files, notice: Mapping[str, Any]) -> str | None:
    """The notice with the object's whole name, which was not kept; None where the object is gone."""
    stored = notice["Records"][0]["s3"]["object"]
    for version in resumes.versions(unquote_plus(stored["key"])):
        if version.version_id == stored["versionId"]:
            return json.dumps({"Records": [{"s3": {"object": {**stored, "key": quote_plus(version.key, safe="/")}}}]})
    return None


def _waiting(sqs: SQSClient, url: str) -> int:
    told = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["ApproximateNumberOfMessages"])
    return int(told["Attributes"]["ApproximateNumberOfMessages"])
