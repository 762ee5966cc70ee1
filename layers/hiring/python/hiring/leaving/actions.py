"""Leaving: what is open for a candidate who opted out, was erased or was hired ends politely, and nobody learns why.

Whatever begins it only marks the candidate as leaving, in its own commit. From then on the candidate is due, and takes
no invitation and no offer of before; the sweep goes on until everything has ended. It may stop anywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

from hiring.candidacies.model import LIVE, Candidacy
from hiring.candidates import store as candidates
from hiring.candidates.model import Candidate
from hiring.invitations import actions as invitations
from hiring.invitations import store as invitation_store
from hiring.matching import store as matching
from hiring.offers import actions as offers
from hiring.shared import keys
from hiring.shared.table import Table, retried


def go_on(table: Table, candidate_id: str, *, now: datetime, in_time: Callable[[], bool]) -> None:
    """End what is open for a candidate who leaves, as long as `in_time` says so; of anybody else nothing.

    Called again it goes on where it stopped. One candidacy that cannot be ended keeps no other waiting: the errors are
    raised together in the end, and the candidate stays due. Raises `ExceptionGroup`.
    """
    head = table.get(keys.candidate(candidate_id))
    if head is None or (candidate := head.read(Candidate)).leaving_since is None:
        return
    failed: list[Exception] = []
    for candidacy in _live(table, candidate):
        if not in_time():
            return
        try:
            end(table, candidacy, now=now)
        except Exception as error:  # noqa: BLE001  # the other clients are told today all the same
            failed.append(error)
    if failed:
        raise ExceptionGroup("some candidacies could not be ended", failed)
    _finish(table, candidate, now)


def end(table: Table, candidacy: Candidacy, *, now: datetime) -> None:
    """First the offer that waits for its answer, then the invitation: its end tells the client of both."""
    if candidacy.offer_id is not None:
        offers.leave(table, candidacy.offer_id, now=now)
    if candidacy.invitation_id is not None:
        invitations.leave(table, candidacy.invitation_id, now=now)


def _live(table: Table, candidate: Candidate) -> Iterator[Candidacy]:
    """Every candidacy that is to end, found through the candidate's matches, read consistently."""
    jobs = matching.ever_matched(table, candidate.id)
    for item in table.get_many(keys.candidacy(job_id, candidate.id) for job_id in jobs).values():
        candidacy = item.read(Candidacy)
        if candidacy.state not in LIVE or candidacy.invitation_id is None:
            continue
        if candidate.leaves(invitation_store.invitation(table, candidacy.invitation_id).created_at):
            yield candidacy


def _finish(table: Table, left: Candidate, now: datetime) -> None:
    """Nothing is open any more, unless the candidate came back and left once more."""

    def act() -> None:
        head = table.get(keys.candidate(left.id))
        if head is not None and (stored := head.read(Candidate)).leaving_since == left.leaving_since:
            table.commit([candidates.put_candidate(stored.finish_leaving(), read_version=head.version)], now=now)

    retried(act)
