"""The influencer matrix to read: what stands in each cell, and in words what filling it would add."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from html import escape

from loops.draw.scale import STEP
from loops.draw.spheres import AUDIENCE_WORDS, SPHERE_WORDS
from loops.influence import AUDIENCES, SPHERES, Audience, Sphere
from loops.matrix import Added, Cell, Filling, Item, Matrix, Place
from loops.theory.levers import Band

_HARDLY = "hardly anything"
AMOUNTS = ((0.03, _HARDLY), (0.15, "a little"), (0.4, "quite a lot"), (2.0, "a great deal"))
"""Words for what is added, each with the difference below which it holds: as the curves' sentences."""
KNOWN = {
    "stated": "the source says so",
    "inferred": "it follows from the source",
    "assumed": "our own reading",
}
"""How we know that an item stands where it does."""
_ASKS: dict[Sphere, str] = {
    "individual": "what could be done, person by person, for {}?",
    "social": "what could be done together, for {}?",
    "infrastructure": "what could be changed in the surroundings, for {}?",
}


def invitation(at: Sphere, on: Audience) -> str:
    """What an empty cell says.

    >>> invitation("social", "community")
    'Nothing here yet: what could be done together, for the people we serve?'
    """
    return f"Nothing here yet: {_ASKS[at].format(AUDIENCE_WORDS[on])}"


def amount(difference: float) -> str:
    """How much is added or taken away, in words that are not also words for a level.

    >>> amount(0.02), amount(-0.1)
    ('hardly anything', 'a little')
    """
    return next(word for below, word in AMOUNTS if abs(difference) < below)


def spread(band: Band) -> str:
    """What is added in eight of ten versions.

    >>> spread(Band(0.04, 0.05, 0.09, 1)), spread(Band(0.0, 0.05, 0.2, 1))
    ('would add a little', 'would add between hardly anything and quite a lot')
    >>> spread(Band(-0.2, -0.1, -0.04, 1)), spread(Band(-0.04, 0.1, 0.2, 1))
    ('would take away between a little and quite a lot', 'could take away a little or add quite a lot')
    """
    low, high = amount(band.low), amount(band.high)
    if band.low < 0 < band.high and _HARDLY not in (low, high):
        return f"could take away {low} or add {high}"
    verb = "take away" if band.low < 0 and low != _HARDLY else "add"
    least, most = (high, low) if verb == "take away" else (low, high)
    return f"would {verb} {least}" if least == most else f"would {verb} between {least} and {most}"


def figures(band: Band) -> str:
    """The same as figures, rounded to a twentieth.

    >>> figures(Band(0.012, 0.06, -0.11, 1))
    '0.00 to −0.10, +0.05 in the middle'
    """
    low, middle, high = (
        "0.00" if abs(one) < STEP / 2 else f"{round(one / STEP) * STEP:+.2f}".replace("-", "−")
        for one in (band.low, band.middle, band.high)
    )
    return f"{low} to {high}, {middle} in the middle"


def told(added: Added) -> str:
    """What would be added, as the end of a sentence; or why it was not tried."""
    if added.band is None:
        return f"not tried: {added.why}" if added.why else "not tried"
    return spread(added.band)


def grid(caption: str, cell: Callable[[Place], str]) -> str:
    """The nine cells as an HTML table that becomes a list on a narrow screen; `cell` gives safe HTML."""
    heads = {on: f"For {AUDIENCE_WORDS[on]}" for on in AUDIENCES}
    titles = "".join(f'<th scope="col" role="columnheader">{escape(head)}</th>' for head in heads.values())
    rows = "".join(
        f'<tr role="row"><th scope="row" role="rowheader">{escape(SPHERE_WORDS[at])}</th>'
        + "".join(
            f'<td role="cell"><p class="for">{escape(head)}</p>{cell((at, on))}</td>'
            for on, head in heads.items()
        )
        + "</tr>"
        for at in SPHERES
    )
    return (
        f'<table class="influencer" role="table"><caption>{escape(caption)}</caption>'
        f'<thead role="rowgroup"><tr role="row"><td role="cell"></td>{titles}</tr></thead>'
        f'<tbody role="rowgroup">{rows}</tbody></table>'
    )


def table(found: Matrix, filled: Filling | None = None) -> str:
    """The matrix of a plan, or of a model where there is no plan, with what filling it would add if known."""
    plan = f"“{found.scenario.title}”" if found.scenario else ""
    caption = f"Where {plan} acts, and where it does not yet." if plan else "Where what we can do acts."
    return grid(caption, lambda place: _cell(found[place], bool(plan), filled))


def _cell(cell: Cell, planned: bool, filled: Filling | None) -> str:
    """What stands in one cell, the plan's items first."""
    if not cell.items:
        return f'<p class="empty">{escape(invitation(cell.at, cell.on))}</p>'
    known = f"<p><small>Why here: {escape(KNOWN[cell.grade])}.</small></p>"
    if not planned:
        return _listed(cell.items, None) + known
    if not cell.used:
        all_of_it = filled.cells.get((cell.at, cell.on)) if filled and len(cell.items) > 1 else None
        together = f"<p>All of it together {escape(told(all_of_it))}.</p>" if all_of_it else ""
        return f'<p class="free">Not in the plan yet:</p>{_listed(cell.free, filled)}{together}{known}'
    hours = f", {cell.hours:,.0f} hours in all" if cell.hours else ""
    done = f'<p class="used">In the plan{hours}:</p>{_listed(cell.used, None)}'
    more = f'<p class="free">Not in the plan:</p>{_listed(cell.free, filled)}' if cell.free else ""
    return f"{done}{more}{known}"


def _listed(items: Sequence[Item], filled: Filling | None) -> str:
    lines = []
    for item in items:
        added = filled.levers.get(item.lever.id) if filled else None
        adds = f": <em>{escape(told(added))}</em>" if added else ""
        lines.append(f"<li>{escape(item.lever.label)}{adds}</li>")
    return f"<ul>{''.join(lines)}</ul>"


HEAD = (
    "How it acts",
    "For whom",
    "What",
    "In the plan",
    "What it would add",
    "Figures",
    "How we know it acts there",
    "Why",
)
"""What stands above :func:`rows`."""


def rows(found: Matrix, filled: Filling | None = None) -> Iterator[tuple[str, ...]]:
    """Every item of every cell, and the cells that are empty, as a table to work on."""
    for cell in found.cells:
        place = SPHERE_WORDS[cell.at], AUDIENCE_WORDS[cell.on]
        if not cell.items:
            yield (*place, "nothing yet", "", "", "", "", "")
        for item in cell.items:
            added = filled.levers.get(item.lever.id) if filled else None
            band = added.band if added else None
            why = item.influence.passage or item.influence.reason
            yield (
                *place,
                item.lever.label,
                "yes" if item.used else "no",
                spread(band) if band else added.why if added else "",
                figures(band) if band else "",
                KNOWN[item.influence.evidence],
                why,
            )
