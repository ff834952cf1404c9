"""`loops list` and `loops schema`: what a model holds, and what its file may hold."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from loops import feedback, shape
from loops.cli.reading import ModelFile, one_message
from loops.files import read_model
from loops.model import Model
from loops.scenario import Scenario
from loops.theory.claims import Claims
from loops.theory.rivals import Rivals


def list_nodes(
    model: ModelFile,
    every_loop: Annotated[
        bool, typer.Option("--all-loops", help="List the loops without a name too.")
    ] = False,
) -> None:
    """List a model's nodes, links and loops, the named loops first."""
    with one_message():
        loaded = read_model(model)
    typer.echo(f"{loaded.title}\n{counts(loaded)}")
    for title, nodes in (
        ("Variables", loaded.variables),
        ("Levers", loaded.levers),
        ("Contexts", loaded.contexts),
    ):
        typer.echo(f"\n{title}")
        for node in nodes:
            typer.echo(f"  {node.id:22} {node.label}")
    typer.echo("\nLinks (strength a month, delay in months)")
    for link in loaded.links:
        extra = f" delay {link.delay:g}" if link.delay else ""
        extra += f" threshold {link.threshold:g}" if link.threshold else ""
        typer.echo(f"  {link.name:40} {link.polarity} {link.strength:<8g} {link.grade:9}{extra}")
    list_loops(loaded, every_loop=every_loop)


def list_loops(model: Model, *, every_loop: bool) -> None:
    """Print the named loops, or every one, under a line that says how many there are."""
    found = feedback.find(model)
    amount = (
        f"{len(found.loops)}" if found.complete else f"more than {len(found.loops)}, the search was cut there"
    )
    typer.echo(f"\nFeedback loops: {amount}; named: {len(model.loops)}")
    for each in found.loops:
        if each.named:
            label = each.named.label or each.letter
            typer.echo(f"  {label:4} {each.named.name:32} {each.grade:9} {' -> '.join(each.named.path)}")
        elif every_loop:
            typer.echo(f"  {each.letter:4} {'':32} {each.grade:9} {' -> '.join(each.nodes)}")


def counts(model: Model) -> str:
    """How many nodes of each kind and links, in words."""
    return (
        f"{len(model.variables)} variables, {len(model.levers)} levers, {len(model.contexts)} contexts, "
        f"{len(model.links)} links"
    )


def schema(
    scenario: Annotated[
        bool, typer.Option("--scenario", help="The schema of scenario files instead.")
    ] = False,
    claims: Annotated[bool, typer.Option("--claims", help="The schema of files of claims instead.")] = False,
    rivals: Annotated[
        bool, typer.Option("--rivals", help="The schema of files of rival theories instead.")
    ] = False,
) -> None:
    """Print the JSON Schema of model files."""
    kind = Rivals if rivals else Claims if claims else Scenario if scenario else Model
    typer.echo(json.dumps(shape.schema(kind), indent=2))
