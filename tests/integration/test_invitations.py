from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial

import pytest

from hiring.candidacies.model import AlreadyInvited, DeclinedRecently
from hiring.candidates import store as candidate_store
from hiring.candidates.model import CandidateState
from hiring.conversations.model import Author, Conversation, Message
from hiring.invitations import actions
from hiring.invitations.model import (
    CandidateUnavailable,
    Invitation,
    InvitationAnswer,
    InvitationState,
    TooLate,
)
from hiring.jobs import store as job_store
from hiring.jobs.model import ClosingReason
from hiring.matching import store as matching_store
from hiring.matching.model import Entry, EntryState
from hiring.organisations import actions as organisation_actions
from hiring.organisations import store as organisation_store
from hiring.shared import keys
from hiring.shared.clients import dynamodb
from hiring.shared.errors import ContactPolicy, IllegalMove, NotFound
from hiring.shared.keys import Key
from hiring.shared.outbox import Envelope
from hiring.shared.outbox import Message as OutboxMessage
from hiring.shared.table import Change, CommitRefused, Put, Table
from tests.builders import (
    NOW,
    invite,
    make_entry,
    make_id,
    make_member,
    make_organisation,
    remember_nothing,
    store_shortlist,
    waiting,
)

ACCEPT, DECLINE = InvitationAnswer.ACCEPT, InvitationAnswer.DECLINE
LATER = NOW + timedelta(hours=5)
OVERDUE = NOW + timedelta(days=7)


def _stored(table: Table, invitation: Invitation) -> Invitation:
    item = table.get(keys.invitation(invitation.id))
    assert item
    return item.read(Invitation)


def _said(table: Table, invitation: Invitation) -> list[tuple[Author, str]]:
    messages = [item.read(Message) for item in table.query(f"CNV#{invitation.conversation_id}", prefix="MSG#")]
    return [(message.author, message.text) for message in messages]


def _mails(table: Table, invitation: Invitation) -> list[tuple[str, str]]:
    mails = waiting(table, f"INV#{invitation.id}")
    return [(mail.body["template"], mail.body["recipient"]) for mail in mails]


def test_R16_inviting_opens_a_conversation_and_asks_for_one_mail_in_one_commit(table: Table) -> None:
    shortlist = store_shortlist(table)

    invitation = invite(table, shortlist)

    assert _stored(table, invitation) == invitation
    assert invitation.expires_at == NOW + timedelta(days=7)
    assert invitation.position.organisation_name == "Gipfelwerk GmbH"
    assert _said(table, invitation) == [(Author.CLIENT, invitation.message)]
    assert _mails(table, invitation) == [("invitation", shortlist.candidate.id)]
    entry = matching_store.entry_item(table, shortlist.job.id, shortlist.entry.id).read(Entry)
    assert entry.state is EntryState.INVITED


def test_R15_only_a_member_of_the_jobs_organisation_invites(table: Table) -> None:
    shortlist = store_shortlist(table)
    other = make_organisation("Talwerk AG")
    stranger = make_member(other.id)
    table.commit([organisation_store.put_organisation(other), organisation_store.put_member(stranger)], now=NOW)

    for sub in (stranger.sub, "nobody"):
        with pytest.raises(NotFound):
            invite(table, shortlist, by=sub)

    organisation_actions.remove_member(table, shortlist.organisation.id, shortlist.member.sub, by="op-1", now=NOW)
    with pytest.raises(NotFound):
        invite(table, shortlist)


def test_R15_an_entry_of_another_job_cannot_be_invited_to_this_one(table: Table) -> None:
    shortlist, other = store_shortlist(table), store_shortlist(table)

    with pytest.raises(NotFound):
        actions.invite(
            table,
            shortlist.job.id,
            other.entry.id,
            "Hello",
            by=shortlist.member.sub,
            days=7,
            now=NOW,
            record=lambda _: Put(Key("IDEM#test"), {}),
        )


def test_R21_a_message_with_a_means_of_contact_is_refused_and_nothing_is_written(table: Table) -> None:
    shortlist = store_shortlist(table)

    with pytest.raises(ContactPolicy) as refused:
        actions.invite(
            table,
            shortlist.job.id,
            shortlist.entry.id,
            "Write to anna (at) gipfelwerk (dot) example or call 0664 123 45 67",
            by=shortlist.member.sub,
            days=7,
            now=NOW,
            record=remember_nothing,
        )

    errors = refused.value.errors
    assert [(error.pointer, error.code) for error in errors] == [("/message", "email"), ("/message", "phone")]
    entry = matching_store.entry_item(table, shortlist.job.id, shortlist.entry.id).read(Entry)
    assert entry.state is EntryState.LISTED
    assert invite(table, shortlist).state is InvitationState.SENT


