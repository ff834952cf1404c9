"""The plans that are offered."""

from __future__ import annotations

from planned import FRONTIER, RACKS, TALKS, WALKS, backcast, found

from loops.ui.backcasting.choosing import plans


def test_every_plan_is_offered_once_the_cheapest_first() -> None:
    """Two of the frontier of four are also the cheapest that is sure enough and the likeliest."""
    got = backcast(found(80, WALKS, TALKS), found(92, RACKS, WALKS, TALKS))
    assert [each.chance.held for each in plans(got)] == [4, 55, 80, 92]


def test_what_comes_nearest_is_offered_though_it_is_not_on_the_frontier() -> None:
    nearest = found(0, RACKS)
    assert [each.plan for each in plans(backcast(None, nearest, FRONTIER[:1]))] == [
        FRONTIER[0].plan,
        nearest.plan,
    ]
