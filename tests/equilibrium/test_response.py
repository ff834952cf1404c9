"""A lasting push on a state of rest: closed forms, and pushes of some size integrated to rest."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from oracles import models, plan, small

from loops.equations import Equations
from loops.equilibrium.response import CLOSE, respond
from loops.parts import replace
from loops.scenario import Scenario
from loops.simulate import LONG_RUN, run_block

QUIET = {"id": "plan", "title": "Plan"}


def lanes_of(model, scenario, months=LONG_RUN):
    equations = Equations.of(model)
    return equations, equations.prepare([scenario], months)


def changes(model, scenario):
    """The rows of variables, the columns of levers, contexts and variables, and the state of rest."""
    equations, lanes = lanes_of(model, scenario)
    found = respond(equations, lanes)
    assert found.resting.all()
    assert found.stable.all()
    columns = equations.inputs + equations.variables
    place = {(v, u): (i, j) for i, v in enumerate(equations.variables) for j, u in enumerate(columns)}
    return {pair: found.changes[0][at] for pair, at in place.items()}, found.levels[0]


@pytest.mark.parametrize("delay", [0.0, 6.0])
@pytest.mark.parametrize("threshold", [None, 0.4])
def test_one_variable_moves_as_its_closed_form_says(delay, threshold):
    # x = G / (G + fade) with G = gain + w f(u): dx/dG = fade / (G + fade)^2
    link = {"from": "u", "to": "x", "polarity": "+", "strength": 0.2, "delay": delay, "threshold": threshold}
    model = small([link], {"x": {"gain": 0.02, "fade": 0.1}}, ("u",))
    found, levels = changes(model, plan(model, u=0.3))
    k_m = 0.4**4
    f = 0.3 if threshold is None else (1 + k_m) * 0.3**4 / (k_m + 0.3**4)
    slope = 1.0 if threshold is None else (1 + k_m) * 4 * 0.3**3 * k_m / (k_m + 0.3**4) ** 2
    won = 0.02 + 0.2 * f
    assert levels[0] == pytest.approx(won / (won + 0.1), abs=CLOSE)
    # the level is within CLOSE, and the changes are products of it with factors below 1 / (G + fade)^2 < 100
    assert found["x", "u"] == pytest.approx(0.2 * slope * 0.1 / (won + 0.1) ** 2, abs=100 * CLOSE)
    assert found["x", "x"] == pytest.approx(0.1 / (won + 0.1) ** 2, abs=100 * CLOSE)


def test_what_nothing_moves_is_pushed_by_its_level():
    link = {"from": "stock", "to": "x", "polarity": "-", "strength": 0.2}
    model = small([link], {"stock": {"start": 0.5}, "x": {"gain": 0.1}})
    found, levels = changes(model, plan(model))
    assert (found["stock", "stock"], found["stock", "x"]) == (1, 0)
    # x = .1 / (.1 + .2 s): dx/ds = -.02 / (.1 + .2 s)^2 = -.5 at s = .5
    assert levels[0] == 0.5
    assert found["x", "stock"] == pytest.approx(-0.5, abs=100 * CLOSE)


def test_a_push_is_taken_where_the_plan_has_left_it():
    # a rumour with a second state of rest: it has died out, or a programme has made it last
    links = [
        {"from": "x", "to": "x", "polarity": "+", "strength": 0.3, "threshold": 0.3},
        {"from": "u", "to": "x", "polarity": "+", "strength": 0.3},
    ]
    model = small(links, {"x": {"fade": 0.1, "gain": 0.001}}, ("u",))
    never, low = changes(model, plan(model))
    after, high = changes(model, plan(model, u=[(0, 1), (60, 0)]))
    assert low[0] < 0.05
    assert high[0] > 0.6
    assert never["x", "u"] > 0
    assert after["x", "u"] > 0


def test_a_state_that_is_not_stable_or_not_reached_is_told_apart():
    rumour = {"from": "x", "to": "x", "polarity": "+", "strength": 0.2}
    model = small([rumour], {"x": {"fade": 0.1}})  # at 0, from where it would grow
    found = respond(*lanes_of(model, plan(model)))
    assert (found.resting[0], found.stable[0]) == (True, False)
    assert not found.changes.any()
    slow = small([], {"x": {"start": 1.0, "fade": 1e-5}})  # 8,333 years
    found = respond(*lanes_of(slow, plan(slow)))
    assert (found.resting[0], found.stable[0]) == (False, False)
    nowhere = small([rumour | {"threshold": 0.5}], {"x": {}})  # flat at 0: it stays wherever it is pushed
    found = respond(*lanes_of(nowhere, plan(nowhere)))
    assert (found.resting[0], found.stable[0]) == (True, False)


def test_nothing_more_comes_where_all_is_there_and_nothing_less_where_there_is_none():
    link = {"from": "u", "to": "y", "polarity": "-", "strength": 0.1}
    model = small([link], {"x": {"gain": 0.1}, "y": {"fade": 0.1, "start": 0.5}}, ("u",))
    found, levels = changes(model, plan(model))
    assert levels.tolist() == [1, 0]
    assert (found["x", "x"], found["y", "u"]) == (0, 0)
    assert found["y", "y"] == pytest.approx(10)


def pushed_by(lanes, equations, push, size):
    """The same lanes with a little more of one thing, before their start and for good."""
    if push in equations.inputs:
        level, start = lanes.u_level.copy(), lanes.start.copy()
        level[:, equations.inputs.index(push)] += size
        for k, row in equations.delayed.items():
            if equations.links[k].source == push:
                start[row : row + 3] += size
        if push in equations.signals:
            start[equations.row[push]] += size
        return lanes._replace(u_level=level, start=start)
    gain = lanes.gain.copy()
    gain[equations.row[push]] += size
    return lanes._replace(gain=gain)


def test_a_push_of_some_size_integrated_to_rest_agrees(common_purpose, scenarios):
    """Central differences at sizes h and h / 2 differ by 3/4 of the larger one's error h^2 x''' / 6.

    So the finer one's error is a third of their difference, and the tolerance is all of it, besides the
    integration's: 4,000 months at 1e-9 leave each end within 1e-8, and a quotient within 2e-8 / h.
    """
    levels = dict.fromkeys((lever.id for lever in common_purpose.levers), 0.3)
    equations, lanes = lanes_of(common_purpose, plan(common_purpose, **levels), 4_000)
    found = respond(equations, lanes)
    assert found.stable.all()

    def end(push, size):
        pushed = pushed_by(lanes, equations, push, size)
        block = run_block(equations.wiring, pushed, np.empty(0), tolerance=1e-9)
        return block.state[: len(equations.variables), 0]

    assert np.abs(end("strain", 0.0) - found.levels[0]).max() < 1e-8
    size = 4e-4
    for push in ("training", "advocacy", "staff_turnover", "competing_priorities", "strain", "embedded"):
        wide, fine = ((end(push, h) - end(push, -h)) / (2 * h) for h in (size, size / 2))
        column = (equations.inputs + equations.variables).index(push)
        change = found.changes[0, :, column]
        assert np.all(np.abs(change - fine) <= np.abs(wide - fine) + 2e-8 / (size / 2))
        sure = np.abs(fine) > np.abs(wide - fine) + 2e-8 / (size / 2)
        assert sure.sum() >= 14
        assert np.array_equal(np.sign(change[sure]), np.sign(fine[sure]))


def rounded(model):
    """Without numbers near 0: what grows for 150 years from 1e-20 grows from the solver's own error."""
    links = [replace(link, strength=round(link.strength, 4)) for link in model.links]
    own = [
        replace(node, **{name: round(getattr(node, name), 4) for name in ("start", "gain", "fade")})
        for node in model.variables
    ]
    return replace(model, links=tuple(links), variables=tuple(own))


