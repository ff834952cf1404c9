"""The search: begun when somebody asks, stopped by whatever is pressed, and kept for this visit alone."""

from __future__ import annotations

import streamlit as st

from loops.simulate import DidNotFinish
from loops.ui import stoppable
from loops.ui.backcasting.asking import Goal
from loops.ui.backcasting.saying import in_labels
from loops.ui.text import md
from loops.utopia.backcast import backcast
from loops.utopia.found import Backcast

_FOUND, _LATEST = "goal:found", "goal:latest"
_MOST = 12
"""Answers kept in one session, the newest."""


def found(goal: Goal, *, now: bool) -> Backcast | None:
    """The answer to what is asked, if it was looked for or is `now`; what was cut short is begun again."""
    stoppable.let_it_end()
    kept: dict[str, Backcast] = st.session_state.setdefault(_FOUND, {})
    if now and (goal.name not in kept or kept[goal.name].stopped):
        _look(goal, kept)
    got = kept.get(goal.name)
    if got:
        st.session_state.setdefault(_LATEST, {})[goal.shelf.key] = goal.name
    return got


def earlier(goal: Goal) -> Backcast | None:
    """What was looked at last in this open model, if that was found for an earlier version of it."""
    name = st.session_state.get(_LATEST, {}).get(goal.shelf.key)
    got: Backcast | None = st.session_state.get(_FOUND, {}).get(name)
    return got if got and got.model != goal.shelf.model else None


def _look(goal: Goal, kept: dict[str, Backcast]) -> None:
    """Search now; what was found goes among what is kept, which an ended page no longer reaches by name."""

    def make(progress: stoppable.Progress) -> None:
        def tell(share: float, words: str) -> None:
            progress(share, f"Plans are being tried: {share:.0%} is done")

        got = backcast(
            goal.shelf.model, goal.target, goal.limits, seed=goal.seed, width=goal.width, progress=tell
        )
        kept.pop(goal.name, None)
        kept[goal.name] = got
        while len(kept) > _MOST:
            kept.pop(next(iter(kept)))

    try:
        stoppable.work(make, key="goal")
    except (DidNotFinish, ValueError) as problem:
        st.error(md(f"No plan can be looked for: {in_labels(goal.shelf.model, str(problem).rstrip('.'))}."))
