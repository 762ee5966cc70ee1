"""What lies on a dead-letter queue is written down as failed work, for operators to look at and to try again."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, process_partial_response
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord

from hiring.failed_work.actions import keep
from hiring.shared.clock import utc_now
from hiring.shared.observability import correlated, log_unforeseen, logger
from hiring.shared.settings import settings
from hiring.shared.table import table

_processor = BatchProcessor(event_type=EventType.SQS, raise_on_entire_batch_failure=False)


@cache
def _names() -> dict[str, str]:
    """What the queue of work is called, by what AWS calls its dead-letter queue."""
    stated = json.loads(settings().work_queues).items()
    return {urls["dead_letters"].rpartition("/")[2]: name for name, urls in stated}


def _keep(record: SQSRecord) -> None:
    """Keep one message; what cannot be kept now stays on its queue and comes again."""
    queue = _names()[record.event_source_arn.rpartition(":")[2]]
    receives = int(record.attributes.approximate_receive_count or 1)
    try:
        with correlated(record.message_id):
            failure = keep(table(), queue, record.body, message_id=record.message_id, receives=receives, now=utc_now())
            logger().error(
                "work failed for good",
                failure_id=failure.id,
                queue=queue,
                kind=failure.letter.kind,
                error=failure.error,
            )
    except Exception as error:
        log_unforeseen(error)
        raise


def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Keep each message of a batch; the answer names those that the queue must give out again."""
    return dict(process_partial_response(event, _keep, _processor, context))
