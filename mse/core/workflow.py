"""State machines: transition tables, and `next_state`, which every change of state uses."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import TypeVar

from mse.core.errors import TransitionInterdite

State = TypeVar("State", bound=StrEnum)
Action = TypeVar("Action", bound=StrEnum)


def next_state(
    table: Mapping[tuple[State, Action], State],
    state: State,
    action: Action,
    refusal: Callable[[State, list[Action]], str],
) -> State:
    """Return the state after `action`. Raises `TransitionInterdite`
    with a sentence that lists the possible actions."""
    try:
        return table[state, action]
    except KeyError:
        raise TransitionInterdite(refusal(state, possible(table, state))) from None


def possible(table: Mapping[tuple[State, Action], State], state: State) -> list[Action]:
    """Return the actions allowed in this state."""
    return [action for (origin, action) in table if origin == state]