def test_a_closed_job_invites_nobody(table: Table) -> None:
    shortlist = store_shortlist(table)
    table.commit([job_store.put_job(shortlist.job.close(ClosingReason.CLIENT, now=NOW), read_version=1)], now=NOW)

    with pytest.raises(IllegalMove) as refused:
        invite(table, shortlist)

    assert refused.value.current_state == "CLOSING"


@pytest.mark.parametrize("state", [CandidateState.PAUSED, CandidateState.OPTED_OUT])
def test_R1_who_does_not_take_part_is_not_invited_and_the_client_does_not_learn_why(
    table: Table, state: CandidateState
) -> None:
    shortlist = store_shortlist(table)
    left = shortlist.candidate.model_copy(update={"state": state})
    table.commit([candidate_store.put_candidate(left, read_version=1)], now=NOW)

    with pytest.raises(CandidateUnavailable) as refused:
        invite(table, shortlist)

    assert refused.value.current_state == "UNAVAILABLE"


def test_an_entry_is_invited_once(table: Table) -> None:
    shortlist = store_shortlist(table)
    invite(table, shortlist)

    with pytest.raises(AlreadyInvited) as refused:
        invite(table, shortlist)

    assert refused.value.current_state == "INVITED"


@pytest.mark.parametrize("state", [EntryState.PASSED, EntryState.WITHDRAWN])
def test_only_a_listed_candidate_is_invited(table: Table, state: EntryState) -> None:
    shortlist = store_shortlist(table)
    gone = shortlist.entry.model_copy(update={"state": state})
    table.commit([matching_store.put_entry(gone, read_version=1)], now=NOW)

    with pytest.raises(IllegalMove) as refused:
        invite(table, shortlist)

    assert refused.value.current_state == ("UNAVAILABLE" if state is EntryState.WITHDRAWN else state)


def _listed_again(table: Table, job_id: str, entry: Entry) -> str:
    again = entry.model_copy(update={"id": make_id("ent"), "run_id": make_id("run"), "state": EntryState.LISTED})
    assert again.id != entry.id
    table.commit([matching_store.put_entry(again)], now=NOW)
    assert matching_store.entry_item(table, job_id, again.id)
    return again.id


def _invite_again(table: Table, shortlist_job: str, entry_id: str, by: str, now: datetime) -> Invitation:
    return actions.invite(
        table,
        shortlist_job,
        entry_id,
        "Once more",
        by=by,
        days=7,
        now=now,
        record=lambda invitation: Put(Key(f"IDEM#{invitation.id}"), {}),
    )


def test_R20_a_newer_shortlist_does_not_allow_a_second_live_invitation(table: Table) -> None:
    shortlist = store_shortlist(table)
    invite(table, shortlist)
    entry_id = _listed_again(table, shortlist.job.id, shortlist.entry)

    with pytest.raises(AlreadyInvited):
        _invite_again(table, shortlist.job.id, entry_id, shortlist.member.sub, LATER)


def test_R20_after_a_decline_the_same_job_asks_again_only_after_90_days(table: Table) -> None:
    shortlist = store_shortlist(table)
    actions.answer(table, invite(table, shortlist).id, DECLINE, now=LATER)
    entry_id = _listed_again(table, shortlist.job.id, shortlist.entry)

    with pytest.raises(DeclinedRecently):
        _invite_again(table, shortlist.job.id, entry_id, shortlist.member.sub, LATER + timedelta(days=89))
    again = _invite_again(table, shortlist.job.id, entry_id, shortlist.member.sub, LATER + timedelta(days=90))
    assert again.state is InvitationState.SENT


def test_R20_several_organisations_may_invite_the_same_candidate(table: Table) -> None:
    first, second = store_shortlist(table), store_shortlist(table)
    entry = make_entry(second.job, first.candidate.id)
    table.commit([matching_store.put_entry(entry)], now=NOW)
    invite(table, first)

    other = _invite_again(table, second.job.id, entry.id, second.member.sub, LATER)

    found, _ = actions.of_candidate(table, first.candidate.id, limit=10, start=None)
    assert len(found) == 2
    seen_by_second, _ = actions.of_job(table, second.job.id, by=second.member.sub, limit=10, start=None)
    assert seen_by_second == (other,)


