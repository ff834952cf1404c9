"""Named loops as one text, for formats that have no place for them: a JSON list of objects."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from loops.interchange.draft import DraftLoop, Note
from loops.interchange.naming import text_of
from loops.interchange.words import plain
from loops.model import Model


def written(model: Model, names: Mapping[str, str] | None = None) -> str:
    """The named loops with name, label, path and story; empty when there are none.

    Along a path stand the ids of boxes, or what `names` has for them.
    """
    called = names or {name: name for name in model.nodes}
    named = [
        {
            "name": loop.name,
            "label": loop.label,
            "path": [called[node] for node in loop.path],
            "story": loop.story,
        }
        for loop in model.loops
    ]
    return json.dumps(named, ensure_ascii=False) if named else ""


def read(text: str, notes: list[Note]) -> Iterator[DraftLoop]:
    """The loops that such a text names, with a note where it holds something else.

    >>> [loop.path for loop in read('[{"name": "Ours", "path": ["a", "b"]}]', [])]
    [('a', 'b')]
    """
    try:
        found = json.loads(text) if text.strip() else []
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        notes.append(Note("left out", "the graph", "Its data “loops” does not name loops as ours does."))
        return
    for number, loop in enumerate(found, start=1):
        path = loop.get("path")
        yield DraftLoop(
            plain(loop.get("name")),
            plain(loop.get("label")),
            tuple(str(key) for key in path) if isinstance(path, list) else (),
            story=text_of(str(loop.get("story") or "")),
            place=f"loop {number}",
        )
