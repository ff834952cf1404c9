"""What `loops journey` prints and writes of one partner."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import fill

import typer

from loops.draw.known import number_in_words, ridge_in_words
from loops.journey.apart import Number, Ridge, told_apart
from loops.journey.best import STARTS, Best
from loops.journey.matched import Matched, NoneFits
from loops.journey.observed import TooFew
from loops.journey.ruling import Ruled
from loops.model import Model

Row = tuple[str | float | None, ...]
HEAD = (
    "partner",
    "what",
    "about",
    "role",
    "since",
    "day",
    "said",
    "rules out alone",
    "nothing else rules out",
    "before 5%",
    "before 50%",
    "before 95%",
    "now 5%",
    "now 50%",
    "now 95%",
    "narrower by",
)
_NOTHING_DONE = "Nothing is written down as done, so the versions run as if nothing new was."
_WIDE = 100
"""Letters of a line."""
_TOP = 10
"""Lines printed of each kind: the table has all."""


def tell(name: str, model: Model, found: Matched | NoneFits | TooFew) -> Iterator[Row]:
    """Print which versions are left and what ruled the others out; the rows of the table."""
    typer.echo(f"\n{name}")
    _tell(found.says)
    if isinstance(found, TooFew):
        return
    nothing = not found.observed.done.levers
    _tell(found.cut, found.observed.left_out, _NOTHING_DONE if nothing else "")
    boxes = found.in_the_way if isinstance(found, NoneFits) else found.boxes
    _tell_boxes(model, boxes)
    _tell(found.doubt)
    yield from (_ruled(name, "box", ruled) for ruled in boxes)
    if isinstance(found, NoneFits):
        return
    yield from (_ruled(name, "observation", ruled) for ruled in found.singles)
    known = told_apart(found)
    match known.ended:
        case "too few left":
            _tell("Too few versions are left to say what they have in common: try more of them (--worlds).")
        case "nothing found":
            _tell("No number of our assumptions is known better than before.")
    _tell_numbers(model, known.numbers, known.ridges)
    if known.ended != "too few left" and known.paired < len(found.numbers.columns):
        _tell(f"Pairs were looked at of the {known.paired:,} numbers known better alone: there are many.")
    yield from (_number(name, "left", each) for each in known.numbers)


def tell_best(name: str, model: Model, found: Best) -> Iterator[Row]:
    """Print the best set of numbers, and what it could not tell apart; the rows of the table."""
    every = len(found.numbers) + found.untold
    typer.echo(f"\n{name}, best fit")
    _tell(
        f"{found.says} {found.agree} of {STARTS} places it was looked from led there. The ratings say more "
        f"than we had assumed of {found.combinations} combinations of the {every} numbers.",
    )
    _tell_numbers(model, found.numbers, found.ridges)
    yield from (_number(name, "best fit", each) for each in found.numbers)


def _tell_boxes(model: Model, boxes: Sequence[Ruled]) -> None:
    """Print what each box's observations ruled out, those of the most first."""
    most = sorted((ruled for ruled in boxes if ruled.alone), key=lambda ruled: -ruled.alone)[:_TOP]
    if not most:
        _tell("Nothing that was said of one box rules any version out by itself.")
        return
    wide = max(len(model.nodes[ruled.box].label) for ruled in most)
    typer.echo(f"  {'What was said of':{wide}}  rules out by itself  nothing else rules out")
    for ruled in most:
        typer.echo(f"  {model.nodes[ruled.box].label:{wide}}{ruled.alone:21.1%}{ruled.only:24.1%}")


def _tell_numbers(model: Model, numbers: Sequence[Number], ridges: Sequence[Ridge]) -> None:
    for title, sentences in (
        ("Known better now", [number_in_words(each, model) for each in numbers]),
        ("Not told apart", [ridge_in_words(each, model) for each in ridges]),
    ):
        if sentences:
            typer.echo(title)
            _tell(*sentences[:_TOP], indent="  ")
            if len(sentences) > _TOP:
                typer.echo(f"  and {len(sentences) - _TOP} more")


def _tell(*texts: str, indent: str = "") -> None:
    for text in filter(None, texts):
        typer.echo(fill(text, _WIDE, initial_indent=indent, subsequent_indent=f"{indent}  "))


def _ruled(name: str, what: str, ruled: Ruled) -> Row:
    said: Row = (None,) * 4
    if what == "observation":
        (each,) = ruled.observations
        said = (each.role, f"{each.since or ''}", f"{each.day}", each.words)
    return (name, what, ruled.box, *said, ruled.alone, ruled.only, *(None,) * 7)


def _number(name: str, what: str, each: Number) -> Row:
    return (name, what, each.name, *(None,) * 6, *each.before, *each.after, each.narrower)
