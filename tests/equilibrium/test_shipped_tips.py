"""Where the shipped programmes tip, and where the change comes anyway."""

from __future__ import annotations

import numpy as np
from oracles import dop853

from loops.equilibrium.along import ProgrammeLength, parse
from loops.equilibrium.fate import Fate
from loops.equilibrium.tipping import tipping


def test_less_of_the_outcome_is_no_lead(common_purpose, scenarios):
    """`strain` begins high and ends lower with the plan than without: it never fades nor comes anyway."""
    along = ProgrammeLength()
    got = tipping(common_purpose, scenarios["everything_for_four_years"], along, outcome="strain", seed=1)
    assert got.verdict == "no difference"
    assert set(got.fates) == {Fate.NO_DIFFERENCE}
    assert (got.levels < got.without - 0.1).any()


def test_the_shipped_programme_tips_where_another_engine_turns(common_purpose, scenarios):
    """Oracle: scipy's DOP853 at 1e-10 on the equations written out, a tolerance to either side."""
    along, scenario = ProgrammeLength(), scenarios["everything_for_four_years"]
    got = tipping(common_purpose, scenario, along, outcome="buy_in", seed=1)
    (tip,) = got.tips
    ends = [
        dop853(common_purpose, along.applied(common_purpose, scenario, tip.value + by), np.array([900.0]))
        for by in (-along.tolerance, along.tolerance)
    ]
    place = sorted(node.id for node in common_purpose.variables).index("buy_in")
    below, above = (levels[0, place] for levels in ends)
    # each is on its way to one of the two ends, and long past the middle between them
    assert below < (got.levels[0] + got.levels[-1]) / 2 < above


def test_what_comes_anyway_is_told_apart(common_purpose, scenarios):
    """With next to no pressure nothing new ends high too, and information alone adds nothing to it."""
    pressure = parse("competing_priorities", common_purpose)
    for name in ("everything_for_four_years", "insight_first"):
        got = tipping(common_purpose, scenarios[name], pressure, outcome="buy_in", seed=1)
        assert (got.fates[0], got.fates[-1]) == (Fate.COMES_ANYWAY, Fate.FADES)
        (tip,) = got.tips
        assert tip.above is Fate.FADES
        # it comes anyway where the run without levers ends high: both ends say so
        assert (got.fates == Fate.COMES_ANYWAY).tolist() == (got.without > 0.4).tolist()
