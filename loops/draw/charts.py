"""Curves over time: what a line of a chart is, and how it looks wherever it is drawn."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from loops.draw.palette import DASHES, Palette


@dataclass(frozen=True)
class Line:
    """One scenario's curve: monthly levels, the spans of months with levers on, its place in the palette."""

    name: str
    levels: NDArray[np.float64]
    spans: tuple[tuple[float, float], ...]
    style: int


def style(place: int, palette: Palette) -> tuple[str, str]:
    """Colour and dash of the scenario at this place: no two places share either."""
    return palette.curves[place % len(palette.curves)], DASHES[place % len(DASHES)]


def key_entry(swatch: str, words: str) -> str:
    """One entry of a key to a chart as HTML: a swatch by its CSS, and words that are escaped already."""
    return (
        '<span style="display:inline-flex;align-items:center;gap:.4rem;margin:0 1.1rem .2rem 0">'
        f'<i style="{swatch}"></i>{words}</span>'
    )
