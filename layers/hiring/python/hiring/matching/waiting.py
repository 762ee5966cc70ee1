"""Runs that wait while an index of another layout is built anew: each is requested again as soon as it is there."""

from __future__ import annotations

from datetime import datetime

from hiring.matching import store
from hiring.matching.actions import match_requested
from hiring.matching.model import RunState
from hiring.shared import keys
from hiring.shared.table import Put, Remove, Table


def wait_for_index(table: Table, job_id: str, run_id: str, *, now: datetime) -> None:
    """Note that a run waits; noted again it is the same."""
    waiting = {"job_id": job_id, "run_id": run_id}
    table.commit([Put(keys.waiting_run(run_id), waiting, overwrite=True)], now=now)


def request_waiting(table: Table, *, now: datetime) -> tuple[str, ...]:
    """Request every run that waits, where it has not ended otherwise, and note it no more; their ids."""
    requested = []
    for item in table.query(keys.WAITING):
        run = store.run(table, item.data["job_id"], item.data["run_id"])
        due = run.state is RunState.REQUESTED
        table.commit([Remove(item.key, item.version)], [match_requested(run)] if due else [], now=now)
        requested += [run.id] if due else []
    return tuple(requested)
