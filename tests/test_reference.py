"""Reference modes: measured, each criterion with its figure, and able to fail."""

from __future__ import annotations

import numpy as np
import pytest
from oracles import dop853, small

from loops.criteria import Criterion, ReferenceMode, Run
from loops.parts import replace
from loops.reference import Plan
from loops.scenario import Change, LinkChange, Scenario, Schedule
from loops.simulate import simulate


@pytest.fixture(scope="module")
def figures(common_purpose, scenarios):
    return Plan(common_purpose, scenarios).measure()


def test_every_reference_mode_of_the_shipped_model_holds_or_says_why(figures):
    missed = {figure.mode.id for figure in figures if not figure.holds}
    explained = {figure.mode.id for figure in figures if figure.mode.miss}
    assert missed == explained


def test_the_seven_modes_of_the_design_are_there(common_purpose):
    assert len(common_purpose.reference_modes) == 7
    assert sum(len(mode.criteria) for mode in common_purpose.reference_modes) == 17


def by_measure(figures, mode, place):
    return [figure for figure in figures if figure.mode.id == mode][place].value


def test_figures_equal_what_the_runs_say(figures, common_purpose, scenarios):
    """Oracle: simulate, one scenario at a time; the two meshes differ, so within 200 tolerances of 1e-6."""
    run = {name: simulate(common_purpose, [scenario])[0] for name, scenario in scenarios.items()}
    lift = run["insight_first"].at("buy_in", 36) / run["nothing_new"].at("buy_in", 36)
    assert by_measure(figures, "information_alone_fades", 0) == pytest.approx(lift, rel=1e-3)
    order = run["value_first"].at("embedded", 108) - run["embed_first"].at("embedded", 108)
    assert by_measure(figures, "the_whole_matters", 1) == pytest.approx(order, abs=2e-4)
    assert by_measure(figures, "quiet_start", 0) == pytest.approx(run["nothing_new"].drift, abs=2e-4)


def test_leaving_out_each_lever_takes_the_least_costly_one(figures, common_purpose, scenarios):
    full = scenarios["everything_for_four_years"]
    without = [
        replace(full, levers=[plan for plan in full.levers if plan.id != lever.id])
        for lever in common_purpose.levers
    ]
    whole, *rest = simulate(common_purpose, [full, *without], months=84)
    costs = [max(whole.at(name, 84) - run.at(name, 84) for name in ("buy_in", "embedded")) for run in rest]
    figure = next(f for f in figures if f.criterion.against and f.criterion.against.vary == "each lever")
    assert figure.value == pytest.approx(min(costs), abs=2e-4)
    assert figure.case == common_purpose.levers[costs.index(min(costs))].id


def test_a_loop_is_cut_at_each_link_and_the_least_effect_counts(figures, common_purpose, scenarios):
    full = scenarios["everything_for_four_years"]
    names = ("buy_in", "value", "embedded", "common_purpose")
    figure = next(f for f in figures if f.criterion.against and f.criterion.against.vary == "each loop")
    effects = {}
    for loop in common_purpose.loops:
        cuts = [replace(full, links=[LinkChange(source=a, target=b, cut=True)]) for a, b in loop.pairs]
        whole, *rest = simulate(common_purpose, [full, *cuts], months=240)
        effects[loop.label] = min(max(abs(whole[name] - run[name]).max() for name in names) for run in rest)
    assert figure.value == pytest.approx(min(effects.values()), abs=2e-4)
    assert effects[figure.case] == pytest.approx(
        min(effects.values()), abs=2e-4
    )  # two loops may share the link


def with_mode(model, **criterion):
    mode = ReferenceMode(id="mine", statement="Mine.", criteria=[Criterion(**criterion)])
    return replace(model, reference_modes=[mode])


def test_a_criterion_that_is_not_met_misses(common_purpose, scenarios):
    model = with_mode(
        common_purpose, measure="level", run=Run(scenario="nothing_new"), variables=["buy_in"], at_least=0.9
    )
    (figure,) = Plan(model, scenarios).measure()
    assert not figure.holds
    assert figure.value < 0.2


def test_a_slow_fade_does_not_count_as_the_end(common_purpose, scenarios):
    """With every rate a fiftieth as fast the levels are where they should be, but the run is not at rest."""
    slow = replace(
        common_purpose,
        variables=[replace(n, gain=n.gain / 50, fade=n.fade / 50) for n in common_purpose.variables],
        links=[replace(link, strength=link.strength / 50) for link in common_purpose.links],
    )
    model = with_mode(
        slow,
        measure="level",
        run=Run(scenario="everything_for_four_years"),
        variables=["buy_in"],
        at_least=0.0,
    )
    (figure,) = Plan(model, scenarios).measure()
    assert figure.value > 0
    assert figure.moving > 1e-3
    assert not figure.holds


@pytest.mark.parametrize(
    ("scenario", "lasts"), [("everything_for_four_years", True), ("everything_for_a_year", False)]
)
def test_another_solver_finds_the_second_state_of_rest_too(common_purpose, scenarios, scenario, lasts):
    """Oracle: DOP853 at 1e-8 through the equations of oracles.py for 150 years.

    Both come to rest, where errors shrink, so within 200 tolerances of 1e-6.
    """
    months = np.array([0.0, 240.0, 1_680.0, 1_800.0])
    exact = dop853(common_purpose, scenarios[scenario], months, rtol=1e-8)
    (run,) = simulate(common_purpose, [scenarios[scenario]], months=1_800)
    assert run.levels[[0, 240, 1_680, 1_800]] == pytest.approx(exact, abs=2e-4)
    assert exact[3] == pytest.approx(exact[2], abs=1e-4)
    assert (exact[3, run.variables.index("buy_in")] > 0.3) == lasts


