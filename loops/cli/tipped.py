"""What `loops tipping` prints and writes of tipping points: a scan, its range over versions, a map."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import typer

from loops.equilibrium.along import Along, ProgrammeLength
from loops.equilibrium.fate import Fate
from loops.equilibrium.scan import SENTENCES
from loops.equilibrium.tipmap import TippingMap
from loops.equilibrium.tipping import SHARES, Tip, Tipping, TippingRange

Row = tuple[str | float | None, ...]
HEAD = (
    "scenario",
    "what",
    "along",
    "value",
    "and along",
    "other value",
    "in the end",
    "if nothing new is done",
    "verdict",
    "share of versions",
)
MARKS = {
    Fate.KEEPS_GOING: "#",
    Fate.COMES_ANYWAY: "o",
    Fate.FADES: ".",
    Fate.NO_DIFFERENCE: "=",
    Fate.STILL_MOVES: "?",
}
WORDS = {
    Fate.KEEPS_GOING: "keeps going",
    Fate.COMES_ANYWAY: "comes anyway",
    Fate.FADES: "fades",
    Fate.NO_DIFFERENCE: "ends no higher",
    Fate.STILL_MOVES: "still moves",
}
VERDICTS = {
    "always": "It keeps going at every point.",
    "anyway": "It comes at every point, with the plan or without.",
    "no difference": "At no point does it end higher with the plan than without.",
    "never": "It fades at every point: there is an upper state of rest, but none of this gets it there.",
    "any push": "There are not two states of rest to tip between: even a small push lasts.",
    "still moves": "It cannot be said: at some points something still moves, and at none it lasts.",
    "one rest state": "There is no upper state of rest: it ends at the same level with the plan and without.",
}


def tell(found: Tipping, spread: TippingRange | None, noise: float) -> None:
    """Print the points looked at, where it tips, and the range over versions."""
    typer.echo(f"\nAlong {found.along.text}")
    if found.verdict in SENTENCES:
        typer.echo(f"  Not run: {SENTENCES[found.verdict]}.")
        return
    typer.echo("  " + "".join(f"{value:7.3g}" for value in found.values))
    typer.echo("  " + "".join(f"{MARKS[fate]:>7}" for fate in found.fates))
    typer.echo(f"  {_legend()}")
    for tip in found.tips:
        typer.echo(f"  {_tip(found.along, tip)}")
    if not found.tips:
        typer.echo(f"  {VERDICTS[found.verdict]}")
    if spread:
        _tell_range(found, spread, noise)


def _tell_range(found: Tipping, spread: TippingRange, noise: float) -> None:
    along = found.along
    lasting = "comes, as it would anyway," if found.verdict == "anyway" else "keeps going"
    typer.echo(
        f"  In {spread.draws} versions of the assumptions (each number about {noise:.0%} larger or smaller):"
    )
    if spread.lasts is not None:
        typer.echo(f"  this plan {lasting} in {spread.lasts:.0%};")
    typer.echo(f"  along this it does at every point in {spread.always:.0%}, at none in {spread.never:.0%}.")
    if spread.low is None or spread.middle is None or spread.high is None:
        typer.echo("  No range is given: most of them do not tip along this.")
        return
    low, middle, high = (_value(along, value) for value in (spread.low, spread.middle, spread.high))
    typer.echo(f"  Of those that tip, eight in ten do between {low} and {high}, half of them below {middle}.")
    if isinstance(along, ProgrammeLength):
        low, high = f"{np.floor(spread.low):.0f}", f"{np.ceil(spread.high):.0f}"
        where = f"between {low} and {high} months" if spread.high > 1 else "below a month"
        typer.echo(f"  So: somewhere {where}, under these assumptions.")


def _tip(along: Along, tip: Tip) -> str:
    return (
        f"It tips at {_value(along, tip.value)}, known to {along.tolerance:g}: "
        f"below it {WORDS[tip.below]}, above it {WORDS[tip.above]}."
    )


def _value(along: Along, value: float) -> str:
    return f"month {value:.1f}" if isinstance(along, ProgrammeLength) else f"{value:.3f}"


def tell_map(found: TippingMap) -> None:
    """Print the map in letters, every second row, so that it is about as high as it is wide."""
    typer.echo(f"\nWhere it lasts: {found.x.text} from left to right, {found.y.text} from bottom to top")
    spot = None
    if found.dot:
        spot = tuple(
            int(np.abs(axis - at).argmin())
            for axis, at in zip((found.ys, found.xs), found.dot[::-1], strict=True)
        )
    for row in range(len(found.ys) - 1, -1, -2):
        marks = [MARKS[fate] for fate in found.fates[row]]
        if spot and spot[0] in (row, row - 1):
            marks[spot[1]] = "X"
        typer.echo(f"  {found.ys[row]:7.3g} {''.join(marks)}")
    typer.echo(f"  {'':7} {found.xs[0]:<{len(found.xs) - 6}.3g}{found.xs[-1]:>6.3g}")
    typer.echo(f"  {_legend()}{', X this plan' if spot else ''}")


def rows(
    scenario: str, scan: Tipping, spread: TippingRange | None, drawn: TippingMap | None
) -> Iterator[Row]:
    """Rows of one table under :data:`HEAD`: points, tips, the range over versions, and the map's cells."""
    along = scan.along.text
    figures = zip(scan.values.tolist(), scan.levels.tolist(), scan.without.tolist(), scan.fates, strict=True)
    for value, level, without, fate in figures:
        yield scenario, "point", along, value, None, None, level, without, WORDS[fate], None
    for tip in scan.tips:
        change = f"{WORDS[tip.below]} to {WORDS[tip.above]}"
        yield scenario, "tips", along, tip.value, None, None, None, None, change, None
    if spread:
        for what, value, share in _range(spread):
            yield scenario, what, along, value, None, None, None, None, None, share
    if drawn:
        yield from _cells(scenario, drawn)


def _range(spread: TippingRange) -> Iterator[tuple[str, float | None, float]]:
    """What is known of the versions: a value below which a share of those that tip do, or just a share."""
    if spread.low is not None:
        for value, share in zip((spread.low, spread.middle, spread.high), SHARES, strict=True):
            yield "of the versions that tip, tip below", value, share
    if spread.lasts is not None:
        yield "versions in which this plan lasts", None, spread.lasts
    yield "versions that last at no point", None, spread.never
    yield "versions that last at every point", None, spread.always
    yield "versions that tip more than once", None, spread.several


def _cells(scenario: str, found: TippingMap) -> Iterator[Row]:
    for row, y in enumerate(found.ys.tolist()):
        for place, x in enumerate(found.xs.tolist()):
            ends = float(found.levels[row, place]), float(found.without[row, place])
            fate = WORDS[found.fates[row, place]]
            yield scenario, "map", found.x.text, x, found.y.text, y, *ends, fate, None


def _legend() -> str:
    return ", ".join(f"{mark} {WORDS[fate]}" for fate, mark in MARKS.items())
