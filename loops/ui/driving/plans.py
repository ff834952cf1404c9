"""Which plans are looked at: one, or two side by side."""

from __future__ import annotations

import streamlit as st

from loops.scenario import Scenario
from loops.ui.catalogue import NOTHING_NEW, Shelf
from loops.ui.choose import one
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
    left, right = st.columns(2, vertical_alignment="bottom")
    with left:
        first = one("Plan", titles, f"leading:plan:{shelf.key}")
    with right:
        rest = {_NONE: "none"} | {key: title for key, title in titles.items() if key != first}
        second = one("A second plan beside it", rest, f"leading:beside:{shelf.key}")
    return [plans[key] for key in (first, second) if key != _NONE]
