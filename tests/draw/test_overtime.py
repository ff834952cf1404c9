"""Strips over the days: they say in words what they draw, end where they should, and let no text out."""

from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import groupby

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loops.draw.overtime import MOST, html, of_box, of_decision, of_deed, words_over
from loops.draw.palette import DARK, LIGHT
from loops.model import Model
from loops.partners import SAID, Deed, Mark

FIRST, LAST = date(2025, 3, 1), date(2026, 11, 25)
DAYS = st.dates(FIRST, LAST)


def test_a_box_has_the_word_of_each_day_on_which_it_was_rated(common_purpose: Model) -> None:
    marks = [
        Mark("trust", "not yet", FIRST, "GP"),
        Mark("value", "mostly", date(2025, 4, 1), "GP"),
        Mark("trust", "mostly", date(2025, 6, 1), "Nurse"),  # beside the GP's "not yet": partly together
        Mark("trust", "mostly", date(2025, 9, 1), "GP"),
    ]
    found = words_over(common_purpose, marks, "trust")
    assert found == ((FIRST, "not yet"), (date(2025, 6, 1), "partly"), (date(2025, 9, 1), "mostly"))
    assert words_over(common_purpose, marks, "buy_in") == ()


def test_of_many_days_the_latest_are_shown(common_purpose: Model) -> None:
    marks = [Mark("trust", "partly", FIRST + timedelta(day)) for day in range(MOST + 5)]
    found = words_over(common_purpose, marks, "trust")
    assert len(found) == MOST
    assert found[-1][0] == marks[-1].day


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["partly"], "partly, as said on 1 March 2025"),
        (["partly", "partly"], "partly, as said on 1 March 2025 and up to 1 April 2025"),
        (
            ["not yet", "a little", "a little", "partly"],
            "not yet on 1 March 2025, then a little on 1 April 2025, then partly on 1 June 2025",
        ),
        (
            ["not yet", "a little", "not yet", "a little", "partly"],
            "not yet on 1 March 2025, then 3 changes, then partly on 1 July 2025",
        ),
    ],
)
def test_the_strip_of_a_box_says_what_it_draws(words, says) -> None:
    strip = of_box("Trust", [(date(2025, 3 + at, 1), word) for at, word in enumerate(words)], LAST)
    assert strip.says == says
    assert strip.spells[-1].end == LAST


def test_what_was_done_says_from_when_to_when(common_purpose: Model) -> None:
    day, end = date(2025, 5, 1), date(2025, 8, 1)
    one_day, spell = (
        of_deed(common_purpose, Deed("A talk", day), LAST),
        of_deed(common_purpose, Deed("Signs", day, end, "signs"), LAST),
    )
    on, planned = (
        of_deed(common_purpose, Deed("two evenings", day, lever="training"), LAST),
        of_decision("Go on", end),
    )
    assert one_day.title == "A talk"
    assert on.title == "Train for good conversations: two evenings"
    assert one_day.says == "1 May 2025"
    assert spell.says == "1 May 2025 to 1 August 2025"
    assert on.says == "1 May 2025, and still going on"
    assert planned.says == "decided on 1 August 2025"
    assert [each.spells[0].end for each in (one_day, spell, on)] == [day, end, LAST]


@given(st.lists(st.tuples(DAYS, st.sampled_from(SAID)), min_size=1, max_size=8, unique_by=lambda one: one[0]))
def test_bars_stay_inside_the_strip_and_fill_it_from_the_first_rating(said) -> None:
    words = sorted(said)
    drawn = html([of_box("Trust", words, LAST)], words[0][0], LAST, LIGHT)
    bars = re.findall(r"left:min\(([\d.]+)%,100% - 5px\);width:([\d.]+)%", drawn)
    assert len(bars) == len(list(groupby(word for _, word in words)))
    # two figures after the point: each of a bar's two ends may be rounded by half of the last one
    assert sum(float(wide) for _, wide in bars) == pytest.approx(100, abs=0.01 * len(bars))
    assert all(0 <= float(left) <= 100 and float(left) + float(wide) <= 100.01 for left, wide in bars)


def test_what_was_said_on_the_last_day_has_room() -> None:
    """A 17th of the strip: a 16th of the days before it is drawn after it."""
    first = LAST - timedelta(64)
    drawn = html([of_box("Trust", [(first, "mostly"), (LAST, "not yet")], LAST)], first, LAST, LIGHT)
    assert re.findall(r"width:([\d.]+)%;", drawn) == [f"{100 * 64 / 68:.2f}", f"{100 * 4 / 68:.2f}"]


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_words_are_escaped_and_what_nobody_knows_is_striped(common_purpose: Model, palette) -> None:
    nasty = '<script>alert(1)</script> & "so"'
    drawn = html(
        [of_box(nasty, [(FIRST, "don't know")], LAST), of_deed(common_purpose, Deed(nasty, FIRST), LAST)],
        FIRST,
        LAST,
        palette,
    )
    assert "<script" not in drawn
    assert drawn.count("45deg") == 1
    assert drawn.count("width:1px") == 2  # new year 2026, in both strips
