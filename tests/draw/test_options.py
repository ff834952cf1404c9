"""What each thing would add: bars stand where the figures say, on an axis in words, and names stay text."""

from __future__ import annotations

import pytest

from loops.draw import options
from loops.draw.options import Bar
from loops.draw.palette import DARK, LIGHT, Palette

BARS = [Bar("Train <b>all</b>", 0.02, 0.1, 0.2, "slightly higher"), Bar("Meet", 0.0, 0.01, 0.05, "the same")]


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_each_is_a_bar_with_its_middle_and_its_name(palette: Palette) -> None:
    drawn = options.figure(BARS, palette, what="how much higher")
    spans, middles = drawn.data
    assert list(spans.base) == [0.02, 0.0]
    assert [base + long for base, long in zip(spans.base, spans.x, strict=True)] == [0.2, 0.05]
    assert list(middles.x) == [0.1, 0.01]
    assert list(spans.y) == list(middles.y) == [0, -1]
    assert [one.y for one in drawn.layout.annotations] == [0.16, -0.84]


def test_names_stay_text() -> None:
    drawn = options.figure(BARS, LIGHT, what="<i>how much</i>")
    said = [
        *drawn.data[1].text,
        drawn.layout.xaxis.title.text,
        *(one.text for one in drawn.layout.annotations),
    ]
    assert not any("<b>" in text or "<i>" in text for text in said)


def test_there_is_room_below_nothing_only_for_what_goes_there() -> None:
    above = options.figure(BARS, LIGHT, what="").layout.xaxis.range
    below = options.figure([Bar("Wait", -0.4, -0.3, 0.1, "lower")], LIGHT, what="").layout.xaxis.range
    assert -0.01 < above[0] < 0
    assert below[0] < -0.4


def test_nothing_to_draw_is_an_empty_chart() -> None:
    assert len(options.figure([], LIGHT, what="").layout.annotations) == 0


def test_a_long_name_stands_in_two_lines_at_most() -> None:
    (name,) = options.figure([Bar("word " * 60, 0.0, 0.1, 0.2, "")], LIGHT, what="").layout.annotations
    first, second = name.text.split("<br>")
    assert max(len(first), len(second)) <= 46
    assert second.endswith("…")
