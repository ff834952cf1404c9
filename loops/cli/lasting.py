"""`loops tipping`: does a plan keep going without us, and how far is the tipping point."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from loops.cli import tipped
from loops.cli.reading import ModelOption, one_message, resolve, tell_progress, usual_outcome
from loops.cli.writing import write_csv
from loops.draw.scale import ASSUMPTIONS, in_words, years
from loops.equilibrium.along import parse
from loops.equilibrium.fate import Fate
from loops.equilibrium.lasting import Lasting, lasting
from loops.equilibrium.rest import RestStates, rest_states
from loops.equilibrium.returns import ReturnCurve, return_curve
from loops.equilibrium.scan import SENTENCES, not_asked
from loops.equilibrium.stability import Stability
from loops.equilibrium.tipmap import tipping_map
from loops.equilibrium.tipping import tipping, tipping_range
from loops.model import Model

FATES = {
    Fate.KEEPS_GOING: "Likely to keep going without us.",
    Fate.COMES_ANYWAY: "It comes without us: it ends as high if nothing new is done.",
    Fate.FADES: "Unlikely to keep going without us.",
    Fate.NO_DIFFERENCE: "Nothing to keep going: no lead over nothing new.",
    Fate.NEVER_STOPS: "Some lever never stops, so this plan cannot show what happens without us.",
    Fate.CIRCUMSTANCES: "No lever is moved: circumstances alone make what happens.",
    Fate.STILL_MOVES: "It cannot be said: something still moves even in the end.",
}
FIRM = {True: "holds", False: "tips either way", None: "cannot be said"}


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
        typer.Option("--csv", help="Write the points looked at here, or the map if there is one."),
    ] = None,
    outcome: Annotated[
        str | None, typer.Option(help="The variable to judge by: buy_in if there is one, or the first.")
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
        loaded, (plan,) = resolve([scenario], model)
        way = parse(along, loaded)
        outcome = outcome or usual_outcome(loaded)
        other = None if map_with is None else parse(map_with, loaded)
        (fate,) = lasting(loaded, [plan], outcome, seed=seed)
        states = rest_states(loaded, plan, seed=seed)
        curve = return_curve(loaded, plan, outcome)
        reason = other and not_asked(loaded, plan, way, other)
        drawn = None
        if other and not reason:
            drawn = tipping_map(
                loaded, plan, way, other, outcome=outcome, seed=seed, progress=tell_progress()
            )
        found = tipping(loaded, plan, way, outcome=outcome, seed=seed)
        spread = None
        if found.values.size:
            spread = tipping_range(
                loaded,
                plan,
                way,
                outcome=outcome,
                noise=noise,
                draws=draws,
                seed=seed,
                progress=tell_progress(),
            )
        if csv_out:
            write_csv(csv_out, *(tipped.map_table(plan.id, drawn) if drawn else tipped.table(plan.id, found)))
    _tell_fate(loaded, fate, outcome)
    _tell_states(states, curve)
    tipped.tell(found, spread, noise)
    if drawn:
        tipped.tell_map(drawn)
    elif reason:
        typer.echo(f"\nNo map is drawn: {SENTENCES[reason]}.")
    typer.echo(f"\n{ASSUMPTIONS}")


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


def _tell_states(found: RestStates, curve: ReturnCurve) -> None:
    row, many = found.variables.index(curve.outcome), len(found.states) + found.unlisted
    typer.echo(
        f"\nWhere everything can rest once the plan is over: {many} level{'s' if many != 1 else ''}, "
        f"found from {found.arrived} of {found.starts} starts"
    )
    for state in found.states:
        level, firm = f"{curve.outcome} {state.levels[row]:.3f}", FIRM[state.stability.stable]
        typer.echo(f"  {level}   {firm:16}{state.hits:5} starts   {_push(state.stability)}")
    if found.unlisted:
        typer.echo(f"  and {found.unlisted} more: it can rest at many levels")
    crossings = ", ".join(f"{each.level:.3f} ({FIRM[each.stable]})" for each in curve.crossings) or "nowhere"
    typer.echo(f"It gives back just what is put in at {crossings}.")
    if not curve.agree:
        typer.echo("From nothing and from everything it gives back different amounts.")


def _push(found: Stability) -> str:
    """How fast a small push dies out or grows."""
    if found.slowest is None or found.stable is None:
        return ""
    if found.stable:
        return f"a push shrinks to a third within {found.slowest:.0f} months"
    return f"a push grows threefold in {found.slowest:.0f} months"