@pytest.mark.parametrize(
    ("answer", "state", "words"),
    [
        (ACCEPT, InvitationState.ACCEPTED, "The invitation was accepted."),
        (DECLINE, InvitationState.DECLINED, "The invitation was declined."),
    ],
)
def test_R17_an_answer_is_written_into_the_conversation_and_told_to_the_client_once(
    table: Table, answer: InvitationAnswer, state: InvitationState, words: str
) -> None:
    shortlist = store_shortlist(table)
    invitation = invite(table, shortlist)

    first = actions.answer(table, invitation.id, answer, now=LATER)
    again = actions.answer(table, invitation.id, answer, now=LATER + timedelta(days=1))

    assert first == again == _stored(table, invitation)
    assert (first.state, first.answered_at) == (state, LATER)
    assert _said(table, invitation)[1:] == [(Author.SYSTEM, words)]
    assert _mails(table, invitation)[1:] == [("invitation-answered", f"USER#{shortlist.member.sub}")]


def test_R17_the_other_answer_afterwards_changes_nothing(table: Table) -> None:
    invitation = invite(table, store_shortlist(table))
    accepted = actions.answer(table, invitation.id, ACCEPT, now=LATER)

    with pytest.raises(IllegalMove) as refused:
        actions.answer(table, invitation.id, DECLINE, now=LATER)

    assert refused.value.current_state == "ACCEPTED"
    assert _stored(table, invitation) == accepted


class RacingTable(Table):
    """Lets rivals go first: before each of its commits, one of them acts."""

    def __init__(self, table_name: str, rivals: Sequence[Callable[[], object]]) -> None:
        super().__init__(table_name, dynamodb())
        self._rivals = list(rivals)

    def commit(self, changes: Sequence[Change], messages: Sequence[OutboxMessage] = (), *, now: datetime) -> None:
        if self._rivals:
            self._rivals.pop()()
        super().commit(changes, messages, now=now)


