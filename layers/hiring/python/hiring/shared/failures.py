"""What a function says of a message that it could not handle, so that whoever looks at failed work knows why."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from hiring.shared import keys
from hiring.shared.clock import utc_now
from hiring.shared.observability import log_unforeseen
from hiring.shared.table import Put, table
from hiring.shared.values import Document

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord

_KEPT = timedelta(days=14)
"""As long as a message may live."""


class Trace(Document):
    """The latest failure of a message: the name of the error, never its text, which may quote a person's data."""

    error: str
    tries: int
    at: datetime


def telling_failures(work: Callable[[SQSRecord], None]) -> Callable[[SQSRecord], None]:
    """`work` on one message of a batch, whose failure is logged and kept before it goes back to the queue."""

    def told(record: SQSRecord) -> None:
        try:
            work(record)
        except Exception as error:
            log_unforeseen(error)
            _keep(record, error)
            raise

    return told


def _keep(record: SQSRecord, error: Exception) -> None:
    now = utc_now()
    trace = Trace(error=type(error).__name__, tries=int(record.attributes.approximate_receive_count or 1), at=now)
    written = Put.of(keys.failure_trace(record.message_id), trace, expires_at=now + _KEPT)
    try:
        table().commit([Put(written.key, written.data, expires_at=written.expires_at, overwrite=True)], now=now)
    except Exception as unkept:  # noqa: BLE001  # the failure itself is what counts
        log_unforeseen(unkept)
