"""`loops tipping`: does a plan keep going without us, and how far is the tipping point."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from loops.cli import resting, tipped
from loops.cli.reading import ModelOption, assumptions, one_message, resolve, tell_progress, usual_outcome
from loops.cli.writing import writable, write_csv
from loops.draw.scale import in_words, years
from loops.equilibrium.along import Along, parse
from loops.equilibrium.ends import part
from loops.equilibrium.fate import Fate
from loops.equilibrium.lasting import Lasting, lasting
from loops.equilibrium.scan import SENTENCES, NotAsked, not_asked
from loops.equilibrium.tipmap import TippingMap, tipping_map
from loops.equilibrium.tipping import Tipping, TippingRange, tipping, tipping_range
from loops.model import Model
from loops.scenario import Scenario

FATES = {
    Fate.KEEPS_GOING: "Likely to keep going without us.",
    Fate.COMES_ANYWAY: "It comes anyway: it ends as high if nothing new is done.",
    Fate.FADES: "Unlikely to keep going without us.",
    Fate.NO_DIFFERENCE: "Nothing to keep going: it ends no higher than if nothing new is done.",
    Fate.NEVER_STOPS: "Some lever never stops, so this plan cannot show what happens without us.",
    Fate.CIRCUMSTANCES: "No lever is moved: circumstances alone make what happens.",
    Fate.STILL_MOVES: "It cannot be said: something still moves even in the end.",
}


@dataclass(frozen=True)
class Asked:
    """A plan, the variable it is judged by, along what, and in which versions of the assumptions."""

    model: Model
    plan: Scenario
    outcome: str
    along: Along
    other: Along | None
    noise: float
    draws: int
    seed: int


@dataclass(frozen=True)
class Answer:
    """Everything that is printed."""

    fate: Lasting
    resting: resting.Resting
    scan: Tipping
    spread: TippingRange | None
    drawn: TippingMap | None
    no_map: NotAsked | None
    """Why no map is drawn although one was asked for."""


def tipping_point(
    scenario: Annotated[str, typer.Argument(help="A scenario file, or the id of one of the model's.")],
    along: Annotated[
        str, typer.Option(help="What could be otherwise: months, lever:ID or context:ID.")
    ] = "months",
    map_with: Annotated[
        str | None, typer.Option("--map", help="Draw where it lasts, along this as well: as for --along.")
    ] = None,
    csv_out: Annotated[
        Path | None,
        typer.Option("--csv", help="Write the points looked at, the range, and the map if there is one."),
    ] = None,
    outcome: Annotated[
        str | None, typer.Option(help="The variable to judge by: what the model is judged by first.")
    ] = None,
    noise: Annotated[
        float, typer.Option(min=0, max=1, help="How much each number varies: .05 is 5%.")
    ] = 0.05,
    draws: Annotated[int, typer.Option(min=1, max=1_000, help="How many versions to try.")] = 64,
    seed: Annotated[int, typer.Option(min=0, help="Which versions: the same seed, the same ones.")] = 1,
    model: ModelOption = None,
) -> None:
    """Say whether a plan keeps going without us, where it tips, how sure that is, and where it lasts."""
    with one_message():
        writable(csv_out, ".csv")
        loaded, (plan,) = resolve([scenario], model)
        ways = parse(along, loaded), None if map_with is None else parse(map_with, loaded)
        asked = Asked(loaded, plan, outcome or usual_outcome(loaded), *ways, noise, draws, seed)
        found = _work_out(asked)
        if csv_out:
            write_csv(csv_out, tipped.HEAD, tipped.rows(plan.id, found.scan, found.spread, found.drawn))
    _tell_fate(loaded, found.fate, asked.outcome)
    resting.tell(found.resting)
    tipped.tell(found.scan, found.spread, noise)
    if found.drawn:
        tipped.tell_map(found.drawn)
    if found.no_map:
        typer.echo(f"\nNo map is drawn: {SENTENCES[found.no_map]}.")
    typer.echo(f"\n{assumptions(loaded)}")


def _work_out(asked: Asked) -> Answer:
    model, plan, outcome, seed = asked.model, asked.plan, asked.outcome, asked.seed
    tell = tell_progress()
    tell(0.0, "the plan itself, to rest")
    (fate,) = lasting(model, [plan], outcome, seed=seed)
    tell(0.1, "places of rest")
    rest = resting.rest_of(model, plan, outcome, seed=seed)
    scan = tipping(model, plan, asked.along, outcome=outcome, seed=seed, progress=part(tell, 0.2, 0.4))
    spread = tipping_range(
        model,
        plan,
        asked.along,
        outcome=outcome,
        noise=asked.noise,
        draws=asked.draws,
        seed=seed,
        progress=part(tell, 0.4, 0.7),
    )
    no_map = not_asked(model, plan, asked.along, asked.other) if asked.other else None
    drawn = None
    if asked.other and not no_map:
        drawn = tipping_map(
            model, plan, asked.along, asked.other, outcome=outcome, seed=seed, progress=part(tell, 0.7, 1.0)
        )
    return Answer(fate, rest, scan, spread, drawn, no_map)


def _tell_fate(model: Model, found: Lasting, outcome: str) -> None:
    typer.echo(f"{found.scenario.title} ({found.scenario.id})")
    typer.echo(FATES[found.fate])
    label = model.nodes[outcome].label
    said = f"'{label}' ends at {found.end:.3f} ({in_words(found.end)})"
    if found.stop is not None:
        said += f"; the last lever stops at month {found.stop:g}"
    if found.half_lead_lost is not None:
        said += f", and half the lead is lost {years(found.half_lead_lost)} later"
    typer.echo(f"{said}.")
