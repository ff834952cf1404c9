"""The player of stories as the browser gets it: the Present page and the file to take away use the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import astuple
from hashlib import sha256
from json import dumps
from pathlib import Path
from typing import Any, TypeAlias

from loops.draw.places import FONT
from loops.draw.story.scenes import Scene

_HERE = Path(__file__).parent
HTML = (_HERE / "player.html").read_text(encoding="utf-8")
CSS = (_HERE / "player.css").read_text(encoding="utf-8")
JS = (_HERE / "player.js").read_text(encoding="utf-8")
Told: TypeAlias = tuple[Scene, str]
"""A scene and its drawing."""


def played(key: str, stories: Mapping[str, Sequence[Told]], paper: str, ink: str) -> dict[str, Any]:
    """What the player is given: stories by title. It remembers under `key` how far each has been told."""
    data = {
        "key": key,
        "paper": paper,
        "ink": ink,
        "letters": FONT,
        "stories": [
            {"title": title, "scenes": [_scene(*told) for told in tellings]}
            for title, tellings in stories.items()
        ],
    }
    return {**data, "stamp": sha256(dumps(data).encode()).hexdigest()}


def _scene(scene: Scene, svg: str) -> dict[str, Any]:
    return {
        "title": scene.title,
        "sentence": scene.sentence,
        "about": scene.about,
        "alt": scene.alt,
        "notes": scene.notes,
        "asks": scene.asks,
        "closer": [[round(side) for side in astuple(part)] for part in scene.closer],
        "svg": svg,
    }
