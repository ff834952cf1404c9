"""What something that we do asks for, from when on, and where it acts, in words."""

from __future__ import annotations

from collections.abc import Iterator

from loops.draw.influencer import KNOWN
from loops.draw.spheres import cell_words
from loops.model import Lever, Model
from loops.narrate import in_hours, years
from loops.ui.reading.arrow_words import quoted


def asks(lever: Lever) -> Iterator[str]:
    """What it asks for, and from when on; nothing where it asks for nothing.

    >>> list(asks(Lever(id="racks", label="Bike racks", cost=1800, earliest=6)))
    ['It costs £1,800, once.', 'It cannot begin before 6 months have passed.']
    """
    if lever.hours_us or lever.hours_partner:
        us = in_hours(lever.hours_us)
        yield f"Full effort is {us} a month for us and {lever.hours_partner:g} for the partner."
    if lever.cost:
        yield f"It costs £{lever.cost:,.0f}, once."
    if lever.earliest:
        be = "has" if lever.earliest == 1 else "have"
        yield f"It cannot begin before {years(lever.earliest)} {be} passed."


def acts(model: Model, lever: Lever) -> Iterator[str]:
    """Where it acts, one place a sentence, with how we know that.

    >>> from loops.influence import Influence
    >>> from loops.model import Variable
    >>> together = Influence(at="social", on="community", reason="We meet.")
    >>> walk = Lever(id="walk", label="Walk", influence=[together])
    >>> model = Model(id="m", title="M", variables=[Variable(id="a", label="A", start=0)], levers=[walk])
    >>> list(acts(model, walk))
    ['Between people: the people we serve (our own reading). We meet.']
    """
    for cell in lever.influence:
        known = f"{cell_words(cell.at, cell.on)} ({KNOWN[cell.evidence]})"
        words = quoted(model, cell.passage, cell.locator, cell.cited)
        yield f"{known}. {' '.join(filter(None, (cell.reason, words)))}".strip()
