"""`loops utopia`: from what success looks like back to the cheapest plan that reaches it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from loops.cli import planned
from loops.cli.reading import (
    NOTHING_NEW,
    ModelName,
    Seed,
    Threads,
    assumptions,
    check_named,
    model_file,
    one_message,
    plans_of,
    progress_bar,
)
from loops.cli.writing import apart, writable, write_csv
from loops.complaints import BadFile
from loops.editing.naming import id_of
from loops.files import create, read_model
from loops.model import Model
from loops.parts import replace
from loops.spread import Width
from loops.utopia.backcast import COUNT, SURE, backcast
from loops.utopia.found import Backcast
from loops.utopia.target import Limits, Target


def utopia(
    model: ModelName,
    seed: Seed,
    target: Annotated[
        str, typer.Option(help="A variable and the level it is to reach, such as embedded=0.6.")
    ],
    by: Annotated[int, typer.Option(help="The month in which it is to be there.")],
    keep: Annotated[
        int, typer.Option(help="Months after that, when nobody pushes any more, in which it still is there.")
    ] = 0,
    budget: Annotated[
        float | None,
        typer.Option(help="Hours in the busiest month, ours and the partner's; no limit if not given."),
    ] = None,
    money: Annotated[float | None, typer.Option(help="Pounds in all; no limit if not given.")] = None,
    items: Annotated[
        str | None, typer.Option(help="The levers that may be used, with commas between; all if not given.")
    ] = None,
    grid: Annotated[int, typer.Option(help="Months between times at which a lever may begin or stop.")] = 6,
    sure: Annotated[
        float, typer.Option(help="In which share of versions a plan must reach it to be sure enough.")
    ] = SURE,
    worlds: Annotated[
        int,
        typer.Option(help="Fresh versions on which plans are measured, 512 or more; the search has its own."),
    ] = COUNT,
    width: Annotated[Width, typer.Option(help="How far off our guesses may be.")] = "middle",
    circumstances: Annotated[
        str, typer.Option("--in", help="The scenario in whose circumstances plans run; its levers stay off.")
    ] = NOTHING_NEW,
    csv_out: Annotated[Path | None, typer.Option("--csv", help="Write the plans found to this file.")] = None,
    scenario_out: Annotated[
        Path | None, typer.Option(help="Write the plan that is shown to this new file, as a scenario.")
    ] = None,
    threads: Threads = 2,
) -> None:
    """Find the cheapest plan that reaches a target under most assumptions, and what more effort buys."""
    with one_message():
        writable(csv_out, ".csv")
        writable(scenario_out, ".toml")
        apart(csv_out, scenario_out)
        if scenario_out and scenario_out.exists():
            raise BadFile(str(scenario_out), "", "this file is there already. Choose another name.")
        file = model_file(model)
        loaded = read_model(file)
        known = plans_of(loaded, file)
        check_named("--in", "scenario", circumstances, known)
        with progress_bar() as progress:
            found = backcast(
                loaded,
                _target(loaded, target, by, keep),
                Limits(budget, money, _items(items), grid),
                seed=seed,
                width=width,
                sure=sure,
                count=worlds,
                circumstances=known[circumstances],
                threads=threads,
                progress=progress,
            )
        if csv_out:
            write_csv(csv_out, planned.HEAD, planned.rows(found))
        if scenario_out:
            _write(scenario_out, found)
    planned.tell(found)
    typer.echo(f"\n{assumptions(loaded)}")


def _target(model: Model, text: str, by: int, keep: int) -> Target:
    """The target that is written like embedded=0.6; raises :class:`ValueError`."""
    variable, _, level = text.partition("=")
    check_named("--target", "variable", variable.strip(), (node.id for node in model.variables))
    try:
        return Target(variable.strip(), float(level), by, keep)
    except ValueError:
        raise ValueError(f"--target: '{text}' has no level: write it like {variable.strip()}=0.6") from None


def _items(text: str | None) -> tuple[str, ...] | None:
    return None if text is None else tuple(name.strip() for name in text.split(",") if name.strip())


def _write(path: Path, found: Backcast) -> None:
    """The plan that is shown, as a scenario named after its file."""
    plan = found.shown.plan.scenario(
        found.model, title="A plan worked back from its target", circumstances=found.circumstances
    )
    create(path, replace(plan, id=id_of(path.stem, ())), head=planned.asked(found))
