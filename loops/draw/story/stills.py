"""The steps of a story as pictures for other people's slides: title, drawing and sentence on a page each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from loops.draw.diagram import FONTS, draw
from loops.draw.letters import wrap
from loops.draw.palette import Palette
from loops.draw.raster import pngs
from loops.draw.shapes import safe
from loops.draw.story.scenes import Scene
from loops.model import Model

WIDE, HIGH = 960, 540
"""The page, 16 to 9; as a PNG each unit is three pixels."""
SCALE = 3.0
_EDGE, _FOOT = 24, 14.0
_TITLE, _SENTENCE, _QUESTION, _SMALL = 28.0, 22.0, 36.0, 11.0
_VIEW_BOX = re.compile(r'viewBox="([^"]*)"')


def pictures(model: Model, scenes: Sequence[Scene], palette: Palette) -> Iterator[tuple[str, bytes]]:
    """A file name and a PNG for each scene, one after the other, so that work can stop between them."""
    pages = [
        still(scene, draw(model, palette, scene.view), palette, f"{number} of {len(scenes)}")
        for number, scene in enumerate(scenes, start=1)
    ]
    drawn = zip(scenes, pngs(pages, scale=SCALE), strict=True)
    for number, (scene, data) in enumerate(drawn, start=1):
        words = re.sub(r"[^a-z0-9]+", "-", scene.title.lower()).strip("-")[:40] or "step"
        yield f"{number:02}-{words}.png", data


def still(scene: Scene, drawing: str, palette: Palette, count: str) -> str:
    """One page as SVG around a scene's drawing, with the words that are said to it."""
    size = _QUESTION if scene.asks else _SENTENCE
    title = wrap(scene.title, _TITLE, WIDE - 2 * _EDGE, 1)
    sentence = wrap(scene.sentence, size, WIDE - 2 * _EDGE, 4)
    about = wrap(scene.about, _SMALL, WIDE - 140, 1) if scene.about else ()
    foot = HIGH - _FOOT
    below = foot - _SMALL - 14 - (len(sentence) - 1) * size * 1.25
    top = _EDGE + _TITLE + 6
    # nothing lies outside the frame of a drawing, and cutting at its edge takes a quarter of the time
    area = f'overflow="visible" x="{_EDGE}" y="{top}" width="{WIDE - 2 * _EDGE}" '
    area += f'height="{below - size - 8 - top}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDE}" height="{HIGH}" viewBox="0 0 {WIDE} {HIGH}" '
        f'font-family="{FONTS}"><rect width="{WIDE}" height="{HIGH}" fill="{palette.paper}"/>'
        + _lines(title, _EDGE + _TITLE * 0.8, _TITLE, palette.ink, 700)
        + _VIEW_BOX.sub(lambda box: f"{area} {box[0]}", drawing, count=1)
        + _lines(sentence, below, size, palette.ink, 600 if scene.asks else 400)
        + _lines(about, foot, _SMALL, palette.muted)
        + f'<text x="{WIDE - _EDGE}" y="{foot:.1f}" font-size="{_SMALL:g}" fill="{palette.muted}" '
        f'text-anchor="end">{safe(count)}</text></svg>'
    )


def _lines(lines: Sequence[str], y: float, size: float, ink: str, weight: int = 400) -> str:
    """Lines of text from the left edge, the first with its letters standing on `y`."""
    set_in = f'x="{_EDGE}" font-size="{size:g}" font-weight="{weight}" fill="{ink}"'
    return "".join(
        f'<text {set_in} y="{y + row * size * 1.25:.1f}">{safe(line)}</text>'
        for row, line in enumerate(lines)
    )
