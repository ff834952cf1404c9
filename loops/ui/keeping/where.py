"""Where it lasts: a map of two things that may be otherwise, made on request, with the plan as its dot."""

from __future__ import annotations

import numpy as np
import streamlit as st

from loops.draw.fates import MARKS
from loops.draw.tipmap import Axis, figure
from loops.equilibrium.along import parse
from loops.equilibrium.fate import LAST, Fate
from loops.equilibrium.legacy import Fates, lasts
from loops.equilibrium.tipmap import TippingMap, tipping_map
from loops.kernel import Floats
from loops.ui import look
from loops.ui.asked import asked
from loops.ui.choose import one
from loops.ui.exports import Progress
from loops.ui.keeping import found, wording
from loops.ui.keeping.choosing import Question
from loops.ui.planning.share import run_key
from loops.ui.text import csv_text, listed, md, table

_CONFIG = {"displayModeBar": False}
_COLUMNS, _ROWS = 7, 9


def show(question: Question, fate: Fate) -> None:
    """Choose the two sides; draw the map when somebody asks for it. `fate` is that of the plan itself."""
    model, plan = question.shelf.model, question.plan
    every = wording.ways(model, plan)
    if not every:
        st.markdown("No lever is on in this plan, so there is nothing that it could leave behind.")
        return
    words, picture = st.columns(wording.SHAPE, gap="large")
    with words:
        x = one("From left to right", every, f"keeping:x:{question.shelf.key}", next(iter(every)))
        others = wording.ways(model, plan, ended=x == wording.LENGTH)
        others.pop(x)
        y = one("From bottom to top", others, f"keeping:y:{question.shelf.key}", _around(others))
        got = _map(question, x, y)
        if got is None:
            st.caption("Some thousand runs are made for it. It takes about ten seconds.")
            return
        sides = wording.axis(model, got.x), wording.axis(model, got.y)
        said = f"{sentence(got, *sides)} {_dot(got, plan.title, fate)}".strip()
        st.markdown(md(said))
        st.caption(_key(got))
    with picture:
        _draw(question, got, sides, said)


def _map(question: Question, x: str, y: str) -> TippingMap | None:
    """The map, once somebody has asked for it."""
    model, plan = question.shelf.model, question.plan

    def make(progress: Progress) -> TippingMap:
        sides = parse(x, model), parse(y, model)
        return tipping_map(model, plan, *sides, outcome=question.outcome, seed=found.SEED, progress=progress)

    of = f"{run_key(model, plan)} {question.outcome} {x} {y}"
    return asked("Draw the map", key="map", of=of, make=make)


def _around(every: dict[str, str]) -> str:
    """The first circumstance, or whatever there is."""
    return next((key for key in every if key.startswith("context:")), next(iter(every)))


def _draw(question: Question, got: TippingMap, sides: tuple[Axis, Axis], said: str) -> None:
    """The map, and the table behind it."""
    x, y = sides
    st.plotly_chart(
        figure(got, x, y, look.palette(), plan=question.plan.title),
        key=f"map:{question.shelf.key}",
        theme=None,
        config=_CONFIG,
        alt=f"A map. From left to right: {x.label}. From bottom to top: {y.label}. {said}",
    )
    with st.expander("Table and figures"):
        head, rows = _table(got)
        st.html(table(head, rows, caption=f"{y.label} (down) and {x.label} (across)", least=36))
        st.download_button(
            "Download the map as a table (CSV)",
            data=lambda: _csv(got, x, y),
            file_name="where-it-lasts-from-our-assumptions.csv",
            mime="text/csv",
            on_click="ignore",
        )


def sentence(got: TippingMap, x: Axis, y: Axis) -> str:
    """What becomes of it from left to right: at the bottom, where the plan is, and at the top."""
    heights = {row: float(got.ys[row]) for row in (0, got.ys.size - 1)}
    if got.dot:
        heights[int(np.abs(got.ys - got.dot[1]).argmin())] = got.dot[1]
    said = [
        f"With “{y.label}” at {y.words(heights[row])} it {_along(got.fates[row], got.xs, x)}."
        for row in sorted(heights)
    ]
    if Fate.STILL_MOVES in got.fates:
        share = np.mean(got.fates == Fate.STILL_MOVES)
        said.append(f"At {share:.0%} of the places something still moved even after centuries.")
    return " ".join(said)


def _dot(got: TippingMap, title: str, fate: Fate) -> str:
    """Where the plan itself lies; a place of the map is only near to it, so its own fate is said."""
    return f"The dot, “{title}”, lies where it {MARKS[fate].words}." if got.dot and fate in MARKS else ""


def _key(got: TippingMap) -> str:
    """What the patterns on this map mean."""
    said = [f"{mark.drawn}: it {mark.words}" for fate, mark in MARKS.items() if fate in got.fates]
    deeper = " The deeper the colour, the more of it there is in the end." if lasts(got.fates).any() else ""
    return f"{'. '.join(said)}.{deeper}"


def _along(row: Fates, values: Floats, axis: Axis) -> str:
    """What becomes of it along one row of the map; a value from which on it lasts is not rounded down."""
    turns = np.flatnonzero(row[1:] != row[:-1])
    words = [MARKS[row[0]].words, *(MARKS[row[turn + 1]].words for turn in turns)]
    if not turns.size:
        return f"{words[0]} everywhere"
    if turns.size > 2:
        return "keeps going in some parts and not in others"
    first, *others = (axis.words(float(values[turn + (row[turn + 1] in LAST)])) for turn in turns)
    said = [f"{words[0]} up to about {first}", *(f"{words[1]} from there to about {at}" for at in others)]
    return listed([*said, f"{words[-1]} from there on"])


def _table(got: TippingMap) -> tuple[list[str], list[list[str]]]:
    """Head and rows of a coarse copy of the map, its top row first."""
    columns, rows = (
        np.unique(np.linspace(0, values.size - 1, most).round().astype(int))
        for values, most in ((got.xs, _COLUMNS), (got.ys, _ROWS))
    )
    across, up = wording.amount(got.x), wording.amount(got.y)
    head = ["", *(across(float(got.xs[column])) for column in columns)]
    return head, [
        [up(float(got.ys[row])), *(MARKS[got.fates[row, column]].words for column in columns)]
        for row in rows[::-1]
    ]


def _csv(got: TippingMap, x: Axis, y: Axis) -> str:
    head = (x.title, y.title, "in the end (0 to 1)", "if nothing new is done (0 to 1)", "so it")
    return csv_text(
        head,
        (
            (
                f"{at_x:.4g}",
                f"{at_y:.4g}",
                f"{got.levels[row, column]:.4f}",
                f"{got.without[row, column]:.4f}",
                MARKS[got.fates[row, column]].words,
            )
            for row, at_y in enumerate(got.ys)
            for column, at_x in enumerate(got.xs)
        ),
    )
