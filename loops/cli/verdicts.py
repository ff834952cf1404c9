"""What `loops stress` prints and writes: each claim's verdict, and how far the outcome is spread."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import typer

from loops.ensemble.ensemble import Ensemble
from loops.model import Model
from loops.spread import WIDTHS
from loops.theory.verdict import PARTLY, SUPPORTED, Verdict

BAND = (10, 50, 90)
"""Percent of the versions below."""
HEAD = ("claim", "sentence", "width", "held", "versions", "share", "from", "to", "verdict")


def tell_bands(model: Model, found: Ensemble, outcome: str) -> None:
    """Print how the outcome is spread at the end of the time shown, and its lead over the first scenario."""
    first = found.scenarios[0]
    width = max(len(plan.id) for plan in found.scenarios)
    typer.echo(
        f"\n{model.nodes[outcome].label} ({outcome}) at month {found.months[-1]:g}, {found.width} width: "
        f"of {found.done:,} versions\n10%, 50% and 90% are below"
    )
    typer.echo(f"  {'':{width}}{'this level':>24}{'this lead over nothing new':>28}")
    for plan in found.scenarios:
        levels = [float(found.percentile(plan, outcome, q)[-1]) for q in BAND]
        said = "".join(f"{level:8.3f}" for level in levels)
        if plan is not first:
            leads = [float(found.difference(plan, first, outcome, q)[-1]) for q in BAND]
            said += "    " + "".join(f"{lead:+8.3f}" for lead in leads)
        typer.echo(f"  {plan.id:{width}}{said}")


def tell_claims(judged: Sequence[Verdict]) -> None:
    """Print each claim with its shares and verdict."""
    if not judged:
        typer.echo("\nClaims: none beside this model's scenarios; name a file with --claims.")
        return
    typer.echo(
        f"\n{'Claims, the weakest first: they hold in':62}{''.join(f'{width:>8}' for width in WIDTHS)}"
    )
    for verdict in judged:
        claim = verdict.claim
        share = {each.width: f"{each.value:.1%}" for each in verdict.shares if each.worlds}
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
        f"{_errors(judged)}"
    )


def _errors(judged: Sequence[Verdict]) -> str:
    """In how many versions claims were judged at each width, and the largest sampling error of a share."""
    said = []
    for shares in zip(*(verdict.shares for verdict in judged), strict=True):
        error = max(high - low for low, high in (share.interval for share in shares)) / 2
        said.append(f"{shares[0].width} {shares[0].worlds:,} (up to {100 * error:.1f} points)")
    return f"Versions, and the sampling error of a share at 95%: {', '.join(said)}."


def rows(judged: Sequence[Verdict]) -> Iterator[list[str | float]]:
    """The verdicts as rows of a table, one for each width."""
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
