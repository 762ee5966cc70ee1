"""A message that failed for good leaves its dead-letter queue for the list of failed work."""

from __future__ import annotations

from datetime import datetime

from hiring.failed_work import store
from hiring.failed_work.dead_letters import read_dead_letter
from hiring.failed_work.model import DeadLetter, Failure, failure_id
from hiring.shared import keys
from hiring.shared.outbox import Envelope, MessageKind
from hiring.shared.table import Put, Table, retried


def keep(table: Table, queue: str, body: str, *, message_id: str, receives: int, now: datetime) -> Failure:
    """Write down that a message of `queue` failed for good; told twice of it, once.

    `receives` is how often the message was taken off any queue, this time included.
    """
    letter = read_dead_letter(queue, body)
    trace = store.trace(table, message_id)
    error = letter.error or (trace.error if trace else None)
    # Attempts at the same time may tell of themselves in another order than they began.
    tries = letter.tries or max(trace.tries if trace else 1, receives - 1)

    def act() -> Failure:
        failure, changes = _failed(table, queue, letter, body, error=error, tries=tries, seen=message_id, now=now)
        if changes:
            table.commit(changes, now=now)
        return failure

    return retried(act)


def undeliverable(table: Table, envelope: Envelope, *, attempt: int, now: datetime) -> list[Put]:
    """What lists a mail for which nobody is left who could get it; redriven it is sent to whoever can by then.

    `attempt` is another number each time that it was tried.
    """
    queue = "Broadcasts" if envelope.kind is MessageKind.BROADCAST_MAIL else "Emails"
    body = envelope.model_dump_json()
    letter = read_dead_letter(queue, body)
    seen = f"{envelope.id} {attempt}"
    return _failed(table, queue, letter, body, error="Undeliverable", tries=1, seen=seen, now=now)[1]


def _failed(
    table: Table, queue: str, letter: DeadLetter, body: str, *, error: str | None, tries: int, seen: str, now: datetime
) -> tuple[Failure, list[Put]]:
    """Failed work as it is now, and what writes it; nothing where this failure is known."""
    identifier = failure_id(queue, letter.sameness(body))
    item = table.get(keys.failure(identifier))
    if item is None:
        failure = Failure.first(identifier, queue, letter, error=error, tries=tries, seen=seen, now=now)
        return failure, [store.put_failure(failure)]
    before = item.read(Failure)
    failure = before.again(error=error, tries=tries, seen=seen, now=now)
    return failure, [] if failure == before else [store.put_failure(failure, read_version=item.version)]
