"""The diagram on a page: pick, play over time, reveal step by step and save, all in the browser."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, cast

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from loops.draw.palette import Palette
from loops.draw.scale import in_words
from loops.draw.shapes import mix
from loops.ui import look

_HERE = Path(__file__).parent
SCRIPTS = ("canvas.js", "canvas_pick.js", "canvas_frame.js", "canvas_play.js", "canvas_save.js")
HTML = (_HERE / "canvas.html").read_text(encoding="utf-8")
CSS = (_HERE / "canvas.css").read_text(encoding="utf-8")
SCRIPT = "\n".join((_HERE / name).read_text(encoding="utf-8") for name in SCRIPTS)
_component = st.components.v2.component("living_loops_canvas", html=HTML, css=CSS, js=SCRIPT)

HINT = "Pick a box, an arrow or a loop to read about it."
HELP = "Arrow keys move between boxes, arrows and loops. Enter picks, Escape clears."
_TONES = 41
"""Colours on the scale that boxes are filled by: no step between two of them can be seen."""

_LEAST_CHANGE = 0.025
"""A smaller change rounds to none."""

Kind = Literal["node", "link", "loop"]


@dataclass(frozen=True)
class Picked:
    """A part of the diagram that somebody picked: a node id, a link key or the id of a named loop."""

    kind: Kind
    id: str

    @property
    def part(self) -> str:
        """One string for both, such as ``node:trust``."""
        return f"{self.kind}:{self.id}"

    @classmethod
    def of(cls, part: str) -> Picked:
        """The part that a string such as ``link:trust|buy_in`` stands for; raises :class:`ValueError`."""
        kind, colon, name = part.partition(":")
        if not colon or kind not in ("node", "link", "loop"):
            raise ValueError(f"'{part}' is no part of a diagram")
        return cls(cast(Kind, kind), name)


@dataclass(frozen=True)
class Frames:
    """How full each box is over time, or with `change` how far from another scenario it is, from -1 to 1."""

    nodes: tuple[str, ...]
    levels: NDArray[np.float64]  # (T, n)
    times: tuple[str, ...]
    """What the slider says at each of the T moments."""
    change: bool = False
    begin: int = 0
    """The moment that is shown first."""


@dataclass(frozen=True)
class LoopWords:
    """What is said when a loop stands out, and the parts of the diagram along it."""

    title: str
    story: str
    parts: tuple[str, ...]


@dataclass(frozen=True)
class Step:
    """One step of a reveal: what is said to it, and the parts that are there from this step on."""

    title: str
    sentence: str
    parts: tuple[str, ...]


def show(  # noqa: PLR0913  # one argument for each thing a reader can do with the diagram
    svg: str,
    *,
    key: str,
    frames: Frames | None = None,
    loops: Mapping[str, LoopWords] | None = None,
    steps: Sequence[Step] = (),
    chosen: Picked | None = None,
    on_pick: Callable[[Picked | None], None] | None = None,
    file_name: str = "diagram",
    height: str = "72vh",
) -> Picked | None:
    """Put a drawing by :func:`loops.draw.diagram.draw` on the page and return what was picked just now.

    While `svg` stays the same the drawing on the screen is kept and only fills change. `chosen` stands out;
    `on_pick` is called before the page runs again, with None when it was cleared. `loops` go by loop id.
    """
    data = contents(svg, chosen=chosen, loops=loops, file_name=file_name, height=height)
    data["frames"] = _frames(frames, look.palette()) if frames else None
    data["steps"] = [vars(step) for step in steps]

    def received() -> None:
        if on_pick:
            on_pick(picked_in(st.session_state[key]))

    return picked_in(_component(key=key, data=data, on_picked_change=received))


def contents(
    svg: str,
    *,
    chosen: Picked | None,
    loops: Mapping[str, LoopWords] | None = None,
    file_name: str,
    height: str,
) -> dict[str, Any]:
    """What the browser is sent to show a drawing with nothing to play or reveal."""
    palette = look.palette()
    return {
        "svg": svg,
        "frames": None,
        "loops": {f"loop:{name}": vars(words) for name, words in (loops or {}).items()},
        "steps": [],
        "chosen": chosen.part if chosen else "",
        "file": file_name,
        "height": height,
        "paper": palette.paper,
        "ink": palette.ink,
        "help": HELP,
        "hint": HINT,
    }


def picked_in(state: Mapping[str, Any]) -> Picked | None:
    """What the browser says was picked. A message is ``{"part": "node:trust"}``; any other picks nothing."""
    sent = state.get("picked")
    part = sent.get("part") if isinstance(sent, Mapping) else None
    try:
        return Picked.of(part) if isinstance(part, str) else None
    except ValueError:
        return None


def _frames(frames: Frames, palette: Palette) -> dict[str, Any]:
    """The frames for the browser: a byte for each level, and the colours and words it stands for."""
    share = (frames.levels + 1) / 2 if frames.change else frames.levels
    whole = np.rint(254 * np.clip(share, 0, 1)).astype(np.uint8)
    return {
        "nodes": list(frames.nodes),
        "levels": base64.b64encode(whole.tobytes()).decode("ascii"),
        "times": list(frames.times),
        "change": frames.change,
        "begin": frames.begin,
        "scale": _scale(palette, frames.change),
    }


def _scale(palette: Palette, change: bool) -> list[dict[str, str]]:
    """Fill and word at evenly spaced places of the scale."""
    if not change:
        levels = np.linspace(0, 1, _TONES)
        return [{"fill": mix(palette.mid, palette.high, level), "word": in_words(level)} for level in levels]
    changes = np.linspace(-1, 1, _TONES)
    return [{"fill": _change_fill(palette, one), "word": _difference(one)} for one in changes]


def _change_fill(palette: Palette, change: float) -> str:
    return mix(palette.mid, palette.high if change > 0 else palette.low, 2 * abs(change))


def _difference(change: float) -> str:
    if abs(change) < _LEAST_CHANGE:
        return "no different"
    amount = "slightly" if abs(change) < 0.15 else "clearly" if abs(change) < 0.4 else "far"
    return f"{amount} {'more' if change > 0 else 'less'}"


def moments(months: Sequence[float]) -> tuple[str, ...]:
    """What a slider over time says at each month.

    >>> moments([0, 1, 12, 27])
    ('Now', '1 month', '1 year', '2 years 3 months')
    """
    return tuple(_moment(round(month)) for month in months)


def _moment(month: int) -> str:
    counts = zip(divmod(month, 12), ("year", "month"), strict=True)
    return " ".join(f"{count} {unit}{'s' * (count > 1)}" for count, unit in counts if count) or "Now"
