"""Every minute: close what is past its time, and send what the relay left behind."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from hiring.broadcasts import actions as broadcasts
from hiring.closing import actions as closing
from hiring.intake import actions as intake
from hiring.invitations import actions as invitations
from hiring.leaving import actions as leaving
from hiring.messaging import actions as messaging
from hiring.offers import actions as offers
from hiring.privacy import erasing, exporting, fulfilling
from hiring.shared.clients import sqs
from hiring.shared.clock import utc_now
from hiring.shared.files import artefacts
from hiring.shared.keys import DUE_SHARDS, OUTBOX_SHARDS, Key
from hiring.shared.links import signing_key
from hiring.shared.observability import correlated, log_unforeseen, logger
from hiring.shared.relay import deliver, queues
from hiring.shared.settings import settings
from hiring.shared.table import Item, table
from hiring.support import actions as support

_LEFT_BEHIND = timedelta(minutes=2)
_SPARE_MILLISECONDS = 5_000


class WorkLeftUndone(RuntimeError):
    """Something stays due. Everything else was done; this makes the function's alarm go off."""


type InTime = Callable[[], bool]
"""Whether there is time left for one more commit."""


def _close_upload(key: Key, now: datetime, _: InTime) -> None:
    intake.expire_upload(table(), key.pk.removeprefix("CAND#"), key.sk.removeprefix("UPL#"), now=now)


def _close_invitation(key: Key, now: datetime, _: InTime) -> None:
    invitations.expire(table(), key.pk.removeprefix("INV#"), now=now)


def _close_job(key: Key, now: datetime, in_time: InTime) -> None:
    closing.go_on(table(), key.pk.removeprefix("JOB#"), now=now, in_time=in_time)


def _close_offer(key: Key, now: datetime, _: InTime) -> None:
    offers.expire(table(), key.pk.removeprefix("OFF#"), now=now)


def _tell_of_messages(key: Key, now: datetime, _: InTime) -> None:
    messaging.remind(table(), key.pk.removeprefix("CNV#"), now=now)


def _close_request(key: Key, now: datetime, _: InTime) -> None:
    request_id = key.pk.removeprefix("REQ#")
    support.expire(table(), request_id, now=now)
    fulfilling.fulfil(table(), request_id, key=signing_key(), now=now)


def _go_on_telling(key: Key, now: datetime, in_time: InTime) -> None:
    broadcasts.go_on(table(), key.pk.removeprefix("BRO#"), key=signing_key(), now=now, in_time=in_time)


def _go_on_leaving(key: Key, now: datetime, in_time: InTime) -> None:
    leaving.go_on(table(), key.pk.removeprefix("CAND#"), now=now, in_time=in_time)


def _remove_export(key: Key, now: datetime, _: InTime) -> None:
    exporting.expire(table(), artefacts(), key.pk.removeprefix("CAND#"), key.sk.removeprefix("EXP#"), now=now)


def _go_on_erasing(key: Key, now: datetime, _: InTime) -> None:
    erasing.again(table(), key.pk.removeprefix("CAND#"), now=now)


_CLOSING: Mapping[tuple[str, str], Callable[[Key, datetime, InTime], None]] = {
    ("CAND", "A"): _go_on_leaving,
    ("CAND", "UPL"): _close_upload,
    ("BRO", "A"): _go_on_telling,
    ("CAND", "EXP"): _remove_export,
    ("CAND", "ERASE"): _go_on_erasing,
    ("INV", "A"): _close_invitation,
    ("CNV", "A"): _tell_of_messages,
    ("JOB", "A"): _close_job,
    ("OFF", "A"): _close_offer,
    ("REQ", "A"): _close_request,
}
"""What is done with an item that is due, by the first words of its keys."""


def handler(event: dict[str, Any], context: Any) -> dict[str, int]:
    """Work until nothing is due or the time is nearly up; the next minute goes on. Returns how much was done.

    Raises `WorkLeftUndone` in the end where something failed, so that an operator hears of it.
    """
    now = utc_now()
    done = {"closed": 0, "sent": 0, "failed": 0}

    def in_time() -> bool:
        return bool(context.get_remaining_time_in_millis() > _SPARE_MILLISECONDS)

    with correlated(str(event.get("id", "schedule"))):
        routes = queues(settings())
        for item in _due("OUT", OUTBOX_SHARDS, now - _LEFT_BEHIND, in_time):
            done["sent" if _tried(_send, item, routes) else "failed"] += 1
        for item in _due("DUE", DUE_SHARDS, now, in_time):
            done["closed" if _tried(_close, item.key, now, in_time) else "failed"] += 1
        logger().info("overdue work", extra=done)
        if done["failed"]:
            raise WorkLeftUndone(f"{done['failed']} of {sum(done.values())} could not be done and stay due")
    return done


def _close(key: Key, now: datetime, in_time: InTime) -> None:
    _CLOSING[key.pk.partition("#")[0], key.sk.partition("#")[0]](key, now, in_time)


def _send(item: Item, routes: Mapping[Any, str]) -> None:
    deliver(table(), sqs(), item, routes=routes, dead_letters=settings().relay_dead_letter_queue_url)


def _tried[*Arguments](work: Callable[[*Arguments], object], *arguments: *Arguments) -> bool:
    """Whether the work was done; one item that fails keeps no other from being closed."""
    try:
        work(*arguments)
    except Exception as error:  # noqa: BLE001  # it stays due, and the next minute tries again
        log_unforeseen(error)
        return False
    return True


def _due(name: str, shards: int, up_to: datetime, in_time: InTime) -> Iterator[Item]:
    for number in range(shards):
        start: Mapping[str, str] | None = None
        while in_time():
            page = table().index_page(
                "gsi3", f"{name}#{number}", up_to=up_to.isoformat(timespec="seconds"), start=start
            )
            for item in page.items:
                if not in_time():
                    return
                yield item
            start = page.next_key
            if start is None:
                break
