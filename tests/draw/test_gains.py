"""The chart of what loops give back: who is drawn how, on which axis, and nothing that a name could break."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from loops.dominance.lead import Lead
from loops.draw.courses import Course, key, reach
from loops.draw.gains import figure
from loops.draw.palette import DARK, LIGHT
from loops.draw.push import TICKS, height

NASTY = ["<script>alert(1)</script>", "\"><img src=x onerror='alert(1)'>", "%{y} {name} $x$ <b>bold</b>"]
MONTHS = np.arange(25.0)


def course(name: str, gain: float, style: int | None = None, size: int = 25) -> Course:
    return Course(name[:3], name, np.linspace(gain / 2, gain, size), style)


def drawn(courses: list[Course], leads: tuple[Lead, ...] = (), **more: Any) -> Any:
    return figure(courses, leads, LIGHT, ends=reach(courses), **more)


@pytest.mark.parametrize("name", NASTY)
def test_names_are_escaped(name: str) -> None:
    courses = [Course(name, name, np.full(25, 0.3), 1)]
    made = drawn(courses, (Lead(0, 0.0, 24.0),))
    for line in made.data:
        assert "<" not in line.name
    assert not re.search(r"<(?!br>|extra>|/extra>)", made.data[0].hovertemplate)
    assert made.data[0].hovertemplate.count("%{") == 2
    assert all("<" not in words.text for words in made.layout.annotations)
    assert not re.search(r"<(?!/?(span|i|strong)\b)", key(courses, LIGHT))


def test_lines_that_matter_differ_in_colour_and_dash_and_the_rest_are_pale_and_below() -> None:
    made = drawn([course("pale", 0.1), *(course(f"one {k}", 0.2 + k / 10, k) for k in range(6))])
    pale, *coloured = made.data
    assert pale.line.color == LIGHT.muted
    assert pale.opacity < 1
    assert len({line.line.color for line in coloured}) == len({line.line.dash for line in coloured}) == 6


def test_the_leading_line_is_broad_while_it_leads() -> None:
    courses = [course("first", 0.2, 1), course("second", 0.6, 2)]
    made = drawn(courses, (Lead(0, 0.0, 10.0), Lead(1, 10.0, 24.0)))
    thin, broad = made.data[:2], made.data[2:]
    assert min(line.line.width for line in broad) > max(line.line.width for line in thin)
    assert [np.isfinite(line.y).sum() for line in broad] == [11, 15]
    assert np.isfinite(broad[0].y)[:11].all()


def test_the_strip_says_who_leads_where_there_is_room_and_every_change_has_its_line() -> None:
    courses = [course("R1x", 0.2, 1), course("R2x", 0.6, 2)]
    made = drawn(courses, (Lead(0, 0.0, 1.0), Lead(None, 1.0, 10.0), Lead(1, 10.0, 24.0)))
    blocks = [shape for shape in made.layout.shapes if shape.type == "rect"]
    assert [(block.x0 * 12, block.x1 * 12) for block in blocks] == [(0, 1), (1, 10), (10, 24)]
    assert [line.x0 * 12 for line in made.layout.shapes if line.type == "line"] == [1, 10]
    said = [words.text for words in made.layout.annotations if words.yref == "paper"]
    assert said == ["R2x leads"]  # the first holds too short, and in the second nobody leads


def test_charts_on_one_axis_hold_every_line() -> None:
    low, high = reach([course("brake", -0.4), course("snowball", 30.0)])
    assert low < -0.4
    assert high > float(height(np.array(30.0)))
    assert (
        reach([course("weak", 0.001)])[1] >= 0.1
    )  # what is next to nothing is not blown up to fill the chart


@pytest.mark.parametrize("gain", [0.001, 0.09, 0.4, 0.9, 3.0, 80.0, 1e4])
def test_the_axis_speaks_in_words_that_stand_apart(gain: float) -> None:
    made = drawn([course("one", gain, 1), course("brake", -gain / 3, 2)])
    marks = sorted(made.layout.yaxis.tickvals)
    low, high = made.layout.yaxis.range
    assert 0.0 in marks
    assert len(marks) >= 2
    assert (np.diff(marks) >= 0.09 * (high - low)).all()
    assert all(word.strip() in dict(TICKS).values() for word in made.layout.yaxis.ticktext)


@given(st.lists(st.floats(-1, 1), min_size=2, max_size=6))
def test_tags_at_the_ends_of_lines_never_overlap_and_keep_their_order(ends: list[float]) -> None:
    """A tag is 0.055 of the axis high. Least squares keep the mean: to 1e-9, far above six roundings."""
    courses = [Course(f"R{k}", f"R{k}", np.full(25, gain), k) for k, gain in enumerate(ends)]
    low, high = reach(courses)
    made = drawn(courses)
    tags = [words for words in made.layout.annotations if words.yref != "paper"]
    spots = [tag.y for tag in tags]
    assert (np.diff(spots) >= 0.055 * (high - low) - 1e-9).all()
    assert [ends[int(tag.text[1:])] for tag in tags] == sorted(ends)
    assert np.mean(spots) == pytest.approx(np.mean(ends), abs=1e-9)


def test_the_months_with_levers_on_are_a_bar_that_says_what_it_is() -> None:
    made = drawn([course("one", 0.3, 1)], spans=[(0.0, 12.0), (18.0, 24.0)])
    assert [(bar.x0, bar.x1) for bar in made.layout.shapes] == [(0, 1), (1.5, 2)]
    assert [words.text for words in made.layout.annotations].count("levers on") == 1


def test_the_key_shows_the_dashes_of_the_lines() -> None:
    words = key([course("solid", 0.3, 1), course("dashed", 0.3, 2), course("pale", 0.3)], DARK)
    assert words.count("repeating-linear-gradient") == 2
    assert DARK.curves[1] in words
    assert "pale" not in words
