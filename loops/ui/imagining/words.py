"""What is known of an item, in words: where it acts and for whom, and what it takes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from loops.draw.spheres import AUDIENCE_WORDS, SPHERE_WORDS
from loops.editing.strengths import Word
from loops.model import Model
from loops.narrate import in_hours
from loops.parts import Grade
from loops.store.records import Idea, Item

GRADES: dict[Grade, str] = {
    "assumed": "We think so",
    "inferred": "It follows from something written",
    "stated": "A source says so",
}
STRENGTHS: dict[Word, str] = {"weak": "A little", "moderate": "Clearly", "strong": "A lot"}

AMOUNTS = ("hours_us", "hours_partner", "cost")


def where(item: Item | Idea) -> str:
    """How an item or an idea acts and for whom, as far as that is said."""
    return ", ".join(
        [
            *([SPHERE_WORDS[item.at]] if item.at else []),
            *([f"for {AUDIENCE_WORDS[item.on]}"] if item.on else []),
        ]
    )


def usual(model: Model, lever: str) -> dict[str, float]:
    """The hours of a lever at full effort, ours and theirs, and its pounds; none of what is no lever."""
    found = next((one for one in model.levers if one.id == lever), None)
    return {name: float(getattr(found, name, 0)) for name in AMOUNTS}


def numbers(model: Model, items: Sequence[Item]) -> dict[str, float]:
    """The hours of items that are one, ours and theirs, and their pounds: the model's where they say none."""
    own = {name: float(sum(getattr(one, name) for one in items)) for name in AMOUNTS}
    return own if any(own.values()) else usual(model, items[0].lever)


def takes(numbers: Mapping[str, float]) -> str:
    """Hours a month and pounds, where it takes any.

    >>> takes({"hours_us": 0.5, "hours_partner": 1, "cost": 1200}), takes(dict.fromkeys(AMOUNTS, 0.0))
    ('1.5 hours a month and £1,200 once', '')
    """
    hours = numbers["hours_us"] + numbers["hours_partner"]
    said = [*([f"{in_hours(hours)} a month"] if hours else [])]
    return " and ".join([*said, *([f"£{numbers['cost']:,.0f} once"] if numbers["cost"] else [])])
