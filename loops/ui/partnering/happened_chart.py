"""One box over the days: where it was expected in many versions, and what people said of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
import streamlit as st

from loops.draw import fans
from loops.draw import happened as drawn
from loops.draw.fans import Fan
from loops.draw.happened import Told
from loops.journey.happened import Against, Kept
from loops.journey.standing import standing
from loops.narrate import on_day
from loops.partners import UNKNOWN
from loops.partners.history import months_between
from loops.ui import choose, look
from loops.ui.partnering.opened import Opened
from loops.ui.stressing.apart import READ
from loops.ui.text import md, unique

_CONFIG = {"displayModeBar": False}


def show(which: Opened, kept: Kept, found: Sequence[Against]) -> None:
    """The chart of one box that somebody has rated since, in words first."""
    said = {each.box: each for each in found if each.happened is not None}
    labels = unique({box: which.model.nodes[box].label for box in said})
    box = choose.one("Look at one box", labels, which.key("happened:box"), _first(which, found))
    words = sentence(which, said[box])
    st.markdown(md(words))
    months = np.array(kept.months)
    told = marks(which, kept, box)
    low, middle, high = (np.array(line) for line in kept.boxes[box])
    band = Fan("What we expected", low, middle, high, 1)
    shown = drawn.over(fans.levels([band], months, look.palette()), told, look.palette())
    st.plotly_chart(
        drawn.dated(shown, kept.day, max(float(months[-1]), *(one.month for one in told))),
        key=which.key("happened:chart"),
        theme=None,
        config=_CONFIG,
        alt=f"“{labels[box]}”, expected and said. {words}",
    )
    st.caption(f"{READ} A bar: the range that the word covers which people said on that day.")


def marks(which: Opened, kept: Kept, box: str) -> list[Told]:
    """What was said of a box on each day from that on which the course begins: all roles of a day together.

    What it begins with was said on that day or before, and stands at the beginning.
    """
    mine = [mark for mark in which.history.marks if mark.on == box]
    before = max((mark.day for mark in mine if mark.day <= kept.day), default=kept.day)
    days = sorted({mark.day for mark in mine if mark.day > kept.day} | {before})
    told = (_told(which, kept, box, day) for day in days)
    return [one for one in told if one]


def _told(which: Opened, kept: Kept, box: str, day: date) -> Told | None:
    of_day = [mark for mark in which.history.marks if mark.on == box and mark.day == day]
    rated = standing(which.model, of_day).boxes.get(box)
    if rated is None or rated.word == UNKNOWN:
        return None
    month = max(0.0, months_between(kept.day, day))
    return Told(month, rated.low, rated.high, f"{rated.word}, {on_day(day)}")


def sentence(which: Opened, each: Against) -> str:
    """What was expected of a box on the day it was last rated, what was said then, and how these agree."""
    low, middle, high = each.words
    wanted = f"“{low}”" if low == high else f"between “{low}” and “{high}”, in the middle “{middle}”"
    when = f" on {on_day(each.day)}" if each.day else ""
    label = which.model.nodes[each.box].label
    return f"“{label}”{when}: we expected it {wanted}; people said “{each.happened}”. That is {each.verdict}."


def _first(which: Opened, found: Sequence[Against]) -> str:
    """The box to begin with: one that went otherwise, an outcome, or whichever was rated."""
    said = [each for each in found if each.happened is not None]
    otherwise = [each.box for each in said if each.verdict != "as expected"]
    outcomes = [each.box for each in said if each.box in which.model.headlines]
    return (*otherwise, *outcomes, *(each.box for each in said))[0]
