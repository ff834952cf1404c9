"""Where to look next as a chart: each arrow in its row, as far right as it explains, told apart by shape."""

from __future__ import annotations

from loops.draw.clues import Clue, figure
from loops.draw.palette import LIGHT

FOUND = [
    Clue("<b>first</b>", "1", "assumed", 0.2, True),
    Clue("second", "", "stated", 0.01, False),
    Clue("third", "2", "contested", 0.1, True),
]


def test_each_arrow_stands_in_its_row_and_those_worth_a_look_are_of_another_shape() -> None:
    paying, others = figure(FOUND, LIGHT).data
    assert list(paying.x) == [0.2, 0.1]
    assert list(paying.text) == ["1", "2"]
    assert list(others.text) == [""]
    assert paying.marker.symbol != others.marker.symbol
    rows = dict(
        zip(
            figure(FOUND, LIGHT).layout.yaxis.tickvals,
            ("stated", "inferred", "contested", "assumed"),
            strict=True,
        )
    )
    assert [rows[y] for y in (*paying.y, *others.y)] == ["assumed", "contested", "stated"]


def test_the_axis_ends_beyond_the_last_arrow_and_names_stay_text() -> None:
    drawn = figure(FOUND, LIGHT)
    assert drawn.layout.xaxis.range[1] > 0.2
    assert "a fifth" in drawn.layout.xaxis.ticktext
    assert "half" not in drawn.layout.xaxis.ticktext
    assert "<b>" not in drawn.data[0].customdata[0]
    assert figure([], LIGHT).layout.xaxis.range[1] > 0.05


def test_numbers_of_neighbours_in_a_row_stand_on_different_sides() -> None:
    near = [Clue("a", "6", "stated", 0.02, False), Clue("b", "8", "stated", 0.019, False)]
    _, others = figure(near, LIGHT).data
    assert set(others.textposition) == {"top center", "bottom center"}
