from __future__ import annotations

import re

import numpy as np
import pytest

from loops.draw.charts import Line
from loops.draw.large import figure
from loops.draw.palette import DASHES, LIGHT, STROKES

NASTY = ["<script>alert(1)</script>", "\"><img src=x onerror='alert(1)'>", "%{y} {name} $x$ <b>bold</b>"]


def lines(label: str, count: int) -> list[Line]:
    return [Line(label, np.linspace(0, 1, 25), ((0.0, 12.0),), place) for place in range(count)]


@pytest.mark.parametrize("label", NASTY)
def test_labels_are_escaped(label: str) -> None:
    drawn = figure(label, lines(label, 2), LIGHT)
    assert not re.search(r"<(?!br>|extra>|/extra>)", drawn.data[0].hovertemplate)
    assert drawn.data[0].hovertemplate.count("%{") == 2
    assert "<" not in drawn.data[0].name
    assert "<" not in drawn.layout.title.text


def test_curves_differ_in_colour_and_in_dash() -> None:
    drawn = figure("x", lines("x", 6), LIGHT)
    assert len({curve.line.color for curve in drawn.data}) == 6
    assert len({curve.line.dash for curve in drawn.data}) == 6
    assert set(DASHES) == set(STROKES)


def test_every_plan_with_levers_on_has_its_bar_below_the_curves() -> None:
    quiet = Line("quiet", np.zeros(25), (), 0)
    drawn = figure("x", [quiet, *lines("x", 2)], LIGHT)
    assert [(bar.x0, bar.x1) for bar in drawn.layout.shapes] == [(0, 1), (0, 1)]
    assert all(drawn.layout.yaxis.range[0] <= bar.y0 < bar.y1 < 0 for bar in drawn.layout.shapes)


def test_the_axis_speaks_in_words_and_figures_are_extra() -> None:
    words = figure("x", lines("x", 1), LIGHT).layout.yaxis.ticktext
    assert words == ("not yet", "a little", "partly", "mostly", "fully")
    assert figure("x", lines("x", 1), LIGHT, figures=True).layout.yaxis.ticktext[2] == "partly 0.50"
