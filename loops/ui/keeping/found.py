"""What is worked out at once for this page, kept for everybody who looks at the same plan."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import streamlit as st

from loops.equilibrium.afterwards import afterwards
from loops.equilibrium.lasting import Lasting, lasting
from loops.equilibrium.returns import ReturnCurve, return_curve
from loops.model import Model
from loops.scenario import Scenario
from loops.simulate import simulate
from loops.ui.exports import Progress
from loops.ui.keeping.choosing import Question
from loops.ui.planning.share import digest

SEED = 1
"""One seed for all: whoever asks the same sees the same."""
_MOST = 200
_QUICK = 100
"""Boxes that change by themselves: looking for places of rest takes their number cubed."""


def quick(model: Model) -> bool:
    """Whether an answer about this model takes about a second, so that nobody has to ask for it."""
    return len(model.variables) <= _QUICK


@dataclass(frozen=True)
class Answer:
    """What is known of one plan at once: its fate, where its levers leave the box, what is given back."""

    plan: Scenario
    fate: Lasting
    left: float | None
    """Where the box that is looked at stands when the last lever stops; None where none does."""
    curve: ReturnCurve


def answers(question: Question, progress: Progress) -> list[Answer]:
    """The answer for each of the question's plans; raises what a run that cannot be made raises."""
    found = []
    for place, plan in enumerate(question.plans):
        progress(place / len(question.plans), f"Following “{plan.title}” until it rests")
        found.append(_answer(question, plan))
    return found


def _answer(question: Question, plan: Scenario) -> Answer:
    model, outcome = question.shelf.model, question.outcome
    of = named(model, plan)
    fate = _lasting(of, outcome, _model=model, _plan=plan)
    left = None if fate.stop is None else _left(of, outcome, fate.stop, _model=model, _plan=plan)
    resting = afterwards(model, plan)
    curve = _curve(named(model, resting), outcome, _model=model, _plan=resting)
    return Answer(plan, fate, left, curve)


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
def _left(of: str, outcome: str, stop: float, _model: Model, _plan: Scenario) -> float:
    (run,) = simulate(_model, [_plan], months=math.ceil(stop))
    return float(np.interp(stop, run.months, run[outcome]))
