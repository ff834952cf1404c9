"""What is worked out at once for this page, kept for everybody who looks at the same plan."""

from __future__ import annotations

import math
from dataclasses import dataclass

import streamlit as st

from loops.equilibrium.afterwards import afterwards
from loops.equilibrium.along import Along
from loops.equilibrium.lasting import Lasting, lasting
from loops.equilibrium.returns import ReturnCurve, return_curve
from loops.equilibrium.tipping import Tipping, tipping
from loops.model import Model
from loops.scenario import Scenario
from loops.simulate import simulate
from loops.ui.keeping.choosing import Question
from loops.ui.planning.share import digest

SEED = 1
"""One seed for all: whoever asks the same sees the same."""
_MOST = 200


@dataclass(frozen=True)
class Answer:
    """What is known of one plan at once: its fate, where its levers leave the box, what is given back."""

    plan: Scenario
    fate: Lasting
    left: float | None
    """Where the box that is looked at stands when the last lever stops; None where none does."""
    curve: ReturnCurve


def answer(question: Question, plan: Scenario) -> Answer:
    """The answer for one of the question's plans; raises what a run that cannot be made raises."""
    model, outcome = question.shelf.model, question.outcome
    of = named(model, plan)
    fate = _lasting(of, outcome, _model=model, _plan=plan)
    left = None if fate.stop is None else _left(of, outcome, fate.stop, _model=model, _plan=plan)
    resting = afterwards(model, plan)
    curve = _curve(named(model, resting), outcome, _model=model, _plan=resting)
    return Answer(plan, fate, left, curve)


def scan(model: Model, plan: Scenario, along: Along, outcome: str) -> Tipping:
    """Whether it lasts along the way; raises what `tipping` raises."""
    return _scan(named(model, plan), along.text, outcome, _model=model, _plan=plan, _along=along)


def named(model: Model, plan: Scenario) -> str:
    """What two plans share only where they run alike: their titles do not count."""
    return f"{digest(model)} {plan.model_dump_json(exclude={'id', 'title', 'description'})}"


@st.cache_resource(show_spinner=False, max_entries=_MOST)
def _lasting(of: str, outcome: str, _model: Model, _plan: Scenario) -> Lasting:
    (found,) = lasting(_model, [_plan], outcome, seed=SEED)
    return found


@st.cache_resource(show_spinner=False, max_entries=_MOST)
def _curve(of: str, outcome: str, _model: Model, _plan: Scenario) -> ReturnCurve:
    return return_curve(_model, _plan, outcome)


@st.cache_resource(show_spinner=False, max_entries=_MOST)
def _scan(of: str, way: str, outcome: str, _model: Model, _plan: Scenario, _along: Along) -> Tipping:
    return tipping(_model, _plan, _along, outcome=outcome, seed=SEED)


@st.cache_resource(show_spinner=False, max_entries=_MOST)
def _left(of: str, outcome: str, stop: float, _model: Model, _plan: Scenario) -> float:
    (run,) = simulate(_model, [_plan], months=math.ceil(stop))
    return float(run[outcome][math.ceil(stop)])
