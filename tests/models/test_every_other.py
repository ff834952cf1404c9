"""What holds of every shipped model but the first: its words, grades, hours, dates, modes and claims."""

from __future__ import annotations

import re
from collections import Counter

import numpy as np
import pytest
from oracles import dop853

from loops import library, validity
from loops.criteria import LATEST
from loops.files import read_model
from loops.model import Model
from loops.reference import Plan
from loops.scenario import Scenario
from loops.simulate import simulate
from loops.theory.claims import claims_of

RESTS = {
    "active_practice": ("embedded", 0.6, "ten_hours", "value_alone"),
    "recognise_value_embed": ("practices", 0.3, "everything_for_four_years", "ask_and_offer_alone"),
}
"""A variable, a level between its two states of rest, a plan that ends above it and one that ends below."""


@pytest.fixture(scope="module", params=sorted(set(library.shipped_models()) - {library.USUAL}))
def model(request: pytest.FixtureRequest) -> Model:
    return read_model(library.shipped_models()[request.param])


@pytest.fixture(scope="module")
def plans(model: Model) -> dict[str, Scenario]:
    return library.scenarios_of(model)


def test_every_arrow_says_why_and_how_we_know(model):
    assert validity.evidence_gaps(model) == []
    assert all(link.reason for link in model.links)
    assert all(link.cited or link.evidence == "assumed" for link in model.links)
    assert all(link.reason.startswith("We assume") for link in model.links if link.evidence == "assumed")
    assert {link.threshold_evidence for link in model.links} == {"assumed"}
    assert {link.delay_evidence for link in model.links} == {"assumed"}
    assert Counter(link.grade for link in model.links)["contested"] == 1


def test_every_box_has_the_words_to_talk_about_it(model):
    assert len(model.core) == 5
    for node in model.nodes.values():
        assert all((node.description, node.not_yet, node.fully)), node.id
        assert len(node.prompts) >= 2, node.id
        assert all(prompt.endswith("?") for prompt in node.prompts), node.id
        said = " ".join((node.label, node.description, node.not_yet, node.fully, *node.prompts))
        assert not re.search(r"CMO|reinforcing|balancing|ensemble|\bstock\b|Sobol|—", said), node.id


def test_every_lever_has_its_hours_and_its_cell_in_the_matrix(model):
    for lever in model.levers:
        assert lever.hours_us + lever.hours_partner > 0, lever.id
        assert lever.influence, lever.id
        assert all(cell.reason for cell in lever.influence), lever.id
        assert lever.also, lever.id


def test_every_plan_keeps_the_dates_and_does_first_what_the_rest_needs(model, plans):
    """No lever begins before those it needs, or before the first month in which it can be done."""
    assert "nothing_new" in plans
    assert len(plans) >= 6
    for plan in plans.values():
        begins = {lever.id: min(c.month for c in lever.changes if c.level) for lever in plan.levers}
        for lever in model.levers:
            if lever.id in begins:
                first = max([lever.earliest, *(begins.get(name, np.inf) for name in lever.needs)])
                assert begins[lever.id] >= first, (plan.id, lever.id)


def test_every_reference_mode_holds_or_says_why(model, plans):
    figures = Plan(model, plans).measure()
    missed = {figure.mode.id for figure in figures if not figure.holds}
    assert missed == {figure.mode.id for figure in figures if figure.mode.miss}
    assert len({figure.mode.id for figure in figures}) >= 10


@pytest.mark.parametrize("lasts", [True, False])
def test_another_solver_finds_both_states_of_rest(model, plans, lasts):
    """Oracle: DOP853 at 1e-8 for 150 years; both come to rest, so within 200 tolerances of 1e-6."""
    variable, between, above, below = RESTS[model.id]
    plan, months = plans[above if lasts else below], np.array([0.0, 240.0, LATEST - 120.0, LATEST])
    exact = dop853(model, plan, months, rtol=1e-8)
    (run,) = simulate(model, [plan], months=LATEST)
    assert run.levels[months.astype(int)] == pytest.approx(exact, abs=2e-4)
    assert exact[3] == pytest.approx(exact[2], abs=1e-4)
    assert (exact[3, run.variables.index(variable)] > between) == lasts


def test_the_claims_are_in_realist_form_and_say_where_they_come_from(model, plans):
    claims = claims_of(model, plans)
    assert len([claim for claim in claims if claim.passage and claim.cited == "seed"]) >= 15
    assert all(claim.for_whom and claim.context and claim.resource and claim.reasoning for claim in claims)
