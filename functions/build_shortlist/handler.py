"""A match job becomes a frozen shortlist."""

from __future__ import annotations

from typing import Any

from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, process_partial_response
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord

from hiring.matching.building import build_shortlist, give_up
from hiring.shared.clock import utc_now
from hiring.shared.files import artefacts
from hiring.shared.observability import correlated, logger, telling_failures
from hiring.shared.outbox import Envelope
from hiring.shared.settings import settings
from hiring.shared.table import table
from hiring.skills.embedding import load_embedding

_processor = BatchProcessor(event_type=EventType.SQS, raise_on_entire_batch_failure=False)


@telling_failures
def _build(record: SQSRecord) -> None:
    """Build the shortlist that a message asks for. One that is no match job raises and ends as a dead letter."""
    envelope = Envelope.model_validate_json(record.body)
    job_id, run_id = envelope.body["job_id"], envelope.body["run_id"]
    with correlated(envelope.correlation_id):
        try:
            run = build_shortlist(table(), artefacts(), job_id, run_id, embedding=load_embedding(), now=utc_now())
        except Exception:
            if int(record.attributes.approximate_receive_count) >= settings().match_attempts:
                give_up(table(), artefacts(), job_id, run_id, now=utc_now())
            raise
        logger().info("run ended", run_id=run.id, state=run.state.value, entries=run.entries)


def handler(event: dict[str, Any], context: Any) -> Any:
    """Build what was requested; messages that fail come again, and after some tries lie in the dead-letter queue."""
    return process_partial_response(event=event, record_handler=_build, processor=_processor, context=context)
