from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest

from loops.draw.palette import LIGHT
from loops.draw.tipmap import ANYWAY, FADES, KINDS, LASTS, Axis, figure, kinds
from loops.equilibrium.along import ContextLevel, ProgrammeLength
from loops.equilibrium.tipmap import TippingMap

XS, YS = np.linspace(0, 60, 21), np.linspace(0, 1, 11)
LEADS = np.where(XS[None, :] > 20 + 20 * YS[:, None], 0.4, 0.0)
X = Axis("How long", ((0.0, "0"), (60.0, "5")), lambda months: f"{months:.0f} months")
Y = Axis("Pressure", ((0.0, "0%"), (1.0, "100%")), lambda level: f"{level:.0%}")
NASTY = "<script>alert(1)</script> %{y}"


NOWHERE = np.zeros_like(LEADS, dtype=bool)


def made(leads: Any = LEADS, dot: Any = (48.0, 0.5), anyway: Any = NOWHERE) -> TippingMap:
    x, y = ProgrammeLength(), ContextLevel("pressure")
    return TippingMap(x, y, XS, YS, leads, anyway=anyway, still=~NOWHERE, dot=dot)


def place(annotation: Any) -> tuple[int, int]:
    """The row and column of the map where a word stands."""
    return int(np.abs(YS - annotation.y).argmin()), int(np.abs(XS - annotation.x).argmin())


def test_each_side_holds_its_word_on_its_own_ground() -> None:
    drawn = figure(made(), X, Y, LIGHT, plan="Your plan")
    said = {one.text: one for one in drawn.layout.annotations}
    assert set(said) == {LASTS, FADES}
    kind = kinds(made())
    assert all(KINDS[kind[place(one)]] == words for words, one in said.items())
    (edge,) = (trace for trace in drawn.data if trace.type == "contour")
    assert np.ptp(np.asarray(edge.z)) == 1


def test_what_comes_without_us_is_a_part_of_its_own_with_a_pattern_of_its_own() -> None:
    found = made(anyway=np.repeat((YS < 0.3)[:, None], XS.size, axis=1))
    drawn = figure(found, X, Y, LIGHT, plan="Your plan")
    said = {one.text: one for one in drawn.layout.annotations}
    assert set(said) == {FADES, LASTS, ANYWAY}
    assert all(KINDS[kinds(found)[place(one)]] == words for words, one in said.items())
    symbols = {trace.marker.symbol for trace in drawn.data if trace.type == "scatter" and not trace.name}
    assert symbols == {"line-ne", "circle-open"}


def test_the_hatching_covers_what_fades_and_nothing_else() -> None:
    drawn = figure(made(), X, Y, LIGHT, plan="Your plan")
    (strokes,) = (trace for trace in drawn.data if trace.type == "scatter" and not trace.name)
    assert strokes.marker.symbol == "line-ne"
    assert (np.asarray(strokes.x) <= 20 + 20 * np.asarray(strokes.y)).all()
    assert len(strokes.x) > 20


@pytest.mark.parametrize(("lead", "word"), [(0.3, LASTS), (0.0, FADES)])
def test_a_map_of_one_kind_has_one_word_and_no_edge(lead: float, word: str) -> None:
    drawn = figure(made(np.full_like(LEADS, lead), None), X, Y, LIGHT, plan="Your plan")
    assert [one.text for one in drawn.layout.annotations] == [word]
    assert "contour" not in [trace.type for trace in drawn.data]
    assert not any(trace.name for trace in drawn.data)


def test_the_plan_is_a_dot() -> None:
    (dot,) = (one for one in figure(made(), X, Y, LIGHT, plan="Mine").data if one.name == "Mine")
    assert (dot.x[0], dot.y[0]) == (48.0, 0.5)


def test_labels_are_escaped() -> None:
    axis = Axis(NASTY, ((0.0, NASTY),), lambda _: NASTY)
    drawn = figure(made(), axis, axis, LIGHT, plan=NASTY)
    ground, *_, dot = drawn.data
    texts = [*np.asarray(ground.text).ravel(), dot.name, dot.hovertemplate, drawn.layout.xaxis.title.text]
    for text in [*texts, *drawn.layout.yaxis.ticktext]:
        assert not re.search(r"<(?!br>|extra>|/extra>)", text)
        assert "%{" not in text
