"""Of many plans a few are offered: those that must be, and others far apart."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as some
from planned import RACKS, TALKS, WALKS, backcast, found

from loops.ui.backcasting.choosing import plans
from loops.utopia.plan import Spell


def test_few_plans_are_all_offered_the_cheapest_first() -> None:
    got = backcast(found(80, WALKS, TALKS), found(92, RACKS, WALKS, TALKS))
    assert [each.chance.held for each in plans(got)] == [4, 55, 80, 92]


@settings(max_examples=40, derandomize=True, deadline=None)
@given(some.integers(1, 40), some.data())
def test_of_many_the_first_the_last_the_shown_and_the_likeliest_are_offered(
    many: int, data: some.DataObject
) -> None:
    line = tuple(found(place, Spell("walks", 0, 6 + place)) for place in range(many))
    shown, likeliest = (data.draw(some.sampled_from(line)) for _ in range(2))
    offered = plans(backcast(shown, likeliest, line))
    assert {line[0].plan, line[-1].plan, shown.plan, likeliest.plan} <= {each.plan for each in offered}
    assert len(offered) <= min(many, 10)
    assert [each.cost.total for each in offered] == sorted(each.cost.total for each in offered)
