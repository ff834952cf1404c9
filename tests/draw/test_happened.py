"""What happened over what was expected: bars stand where the words say, and nothing below them changes."""

from __future__ import annotations

from datetime import date

import numpy as np

from loops.draw import fans, happened
from loops.draw.fans import Fan
from loops.draw.happened import Told
from loops.draw.palette import LIGHT
from loops.partners.said import RANGES

MONTHS = np.array([0.0, 6.0, 12.0])
FAN = Fan("Expected", np.full(3, 0.1), np.full(3, 0.2), np.full(3, 0.3), 1)
TOLD = [Told(3.0, *RANGES["a little"], "a little"), Told(9.0, *RANGES["mostly"], "mostly <b>")]


def test_every_bar_covers_what_its_word_covers() -> None:
    drawn = happened.over(fans.levels([FAN], MONTHS, LIGHT), TOLD, LIGHT)
    bars, middles = drawn.data[-2:]
    assert list(bars.x) == [0.25, 0.25, None, 0.75, 0.75, None]
    assert list(bars.y) == [*RANGES["a little"], None, *RANGES["mostly"], None]
    assert list(middles.y) == [0.25, (0.625 + 1.0) / 2]
    assert "<b>" not in middles.text[1]


def test_the_band_stays_as_it_was() -> None:
    before = fans.levels([FAN], MONTHS, LIGHT)
    drawn = happened.over(before, TOLD, LIGHT)
    assert len(before.data) == 3
    for one, other in zip(before.data, drawn.data, strict=False):
        assert one == other


def test_the_axis_says_days() -> None:
    drawn = happened.dated(fans.levels([FAN], MONTHS, LIGHT), date(2026, 1, 1), 12)
    axis = drawn.layout.xaxis
    assert list(axis.ticktext) == ["Jan<br>2026", "Apr<br>2026", "Jul<br>2026", "Oct<br>2026", "Jan<br>2027"]
    assert list(axis.tickvals) == [0, 0.25, 0.5, 0.75, 1]


def test_a_long_time_has_no_more_marks_than_a_short_one() -> None:
    for months in (1, 7, 60, 240):
        drawn = happened.dated(fans.levels([FAN], MONTHS, LIGHT), date(2026, 1, 1), months)
        assert 2 <= len(drawn.layout.xaxis.ticktext) <= 6
