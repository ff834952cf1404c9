"""What `loops tipping` prints and writes of tipping points: a scan, its range over versions, a map."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import typer

from loops.compare import LASTING
from loops.draw.scale import years
from loops.equilibrium.along import Along, ProgrammeLength
from loops.equilibrium.scan import SENTENCES
from loops.equilibrium.tipmap import TippingMap
from loops.equilibrium.tipping import Crossing, Tipping, TippingRange

Head = tuple[str, ...]
Row = tuple[str | float, ...]
HEAD = ("scenario", "along", "value", "in the end", "with no lever on", "verdict")
MAP_HEAD = ("scenario", "along x", "x", "along y", "y", "left in the end", "verdict")
MARKS = {"keeps going": "#", "comes anyway": "o", "fades": ".", "still moves": "?"}
VERDICTS = {
    "always": "It keeps going at every point.",
    "never": "It fades at every point: there is an upper state of rest, but none of this gets it there.",
    "any push": "There are not two states of rest to tip between: even a small push lasts.",
    "one rest state": "There is no upper state of rest: it ends at the same level with the plan and without.",
}


def tell(found: Tipping, spread: TippingRange | None, noise: float) -> None:
    """Print the points looked at, where it tips, and the range over versions."""
    typer.echo(f"\nAlong {found.along.text}")
    if found.verdict in SENTENCES:
        typer.echo(f"  Not run: {SENTENCES[found.verdict]}.")
        return
    typer.echo("  " + "".join(f"{value:7.3g}" for value in found.values))
    typer.echo("  " + "".join(f"{MARKS[word]:>7}" for word in _words(found)))
    typer.echo(f"  {_legend()}")
    for crossing in found.crossings:
        typer.echo(f"  {_crossing(found.along, crossing)}")
    if not found.crossings:
        typer.echo(f"  {VERDICTS[found.verdict]}")
    if spread:
        _tell_range(found.along, spread, noise)


def _tell_range(along: Along, spread: TippingRange, noise: float) -> None:
    typer.echo(
        f"  In {spread.draws} versions of the assumptions (each number about {noise:.0%} larger or smaller): "
        f"this plan keeps going in {spread.lasts:.0%};\n"
        f"  at every point in {spread.always:.0%}, at none in {spread.never:.0%}."
    )
    if spread.low is None or spread.middle is None or spread.high is None:
        typer.echo("  No range is given: most of them do not tip along this.")
        return
    low, middle, high = (_value(along, value) for value in (spread.low, spread.middle, spread.high))
    typer.echo(f"  Of those that tip, eight in ten do between {low} and {high}, half of them below {middle}.")
    if isinstance(along, ProgrammeLength):
        typer.echo(
            f"  So: somewhere between {years(spread.low)} and {years(spread.high)}, under these assumptions."
        )


def _crossing(along: Along, crossing: Crossing) -> str:
    below, above = ("keeps going" if lasts else "fades" for lasts in (crossing.from_, crossing.to))
    in_words = f" ({years(crossing.value)})" if isinstance(along, ProgrammeLength) else ""
    known = f"known to {along.tolerance:g}"
    return (
        f"It tips at {_value(along, crossing.value)}{in_words}, {known}: below it {below}, above it {above}."
    )


def _value(along: Along, value: float) -> str:
    return f"month {value:.1f}" if isinstance(along, ProgrammeLength) else f"{value:.3f}"


def tell_map(found: TippingMap) -> None:
    """Print the map in letters, every second row, so that it is about as high as it is wide."""
    words = _map_words(found)
    typer.echo(f"\nWhere it lasts: {found.x.text} from left to right, {found.y.text} from bottom to top")
    spot = None
    if found.dot:
        spot = tuple(
            int(np.abs(axis - at).argmin())
            for axis, at in zip((found.ys, found.xs), found.dot[::-1], strict=True)
        )
    for row in range(len(found.ys) - 1, -1, -2):
        marks = [MARKS[word] for word in words[row]]
        if spot and spot[0] in (row, row - 1):
            marks[spot[1]] = "X"
        typer.echo(f"  {found.ys[row]:7.3g} {''.join(marks)}")
    typer.echo(f"  {'':7} {found.xs[0]:<{len(found.xs) - 6}.3g}{found.xs[-1]:>6.3g}")
    typer.echo(f"  {_legend()}{', X this plan' if spot else ''}")


def table(scenario: str, found: Tipping) -> tuple[Head, Iterator[Row]]:
    """Head and rows of the scan, for a CSV file."""
    figures = zip(
        found.values.tolist(), found.levels.tolist(), found.without.tolist(), _words(found), strict=True
    )
    return HEAD, ((scenario, found.along.text, *each) for each in figures)


def map_table(scenario: str, found: TippingMap) -> tuple[Head, Iterator[Row]]:
    """Head and rows of the map, one cell each, for a CSV file."""
    words = _map_words(found)
    return MAP_HEAD, (
        (
            scenario,
            found.x.text,
            float(x),
            found.y.text,
            float(y),
            float(found.lasts[row, place]),
            words[row][place],
        )
        for row, y in enumerate(found.ys)
        for place, x in enumerate(found.xs)
    )


def _words(found: Tipping) -> list[str]:
    return [_word(*each) for each in zip(found.lasts, found.anyway, found.still, strict=True)]


def _map_words(found: TippingMap) -> list[list[str]]:
    rows = zip(found.lasts > LASTING, found.anyway, found.still, strict=True)
    return [[_word(*cell) for cell in zip(*row, strict=True)] for row in rows]


def _word(lasts: bool, anyway: bool, still: bool) -> str:
    if not still:
        return "still moves"
    if anyway:
        return "comes anyway"
    return "keeps going" if lasts else "fades"


def _legend() -> str:
    return ", ".join(f"{mark} {word}" for word, mark in MARKS.items())
