"""Candidates in the table. Every change that matters to matching leaves a delta, so that the next run sees it."""

from __future__ import annotations

from hiring.candidates.model import Candidate, EmployerBlocks, Preferences
from hiring.shared import keys
from hiring.shared.clock import utc_now
from hiring.shared.errors import NotFound
from hiring.shared.ids import new_id, shard
from hiring.shared.table import Put, Stored, Table


def put_candidate(candidate: Candidate, *, read_version: int = 0) -> Put:
    """Write a candidate's head."""
    people = f"PEOPLE#{shard(candidate.id, keys.PEOPLE_SHARDS)}"
    return Put.of(
        keys.candidate(candidate.id), candidate, read_version=read_version, indexes={"gsi1": (people, candidate.id)}
    )


def put_login(candidate: Candidate) -> Put:
    """Remember which candidate a login is; there is one for each."""
    return Put(keys.login(candidate.login), {"candidate_id": candidate.id})


def put_preferences(candidate_id: str, preferences: Preferences, *, read_version: int) -> Put:
    """Write what a candidate wants."""
    return Put.of(keys.preferences(candidate_id), preferences, read_version=read_version)


def put_employer_blocks(candidate_id: str, blocks: EmployerBlocks, *, read_version: int) -> Put:
    """Write which employers must never see a candidate."""
    return Put.of(keys.employer_blocks(candidate_id), blocks, read_version=read_version)


def put_delta(candidate_id: str) -> Put:
    """Say that matching has to look at this candidate again, in the commit that is about to be made.

    Each delta has an id of its own that sorts by time: the time of the commit, since a change that took long must not
    look older than one that was made meanwhile. The index removes a delta only if it is still the one that it read.
    """
    change = new_id("chg", utc_now())
    return Put(keys.delta(candidate_id), {"candidate_id": candidate_id, "change": change}, overwrite=True)


def candidate_of_login(table: Table, sub: str) -> Stored[Candidate]:
    """The candidate that a login is; raises `NotFound` before enrolment."""
    item = table.get(keys.login(sub))
    if item is None:
        raise NotFound("You have not enrolled. PUT /me/enrolment first.")
    return candidate(table, item.data["candidate_id"])


def candidate(table: Table, candidate_id: str) -> Stored[Candidate]:
    """A candidate; raises `NotFound`."""
    item = table.get(keys.candidate(candidate_id))
    if item is None:
        raise NotFound
    return Stored(item.read(Candidate), item.version)


def preferences(table: Table, candidate_id: str) -> Stored[Preferences]:
    """What a candidate wants; nothing stated (version 0) until it was."""
    item = table.get(keys.preferences(candidate_id))
    return Stored(item.read(Preferences), item.version) if item else Stored(Preferences(), 0)


def employer_blocks(table: Table, candidate_id: str) -> Stored[EmployerBlocks]:
    """Which employers must never see a candidate; none (version 0) until some were named."""
    item = table.get(keys.employer_blocks(candidate_id))
    return Stored(item.read(EmployerBlocks), item.version) if item else Stored(EmployerBlocks(), 0)
