"""What SES tells of mails after it took them: delivered, delayed, came back, reported as unwanted."""

from __future__ import annotations

from typing import Any

from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, process_partial_response
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord

from hiring.notifications.feedback import Feedback, track
from hiring.shared.clock import utc_now
from hiring.shared.failures import telling_failures
from hiring.shared.observability import logger
from hiring.shared.table import table

_processor = BatchProcessor(event_type=EventType.SQS, raise_on_entire_batch_failure=False)


@telling_failures
def _track(record: SQSRecord) -> None:
    feedback = Feedback.model_validate_json(record.body)
    outcome = track(table(), feedback, now=utc_now())
    logger().info(
        "delivery",
        ses_message_id=feedback.message_id,
        delivery=feedback.delivery,
        outcome=outcome.value,
    )


def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Record each event of a batch; the answer names those that the queue must give out again."""
    return dict(process_partial_response(event, _track, _processor, context))
