"""The levers and circumstances of the plan, as sliders that remember where they were left."""

from __future__ import annotations

import streamlit as st

from loops.model import Context, Lever
from loops.scenario import Scenario
from loops.ui import plan
from loops.ui.catalogue import Shelf
from loops.ui.plan import Block, Settings
from loops.ui.text import md


def show(shelf: Shelf, base_key: str) -> Settings:
    """Draw the sliders and return where they stand."""
    base = shelf.scenarios[base_key]
    prefix = f"{shelf.key}:{base_key}"
    with st.container(key="levers"):
        st.subheader("Your plan", anchor=False)
        st.caption(
            md(f"It starts as a copy of “{base.title}”. {base.description} Move a lever to change it.")
        )
        efforts = {lever.id: _effort(lever, base, prefix) for lever in shelf.model.levers}
        block = _block(shelf, base, prefix)
        usual = {
            _key("lever", prefix, lever): plan.percent(plan.peak(lever, base)) for lever in shelf.model.levers
        }
        st.button("Put the levers back", on_click=st.session_state.update, args=(usual,))
        circumstances = {}
        if shelf.model.contexts:
            st.subheader("How things are around us", anchor=False)
            st.caption(
                "Nobody here controls these. A change holds for every line, unless a plan sets its own."
            )
            circumstances = {context.id: _around(context, base, prefix) for context in shelf.model.contexts}
            usual = {
                _key("around", prefix, one): plan.percent(plan.now(one, base)) for one in shelf.model.contexts
            }
            st.button("Put circumstances back", on_click=st.session_state.update, args=(usual,))
    return Settings(efforts, circumstances, block)


def _effort(lever: Lever, base: Scenario, prefix: str) -> int:
    help_text = lever.description
    if lever.fully:
        help_text += f" Full effort: {lever.fully}"
    if lever.hours_us or lever.hours_partner:
        help_text += (
            f" That is {lever.hours_us:g} hours a month for us and {lever.hours_partner:g} for the partner."
        )
    usual = plan.percent(plan.peak(lever, base))
    return _slider(lever.label, _key("lever", prefix, lever), usual, help_text)


def _around(context: Context, base: Scenario, prefix: str) -> int:
    help_text = context.description
    if context.not_yet and context.fully:
        help_text += f" At 0%: {context.not_yet} At 100%: {context.fully}"
    usual = plan.percent(plan.now(context, base))
    return _slider(context.label, _key("around", prefix, context), usual, help_text)


def _slider(label: str, key: str, usual: int, help_text: str) -> int:
    st.session_state.setdefault(key, usual)
    value: int = st.slider(
        md(label),
        0,
        100,
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
            step=1,
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


def _key(kind: str, prefix: str, node: Lever | Context) -> str:
    """Where a slider is remembered: apart for each copied scenario, so looking around loses nothing."""
    return f"{kind}:{prefix}:{node.id}"
