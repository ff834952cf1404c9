"""The levers and circumstances of the plan, as sliders that remember where they were left."""

from __future__ import annotations

import streamlit as st

from loops.model import Context, Lever
from loops.scenario import Scenario
from loops.ui import plan
from loops.ui.catalogue import Shelf
from loops.ui.plan import Block, Settings
from loops.ui.text import md

# Beside the curves the levers stay in view and scroll by themselves; on a phone they take half the screen above.
_STAY = """<style>
.st-key-levers {position: sticky; top: 4.5rem; max-height: calc(100vh - 6rem); overflow-y: auto; padding: 0 .8rem 1rem .2rem;}
@media (max-width: 640px) {.st-key-levers {position: static; max-height: 46vh; border-bottom: 2px solid rgba(128,128,128,.4);}}
</style>"""


def show(shelf: Shelf, base_key: str) -> Scenario:
    """Draw the sliders and return the plan they describe."""
    base = shelf.scenarios[base_key]
    prefix = f"{shelf.key}:{base_key}"
    st.html(_STAY)
    with st.container(key="levers"):
        st.subheader("Your plan", anchor=False)
        st.caption(f"It starts as a copy of “{md(base.title)}”. Move a lever to change it.")
        efforts = {lever.id: _effort(lever, base, prefix) for lever in shelf.model.levers}
        block = _block(shelf, base, prefix)
        st.button("Put the levers back", on_click=_back, args=(f"lever:{prefix}:", f"block:{prefix}:"))
        circumstances = {}
        if shelf.model.contexts:
            st.subheader("How things are around us", anchor=False)
            st.caption("Nobody here controls these. Only your plan feels a change made here.")
            circumstances = {context.id: _around(context, base, prefix) for context in shelf.model.contexts}
            st.button("Put circumstances back", on_click=_back, args=(f"context:{prefix}:",))
    return plan.build(shelf.model, base, Settings(efforts, circumstances, block))


def _effort(lever: Lever, base: Scenario, prefix: str) -> int:
    help_text = lever.description
    if lever.fully:
        help_text += f" Full effort: {lever.fully}"
    if lever.hours_us or lever.hours_partner:
        help_text += f" At full effort: {lever.hours_us:g} hours a month for us, {lever.hours_partner:g} for the partner."
    usual = plan.percent(plan.peak(lever, base))
    return _slider(lever.label, f"lever:{prefix}:{lever.id}", usual, help_text)


def _around(context: Context, base: Scenario, prefix: str) -> int:
    help_text = context.description
    if context.not_yet and context.fully:
        help_text += f" At 0%: {context.not_yet} At 100%: {context.fully}"
    usual = plan.percent(plan.now(context, base))
    return _slider(context.label, f"context:{prefix}:{context.id}", usual, help_text)


def _slider(label: str, key: str, usual: int, help_text: str) -> int:
    value: int = st.slider(
        md(label),
        0,
        100,
        usual,
        step=1 if usual % 5 else 5,
        format="%d%%",
        key=key,
        help=md(help_text) or None,
        persist_state="session",
    )
    return value


def _block(shelf: Shelf, base: Scenario, prefix: str) -> Block:
    """Ask when the levers that the copied scenario leaves off are on; there may be none."""
    usual = plan.usual_block(shelf.model, base)
    if not plan.idle(shelf.model, base):
        return usual
    st.caption("A lever that was off runs:")
    start, length = st.columns(2)
    with start:
        first = st.number_input(
            "from month",
            0,
            shelf.model.horizon,
            usual.start,
            step=6,
            key=f"block:{prefix}:start",
            persist_state="session",
        )
    with length:
        months = st.number_input(
            "for how many months",
            1,
            shelf.model.horizon,
            usual.months,
            step=6,
            key=f"block:{prefix}:months",
            persist_state="session",
        )
    return Block(int(first), int(months))


def _back(*prefixes: str) -> None:
    """Forget what was set by hand: each slider goes back to the copied scenario."""
    for key in list(st.session_state):
        if str(key).startswith(prefixes):
            del st.session_state[key]
