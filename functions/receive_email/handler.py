"""A mail to the support address lies in the bucket: do what it may ask for, and delete it."""

from __future__ import annotations

import json
from functools import cache
from typing import Any
from urllib.parse import unquote_plus

from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, process_partial_response
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord

from hiring.notifications.receiving import Receiver, receive
from hiring.shared.clock import utc_now
from hiring.shared.failures import telling_failures
from hiring.shared.files import artefacts
from hiring.shared.links import signing_key
from hiring.shared.observability import correlated, logger
from hiring.shared.settings import settings
from hiring.shared.table import table

_processor = BatchProcessor(event_type=EventType.SQS, raise_on_entire_batch_failure=False)


@cache
def _receiver() -> Receiver:
    own = frozenset({settings().sender_address.lower(), settings().support_address.lower()})
    return Receiver(table(), artefacts(), signing_key(), own)


@telling_failures
def _receive(record: SQSRecord) -> None:
    notice = json.loads(record.body)
    if notice.get("Event") == "s3:TestEvent":
        return
    with correlated(record.message_id):
        for event in notice["Records"]:
            stored = event["s3"]["object"]
            key, version = unquote_plus(stored["key"]), stored["versionId"]
            outcome = receive(_receiver(), key, version, utc_now())
            logger().info("mail received", outcome=outcome.value)


def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Take each mail of a batch; the answer names those that the queue must give out again."""
    return dict(process_partial_response(event, _receive, _processor, context))
