"""Every life cycle of the product: no path leaves a final state, and no move succeeds that its table does not name."""

from __future__ import annotations

import pkgutil
from enum import StrEnum
from importlib import import_module

import pytest
from hypothesis import given
from hypothesis import strategies as st

import hiring
from hiring.shared.errors import IllegalMove
from hiring.shared.lifecycle import Moves, advance

FINAL = {
    "hiring.broadcasts.model.MOVES": {"FINISHED"},
    "hiring.candidacies.model.MOVES": {"HIRE_CONFIRMED"},
    "hiring.candidates.model.MOVES": set[str](),
    "hiring.failed_work.model.MOVES": set[str](),
    "hiring.intake.model.MOVES": {"ACCEPTED", "NEEDS_NEW_FILE"},
    "hiring.invitations.model.MOVES": {"HIRED", "DECLINED", "EXPIRED", "WITHDRAWN", "CLOSED"},
    "hiring.jobs.model.MOVES": {"CLOSED"},
    "hiring.matching.model.ENTRY_MOVES": {"INVITED", "WITHDRAWN"},
    "hiring.matching.model.REPLAY_MOVES": {"ENDED", "FAILED"},
    "hiring.matching.model.RUN_MOVES": {"FROZEN", "FAILED"},
    "hiring.offers.model.MOVES": {"HIRE_CONFIRMED", "DECLINED", "EXPIRED", "WITHDRAWN", "CLOSED"},
    "hiring.support.model.MOVES": {"DONE", "REJECTED", "EXPIRED"},
}
"""The states of each table of moves that nothing leads out of."""


def table(name: str) -> Moves[StrEnum, StrEnum]:
    module, _, attribute = name.rpartition(".")
    found: Moves[StrEnum, StrEnum] = getattr(import_module(module), attribute)
    return found


def test_every_table_of_moves_is_here() -> None:
    models = [f"hiring.{each.name}.model" for each in pkgutil.iter_modules(hiring.__path__) if each.ispkg]
    found = set()
    for model in models:
        try:
            module = import_module(model)
        except ModuleNotFoundError:
            continue
        found |= {f"{model}.{name}" for name in vars(module) if name == "MOVES" or name.endswith("_MOVES")}
    assert found == set(FINAL)


@pytest.mark.parametrize("name", FINAL)
@given(data=st.data())
def test_no_path_leaves_a_final_state_and_no_other_move_succeeds(name: str, data: st.DataObject) -> None:
    moves = table(name)
    states = sorted({state for state, _ in moves} | set(moves.values()))
    every_move = sorted({move for _, move in moves})
    state = data.draw(st.sampled_from(states))
    for move in data.draw(st.lists(st.sampled_from(every_move), max_size=12)):
        final = state.value in FINAL[name]
        if (state, move) not in moves:
            with pytest.raises(IllegalMove) as illegal:
                advance(state, move, moves)
            assert illegal.value.current_state == state
            continue
        after = advance(state, move, moves)
        assert not final or after is state
        state = after


@pytest.mark.parametrize("name", FINAL)
def test_only_final_states_are_never_left(name: str) -> None:
    moves = table(name)
    states = {state for state, _ in moves} | set(moves.values())
    left = {state for (state, _), after in moves.items() if after is not state}
    assert {state.value for state in states - left} == FINAL[name]
