"""PySD runs what we export as our engine runs it.

Euler's method is off by c h + d h^2 + O(h^3) at a step h, so the error halves with the step, and 2 y(h/2) -
y(h) is off by d h^2/2 only. With y(2h) as well the term in h^2 is known: e(2h) - 2 e(h) = 2 d h^2 + O(h^3),
and a quarter of that is e(h) - 2 e(h/2). So |e(h)|/|e(h/2)| is 2 to within |e(2h) - 2 e(h)| / |e(h/2)| / 2:
twice what the second order makes it, which leaves room for the third. The steps are 1/8, 1/16 and 1/32 of a
month, as a run takes a time in proportion to their number; each plan is run until the last of its changes
has had twice the longest delay to act, and is read by PySD once.
"""

from __future__ import annotations

import numpy as np
import pytest
from elsewhere import Elsewhere
from oracles import plan

from loops import files, library
from loops.model import Model
from loops.parts import replace
from loops.scenario import LinkChange, Scenario
from loops.simulate import simulate

TOLERANCE = 1e-10
OWN = 10 * TOLERANCE
"""Bound on the error of our own levels, as elsewhere in these tests."""
SHIPPED = {name: files.read_model(path) for name, path in library.shipped_models().items()}
PLANS = [(name, plan) for name, model in SHIPPED.items() for plan in (None, *library.scenarios_of(model))]


def unchanged(model: Model) -> Scenario:
    return Scenario(id="unchanged", model=model.id, title="Unchanged")


@pytest.mark.parametrize(("name", "plan"), PLANS, ids=lambda part: part or "none")
def test_errors_halve_with_the_step_and_vanish_in_the_limit(name, plan, tmp_path):
    model = SHIPPED[name]
    scenario = library.scenarios_of(model)[plan] if plan else None
    corners = scenario.corners() if scenario else set()
    months = int(max(corners, default=0) + 2 * max(link.delay for link in model.links))
    (ours,) = simulate(model, [scenario or unchanged(model)], months=months, tolerance=TOLERANCE)
    theirs = Elsewhere(model, scenario, tmp_path)
    off = [theirs.levels(steps, months) - ours.levels for steps in (8, 16, 32)]
    size = [np.abs(each).max() for each in off]
    second = np.abs(off[0] - 2 * off[1]).max()
    band = (second / 2 + 3 * OWN) / size[2]
    assert band < 0.1
    assert size[1] / size[2] == pytest.approx(2, abs=band)
    assert np.abs(2 * off[2] - off[1]).max() <= 1e-4


def extrapolated(model, scenario, months, folder):
    """Levels in the limit of small steps by variable, and a bound on their error.

    2 y(1/32) - y(1/16) is off by a third of what it differs from 2 y(1/16) - y(1/8). That is the bound.
    """
    theirs = Elsewhere(model, scenario, folder)
    levels = [theirs.levels(steps, months) for steps in (8, 16, 32)]
    before, best = 2 * levels[1] - levels[0], 2 * levels[2] - levels[1]
    names = sorted(node.id for node in model.variables)
    return dict(zip(names, best.T, strict=True)), np.abs(best - before).max() + OWN


def erlang(month, delay):
    """The integral of the answer of a third-order delay to a step of 1 at month 0 (DESIGN, section 3)."""
    a = 3 / delay
    t = a * month
    return month - (3 - np.exp(-t) * (3 + 2 * t + t**2 / 2)) / a


def small():
    """One variable for each form that an arrow may have, none of which acts on another."""
    arrows = [
        ("step", "late", {"delay": 6.0}),
        ("step", "mass", {"threshold": 0.4, "steepness": 3, "strength": 0.2}),
        ("nobody", "unknown", {"polarity": "?"}),
        ("ramp", "ramped", {}),
        ("step", "twice", {"strength": 0.05}),
        ("step", "twice", {"delay": 3.0}),
        ("grows", "grows", {"strength": 0.3}),
        ("nobody", "cut", {}),
        ("nobody", "halved", {}),
    ]
    links = [
        {"from": source, "to": target, "polarity": "+", "strength": 0.1, **more}
        for source, target, more in arrows
    ]
    return Model.model_validate(
        {
            "id": "small",
            "title": "Small",
            "variable": {
                name: {"label": name, "start": 0.1} for name in dict.fromkeys(one[1] for one in arrows)
            }
            | {"alone": {"label": "alone", "start": 0.9, "gain": 0.02, "fade": 0.06}},
            "lever": {"step": {"label": "step", "level": 0.25}, "ramp": {"label": "ramp"}},
            "context": {"nobody": {"label": "nobody", "level": 0.5}},
            "link": links,
        }
    )


