"""`loops dominance`: which feedback loops drive a scenario, and when."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import Annotated

import numpy as np
import typer

from loops import feedback
from loops.cli.reading import (
    ModelOption,
    Months,
    ScenarioNames,
    assumptions,
    one_message,
    resolve,
    tell_progress,
)
from loops.cli.writing import write_csv, write_json
from loops.dominance.gain import loop_gains
from loops.dominance.lead import Lead, leads
from loops.dominance.moments import Moments, moments
from loops.dominance.report import as_json, lines, rows
from loops.dominance.shares import Shares, by_kind, on_average, shares
from loops.feedback import Feedback, Found
from loops.kernel import Floats

HEAD = ("scenario", "month", "loop", "name", "letter", "loop gain", "share of the change")
WIDTH = 44
MOST, MOST_BESIDE = 10, 3
"""Loops without a name that are printed, the strongest first: when none has one, and beside those that do."""
MOST_PARTS = 5
KINDS = {
    "named": "named loops",
    "other R": "other snowballs (R)",
    "other B": "other brakes (B)",
    "other ?": "others, snowball or brake (?)",
    "built in": "filling up and fading (B)",
}
EITHER = "; it is either a snowball or a brake, for an arrow on it has no sign yet"
CAUTION = (
    "What comes back: hold one box of the loop a little higher, and this share of it returns after one lap.\n"
    "Shares of the change (Loops That Matter): shares of loops of different length cannot be compared near "
    "rest,\nso trust who leads more than them. "
)


def dominance(
    scenarios: ScenarioNames,
    csv_out: Annotated[
        Path | None, typer.Option("--csv", help="Write each loop's gain and share in every month here.")
    ] = None,
    json_out: Annotated[
        Path | None, typer.Option("--json", help="Write the shares of one scenario here, as Stella does.")
    ] = None,
    model: ModelOption = None,
    months: Months = None,
) -> None:
    """Say which feedback loops drive scenarios: what comes back around each, and which one leads when."""
    with one_message():
        loaded, chosen = resolve(scenarios, model)
        if json_out and len(chosen) > 1:
            raise ValueError("--json writes one scenario: name one, or use --csv for all of them")
        found = feedback.find(loaded)
        runs = [
            shares(run, found, progress=tell_progress()) for run in moments(loaded, chosen, months=months)
        ]
        if csv_out:
            write_csv(
                csv_out,
                HEAD,
                ([run.moments.scenario.id, *row] for run in runs for row in rows(run, lines(run))),
            )
        if json_out:
            write_json(json_out, as_json(loaded, runs[0]))
    typer.echo(_how_many(found))
    for run in runs:
        typer.echo(f"\n{run.moments.scenario.title} ({run.moments.scenario.id})")
        if run.found.loops:
            _tell_gains(run.moments, run.found.loops)
        _tell_shares(run)
    typer.echo(f"\n{CAUTION if found.loops else ''}{assumptions(loaded)}")


def _how_many(found: Found) -> str:
    named = sum(loop.named is not None for loop in found.loops)
    if not found.loops:
        return "This diagram has no feedback loops: nothing comes back, so none leads."
    if not found.complete:
        return (
            f"More than {found.most:,} feedback loops, too many to list; named: {named}. "
            "What follows is of those and the strongest others that a search found."
        )
    return f"Feedback loops: {len(found.loops):,}; named: {named}."


def _tell_gains(run: Moments, found: Sequence[Feedback]) -> None:
    """Print what comes back around the named loops and the strongest others, and who leads of those named."""
    gains = loop_gains(run, found)
    named = [k for k, loop in enumerate(found) if loop.named]
    strongest = np.argsort(-np.abs(gains).max(axis=0), kind="stable").tolist()
    others = [k for k in strongest if not found[k].named]
    shown = _instants(run)
    typer.echo(f"  {'what comes back':{WIDTH + 2}}{_heads(shown)}")
    for k in (*named, *others[: MOST_BESIDE if named else MOST]):
        path = "" if found[k].named else f"  {' -> '.join(found[k].nodes)}"
        figures = "".join(f"{gains[month, k]:z11.3f}" for month in shown)
        typer.echo(f"    {_name(found[k]):{WIDTH}.{WIDTH}}{figures}{path}")
    compared = named or list(range(len(found)))
    if named and others:
        typer.echo("  Of the loops with a name:")
    for lead in leads(run.months, gains[:, compared]):
        typer.echo(f"  {_sentence(lead, [found[k] for k in compared], run.months, gains[:, compared])}")


def _sentence(lead: Lead, compared: Sequence[Feedback], months: Floats, gains: Floats) -> str:
    since = f"From month {lead.since:.0f}" if lead.since else "From the start"
    if lead.place is None:
        return f"{since} nothing comes back around any of them."
    loop = compared[lead.place]
    while_it_leads = (months >= lead.since) & (months <= lead.until)
    most = np.abs(gains[while_it_leads, lead.place]).max()
    alone = ", the only one compared" if len(compared) == 1 else ""
    either = EITHER if loop.letter == "?" else ""
    return f"{since} '{loop.name}' leads{alone}: up to {most:.0%} comes back{either}."


def _tell_shares(run: Shares) -> None:
    """Print whose the change is, by kind of loop, for each part of the diagram, and when all is at rest.

    The average is over the months in which the part moves.
    """
    rest = _at_rest(run.moments)
    if run.moments.resting.all():
        typer.echo(f"  {rest}")
        return
    shown = _instants(run.moments)
    for number, members in enumerate(run.parts[:MOST_PARTS]):
        among = "" if len(run.parts) == 1 else f", part {number + 1} of {len(run.parts)}: {members[0]}, ..."
        means = on_average(run, number)
        if not means:
            typer.echo(f"  share of the change{among}: at rest all the time, so no loop explains any")
            continue
        typer.echo(f"  {f'share of the change{among}':{WIDTH + 2}}{_heads(shown)}    on average")
        for kind, share in by_kind(run, number).items():
            figures = "".join(f"{share[k]:11.0%}" for k in shown)
            typer.echo(f"    {KINDS[kind]:{WIDTH}}{figures}{means[kind]:14.0%}")
    if rest:
        typer.echo(f"  {rest}")


def _at_rest(run: Moments) -> str:
    """In which months nothing moves; empty if something always does."""
    if run.resting.all():
        return "At rest all the time: nothing moves, so no loop explains any change."
    months = iter(run.months)
    spans = [(still, [next(months) for _ in group]) for still, group in groupby(run.resting)]
    said = [f"month {span[0]:.0f} to {span[-1]:.0f}" for still, span in spans if still]
    return f"At rest in {', '.join(said)}: nothing moves, so no loop explains any change." if said else ""


def _instants(run: Moments) -> list[int]:
    last = run.months.size - 1
    return sorted({0, last // 4, last // 2, 3 * last // 4, last})


def _heads(shown: Sequence[int]) -> str:
    return "".join(f"{f'month {k}':>11}" for k in shown)


def _name(loop: Feedback) -> str:
    label = loop.named.label if loop.named and loop.named.label else loop.letter
    return f"{label:4}{loop.name}"
