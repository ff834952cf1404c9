"""Will it last? Whether a change keeps going when the work stops, and how far it is from tipping."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from html import escape

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from loops.narrate import both_ways
from loops.ui import choose, look
from loops.ui.asked import asked
from loops.ui.engine import FIRST_WAIT, engine, getting_ready
from loops.ui.keeping import choosing, field, found, giving, howlong, resting, verdict, where
from loops.ui.keeping.choosing import Question
from loops.ui.keeping.found import Answer
from loops.ui.keeping.resting import Say
from loops.ui.planning import history
from loops.ui.planning.share import run_key
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
    st.markdown(f"**{ASSUMPTIONS}** {md(both_ways(shelf.model))}")
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
        say = resting.telling(level for answer in answers for level in verdict.levels(answer))
        _answers(question, answers, say)
        _more(question, answers, say)


def _work_out(question: Question) -> list[Answer] | None:
    """The answers: of a large model once somebody has asked for them."""
    model, quick = question.shelf.model, found.quick(question.shelf.model)
    of = " ".join([question.outcome, *(f"{plan.title} {run_key(model, plan)}" for plan in question.plans)])
    make = partial(found.answers, question)
    answers = asked("Work it out", key="answers", of=of, make=make, at_once=quick)
    if answers is None and not quick:
        boxes, arrows = len(model.variables), len(model.links)
        st.caption(f"This model is large ({boxes} boxes that change, {arrows} arrows): it may take minutes.")
    return answers


def _answers(question: Question, answers: Sequence[Answer], say: Say) -> None:
    """The answer for each plan, large, with why: line by line side by side, so that lines stand level."""
    parts = []
    for answer in answers:
        why = [verdict.versions(answer), verdict.why(question.label, answer, say)]
        said = "".join(f"<p>{escape(text)}</p>" for text in why if text)
        parts += [
            f"<p>{escape(answer.plan.title)}</p>",
            f"<h2>{escape(verdict.headline(answer))}</h2>",
            f'<div class="said">{said}</div>',
        ]
    st.html(f'<div class="part answers">{"".join(parts)}</div>')


def _more(question: Question, answers: Sequence[Answer], say: Say) -> None:
    """Why, how far from tipping, and where: each a part of its own."""
    st.subheader("What the system gives back", anchor=False)
    giving.show(question, answers, say)
    st.subheader("How far is it from tipping?", anchor=False)
    if len(answers) > 1:
        st.markdown(f"**What follows is about “{md(question.plan.title)}” alone.**")
    if answers[0].lowers:
        st.markdown(
            f"This plan brings “{md(question.label)}” down. How far it is from tipping is judged by boxes "
            f"that are meant to grow: choose one of these under “{choosing.BOX}”{_such_as(question)}."
        )
    else:
        howlong.show(question)
        st.subheader("Where does it last?", anchor=False)
        where.show(question, answers[0].fate.fate)
    field.show(question)


def _such_as(question: Question) -> str:
    model = question.shelf.model
    usual = model.nodes[model.headlines[0]]
    return "" if usual.id == question.outcome else f", such as “{md(usual.short or usual.label)}”"
