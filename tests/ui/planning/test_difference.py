from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from loops.ui.planning.difference import beside, figure, told

LINE = np.linspace(0.2, 0.6, 61)


def test_the_same_curve_is_about_the_same() -> None:
    assert told("Trust", LINE, LINE, "A") == "“Trust” stays about the same as under “A”."


def test_a_curve_is_told_by_where_it_is_furthest_away_and_where_it_ends() -> None:
    hump = LINE + 0.3 * np.sin(np.linspace(0, np.pi, 61))
    assert told("Trust", hump, LINE, "A") == (
        "“Trust” is clearly higher than under “A”, most of all after 2½ years. "
        "By 5 years it is about the same."
    )
    assert told("Trust", LINE - np.linspace(0, 0.1, 61), LINE, "A") == (
        "“Trust” is slightly lower than under “A”, most of all after 5 years."
    )


def test_first_lower_then_higher_is_told_in_that_order() -> None:
    wave = LINE - 0.2 * np.sin(np.linspace(0, 2 * np.pi, 61))
    said = told("Trust", wave, LINE, "A")
    assert said.startswith("“Trust” is clearly lower after 1 year and clearly higher after 4 years")


def test_a_curve_that_begins_apart_says_so() -> None:
    assert "most of all at the start. By" in told("Trust", LINE + np.linspace(0.2, 0, 61), LINE, "A")


@given(st.floats(0, 1), st.floats(0, 1))
def test_words_and_figures_agree_on_the_direction(level: float, other: float) -> None:
    word, number = beside(level, other), figure(level - other)
    back = beside(other, level)
    assert word.replace("higher", "lower") == back.replace("higher", "lower")
    if "higher" in word:
        assert "lower" in back
        assert not number.startswith("−")
    if "lower" in word:
        assert not number.startswith("+")
