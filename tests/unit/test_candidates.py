"""Taking part and leaving: what ends, and what is meant for somebody who has come back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiring.candidates.model import Candidate, CandidateMove, CandidateState
from hiring.shared.errors import IllegalMove
from tests.builders import NOW, make_candidate

BEFORE, LATER = NOW - timedelta(days=1), NOW + timedelta(days=1)


def after(*moves: CandidateMove) -> Candidate:
    candidate = make_candidate()
    for move in moves:
        candidate = candidate.move(move, now=NOW)
    return candidate


def test_R27_whoever_opts_out_leaves_everything_however_young() -> None:
    left = after(CandidateMove.OPT_OUT)
    assert left.leaves(BEFORE)
    assert left.leaves(LATER)  # the clocks of two requests differ
    assert not left.finish_leaving().leaves(BEFORE)


def test_R27_what_comes_after_a_return_stays() -> None:
    returned = after(CandidateMove.OPT_OUT, CandidateMove.ENROL)
    assert returned.leaves(BEFORE)
    assert returned.leaves(NOW)
    assert not returned.leaves(LATER)


def test_R25_the_hired_are_paused_and_leave_everything_else() -> None:
    hired = make_candidate().hire(now=NOW)
    assert hired.state is CandidateState.PAUSED
    assert hired.leaves(BEFORE)


@pytest.mark.parametrize("move", [CandidateMove.PAUSE, CandidateMove.RESUME])
def test_whoever_has_left_is_told_how_to_take_part_again(move: CandidateMove) -> None:
    with pytest.raises(IllegalMove, match="PUT /me/enrolment") as refused:
        after(CandidateMove.OPT_OUT, move)
    assert refused.value.current_state == "OPTED_OUT"


@given(moves=st.lists(st.sampled_from(CandidateMove), max_size=10))
def test_R27_nobody_leaves_but_by_opting_out_and_nothing_forgets_it_before_it_is_finished(
    moves: list[CandidateMove],
) -> None:
    candidate, opted_out = make_candidate(), False
    for number, move in enumerate(moves):
        now = NOW + timedelta(minutes=number)
        try:
            candidate = candidate.move(move, now=now)
        except IllegalMove:
            continue
        opted_out |= move is CandidateMove.OPT_OUT
        assert (candidate.leaving_since is not None) == opted_out
        assert candidate.leaves(BEFORE) == opted_out
