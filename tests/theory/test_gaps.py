"""The evidence-gap map against planted doubts whose shares are known in closed form."""

from __future__ import annotations

import numpy as np
import pytest
from clinic import CLAIM, CLAIMS_FILE, MODEL_FILE, SCENARIO_FILE
from hypothesis import given
from hypothesis import strategies as st
from oracles import small

from loops.files import parse_model, parse_scenario
from loops.scenario import Scenario
from loops.theory.claims import parse_claims
from loops.theory.gaps import doubts, gap_map
from loops.theory.indices import Index, Indices
from loops.theory.sample import Sample
from loops.worlds import Worlds

WORLDS = 4096
COLUMNS = ("context c", "link a->x strength", "link b->x delay", "link b->x strength", "variable x fade")
MODEL = small(
    [
        {"from": "a", "to": "x", "polarity": "+", "strength": 0.1, "evidence": "stated", "threshold": 0.5,
         "threshold_evidence": "stated"},
        {"from": "b", "to": "x", "polarity": "+", "strength": 0.1, "delay": 3.0, "passage": "p",
         "against": "q", "evidence": "stated", "locator": "l", "against_locator": "m"},
    ],
    {"x": {"fade": 0.1}},
    levers=("a", "b"),
    contexts=("c",),
)  # fmt: skip


def claims(*names: str):
    model = parse_model(MODEL_FILE.encode(), "clinic.toml")
    known = {
        "nothing_new": Scenario(id="nothing_new", model="clinic", title="Nothing new"),
        "tell_all": parse_scenario(SCENARIO_FILE.encode(), "tell_all.toml", model),
    }
    made = (CLAIM.format(name=name, outcome='direction = "more", at_least = 0.5') for name in names)
    return parse_claims((CLAIMS_FILE + "".join(made)).encode(), "claims.toml", model, known)


def mapped(units, **holds):
    outcomes = np.column_stack([each.astype(float) for each in holds.values()])
    worlds = Worlds((MODEL,), "middle", 1, COLUMNS)
    return gap_map(MODEL, doubts(Sample(claims(*holds), (), worlds, units, outcomes)))


@pytest.fixture(scope="module")
def units():
    return np.random.default_rng(3).random((WORLDS, len(COLUMNS)))


def error(index: float) -> float:
    """Four standard errors of an R^2, and of 64 functions that explain nothing, as in test_indices."""
    return 4 * (2 * np.sqrt(index) * (1 - index) / np.sqrt(WORLDS) + np.sqrt(2 * 64) / WORLDS)


def test_doubts_are_put_together_by_how_much_there_is_of_each(units):
    """One holds where a's number is above the context's, another where the fade is above twice b's strength.

    P(h | u) = u has variance 1/12 and h 1/4, so a's share of the first doubt is 1/3. P(h | v) = v / 2 has
    1/48 and h, with p = 1/4, has 3/16: the fade's share of the second is 1/9. Weighted 1/4 to 3/16, that is
    4/21 and 1/21 of all doubt. A third holds everywhere: there is nothing to doubt.
    """
    found = mapped(
        units,
        first=units[:, 0] < units[:, 1],
        second=units[:, 3] < units[:, 4] / 2,
        sure=np.full(WORLDS, True),
    )
    influence = {gap.group: gap for gap in (*found.links, *found.others)}
    assert influence["link a->x"].influence == pytest.approx(4 / 21, abs=error(1 / 3))
    assert influence["variable x"].influence == pytest.approx(1 / 21, abs=error(1 / 9))
    for gap in influence.values():
        assert gap.low <= gap.influence <= gap.high
    # four standard errors of p (1 - p) where p = 1/4; where p = 1/2 it is flat
    assert found.doubt == pytest.approx((1 / 4 + 3 / 16) / 3, abs=4 * 0.5 * np.sqrt(3 / 16 / WORLDS) / 3)


def test_arrows_are_apart_from_boxes_and_circumstances_and_the_most_influential_come_first(units):
    found = mapped(units, only=units[:, 3] + 0.1 * units[:, 1] + 0.1 * units[:, 0] > 0.6)
    assert [gap.group for gap in found.links] == ["link b->x", "link a->x"]
    others = {gap.group: gap.grade for gap in found.others}
    assert others == {"context c": "a circumstance", "variable x": "a guess of ours"}
    assert [gap.decides for gap in found.links] == [("only",), ()]


def test_the_grades_are_those_of_the_file(units):
    """A delay that nobody wrote down leaves a gap even where the arrow itself is stated."""
    found = mapped(units, only=units[:, 3] + 0.5 * units[:, 1] > 0.75)
    grades = {gap.group: (gap.grade, dict(gap.numbers), gap.pays) for gap in found.links}
    assert grades == {
        "link a->x": ("stated", {"threshold": "stated"}, False),
        "link b->x": ("contested", {"delay": "assumed"}, True),
    }
    assert found.by_grade() == {
        "assumed": 0,
        "contested": found.links[0].influence,
        "inferred": 0,
        "stated": found.links[1].influence,
    }


def test_without_doubt_there_is_no_gap(units):
    found = mapped(units, always=np.full(WORLDS, True), never=np.full(WORLDS, False))
    assert (found.doubt, found.links, found.others) == (0.0, (), ())


@given(st.lists(st.tuples(st.floats(0.01, 0.25), st.floats(-0.01, 0.7)), min_size=1, max_size=6))
def test_an_influence_lies_between_the_least_and_the_greatest_share_of_a_doubt(each):
    doubt = {
        str(number): Indices(0.5, variance, 64, (Index("link a->x", value, value - 0.1, value + 0.1),))
        for number, (variance, value) in enumerate(each)
    }
    (gap,) = gap_map(MODEL, doubt).links
    values = [value for _, value in each]
    assert min(values) - 1e-12 <= gap.influence <= max(values) + 1e-12
    assert gap.low == pytest.approx(gap.influence - 0.1)