def bend(link):
    """How fast its own terms of the Jacobian can change, per level: w (2 max f' + max f'')."""
    y, f = np.linspace(0, 1, 2_001), np.linspace(0, 1, 2_001)
    if link.threshold:
        k_m = link.threshold**link.steepness
        f = (1 + k_m) * y**link.steepness / (k_m + y**link.steepness)
    slope = np.gradient(f, y)
    return link.strength * (2 * np.abs(slope).max() + np.abs(np.gradient(slope, y)).max())


@given(models().map(rounded))
def test_delays_do_not_change_a_response(model):
    """R = -J^-1 B at two states d apart: |R - R'| <= |J^-1| (|B - B'| + |J - J'| |R|), to first order.

    |J - J'| <= C d with C the largest sum of `bend` over a variable's links, |B - B'| <= (1 + C) d, and
    |J^-1| is read from the responses to gains, divided by their 1 - x. Twice that is allowed.
    """
    quiet = Scenario(model=model.id, **QUIET)
    plain = [replace(link, delay=24.0 if link.delay else 0.0) for link in model.links]
    signs = {}
    for link in plain:
        signs.setdefault((link.source, link.target, link.delay), set()).add(link.polarity)
    assume(all(len(each) == 1 for each in signs.values()))
    found, other = (respond(*lanes_of(each, quiet)) for each in (model, replace(model, links=tuple(plain))))
    d = np.abs(found.levels - other.levels).max()
    room = 1 - found.levels[0]
    assume(found.stable[0] and other.stable[0] and d < 1e-6 and room.min() > 1e-3)
    n = room.size
    into = {
        name: sum(bend(link) for link in plain if link.target == name) for name in {x.target for x in plain}
    }
    curve = max(into.values(), default=0.0)
    inverse = np.abs(found.changes[0, :, -n:] / room).sum(axis=1).max()
    size = np.abs(found.changes[0]).max()
    allowed = 2 * inverse * (d + 1e-14) * (1 + curve) * (1 + size * n)
    assert np.abs(found.changes - other.changes).max() <= allowed


@given(models().map(rounded))
def test_where_every_arrow_helps_no_push_harms(model):
    """Without - links -J of a stable state is an M-matrix, whose inverse is nowhere negative.

    What the press test counts as none, a millionth of the largest response, is far above rounding.
    """
    helping = replace(model, links=tuple(replace(link, polarity="+") for link in model.links))
    found = respond(*lanes_of(helping, Scenario(model=model.id, **QUIET)))
    assert (found.changes >= -1e-6 * np.abs(found.changes).max()).all()
