"""A match job becomes a frozen shortlist; or one that is frozen is made again, to be compared."""

from __future__ import annotations

from typing import Any

from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, process_partial_response
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord

from hiring.matching import building, replaying
from hiring.matching.pool import IndexOutdated
from hiring.matching.waiting import wait_for_index
from hiring.shared.clock import utc_now
from hiring.shared.failures import telling_failures
from hiring.shared.files import artefacts
from hiring.shared.observability import correlated, logger
from hiring.shared.outbox import Envelope, MessageKind
from hiring.shared.settings import settings
from hiring.shared.table import table
from hiring.skills.embedding import load_embedding

_processor = BatchProcessor(event_type=EventType.SQS, raise_on_entire_batch_failure=False)


@telling_failures
def _work(record: SQSRecord) -> None:
    """Do what a message asks for. One that is no match job raises and ends as a dead letter."""
    envelope = Envelope.model_validate_json(record.body)
    last = int(record.attributes.approximate_receive_count) >= settings().match_attempts
    with correlated(envelope.correlation_id):
        (_replay if envelope.kind is MessageKind.REPLAY_REQUESTED else _build)(envelope, last=last)


def _build(envelope: Envelope, *, last: bool) -> None:
    job_id, run_id = envelope.body["job_id"], envelope.body["run_id"]
    try:
        run = building.build_shortlist(table(), artefacts(), job_id, run_id, embedding=load_embedding(), now=utc_now())
    except IndexOutdated:
        wait_for_index(table(), job_id, run_id, now=utc_now())
        logger().info("run waits for the index", run_id=run_id)
        return
    except Exception:
        if last:
            building.give_up(table(), artefacts(), job_id, run_id, now=utc_now())
        raise
    logger().info("run ended", run_id=run.id, state=run.state.value, entries=run.entries)


def _replay(envelope: Envelope, *, last: bool) -> None:
    run_id, replay_id = envelope.body["run_id"], envelope.body["replay_id"]
    try:
        replay = replaying.replay(table(), artefacts(), run_id, replay_id, embedding=load_embedding(), now=utc_now())
    except Exception:
        if last:
            replaying.give_up(table(), run_id, replay_id, now=utc_now())
        raise
    outcome = replay.comparison and replay.comparison.outcome.value
    logger().info("run replayed", run_id=run_id, replay_id=replay_id, state=replay.state.value, outcome=outcome)


def handler(event: dict[str, Any], context: Any) -> Any:
    """Do what was requested; messages that fail come again, and after some tries lie in the dead-letter queue."""
    return process_partial_response(event=event, record_handler=_work, processor=_processor, context=context)
