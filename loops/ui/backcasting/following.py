"""What follows from a plan: its curve beside nothing new, over many versions, and when it is looked at."""

from __future__ import annotations

from functools import partial

import streamlit as st

from loops.draw import fans
from loops.draw.scale import in_words, years
from loops.ensemble.ensemble import Ensemble
from loops.ensemble.simulate import simulate_ensemble
from loops.parts import replace
from loops.scenario import Scenario
from loops.theory.stress import bands
from loops.ui import look
from loops.ui.asked import asked
from loops.ui.backcasting.asking import Goal
from loops.ui.catalogue import NOTHING_NEW
from loops.ui.exports import Progress
from loops.ui.keeping.choosing import Question
from loops.ui.keeping.found import quick
from loops.ui.planning.share import run_key
from loops.ui.stressing import apart
from loops.ui.text import md
from loops.worlds import Worlds

_VERSIONS = 1_024
_CONFIG = {"displayModeBar": False}


def show(goal: Goal, plan: Scenario) -> None:
    """The two bands, in words and as a chart with what is wanted, and the table behind."""
    model, target = goal.shelf.model, goal.target
    quiet, plan = goal.shelf.scenarios[NOTHING_NEW], replace(plan, title="This plan")
    got = asked(
        "Draw the curves",
        key="goal:curves",
        of=f"{run_key(model, plan)} {target} {goal.seed} {goal.width}",
        make=partial(_run, goal, (quiet, plan)),
        at_once=quick(model),
    )
    if got is None:
        st.caption("Many versions are run for them. In a model as large as this that takes a while.")
        return
    question = Question(goal.shelf, (plan, quiet), target.variable)
    told = [apart.fan(got, each, question, place) for place, each in enumerate(got.scenarios)]
    said = apart.reaches(goal.label, told, got.months)
    months = [target.by, *([target.by + target.keep] if target.keep else [])]
    st.markdown(md(said))
    st.plotly_chart(
        fans.aimed(fans.levels(told, got.months, look.palette()), target.level, months, look.palette()),
        key=f"goal:fans:{goal.shelf.key}",
        theme=None,
        config=_CONFIG,
        alt=f"“{goal.label}” over {years(got.months[-1])}. {said}",
    )
    looked = " and ".join(years(month) for month in months)
    st.caption(
        f"{apart.READ} The dashed line is where “{in_words(target.level)}” begins; the dotted "
        f"{'lines stand' if len(months) > 1 else 'line stands'} where it is looked for, after {looked}."
    )
    apart.figures(question, told, None, got.months)


def _run(goal: Goal, plans: tuple[Scenario, Scenario], progress: Progress) -> Ensemble:
    """Both plans in versions that the search has not seen: those of the next seed."""
    model, target = goal.shelf.model, goal.target
    last = max(model.horizon, target.by + target.keep)
    worlds = Worlds.of([model], width=goal.width, seed=goal.seed + 1)
    return simulate_ensemble(bands(model, plans, last), worlds=worlds, count=_VERSIONS, progress=progress)
