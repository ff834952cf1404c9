"""Which loops are compared and drawn, and that one colour stands for one loop in every chart."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from loops.feedback import Found
from loops.ui.driving.driven import Driven
from loops.ui.driving.lead import COLOURS, contest

MONTHS = np.arange(25.0)


def plan(gains: np.ndarray) -> Driven:
    return Driven("A plan", SimpleNamespace(months=MONTHS), Found((), True, 2_000), gains)  # type: ignore[arg-type]


@settings(max_examples=50)
@given(st.integers(1, 60), st.integers(0, 2**32 - 1))
def test_every_leader_is_drawn_and_no_two_loops_share_a_colour(count: int, seed: int) -> None:
    draws = np.random.default_rng(seed)
    plans = [plan(draws.normal(size=(25, count)) * draws.random(count)) for _ in range(2)]
    found = contest(plans, range(count))
    leaders = {lead.place for leads in found.leads for lead in leads}
    assert leaders <= set(found.drawn)
    assert set(found.styles) <= set(found.drawn)
    assert len(set(found.styles.values())) == len(found.styles) <= COLOURS


def test_leaders_have_colours_before_stronger_loops_of_other_months() -> None:
    steady = np.full((25, 8), 0.2)
    steady[:, 3] = np.where(MONTHS < 12, 0.5, 0.1)
    found = contest([plan(steady)], range(8))
    assert found.leads[0][0].place == 3
    assert found.styles[3] == 1  # the first place after the one for nothing new
    assert len(found.styles) == COLOURS


def test_a_loop_that_hardly_gives_anything_back_is_pale() -> None:
    gains = np.column_stack([np.full(25, 0.5), np.full(25, 0.04), np.full(25, -0.06)])
    found = contest([plan(gains)], range(3))
    assert set(found.styles) == {0, 2}  # a tenth of the strongest, 0.05, lies between the other two
    assert found.drawn == (0, 1, 2)


def test_places_are_those_among_all_loops_found() -> None:
    gains = np.column_stack([np.full(25, 0.9), np.full(25, 0.1), np.full(25, 0.3)])
    found = contest([plan(gains)], [1, 2])
    assert [lead.place for lead in found.leads[0]] == [2]
    assert found.drawn == (1, 2)
