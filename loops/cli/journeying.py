"""`loops journey`: which versions of our assumptions can have led to what was said of a partner?"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, TypedDict

import typer

from loops.cli import journeyed
from loops.cli.reading import ModelName, Seed, Threads, assumptions, model_file, one_message, progress_bar
from loops.cli.writing import writable, write_csv
from loops.files import read_bytes, read_model
from loops.journey.best import best_fit
from loops.journey.matching import WORLDS, match
from loops.journey.observed import TooFew
from loops.model import Model
from loops.partners import History
from loops.partners.document import read_history
from loops.partners.table import read_table
from loops.spread import Width
from loops.theory.indices import FEWEST_WORLDS
from loops.worlds import MOST_WORLDS


class _Run(TypedDict):
    """How both are run."""

    seed: int
    width: Width
    threads: int


def journey(
    model: ModelName,
    file: Annotated[
        Path, typer.Argument(help="A partner's history (.toml), or ratings of one or more partners (.csv).")
    ],
    seed: Seed,
    worlds: Annotated[
        int,
        typer.Option(min=FEWEST_WORLDS, max=MOST_WORLDS, help="How many versions of the assumptions to try."),
    ] = WORLDS,
    width: Annotated[Width, typer.Option(help="How far off our guesses may be.")] = "middle",
    best: Annotated[
        bool, typer.Option("--best-fit", help="Also look for the one best set of numbers (least squares).")
    ] = False,
    csv_out: Annotated[Path | None, typer.Option("--csv", help="Write what was found to this file.")] = None,
    threads: Threads = 2,
) -> None:
    """Say which assumptions are still in play given what was said of a partner, and what ruled others out."""
    with one_message():
        writable(csv_out, ".csv")
        loaded = read_model(model_file(model))
        histories = _histories(file, loaded)
        typer.echo(f"{loaded.title}\nSeed {seed}, {width} width")
        rows: list[journeyed.Row] = []
        run = _Run(seed=seed, width=width, threads=threads)
        for number, history in enumerate(histories, 1):
            name = history.profile.alias or f"Partner {number}"  # a name is for those who open the file
            with progress_bar() as progress:
                found = match(loaded, history, count=worlds, progress=progress, **run)
            rows += journeyed.tell(name, loaded, found)
            if best and not isinstance(found, TooFew):
                with progress_bar() as progress:
                    fit = best_fit(found.observed, progress=progress, **run)
                rows += journeyed.tell_best(name, loaded, fit)
        if csv_out:
            write_csv(csv_out, journeyed.HEAD, rows)
    typer.echo(f"\n{assumptions(loaded)}")


def _histories(file: Path, model: Model) -> tuple[History, ...]:
    """The partners in a file; raises :class:`BadFile`."""
    if file.suffix.lower() == ".csv":
        return read_table(read_bytes(file), str(file), model)
    return (read_history(file, model),)
