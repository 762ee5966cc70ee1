"""State machines allow what their table says and nothing else."""

from __future__ import annotations

from enum import StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiring.candidates.model import MOVES as CANDIDATE_MOVES
from hiring.candidates.model import CandidateMove, CandidateState
from hiring.intake.model import MOVES as UPLOAD_MOVES
from hiring.intake.model import UploadMove, UploadState
from hiring.jobs.model import MOVES as JOB_MOVES
from hiring.jobs.model import JobMove, JobState
from hiring.shared.errors import IllegalMove
from hiring.shared.lifecycle import Moves, advance

MACHINES: list[tuple[type[StrEnum], type[StrEnum], Moves]] = [  # type: ignore[type-arg]  # three kinds of them
    (CandidateState, CandidateMove, CANDIDATE_MOVES),
    (UploadState, UploadMove, UPLOAD_MOVES),
    (JobState, JobMove, JOB_MOVES),
]


@given(st.data())
def test_a_move_that_the_table_lacks_is_refused_with_the_current_state(data: st.DataObject) -> None:
    states, moves, table = data.draw(st.sampled_from(MACHINES))
    state, move = data.draw(st.sampled_from(list(states))), data.draw(st.sampled_from(list(moves)))
    if (state, move) in table:
        assert advance(state, move, table) is table[state, move]
    else:
        with pytest.raises(IllegalMove) as refused:
            advance(state, move, table)
        assert refused.value.current_state == state.value


@given(st.lists(st.sampled_from(list(UploadMove)), max_size=8))
def test_R4_an_upload_never_leaves_its_end(moves: list[UploadMove]) -> None:
    state = UploadState.PENDING
    for move in moves:
        before = state
        try:
            state = advance(state, move, UPLOAD_MOVES)
        except IllegalMove:
            continue
        assert before not in (UploadState.ACCEPTED, UploadState.NEEDS_NEW_FILE)
        assert state is not UploadState.PENDING


@given(st.lists(st.sampled_from(list(CandidateMove)), max_size=12))
def test_R1_only_enrolling_brings_back_who_left(moves: list[CandidateMove]) -> None:
    state = CandidateState.ACTIVE
    for move in moves:
        before = state
        try:
            state = advance(state, move, CANDIDATE_MOVES)
        except IllegalMove:
            continue
        if before is CandidateState.OPTED_OUT and state is not CandidateState.OPTED_OUT:
            assert move is CandidateMove.ENROL
