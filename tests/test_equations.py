"""From diagram to arrays: what is folded, what is delayed, what differs by lane."""

from __future__ import annotations

import numpy as np
import pytest
from oracles import plan, small

from loops.equations import Equations
from loops.scenario import LinkChange, Scenario


@pytest.fixture
def model():
    return small(
        [
            {"from": "u", "to": "a", "polarity": "+", "strength": 0.1},
            {"from": "u", "to": "b", "polarity": "-", "strength": 0.2, "delay": 6},
            {"from": "c", "to": "b", "polarity": "+", "strength": 0.3, "threshold": 0.5, "steepness": 2},
            {"from": "a", "to": "b", "polarity": "+", "strength": 0.4},
        ],
        {"b": {"start": 0.2, "gain": 0.01}, "a": {"start": 0.1}},
        levers=("u",),
        contexts=("c",),
    )


def test_plain_links_from_levers_are_folded_and_the_others_carried(model):
    equations = Equations.of(model)
    assert equations.variables == ("a", "b")
    assert equations.inputs == ("c", "u")
    assert [equations.links[k].name for k in equations.folded] == ["u -> a"]
    assert equations.signals == ("c", "u")
    assert equations.depth == 2 + 3 + 2
    wiring = equations.wiring
    assert wiring.pointer.tolist() == [0, 0, 3]
    assert wiring.chain_source.tolist() == [6]
    assert sorted(wiring.power.tolist()) == [0, 0, 2]


def test_the_kernels_numbers(model):
    equations = Equations.of(model)
    lanes = equations.prepare([plan(model, u=[(3, 1.0), (6, 0.0, 2)])], 12)
    assert lanes.stops.tolist() == [0, 3, 6, 8, 12]
    assert lanes.u_level[:, 1, 0].tolist() == [0, 1, 1, 0]
    assert lanes.u_slope[:, 1, 0].tolist() == [0, 0, -0.5, 0]
    assert lanes.u_level[:, 0, 0].tolist() == [0.5] * 4
    assert lanes.chain_rate[:, 0].tolist() == [0.5]
    curved = equations.wiring.power > 0
    assert lanes.knee[curved, 0].tolist() == [0.25]
    assert lanes.weight[curved, 0].tolist() == [0.3 * 1.25]


def test_lanes_differ_where_their_scenarios_do(model):
    cut = Scenario(id="cut", model="small", title="Cut", links=[LinkChange(source="a", target="b", cut=True)])
    lanes = Equations.of(model).prepare([plan(model), cut], 12)
    assert np.argwhere(lanes.weight[:, 0] != lanes.weight[:, 1]).size == 1


def test_same_sign_repeats_are_added():
    link = {"from": "a", "to": "b", "polarity": "+", "strength": 0.1}
    twice = small([link, link], {"a": {"start": 0.5}, "b": {}})
    lanes = Equations.of(twice).prepare([plan(twice)], 1)
    assert lanes.weight[:, 0].sum() == pytest.approx(0.2)


def test_a_variable_has_a_place_and_what_is_none_is_said_with_the_nearest():
    equations = Equations.of(small([], {"trust": {}, "value": {}}, levers=("u",)))
    assert [equations.place(name) for name in ("trust", "value")] == [0, 1]
    with pytest.raises(ValueError, match=r"there is no variable 'valu'\. Did you mean 'value'"):
        equations.place("valu")
    with pytest.raises(ValueError, match=r"there is no variable 'u'\. Choose from: trust, value"):
        equations.place("u")
