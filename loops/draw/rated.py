"""The diagram filled by what people said of a partner: a word on each box, and hatched where nobody knows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from loops.draw.diagram import View, draw
from loops.draw.palette import Palette
from loops.draw.scale import SCALE
from loops.journey.standing import Rated, Standing
from loops.model import Model
from loops.partners import SAID, UNKNOWN, Said

LEVELS: dict[Said, float] = {word: level for level, known in SCALE for word in SAID if word == known}
"""How full a box is drawn that is called by a word: as everywhere else on the diagram."""


def in_short(rated: Rated) -> str:
    """What is said of a box, in the words of its roles where they differ by two words or more."""
    if not rated.apart:
        return rated.word
    known = [word for word in rated.roles if word != UNKNOWN]
    return f"{known[0]} to {known[-1]}"


def rated_diagram(
    model: Model,
    standing: Standing,
    palette: Palette,
    view: View | None = None,
    *,
    also: Mapping[str, str] | None = None,
) -> str:
    """A view of the diagram as SVG, with what is said of each box, and `also` something more of some."""
    boxes = {name: rated for name, rated in standing.boxes.items() if name in model.nodes}
    said = {
        name: ", ".join(filter(None, (in_short(rated), (also or {}).get(name))))
        for name, rated in boxes.items()
    }
    levels = {name: LEVELS[rated.word] for name, rated in boxes.items() if rated.word in LEVELS}
    return draw(model, palette, replace(view or View(), levels=levels, said=said, legend=True))
