"""Stress test: whether our theory holds however our guesses vary, and where to look next."""

from __future__ import annotations

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from loops.draw import pressed
from loops.ensemble.ensemble import Ensemble
from loops.theory.stress import verdicts
from loops.ui import choose, look
from loops.ui.engine import FIRST_WAIT, engine, getting_ready
from loops.ui.keeping import choosing
from loops.ui.keeping.choosing import Question
from loops.ui.planning import history
from loops.ui.stressing import (
    apart,
    cards,
    ledger,
    lookout,
    own,
    pushed,
    ranking,
    report,
    theories,
    trying,
    unsigned,
    words,
)
from loops.ui.stressing.behind import Source
from loops.ui.stressing.trying import Test
from loops.ui.text import ASSUMPTIONS, md

INVITATION = (
    "Every strength is a guess. Here the same diagram is tried with many versions of our guesses, nearly "
    "right and far off, and what we think happens is looked for in each."
)

_BELOW = "stressing:below"
"""Whether it was asked for beside the plans: what is under way is then shown there."""


def page() -> StreamlitPage:
    """The page as the navigation knows it."""
    return st.Page(show, title="Stress test", url_path="stress")


def show() -> None:
    """Draw the page: what holds, the weakest first; two plans over all versions; where to look next."""
    look.begin("Does our theory hold?")
    look.room()
    shelf = choose.model(*choose.row())
    history.refit(shelf)
    st.markdown(f"**{ASSUMPTIONS}** {INVITATION} {md(pressed.unsigned(shelf.model))}")
    if not engine().ready(FIRST_WAIT):
        getting_ready(
            "Versions can be tried as soon as the engine is ready. That takes half a minute at first."
        )
        return
    if engine().problem:
        st.error(md(engine().problem))
        return
    versions, seed, now = trying.choose()
    holds, beside, spread = (st.container() for _ in range(3))
    with spread:
        st.subheader("Two plans over all the versions", anchor=False)
        question = choosing.ask(shelf)
    with holds:
        st.subheader("What we think happens", anchor=False)
        test = Test(shelf, own.claims(shelf), apart.plans(question), versions, seed)
    below = bool(st.session_state.pop(_BELOW, False))
    with spread if below else holds:
        found = trying.tried(test, now=now or below)
    with holds:
        _holds(test, found)
    with beside:
        ledger.show(shelf.model, test.claims)
    with spread:
        _spread(question, test, found)
    if found:
        lookout.show(test, _source(test, found))
        ranking.show(question, seed)
        unsigned.show(test, question, found)
    pushed.show(question, seed)
    theories.show(test)
    if found and found[0].done:
        report.show(test, question, found)


def _holds(test: Test, found: list[Ensemble]) -> None:
    """The cards of what has been tried, and a word where nothing has been, or not all."""
    if short := words.cut_short(found):
        st.warning(short)
    if not test.claims:
        return
    asked = [each for each in found if each.comparison.questions and each.done]
    if not asked:
        many = len(test.claims)
        what = (
            "One thing that we think happens is" if many == 1 else f"{many} things that we think happen are"
        )
        st.info(f"{what} to be tried: press “Try them”.")
        return
    cards.show(test, verdicts(test.claims, asked), _source(test, found))


def _spread(question: Question, test: Test, found: list[Ensemble]) -> None:
    """Two plans over the versions, if they have been tried."""
    shown = [each for each in found if each.scenarios and each.done]
    if not shown:
        st.info("These plans have not been tried together yet.")
        st.button("Try these plans", key="stressing:plans", on_click=_ask_below)
        return
    st.markdown(f"{shown[-1].done:,} versions were tried, with the seed {test.seed}.")
    apart.show(question, shown[-1])


def _ask_below() -> None:
    st.session_state[_BELOW] = True


def _source(test: Test, found: list[Ensemble]) -> Source | None:
    """The versions in which reasons are looked for: those at the middle width."""
    asked = (each for each in found if each.comparison.questions and each.width == "middle" and each.done)
    return next((Source(each, test.claims) for each in asked), None)
