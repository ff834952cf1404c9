"""Will it last? Whether a change keeps going when the work stops, and how far it is from tipping."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from html import escape

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from loops.ui import choose, look
from loops.ui.engine import FIRST_WAIT, engine, getting_ready
from loops.ui.keeping import choosing, field, found, giving, howlong, verdict, where
from loops.ui.keeping.asked import asked
from loops.ui.keeping.choosing import Question
from loops.ui.keeping.found import Answer
from loops.ui.planning import history
from loops.ui.text import ASSUMPTIONS, md


def page() -> StreamlitPage:
    """The page as the navigation knows it."""
    return st.Page(show, title="Will it last?", url_path="last")


def show() -> None:
    """Draw the page: the answer first, then why, how far it is from tipping, and where it lasts."""
    look.begin("Will it last?")
    look.room()
    which, files = choose.row()
    shelf = choose.model(which, files)
    if not history.refit(shelf):
        st.warning("The model’s file has changed, and your plan no longer fits it: it begins again.")
    question = choosing.ask(shelf)
    st.markdown(f"**{ASSUMPTIONS}**")
    if not engine().ready(FIRST_WAIT):
        getting_ready(
            "The answer appears as soon as the engine is ready. The first time takes half a minute."
        )
        return
    if engine().problem:
        st.error(md(engine().problem))
        return
    answers = _work_out(question)
    if answers:
        _answers(question, answers)
        _more(question, answers)


def _work_out(question: Question) -> list[Answer] | None:
    """The answers: of a large model once somebody has asked for them."""
    model, quick = question.shelf.model, found.quick(question.shelf.model)
    of = " ".join(
        [question.outcome, *(f"{plan.title} {found.named(model, plan)}" for plan in question.plans)]
    )
    make = partial(found.answers, question)
    answers = asked("Work it out", key="answers", of=of, make=make, at_once=quick)
    if answers is None and not quick:
        st.caption(f"This model is large ({len(model.variables)} boxes that change): it may take a minute.")
    return answers


def _answers(question: Question, answers: Sequence[Answer]) -> None:
    """The answer for each plan, large, with why."""
    for place, answer in zip(st.columns(len(answers)), answers, strict=True):
        headline = verdict.HEADLINES[answer.fate.fate]
        why = verdict.why(question.label, answer.fate, answer.left)
        place.html(
            f'<div class="part"><p>{escape(answer.plan.title)}</p><h2>{escape(headline)}</h2></div>'
            f'<div class="said"><p>{escape(why)}</p></div>'
        )


def _more(question: Question, answers: Sequence[Answer]) -> None:
    """Why, how far from tipping, and where: each a part of its own."""
    st.subheader("What the system gives back", anchor=False)
    giving.show(question, answers)
    if len(answers) > 1:
        st.caption(f"What follows is about “{md(question.plan.title)}” alone.")
    st.subheader("How far is it from tipping?", anchor=False)
    howlong.show(question)
    st.subheader("Where does it last?", anchor=False)
    where.show(question)
    field.show(question)
