"""`loops differences`: what is not the same in two versions of a model, in words."""

from __future__ import annotations

import textwrap
from typing import Annotated

import typer

from loops.cli.reading import NOT_WELL, model_file, one_message
from loops.editing.versions import differences
from loops.files import read_model
from loops.interchange.words import plain

Old = Annotated[str, typer.Argument(help="The earlier version: a TOML file, or the id of a shipped model.")]
New = Annotated[str, typer.Argument(help="The later version: a TOML file, or the id of a shipped model.")]


def list_differences(old: Old, new: New) -> None:
    """Say what was added, removed, flipped and changed between two versions of a model, and why.

    Ends with 0 when nothing was and with 1 when something was.
    """
    with one_message():
        earlier, later = (read_model(model_file(name)) for name in (old, new))
    found = differences(earlier, later)
    for one in found:
        typer.echo(f"{one.kind:<8} {plain(one.says)}")
        if one.why:
            why = textwrap.shorten(plain(one.why), 300, placeholder=" …")
            typer.echo(f"{'':9}Why: {why}")
    if found:
        typer.echo(f"\n{len(found)} difference{'s' if len(found) > 1 else ''}.")
        raise typer.Exit(NOT_WELL)
    typer.echo("No difference.")
