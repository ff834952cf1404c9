"""Loops: which loop is winning, and when the lead changes."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from loops.narrate import both_ways
from loops.scenario import Scenario
from loops.simulate import DidNotFinish
from loops.ui import catalogue, choose, lasting, look
from loops.ui.asked import asked
from loops.ui.catalogue import Shelf
from loops.ui.driving import driven, explained, lead, listing, picture, plans
from loops.ui.driving.driven import Driven, Names
from loops.ui.engine import FIRST_WAIT, engine, getting_ready
from loops.ui.planning import history
from loops.ui.planning.share import run_key
from loops.ui.text import ASSUMPTIONS, md

INVITATION = (
    "A loop brings a change back to where it began. Which one gives back most, and so drives what happens, "
    "changes over the years."
)


def page() -> StreamlitPage:
    """The page as the navigation knows it."""
    return st.Page(show, title="Loops", url_path="loops")


def show() -> None:
    """Draw the page."""
    look.begin("Which loop leads?")
    shelf = choose.model(*choose.row())
    history.refit(shelf)
    st.markdown(f"**{ASSUMPTIONS}** {INVITATION} {md(both_ways(shelf.model))}")
    found = every = catalogue.found_in(shelf)
    if not every.loops:
        st.info(listing.said(every))
        return
    chosen = plans.choose(shelf)
    runs = _run(shelf, chosen)
    if runs:
        found = runs[0].found
        names = Names.of(found.loops)
        contest = lead.compared(shelf, runs)
        lead.show(shelf, runs, contest, names)
        lead.behind(runs, contest, names)
        st.page_link(lasting.page(), label="Will it last? What becomes of this when the work stops")
        explained.show(shelf, chosen, {found.loops[k].id: place for k, place in contest.styles.items()})
    st.subheader("Every loop", anchor=False)
    st.markdown(listing.said(found, strongest=found is not every))
    names = Names.of(found.loops)
    listed = listing.show(shelf, found, names, runs[0] if runs else None)
    picture.show(shelf, found, names, listed, ran=bool(runs))


def _run(shelf: Shelf, chosen: Sequence[Scenario]) -> list[Driven]:
    """The plans as they ran: none, and one message, where they cannot be run."""
    if not engine().ready(FIRST_WAIT):
        getting_ready("Who leads is shown when the engine is ready. The first time takes half a minute.")
    elif engine().problem:
        st.error(md(engine().problem))
    if not engine().ready() or engine().problem:
        return []
    if not (driven.quick(shelf) or _worked_out(shelf, chosen)):
        return []
    try:
        with st.spinner("Running the plans and weighing their loops"):
            return driven.run(shelf, chosen)
    except (DidNotFinish, ValueError) as problem:
        st.error(md(f"These plans cannot be run: {problem}"))
        return []


def _worked_out(shelf: Shelf, chosen: Sequence[Scenario]) -> bool:
    """Whether the strongest of too many loops have been looked for, since somebody asked for it."""
    of = " ".join(run_key(shelf.model, plan) for plan in chosen)
    make = partial(driven.work_out, shelf, chosen)
    done = asked("Find the strongest loops", key="leading", of=of, make=make)
    if done is None:
        st.caption("There are more loops here than can be listed. Finding the strongest takes some seconds.")
    return bool(done)
