"""Candidates in the table. Every change that matters to matching leaves a delta, so that the next run sees it."""

from __future__ import annotations

from hiring.candidates.model import Candidate, EmployerBlocks, NotificationSettings, Preferences
from hiring.shared import keys
from hiring.shared.addresses import address_digest
from hiring.shared.clock import utc_now
from hiring.shared.errors import NotFound
from hiring.shared.ids import new_id, shard
from hiring.shared.table import Page, Put, Stored, Table


def put_candidate(candidate: Candidate, *, read_version: int = 0) -> Put:
    """Write a candidate's head; while one leaves it is due."""
    indexes = {"gsi1": (keys.people(shard(candidate.id, keys.PEOPLE_SHARDS)), candidate.id)}
    if candidate.leaving_since is not None:
        indexes["gsi3"] = (keys.due(candidate.id), candidate.leaving_since.isoformat(timespec="seconds"))
    return Put.of(keys.candidate(candidate.id), candidate, read_version=read_version, indexes=indexes)


def put_login(candidate: Candidate) -> Put:
    """Remember which candidate a login is; there is one for each."""
    return Put(keys.login(candidate.login), {"candidate_id": candidate.id})


def put_account_address(candidate: Candidate, key: bytes) -> Put:
    """Remember which candidate a verified address is; the latest to enrol with it holds it."""
    where = keys.account_address(address_digest(candidate.email, key))
    return Put(where, {"candidate_id": candidate.id}, overwrite=True)


def put_preferences(candidate_id: str, preferences: Preferences, *, read_version: int) -> Put:
    """Write what a candidate wants."""
    return Put.of(keys.preferences(candidate_id), preferences, read_version=read_version)


def put_employer_blocks(candidate_id: str, blocks: EmployerBlocks, *, read_version: int) -> Put:
    """Write which employers must never see a candidate."""
    return Put.of(keys.employer_blocks(candidate_id), blocks, read_version=read_version)


def put_notification_settings(candidate_id: str, settings: NotificationSettings, *, read_version: int) -> Put:
    """Write which mails a candidate takes."""
    return Put.of(keys.notification_settings(candidate_id), settings, read_version=read_version)


def put_delta(candidate_id: str, *, erased: bool = False) -> Put:
    """Say that matching has to look at this candidate again, in the commit that is about to be made.

    With `erased` nothing of the candidate may stay, in older generations of the index neither.

    Each delta has an id of its own that sorts by time: the time of the commit, since a change that took long must not
    look older than one that was made meanwhile. The index removes a delta only if it is still the one that it read.
    """
    change = new_id("chg", utc_now())
    data = {"candidate_id": candidate_id, "change": change} | ({"erased": True} if erased else {})
    return Put(keys.delta(candidate_id), data, overwrite=True)


def candidate_of_login(table: Table, sub: str) -> Stored[Candidate]:
    """The candidate that a login is; raises `NotFound` before enrolment."""
    item = table.get(keys.login(sub))
    if item is None:
        raise NotFound("You have not enrolled. PUT /me/enrolment first.")
    return candidate(table, item.data["candidate_id"])


def candidate_of_address(table: Table, address: str, key: bytes) -> Stored[Candidate]:
    """The candidate whose account has this address; raises `NotFound`."""
    item = table.get(keys.account_address(address_digest(address, key)))
    if item is None:
        raise NotFound
    found = candidate(table, item.data["candidate_id"])
    if address_digest(found.value.email, key) != address_digest(address, key):
        raise NotFound  # the account has another address by now
    return found


def candidate(table: Table, candidate_id: str) -> Stored[Candidate]:
    """A candidate; raises `NotFound`."""
    item = table.get(keys.candidate(candidate_id))
    if item is None:
        raise NotFound
    return Stored(item.read(Candidate), item.version)


def people_page(table: Table, number: int, *, after: str | None, limit: int) -> Page:
    """Candidates of one shard in the order of their ids, those behind `after`, whatever their state.

    `next_key` is None at the end of the shard; its `gsi1sk` is the last id that was looked at.
    """
    partition = keys.people(number)
    head = keys.candidate(after or "")
    start = {"pk": head.pk, "sk": head.sk, "gsi1pk": partition, "gsi1sk": after} if after else None
    return table.index_page("gsi1", partition, limit=limit, start=start)


def preferences(table: Table, candidate_id: str) -> Stored[Preferences]:
    """What a candidate wants; nothing stated (version 0) until it was."""
    item = table.get(keys.preferences(candidate_id))
    return Stored(item.read(Preferences), item.version) if item else Stored(Preferences(), 0)


def employer_blocks(table: Table, candidate_id: str) -> Stored[EmployerBlocks]:
    """Which employers must never see a candidate; none (version 0) until some were named."""
    item = table.get(keys.employer_blocks(candidate_id))
    return Stored(item.read(EmployerBlocks), item.version) if item else Stored(EmployerBlocks(), 0)


def notification_settings(table: Table, candidate_id: str) -> Stored[NotificationSettings]:
    """Which mails a candidate takes; all (version 0) until something was set."""
    item = table.get(keys.notification_settings(candidate_id))
    return Stored(item.read(NotificationSettings), item.version) if item else Stored(NotificationSettings(), 0)
