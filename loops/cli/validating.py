"""`loops validate`: tests generated from the diagram, as one table."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Annotated

import typer

from loops.cli.reading import (
    NOT_WELL,
    ModelFile,
    ScenarioFolder,
    assumptions,
    one_message,
    read_with_scenarios,
    tell_progress,
)
from loops.equations import Equations
from loops.model import Model
from loops.reference import Plan
from loops.scenario import Scenario
from loops.validation.extremes import extremes
from loops.validation.monotone import Pair, monotone
from loops.validation.report import Check, of_extremes, of_figures, of_pairs, of_robust
from loops.validation.robust import robust

MOST_LINES = 40
"""Lines of pairs that are printed: a large diagram can have a hundred thousand."""


def validate(
    model: ModelFile,
    scenarios: ScenarioFolder = None,
    draws: Annotated[int, typer.Option(min=1, max=10_000, help="How many versions to try.")] = 200,
    noise: Annotated[
        float, typer.Option(min=0, max=1, help="How much each number varies: .05 is 5%.")
    ] = 0.05,
    seed: Annotated[int, typer.Option(min=0, help="Which versions: the same seed, the same ones.")] = 1,
) -> None:
    """Try a model at its extremes, against its signs, and against its reference modes.

    Exits with 1 when something does not hold that must; how often the modes hold under noise is told only.
    """
    with one_message():
        loaded, known = read_with_scenarios(model, scenarios)
        equations = Equations.of(loaded)
        checks = of_extremes(extremes(equations, progress=tell_progress()))
        pairs = monotone(equations, progress=tell_progress())
        checks += of_pairs(pairs)
        checks += _modes(loaded, known, noise=noise, draws=draws, seed=seed)
    typer.echo(loaded.title)
    _table(checks)
    _decided(pairs)
    typer.echo(f"\n{assumptions(loaded)}")
    if any(check.fails for check in checks):
        raise typer.Exit(NOT_WELL)


def _modes(model: Model, known: dict[str, Scenario], *, noise: float, draws: int, seed: int) -> list[Check]:
    if not model.reference_modes:
        return [of_figures([]), of_robust(None, noise)]
    plan = Plan(model, known)
    figures = plan.measure()
    return [
        of_figures(figures),
        of_robust(robust(plan, noise=noise, draws=draws, seed=seed, progress=tell_progress()), noise),
    ]


def _table(checks: Sequence[Check]) -> None:
    width = max(len(check.name) for check in checks)
    typer.echo(f"  {'':{width}}   tried   held   worst case")
    for check in checks:
        mark = "  FAILS" if check.fails else ""
        left = f" ({check.left_out:,} more left out: too many)" if check.left_out else ""
        tried, held = (f"{check.tried:,}", f"{check.held:,}") if check.tried else ("-", "-")
        typer.echo(f"  {check.name:{width}} {tried:>7} {held:>6}   {check.worst}{left}{mark}")


def _decided(pairs: Sequence[Pair]) -> None:
    """Print which pairs the signs decide, a line for each lever or circumstance and way."""
    decided = [pair for pair in pairs if pair.direction in ("raises", "lowers")]
    if not decided:
        return
    typer.echo("\nDecided by signs")
    lines = [
        f"  {source} {direction}: " + ", ".join(pair.variable for pair in group)
        for (source, direction), group in groupby(
            sorted(decided, key=lambda pair: (pair.source, pair.direction)),
            key=lambda pair: (pair.source, pair.direction),
        )
    ]
    for line in lines[:MOST_LINES]:
        typer.echo(line)
    if len(lines) > MOST_LINES:
        typer.echo(f"  and {len(lines) - MOST_LINES} more lines")
