"""An object landed in the bucket of resumes: bring it to its named end."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import unquote_plus

from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, process_partial_response
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord

from hiring.intake.actions import Intake
from hiring.intake.model import Drop
from hiring.matching.features import read_features
from hiring.matching.guards import screened
from hiring.resumes.isolation import read_isolated
from hiring.shared.clock import utc_now
from hiring.shared.failures import telling_failures
from hiring.shared.files import artefacts, resumes
from hiring.shared.observability import correlated, logger
from hiring.shared.settings import settings
from hiring.shared.table import table
from hiring.skills.embedding import load_embedding

_processor = BatchProcessor(event_type=EventType.SQS, raise_on_entire_batch_failure=False)


@telling_failures
def _take(record: SQSRecord) -> None:
    """Take every object that one message names. A message that is no event of S3 raises and ends as a dead letter."""
    notice = json.loads(record.body)
    if notice.get("Event") == "s3:TestEvent":
        return
    intake = Intake(
        table(),
        resumes(),
        artefacts(),
        read=lambda data: screened(read_isolated(data)),
        features=lambda evidence: read_features(evidence, load_embedding(), as_of=utc_now().date()).pack(),
        max_bytes=settings().resume_max_bytes,
    )
    with correlated(record.message_id):
        for event in notice["Records"]:
            stored = event["s3"]["object"]
            drop = Drop(
                key=unquote_plus(stored["key"]),
                object_version=stored.get("versionId", "null"),
                size=stored.get("size", 0),
            )
            outcome = intake.take(drop, now=utc_now())
            logger().info("drop taken", outcome=outcome.value)


def handler(event: dict[str, Any], context: Any) -> Any:
    """Read what was dropped; messages that fail come again, and after some tries lie in the dead-letter queue."""
    return process_partial_response(event=event, record_handler=_take, processor=_processor, context=context)
