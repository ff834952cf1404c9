from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest

from loops.draw.palette import DARK, LIGHT
from loops.draw.returns import Given, figure, short
from loops.equilibrium.returns import Crossing, ReturnCurve

HELD = np.linspace(0, 1, 21)
BACK = 0.05 + 0.6 * HELD**3 / (0.3**3 + HELD**3)
CROSSINGS = (Crossing(0.06, True, "both"), Crossing(0.2, False, "both"), Crossing(0.6, True, "both"))
NASTY = ["<script>alert(1)</script>", "\"><img src=x onerror='alert(1)'>", "%{y} {name} $x$ <b>bold</b>"]


def given(name: str = "Your plan", *, above: Any = None, place: int = 1) -> Given:
    other = BACK if above is None else above
    curve = ReturnCurve("buy_in", HELD, BACK, other, CROSSINGS, agree=above is None, settled=True)
    return Given(name, curve, place)


def named(drawn: Any) -> dict[str, Any]:
    return {trace.name: trace for trace in drawn.data if trace.name}


@pytest.mark.parametrize("name", NASTY)
def test_names_are_escaped(name: str) -> None:
    drawn = figure(name, [given(name)], LIGHT)
    for trace in drawn.data:
        for said in np.atleast_1d(
            np.array([trace.name or "", trace.hovertemplate or ""], dtype=object)
        ).ravel():
            for text in [said] if isinstance(said, str) else said:
                assert not re.search(r"<(?!br>|extra>|/extra>)", text)
                assert not re.search(r"%\{(?!text\})", text)
    assert "<" not in drawn.layout.xaxis.title.text


def test_a_crossing_is_filled_where_it_rests_and_open_where_it_tips() -> None:
    marks = named(figure("Buy-in", [given()], LIGHT))
    rests, tips = marks["Your plan: a place of rest"], marks["Your plan: where it tips"]
    assert list(rests.x) == list(rests.y) == [0.06, 0.6]
    assert list(tips.x) == [0.2]
    assert rests.marker.color == rests.marker.line.color == tips.marker.line.color
    assert tips.marker.color == LIGHT.paper
    assert set(rests.text) == {"rests"}
    assert set(tips.text) == {"tips"}


def test_where_nobody_can_say_whether_it_rests_there_is_a_mark_of_its_own() -> None:
    curve = ReturnCurve("x", HELD, BACK, BACK, (Crossing(0.5, None, "both"),), agree=True, settled=True)
    marks = named(figure("Buy-in", [Given("Plan", curve, 1)], LIGHT))
    assert list(marks["Plan: stands still"].text) == ["stands still"]


def test_one_curve_where_both_sides_agree_and_two_where_they_do_not() -> None:
    assert "Your plan" in named(figure("x", [given()], LIGHT))
    apart = named(figure("x", [given(above=BACK + 0.1)], LIGHT))
    below, above = apart["Your plan, all else begun at not yet"], apart["Your plan, all else begun at fully"]
    np.testing.assert_allclose(above.y, BACK + 0.1)
    np.testing.assert_allclose(below.y, BACK)
    assert below.line.dash != above.line.dash


def test_two_plans_differ_in_colour_and_in_dash() -> None:
    drawn = named(figure("x", [given(), given("Other", place=2)], DARK))
    assert drawn["Your plan"].line.color != drawn["Other"].line.color
    assert drawn["Your plan"].line.dash != drawn["Other"].line.dash


def boxes_apart(one: Any, x: Any, y: Any) -> bool:
    """Whether words of a phone's size, .36 by .07 of the picture, hold none of the points."""
    return bool(((np.abs(one.ax - np.asarray(x)) > 0.18) | (np.abs(one.ay - np.asarray(y)) > 0.035)).all())


@pytest.mark.parametrize("above", [None, BACK + 0.2])
def test_the_ground_says_on_which_side_it_grows_and_covers_nothing(above: Any) -> None:
    """A line leads from the words to the widest gap; curves, diagonal, marks and words keep apart."""
    drawn = figure("x", [given(above=above)], LIGHT)
    said = {one.text: one for one in drawn.layout.annotations}
    assert set(said) == {"grows by itself", "shrinks"}
    assert np.interp(said["grows by itself"].x, HELD, BACK) > said["grows by itself"].x
    assert np.interp(said["shrinks"].x, HELD, BACK) < said["shrinks"].x
    for one in said.values():
        for trace in drawn.data:
            assert trace.fill or boxes_apart(one, trace.x, trace.y)
    first, second = said.values()
    assert boxes_apart(first, [second.ax], [second.ay])


def test_where_the_curve_is_the_diagonal_no_side_is_named() -> None:
    flat = ReturnCurve("x", HELD, HELD, HELD, (), agree=True, settled=True)
    assert not figure("x", [Given("Plan", flat, 1)], LIGHT).layout.annotations


def test_both_axes_speak_in_words() -> None:
    layout = figure("Buy-in", [given()], LIGHT).layout
    words = ("not yet", "a little", "partly", "mostly", "fully")
    assert layout.xaxis.ticktext == layout.yaxis.ticktext == words
    assert "Buy-in" in layout.xaxis.title.text


def test_a_long_label_is_cut() -> None:
    assert len(short("x" * 80)) == 40
    assert short("Buy-in") == "Buy-in"
