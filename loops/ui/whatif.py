"""What if: move levers, and see what follows for the things that matter."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.navigation.page import StreamlitPage

from loops.complaints import BadFile
from loops.files import parse_scenario
from loops.merge import fresh
from loops.narrate import both_ways
from loops.simulate import DidNotFinish
from loops.ui import choose, influence, look, why, workspace
from loops.ui.catalogue import NOTHING_NEW, Shelf
from loops.ui.engine import FIRST_WAIT, engine, getting_ready
from loops.ui.planning import (
    budget,
    calendar,
    curves,
    history,
    hitches,
    inboxes,
    levers,
    looking,
    opening,
    snapshots,
)
from loops.ui.planning.board import Board, add, choices, copy, lines, turn
from loops.ui.text import ASSUMPTIONS, md

_BOARD = "board"
"""The name of the part of the page that shows the board."""


def page() -> StreamlitPage:
    """The page as the navigation knows it."""
    return st.Page(show, title="What if", url_path="what-if", default=True)


def show() -> None:
    """Draw the page."""
    look.begin("What if?")
    workspace.current()
    if said := opening.take():
        st.warning(md(said))
    which, beside = st.columns([2.2, 1], vertical_alignment="bottom")
    with beside, st.container(horizontal=True, horizontal_alignment="right"):
        asked, files = st.popover("Why believe this?"), st.popover("Open a file")
    shelf = choose.model(which, files)
    if not history.refit(shelf):
        st.warning("The model’s file has changed, and the plan no longer fits it: the page begins again.")
    _files(shelf, files)
    with asked:
        why.card(shelf.model)
        st.page_link(why.page(), label="Read more: how we know, and what this cannot tell you")
    vision = f"What we work towards: “{shelf.model.vision}”" if shelf.model.vision else ""
    st.markdown(f"**{ASSUMPTIONS}** {md(f'{both_ways(shelf.model)} {vision}')}")
    if not engine().ready(FIRST_WAIT):
        getting_ready(
            "Getting the engine ready. This happens the first time only and takes about half a minute."
        )
    _page(shelf)
    workspace.bar()


def _files(shelf: Shelf, files: DeltaGenerator) -> None:
    """Open a plan from a file, and say what of the model's own scenarios is not here."""
    key = f"scenario_file:{shelf.key}"
    with files:
        choose.opener("A plan (.toml) for this model", key, lambda file, data: _take_plan(shelf, file, data))
    choose.complaint(key)
    for reason in shelf.left_out[:1]:
        more = f" ({len(shelf.left_out)} in all)" if len(shelf.left_out) > 1 else ""
        st.warning(md(f"A plan that belongs to this model does not fit it and is left out{more}. {reason}"))


def _take_plan(shelf: Shelf, name: str, data: bytes) -> None:
    """Keep and compare the plan in a file; raises :class:`BadFile` and changes nothing."""
    plan = parse_scenario(data, name, shelf.model)
    try:
        history.put(shelf, add(history.of(shelf).now, plan))
    except ValueError as problem:
        raise BadFile(name, "", str(problem)) from None


@st.fragment(key=_BOARD)
def _page(shelf: Shelf) -> None:
    """Everything that the board holds. What follows a dragged lever is a part of its own."""
    board = history.of(shelf).now
    left, right = st.columns([1, 2.6], gap="large")
    with left:
        levers.heading(shelf, board)
        _steps(shelf)
        with st.container(key="levers"):
            dials = st.container()
            levers.footing(shelf)
    with right:
        _tools(shelf, board)
        looking.choose(shelf, board)
        pictures = st.container(key="pictures")
    _live(shelf, dials, pictures)
    if engine().ready() and not engine().problem:
        with right:
            chosen = lines(board, shelf.model, shelf.scenarios)
            curves.behind(shelf, board, chosen)
            if soon := hitches.told(shelf.model, board.plan(shelf.model)):
                st.info(md(soon))
            calendar.show(shelf, board)
            budget.show(shelf, board, chosen)
            influence.fold(shelf, board.plan(shelf.model))


@st.fragment
def _live(shelf: Shelf, dials: DeltaGenerator, pictures: DeltaGenerator) -> None:
    """What is drawn again while a lever is dragged: few elements, for each costs more than the run itself."""
    board = history.of(shelf).now
    with dials:
        levers.show(shelf, board, partial(_moved, shelf))
    with pictures:
        if not engine().ready():
            st.caption("The curves appear here as soon as the engine is ready.")
        elif engine().problem:
            st.error(md(engine().problem))
        else:
            _picture(shelf, board)


def _picture(shelf: Shelf, board: Board) -> None:
    """Run the plans and draw them; a run that cannot be made is one message."""
    try:
        runs = curves.run(shelf, lines(board, shelf.model, shelf.scenarios))
    except (DidNotFinish, ValueError) as problem:
        st.error(md(f"These plans cannot be run: {problem}"))
        return
    (inboxes if board.diagram else curves).show(shelf, board, runs)


def _moved(shelf: Shelf, dials: Mapping[str, int], at_rest: bool) -> None:
    """Dials were moved: one step until the hand comes to rest, when all that is not live follows."""
    history.put(shelf, turn(history.of(shelf).now, shelf.model, dials), "dials")
    if at_rest:
        history.rest(shelf)
        st.rerun(_BOARD)


def _steps(shelf: Shelf) -> None:
    """Undo, redo and back to the copied plan."""
    steps, board = history.of(shelf), history.of(shelf).now
    every = choices(board, shelf.scenarios)
    again = copy(board, shelf.model, board.copied, every.get(board.copied, every[NOTHING_NEW]))
    with st.container(horizontal=True, key="steps"):
        st.button("Undo", key="undo", on_click=history.undo, args=(shelf,), disabled=not steps.past)
        st.button("Redo", key="redo", on_click=history.redo, args=(shelf,), disabled=not steps.future)
        st.button(
            "Start again",
            key="again",
            on_click=history.put,
            args=(shelf, again),
            disabled=again == board,
            help="Back to the plan that this one was copied from. “Undo” brings your changes back.",
        )


def _tools(shelf: Shelf, board: Board) -> None:
    """How the plan is seen, and what can be done with it as it is: keep it, send it, save it."""
    with st.container(horizontal=True, vertical_alignment="center", key="tools"):
        looking.picture(shelf)
        snapshots.button(shelf, board)
        opening.button(shelf, board)
        st.download_button(
            "Save as a file",
            data=lambda: fresh(board.plan(shelf.model)),
            file_name="your_plan.toml",
            mime="application/toml",
            on_click="ignore",
            help="It can be opened here again, or sent to somebody else.",
        )
