"""For those who know the field: places of rest, how firm they are, swings, and what feedback does there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
import streamlit as st

from loops.draw.scale import in_words, years
from loops.equilibrium.afterwards import afterwards
from loops.equilibrium.multiplier import (
    Multiplier,
    Reproduction,
    feedback_multiplier,
    reproduction,
    together,
)
from loops.equilibrium.rest import RestState, RestStates, rest_states
from loops.equilibrium.stability import Stability
from loops.model import Model
from loops.scenario import Scenario
from loops.ui.asked import asked
from loops.ui.exports import Progress
from loops.ui.keeping.choosing import Question
from loops.ui.keeping.found import SEED, quick
from loops.ui.planning.share import run_key
from loops.ui.text import csv_text, md, table


@dataclass(frozen=True)
class _Found:
    """Every place of rest that was found, what feedback does there, and R or why there is none."""

    rest: RestStates
    multipliers: tuple[Multiplier, ...]
    reproduction: Reproduction


_HEAD = ("It can rest at", "A small push", "How fast", "Swings", "Feedback multiplier", "A lasting push")


def show(question: Question) -> None:
    """A folded part, worked out once it is opened."""
    folded = st.expander("For those who know the field", on_change="rerun", key="keeping:field")
    if not folded.open:
        return
    model, resting = question.shelf.model, afterwards(question.shelf.model, question.plan)
    with folded:
        got = asked(
            "Work it out",
            key="field",
            of=f"{run_key(model, resting)} {question.outcome}",
            make=partial(_work_out, model, resting, question.outcome),
            at_once=quick(model),
        )
        if got:
            _tell(question, got)


def _work_out(model: Model, resting: Scenario, outcome: str, progress: Progress) -> _Found:
    progress(0.1, "Looking for places of rest from many starting points")
    rest = rest_states(model, resting, seed=SEED)
    progress(0.9, "How much of a nudge returns")
    multipliers = tuple(feedback_multiplier(model, resting, state.levels) for state in rest.states)
    return _Found(rest, multipliers, reproduction(model, resting, together(model, outcome)))


def _tell(question: Question, got: _Found) -> None:
    """A table of the places of rest of the plan's circumstances, and how they were looked for."""
    model = question.shelf.model
    st.markdown(md(_counts(got.rest)))
    row = got.rest.variables.index(question.outcome)
    rows = [
        (_place(state, row), *_firm(state.stability), *_multiplier(each, row, state.stability))
        for state, each in zip(got.rest.states, got.multipliers, strict=True)
    ]
    st.html(table(_HEAD, rows, caption=f"{question.label}, once “{question.plan.title}” is over", least=48))
    st.markdown(
        "“How fast” is the time constant of the slowest mode by the eigenvalues, delays included: after it "
        "37% of a push is left. The multiplier is the share of a nudge that returns each time round: the "
        "spectral radius of the links’ slopes over what wins and loses there. Where brakes act it tells "
        "neither what is firm nor how far a push grows: the second and the last column do. A lasting push on "
        "this box grows, with all that feeds back on it, to so many times its own size."
    )
    st.markdown(f"**R**, how many more one brings about: {md(_r(got.reproduction))}")
    st.download_button(
        "Download the places of rest as a table (CSV)",
        data=lambda: _csv(model, question.outcome, got),
        file_name="places-of-rest-from-our-assumptions.csv",
        mime="text/csv",
        on_click="ignore",
    )


def _counts(rest: RestStates) -> str:
    count = len(rest.states)
    said = (
        f"{count} {'place' if count == 1 else 'places'} of rest, found from {rest.starts} starting points: "
        f"{rest.arrived} led to one and {rest.astray} led nowhere. No search can promise that these are all."
    )
    return f"{said} {rest.unlisted} more were found and are not listed." if rest.unlisted else said


def _place(state: RestState, row: int) -> str:
    level = float(state.levels[row])
    return f"{in_words(level)} {level:.3f}"


def _firm(found: Stability) -> tuple[str, str, str]:
    """What becomes of a push, how fast, and whether it swings: stability, time constant, damping."""
    if found.eigenvalues is None:
        return "not worked out: the model is too large", "", ""
    push = {True: "dies out", False: "grows: it tips", None: "neither grows nor dies out"}[found.stable]
    swings = [
        f"period {years(swing.period)}, damping {swing.damping:.2f}, "
        + (f"settles in about {years(swing.settles)}" if np.isfinite(swing.settles) else "does not settle")
        for swing in found.swings or ()
    ]
    fast = found.slowest
    return push, _time(fast), "; ".join(swings[:3]) or "none"


def _time(months: float | None) -> str:
    if months is None:
        return ""
    return f"{years(months)} ({months:.0f} months)" if np.isfinite(months) else "never"


def _multiplier(found: Multiplier, row: int, firm: Stability) -> tuple[str, str]:
    """The feedback multiplier, and what a lasting push on the box at `row` comes to where it is firm."""
    push = found.push(row) if firm.stable else None
    rho = f"{found.rho:.2f}" if np.isfinite(found.rho) else "without bound"
    return rho, "" if push is None else f"{push:.1f} times"


def _r(found: Reproduction) -> str:
    return found.why if found.value is None else f"{found.value:.2f}"


_COLUMNS = ("place of rest", "what", "of what", "value", "imaginary part")


def _csv(model: Model, outcome: str, got: _Found) -> str:
    """Levels of every box, eigenvalues, times, swings and what feedback does at each place of rest; R."""
    rows = [
        (str(number), *row)
        for number, (state, each) in enumerate(zip(got.rest.states, got.multipliers, strict=True), 1)
        for row in _rows(model, outcome, got.rest.variables, (state, each))
    ]
    whole = got.reproduction
    r = whole.why if whole.value is None else f"{whole.value:.6g}"
    return csv_text(_COLUMNS, [*rows, ("", "R", model.nodes[outcome].label, r, "")])


def _rows(
    model: Model, outcome: str, names: Sequence[str], at: tuple[RestState, Multiplier]
) -> Iterator[tuple[str, str, str, str]]:
    """What is known of one place of rest: what, of what, and a value with its imaginary part."""
    state, feedback = at
    firm, label = state.stability, model.nodes[outcome].label
    for name, level in zip(names, state.levels, strict=True):
        yield "level (0 not yet, 1 fully)", model.nodes[name].label, f"{level:.6f}", ""
    yield "a small push dies out", "", {True: "yes", False: "no", None: "not known"}[firm.stable], ""
    for value in () if firm.eigenvalues is None else firm.eigenvalues:
        yield "eigenvalue (per month)", "", f"{value.real:.6g}", f"{value.imag:.6g}"
    if firm.slowest is not None:
        yield "slowest time constant (months)", "", f"{firm.slowest:.6g}", ""
    for swing in firm.swings or ():
        yield "swing: period (months)", "", f"{swing.period:.6g}", ""
        yield "swing: damping ratio", "", f"{swing.damping:.6g}", ""
        yield "swing: settles in (months)", "", f"{swing.settles:.6g}", ""
    yield "feedback multiplier", "", f"{feedback.rho:.6g}", ""
    push = feedback.push(names.index(outcome)) if firm.stable else None
    if push is not None:
        yield "a lasting push grows to (times)", label, f"{push:.6g}", ""
