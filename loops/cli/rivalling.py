"""`loops rivals`: which theory of the system is more consistent with what was seen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from textwrap import fill
from typing import Annotated

import typer

from loops.cli.reading import (
    ModelName,
    Scheduler,
    Seed,
    Threads,
    model_file,
    one_message,
    plans_of,
    tell_progress,
)
from loops.cli.writing import writable, write_csv
from loops.draw import pressed, rivalled
from loops.draw.scale import ASSUMPTIONS
from loops.ensemble.simulate import simulate_ensemble
from loops.files import RIVALS, read_model
from loops.model import Model
from loops.scenario import Scenario
from loops.spread import Width
from loops.theory.rivalry import NOT_PROVED, Rivalry, compare
from loops.theory.rivals import Rivals, read_rivals, rivals_of
from loops.worlds import MOST_WORLDS, Worlds

HEAD = (
    "rival",
    "pattern",
    "sentence",
    "seen",
    "width",
    "versions",
    "model shows it",
    "rival shows it",
    "model minus rival",
    "from",
    "to",
    "more consistent",
)
ALL = "all of it"
_WIDE = 100
"""Letters of a line."""


def rivals(
    model: ModelName,
    seed: Seed,
    worlds: Annotated[
        int, typer.Option(min=1, max=MOST_WORLDS, help="In how many versions of the assumptions to try each.")
    ] = 10_000,
    width: Annotated[Width, typer.Option(help="How far off our guesses may be.")] = "middle",
    file: Annotated[
        Path | None,
        typer.Option("--rivals", help="A file of rival theories, if not the one beside the scenarios."),
    ] = None,
    csv_out: Annotated[Path | None, typer.Option("--csv", help="Write the comparisons to this file.")] = None,
    threads: Threads = 2,
    scheduler: Scheduler = None,
) -> None:
    """Say which is more consistent with what was seen, a model or each rival theory, and by how much."""
    with one_message():
        writable(csv_out, ".csv")
        path = model_file(model)
        loaded = read_model(path)
        plans = plans_of(loaded, path)
        held = read_rivals(file, loaded, plans) if file else rivals_of(loaded, plans, path)
        if held is None:
            raise ValueError(f"there is no {RIVALS} beside this model's scenarios; name a file with --rivals")
        if not held.rivals:
            raise ValueError(f"{file or RIVALS}: there is no rival theory in it. Add a [[rival]]")
        theories = [loaded, *(rival.of(loaded) for rival in held.rivals)]
        found = compare(
            held.patterns,
            plans,
            worlds=Worlds.of(theories, width=width, seed=seed),
            count=worlds,
            simulate=partial(simulate_ensemble, threads=threads, scheduler=scheduler),
            progress=tell_progress(),
        )
        found = replace(found, theories=(rivalled.OURS, *found.theories[1:]))
        if csv_out:
            write_csv(csv_out, HEAD, _rows(held, found))
    typer.echo(f"{loaded.title}\nSeed {seed}, {width} width: {found.done:,} versions of each theory")
    if found.stopped:
        typer.echo(f"Cut short: {found.stopped}.")
    _tell_patterns(held, loaded, plans)
    for number in range(1, len(theories)):
        _tell(held, found, number, loaded)
    ends = [NOT_PROVED, rivalled.START, pressed.unsigned(loaded), ASSUMPTIONS]
    typer.echo("\n".join(["", *(fill(text, _WIDE) for text in ends if text)]))


def _tell_patterns(held: Rivals, model: Model, plans: dict[str, Scenario]) -> None:
    """Print what was seen, where that is from and how it is looked for."""
    typer.echo("\nWhat was seen")
    for pattern in held.patterns:
        typer.echo(f"  {pattern.id}: {pattern.sentence}")
        for text in filter(None, (pattern.seen, rivalled.seen(pattern, model, plans))):
            typer.echo(fill(text, _WIDE, initial_indent="    ", subsequent_indent="    "))


def _tell(held: Rivals, found: Rivalry, number: int, model: Model) -> None:
    """Print what a rival changes, and how the model and it compare on each pattern and on all of them."""
    rival = held.rivals[number - 1]
    typer.echo(f"\n{rivalled.OURS} and “{rival.title}”")
    for text in filter(None, (rival.argument, *rivalled.changes(rival, model))):
        typer.echo(fill(text, _WIDE, initial_indent="  ", subsequent_indent="    "))
    width = max(len(name) for name in (ALL, *(pattern.id for pattern in held.patterns)))
    typer.echo(f"  {'':{width}}{'ours':>9}{'rival':>9}{'apart':>9}{'95% from':>10}{'to':>8}  more consistent")
    for name, place in _questions(held):
        ours, its = found.share(0, place).value, found.share(number, place).value
        apart = found.difference(0, number, place)
        typer.echo(
            f"  {name:{width}}{ours:9.1%}{its:9.1%}{apart.value:+9.1%}{apart.low:+10.1%}{apart.high:+8.1%}"
            f"  {_ahead(found, number, place)}"
        )
    typer.echo(fill(found.sentence(0, number), _WIDE, initial_indent="  ", subsequent_indent="  "))


def _questions(held: Rivals) -> list[tuple[str, int | None]]:
    """Each pattern and all of them together: what it is called, and its place."""
    return [*((pattern.id, place) for place, pattern in enumerate(held.patterns)), (ALL, None)]


def _ahead(found: Rivalry, number: int, place: int | None) -> str:
    ahead = found.ahead(0, number, place)
    return "not told apart" if ahead is None else "rival" if ahead else "ours"


def _rows(held: Rivals, found: Rivalry) -> Iterator[list[str | float]]:
    for number, rival in enumerate(held.rivals, 1):
        for name, place in _questions(held):
            said = ("", "") if place is None else (held.patterns[place].sentence, held.patterns[place].seen)
            apart = found.difference(0, number, place)
            yield [
                rival.id,
                name,
                *said,
                found.width,
                str(found.done),
                found.share(0, place).value,
                found.share(number, place).value,
                apart.value,
                apart.low,
                apart.high,
                _ahead(found, number, place),
            ]
