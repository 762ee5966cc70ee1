"""Opting out, being hired, being erased: what is open ends politely, whatever happens at the same moment."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

import pytest

from functions.candidate_api.handler import handler as candidate_handler
from functions.close_overdue.handler import handler as close_overdue
from functions.public_links.handler import handler as public_links
from hiring.candidacies.model import Candidacy, Stage
from hiring.candidates import actions as participation
from hiring.candidates import store as candidates
from hiring.candidates.model import Candidate, CandidateMove
from hiring.conversations.model import Conversation, Message
from hiring.invitations import actions as invitations
from hiring.invitations import store as invitation_store
from hiring.invitations.model import CandidateUnavailable, Invitation, InvitationAnswer
from hiring.jobs import store as jobs
from hiring.leaving import actions as leaving
from hiring.matching import store as matching
from hiring.matching.model import Match
from hiring.messaging import actions as messaging
from hiring.offers import actions as offers
from hiring.offers import store as offer_store
from hiring.offers.model import Offer
from hiring.organisations import store as organisations
from hiring.shared import keys
from hiring.shared.clients import dynamodb
from hiring.shared.clock import utc_now
from hiring.shared.errors import IllegalMove
from hiring.shared.links import Purpose, sign, signing_key
from hiring.shared.outbox import Message as OutboxMessage
from hiring.shared.table import Change, Remove, Table
from tests.builders import (
    NOW,
    Shortlist,
    invite,
    make_api_event,
    make_candidate,
    make_context,
    make_entry,
    make_id,
    make_job,
    make_member,
    make_offer_terms,
    make_organisation,
    remember_nothing,
    waiting,
)

ACCEPT, DECLINE = InvitationAnswer.ACCEPT, InvitationAnswer.DECLINE
LATER = NOW + timedelta(minutes=1)


def always() -> bool:
    return True


class RacingTable(Table):
    """Somebody else is faster: acts just before the first commits."""

    def __init__(self, meanwhile: Sequence[Callable[[], object]]) -> None:
        super().__init__("hiring", dynamodb())
        self._meanwhile = list(meanwhile)

    def commit(self, changes: Sequence[Change], messages: Sequence[OutboxMessage] = (), **named: Any) -> None:
        if self._meanwhile:
            self._meanwhile.pop(0)()
        super().commit(changes, messages, **named)


class Sought:
    """Somebody who is on the shortlists of several clients, each of a job of its own."""

    def __init__(self, table: Table, clients: int = 1) -> None:
        self.table = table
        self.candidate = make_candidate()
        table.commit([candidates.put_candidate(self.candidate), candidates.put_login(self.candidate)], now=NOW)
        self.shortlists = [self._listed() for _ in range(clients)]

    def _listed(self) -> Shortlist:
        organisation = make_organisation()
        member, job = make_member(organisation.id), make_job(organisation.id)
        entry = make_entry(job, self.candidate.id)
        match = Match(
            entry_id=entry.id, job_id=job.id, run_id=entry.run_id, matched_at=NOW, band=entry.band, verdicts=()
        )
        changes = [
            *(organisations.put_organisation(organisation), organisations.put_member(member), jobs.put_job(job)),
            *(matching.put_entry(entry), matching.put_match(self.candidate.id, match)),
        ]
        self.table.commit(changes, now=NOW)
        return Shortlist(organisation, member, job, self.candidate, entry)

    def invited(self, number: int = 0) -> Invitation:
        return invite(self.table, self.shortlists[number])

    def talking(self, number: int = 0) -> Invitation:
        return invitations.answer(self.table, self.invited(number).id, ACCEPT, now=NOW)

    def offered(self, number: int = 0) -> Offer:
        return self.make_offer(self.talking(number))

    def make_offer(self, invitation: Invitation) -> Offer:
        return offers.make(
            self.table,
            invitation.id,
            make_offer_terms(),
            by=invitation.invited_by,
            release_from=Stage.OFFER_ACCEPTED,
            now=NOW,
            record=remember_nothing,
        )

    def accept(self, offer: Offer, table: Table | None = None) -> Offer:
        return offers.accept(
            table or self.table,
            offer.id,
            candidate_id=self.candidate.id,
            seen=1,
            now=LATER,
            record=remember_nothing,
        )

    def move(self, move: CandidateMove = CandidateMove.OPT_OUT) -> Candidate:
        return participation.move(self.table, self.candidate.login, move, now=LATER)

    def sweep(self, in_time: Callable[[], bool] = always, table: Table | None = None) -> None:
        leaving.go_on(table or self.table, self.candidate.id, now=LATER, in_time=in_time)

    @property
    def person(self) -> Candidate:
        return candidates.candidate(self.table, self.candidate.id).value

    def states(self) -> list[tuple[str, str | None]]:
        """Of each job the state of the candidacy, and of its latest invitation."""
        found: list[tuple[str, str | None]] = []
        for shortlist in self.shortlists:
            item = self.table.get(keys.candidacy(shortlist.job.id, self.candidate.id))
            if item is None:
                found.append(("SHORTLISTED", None))
                continue
            candidacy = item.read(Candidacy)
            assert candidacy.invitation_id
            invitation = invitation_store.invitation(self.table, candidacy.invitation_id)
            found.append((candidacy.state.value, invitation.state.value))
        return found

    def told(self, invitation: Invitation) -> list[tuple[str, str]]:
        sent = waiting(self.table, keys.invitation(invitation.id).pk)
        return [(mail.body["template"], mail.body["recipient"]) for mail in sent]

    def said(self, invitation: Invitation) -> list[str]:
        items = self.table.query(f"CNV#{invitation.conversation_id}", prefix="MSG#")
        return [item.read(Message).text for item in items]

    def due(self) -> list[str]:
        """What waits for its time, by any clock."""
        partitions = [f"DUE#{number}" for number in range(keys.DUE_SHARDS)]
        return [item.key.pk for each in partitions for item in self.table.index_page("gsi3", each).items]


def test_R27_opting_out_ends_invitations_and_offers_and_tells_each_client_once_but_not_why(table: Table) -> None:
    sought = Sought(table, clients=4)
    invited, talking, offer = sought.invited(0), sought.talking(1), sought.offered(2)
    before = len(sought.told(invitation_store.invitation(table, offer.invitation_id)))
    sought.move()
    assert keys.candidate(sought.candidate.id).pk in sought.due()

    for _ in range(2):
        sought.sweep()

    assert sought.states() == [("CLOSED", "CLOSED")] * 3 + [("SHORTLISTED", None)]
    assert offer_store.offer(table, offer.id).state == "CLOSED"
    for invitation in (invited, talking, invitation_store.invitation(table, offer.invitation_id)):
        client = f"USER#{invitation.invited_by}"
        assert sought.told(invitation).count(("candidate-unavailable", client)) == 1
        assert sought.told(invitation)[-1] == ("candidate-unavailable", client)
        assert sum("not available any more" in text for text in sought.said(invitation)) >= 1
    with_offer = invitation_store.invitation(table, offer.invitation_id)
    assert len(sought.told(with_offer)) == before + 1
    assert [mail.body["template"] for mail in waiting(table, f"OFF#{offer.id}")] == ["offer-made"]
    assert sought.due() == []
    assert sought.person.leaving_since is None


@pytest.mark.parametrize("commits", [0, 1, 2, 3])
def test_R27_leaving_goes_on_wherever_it_stopped(table: Table, commits: int) -> None:
    sought = Sought(table, clients=3)
    for number in range(3):
        sought.invited(number)
    sought.move()
    answers = iter([True] * commits)

    sought.sweep(lambda: next(answers, False))

    assert sum(state == "CLOSED" for state, _ in sought.states()) == commits
    assert (sought.person.leaving_since is None) == (commits == 3)
    sought.sweep()
    assert sought.states() == [("CLOSED", "CLOSED")] * 3
    assert sought.due() == []


def test_R27_one_that_cannot_be_ended_keeps_no_other_waiting_and_the_candidate_stays_due(table: Table) -> None:
    sought = Sought(table, clients=2)
    broken, _ = sought.invited(0), sought.invited(1)
    lost = table.get(keys.conversation(broken.conversation_id))
    assert lost
    table.commit([Remove(lost.key, lost.version)], now=NOW)
    sought.move()

    with pytest.raises(ExceptionGroup):
        sought.sweep()

    assert sought.states() == [("INVITED", "SENT"), ("CLOSED", "CLOSED")]
    assert keys.candidate(sought.candidate.id).pk in sought.due()


def test_R27_the_sweep_of_every_minute_ends_what_is_open(table: Table) -> None:
    sought = Sought(table)
    sought.invited()
    participation.move(table, sought.candidate.login, CandidateMove.OPT_OUT, now=NOW - timedelta(days=300))

    assert close_overdue({"id": "a-minute"}, make_context())["failed"] == 0

    assert sought.states() in ([("CLOSED", "CLOSED")], [("EXPIRED", "EXPIRED")])  # by the clock of the day
    assert sought.person.leaving_since is None


@pytest.mark.parametrize("answer", [ACCEPT, DECLINE])
def test_R27_an_answer_in_the_moment_in_which_an_invitation_ends_is_safe(
    table: Table, answer: InvitationAnswer
) -> None:
    """The answer was faster: a yes is ended as any talk is, a no stays a no."""
    sought = Sought(table)
    invitation = sought.invited()
    racing = RacingTable([lambda: invitations.answer(table, invitation.id, answer, now=LATER)])

    leaving.end(racing, _candidacy(sought), now=LATER)

    state, templates = {
        ACCEPT: ("CLOSED", ["invitation", "invitation-answered", "candidate-unavailable"]),
        DECLINE: ("DECLINED", ["invitation", "invitation-answered"]),
    }[answer]
    assert sought.states() == [(state, state)]
    assert sorted(template for template, _ in sought.told(invitation)) == sorted(templates)


@pytest.mark.parametrize("answer", [ACCEPT, DECLINE])
def test_R27_an_end_in_the_moment_of_an_answer_wins_and_the_client_hears_one_thing(
    table: Table, answer: InvitationAnswer
) -> None:
    sought = Sought(table)
    invitation = sought.invited()
    racing = RacingTable([lambda: leaving.end(table, _candidacy(sought), now=LATER)])

    with pytest.raises(IllegalMove) as refused:
        invitations.answer(racing, invitation.id, answer, now=LATER)

    assert refused.value.current_state == "CLOSED"
    assert [template for template, _ in sought.told(invitation)] == ["invitation", "candidate-unavailable"]


def test_R27_an_offer_accepted_in_the_moment_of_opting_out_is_a_hire_or_none_and_never_half(table: Table) -> None:
    late = Sought(table)
    offer = late.offered()
    with pytest.raises(IllegalMove) as refused:
        late.accept(offer, RacingTable([late.move]))
    assert refused.value.current_state == "OPTED_OUT"
    late.sweep()
    assert late.states() == [("CLOSED", "CLOSED")]
    assert jobs.job(table, offer.job_id).filled == 0

    early = Sought(table)
    offer = early.offered()
    racing = RacingTable([lambda: early.accept(offer)])
    participation.move(racing, early.candidate.login, CandidateMove.OPT_OUT, now=LATER)
    early.sweep()
    assert early.states() == [("HIRED", "HIRED")]
    assert early.person.state == "OPTED_OUT"
    assert jobs.job(table, offer.job_id).filled == 1


def test_R27_an_offer_made_in_the_moment_of_opting_out_is_not_made(table: Table) -> None:
    sought = Sought(table)
    invitation = sought.talking()
    sought.table = RacingTable([sought.move])
    with pytest.raises(CandidateUnavailable):
        sought.make_offer(invitation)
    assert sought.states() == [("INTERVIEWING", "ACCEPTED")]
    sought.sweep()
    assert sought.states() == [("CLOSED", "CLOSED")]


def test_R27_after_opting_out_nothing_of_before_can_be_accepted_not_even_before_the_sweep_came(table: Table) -> None:
    sought = Sought(table, clients=2)
    invitation, offer = sought.invited(0), sought.offered(1)
    sought.move()
    sought.move(CandidateMove.ENROL)

    token = sign(Purpose.RESPOND, invitation.id, expires_at=utc_now() + timedelta(days=1), key=signing_key())
    form = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "text/html"}
    page = public_links(make_api_event("POST", f"/r/{token}", body="answer=accept", headers=form), make_context())
    assert page["statusCode"] == 409
    assert "<button" not in page["body"]
    assert sought.states()[0] == ("CLOSED", "CLOSED")
    with pytest.raises(IllegalMove):
        sought.accept(offer)
    sought.sweep()
    assert sought.states() == [("CLOSED", "CLOSED")] * 2


def test_R27_who_comes_back_can_be_invited_again_and_that_invitation_stays(table: Table) -> None:
    sought = Sought(table)
    sought.invited()
    sought.move()
    sought.sweep()
    sought.move(CandidateMove.ENROL)
    again = invite(table, sought.shortlists[0], now=LATER + timedelta(days=1))

    sought.sweep()

    assert sought.states() == [("INVITED", "SENT")]
    assert [template for template, _ in sought.told(again)] == ["invitation"]


def test_R27_pausing_ends_nothing(table: Table) -> None:
    sought = Sought(table)
    sought.invited()
    sought.move(CandidateMove.PAUSE)
    sought.sweep()
    assert sought.states() == [("INVITED", "SENT")]


def test_R27_reminders_of_messages_end_with_the_invitation(table: Table) -> None:
    sought = Sought(table)
    invitation = sought.talking()
    policy = messaging.Policy(meeting_hosts=frozenset(), release_from=Stage.OFFER_ACCEPTED)
    for number in range(2):
        messaging.post(
            table,
            invitation.conversation_id,
            "When would you have time?",
            None,
            by=sought.candidate.login,
            policy=policy,
            now=NOW + timedelta(seconds=number + 1),
            record=remember_nothing,
        )
    waiting_for = table.get(keys.conversation(invitation.conversation_id))
    assert waiting_for
    assert waiting_for.read(Conversation).notice_due_at is not None
    sought.move()
    sought.sweep()
    messaging.remind(table, invitation.conversation_id, now=NOW + timedelta(days=1))
    assert [template for template, _ in sought.told(invitation)].count("message-to-client") == 1
    assert sought.due() == []


def test_R25_who_is_hired_leaves_the_other_clients_who_learn_nothing_of_it(table: Table) -> None:
    sought = Sought(table, clients=3)
    hired, invited, rival = sought.offered(0), sought.invited(1), sought.offered(2)
    sought.accept(hired)
    with pytest.raises(IllegalMove):
        sought.accept(rival)

    sought.sweep()

    assert sought.states() == [("HIRED", "HIRED"), ("CLOSED", "CLOSED"), ("CLOSED", "CLOSED")]
    assert offer_store.offer(table, rival.id).state == "CLOSED"
    assert sought.told(invited)[-1] == ("candidate-unavailable", f"USER#{invited.invited_by}")
    assert not any("hired" in text or "offer was accepted" in text for text in sought.said(invited))
    assert "hired" in {mail.body["template"] for mail in waiting(table, f"OFF#{hired.id}")}


def test_R25_two_offers_accepted_at_the_same_moment_make_one_hire(table: Table) -> None:
    sought = Sought(table, clients=2)
    offer, rival = sought.offered(0), sought.offered(1)

    with pytest.raises(IllegalMove):
        sought.accept(offer, RacingTable([lambda: sought.accept(rival)]))

    sought.sweep()
    assert sought.states() == [("CLOSED", "CLOSED"), ("HIRED", "HIRED")]


def test_R28_who_is_erased_leaves_as_politely(table: Table) -> None:
    sought = Sought(table)
    offer = sought.offered()
    headers = {"Idempotency-Key": make_id("key")}
    event = make_api_event("POST", "/me/erasure", sub=sought.candidate.login, groups="candidate", headers=headers)
    status = candidate_handler(event, make_context())
    assert (status["statusCode"], json.loads(status["body"])["state"]) == (202, "RUNNING")

    close_overdue({"id": "a-minute"}, make_context())

    assert offer_store.offer(table, offer.id).state == "CLOSED"
    invitation = invitation_store.invitation(table, offer.invitation_id)
    assert ("candidate-unavailable", f"USER#{invitation.invited_by}") in sought.told(invitation)


def _candidacy(sought: Sought) -> Candidacy:
    item = sought.table.get(keys.candidacy(sought.shortlists[0].job.id, sought.candidate.id))
    assert item
    return item.read(Candidacy)
