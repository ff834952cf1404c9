"""The `loops` command: a file per group of commands, listed here."""

from __future__ import annotations

import io
import sys

import typer

from loops.cli import (
    backcasting,
    checking,
    differing,
    driving,
    exporting,
    importing,
    journeying,
    lasting,
    listing,
    placing,
    pressing,
    rivalling,
    running,
    stressing,
    validating,
)

app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False)
app.command()(checking.check)
app.command()(validating.validate)
app.command()(running.run)
app.command()(running.compare)
app.command()(driving.dominance)
app.command(name="tipping")(lasting.tipping_point)
app.command()(stressing.stress)
app.command()(rivalling.rivals)
app.command(name="press")(pressing.press_test)
app.command()(backcasting.utopia)
app.command()(journeying.journey)
app.command(name="import")(importing.import_diagram)
app.command(name="export")(exporting.export_model)
app.command(name="differences")(differing.list_differences)
app.command(name="matrix")(placing.influencer_matrix)
app.command(name="list")(listing.list_nodes)
app.command()(listing.schema)


def main() -> None:
    """Run the command."""
    for stream in (sys.stdout, sys.stderr):  # a console that lacks a letter shows a question mark for it
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    app()
