"""Work back from the goal: from what is to be there, and to stay, to the cheapest plan that gets there."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from loops.narrate import both_ways
from loops.ui import choose, influence, look
from loops.ui.backcasting import (
    asking,
    carrying,
    choosing,
    following,
    needing,
    planned,
    putting,
    saying,
    searching,
    telling,
)
from loops.ui.backcasting.asking import Goal
from loops.ui.engine import FIRST_WAIT, engine, getting_ready
from loops.ui.keeping.found import quick
from loops.ui.planning import history
from loops.ui.text import ASSUMPTIONS, md
from loops.utopia.found import Backcast

INVITATION = (
    "Say what is to be there and when. Many plans are tried, each in many versions of our assumptions, to "
    "find the cheapest that gets there in most of them."
)


def page() -> StreamlitPage:
    """The page as the navigation knows it."""
    return st.Page(show, title="Work back from the goal", url_path="goal")


def show() -> None:
    """Draw the page: the question as a sentence, the plan in words, and then what follows from it."""
    look.begin("Work back from the goal")
    look.room()
    shelf = choose.model(*choose.row())
    history.refit(shelf)
    st.markdown(f"**{ASSUMPTIONS}** {INVITATION} {md(both_ways(shelf.model))}")
    if not shelf.model.levers:
        st.info("Nothing that we could do is in this model yet. It can be added on “Change the diagram”.")
        return
    goal = asking.ask(shelf)
    if not engine().ready(FIRST_WAIT):
        getting_ready("Plans can be looked for when the engine is ready. The first time takes half a minute.")
        return
    if engine().problem:
        st.error(md(engine().problem))
        return
    now = st.button("Find plans", key="goal:find", type="primary")
    got = searching.found(goal, now=now)
    if got is None:
        _nothing_yet(goal)
        return
    _answer(goal, got)


def _nothing_yet(goal: Goal) -> None:
    """Nothing was looked for, or what was found is for an earlier version of the model: then that is said."""
    if (was := searching.earlier(goal)) is None:
        long = "about a minute" if quick(goal.shelf.model) else "some minutes, for this model is large"
        st.info(f"Press “Find plans”. It takes {long}. “Stop” keeps what is found by then.")
        return
    st.warning(
        "The model was changed since this plan was found: what stands here is for its earlier version. Press "
        "“Find plans” to look again."
    )
    _part(saying.headline(was, was.shown), [f"It takes {saying.takes(was.shown.cost)}."])
    planned.show(was.model, was, was.shown.plan)


def _answer(goal: Goal, got: Backcast) -> None:
    """The plan that is looked at, large and in words; which others there are; and what follows from it."""
    found = choosing.chosen(goal, got)
    telling.keep(goal, got, found)
    plan = found.plan.scenario(goal.shelf.model, title=asking.called(goal))
    if short := saying.cut_short(got):
        st.warning(short)
    _part(
        saying.headline(got, found),
        [
            f"It takes {saying.takes(found.cost)}. {saying.standing(got, found)}",
            f"{saying.reach(goal, found)} {saying.afterwards(goal, found)}",
            saying.unreached(got),
        ],
    )
    putting.buttons(goal, plan)
    st.subheader("Which plan?", anchor=False)
    choosing.show(goal, got)
    st.caption(md(f"{saying.searched(got)} {saying.left_out(got)}"))
    st.subheader("What is done when", anchor=False)
    planned.show(goal.shelf.model, got, found.plan)
    st.subheader("What follows from it", anchor=False)
    following.show(goal, plan)
    if found.plan.spells:
        st.subheader("What it hangs on", anchor=False)
        needing.worth(goal, got, found)
        if found.chance.held:
            needing.late(goal, found)
        st.subheader("Which loops carry it", anchor=False)
        carrying.show(goal.shelf, plan)
        influence.fold(goal.shelf, plan)


def _part(head: str, says: Sequence[str]) -> None:
    """A sentence to be read from the back of a room, and what belongs to it."""
    lines = "".join(f"<p>{escape(line)}</p>" for line in says if line)
    st.html(f'<div class="part reached"><h2>{escape(head)}</h2><div class="said">{lines}</div></div>')
