"""What we do with a partner from now on: chosen among all that can be done, with the hours it takes."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from loops.journey.ahead import Option
from loops.journey.doing import Doing
from loops.model import Lever
from loops.narrate import in_hours, listed, years
from loops.ui.partnering.ahead_asking import Ahead
from loops.ui.partnering.opened import Opened
from loops.ui.text import md, unique

TITLE = "What we do"


def choose(ahead: Ahead, options: Sequence[Option]) -> Doing:
    """Show what can be done, what it takes, and a way to choose what adds most; return what is chosen."""
    which, key = ahead.which, _key(ahead.which)
    st.session_state[key] = list(chosen(which).levers)  # without those that the model has no more
    labels = unique({lever.id: f"{lever.label} · {_hours(lever)}" for lever in which.model.levers})
    taken = st.pills(
        "Choose what we do from now on, with the hours a month it takes: ours + theirs",
        list(labels),
        selection_mode="multi",
        format_func=lambda lever: md(labels[lever]),
        key=key,
        wrap=True,
        persist_state="session",
    )
    best = next((option.doing for option in options if option.gain), None)
    with st.container(horizontal=True):
        if best and set(best.levers) != set(taken):
            st.button("Choose what adds most", key="ahead:best", on_click=_put, args=(key, list(best.levers)))
        if taken:
            st.button("Choose nothing", key="ahead:none", on_click=_put, args=(key, []))
    doing = Doing.of(which.model, taken)
    st.markdown(md(takes(ahead, doing)))
    return doing


def chosen(which: Opened) -> Doing:
    """What is chosen for a partner: at first what is done with it already and goes on."""
    here = {lever.id for lever in which.model.levers}
    taken = st.session_state.get(_key(which), going_on(which))
    return Doing.of(which.model, [lever for lever in taken if lever in here])


def going_on(which: Opened) -> list[str]:
    """The levers that are done with the partner already and have not ended, in the model's order."""
    on = {deed.lever for deed in which.history.deeds if deed.until is None}
    return [lever.id for lever in which.model.levers if lever.id in on]


def takes(ahead: Ahead, doing: Doing) -> str:
    """What is done along with what is chosen, what it takes of the hours there are, and when it begins."""
    if not doing.levers:
        return "Nothing is chosen: what follows is what happens if nothing new is done."
    nodes = doing.model.nodes
    said = []
    if doing.needs:
        said.append(f"This needs {listed([f'“{nodes[need].label}”' for need in doing.needs])}, too.")
    ours = _side("ours", doing.hours_us, ahead.us)
    theirs = _side("theirs", doing.hours_partner, ahead.partner)
    said.append(f"It takes {ours}; and {theirs}.")
    if doing.pounds:
        said.append(f"It costs £{doing.pounds:,.0f} in all.")
    if doing.begins:
        said.append(f"All of it is under way after {years(doing.begins)}.")
    return " ".join(said)


def _side(whose: str, takes: float, there: float | None) -> str:
    """The hours of one side beside those that there are."""
    asked = f"{in_hours(takes)} a month of {whose}"
    if there is None:
        return asked
    if takes <= there + 1e-6:  # a millionth is the sum's rounding
        return f"{asked}, within the {there:g} that there {'is' if there == 1 else 'are'}"
    return f"{asked}, {takes - there:g} more than the {there:g} that there {'is' if there == 1 else 'are'}"


def _hours(lever: Lever) -> str:
    return f"{lever.hours_us:g} + {lever.hours_partner:g}"


def _key(which: Opened) -> str:
    return which.key(f"ahead:do:{which.shelf.key}")


def _put(key: str, levers: list[str]) -> None:
    st.session_state[key] = levers
