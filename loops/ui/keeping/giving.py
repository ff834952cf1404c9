"""What the system gives back: the curve, where it rests and where it tips, in words, a table and figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import streamlit as st

from loops.draw.returns import Given, figure
from loops.draw.scale import figure as as_figure
from loops.draw.scale import in_words
from loops.equilibrium.returns import ReturnCurve
from loops.kernel import Floats
from loops.ui import look
from loops.ui.keeping import wording
from loops.ui.keeping.choosing import Question
from loops.ui.keeping.found import Answer
from loops.ui.keeping.resting import Say, beside, sentence
from loops.ui.text import csv_text, md, table

_CONFIG = {"displayModeBar": False}
_ROWS = 11
_JUST = 0.025
"""Less than this more or less than is needed is only just so: half a step of the figures."""
_READ = (
    "Above the dotted line everything else gives back more than is needed, and it grows by itself; below, it "
    "shrinks. Levers are off, and everything else is taken to have had time to settle. A plan that stops may "
    "not have brought everything else so far yet, or further: what becomes of it stands above."
)


def show(question: Question, answers: Sequence[Answer], say: Say) -> None:
    """Draw the curves of the plans, say what they say, and hold the figures behind them."""
    label, curves = question.label, _curves(answers)
    said = [sentence(label, one.curve, say) for one in curves]
    apart = [text for one in answers if (text := beside(one, say))]
    words, picture = st.columns(wording.SHAPE, gap="large")
    with words:
        for one, says in zip(curves, said, strict=True):
            st.markdown(f"**{md(one.name)}**: {md(says)}" if len(answers) > 1 else md(says))
        for text in apart:
            st.markdown(md(text))
        st.caption(_READ)
    with picture:
        st.plotly_chart(
            figure(label, curves, look.palette()),
            key=f"returns:{question.shelf.key}",
            theme=None,
            config=_CONFIG,
            alt=" ".join(
                [f"What everything else would give back wherever “{label}” were held.", *said, *apart]
            ),
        )
        _behind(label, curves)


def _curves(answers: Sequence[Answer]) -> list[Given]:
    """A curve for each plan, or one where both are the same: it depends on circumstances, not on levers."""
    first, *others = (Given(one.plan.title, one.curve, 1 + place) for place, one in enumerate(answers))
    if others and all(np.array_equal(one.curve.below, first.curve.below) for one in others):
        return [replace(first, name="Both plans")]
    return [first, *others]


def _behind(label: str, curves: Sequence[Given]) -> None:
    with st.expander("Table and figures"):
        for one in curves:
            st.html(table(*_table(one.curve), caption=f"{label}, {one.name}"))
        st.download_button(
            "Download the curve as a table (CSV)",
            data=lambda: _csv(label, curves),
            file_name="what-comes-back-from-our-assumptions.csv",
            mime="text/csv",
            on_click="ignore",
        )


def _table(curve: ReturnCurve) -> tuple[list[str], list[list[str]]]:
    """Head and rows, with two columns for each curve: there are two where they differ."""
    begun = [("", curve.below)]
    if not curve.agree:
        begun = [(", begun at not yet,", curve.below), (", begun at fully,", curve.above)]
    places = [round(k * (curve.held.size - 1) / (_ROWS - 1)) for k in range(_ROWS)]
    head = ["Held at"]
    for words, _ in begun:
        head += [f"Everything else{words} gives back", "So it"]
    rows = [
        [_level(curve.held[k]), *(cell for _, back in begun for cell in _given(curve.held, back, k))]
        for k in places
    ]
    return head, rows


def _level(level: float) -> str:
    return f"{in_words(level)} {as_figure(level)}"


def _given(held: Floats, back: Floats, place: int) -> tuple[str, str]:
    """What is given back, and what that means; "only just" where figures would not show a difference."""
    gap = back[place] - held[place]
    way = "grows by itself" if gap > 0 else "shrinks"
    return _level(back[place]), way if abs(gap) > _JUST else f"{way}, but only just"


def _csv(label: str, curves: Sequence[Given]) -> str:
    head = (
        "plan",
        f"{label} held at (0 not yet, 1 fully)",
        "everything else gives back, begun at not yet",
        "everything else gives back, begun at fully",
    )
    return csv_text(
        head,
        (
            (one.name, *(f"{value:.4f}" for value in row))
            for one in curves
            for row in zip(one.curve.held, one.curve.below, one.curve.above, strict=True)
        ),
    )
