"""A message that failed for good leaves its dead-letter queue for the list of failed work."""

from __future__ import annotations

from datetime import datetime

from hiring.failed_work import store
from hiring.failed_work.dead_letters import read_dead_letter
from hiring.failed_work.model import Failure, failure_id
from hiring.shared import keys
from hiring.shared.table import Table, retried


def keep(table: Table, queue: str, body: str, *, message_id: str, receives: int, now: datetime) -> Failure:
    """Write down that a message of `queue` failed for good; told twice of it, once.

    `receives` is how often the message was taken off any queue, this time included.
    """
    letter = read_dead_letter(queue, body)
    trace = store.trace(table, message_id)
    error = letter.error or (trace.error if trace else None)
    # Attempts at the same time may tell of themselves in another order than they began.
    tries = letter.tries or max(trace.tries if trace else 1, receives - 1)
    identifier = failure_id(queue, letter.sameness(body))

    def act() -> Failure:
        item = table.get(keys.failure(identifier))
        if item is None:
            failure = Failure.first(identifier, queue, letter, error=error, tries=tries, seen=message_id, now=now)
            table.commit([store.put_failure(failure)], now=now)
            return failure
        before = item.read(Failure)
        failure = before.again(error=error, tries=tries, seen=message_id, now=now)
        if failure != before:
            table.commit([store.put_failure(failure, read_version=item.version)], now=now)
        return failure

    return retried(act)
