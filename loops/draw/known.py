"""What is known of our assumptions now, in sentences: of a number, and of two that were not told apart."""

from __future__ import annotations

from loops.draw.bands import part_of
from loops.journey.apart import Number, Ridge
from loops.model import Model
from loops.theory.told import condition_in_words


def number_in_words(each: Number, model: Model) -> str:
    """What is known of a number now, and how much narrower it is."""
    said = condition_in_words(each.condition, model)
    if each.name.endswith((" presence", " sign")):
        return f"It is likelier than we had thought that {said}."
    narrower = f" Narrower than we had thought by {part_of(each.narrower)}." if each.narrower > 0 else ""
    return f"{said[0].upper()}{said[1:]}.{narrower}"


def ridge_in_words(each: Ridge, model: Model) -> str:
    """Two numbers of which only one thing is known: how they go together."""
    one, other = (condition_in_words(side, model) for side in (each.high, each.other))
    return f"Either {one} and {other}, or both the other way round: each would explain what was said."
