"""Bands over time: what is drawn is what was counted, on axes in words, and names stay text."""

from __future__ import annotations

import numpy as np
import pytest

from loops.draw import fans
from loops.draw.fans import Fan
from loops.draw.palette import DARK, LIGHT, Palette

MONTHS = np.array([0.0, 3.0, 12.0])


def fan(name: str = "One", style: int = 0, shift: float = 0.0) -> Fan:
    middle = np.array([0.1, 0.2, 0.4]) + shift
    return Fan(name, middle - 0.1, middle, middle + 0.1, style)


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_each_plan_is_a_band_between_its_edges_and_a_line(palette: Palette) -> None:
    drawn = fans.levels([fan(), fan("Two", 1, 0.3)], MONTHS, palette)
    low, high, middle = drawn.data[:3]
    np.testing.assert_allclose(low.y, [0.0, 0.1, 0.3], atol=1e-7)  # single precision
    np.testing.assert_allclose(high.y, [0.2, 0.3, 0.5], atol=1e-7)
    np.testing.assert_allclose(middle.y, [0.1, 0.2, 0.4], atol=1e-7)
    np.testing.assert_allclose(middle.x, MONTHS / 12)
    assert high.fill == "tonexty"
    assert (low.fill, middle.fill) == (None, None)
    assert len(drawn.data) == 6


def test_two_bands_differ_in_more_than_colour() -> None:
    _, first, one, _, second, two = fans.levels([fan(), fan("Two", 1)], MONTHS, LIGHT).data
    assert first.fillpattern.shape != second.fillpattern.shape
    assert one.line.dash != two.line.dash


def test_the_axis_and_the_pointer_speak_in_words() -> None:
    drawn = fans.levels([fan()], MONTHS, LIGHT)
    assert [text.strip() for text in drawn.layout.yaxis.ticktext][:2] == ["not yet", "a little"]
    assert list(drawn.data[2].text) == ["not yet", "a little", "partly"]


def test_a_difference_has_room_below_only_where_it_goes_there() -> None:
    above = fans.difference(fan(), MONTHS, LIGHT)
    below = fans.difference(fan(shift=-0.6), MONTHS, LIGHT)
    assert -0.1 < above.layout.yaxis.range[0] < 0
    assert below.layout.yaxis.range[0] < -0.6
    assert "clearly lower " in below.layout.yaxis.ticktext


def test_names_stay_text() -> None:
    drawn = fans.levels([fan("<b>x</b>")], MONTHS, LIGHT)
    assert "<b>" not in drawn.data[2].name
    assert "<b>" not in drawn.data[2].hovertemplate
