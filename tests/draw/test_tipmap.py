from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest

from loops.draw.fates import MARKS
from loops.draw.palette import LIGHT
from loops.draw.tipmap import Axis, figure
from loops.equilibrium.along import ContextLevel, ProgrammeLength
from loops.equilibrium.fate import Fate
from loops.equilibrium.tipmap import TippingMap

XS, YS = np.linspace(0, 60, 21), np.linspace(0, 1, 11)
LEADS = np.where(XS[None, :] > 20 + 20 * YS[:, None], 0.4, 0.0)
X = Axis("How long", ((0.0, "0"), (60.0, "5")), lambda months: f"{months:.0f} months")
Y = Axis("Pressure", ((0.0, "0%"), (1.0, "100%")), lambda level: f"{level:.0%}")
NASTY = "<script>alert(1)</script> %{y}"
LASTS = np.where(LEADS > 0, Fate.KEEPS_GOING, Fate.FADES).astype(object)


def made(fates: Any = LASTS, dot: Any = (48.0, 0.5)) -> TippingMap:
    x, y = ProgrammeLength(), ContextLevel("pressure")
    return TippingMap(x, y, XS, YS, LEADS, 0 * LEADS, fates, dot=dot)


def filled(part: Any, fate: Fate) -> Any:
    fates = LASTS.copy()
    fates[part] = fate
    return fates


def place(annotation: Any) -> tuple[int, int]:
    """The row and column of the map where a word stands."""
    return int(np.abs(YS - annotation.y).argmin()), int(np.abs(XS - annotation.x).argmin())


def said(found: TippingMap) -> dict[str, Any]:
    """The words on the map, each on ground of its own fate."""
    words = {one.text: one for one in figure(found, X, Y, LIGHT, plan="Your plan").layout.annotations}
    assert all(MARKS[found.fates[place(one)]].words == text for text, one in words.items())
    return words


def strokes(found: TippingMap) -> dict[str, Any]:
    """Patterns by their symbol."""
    drawn = figure(found, X, Y, LIGHT, plan="Your plan").data
    return {one.marker.symbol: one for one in drawn if one.type == "scatter" and not one.name}


def test_each_side_holds_its_word_on_its_own_ground() -> None:
    assert set(said(made())) == {"keeps going", "fades"}


@pytest.mark.parametrize("fate", [Fate.COMES_ANYWAY, Fate.NO_DIFFERENCE, Fate.STILL_MOVES])
def test_every_fate_is_a_part_of_its_own_with_a_pattern_of_its_own(fate: Fate) -> None:
    found = made(filled(YS < 0.3, fate))
    assert set(said(found)) == {"fades", "keeps going", MARKS[fate].words}
    patterns = strokes(found)
    assert set(patterns) == {MARKS[Fate.FADES].symbol, MARKS[fate].symbol}
    assert (np.asarray(patterns[MARKS[fate].symbol].y) < 0.3).all()


@pytest.mark.parametrize(
    ("fate", "edges"), [(Fate.COMES_ANYWAY, 0), (Fate.NO_DIFFERENCE, 1), (Fate.STILL_MOVES, 1)]
)
def test_the_edge_lies_between_what_lasts_and_what_does_not(fate: Fate, edges: int) -> None:
    """The upper part keeps going, so there is an edge only where the lower one does not last."""
    fates = np.full_like(LASTS, Fate.KEEPS_GOING)
    fates[YS < 0.5] = fate
    drawn = [one for one in figure(made(fates), X, Y, LIGHT, plan="Mine").data if one.type == "contour"]
    assert len(drawn) == edges
    for edge in drawn:
        np.testing.assert_array_equal(edge.z, np.repeat((YS >= 0.5)[:, None], XS.size, axis=1))


def test_the_strokes_cover_what_fades_and_nothing_else() -> None:
    (drawn,) = strokes(made()).values()
    assert (np.asarray(drawn.x) <= 20 + 20 * np.asarray(drawn.y)).all()
    assert len(drawn.x) > 20


@pytest.mark.parametrize("fate", list(MARKS))
def test_a_map_of_one_fate_has_one_word_and_no_edge(fate: Fate) -> None:
    drawn = figure(made(np.full_like(LASTS, fate), None), X, Y, LIGHT, plan="Your plan")
    assert [one.text for one in drawn.layout.annotations] == [MARKS[fate].words]
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
