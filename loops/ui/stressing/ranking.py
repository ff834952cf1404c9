"""Which levers a plan hangs on, over many versions: alone, and left out. For the evaluator."""

from __future__ import annotations

from functools import partial

import streamlit as st

from loops.compare import last_stop, never_stops
from loops.draw.scale import years
from loops.ensemble.comparison import Question as Asked
from loops.model import Model
from loops.scenario import Scenario
from loops.theory.levers import Band, LeverRanking, lever_ranking
from loops.ui.asked import asked
from loops.ui.exports import Progress
from loops.ui.keeping.choosing import Question
from loops.ui.planning import difference
from loops.ui.planning.share import run_key
from loops.ui.text import csv_text, md, table
from loops.worlds import Worlds

_HEAD = ("Lever", "Without it, all else done", "On its own")


def show(question: Question, seed: int) -> None:
    """The levers of the first plan by what the box loses without each, once somebody has asked."""
    model, plan = question.shelf.model, question.plan
    st.subheader("Which levers it hangs on", anchor=False)
    if not plan.levers:
        st.markdown(f"No lever is moved under “{md(plan.title)}”. Choose another plan above.")
        return
    until = month(model, plan)
    got = asked(
        "Rank the levers",
        key=f"levers:{question.shelf.key}",
        of=f"{run_key(model, plan)} {question.outcome} {seed}",
        make=partial(_rank, question, until, seed),
    )
    if got is None:
        st.caption(
            f"For those who evaluate: the levers of “{md(plan.title)}” by what “{md(question.label)}” has of "
            f"each after {years(until)}. It takes some seconds."
        )
        return
    st.markdown(md(sentence(got, question)))
    _table(got, question)


def month(model: Model, plan: Scenario) -> float:
    """When the last lever stops, or the end of the time shown."""
    stop = last_stop(model, plan)
    if never_stops(model, plan) or not 0 < stop <= model.horizon:
        return float(model.horizon)
    return float(stop)


def _rank(question: Question, until: float, seed: int, progress: Progress) -> LeverRanking:
    model = question.shelf.model
    worlds = Worlds.of([model], width="middle", seed=seed)
    return lever_ranking(
        model,
        Asked(question.plan, None, question.outcome, until),
        worlds=worlds,
        progress=lambda share, words: progress(share, f"Levers are left out: {share:.0%} is done"),
    )


def sentence(got: LeverRanking, question: Question) -> str:
    """Which lever is missed most, and by how much."""
    nodes = question.shelf.model.nodes
    first = got.levers[0]
    when = f"after {years(got.month)}, in the middle of {got.worlds:,} versions"
    if difference.beside(first.missed.middle, 0.0) == "about the same":
        return (
            f"No single lever is missed {when}: without any one of them “{question.label}” is about the same."
        )
    return (
        f"“{nodes[first.lever].label}” is missed most: without it “{question.label}” is "
        f"{difference.beside(0.0, first.missed.middle)} {when}."
    )


def _table(got: LeverRanking, question: Question) -> None:
    nodes = question.shelf.model.nodes
    rows = [
        (
            nodes[each.lever].label,
            f"{difference.beside(0.0, each.missed.middle)} ({_range(each.missed, -1)})",
            f"{difference.beside(each.alone.middle, 0.0)} ({_range(each.alone, 1)})",
        )
        for each in got.levers
    ]
    about = f"“{question.label}” after {years(got.month)} under “{question.plan.title}”, in 8 of 10 versions"
    st.html(table(_HEAD, rows, caption=about, least=40))
    st.download_button(
        "Download the levers as a table (CSV)",
        data=lambda: csv_text(
            ("lever", *(f"{what}: {q}" for what in ("missed", "alone") for q in ("10%", "50%", "90%"))),
            (
                (
                    nodes[each.lever].label,
                    *(
                        f"{v:.4f}"
                        for band in (each.missed, each.alone)
                        for v in (band.low, band.middle, band.high)
                    ),
                )
                for each in got.levers
            ),
        ),
        file_name="which-levers-from-our-assumptions.csv",
        mime="text/csv",
        on_click="ignore",
        key="stressing:levers:csv",
    )


def _range(band: Band, way: int) -> str:
    """From where to where it is, as figures; the other way round for what is missed."""
    low, high = sorted((way * band.low, way * band.high))
    return f"{difference.figure(low)} to {difference.figure(high)}"
