"""Where it lasts: a map of two things that may be otherwise, made on request, with the plan as its dot."""

from __future__ import annotations

import numpy as np
import streamlit as st

from loops.draw.tipmap import KINDS, Axis, figure, kinds
from loops.equilibrium.along import parse
from loops.equilibrium.fate import Fate
from loops.equilibrium.tipmap import TippingMap, tipping_map
from loops.kernel import Floats, Ints
from loops.ui import look
from loops.ui.choose import one
from loops.ui.exports import Progress
from loops.ui.keeping import found, wording
from loops.ui.keeping.asked import asked
from loops.ui.keeping.choosing import Question
from loops.ui.planning.share import run_key
from loops.ui.text import csv_text, listed, md, table

_CONFIG = {"displayModeBar": False}
_COLUMNS, _ROWS = 7, 9


def show(question: Question) -> None:
    """Choose the two sides; draw the map when somebody asks for it."""
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
        said = sentence(got, *sides, plan.title)
        st.markdown(md(said))
        st.caption(
            "Striped: it fades. Coloured: it keeps going, and the deeper the colour the more of it is left. "
            "Dotted: it comes even if nobody does anything."
        )
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
        head, rows = _table(got, x, y)
        st.html(table(head, rows, caption=f"{y.label} (down) and {x.label} (across)", least=36))
        st.download_button(
            "Download the map as a table (CSV)",
            data=lambda: _csv(got, x, y),
            file_name="where-it-lasts-from-our-assumptions.csv",
            mime="text/csv",
            on_click="ignore",
        )


def sentence(got: TippingMap, x: Axis, y: Axis, title: str) -> str:
    """What becomes of it from left to right at the bottom, where the plan is and at the top; and the plan."""
    kind, rows = kinds(got), (0, got.ys.size - 1)
    own = (_nearest(got.ys, got.dot[1]), _nearest(got.xs, got.dot[0])) if got.dot else None
    heights = {row: float(got.ys[row]) for row in rows}
    if own and got.dot:
        heights[own[0]] = got.dot[1]
    said = [
        f"With “{y.label}” at {y.words(heights[row])} it {_along(kind[row], got.xs, x)}."
        for row in sorted(heights)
    ]
    if own:
        said.append(f"The dot, “{title}”, lies where it {KINDS[kind[own]]}.")
    if Fate.STILL_MOVES in got.fates:
        said.append(
            f"At {np.mean(got.fates == Fate.STILL_MOVES):.0%} of the places something still moved: "
            "they count as fading."
        )
    return " ".join(said)


def _nearest(values: Floats, at: float) -> int:
    return int(np.abs(values - at).argmin())


def _along(row: Ints, values: Floats, axis: Axis) -> str:
    """What becomes of it along one row of the map."""
    turns = np.flatnonzero(row[1:] != row[:-1])
    if not turns.size:
        return f"{KINDS[row[0]]} everywhere"
    if turns.size > 2:
        return "keeps going in some parts and not in others"
    first, *others = (axis.words(float(values[turn : turn + 2].mean())) for turn in turns)
    said = [f"{KINDS[row[0]]} up to about {first}"]
    said += [f"{KINDS[row[turns[1]]]} from there to about {at}" for at in others]
    return listed([*said, f"{KINDS[row[-1]]} from there on"])


def _table(got: TippingMap, x: Axis, y: Axis) -> tuple[list[str], list[list[str]]]:
    """Head and rows of a coarse copy of the map, its top row first."""
    kind = kinds(got)
    columns, rows = (
        np.unique(np.linspace(0, values.size - 1, most).round().astype(int))
        for values, most in ((got.xs, _COLUMNS), (got.ys, _ROWS))
    )
    head = ["", *(x.words(float(got.xs[column])) for column in columns)]
    return head, [
        [y.words(float(got.ys[row])), *(KINDS[kind[row, column]] for column in columns)] for row in rows[::-1]
    ]


def _csv(got: TippingMap, x: Axis, y: Axis) -> str:
    return csv_text(
        (x.label, y.label, "above nothing new in the end (0 to 1)", "so it"),
        (
            (f"{at_x:.4g}", f"{at_y:.4g}", f"{lead:.4f}", KINDS[one])
            for at_y, leads, row in zip(got.ys, got.levels - got.without, kinds(got), strict=True)
            for at_x, lead, one in zip(got.xs, leads, row, strict=True)
        ),
    )
