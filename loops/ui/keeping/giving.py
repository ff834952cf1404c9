"""What the system gives back: the curve, where it rests and where it tips, in words, a table and figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import streamlit as st

from loops.draw.returns import Given, Left, figure
from loops.draw.scale import figure as as_figure
from loops.draw.scale import in_words
from loops.equilibrium.returns import ReturnCurve
from loops.ui import look
from loops.ui.keeping import wording
from loops.ui.keeping.choosing import Question
from loops.ui.keeping.found import Answer
from loops.ui.keeping.resting import sentence
from loops.ui.text import csv_text, md, table

_CONFIG = {"displayModeBar": False}
_ROWS = 11
_READ = (
    "Above the dotted line the rest gives back more than is needed, and it grows by itself; below, it "
    "shrinks. Levers are off. A triangle shows where a plan leaves it when the work stops: the rest is then "
    "not yet where the curve has it, so the answer above counts and not the triangle."
)


def show(question: Question, answers: Sequence[Answer]) -> None:
    """Draw the curves of the plans, say what they say, and hold the figures behind them."""
    label, curves = question.label, _curves(answers)
    said = [sentence(label, one.curve) for one in curves]
    left = [
        Left(one.plan.title, one.left, 1 + place) for place, one in enumerate(answers) if one.left is not None
    ]
    words, picture = st.columns(wording.SHAPE, gap="large")
    with words:
        for one, says in zip(curves, said, strict=True):
            st.markdown(f"**{md(one.name)}**: {md(says)}" if len(curves) > 1 else md(says))
        st.caption(_READ)
    with picture:
        st.plotly_chart(
            figure(label, curves, left, look.palette()),
            key=f"returns:{question.shelf.key}",
            theme=None,
            config=_CONFIG,
            alt=f"What the rest would give back for each place “{label}” could be held at. {' '.join(said)}",
        )
        _behind(label, curves)


def _curves(answers: Sequence[Answer]) -> list[Given]:
    """A curve for each plan, or one where both are the same: it depends on circumstances, not on levers."""
    first, *others = (Given(one.plan.title, one.curve, 1 + place) for place, one in enumerate(answers))
    if others and all(np.array_equal(one.curve.below, first.curve.below) for one in others):
        return [replace(first, name="both plans")]
    return [first, *others]


def _behind(label: str, curves: Sequence[Given]) -> None:
    with st.expander("Table and figures"):
        for one in curves:
            st.html(table(_HEAD, _rows(one.curve), caption=f"{label}, {one.name}"))
        st.download_button(
            "Download the curve as a table (CSV)",
            data=lambda: _csv(label, curves),
            file_name="what-comes-back-from-our-assumptions.csv",
            mime="text/csv",
            on_click="ignore",
        )


_HEAD = ("Held at", "The rest gives back", "So it")


def _rows(curve: ReturnCurve) -> list[tuple[str, str, str]]:
    places = [round(k * (curve.held.size - 1) / (_ROWS - 1)) for k in range(_ROWS)]
    return [
        (
            f"{in_words(curve.held[k])} {as_figure(curve.held[k])}",
            f"{in_words(curve.below[k])} {as_figure(curve.below[k])}",
            "grows by itself" if curve.below[k] > curve.held[k] else "shrinks",
        )
        for k in places
    ]


def _csv(label: str, curves: Sequence[Given]) -> str:
    head = (
        "plan",
        f"{label} held at (0 not yet, 1 fully)",
        "the rest gives back, coming from nothing",
        "the rest gives back, coming from everything",
    )
    return csv_text(
        head,
        (
            (one.name, *(f"{value:.4f}" for value in row))
            for one in curves
            for row in zip(one.curve.held, one.curve.below, one.curve.above, strict=True)
        ),
    )
