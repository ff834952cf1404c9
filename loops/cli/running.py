"""`loops run` and `loops compare`: scenarios side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

import typer

from loops import compare as comparing
from loops.cli.reading import (
    ModelOption,
    Months,
    ScenarioNames,
    assumptions,
    one_message,
    resolve,
    usual_outcome,
)
from loops.cli.writing import writable, write_csv
from loops.compare import Comparison
from loops.equilibrium.fate import Fate
from loops.equilibrium.lasting import Lasting, lasting
from loops.simulate import Trajectory, simulate

SEED = 1
"""For the search for states of rest: the same on every call."""


def run(
    scenarios: ScenarioNames,
    csv_out: Annotated[
        Path | None, typer.Option("--csv", help="Write every level of every month to this file.")
    ] = None,
    model: ModelOption = None,
    months: Months = None,
) -> None:
    """Run scenarios and print each variable's level at the start, each quarter of the time, and the end."""
    with one_message():
        writable(csv_out, ".csv")
        loaded, chosen = resolve(scenarios, model)
        runs = simulate(loaded, chosen, months=months)
        if csv_out:
            write_csv(csv_out, ["scenario", "month", *runs[0].variables], _levels(runs))
    last = runs[0].months.size - 1
    shown = sorted({0, last // 4, last // 2, 3 * last // 4, last})
    for trajectory in runs:
        typer.echo(f"\n{trajectory.scenario.title} ({trajectory.scenario.id})")
        typer.echo(" " * 20 + "".join(f"{f'month {k}':>11}" for k in shown))
        for name in trajectory.variables:
            typer.echo(f"  {name:18}" + "".join(f"{trajectory[name][k]:11.3f}" for k in shown))
    typer.echo(f"\n{assumptions(loaded)}")


FATES = {
    Fate.KEEPS_GOING: "rests above nothing new",
    Fate.COMES_ANYWAY: "as high as with nothing new",
    Fate.FADES: "fades",
    Fate.NO_DIFFERENCE: "no lead over nothing new",
    Fate.NEVER_STOPS: "held by levers that never stop",
    Fate.CIRCUMSTANCES: "no lever is moved: circumstances alone",
    Fate.STILL_MOVES: "not at rest even then",
}


def compare(
    scenarios: ScenarioNames,
    outcome: Annotated[
        str | None, typer.Option(help="The variable to compare: what the model is judged by first.")
    ] = None,
    model: ModelOption = None,
    months: Months = None,
) -> None:
    """Compare what becomes of an outcome under each scenario: does it rest or fade when the levers stop?"""
    with one_message():
        loaded, chosen = resolve(scenarios, model)
        outcome = outcome or usual_outcome(loaded)
        found = comparing.compare(loaded, chosen, outcome, months=months)
        fates = lasting(loaded, chosen, outcome, seed=SEED)
    typer.echo(f"{outcome}: {loaded.nodes[outcome].label}")
    width = max(len(row.scenario.id) for row in found)
    typer.echo(f"  {'':{width}}  start    end   peak (month)  half at    area  left  in the end")
    for row, fate in zip(found, fates, strict=True):
        typer.echo(f"  {row.scenario.id:{width}}" + _comparison(row, fate))
    typer.echo(
        "\nLevels are shares of what is possible. half at: month the level passes 0.5. "
        "area: level-months above nothing\n"
        "new. left: share of the largest lead after the levers' stop that is left at the end of the time "
        "shown.\n"
        f"in the end: 150 years after the last change, or longer while anything moves. {assumptions(loaded)}"
    )


def _comparison(row: Comparison, after: Lasting) -> str:
    half = "never" if row.half_month is None else f"{row.half_month:.0f}"
    left = "-" if row.left is None else f"{row.left:.0%}"
    fate = FATES[after.fate]
    if after.half_lead_lost is not None:
        fate += f": half the lead is lost {after.half_lead_lost:.0f} months after the levers stop"
    peak = f"{row.peak:.3f} ({row.peak_month:.0f})"
    return (
        f"  {row.start:.3f}  {row.end:.3f}  {peak:12}  {half:>7}  {row.area:6.1f}  {left:>4}  "
        f"{after.end:.3f}, {fate}"
    )


def _levels(runs: Sequence[Trajectory]) -> Iterator[list[str]]:
    for each in runs:
        for month, levels in zip(each.months, each.levels, strict=True):
            yield [each.scenario.id, f"{month:g}", *(f"{level:.6f}" for level in levels)]
