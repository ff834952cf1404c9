"""What `loops tipping` prints of rest: where everything can rest, how firmly, and what is given back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import typer

from loops.equilibrium.multiplier import (
    Multiplier,
    Reproduction,
    feedback_multiplier,
    reproduction,
    together,
)
from loops.equilibrium.rest import RestState, RestStates, rest_states
from loops.equilibrium.returns import ReturnCurve, return_curve
from loops.equilibrium.stability import Stability
from loops.equilibrium.still import Still, inert
from loops.model import Model
from loops.scenario import Scenario

FIRM = {True: "holds", False: "tips either way"}
NEUTRAL, TOO_LARGE = "stays wherever it is put", "not worked out: the model is too large"
MOST_SHOWN = 8
"""Crossings that are printed, and swings of one state of rest."""
COLUMNS = 11
"""Points of the return curve that are printed."""


@dataclass(frozen=True)
class Resting:
    """Every state of rest that was found, what feedback does there, R, and the return curve."""

    states: RestStates
    multipliers: tuple[Multiplier, ...]
    reproduction: Reproduction
    curve: ReturnCurve
    unmoved: bool
    """Whether nothing at all moves the outcome once the plan is over."""


def rest_of(model: Model, plan: Scenario, outcome: str, *, seed: int) -> Resting:
    """Work all of it out for what holds after a plan; raises what its parts raise."""
    still = Still.of(model, plan)
    states = rest_states(model, plan, seed=seed)
    return Resting(
        states,
        tuple(feedback_multiplier(model, plan, state.levels) for state in states.states),
        reproduction(model, plan, together(model, outcome)),
        return_curve(model, plan, outcome),
        unmoved=bool(inert(still.equations, still.lanes)[still.equations.place(outcome)]),
    )


def tell(found: Resting) -> None:
    """Print it."""
    if found.unmoved:
        typer.echo(
            f"\nOnce the plan is over {found.curve.outcome} rests anywhere it is left: nothing moves it."
        )
        return
    _tell_states(found)
    typer.echo(f"R: {_r(found.reproduction)}")
    _tell_curve(found)


def _tell_states(found: Resting) -> None:
    states, outcome = found.states, found.curve.outcome
    row, many = states.variables.index(outcome), len(states.states) + states.unlisted
    typer.echo(
        f"\nWhere everything can rest once the plan is over: {many} level{'s' if many != 1 else ''}, "
        f"found from {states.arrived} of {states.starts} starts"
    )
    if states.unlisted:
        typer.echo("  They are not listed: so many are a sign that something stays wherever it is put.")
        return
    for state, multiplier in zip(states.states, found.multipliers, strict=True):
        typer.echo(f"  {outcome} {state.levels[row]:.3f}   {_firm(state.stability):16}{state.hits:5} starts")
        for line in _detail(state, multiplier, row, outcome):
            typer.echo(f"      {line}")


def _firm(found: Stability) -> str:
    if found.eigenvalues is None:
        return TOO_LARGE
    return NEUTRAL if found.stable is None else FIRM[found.stable]


def _detail(state: RestState, found: Multiplier, row: int, outcome: str) -> Iterator[str]:
    """How fast a push dies out or grows, how it swings, and what comes of one that lasts."""
    firm = state.stability
    if firm.stable is not None and firm.slowest is not None and np.isfinite(firm.slowest):
        way = "shrinks to a third within" if firm.stable else "grows threefold in"
        swings = "; ".join(
            f"swings every {swing.period:.0f} months, damping {swing.damping:.2f}, "
            + (f"settled in {swing.settles:.0f}" if np.isfinite(swing.settles) else "never settled")
            for swing in (firm.swings or ())[:MOST_SHOWN]
        )
        yield f"a small push {way} {firm.slowest:.0f} months; {swings or 'no swing to be seen'}"
    said = f"feedback multiplier {found.rho:.3f}" + (
        "" if found.exact else " (B loops act: no bound on growth)"
    )
    if found.amplification is not None:
        said += f": a lasting push along its own mix of boxes grows {found.amplification:.1f} times"
    push = found.push(row) if firm.stable else None
    yield f"{said}; a lasting push on {outcome} grows {push:.1f} times" if push is not None else said


def _r(found: Reproduction) -> str:
    return found.why if found.value is None else f"{found.value:.2f}, from almost nothing"


def _tell_curve(found: Resting) -> None:
    curve = found.curve
    sized = all(state.stability.eigenvalues is not None for state in found.states.states)
    unknown = NEUTRAL if sized else TOO_LARGE
    said = [
        f"{each.level:.3f} ({unknown if each.stable is None else FIRM[each.stable]})"
        for each in curve.crossings
    ]
    if len(said) > MOST_SHOWN:
        said = [f"{len(said)} levels, from {curve.crossings[0].level:.3f} to {curve.crossings[-1].level:.3f}"]
    typer.echo(f"It gives back just what is put in at {', '.join(said) or 'no level'}.")
    places = np.unique(np.linspace(0, curve.held.size - 1, COLUMNS).round().astype(int))
    rows = [("held at", curve.held), ("gives back", curve.below)]
    if not curve.agree:
        rows[1:] = [("from nothing", curve.below), ("from everything", curve.above)]
    for words, values in rows:
        typer.echo(f"  {words:16}" + "".join(f"{values[place]:7.3f}" for place in places))
    if not curve.agree:
        typer.echo("From nothing and from everything it gives back different amounts.")
    if not curve.settled:
        typer.echo("Not everything came to rest at every point.")
