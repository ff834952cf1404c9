"""`loops stress`: does our theory hold, under how wide a range of assumptions?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from loops import library
from loops.cli.reading import (
    ModelName,
    Months,
    model_file,
    one_message,
    tell_progress,
    usual_outcome,
)
from loops.cli.writing import write_csv
from loops.draw.scale import ASSUMPTIONS
from loops.ensemble.ensemble import Ensemble
from loops.ensemble.simulate import simulate_ensemble
from loops.files import read_model
from loops.model import Model
from loops.parts import nearest
from loops.scenario import Scenario
from loops.spread import WIDTHS
from loops.theory.claims import Case, Claim, claims_of, read_claims
from loops.theory.stress import ask, digest, run, verdicts
from loops.theory.verdict import PARTLY, SUPPORTED, Verdict, weakest_first
from loops.worlds import MOST_WORLDS

NOTHING_NEW = "nothing_new"
MOST_SHOWN = 12
"""Scenarios shown of a model without claims."""
BAND = (10, 50, 90)
"""Percent of the versions below."""
HEAD = ("claim", "sentence", "width", "held", "versions", "share", "from", "to", "verdict")


def stress(
    model: ModelName,
    seed: Annotated[int, typer.Option(min=0, help="Which versions: the same seed, the same ones.")],
    worlds: Annotated[
        int, typer.Option(min=1, max=MOST_WORLDS, help="How many versions of the assumptions to try.")
    ] = 10_000,
    claims: Annotated[
        Path | None, typer.Option(help="A file of claims, if not the one beside the scenarios.")
    ] = None,
    show: Annotated[
        list[str] | None,
        typer.Option(help="A scenario whose spread is shown beside nothing new; may be repeated."),
    ] = None,
    outcome: Annotated[
        str | None, typer.Option(help="The variable to show: buy_in if there is one, or the first.")
    ] = None,
    months: Months = None,
    csv_out: Annotated[Path | None, typer.Option("--csv", help="Write the verdicts to this file.")] = None,
    threads: Annotated[int, typer.Option(min=1, max=256, help="Threads of this computer.")] = 2,
    scheduler: Annotated[
        str | None, typer.Option(help="The address of a Dask scheduler, to run on its cluster instead.")
    ] = None,
) -> None:
    """Say in how many versions of the assumptions each claim about a model holds, the weakest claim first."""
    with one_message():
        file = model_file(model)
        loaded = read_model(file)
        known = _with_nothing_new(loaded, library.scenarios_of(loaded, file))
        made = read_claims(claims, loaded, known) if claims else claims_of(loaded, known, file)
        outcome = outcome or usual_outcome(loaded)
        names = [node.id for node in loaded.variables]
        if outcome not in names:
            raise ValueError(f"--outcome: there is no variable '{outcome}'. {nearest(outcome, names)}")
        asked = ask(loaded, known, made, shown=_shown(known, made, show or ()), months=months)
        found = run(
            asked,
            worlds=worlds,
            seed=seed,
            simulate=partial(simulate_ensemble, threads=threads, scheduler=scheduler),
            progress=tell_progress(),
        )
        judged = weakest_first(verdicts(made, found))
        if csv_out:
            write_csv(csv_out, HEAD, _rows(judged))
    typer.echo(loaded.title)
    _tell_versions(found)
    _tell_bands(loaded, found[0], outcome)
    _tell_claims(judged)
    typer.echo(f"\nDigest {digest(found)}\n{ASSUMPTIONS}")


def _with_nothing_new(model: Model, scenarios: Mapping[str, Scenario]) -> dict[str, Scenario]:
    """The scenarios, and the one in which no lever is moved, which every model has."""
    quiet = Scenario(id=NOTHING_NEW, model=model.id, title="If nothing new is done")
    return {NOTHING_NEW: quiet, **scenarios}


def _shown(known: Mapping[str, Scenario], made: Sequence[Claim], names: Sequence[str]) -> list[Scenario]:
    """Nothing new, and the scenarios that are named or else the one that claims run most often as it is.

    Raises :class:`ValueError` for a scenario that is not there.
    """
    if unknown := next((name for name in names if name not in known), None):
        raise ValueError(f"--show: there is no scenario '{unknown}'. {nearest(unknown, known)}")
    cases = [case for claim in made for case in (claim.run, claim.against) if case]
    plain = Counter(case.scenario for case in cases if case == Case(scenario=case.scenario))
    del plain[NOTHING_NEW]
    usual = [name for name, _ in plain.most_common(1)] if made else list(known)[:MOST_SHOWN]
    return [known[name] for name in dict.fromkeys([NOTHING_NEW, *(names or usual)])]


def _tell_versions(found: Sequence[Ensemble]) -> None:
    for each in found:
        cut = f": {each.stopped}" if each.stopped else ""
        typer.echo(
            f"  {each.done:>9,} versions of our assumptions, {each.width} width, seed {each.seed}{cut}"
        )


def _tell_bands(model: Model, found: Ensemble, outcome: str) -> None:
    """Print how the outcome is spread at the end of the time shown, and its lead over the first scenario."""
    if not found.done:
        return
    first = found.scenarios[0]
    width = max(len(plan.id) for plan in found.scenarios)
    typer.echo(
        f"\n{model.nodes[outcome].label} ({outcome}) at month {found.months[-1]:g}, {found.width} width:\n"
        "of ten versions one, five and nine are below"
    )
    typer.echo(f"  {'':{width}}{'this level':>24}{'this lead over nothing new':>28}")
    for plan in found.scenarios:
        levels = [float(found.percentile(plan, outcome, q)[-1]) for q in BAND]
        said = "".join(f"{level:8.3f}" for level in levels)
        if plan is not first:
            leads = [float(found.difference(plan, first, outcome, q)[-1]) for q in BAND]
            said += "    " + "".join(f"{lead:+8.3f}" for lead in leads)
        typer.echo(f"  {plan.id:{width}}{said}")


def _tell_claims(judged: Sequence[Verdict]) -> None:
    """Print each claim with its shares and verdict."""
    if not judged:
        typer.echo("\nClaims: none beside this model's scenarios; name a file with --claims.")
        return
    typer.echo(
        f"\n{'Claims, the weakest first: they hold in':62}{''.join(f'{width:>8}' for width in WIDTHS)}"
    )
    for verdict in judged:
        claim = verdict.claim
        share = {each.width: f"{each.value:.1%}" for each in verdict.shares}
        figures = "".join(f"{share.get(width, 'not run'):>8}" for width in WIDTHS)
        typer.echo(f"  {claim.id:60}{figures}   {' to '.join(verdict.words)}")
        other = f" than in {claim.against.words()}" if claim.against else ""
        typer.echo(f"    {claim.sentence}")
        typer.echo(
            f"    {claim.outcome.variable} at month {claim.outcome.month}: {claim.outcome.bound()} "
            f"in {claim.run.words()}{other}"
        )
    typer.echo(
        f"Supported: it holds in {SUPPORTED:.0%} of the versions or more; partly: in {PARTLY:.0%} or more.\n"
        f"Sampling error of a share, at 95%: {_errors(judged)}."
    )


def _errors(judged: Sequence[Verdict]) -> str:
    """The largest sampling error of any claim's share at each width."""
    worst = {
        share.width: max((high - low) / 2 for low, high in (s.interval for s in same))
        for share in judged[0].shares
        if (same := [each for verdict in judged for each in verdict.shares if each.width == share.width])
    }
    return ", ".join(f"{width} up to {100 * error:.1f} points" for width, error in worst.items())


def _rows(judged: Sequence[Verdict]) -> Iterator[list[str | float]]:
    for verdict in judged:
        for share in verdict.shares:
            counts = (str(share.held), str(share.worlds))
            yield [
                verdict.claim.id,
                verdict.claim.sentence,
                share.width,
                *counts,
                share.value,
                *share.interval,
                share.word,
            ]
