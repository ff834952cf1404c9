"""`loops press`: which way everything goes when one thing is pushed for good."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from pathlib import Path
from textwrap import fill
from typing import Annotated

import typer

from loops.cli.reading import (
    NOTHING_NEW,
    ModelName,
    Seed,
    check_named,
    model_file,
    one_message,
    plans_of,
    tell_progress,
    usual_outcome,
)
from loops.cli.writing import writable, write_csv
from loops.draw import pressed
from loops.draw.scale import ASSUMPTIONS
from loops.files import read_model
from loops.model import Model
from loops.parts import nearest
from loops.scenario import Scenario
from loops.spread import Width
from loops.theory.community import arrows_of, community
from loops.theory.press import Presses, press
from loops.worlds import MOST_WORLDS, Worlds

HEAD = ("pushed", "variable", "ends", "higher", "lower", "the same", "versions used", "versions tried")
MOST_LINES = 100
"""Rows that are printed: a table with all of them is one option away."""
_NAMED = 24
"""Names in a row, likewise."""
_WIDE = 100
"""Letters of a line."""


def press_test(
    model: ModelName,
    seed: Seed,
    worlds: Annotated[
        int,
        typer.Option(
            min=1, max=MOST_WORLDS, help="How many versions to try; with --signs, how many come back to rest."
        ),
    ] = 1_024,
    width: Annotated[Width, typer.Option(help="How far off our guesses may be.")] = "middle",
    after: Annotated[
        str, typer.Option(help="The scenario after which everything has come to rest.")
    ] = NOTHING_NEW,
    on: Annotated[
        str | None, typer.Option(help="The one lever, circumstance or variable to push; all if not given.")
    ] = None,
    outcome: Annotated[
        str | None,
        typer.Option(help="The variable to look at: all with --on, or else what it is judged by."),
    ] = None,
    signs: Annotated[
        bool,
        typer.Option("--signs", help="Use the signs of the arrows alone, in random versions of the diagram."),
    ] = False,
    csv_out: Annotated[
        Path | None, typer.Option("--csv", help="Write every push and variable to this file.")
    ] = None,
) -> None:
    """Say which way a variable goes for good when one thing is pushed, in how many versions."""
    with one_message():
        writable(csv_out, ".csv")
        file = model_file(model)
        loaded = read_model(file)
        pairs = _pairs(loaded, on, outcome)
        if signs and (width, after) != ("middle", NOTHING_NEW):
            raise ValueError("--signs uses no numbers and no scenario: leave out --width and --after")
        if signs:
            found = community(arrows_of(loaded), seed=seed, wanted=worlds, progress=tell_progress())
            said = [pressed.drawn(found), pressed.SIGNS]
        else:
            plan = _plan(loaded, file, after)
            drawn = Worlds.of([loaded], width=width, seed=seed)
            found = press(loaded, plan, worlds=drawn, count=worlds, progress=tell_progress())
            said = [f"At rest after '{plan.title}' ({plan.id}), {width} width.", pressed.counted(found)]
        said.append(pressed.unsigned(loaded))
        if csv_out:
            write_csv(csv_out, HEAD, _rows(found))
    typer.echo(f"{loaded.title}\nSeed {seed}")
    for text in filter(None, said):
        typer.echo(fill(text, _WIDE))
    if found.enough:
        _tell(loaded, found, [pair for pair in pairs if pair[0] in found.pushes])
    typer.echo("\n".join(["", fill(pressed.PUSHED, _WIDE), ASSUMPTIONS]))


def _pairs(model: Model, on: str | None, outcome: str | None) -> list[tuple[str, str]]:
    """What is pushed with what is looked at; raises :class:`ValueError` for an id that is not there."""
    variables = [node.id for node in model.variables]
    everything = [node.id for node in (*model.levers, *model.contexts, *model.variables)]
    if on and on not in everything:
        raise ValueError(f"--on: there is nothing called '{on}' to push. {nearest(on, everything)}")
    if outcome:
        check_named("--outcome", "variable", outcome, variables)
    looked_at = [outcome] if outcome else variables if on else [usual_outcome(model)]
    return list(product([on] if on else everything, looked_at))


def _plan(model: Model, file: Path, after: str) -> Scenario:
    """The scenario that is named; raises :class:`ValueError` when it is not there."""
    known = plans_of(model, file)
    check_named("--after", "scenario", after, known)
    return known[after]


def _tell(model: Model, found: Presses, pairs: Sequence[tuple[str, str]]) -> None:
    """Print where everything goes, in words and then in how many versions."""
    if not pairs:
        typer.echo("\nNo arrow leads from it, so pushing it moves nothing.")
        return
    one_push = len({push for push, _ in pairs}) == 1
    about = pairs[0][0] if one_push else pairs[0][1]
    label = f"'{model.nodes[about].label}' ({about})"
    asked = f"When {label} is pushed, these end" if one_push else f"{label} ends, when one of these is pushed"
    typer.echo(f"\n{asked} (in at least 9 of 10 versions, or else one way or the other)")
    for way, group in pressed.grouped(found, pairs).items():
        typer.echo(f"  {pressed.ENDS[way]}")
        for kind, names in _by_kind(model, [pair[one_push] for pair in group]):
            others = [f"{len(names) - _NAMED:,} more"] if len(names) > _NAMED else []
            words = ", ".join([*names[:_NAMED], *others])
            lines = fill(words, _WIDE, initial_indent=f"    {kind:15}", subsequent_indent=" " * 19)
            typer.echo(lines)
    width = max(len(pair[one_push]) for pair in pairs[:MOST_LINES])
    typer.echo(f"\n  {'':{width}}{'higher':>9}{'lower':>9}{'the same':>10}")
    for pair in pairs[:MOST_LINES]:
        more, less, alike = found.shares(*pair)
        typer.echo(f"  {pair[one_push]:{width}}{more:9.1%}{less:9.1%}{alike:10.1%}")
    if len(pairs) > MOST_LINES:
        typer.echo(f"  and {len(pairs) - MOST_LINES:,} more: --csv writes them all")


def _by_kind(model: Model, names: Sequence[str]) -> Iterator[tuple[str, list[str]]]:
    """The names apart as levers, circumstances and variables, where there are any."""
    kinds = {"levers": model.levers, "circumstances": model.contexts, "variables": model.variables}
    for kind, nodes in kinds.items():
        if some := [node.id for node in nodes if node.id in names]:
            yield kind, some


def _rows(found: Presses) -> Iterator[list[str | float | None]]:
    for pair in product(found.pushes, found.variables):
        counts = (str(found.used), str(found.tried))
        shares = found.shares(*pair) if found.used else (None, None, None)
        yield [*pair, pressed.ENDS[found.way(*pair)], *shares, *counts]
