"""Closing a job: everyone invited reaches an end, whatever interrupts it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from importlib import import_module

import pytest

from hiring.closing import actions
from hiring.conversations.model import Message
from hiring.invitations import actions as invitations
from hiring.invitations import store as invitation_store
from hiring.invitations.model import LIVE, Invitation, InvitationAnswer, InvitationState
from hiring.jobs import store as jobs
from hiring.jobs.model import ClosingReason, Job, JobState
from hiring.matching import store as matching
from hiring.shared import keys
from hiring.shared.errors import IllegalMove
from hiring.shared.table import Remove, Table
from tests.builders import NOW, Shortlist, invite, make_candidate, make_context, make_entry, store_shortlist, waiting

SOON = NOW + timedelta(minutes=1)


def always() -> bool:
    return True


def first(times: int) -> Callable[[], bool]:
    """Time for so many commits, and no more."""
    answers = iter([True] * times)
    return lambda: next(answers, False)


def close(table: Table, job_id: str, reason: ClosingReason = ClosingReason.CLIENT) -> None:
    item = jobs.job_item(table, job_id)
    table.commit([jobs.put_job(item.read(Job).close(reason, now=SOON), read_version=item.version)], now=SOON)


def invite_more(table: Table, shortlist: Shortlist, count: int) -> list[Invitation]:
    from hiring.candidates import store as candidates

    invited = [invite(table, shortlist)]
    for _ in range(count - 1):
        candidate = make_candidate()
        entry = make_entry(shortlist.job, candidate.id)
        table.commit([candidates.put_candidate(candidate), matching.put_entry(entry)], now=NOW)
        invited.append(
            invite(
                table,
                Shortlist(shortlist.organisation, shortlist.member, shortlist.job, candidate, entry),
            )
        )
    return invited


def states(table: Table, invited: list[Invitation]) -> list[InvitationState]:
    return [invitation_store.invitation(table, invitation.id).state for invitation in invited]


def mails(table: Table, invitation: Invitation) -> list[tuple[str, str]]:
    sent = waiting(table, keys.invitation(invitation.id).pk)
    return [(mail.body["template"], mail.body["recipient"]) for mail in sent]


def test_R20_closing_brings_everyone_invited_to_an_end_and_tells_each_once(table: Table) -> None:
    shortlist = store_shortlist(table)
    invited = invite_more(table, shortlist, 4)
    invitations.answer(table, invited[1].id, InvitationAnswer.ACCEPT, now=NOW)
    invitations.answer(table, invited[2].id, InvitationAnswer.DECLINE, now=NOW)
    close(table, shortlist.job.id)

    for _ in range(2):
        actions.go_on(table, shortlist.job.id, now=SOON, in_time=always)

    ended = [InvitationState.CLOSED, InvitationState.CLOSED, InvitationState.DECLINED, InvitationState.CLOSED]
    assert states(table, invited) == ended
    for invitation, state in zip(invited, ended, strict=True):
        told = [mail for mail in mails(table, invitation) if mail[0] == "invitation-closed"]
        assert told == [("invitation-closed", invitation.candidate_id)] * (state is InvitationState.CLOSED)
        said = [item.read(Message).text for item in table.query(f"CNV#{invitation.conversation_id}", prefix="MSG#")]
        assert sum("Thank you for your time" in text for text in said) == (state is InvitationState.CLOSED)
    assert jobs.job(table, shortlist.job.id).state is JobState.CLOSED


@pytest.mark.parametrize("commits", [0, 1, 2, 3])
def test_R20_closing_goes_on_wherever_it_stopped(table: Table, commits: int) -> None:
    shortlist = store_shortlist(table)
    invited = invite_more(table, shortlist, 3)
    close(table, shortlist.job.id)

    actions.go_on(table, shortlist.job.id, now=SOON, in_time=first(commits))

    assert sum(state not in LIVE for state in states(table, invited)) == commits
    assert jobs.job(table, shortlist.job.id).state is (JobState.CLOSED if commits == 3 else JobState.CLOSING)
    actions.go_on(table, shortlist.job.id, now=SOON, in_time=always)
    assert states(table, invited) == [InvitationState.CLOSED] * 3
    assert jobs.job(table, shortlist.job.id).state is JobState.CLOSED
    assert [len(mails(table, invitation)) for invitation in invited] == [2, 2, 2]


def test_one_that_cannot_be_ended_keeps_no_other_waiting_and_the_job_stays_due(table: Table) -> None:
    shortlist = store_shortlist(table)
    invited = invite_more(table, shortlist, 3)
    lost = keys.conversation(invited[1].conversation_id)
    kept = table.get(lost)
    assert kept
    table.commit([Remove(lost, kept.version)], now=NOW)
    close(table, shortlist.job.id)

    with pytest.raises(ExceptionGroup):
        actions.go_on(table, shortlist.job.id, now=SOON, in_time=always)

    assert states(table, invited) == [InvitationState.CLOSED, InvitationState.SENT, InvitationState.CLOSED]
    job = jobs.job(table, shortlist.job.id)
    assert (job.state, job.due_at) == (JobState.CLOSING, SOON)


def test_R25_the_last_opening_closes_the_job_and_its_client_is_told(table: Table) -> None:
    shortlist = store_shortlist(table, openings=2)
    (invitation,) = invite_more(table, shortlist, 1)
    for _ in range(2):
        item = jobs.job_item(table, shortlist.job.id)
        table.commit([jobs.put_job(item.read(Job).fill(now=SOON), read_version=item.version)], now=SOON)

    actions.go_on(table, shortlist.job.id, now=SOON, in_time=always)

    job = jobs.job(table, shortlist.job.id)
    assert (job.state, job.closing_reason, job.filled) == (JobState.CLOSED, ClosingReason.FILLED, 2)
    assert states(table, [invitation]) == [InvitationState.CLOSED]
    (told,) = waiting(table, keys.job(job.id).pk)
    assert (told.body["template"], told.body["recipient"]) == ("job-closed", "USER#a-client")


def test_a_job_closes_by_itself_when_its_time_has_come_and_not_before(table: Table) -> None:
    shortlist = store_shortlist(table)
    (invitation,) = invite_more(table, shortlist, 1)
    item = jobs.job_item(table, shortlist.job.id)
    ending = item.read(Job).model_copy(update={"closes_at": SOON})
    table.commit([jobs.put_job(ending, read_version=item.version)], now=NOW)

    actions.go_on(table, ending.id, now=SOON - timedelta(seconds=1), in_time=always)
    assert jobs.job(table, ending.id).state is JobState.OPEN
    actions.go_on(table, ending.id, now=SOON, in_time=always)

    job = jobs.job(table, ending.id)
    assert (job.state, job.closing_reason) == (JobState.CLOSED, ClosingReason.EXPIRED)
    assert states(table, [invitation]) == [InvitationState.CLOSED]


def test_R20_an_invitation_past_its_time_is_expired_and_not_closed(table: Table) -> None:
    shortlist = store_shortlist(table)
    (invitation,) = invite_more(table, shortlist, 1)
    close(table, shortlist.job.id)

    actions.go_on(table, shortlist.job.id, now=invitation.expires_at, in_time=always)

    assert states(table, [invitation]) == [InvitationState.EXPIRED]
    assert mails(table, invitation)[1:] == [("invitation-expired", f"USER#{shortlist.member.sub}")]
    assert jobs.job(table, shortlist.job.id).state is JobState.CLOSED


def test_a_closing_job_is_found_by_the_sweep_and_a_closed_one_is_not(table: Table) -> None:
    shortlist = store_shortlist(table)
    due = keys.due(shortlist.job.id)

    def found() -> list[str]:
        return [item.key.pk for item in table.index_page("gsi3", due, up_to=SOON.isoformat(timespec="seconds")).items]

    assert keys.job(shortlist.job.id).pk not in found()
    close(table, shortlist.job.id)
    assert keys.job(shortlist.job.id).pk in found()
    actions.go_on(table, shortlist.job.id, now=SOON, in_time=always)
    assert keys.job(shortlist.job.id).pk not in found()


def test_nobody_is_invited_once_the_time_of_a_job_has_come(table: Table) -> None:
    shortlist = store_shortlist(table)
    item = jobs.job_item(table, shortlist.job.id)
    ending = item.read(Job).model_copy(update={"closes_at": NOW})
    table.commit([jobs.put_job(ending, read_version=item.version)], now=NOW)

    with pytest.raises(IllegalMove) as refused:
        invite(table, shortlist)

    assert refused.value.current_state == "CLOSING"


def test_R20_the_sweep_of_every_minute_goes_on_with_a_closing_job(table: Table) -> None:
    shortlist = store_shortlist(table)
    (invitation,) = invite_more(table, shortlist, 1)
    item = jobs.job_item(table, shortlist.job.id)
    closing = item.read(Job).close(ClosingReason.CLIENT, now=NOW - timedelta(days=300))  # due by any clock
    table.commit([jobs.put_job(closing, read_version=item.version)], now=NOW)

    done = import_module("functions.close_overdue.handler").handler({"id": "a-minute"}, make_context())

    assert done["failed"] == 0
    assert jobs.job(table, shortlist.job.id).state is JobState.CLOSED
    assert states(table, [invitation])[0] not in LIVE