def test_every_form_of_arrow_has_its_closed_form(tmp_path):
    """A level that only wins at a rate r is 1 - (1 - x0) exp(-integral of r); pulled both ways at p it heads
    for one half as exp(-2 p t); acting on itself it is logistic; with gain g and fade f it ends at g/(g + f).
    """
    model, month = small(), np.arange(25.0)
    scenario = replace(
        plan(model, step=[(0, 1.0)], ramp=[(2, 0.5, 4), (12, 0.0)]),
        links=(
            LinkChange(source="nobody", target="cut", cut=True),
            LinkChange(source="nobody", target="halved", times=0.5),
        ),
    )
    best, bound = extrapolated(model, scenario, 24, tmp_path)
    late = {delay: 0.25 * month + 0.75 * erlang(month, delay) for delay in (3.0, 6.0)}
    since = np.clip(month - 2, 0, 4)
    ramp = since**2 / 16 + np.clip(month - 6, 0, 6) / 2
    won = {
        "late": 0.1 * late[6.0],
        "mass": 0.2 * month,
        "ramped": 0.1 * ramp,
        "twice": 0.05 * month + 0.1 * late[3.0],
        "cut": 0 * month,
        "halved": 0.025 * month,
    }
    expected = {name: 1 - 0.9 * np.exp(-integral) for name, integral in won.items()}
    expected["unknown"] = 0.5 - 0.4 * np.exp(-0.05 * month)
    expected["grows"] = 1 / (1 + 9 * np.exp(-0.3 * month))
    expected["alone"] = 0.25 + 0.65 * np.exp(-0.08 * month)
    (ours,) = simulate(model, [scenario], months=24, tolerance=TOLERANCE)
    assert set(best) == set(expected)
    assert bound < 1e-4
    for name, levels in expected.items():
        assert np.abs(ours[name] - levels).max() <= OWN, name
        assert np.abs(best[name] - levels).max() <= bound, name


AWKWARD = (
    *(
        'Say "when"',
        "Buy-in: <ready> & able,\nnow",
        "TIME",
        "if",
        "DT",
        "Not yet",
        "und Öl ß",
        "信任",
        "a_b  c",
    ),
    *("A B C", "Initial time", "[x] {y} \\ z", "1st + 2nd * 3", "It's ours", "andorra or not", "=cmd' /C!A0"),
    *("İ", "$"),
)
"""Labels that a program could take for something else."""


def test_any_label_makes_a_name_that_runs(tmp_path):
    """Each box moves the next, so every name stands in an equation."""
    ids = [f"v{number}" for number in range(len(AWKWARD))]
    ends = [*zip(["lever", *ids], ids, strict=False)]
    model = Model.model_validate(
        {
            "id": "awkward",
            "title": "A <b> & \x07",
            "variable": {
                name: {"label": label, "start": 0.5, "fade": 0.1}
                for name, label in zip(ids, AWKWARD, strict=True)
            },
            "lever": {"lever": {"label": "time", "level": 0.75}},
            "link": [
                {"from": source, "to": target, "polarity": "+", "strength": 0.2, "delay": 2.0 * (at % 2)}
                for at, (source, target) in enumerate(ends)
            ],
        }
    )
    scenario = plan(model, lever=0.5)
    best, bound = extrapolated(model, scenario, 12, tmp_path)
    (ours,) = simulate(model, [scenario], months=12, tolerance=TOLERANCE)
    assert bound < 1e-4
    assert max(np.abs(best[name] - ours[name]).max() for name in ids) <= bound


def test_a_plan_from_rest_begins_where_it_rests(tmp_path):
    model = SHIPPED["common_purpose"]
    lever = model.levers[0].id
    scenario = replace(plan(model, **{lever: [(0, 1.0)]}), start="rest")
    best, bound = extrapolated(model, scenario, 12, tmp_path)
    (ours,) = simulate(model, [scenario], months=12, tolerance=TOLERANCE)
    assert max(np.abs(best[name] - ours[name]).max() for name in ours.variables) <= bound