@pytest.mark.parametrize("seed", range(10))
def test_R17_answers_that_race_make_one_event_and_one_notice(table: Table, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311  # different orders, the same each time
    for _ in range(5):
        invitation = invite(table, store_shortlist(table))
        outcomes: list[str] = []

        def answer(through: Table, invitation_id: str, stated: InvitationAnswer, outcomes: list[str]) -> None:
            try:
                outcomes.append(actions.answer(through, invitation_id, stated, now=LATER).state)
            except IllegalMove as refused:
                outcomes.append(refused.current_state)

        first, *others = chance.choices(list(InvitationAnswer), k=5)
        rivals = [partial(answer, table, invitation.id, stated, outcomes) for stated in others]
        answer(RacingTable("hiring", rivals), invitation.id, first, outcomes)

        assert len(outcomes) >= 2
        assert set(outcomes) == {_stored(table, invitation).state}
        assert len(_said(table, invitation)) == 2
        assert [template for template, _ in _mails(table, invitation)] == ["invitation", "invitation-answered"]


def test_R20_two_members_who_invite_at_the_same_time_make_one_invitation(table: Table) -> None:
    shortlist = store_shortlist(table)
    racing = RacingTable("hiring", [lambda: invite(table, shortlist)])

    with pytest.raises(CommitRefused):
        invite(racing, shortlist)

    found, _ = actions.of_candidate(table, shortlist.candidate.id, limit=10, start=None)
    assert len(found) == 1


def test_R1_a_candidate_who_leaves_while_being_invited_is_not_invited(table: Table) -> None:
    shortlist = store_shortlist(table)
    left = shortlist.candidate.model_copy(update={"state": CandidateState.OPTED_OUT})
    opting_out = [candidate_store.put_candidate(left, read_version=1)]
    racing = RacingTable("hiring", [lambda: table.commit(opting_out, now=NOW)])

    with pytest.raises(CommitRefused):
        invite(racing, shortlist)

    assert actions.of_candidate(table, shortlist.candidate.id, limit=10, start=None) == ((), None)


def test_R16_an_overdue_invitation_expires_once_and_the_client_is_told(table: Table) -> None:
    shortlist = store_shortlist(table)
    invitation = invite(table, shortlist)

    assert actions.expire(table, invitation.id, now=OVERDUE - timedelta(seconds=1)).state is InvitationState.SENT
    assert actions.expire(table, invitation.id, now=OVERDUE).state is InvitationState.EXPIRED
    actions.expire(table, invitation.id, now=OVERDUE)

    assert _mails(table, invitation)[1:] == [("invitation-expired", f"USER#{shortlist.member.sub}")]
    with pytest.raises(TooLate):
        actions.answer(table, invitation.id, ACCEPT, now=OVERDUE)


def test_an_overdue_invitation_cannot_be_answered_before_the_sweep_came(table: Table) -> None:
    invitation = invite(table, store_shortlist(table))

    with pytest.raises(TooLate):
        actions.answer(table, invitation.id, ACCEPT, now=OVERDUE)

    assert _stored(table, invitation).state is InvitationState.SENT


def test_only_an_unanswered_invitation_waits_for_its_deadline(table: Table) -> None:
    invitation = invite(table, store_shortlist(table))
    due = keys.due(invitation.id)
    assert len(table.index_page("gsi3", due, up_to=OVERDUE.isoformat(timespec="seconds")).items) == 1

    actions.answer(table, invitation.id, ACCEPT, now=LATER)

    assert table.index_page("gsi3", due, up_to=OVERDUE.isoformat(timespec="seconds")).items == ()


def test_R20_a_withdrawal_is_told_to_the_candidate_and_only_the_client_can_do_it(table: Table) -> None:
    shortlist = store_shortlist(table)
    invitation = invite(table, shortlist)

    with pytest.raises(NotFound):
        actions.withdraw(table, invitation.id, by="a-stranger", now=LATER)
    withdrawn = actions.withdraw(table, invitation.id, by=shortlist.member.sub, now=LATER)

    assert withdrawn.state is InvitationState.WITHDRAWN
    assert _mails(table, invitation)[1:] == [("invitation-withdrawn", shortlist.candidate.id)]
    assert _said(table, invitation)[-1] == (Author.SYSTEM, "The invitation was withdrawn.")


def test_R20_closing_ends_an_accepted_invitation_politely(table: Table) -> None:
    shortlist = store_shortlist(table)
    invitation = invite(table, shortlist)
    actions.answer(table, invitation.id, ACCEPT, now=LATER)

    closed = actions.close(table, invitation.id, now=LATER + timedelta(days=1))

    assert closed.state is InvitationState.CLOSED
    assert _mails(table, invitation)[-1] == ("invitation-closed", shortlist.candidate.id)
    assert "Thank you" in _said(table, invitation)[-1][1]


def test_R19_a_candidate_sees_only_its_own_invitations(table: Table) -> None:
    shortlist, other = store_shortlist(table), store_shortlist(table)
    invitation = invite(table, shortlist)

    assert actions.own(table, invitation.id, shortlist.candidate.id) == invitation
    with pytest.raises(NotFound):
        actions.own(table, invitation.id, other.candidate.id)
    assert actions.of_candidate(table, other.candidate.id, limit=10, start=None) == ((), None)


def test_a_jobs_invitations_are_listed_for_members_newest_first_in_pages(table: Table) -> None:
    shortlist = store_shortlist(table)
    older = invite(table, shortlist)
    entry = make_entry(shortlist.job, store_shortlist(table).candidate.id)
    table.commit([matching_store.put_entry(entry)], now=NOW)
    newer = _invite_again(table, shortlist.job.id, entry.id, shortlist.member.sub, LATER)

    first, position = actions.of_job(table, shortlist.job.id, by=shortlist.member.sub, limit=1, start=None)
    second, _ = actions.of_job(table, shortlist.job.id, by=shortlist.member.sub, limit=1, start=position)

    assert (first, second) == ((newer,), (older,))
    with pytest.raises(NotFound):
        actions.of_job(table, shortlist.job.id, by="a-stranger", limit=1, start=None)


def test_an_answer_is_remembered_in_the_commit_of_its_effect_and_of_its_repeat(table: Table) -> None:
    invitation = invite(table, store_shortlist(table))

    def remember(marker: Key, answered: Invitation) -> Put:
        return Put(marker, {"state": answered.state})

    for marker in (Key("IDEM#1"), Key("IDEM#2")):
        actions.answer(table, invitation.id, ACCEPT, now=LATER, record=partial(remember, marker))
        stored = table.get(marker)
        assert stored
        assert stored.data["state"] == "ACCEPTED"


def test_messages_carry_ids_and_no_personal_data(table: Table) -> None:
    shortlist = store_shortlist(table)
    invitation = invite(table, shortlist)
    actions.answer(table, invitation.id, ACCEPT, now=LATER)

    told = [Envelope.model_dump_json(envelope) for envelope in waiting(table, f"INV#{invitation.id}")]

    assert len(told) == 2
    assert not [text for text in told if "@" in text or "Gipfelwerk" in text or "Engineer" in text]


def test_R16_the_conversation_names_what_it_is_about(table: Table) -> None:
    shortlist = store_shortlist(table)
    invitation = invite(table, shortlist)

    item = table.get(keys.conversation(invitation.conversation_id))

    assert item
    conversation = item.read(Conversation)
    assert (conversation.job_title, conversation.candidate_id) == ("Senior Backend Engineer", shortlist.candidate.id)
