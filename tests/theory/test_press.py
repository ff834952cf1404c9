"""The press test of a model: shares of worlds, what was left out, and what happens when it is cut short."""

from __future__ import annotations

import numpy as np
import pytest
from oracles import plan, small

from loops.ensemble.simulate import Cancelled
from loops.parts import replace
from loops.scenario import LinkChange
from loops.theory import press as pressing
from loops.theory.press import Presses, press, tallied
from loops.worlds import Worlds

HELP = {"from": "u", "to": "x", "polarity": "+", "strength": 0.1, "evidence": "stated"}
HARM = {"from": "x", "to": "y", "polarity": "-", "strength": 0.1, "evidence": "stated"}


def chain(*more, fade=0.1):
    return small([HELP, HARM, *more], {"x": {"fade": fade}, "y": {"gain": 0.1}}, ("u",))


def pressed(model, count=256, **levels):
    worlds = Worlds.of([model], width="wide", seed=1)
    return press(model, plan(model, **levels), worlds=worlds, count=count)


def test_a_chain_carries_its_signs_in_every_world():
    found = pressed(chain(), u=0.5)
    assert (found.used, found.tried, dict(found.left_out)) == (256, 256, {"still moving": 0, "not stable": 0})
    assert (found.pushes, found.variables, found.stopped) == (("u", "x", "y"), ("x", "y"), "")
    signs = {(push, name): found.shares(push, name) for push in found.pushes for name in found.variables}
    assert signs == {
        ("u", "x"): (1, 0, 0),
        ("u", "y"): (0, 1, 0),
        ("x", "x"): (1, 0, 0),
        ("x", "y"): (0, 1, 0),
        ("y", "x"): (0, 0, 1),
        ("y", "y"): (1, 0, 0),
    }


def test_a_link_that_is_absent_in_some_worlds_moves_nothing_there():
    model = small([HELP | {"evidence": "assumed"}], {"x": {"fade": 0.1}}, ("u",))
    found = pressed(model, count=4_096, u=0.5)
    more, less, alike = found.shares("u", "x")
    # at "wide" an assumed link is absent in a quarter of the worlds; 4 standard errors of 4,096 draws
    assert alike == pytest.approx(0.25, abs=4 * np.sqrt(0.25 * 0.75 / 4_096))
    assert (more, less) == (1 - alike, 0)
    assert found.way("u", "x") == "more or alike"


def test_two_opposing_paths_go_either_way_as_their_numbers_say():
    twins = [
        {"from": "x", "to": "y", "polarity": "+", "strength": 0.1, "evidence": "stated"},
        {"from": "x", "to": "y", "polarity": "-", "strength": 0.1, "evidence": "stated", "delay": 1.0},
    ]
    model = small([HELP, *twins], {"x": {"fade": 0.1}, "y": {"gain": 0.05, "fade": 0.05}}, ("u",))
    worlds = Worlds.of([model], width="wide", seed=3)
    found = press(model, plan(model, u=0.5), worlds=worlds, count=1_024)
    # at rest y = (g + a x) / (g + f + (a + b) x) rises with x exactly where a f > b g
    values = dict(zip(worlds.columns, worlds.values(worlds.units(0, 1_024)).T, strict=True))
    rises = (
        values["link x->y strength"] * values["variable y fade"]
        > values["link x->y 2 strength"] * values["variable y gain"]
    )
    assert found.shares("u", "y") == (rises.mean(), (~rises).mean(), 0)
    assert [found.way("u", name) for name in ("x", "y")] == ["more", "either"]
    assert (found.way("y", "x"), found.way("y", "y")) == ("alike", "more")


def test_worlds_without_a_stable_state_of_rest_are_counted_apart():
    rumour = {"from": "x", "to": "x", "polarity": "+", "strength": 0.2}
    model = small([rumour | {"evidence": "stated", "spread": "narrow"}], {"x": {"fade": 0.1}})
    found = press(model, plan(model), worlds=Worlds.of([model], width="narrow", seed=1), count=128)
    assert (found.used, dict(found.left_out)) == (0, {"still moving": 0, "not stable": 128})
    assert not found.enough
    assert np.isnan(found.shares("x", "x")).all()
    slow = small([], {"x": {"start": 1.0, "fade": 1e-5}})
    found = press(slow, plan(slow), worlds=Worlds.of([slow], width="narrow", seed=1), count=8)
    assert dict(found.left_out) == {"still moving": 8, "not stable": 0}


