"""What is worked out at once for this page, kept for everybody who looks at the same plan."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import streamlit as st

from loops.compare import LASTING, nothing_new
from loops.equations import Equations
from loops.equilibrium.afterwards import afterwards
from loops.equilibrium.divide import between
from loops.equilibrium.ends import part
from loops.equilibrium.lasting import Lasting, lasting
from loops.equilibrium.legacy import Divide, lasts, legacy
from loops.equilibrium.returns import ReturnCurve, return_curve
from loops.model import Model
from loops.noise import Shaken
from loops.scenario import Scenario
from loops.simulate import simulate
from loops.ui.exports import Progress
from loops.ui.keeping.choosing import Question
from loops.ui.planning.share import digest, run_key

SEED = 1
"""One seed for all: whoever asks the same sees the same."""
NOISE = 0.05
VERSIONS = 64
"""How much each number of the model differs from version to version, and how many versions are tried."""
_MOST, _MODELS = 200, 20
_QUICK = 100
"""Boxes that change by themselves: looking for places of rest takes their number cubed."""
_LIGHT = 1_000
"""Rows and links of a model: trying many versions takes their number."""
_MOST_WORK = 1_000_000
"""Rows and links times runs for the share in a headline: a large model is tried in fewer versions."""


def quick(model: Model) -> bool:
    """Whether an answer about this model takes about a second, so that nobody has to ask for it."""
    return len(model.variables) <= _QUICK and _size(model) <= _LIGHT


def _size(model: Model) -> int:
    """Rows and links: a delay has three stages."""
    return len(model.variables) + sum(4 if link.delay else 1 for link in model.links)


@dataclass(frozen=True)
class Tried:
    """What a plan leaves behind with the assumptions exactly as they are, and in many versions of them."""

    lead: float
    """How far the box ends above where it ends if nothing new is done, the assumptions as they are."""
    draws: int
    lasts: float
    """Share of versions in which the change is there in the end."""
    lower: float
    """Share in which the box ends below where it ends if nothing new is done."""


@dataclass(frozen=True)
class Answer:
    """What is known of one plan at once; levels are of the box that is looked at."""

    plan: Scenario
    fate: Lasting
    left: float | None
    """Where the last lever leaves it when that stops; None where none does."""
    quiet: float | None
    """Where it stands then if nothing new is done."""
    curve: ReturnCurve
    tried: Tried

    @property
    def ahead(self) -> float:
        """How far the work has brought the box above nothing new when it stops: below 0 if down."""
        return 0.0 if self.left is None or self.quiet is None else self.left - self.quiet

    @property
    def lowers(self) -> bool:
        """Whether this plan brings the box down, so that staying low is what it is after."""
        return self.ahead < -LASTING


def answers(question: Question, progress: Progress) -> list[Answer]:
    """The answer for each of the question's plans; raises what a run that cannot be made raises."""
    found, count = [], len(question.plans)
    for place, plan in enumerate(question.plans):
        progress(place / count, f"Following “{plan.title}” until it rests")
        found.append(_answer(question, plan, part(progress, place / count, (place + 1) / count)))
    return found


def _answer(question: Question, plan: Scenario, progress: Progress | None) -> Answer:
    model, outcome = question.shelf.model, question.outcome
    of = run_key(model, plan)
    fate = _lasting(of, outcome, _model=model, _plan=plan)
    left, quiet = (
        _at(of, outcome, fate.stop, _model=model, _plan=plan) if fate.stop is not None else (None, None)
    )
    resting = afterwards(model, plan)
    curve = _curve(run_key(model, resting), outcome, _model=model, _plan=resting)
    tried = _tried(of, outcome, _model=model, _fate=fate, _progress=progress)
    return Answer(plan, fate, left, quiet, curve, tried)


@st.cache_resource(show_spinner=False, max_entries=_MOST)
def _lasting(of: str, outcome: str, _model: Model, _plan: Scenario) -> Lasting:
    (found,) = lasting(_model, [_plan], outcome, seed=SEED)
    return found


@st.cache_resource(show_spinner=False, max_entries=_MOST)
def _curve(of: str, outcome: str, _model: Model, _plan: Scenario) -> ReturnCurve:
    return return_curve(_model, _plan, outcome)


@st.cache_resource(show_spinner=False, max_entries=_MOST)
def _at(of: str, outcome: str, stop: float, _model: Model, _plan: Scenario) -> tuple[float, float]:
    """The outcome at month `stop`, with the plan and if nothing new is done."""
    runs = simulate(_model, [_plan, nothing_new(_model, _plan)], months=math.ceil(stop))
    plan, quiet = (float(np.interp(stop, run.months, run[outcome])) for run in runs)
    return plan, quiet


@st.cache_resource(show_spinner=False, max_entries=_MOST)
def _tried(of: str, outcome: str, _model: Model, _fate: Lasting, _progress: Progress | None) -> Tried:
    equations = Equations.of(_model)
    draws = max(1, min(VERSIONS, _MOST_WORK // (2 * _size(_model))))
    shaken = _versions(digest(_model), draws, _model=_model)
    cases = [(_fate.scenario, version) for version in range(draws)]
    found = legacy(equations, cases, outcome, shaken=shaken, progress=_progress)
    divide = Divide(math.nan)
    if _fate.lower and _fate.upper:
        divide = between((_fate.lower, _fate.upper), equations.place(outcome))
    lasting_ones, lower_ones = lasts(found.fates(divide)), found.lead < -LASTING
    own = legacy(equations, cases[:1], outcome)
    return Tried(float(own.lead[0]), draws, float(lasting_ones.mean()), float(lower_ones.mean()))


@st.cache_resource(show_spinner=False, max_entries=_MODELS)
def _versions(of: str, draws: int, _model: Model) -> Shaken:
    return Shaken.of(_model, noise=NOISE, draws=draws, seed=SEED)
