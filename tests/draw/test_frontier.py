from __future__ import annotations

import dataclasses
from typing import Any

import pytest
from planned import FRONTIER, MODEL, backcast, found

from loops.draw import frontier
from loops.draw.palette import DARK, LIGHT
from loops.utopia.plan import RATE, Cost


def drawn(picked: int = 2, **more: Any) -> Any:
    return frontier.figure(MODEL, more.pop("plans", FRONTIER), LIGHT, picked=picked, sure=0.75)


def test_a_point_is_where_its_plan_is_in_the_order_given() -> None:
    dots = drawn().data[0]
    assert list(dots.x) == [plan.cost.total for plan in FRONTIER]
    assert list(dots.y) == [0.04, 0.55, 0.8, 0.92]


def test_how_sure_a_share_is_stands_at_its_point() -> None:
    dots = drawn().data[0]
    for plan, share, up, down in zip(
        FRONTIER, dots.y, dots.error_y.array, dots.error_y.arrayminus, strict=True
    ):
        assert (share - down, share + up) == pytest.approx(plan.chance.interval, abs=1e-12)  # rounding alone


@pytest.mark.parametrize("picked", range(4))
def test_the_ring_is_round_the_picked_plan(picked: int) -> None:
    dots, _, ring = drawn(picked).data
    assert (ring.x[0], ring.y[0]) == (dots.x[picked], dots.y[picked])


def test_the_line_is_at_the_share_that_is_sure_enough() -> None:
    (line,) = drawn().layout.shapes
    assert line.y0 == line.y1 == 0.75


def test_money_is_said_to_count_where_it_does() -> None:
    assert frontier.effort(FRONTIER) == f"hours in all, £{RATE:g} counted as an hour"
    assert "£" not in frontier.effort(FRONTIER[:3])


def test_labels_are_escaped() -> None:
    text = drawn().data[0].text[3]
    assert "&lt;b&gt;Racks" in text
    assert "%{" not in text
    assert "<b>" not in text


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_no_plan_and_a_plan_that_costs_nothing_are_drawn_too(palette: Any) -> None:
    empty = frontier.figure(MODEL, (), palette, picked=0, sure=0.75)
    alone = frontier.figure(MODEL, FRONTIER[:1], palette, picked=0, sure=0.75)
    assert len(empty.data) == 1
    assert len(alone.data) == 3
    assert alone.layout.xaxis.range[1] > alone.layout.xaxis.range[0]


def test_the_sentence_says_what_is_cheapest_and_what_is_likeliest() -> None:
    said = frontier.sentence(backcast(FRONTIER[2], FRONTIER[3]))
    assert said == (
        "The cheapest plan that is sure enough gets there in about 4 of 5 versions: 48 hours in all. "
        "The likeliest gets there in about 9 of 10 versions: 120 hours in all and £500."
    )


def test_the_sentence_says_when_nothing_is_sure_enough_and_when_nothing_is_likelier() -> None:
    said = frontier.sentence(backcast(None, FRONTIER[1]))
    assert said.startswith("No plan within these limits is sure enough. The likeliest gets there in about ")
    same = frontier.sentence(backcast(FRONTIER[3], FRONTIER[3]))
    assert same.endswith("No other that was tried is clearly likelier.")


def test_the_table_has_a_row_for_each_plan_and_says_what_is_done() -> None:
    rows = list(frontier.rows(MODEL, (*FRONTIER, found(0))))
    assert {len(row) for row in rows} == {len(frontier.HEAD)}
    assert rows[0][-1] == "nothing new"
    (busy,) = frontier.rows(MODEL, [dataclasses.replace(FRONTIER[1], cost=Cost(1, 9.5, 0))])
    assert busy[2:4] == ("1", "9.5")  # not 10, which may be more than there is
    assert rows[2] == ("3", "in about 4 of 5 versions (71% to 87%)", "48", "4", "0", "Talks and Walks")
