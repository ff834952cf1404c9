"""Labels broken into lines, with and without a font at hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loops.draw.letters import CUT, width, wrap


@given(st.text(max_size=200), st.floats(60, 300), st.integers(1, 5))
def test_lines_fit_and_lose_nothing_unless_cut(label: str, widest: float, most: int) -> None:
    lines = wrap(label, 21, widest, most)
    assert 1 <= len(lines) <= most
    assert all(width(line, 21) <= widest for line in lines)
    if not lines[-1].endswith(CUT):
        assert "".join(lines).replace(" ", "") == "".join(label.split())


def test_lines_are_even() -> None:
    assert wrap("Pulling in the same direction", 21, 182, 4) == ("Pulling in the", "same direction")


def test_what_is_cut_says_so() -> None:
    lines = wrap("word " * 40, 21, 180, 3)
    assert len(lines) == 3
    assert lines[-1].endswith(CUT)


@pytest.mark.parametrize("hidden", ["\u200d", "\ufe0f", "\u0301"])
def test_marks_that_join_or_stack_take_no_room(hidden: str) -> None:
    assert width(f"a{hidden}b", 20) == width("ab", 20)


def test_pictograms_are_wider_than_letters() -> None:
    assert width("🚴", 20) > width("M", 20) > width("i", 20)
