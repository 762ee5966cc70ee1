"""A wish for a copy of everything becomes a zip file."""

from __future__ import annotations

from typing import Any

from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, process_partial_response
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord

from hiring.privacy import exporting
from hiring.shared.clock import utc_now
from hiring.shared.failures import telling_failures
from hiring.shared.files import artefacts, resumes
from hiring.shared.observability import correlated, logger
from hiring.shared.outbox import Envelope
from hiring.shared.table import table

_processor = BatchProcessor(event_type=EventType.SQS, raise_on_entire_batch_failure=False)


@telling_failures
def _make(record: SQSRecord) -> None:
    """Make the copy that a message asks for. One that asks for none raises and ends as a dead letter."""
    envelope = Envelope.model_validate_json(record.body)
    candidate_id, export_id = envelope.body["candidate_id"], envelope.body["export_id"]
    with correlated(envelope.correlation_id):
        export = exporting.make(table(), resumes(), artefacts(), candidate_id, export_id, now=utc_now())
        logger().info("export", export_id=export_id, outcome=export.state.value if export else "nobody-waits")


def handler(event: dict[str, Any], context: Any) -> Any:
    """Make each copy; messages that fail come again, and after some tries lie in the dead-letter queue."""
    return process_partial_response(event=event, record_handler=_make, processor=_processor, context=context)
