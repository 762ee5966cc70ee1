from __future__ import annotations

from datetime import timedelta

import pytest

from hiring.invitations.model import (
    LIVE,
    MOVES,
    InvitationAnswer,
    InvitationMove,
    InvitationState,
    TooLate,
)
from hiring.shared.errors import IllegalMove
from tests.builders import NOW, make_invitation

ACCEPT, DECLINE = InvitationAnswer.ACCEPT, InvitationAnswer.DECLINE
LATER = NOW + timedelta(days=1)
DEADLINE = NOW + timedelta(days=7)


@pytest.mark.parametrize(("answer", "state"), [(ACCEPT, InvitationState.ACCEPTED), (DECLINE, InvitationState.DECLINED)])
def test_R17_an_answer_moves_the_invitation_and_its_time_is_kept(
    answer: InvitationAnswer, state: InvitationState
) -> None:
    answered = make_invitation().answer(answer, now=LATER)

    assert (answered.state, answered.answered_at) == (state, LATER)


@pytest.mark.parametrize("answer", InvitationAnswer)
def test_R17_the_same_answer_again_changes_nothing_even_after_the_deadline(answer: InvitationAnswer) -> None:
    answered = make_invitation().answer(answer, now=LATER)

    assert answered.answer(answer, now=DEADLINE + timedelta(days=30)) == answered


@pytest.mark.parametrize(("first", "second"), [(ACCEPT, DECLINE), (DECLINE, ACCEPT)])
def test_R17_the_first_answer_wins(first: InvitationAnswer, second: InvitationAnswer) -> None:
    answered = make_invitation().answer(first, now=NOW)

    with pytest.raises(IllegalMove) as refused:
        answered.answer(second, now=LATER)

    assert refused.value.current_state == answered.state


def test_R16_an_invitation_can_be_answered_until_its_deadline_and_not_at_it() -> None:
    invitation = make_invitation()

    assert invitation.answer(ACCEPT, now=DEADLINE - timedelta(seconds=1)).state is InvitationState.ACCEPTED
    with pytest.raises(TooLate, match=r"expired on 30 November 2026") as refused:
        invitation.answer(ACCEPT, now=DEADLINE)
    assert refused.value.current_state == "EXPIRED"


def test_an_overdue_invitation_is_expired_before_anybody_wrote_it_down() -> None:
    invitation = make_invitation()

    assert invitation.at(DEADLINE).state is InvitationState.EXPIRED
    assert invitation.at(DEADLINE - timedelta(seconds=1)) == invitation


def test_an_answered_invitation_never_expires() -> None:
    accepted = make_invitation().answer(ACCEPT, now=NOW)

    assert accepted.at(DEADLINE + timedelta(days=365)) == accepted


def test_R20_a_client_may_withdraw_before_and_after_a_yes() -> None:
    invitation = make_invitation()

    assert invitation.withdraw(now=LATER).state is InvitationState.WITHDRAWN
    assert invitation.answer(ACCEPT, now=NOW).withdraw(now=LATER).state is InvitationState.WITHDRAWN


def test_an_expired_invitation_cannot_be_withdrawn() -> None:
    with pytest.raises(IllegalMove) as refused:
        make_invitation().withdraw(now=DEADLINE)

    assert refused.value.current_state == "EXPIRED"


def test_R20_closing_a_job_ends_every_live_invitation() -> None:
    for state in LIVE:
        assert make_invitation(state=state).close(now=LATER).state is InvitationState.CLOSED


def test_only_live_states_have_moves() -> None:
    assert {state for state, _ in MOVES} == LIVE
    assert {move for _, move in MOVES} == set(InvitationMove)


def test_only_an_accepted_invitation_leads_to_a_hire() -> None:
    for state in InvitationState:
        invitation = make_invitation(state=state)
        if state is InvitationState.ACCEPTED:
            assert invitation.hire().state is InvitationState.HIRED
        else:
            with pytest.raises(IllegalMove):
                invitation.hire()


def test_R17_a_yes_again_after_the_hire_changes_nothing() -> None:
    hired = make_invitation().answer(ACCEPT, now=LATER).hire()

    assert hired.answer(ACCEPT, now=DEADLINE) == hired
    with pytest.raises(IllegalMove):
        hired.answer(DECLINE, now=DEADLINE)


def test_R16_a_candidate_is_shown_client_job_and_pay() -> None:
    position = make_invitation().position

    assert (position.organisation_name, position.title) == ("Gipfelwerk GmbH", "Senior Backend Engineer")
    assert position.pay.maximum.amount_minor == 92_000_00