@pytest.mark.parametrize(
    ("criterion", "says"),
    [
        ({"measure": "drift", "month": "end"}, "needs a month"),
        ({"measure": "drift", "month": 1_000_000_000}, "less than or equal to 1800"),
        ({"measure": "drift", "month": 12.0}, "month"),
        ({"measure": "level", "against": Run(scenario="nothing_new")}, "'against' belongs to"),
        ({"measure": "difference"}, "'against' belongs to"),
        (
            {"measure": "level", "run": Run(scenario="nothing_new", vary="each lever")},
            "belongs into 'against'",
        ),
        ({"measure": "level", "more_when_cut": [("impact", "*")]}, "'more_when_cut' needs"),
        ({"measure": "level", "at_most": 1.0}, "exactly one of"),
    ],
)
def test_criteria_that_make_no_sense_are_refused(criterion, says):
    with pytest.raises(ValueError, match=says):
        Criterion(**{"run": Run(scenario="nothing_new"), "at_least": 0.1} | criterion)


def pulse(month: float) -> Scenario:
    return Scenario(
        id="pulse",
        model="small",
        title="Pulse",
        levers=[Schedule(id="u", changes=[Change(month=0, level=1), Change(month=month, level=0)])],
    )


def measured(model, scenario, **criterion):
    (figure,) = Plan(with_mode(model, run=Run(scenario="pulse"), **criterion), {"pulse": scenario}).measure()
    return figure


def test_drift_is_the_furthest_from_the_start_not_where_it_ends():
    """Closed form: up to 1 - e^(-0.1 * 10), then down with rate 0.2 to almost nothing."""
    won = {"from": "u", "to": "x", "polarity": "+", "strength": 0.1}
    model = small([won], {"x": {}, "y": {}}, levers=("u",))
    model = replace(model, variables=[replace(model.variables[0], fade=0.0), model.variables[1]])
    figure = measured(model, pulse(10), measure="drift", month=60, at_most=0.7)
    assert figure.value == pytest.approx(1 - np.exp(-1), abs=1e-4)
    fading = replace(model, variables=[replace(model.variables[0], fade=0.2), model.variables[1]])
    top = 0.1 / 0.3 * (1 - np.exp(-3))
    figure = measured(fading, pulse(10), measure="drift", month=60, at_most=0.7)
    assert figure.value == pytest.approx(top, abs=1e-4)


def test_at_most_takes_the_worst_case_of_all():
    """Two arrows into x, one three times as strong: cutting the strong one costs more, and that is shown."""
    links = [
        {"from": "a", "to": "x", "polarity": "+", "strength": 0.03},
        {"from": "b", "to": "x", "polarity": "+", "strength": 0.01},
    ]
    model = small(links, {"a": {"start": 1.0}, "b": {"start": 1.0}, "x": {}}, levers=("u",))
    against = Run(scenario="pulse", vary="each link")
    figure = measured(
        model, pulse(1), measure="difference", against=against, variables=["x"], month=20, at_most=0.2
    )
    assert figure.value == pytest.approx(np.exp(-0.2) - np.exp(-0.8), abs=1e-5)
    assert figure.case == "a -> x"
    assert not figure.holds


def test_more_when_cut_may_be_less():
    """The lever acts through the arrow that is cut: without it the lever makes no difference any more."""
    model = small(
        [{"from": "u", "to": "x", "polarity": "+", "strength": 0.1}], {"x": {}, "y": {}}, levers=("u",)
    )
    figure = measured(
        model,
        pulse(10),
        measure="difference",
        against=Run(scenario="pulse", without=["u"]),
        variables=["x"],
        month=10,
        at_least=0.0,
        more_when_cut=[("u", "x")],
    )
    assert figure.value == pytest.approx(-(1 - np.exp(-1)), abs=1e-5)
    assert not figure.holds


def test_every_run_about_the_end_must_rest():
    """The run itself rests at once; what it is held against still creeps up after 150 years."""
    creep = {"from": "y", "to": "x", "polarity": "+", "strength": 0.0002}
    model = small([creep], {"x": {}, "y": {"start": 1.0}}, levers=("u",))
    quiet = replace(pulse(1), links=[LinkChange(source="y", target="x", cut=True)])
    criterion = {"measure": "distance", "variables": ["x"], "at_most": 1.0}
    modes = with_mode(model, run=Run(scenario="quiet"), against=Run(scenario="pulse"), **criterion)
    (figure,) = Plan(modes, {"quiet": quiet, "pulse": pulse(1)}).measure()
    assert figure.moving > 1e-3
    assert not figure.holds


def test_there_must_be_something_to_vary(common_purpose):
    with pytest.raises(ValueError, match="nothing to vary: the model has no loop"):
        with_mode(
            replace(common_purpose, loops=(), stories=(), reference_modes=()),
            measure="difference",
            run=Run(scenario="nothing_new"),
            against=Run(scenario="nothing_new", vary="each loop"),
            at_least=0.0,
        )


def test_a_scenario_that_is_not_there(common_purpose, scenarios):
    model = with_mode(
        common_purpose, measure="level", run=Run(scenario="nothing_knew"), variables=["buy_in"], at_least=0.9
    )
    with pytest.raises(ValueError, match="'nothing_new'"):
        Plan(model, scenarios)


def test_criteria_read_as_sentences():
    criterion = Criterion(
        measure="difference",
        run=Run(scenario="a"),
        against=Run(scenario="a", cut=[("impact", "*")]),
        variables=["buy_in"],
        month=120,
        at_least=0.1,
    )
    assert criterion.sentence() == "buy_in at month 120: a minus a with impact -> anything cut"
    assert criterion.bound() == ">= 0.1"
