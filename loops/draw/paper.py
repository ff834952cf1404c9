"""To print: an A3 poster of the whole diagram and an A4 leave-behind, as PDF in fonts that ship with us."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from textwrap import shorten
from typing import Any, Literal

import typst

from loops.draw.archive import printable
from loops.draw.diagram import View, draw
from loops.draw.elements import GRADES
from loops.draw.layout import loops_by_id
from loops.draw.palette import LIGHT
from loops.draw.raster import fonts_folder
from loops.draw.scale import ASSUMPTIONS_IN_SHORT
from loops.feedback import Feedback
from loops.model import Model, Source, Story
from loops.narrate import narrate

Sheet = Literal["poster", "leave_behind", "charter", "prose"]
_TEMPLATES = Path(__file__).with_name("print")
"""All that typesetting may read: the words come as data."""
_GROUPS = {"R": "What makes it grow: snowballs", "B": "What holds it back: brakes", "?": "Not decided yet"}
_KNOWN = "How strong each arrow is, and how long it takes, is assumed."
_MOST, _MOST_STEPS, _LONGEST = 16, 12, 320
"""Loops of a kind, steps of a story and letters of a text that a sheet can hold and still be read."""
_LONG = re.compile(r"\S{25,}")
"""A word that may be longer than its column is wide."""


def poster(model: Model) -> bytes:
    """The whole diagram on one A3 page with its loops told beside it. Raises what :func:`typeset` raises."""
    return typeset("poster", _poster(model))


def leave_behind(model: Model, story: Story, *, address: str = "") -> bytes:
    """Two A4 pages: the opening view and its loops; a story, and what to believe of it all.

    `address` is where the model can be tried, if anywhere. Raises what :func:`typeset` raises.
    """
    return typeset("leave_behind", _leave_behind(model, story, address))


def typeset(sheet: Sheet, data: dict[str, Any]) -> bytes:
    """Set a sheet as PDF. Raises :class:`ValueError` when it cannot be set; no words bring that about."""
    inputs = {"data": json.dumps(data)}
    try:
        return typst.compile(
            _TEMPLATES / f"{sheet}.typ",
            root=_TEMPLATES,
            font_paths=_fonts(),
            sys_inputs=inputs,
            timestamp=0,
        )
    except typst.TypstError as problem:
        raise ValueError(f"the page could not be set: {problem}") from None


def broken(text: str) -> str:
    """The text on one line, in which a word that is longer than any of the language may break anywhere."""
    return _LONG.sub(lambda found: "\u200b".join(found[0]), _clean(text))


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    # letters that the font that ships with us lacks are taken from those of the machine, if it has them
    return typst.Fonts(include_system_fonts=True, include_embedded_fonts=False, font_paths=[fonts_folder()])


def _poster(model: Model) -> dict[str, Any]:
    view = View(legend=True)
    return _common(model, view) | {
        "about": f"{model.vision}. {ASSUMPTIONS_IN_SHORT}" if model.vision else ASSUMPTIONS_IN_SHORT,
        "alt": f"The whole diagram. Boxes: {len(model.nodes)}. Arrows: {len(model.links)}.",
        "known": f"Of the {len(model.links)} arrows, {_counted(model)}. {_KNOWN}",
    }


def _leave_behind(model: Model, story: Story, address: str) -> dict[str, Any]:
    view = View(shown=model.core or None, short=bool(model.core), inset=False)
    steps = [{"title": _clean(step.title), "sentence": _clean(step.sentence)} for step in story.steps]
    shown = [model.nodes[name].label for name in model.core or model.nodes]
    return _common(model, view) | {
        "alt": f"The diagram with these boxes: {_clean('; '.join(shown))}.",
        "story": {
            "title": _clean(story.title),
            "question": _clean(story.question),
            "steps": steps[:_MOST_STEPS],
            "more": _more(len(steps) - _MOST_STEPS, "step"),
        },
        "cannot": [_short(line) for line in model.cannot_say[:8]],
        "address": address if _is_web(address) else "",
    }


def _common(model: Model, view: View) -> dict[str, Any]:
    return {
        "title": _clean(model.title),
        "about": _clean(model.vision),
        "assumptions": ASSUMPTIONS_IN_SHORT,
        "known": f"Of the {len(model.links)} arrows, {_counted(model)}. {_KNOWN}",
        "drawing": draw(model, LIGHT, view),
        "loops": list(_groups(model)),
        "sources": [_cited(source) for source in model.sources[:8]],
        "colours": {
            "ink": LIGHT.ink,
            "muted": LIGHT.muted,
            "grid": LIGHT.grid,
            "box": LIGHT.box,
            "R": LIGHT.reinforcing,
            "B": LIGHT.balancing,
        },
    }


def _groups(model: Model) -> Iterator[dict[str, Any]]:
    """The named loops by kind, each as its label, its name and what is told of it."""
    named = loops_by_id(model).values()
    for letter, title in _GROUPS.items():
        of_kind = [loop for loop in named if loop.letter == letter]
        if of_kind:
            items = [_told(model, loop) for loop in of_kind[:_MOST]]
            yield {"title": title, "items": items, "more": _more(len(of_kind) - _MOST, "loop")}


def _told(model: Model, loop: Feedback) -> dict[str, str]:
    label = (loop.named.label if loop.named else None) or loop.letter
    story = (loop.named.story if loop.named else "") or narrate(model, loop)
    return {"letter": loop.letter, "label": label, "name": _clean(loop.name), "story": _short(story)}


def _counted(model: Model) -> str:
    counts = Counter(link.grade for link in model.links)
    told = [
        f"{count} {'is' if count == 1 else 'are'} {grade}" for grade in GRADES if (count := counts[grade])
    ]
    return ", ".join(told) or "none is graded"


def _cited(source: Source) -> dict[str, str]:
    said = ", ".join(part for part in (source.author, source.title, source.published) if part)
    return {"said": _short(said), "link": source.link if _is_web(source.link) else ""}


def _is_web(address: str) -> bool:
    return address.startswith(("https://", "http://"))


def _more(count: int, what: str) -> str:
    return f"And {count} more {what}{'s' if count > 1 else ''}." if count > 0 else ""


def _clean(text: str) -> str:
    return " ".join(printable(text).split())


def _short(text: str) -> str:
    return shorten(_clean(text), _LONGEST, placeholder=" …")
