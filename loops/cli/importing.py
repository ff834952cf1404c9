"""`loops import`: a diagram that was drawn elsewhere becomes a model, and all that was assumed is told."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Annotated

import typer

from loops.cli.listing import counts, list_loops
from loops.cli.reading import one_message
from loops.cli.writing import writable
from loops.complaints import BadFile
from loops.files import create, read_bytes
from loops.interchange.complete import Imported
from loops.interchange.detect import import_file
from loops.interchange.draft import KINDS
from loops.interchange.words import plain

DrawnFile = Annotated[Path, typer.Argument(help="A file from Kumu, Vensim, Stella, a spreadsheet and so on.")]
Output = Annotated[
    Path | None, typer.Option("--output", "-o", help="The model's TOML file; nothing is saved without it.")
]
Overwrite = Annotated[bool, typer.Option("--overwrite", help="Write over a file that is there already.")]
_TOLD = 200
"""Notes that the head of a file repeats, at most; the screen shows all."""


def import_diagram(file: DrawnFile, output: Output = None, overwrite: Overwrite = False) -> None:
    """Make a model of a diagram that was drawn elsewhere, and say what was assumed or left out."""
    with one_message():
        writable(output, ".toml")
        if output is not None and output.exists() and not overwrite:
            raise BadFile(str(output), "", "this file is there already. Choose another, or say --overwrite.")
        imported = import_file(read_bytes(file), str(file))
        typer.echo(f"{imported.model.title}\n{len(imported.model.nodes)} nodes: {counts(imported.model)}")
        list_loops(imported.model, every_loop=False)
        for line in _told(imported):
            typer.echo(line)
        if output is not None:
            create(output, imported.model, head=_head(imported), overwrite=overwrite)
            typer.echo(f"\nSaved as {output}. Open it in the app, or run it in many versions:")
            typer.echo(f"  loops stress {shlex.quote(str(output))} --seed 1")


def _told(imported: Imported) -> Iterator[str]:
    """The notes under a heading for each kind, with their places, and how far the model can be run."""
    for kind, notes in groupby(imported.notes, key=lambda note: note.kind):
        yield f"\n{KINDS[kind]}"
        for note in notes:
            yield f"  {plain(note.place) + ': ' if note.place else ''}{plain(note.says)}"
    unknown = imported.unknown
    if unknown:
        names = ", ".join(link.name for link in unknown[:10]) + (" and more" if len(unknown) > 10 else "")
        yield f"\nSigns still to be decided ({len(unknown)}): {names}."


def _head(imported: Imported) -> list[str]:
    """What the file itself says of where it came from, as lines."""
    lines = [line.strip("\n") for line in _told(imported)]
    return [*lines[:_TOLD], *([f"and {len(lines) - _TOLD} lines more"] if len(lines) > _TOLD else [])]
