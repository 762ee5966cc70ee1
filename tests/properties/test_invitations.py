from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from hiring.conversations.model import Author, Intent
from hiring.invitations.model import (
    ACCEPTED,
    LIVE,
    MOVES,
    TALKING,
    InvitationAnswer,
    InvitationMove,
    InvitationState,
)
from hiring.messaging.model import answer_of, require_place_for
from hiring.shared.errors import IllegalMove, NotAllowed
from hiring.shared.lifecycle import advance
from tests.builders import NOW, make_invitation

HOURS = st.integers(min_value=0, max_value=24 * 14)


class InvitationLife(RuleBasedStateMachine):
    """Anybody does anything at any time; time only goes forward."""

    def __init__(self) -> None:
        super().__init__()
        self.invitation = make_invitation()
        self.now = NOW
        self.past = [self.invitation.state]

    @rule(hours=HOURS)
    def time_passes(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    @rule(
        intent=st.one_of(st.none(), st.sampled_from(Intent)), author=st.sampled_from([Author.CLIENT, Author.CANDIDATE])
    )
    def somebody_writes(self, intent: Intent | None, author: Author) -> None:
        """In the conversation: two intents of the candidate answer as the link does, nothing else changes anything."""
        if intent in {Intent.ACCEPT, Intent.DECLINE} and author is Author.CLIENT:
            with pytest.raises(NotAllowed):
                answer_of(intent, author)
            return
        answer = answer_of(intent, author)
        if answer is not None:
            self.candidate_answers(answer)
            return
        state = self.invitation.at(self.now).state
        if state in TALKING and (intent is None or state in ACCEPTED):
            require_place_for(intent, state)
        else:
            with pytest.raises(IllegalMove) as refused:
                require_place_for(intent, state)
            assert refused.value.current_state == state

    @rule(answer=st.sampled_from(InvitationAnswer))
    def candidate_presses(self, answer: InvitationAnswer) -> None:
        """On the page behind the mail's link."""
        self.candidate_answers(answer)

    def candidate_answers(self, answer: InvitationAnswer) -> None:
        before = self.invitation
        given = ACCEPTED if answer is InvitationAnswer.ACCEPT else {InvitationState.DECLINED}
        overdue = before.state is InvitationState.SENT and self.now >= before.expires_at
        reached = MOVES[InvitationState.SENT, InvitationMove(answer)]
        if before.state in given:
            assert before.answer(answer, now=self.now) == before
        elif overdue or before.state is not InvitationState.SENT:
            with pytest.raises(IllegalMove) as refused:
                before.answer(answer, now=self.now)
            assert refused.value.current_state == ("EXPIRED" if overdue else before.state)
        else:
            self.invitation = before.answer(answer, now=self.now)
            assert self.invitation.state is reached

    @rule()
    def client_withdraws(self) -> None:
        before = self.invitation
        if before.at(self.now).state in LIVE:
            self.invitation = before.withdraw(now=self.now)
            assert self.invitation.state is InvitationState.WITHDRAWN
        else:
            with pytest.raises(IllegalMove):
                before.withdraw(now=self.now)

    @rule()
    def the_job_closes(self) -> None:
        before = self.invitation.at(self.now)
        self.invitation = self.invitation.close(now=self.now)
        assert self.invitation.state is (InvitationState.CLOSED if before.state in LIVE else before.state)

    @rule()
    def an_offer_is_accepted(self) -> None:
        before = self.invitation
        if before.state is InvitationState.ACCEPTED:
            self.invitation = before.hire()
            assert self.invitation.state is InvitationState.HIRED
        else:
            with pytest.raises(IllegalMove):
                before.hire()

    @rule()
    def the_sweep_comes(self) -> None:
        self.invitation = self.invitation.at(self.now)

    @invariant()
    def R20_no_path_leaves_a_final_state(self) -> None:
        if self.invitation.state is not self.past[-1]:
            self.past.append(self.invitation.state)
        assert all(state in LIVE for state in self.past[:-1])
        assert len(self.past) <= 3

    @invariant()
    def an_answer_has_a_time_and_only_an_answer(self) -> None:
        answered = {InvitationState.ACCEPTED, InvitationState.DECLINED} & set(self.past)
        assert (self.invitation.answered_at is not None) == bool(answered)


TestInvitationLife = InvitationLife.TestCase


@given(state=st.sampled_from(InvitationState), move=st.sampled_from(InvitationMove))
def test_a_forbidden_move_never_succeeds(state: InvitationState, move: InvitationMove) -> None:
    if (state, move) in MOVES:
        assert advance(state, move, MOVES) is not state
    else:
        with pytest.raises(IllegalMove) as refused:
            advance(state, move, MOVES)
        assert refused.value.current_state == state


@given(answers=st.lists(st.sampled_from(InvitationAnswer), min_size=1, max_size=50))
def test_R17_whatever_the_order_of_answers_there_is_one_event(answers: list[InvitationAnswer]) -> None:
    invitation = make_invitation()
    events = []
    for answer in answers:
        try:
            after = invitation.answer(answer, now=NOW)
        except IllegalMove:
            continue
        if after != invitation:
            events.append(after.state)
        invitation = after

    assert events == [MOVES[InvitationState.SENT, InvitationMove(answers[0])]]
