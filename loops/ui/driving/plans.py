"""Which plans are looked at: one, or two side by side."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from loops.scenario import Scenario
from loops.ui.catalogue import NOTHING_NEW, Shelf
from loops.ui.planning import history
from loops.ui.planning.board import YOURS, choices
from loops.ui.planning.plan import among
from loops.ui.text import unique

_NONE = ""


def every(shelf: Shelf) -> dict[str, Scenario]:
    """Every plan there is by its key, the reader's own first, all in the circumstances set for that one."""
    board = history.of(shelf).now
    others, mine = choices(board, shelf.scenarios), board.plan(shelf.model)
    copied = others.get(board.copied, others[NOTHING_NEW])
    return {YOURS: mine} | {key: among(shelf.model, copied, mine, one) for key, one in others.items()}


def choose(shelf: Shelf) -> list[Scenario]:
    """Show the two choices; the second plan is only there if it was wished for."""
    plans = every(shelf)
    titles = unique({key: plan.title for key, plan in plans.items()})
    first, second = st.columns(2, vertical_alignment="bottom")
    with first:
        one = _choice("Plan", titles, key=f"leading:plan:{shelf.key}")
    with second:
        rest = {_NONE: "none"} | {key: title for key, title in titles.items() if key != one}
        other = _choice("A second plan beside it", rest, key=f"leading:beside:{shelf.key}")
    return [plans[key] for key in (one, other) if key != _NONE]


def _choice(label: str, titles: Mapping[str, str], *, key: str) -> str:
    if st.session_state.get(key) not in titles:
        st.session_state[key] = next(iter(titles))
    return str(
        st.selectbox(label, list(titles), format_func=titles.__getitem__, key=key, persist_state="session")
    )