def test_a_world_does_not_depend_on_how_many_are_pressed(monkeypatch):
    first, both = pressed(chain(), count=100), pressed(chain(), count=200)
    assert first.enough
    assert (both.more >= first.more).all()
    monkeypatch.setattr(pressing, "TOGETHER", 7)
    apart = pressed(chain(), count=100)
    for name in ("more", "less", "alike"):
        assert np.array_equal(getattr(first, name), getattr(apart, name))


def test_what_is_done_stands_when_it_is_cut_short():
    told = []

    def stop(share, words):
        told.append((share, words))
        if len(told) == 2:
            raise Cancelled

    worlds = Worlds.of([chain()], width="narrow", seed=1)
    found = press(chain(), plan(chain()), worlds=worlds, count=1_000, progress=stop)
    assert (found.tried, found.stopped) == (256, "stopped after 256 of 1,000 versions")
    assert told[0] == (0.128, "versions tried: 128 of 1,000")


def test_of_a_large_model_fewer_worlds_are_pressed(monkeypatch):
    monkeypatch.setattr(pressing, "MOST_CUBES", 8 * 120)
    found = pressed(chain(), count=200)
    assert (found.tried, found.stopped) == (120, "this model is large: 120 of 200 versions were tried")
    assert found.enough
    monkeypatch.setattr(pressing, "MOST_CUBES", 8 * 99)  # too few to say
    found = pressed(chain(), count=200)
    assert (found.tried, found.stopped) == (
        0,
        "this model is too large for the press test, and nothing was run",
    )
    assert not found.enough
    assert pressed(chain(), count=50).tried == 50  # as many as were asked for


def test_no_world_and_an_unknown_name_are_refused():
    with pytest.raises(ValueError, match="at least one world"):
        pressed(chain(), count=0)
    with pytest.raises(ValueError, match="no lever 'v'"):
        press(chain(), plan(chain(), v=1), worlds=Worlds.of([chain()], width="wide", seed=1), count=8)
    others = Worlds.of([small([HELP], {"x": {"fade": 0.1}}, ("u",))], width="wide", seed=1)
    with pytest.raises(ValueError, match="not drawn for this model"):
        press(chain(), plan(chain()), worlds=others, count=8)


def test_what_a_plan_cuts_is_cut_and_where_it_starts_at_rest_it_rests():
    model = chain()
    cut = replace(plan(model, u=0.5), start="rest", links=[LinkChange(source="x", target="y", cut=True)])
    found = press(model, cut, worlds=Worlds.of([model], width="wide", seed=1), count=128)
    assert found.used == 128
    assert (found.way("u", "x"), found.way("u", "y"), found.way("x", "y")) == ("more", "alike", "alike")


@pytest.mark.parametrize(
    ("more", "less", "alike", "way"),
    [
        (90, 10, 0, "more"),
        (89, 11, 0, "either"),
        (0, 90, 10, "less"),
        (50, 10, 40, "more or alike"),
        (10, 50, 40, "less or alike"),
        (45, 11, 44, "either"),
        (5, 5, 90, "alike"),
        (99, 0, 0, "too few to say"),
    ],
)
def test_nine_in_ten_are_nearly_all(more, less, alike, way):
    counts = (np.array([[count]]) for count in (more, less, alike))
    used = more + less + alike
    assert Presses(("u",), ("x",), *counts, used, used, {}).way("u", "x") == way


def test_slight_responses_count_as_none():
    changes = np.array([[[1.0], [-1e-7], [2e-6]], [[-3.0], [0.0], [0.0]]])  # two worlds, three variables
    assert tallied(changes).tolist() == [[[1, 0, 1]], [[1, 0, 0]], [[0, 2, 1]]]


def test_the_shipped_programme_lifts_what_it_is_for(common_purpose, scenarios):
    worlds = Worlds.of([common_purpose], width="narrow", seed=1)
    found = press(common_purpose, scenarios["nothing_new"], worlds=worlds, count=256)
    assert found.enough
    for lever in ("training", "co_design", "frictionless_offer"):
        more, less, _ = found.shares(lever, "embedded")
        assert (more > 0.95, less) == (True, 0)
    assert found.shares("competing_priorities", "embedded")[1] == 1
