"""Telling every participant something, once each, however often the telling is interrupted (R5)."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Self

from pydantic import Field

from hiring.flags.model import FlagName
from hiring.shared.keys import PEOPLE_SHARDS
from hiring.shared.lifecycle import Moves, advance
from hiring.shared.values import Document

ROUNDS = 2
"""The index of people lags behind: whoever enrolled just before the start is found in the second round."""


class Announcement(StrEnum):
    """What can be told."""

    RESUME_REUPLOAD = "resume-reupload"


ABOUT = {Announcement.RESUME_REUPLOAD: FlagName.RESUME_REUPLOAD}
"""The flag that must be on for an announcement to be true."""


class BroadcastState(StrEnum):
    """Where a broadcast stands."""

    RUNNING = "RUNNING"
    PAUSED = "PAUSED"
    FINISHED = "FINISHED"


class BroadcastMove(StrEnum):
    """What can happen to a broadcast."""

    PAUSE = "pause"
    RESUME = "resume"
    FINISH = "finish"


MOVES: Moves[BroadcastState, BroadcastMove] = {
    (BroadcastState.RUNNING, BroadcastMove.PAUSE): BroadcastState.PAUSED,
    (BroadcastState.PAUSED, BroadcastMove.PAUSE): BroadcastState.PAUSED,
    (BroadcastState.PAUSED, BroadcastMove.RESUME): BroadcastState.RUNNING,
    (BroadcastState.RUNNING, BroadcastMove.RESUME): BroadcastState.RUNNING,
    (BroadcastState.RUNNING, BroadcastMove.FINISH): BroadcastState.FINISHED,
}


class Reach(Document):
    """How many people a broadcast told, or would have told, and how many it left out and why."""

    told: int = Field(default=0, ge=0)
    opted_out: int = Field(default=0, ge=0)
    suppressed: int = Field(default=0, ge=0)
    erased: int = Field(default=0, ge=0)

    def plus(self, other: Reach) -> Reach:
        """Both together."""
        mine, theirs = self.model_dump(), other.model_dump()
        return Reach(**{name: mine[name] + theirs[name] for name in mine})


class Broadcast(Document):
    """An announcement on its way through all participants, or with `dry_run` a count of whom it would reach.

    It goes through the shards of people one after the other: `shard` and `after` (a candidate's id, or None at the
    shard's beginning) say how far it came in which `round`.
    """

    id: str
    announcement: Announcement
    dry_run: bool
    state: BroadcastState = BroadcastState.RUNNING
    started_at: datetime
    started_by: str
    finished_at: datetime | None = None
    reach: Reach = Reach()
    round: int = 1
    shard: int = 0
    after: str | None = None

    @property
    def repeats(self) -> bool:
        """Whether these people were gone through before: then only those whom the ledger lacks are new."""
        return self.round > 1

    def move(self, move: BroadcastMove) -> Self:
        """The broadcast after `move`; raises `IllegalMove` where its state does not allow it."""
        return self.model_copy(update={"state": advance(self.state, move, MOVES)})

    def advanced(self, reach: Reach, *, after: str | None, now: datetime) -> Self:
        """The broadcast after some people more: it goes on behind `after`, or in the next shard where that is None."""
        place = {"round": self.round, "shard": self.shard, "after": after}
        if after is None:
            place["shard"] = self.shard + 1
        if place["shard"] == PEOPLE_SHARDS:
            place |= {"round": self.round + 1, "shard": 0}
        further = self.model_copy(update={**place, "reach": self.reach.plus(reach)})
        if further.round <= (1 if self.dry_run else ROUNDS):
            return further
        return further.move(BroadcastMove.FINISH).model_copy(update={"finished_at": now})


class LedgerRow(Document):
    """That a participant was told: written once, in the commit that queues the mail."""

    candidate_id: str
    told_at: datetime
