"""`loops export`: a model as a file of another tool, and what that format cannot hold."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from loops.cli.reading import ModelName, check_named, model_file, one_message, plans_of
from loops.cli.writing import writable, write_bytes
from loops.complaints import BadFile
from loops.draw.settled import settled
from loops.files import read_model, read_scenario
from loops.interchange.export import FORMATS, export
from loops.interchange.words import plain
from loops.model import Model
from loops.scenario import Scenario

To = Annotated[str, typer.Option("--to", help=f"The format: {', '.join(FORMATS)}.")]
Output = Annotated[
    Path | None,
    typer.Option(
        "--output", "-o", help="The file; - writes to the screen. Named after the model if not given."
    ),
]
Overwrite = Annotated[bool, typer.Option("--overwrite", help="Write over a file that is there already.")]
Plan = Annotated[
    str | None, typer.Option("--scenario", help="A scenario's file or id, for formats that hold a plan.")
]
_SCREEN = Path("-")
_MANY = 120
"""Boxes beyond which placing them takes seconds, and is told."""


def export_model(
    model: ModelName, to: To, output: Output = None, overwrite: Overwrite = False, scenario: Plan = None
) -> None:
    """Write a model as a file that another tool opens, and say what that format cannot hold."""
    with one_message():
        check_named("--to", "format", to, FORMATS)
        file = model_file(model)
        loaded = read_model(file)
        plan = _plan(scenario, loaded, file) if scenario is not None else None
        if len(loaded.nodes) > _MANY:
            typer.echo(f"Placing {len(loaded.nodes)} boxes.", err=True)
        exported = export(settled(loaded), to, scenario=plan)
        path = output or Path(exported.file)
        if path != _SCREEN:
            _keep(path, FORMATS[to].suffix, overwrite)
            write_bytes(path, exported.data)
    if path == _SCREEN:
        typer.get_binary_stream("stdout").write(exported.data)
    else:
        typer.echo(f"Saved as {path}.")
    if exported.lost:
        typer.echo(f"{FORMATS[to].label}: what it cannot hold", err=True)
    for sentence in exported.lost:
        typer.echo(f"  {plain(sentence)}", err=True)


def _plan(name: str, model: Model, file: Path) -> Scenario:
    """The scenario in a file, or the one of the model with this id; raises :class:`ValueError`."""
    path = Path(name)
    if path.suffix == ".toml" or path.is_file():
        return read_scenario(path, model)
    plans = plans_of(model, file)
    check_named("--scenario", "scenario", name, plans)
    return plans[name]


def _keep(path: Path, suffix: str, overwrite: bool) -> None:
    """Raise :class:`BadFile` for a file that is there and is not to be written over."""
    writable(path, suffix)
    if path.exists() and not overwrite:
        raise BadFile(str(path), "", "this file is there already. Choose another, or say --overwrite.")
