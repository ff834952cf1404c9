"""Colours for light and dark screens. Never the only sign: lines also differ in dash, arrows in + and -."""

from __future__ import annotations

from dataclasses import dataclass

DASHES = ("dot", "solid", "dash", "dashdot", "longdash", "longdashdot")
"""Dashes of the curves, as Plotly calls them: nothing new first, the plan second, then what is compared."""
STROKES: dict[str, tuple[int, ...]] = {
    "solid": (),
    "dot": (3, 4),
    "dash": (10, 5),
    "dashdot": (10, 4, 3, 4),
    "longdash": (18, 6),
    "longdashdot": (17, 5, 3, 5),
}
"""The same dashes as lengths of stroke and gap, for keys drawn by hand."""


@dataclass(frozen=True)
class Palette:
    """One set of colours. Text and lines keep at least 4.5 to 1 against the paper, text against fills too.

    Boxes are filled from `mid` to `high` by level, and from `low` over `mid` to `high` by change.
    """

    paper: str
    ink: str
    muted: str
    grid: str
    box: str
    positive: str
    negative: str
    unknown: str
    reinforcing: str
    balancing: str
    low: str
    mid: str
    high: str
    curves: tuple[str, ...]


LIGHT = Palette(
    paper="#ffffff",
    ink="#1a1a1a",
    muted="#5f6368",
    grid="#e3e5e8",
    box="#f6f7f9",
    positive="#0072B2",
    negative="#C44601",
    unknown="#5f6368",
    reinforcing="#7B3294",
    balancing="#00664f",
    low="#F4A871",
    mid="#ffffff",
    high="#7FBCE3",
    curves=("#5f6368", "#0072B2", "#C44601", "#7B3294", "#6B5900", "#1a1a1a"),
)
DARK = Palette(
    paper="#171614",
    ink="#f3f4f6",
    muted="#a8a49c",
    grid="#34322e",
    box="#262522",
    positive="#56B4E9",
    negative="#FF9A5C",
    unknown="#a8a49c",
    reinforcing="#D9A6F0",
    balancing="#4FD1A5",
    low="#8F4A1B",
    mid="#262522",
    high="#175F92",
    curves=("#a8a49c", "#56B4E9", "#FF9A5C", "#D9A6F0", "#E8C547", "#ffffff"),
)
