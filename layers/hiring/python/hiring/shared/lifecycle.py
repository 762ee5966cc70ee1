"""State machines as tables: a state and a move give the next state, and nothing else is allowed."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from hiring.shared.errors import IllegalMove

type Moves[State: StrEnum, Move: StrEnum] = Mapping[tuple[State, Move], State]


def advance[State: StrEnum, Move: StrEnum](state: State, move: Move, moves: Moves[State, Move]) -> State:
    """The state after `move`; raises `IllegalMove` with the current state where the table has no such move."""
    try:
        return moves[state, move]
    except KeyError:
        raise IllegalMove(
            f"This cannot be done ({move.value}) while the state is {state.value}.", state.value
        ) from None
