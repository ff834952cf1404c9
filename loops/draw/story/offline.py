"""Stories as one HTML file that plays by itself: nothing is fetched, and the browser is told not to fetch."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections.abc import Mapping, Sequence
from hashlib import sha256
from html import escape
from itertools import count
from pathlib import Path

from loops.draw.diagram import draw
from loops.draw.palette import DARK, LIGHT
from loops.draw.scale import ASSUMPTIONS
from loops.draw.story import player
from loops.draw.story.scenes import Scene
from loops.model import Model

_COLOUR = re.compile(r'(?<==")#[0-9a-fA-F]{6}(?=")')
"""A colour as the value of an attribute. Labels cannot hold one: their quotes are escaped."""
_CSS = Path(__file__).with_name("offline.css").read_text(encoding="utf-8")
_NAMED = ("paper", "ink", "box", "muted", "positive")


class _Colours:
    """Pairs of a light and a dark colour, each known by a name of its own in the style sheet."""

    def __init__(self) -> None:
        self.names: dict[tuple[str, str], str] = {
            (getattr(LIGHT, name), getattr(DARK, name)): name for name in _NAMED
        }
        self._numbers = count()

    def name(self, light: str, dark: str) -> str:
        pair = (light, dark)
        if pair not in self.names:
            self.names[pair] = f"c{next(self._numbers)}"
        return self.names[pair]

    def both(self, light: str, dark: str) -> str:
        """One drawing from the same one made in two palettes: each colour becomes the name of its pair."""
        others = iter(_COLOUR.findall(dark))
        return _COLOUR.sub(lambda found: f"var(--{self.name(found[0], next(others))})", light)

    def style(self) -> str:
        """The rules that give the names their colours."""
        light, dark = (
            "".join(f"--{name}:{pair[side]};" for pair, name in self.names.items()) for side in (0, 1)
        )
        return f":root{{{light}}}\n@media (prefers-color-scheme: dark){{:root{{{dark}}}}}\n"


def page(model: Model, stories: Mapping[str, Sequence[Scene]]) -> str:
    """The file: every story by its title, in light and dark as the reader's screen has it."""
    colours = _Colours()
    told = {
        title: [
            (scene, colours.both(draw(model, LIGHT, scene.view), draw(model, DARK, scene.view)))
            for scene in scenes
        ]
        for title, scenes in stories.items()
    }
    data = json.dumps(player.played(model.id, told, "var(--paper)", "var(--ink)")).replace("<", "\\u003c")
    style = colours.style() + _CSS + player.CSS
    script = (
        f"{player.JS}\nconst data = JSON.parse(document.getElementById('stories').textContent);\n"
        "play({ data, parentElement: document.body });\n"
        # a page that is nothing but the show: its arrow keys work at once
        "document.querySelector('.show').focus({ preventScroll: true });\n"
    )
    policy = (
        f"default-src 'none'; script-src {_digest(script)}; style-src {_digest(style)}; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<link rel="icon" href="data:,"><title>{escape(model.title)}</title>\n'
        f"<style>{style}</style></head>\n"
        f"<body><main><h1>{escape(model.title)}</h1>\n"
        f"<p>{ASSUMPTIONS}</p>\n{player.HTML}</main>\n"
        f'<script type="application/json" id="stories">{data}</script>\n'
        f'<script type="module">{script}</script></body></html>\n'
    )


def _digest(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
