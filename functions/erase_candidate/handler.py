"""A wish to be forgotten is carried out; and after a restore, all that were carried out before it."""

from __future__ import annotations

from typing import Any

from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, process_partial_response
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord

from hiring.privacy import erasing
from hiring.shared.clock import utc_now
from hiring.shared.failures import telling_failures
from hiring.shared.files import artefacts, resumes
from hiring.shared.ids import new_id
from hiring.shared.links import signing_key
from hiring.shared.observability import correlated, logger
from hiring.shared.outbox import Envelope
from hiring.shared.table import table

_processor = BatchProcessor(event_type=EventType.SQS, raise_on_entire_batch_failure=False)
_SPARE_MILLISECONDS = 10_000


def _in_time(context: Any) -> bool:
    return bool(context.get_remaining_time_in_millis() > _SPARE_MILLISECONDS)


def _erase(record: SQSRecord, lambda_context: Any) -> None:
    """Go on with the erasure that a message names. One that names none raises and ends as a dead letter."""
    envelope = Envelope.model_validate_json(record.body)
    with correlated(envelope.correlation_id):
        erasure = erasing.go_on(
            table(),
            resumes(),
            artefacts(),
            envelope.body["candidate_id"],
            key=signing_key(),
            now=utc_now(),
            in_time=lambda: _in_time(lambda_context),
        )
        logger().info("erasure", erasure_id=erasure.id, state=erasure.state.value)


def _reapply(context: Any) -> dict[str, int]:
    now = utc_now()
    with correlated(new_id("rea", now)):
        begun = erasing.reapply(
            table(), resumes(), artefacts(), key=signing_key(), now=now, in_time=lambda: _in_time(context)
        )
        logger().info("ledger of erasures applied", begun=len(begun))
        return {"begun": len(begun)}


def handler(event: dict[str, Any], context: Any) -> Any:
    """Erase whom the queue's messages name; called by an operator with `{"reapply": true}`, whom a restore
    brought back.

    Messages that fail come again, and after some tries lie in the dead-letter queue; the erasure is gone on with all
    the same, when it is due.
    """
    if event.get("reapply") is True:
        return _reapply(context)
    return process_partial_response(
        event=event,
        record_handler=telling_failures(lambda record: _erase(record, context)),
        processor=_processor,
        context=context,
    )
