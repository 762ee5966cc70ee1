"""An operator has a frozen run made again (R10). The matcher does it (`replaying`), as it may read what runs knew."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from hiring.audit import store as audit
from hiring.audit.model import Act
from hiring.matching import store
from hiring.matching.model import Replay, RunState
from hiring.shared import keys
from hiring.shared.errors import IllegalMove
from hiring.shared.ids import new_id
from hiring.shared.outbox import Message, MessageKind
from hiring.shared.table import Table

if TYPE_CHECKING:
    from hiring.shared.web import Record


def request(table: Table, run_id: str, *, by: str, now: datetime, record: Record[Replay]) -> Replay:
    """Have a frozen run made again, as the operator `by`. Raises `NotFound`, and `IllegalMove` of one not frozen."""
    run = store.run_by_id(table, run_id)
    if run.state is not RunState.FROZEN or run.sha256 is None:
        raise IllegalMove("Only a frozen run can be made again.", run.state.value)
    replay = Replay(id=new_id("rep", now), run_id=run.id, job_id=run.job_id, requested_at=now, run_sha256=run.sha256)
    message = Message(
        MessageKind.REPLAY_REQUESTED,
        keys.replay(run.id, replay.id).pk,
        {"run_id": run.id, "replay_id": replay.id},
    )
    event = audit.put_event(Act.RUN_REPLAYED, run.id, by=by, now=now)
    table.commit([store.put_replay(replay), event, record(replay)], [message], now=now)
    return replay
