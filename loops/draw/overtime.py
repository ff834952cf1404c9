"""What was said and done over the days, as HTML: a strip for each, with the same in words beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from html import escape
from itertools import pairwise

from loops.draw.palette import Palette
from loops.draw.rated import LEVELS
from loops.draw.shapes import mix
from loops.journey.standing import standing
from loops.model import Model
from loops.narrate import on_day
from loops.partners import UNKNOWN, Deed, Mark, Said

MOST = 120
"""Days of ratings that a strip shows: the latest ones."""
_LEAST = 0.05
"""Height of "not yet", as a share of the strip: low, and still to be seen."""
_ROOM = 16
"""What reaches the last day is drawn on for one of so many parts more: a word of today has room, too."""


@dataclass(frozen=True)
class Spell:
    """A stretch of days at a height from 0 to 1; None is not known."""

    begin: date
    end: date
    height: float | None


@dataclass(frozen=True)
class Strip:
    """A line of the picture: what it is of, the same in words, and its stretches."""

    title: str
    says: str
    spells: tuple[Spell, ...]
    flat: bool = False
    """Whether it only says when something was, and not how far it had come."""


def words_over(model: Model, marks: Sequence[Mark], box: str) -> tuple[tuple[date, Said], ...]:
    """The word for a box on each day on which somebody said something of it: of the latest such days."""
    own = [mark for mark in marks if mark.on == box]
    days = sorted({mark.day for mark in own})[-MOST:]
    return tuple((day, standing(model, own, on=day).said(box)) for day in days)


def of_box(title: str, words: Sequence[tuple[date, Said]], last: date) -> Strip:
    """The strip of a box, up to a day, from its words in the order of days."""
    changes = _changes(words)
    ends = [*(day for day, _ in changes[1:]), last]
    spells = (
        Spell(day, max(end, day), None if word == UNKNOWN else max(LEVELS[word], _LEAST))
        for (day, word), end in zip(changes, ends, strict=True)
    )
    return Strip(title, _course(changes, words[-1][0]), tuple(spells))


def what(model: Model, deed: Deed) -> str:
    """What was done: the model's words for it, then what else was written."""
    lever = next((one.label for one in model.levers if one.id == deed.lever), "")
    return ": ".join(filter(None, dict.fromkeys((lever, deed.what))))


def of_deed(model: Model, deed: Deed, last: date) -> Strip:
    """The strip of something that was done: one day, from a day to another, or, being a lever, still on."""
    goes_on = deed.until is None and bool(deed.lever)
    end = last if goes_on else deed.until or deed.day
    until = ", and still going on" if goes_on else f" to {on_day(end)}" if end > deed.day else ""
    return Strip(what(model, deed), f"{on_day(deed.day)}{until}", (Spell(deed.day, end, 1.0),), flat=True)


def of_decision(what: str, day: date) -> Strip:
    """The strip of something that was decided on a day."""
    return Strip(what, f"decided on {on_day(day)}", (Spell(day, day, 1.0),), flat=True)


def html(strips: Sequence[Strip], first: date, last: date, palette: Palette) -> str:
    """The strips side by side as there is room, all from one day to another, with a line at every new year.

    Text is escaped; what is drawn is said beside it, so it is hidden from readers.
    """
    room = "display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,19rem),1fr));gap:.7rem 2rem"
    drawn = "".join(_strip(each, first, last, palette) for each in strips)
    return f'<div role="list" style="{room}">{drawn}</div>'


def _changes(words: Sequence[tuple[date, Said]]) -> list[tuple[date, Said]]:
    """The first word, and each that is another than the one before."""
    return [words[0], *(now for was, now in pairwise(words) if was[1] != now[1])]


def _course(changes: Sequence[tuple[date, Said]], last: date) -> str:
    """The words in their order, each with its day; of many only the first and the last."""
    if len(changes) == 1:
        day, word = changes[0]
        return f"{word}, as said on {on_day(day)}" + (f" and up to {on_day(last)}" if last > day else "")
    told = [f"{word} on {on_day(day)}" for day, word in changes]
    between = [f"{len(told) - 2} changes"] if len(told) > 4 else told[1:-1]
    return ", then ".join([told[0], *between, told[-1]])


def _strip(strip: Strip, first: date, last: date, palette: Palette) -> str:
    style = "display:flex;flex-wrap:wrap;gap:0 .8rem;margin:0;font-size:.95rem;overflow-wrap:anywhere"
    words = f'<p style="{style}"><strong>{escape(strip.title)}</strong> <span>{escape(strip.says)}</span></p>'
    end = last + max((last - first) / _ROOM, timedelta(1))
    *before, newest = strip.spells
    spells = (*before, replace(newest, end=end) if newest.end == last else newest)
    bars = "".join(_bar(spell, strip.flat, first, end, palette) for spell in spells)
    lines = "".join(
        f'<i style="position:absolute;left:{_share(day, first, end):.2f}%;top:0;bottom:0;width:1px;'
        f'background:{palette.grid}"></i>'
        for day in _new_years(first, last)
    )
    rows = "" if strip.flat else f"repeating-linear-gradient(0deg,{palette.grid} 0 1px,transparent 1px 25%)"
    track = (
        f"position:relative;overflow:hidden;height:{1 if strip.flat else 3}rem;"
        f"border-bottom:1px solid currentColor;background:{rows or 'none'}"
    )
    column = "display:flex;flex-direction:column;justify-content:space-between;gap:.2rem"
    drawn = f'<div aria-hidden="true" style="{track}">{lines}{bars}</div>'
    return f'<div role="listitem" style="{column}">{words}{drawn}</div>'


def _bar(spell: Spell, flat: bool, first: date, last: date, palette: Palette) -> str:
    left, right = (_share(day, first, last) for day in (spell.begin, spell.end))
    where = (
        f"position:absolute;bottom:0;left:min({left:.2f}%,100% - 5px);width:{right - left:.2f}%;min-width:5px"
    )
    if spell.height is None:
        stripes = f"repeating-linear-gradient(45deg,{palette.muted} 0 1px,transparent 1px 7px)"
        return f'<i style="{where};height:100%;opacity:.6;background:{stripes}"></i>'
    fill = palette.positive if flat else mix(palette.mid, palette.high, spell.height)
    edge = "" if flat else f";box-sizing:border-box;border-top:3px solid {palette.positive}"
    return f'<i style="{where};height:{100 * spell.height:.0f}%;background:{fill}{edge}"></i>'


def _share(day: date, first: date, last: date) -> float:
    """Where a day is between two others, in per cent."""
    return 100 * (day - first).days / (last - first).days


def _new_years(first: date, last: date) -> Iterator[date]:
    return (date(year, 1, 1) for year in range(first.year + 1, last.year + 1))
