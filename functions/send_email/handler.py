"""A queued mail is made and sent. One that fails goes back to the queue alone, and in the end to its dead letters."""

from __future__ import annotations

from functools import cache
from typing import Any

from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, process_partial_response
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord

from hiring.notifications.actions import Sender, send
from hiring.notifications.mailer import SesMailer
from hiring.notifications.model import Skip
from hiring.shared.clients import ses
from hiring.shared.clock import utc_now
from hiring.shared.failures import telling_failures
from hiring.shared.links import signing_key
from hiring.shared.observability import correlated, logger
from hiring.shared.outbox import Envelope
from hiring.shared.settings import settings
from hiring.shared.table import table

_processor = BatchProcessor(event_type=EventType.SQS, raise_on_entire_batch_failure=False)


@cache
def _sender() -> Sender:
    mailer = SesMailer(ses(), sender=settings().sender_address, configuration_set=settings().ses_configuration_set)
    return Sender(table(), mailer, settings().public_base_url, signing_key(), settings().support_address)


@telling_failures
def _send(record: SQSRecord) -> None:
    envelope = Envelope.model_validate_json(record.body)
    with correlated(envelope.correlation_id):
        outcome = send(_sender(), envelope, utc_now())
        logger().info(
            "mail",
            message_id=envelope.id,
            template=envelope.body["template"],
            outcome=outcome.value if isinstance(outcome, Skip) else "sent",
        )


def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Send each mail of a batch; the answer names those that the queue must give out again."""
    return dict(process_partial_response(event, _send, _processor, context))
