"""`loops matrix`: where a plan acts in the influencer matrix, where it does not, what filling would add."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from loops.cli.reading import (
    ModelName,
    Seed,
    assumptions,
    check_named,
    model_file,
    one_message,
    plans_of,
    tell_progress,
)
from loops.cli.writing import writable, write_csv
from loops.draw.influencer import HEAD, KNOWN, invitation, rows, told
from loops.draw.spheres import cell_words
from loops.files import read_model, read_scenario
from loops.matrix import Added, Cell, Filling, Item, filling, matrix
from loops.model import Model
from loops.scenario import Scenario

_WIDTH = 52


def influencer_matrix(
    model: ModelName,
    scenario: Annotated[
        str | None, typer.Option(help="A plan's file, or the id of one of the model's scenarios.")
    ] = None,
    outcome: Annotated[
        str | None,
        typer.Option(help="Try what each thing that the plan does not do would add to this variable."),
    ] = None,
    at: Annotated[
        int | None,
        typer.Option(min=1, max=2_400, help="At this month; when the plan's own items end if not given."),
    ] = None,
    seed: Seed = 1,
    csv_out: Annotated[Path | None, typer.Option("--csv", help="Write the matrix to this file.")] = None,
) -> None:
    """Say where the levers of a model or plan act: the influencer matrix, and what filling it would add."""
    with one_message():
        writable(csv_out, ".csv")
        file = model_file(model)
        loaded = read_model(file)
        plan = _plan(loaded, file, scenario) if scenario else None
        found, filled = matrix(loaded, plan), None
        if outcome:
            if plan is None:
                raise ValueError("--outcome: name the plan that things are added to, with --scenario")
            check_named("--outcome", "variable", outcome, (node.id for node in loaded.variables))
            filled = filling(loaded, plan, outcome, month=at, seed=seed, progress=tell_progress())
        if csv_out:
            write_csv(csv_out, HEAD, rows(found, filled))
    typer.echo(f"{loaded.title}{f': {plan.title} ({plan.id})' if plan else ''}")
    for cell in found.cells:
        _tell(cell, filled, planned=plan is not None)
    if found.nowhere:
        typer.echo(f"\nIn none of them: {', '.join(lever.id for lever in found.nowhere)}")
    if filled:
        _tell_how(loaded, filled)
    typer.echo(f"\n{assumptions(loaded)}")


def _plan(model: Model, file: Path, name: str) -> Scenario:
    if Path(name).suffix == ".toml" or Path(name).is_file():
        return read_scenario(Path(name), model)
    known = plans_of(model, file)
    check_named("--scenario", "scenario", name, known)
    return known[name]


def _tell(cell: Cell, filled: Filling | None, *, planned: bool) -> None:
    """Print one cell: what the plan does there, what it could do, or that there is nothing yet."""
    known = f" ({KNOWN[cell.grade]})" if cell.items else ""
    typer.echo(f"\n{cell_words(cell.at, cell.on)}{known}")
    if not cell.items:
        typer.echo(f"  {invitation(cell.at, cell.on)}")
    for item in cell.items:
        typer.echo(f"  {_item(item, filled, planned=planned)}")
    together = filled.cells.get((cell.at, cell.on)) if filled else None
    if together and len(cell.items) > 1:
        typer.echo(f"  {'all of it together':{_WIDTH}} {_added(together)}")


def _item(item: Item, filled: Filling | None, *, planned: bool) -> str:
    label = item.lever.label
    if not planned:
        return label
    if item.used:
        return f"{label:{_WIDTH}.{_WIDTH}} in the plan, {item.hours:,.0f} hours in all"
    added = filled.levers.get(item.lever.id) if filled else None
    return f"{label:{_WIDTH}.{_WIDTH}} not in it{f': {_added(added)}' if added else ''}"


def _added(added: Added) -> str:
    """In words, and the differences themselves, below which 10%, 50% and 90% of the versions are."""
    if added.band is None:
        return told(added)
    figures = ", ".join(f"{one:+z.3f}" for one in (added.band.low, added.band.middle, added.band.high))
    return f"{told(added)} ({figures})"


def _tell_how(model: Model, filled: Filling) -> None:
    stopped = f" {filled.stopped}." if filled.stopped else ""
    typer.echo(
        f"\nAdded to '{model.nodes[filled.variable].label}' at month {filled.month}, in eight of ten of "
        f"{filled.worlds:,} versions of the assumptions.\nOf the figures, one version in ten is "
        f"below the first, half are below the second, one in ten above the third.\nEach is tried beside the "
        f"plan at full effort while the plan's own items run, with what it needs.{stopped}"
    )
