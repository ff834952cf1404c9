"""What if, from here: what would help this partner most, what we choose, what follows, and what we expect."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from loops.draw.scale import ASSUMPTIONS_IN_SHORT
from loops.journey.ahead import Option
from loops.journey.begin import RULE
from loops.narrate import on_day
from loops.ui import going
from loops.ui.engine import FIRST_WAIT, engine, getting_ready
from loops.ui.partnering import (
    ahead_asking,
    ahead_choice,
    ahead_follows,
    ahead_keeping,
    ahead_options,
    ahead_run,
    opened,
)
from loops.ui.partnering.ahead_asking import Ahead
from loops.ui.partnering.opened import Opened
from loops.ui.text import md

_NOT_RATED = "Nobody has said yet how far anything is here, so there is no “here” to begin from."
_WAIT = "What follows appears here as soon as the engine is ready. The first time takes half a minute."


def show(which: Opened) -> None:
    """Draw the part."""
    if not which.rated:
        st.info(_NOT_RATED)
        st.button("Rate it now", type="primary", on_click=opened.go, args=("rate",))
        return
    if not ready():
        return
    if not which.model.levers:
        st.info("Nothing that we could do is in this model yet. It can be added on “Change the diagram”.")
        st.button("Change the diagram", on_click=going.to, args=("change",))
        return
    st.markdown(md(here(which)))
    with st.expander("Where a run starts"):
        st.markdown(md(RULE))
    ahead = ahead_asking.ask(which)
    st.subheader("What would help", anchor=False)
    with st.spinner("Each thing is tried from here in many versions of our assumptions."):
        found = ahead_run.added(ahead)
    if found is None:
        st.caption(
            "Each thing is tried in many versions of our assumptions. In a large model that takes long."
        )
    else:
        ahead_options.show(ahead, found)
    _chosen(ahead, found or ())


def ready() -> bool:
    """Whether runs can be made; else say why not, and come back by itself."""
    if not engine().ready(FIRST_WAIT):
        getting_ready(_WAIT)
        return False
    if engine().problem:
        st.error(md(engine().problem))
        return False
    return True


def here(which: Opened) -> str:
    """From where it goes on, and how much of that somebody knows."""
    model, last = which.model, max(mark.day for mark in which.history.marks)
    every = len(model.variables) + len(model.contexts)
    known = len(which.standing.known)
    if not known:
        return "Nobody knows yet how far anything is, so all begins where the model begins."
    rest = " Where nobody knows, it is as in versions of our assumptions that look like this."
    return (
        f"From where they are: something is known of {known} of {every} boxes, the latest of {on_day(last)}."
        f"{rest if known < every else ''} {ASSUMPTIONS_IN_SHORT}"
    )


def _chosen(ahead: Ahead, options: Sequence[Option]) -> None:
    """What we do, what follows, and what is kept of it."""
    st.subheader("What we do", anchor=False)
    plan = ahead_choice.choose(ahead, options).plan(ahead_choice.TITLE)
    st.subheader("What follows", anchor=False)
    with st.spinner("The plan is run from here in many versions of our assumptions."):
        follows = ahead_run.follows(ahead, plan)
    if follows is not None:
        ahead_follows.show(ahead, follows, ahead.begin)
        ahead_keeping.show(ahead, follows)
