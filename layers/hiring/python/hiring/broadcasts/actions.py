"""An operator starts a broadcast; the sweep carries it on in small commits, each perhaps the last for a while."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from hiring.audit import store as audit
from hiring.audit.model import Act
from hiring.broadcasts import store
from hiring.broadcasts.model import ABOUT, Announcement, Broadcast, BroadcastMove, BroadcastState, LedgerRow, Reach
from hiring.candidates import store as candidates
from hiring.candidates.model import Candidate, CandidateState
from hiring.flags import store as flags
from hiring.shared import keys
from hiring.shared.addresses import address_digest
from hiring.shared.errors import IllegalMove
from hiring.shared.ids import new_id
from hiring.shared.outbox import Message, MessageKind
from hiring.shared.table import Change, Item, Require, Table, retried

if TYPE_CHECKING:
    from hiring.shared.web import Record

AT_ONCE = 30
"""People a commit: each takes a ledger row, a message and a check, and a commit has at most 100 parts."""
COMMITS_A_MINUTE = 200
"""The sweep goes on every minute, and has other work too."""


def start(
    table: Table,
    announcement: Announcement,
    *,
    dry_run: bool,
    by: str,
    now: datetime,
    record: Record[Broadcast],
) -> Broadcast:
    """Begin to tell every participant, as the operator `by`; with `dry_run` only count them.

    Raises `IllegalMove` while the flag that the announcement tells of is off, or another broadcast of it is under way.
    """

    def act() -> Broadcast:
        new = Broadcast(
            id=new_id("bro", now), announcement=announcement, dry_run=dry_run, started_at=now, started_by=by
        )
        event = audit.put_event(Act.BROADCAST_STARTED, new.id, by=by, now=now)
        changes: list[Change] = [store.put_broadcast(new), event, record(new)]
        if not dry_run:
            changes += _taking_its_turn(table, new)
        table.commit(changes, now=now)
        return new

    return retried(act)


def _taking_its_turn(table: Table, new: Broadcast) -> list[Change]:
    name = ABOUT[new.announcement]
    flag = flags.flag(table, name)
    if not flag.value.on:
        raise IllegalMove(f"Turn the flag {name} on first: what this announces is not true yet.", "off")
    turn = store.turn_item(table, new.announcement)
    if turn:
        latest = store.broadcast(table, turn.data["broadcast_id"])
        if latest.state is not BroadcastState.FINISHED:
            raise IllegalMove(f"The broadcast {latest.id} tells this already. Let it finish first.", latest.state.value)
    return [
        flags.require_flag(name, flag.version),
        store.put_turn(new.announcement, new.id, read_version=turn.version if turn else 0),
    ]


def pause(table: Table, broadcast_id: str, *, by: str, now: datetime, record: Record[Broadcast]) -> Broadcast:
    """Queue no more mails until it is resumed, as the operator `by`. Raises `NotFound`, `IllegalMove`."""
    return _moved(table, broadcast_id, BroadcastMove.PAUSE, Act.BROADCAST_PAUSED, by=by, now=now, record=record)


def resume(table: Table, broadcast_id: str, *, by: str, now: datetime, record: Record[Broadcast]) -> Broadcast:
    """Go on where it was paused, as the operator `by`. Raises `NotFound`, `IllegalMove`."""
    return _moved(table, broadcast_id, BroadcastMove.RESUME, Act.BROADCAST_RESUMED, by=by, now=now, record=record)


def _moved(
    table: Table, broadcast_id: str, move: BroadcastMove, act: Act, *, by: str, now: datetime, record: Record[Broadcast]
) -> Broadcast:
    def move_it() -> Broadcast:
        item = store.broadcast_item(table, broadcast_id)
        moved = item.read(Broadcast).move(move)
        event = audit.put_event(act, broadcast_id, by=by, now=now)
        table.commit([store.put_broadcast(moved, read_version=item.version), event, record(moved)], now=now)
        return moved

    return retried(move_it)


def go_on(table: Table, broadcast_id: str, *, key: bytes, now: datetime, in_time: Callable[[], bool]) -> None:
    """Carry a broadcast on for a minute, or as long as `in_time` says so. It may stop at any point and go on later.

    How far it came, the ledger's rows and the mails are one commit, so nobody is told twice or left out. `key` is what
    addresses are kept under. Raises `NotFound`.
    """
    for _ in range(COMMITS_A_MINUTE):
        if not in_time() or not retried(lambda: _told_some_more(table, broadcast_id, key=key, now=now)):
            return


def _told_some_more(table: Table, broadcast_id: str, *, key: bytes, now: datetime) -> bool:
    """Tell the next few; says whether there is more to do."""
    item = store.broadcast_item(table, broadcast_id)
    broadcast = item.read(Broadcast)
    if broadcast.state is not BroadcastState.RUNNING:
        return False
    page = candidates.people_page(table, broadcast.shard, after=broadcast.after, limit=AT_ONCE)
    people = _without_those_in_the_ledger(table, broadcast, page.items) if broadcast.repeats else page.items
    reached, reach = _reached(table, people, key)
    further = broadcast.advanced(reach, after=page.next_key["gsi1sk"] if page.next_key else None, now=now)
    changes: list[Change] = [store.put_broadcast(further, read_version=item.version)]
    messages: list[Message] = []
    if not broadcast.dry_run:
        for person in reached:
            candidate_id = person.read(Candidate).id
            changes += [
                Require(person.key, person.version),
                store.put_row(broadcast.id, LedgerRow(candidate_id=candidate_id, told_at=now)),
            ]
            messages.append(_mail(broadcast, candidate_id))
    table.commit(changes, messages, now=now)
    return further.state is BroadcastState.RUNNING


def _without_those_in_the_ledger(table: Table, broadcast: Broadcast, people: Iterable[Item]) -> list[Item]:
    rows = {keys.broadcast_row(broadcast.id, person.read(Candidate).id): person for person in people}
    told = table.get_many(rows)
    # Whoever was left out in the first round was counted there.
    return [person for row, person in rows.items() if row not in told]


def _reached(table: Table, people: Sequence[Item], key: bytes) -> tuple[list[Item], Reach]:
    """Those who are to be told: whoever consents, paused or not, is not being erased, and takes mails."""
    heads = {item.key: item.read(Candidate) for item in people}
    suppressions = {at: keys.suppression(address_digest(head.email, key)) for at, head in heads.items()}
    erasures = {at: keys.erasure(head.id) for at, head in heads.items()}
    found = table.get_many([*suppressions.values(), *erasures.values()])
    reached: list[Item] = []
    counts = {"opted_out": 0, "suppressed": 0, "erased": 0}
    for item in people:
        if erasures[item.key] in found:
            counts["erased"] += 1
        elif heads[item.key].state is CandidateState.OPTED_OUT:
            counts["opted_out"] += 1
        elif suppressions[item.key] in found:
            counts["suppressed"] += 1
        else:
            reached.append(item)
    return reached, Reach(told=len(reached), **counts)


def _mail(broadcast: Broadcast, candidate_id: str) -> Message:
    ids = {
        "template": f"announcement-{broadcast.announcement}",
        "recipient": candidate_id,
        "broadcast_id": broadcast.id,
    }
    return Message(MessageKind.BROADCAST_MAIL, keys.broadcast_row(broadcast.id, candidate_id).pk, ids)
