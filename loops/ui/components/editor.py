"""The diagram on a page, changed on the drawing itself: move, bend, add, remove, undo."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal, cast, get_args

import streamlit as st

from loops.ui.components import canvas
from loops.ui.components.canvas import LoopWords, Picked

_HERE = Path(__file__).parent
SCRIPTS = ("canvas_edit.js", "canvas_keys.js", "canvas_drag.js", "canvas_live.js", "canvas_send.js")
HTML = canvas.HTML.replace(
    '<div class="stage">', (_HERE / "canvas_edit.html").read_text(encoding="utf-8") + '<div class="stage">'
)
CSS = canvas.CSS + (_HERE / "canvas_edit.css").read_text(encoding="utf-8")
SCRIPT = "\n".join([canvas.SCRIPT, *((_HERE / name).read_text(encoding="utf-8") for name in SCRIPTS)])
_component = st.components.v2.component("living_loops_editor", html=HTML, css=CSS, js=SCRIPT)

HINT = "Drag a box to move it. Pick a box or an arrow to read, change or remove it."
HELP = (
    "Arrow keys move between boxes, arrows and loops. Enter picks, Escape clears. "
    "Shift with an arrow key moves a box. The keys for all else are listed below."
)
FARTHEST = 100_000
"""Units from the middle of the drawing, as far as a model's file may place a box."""

MOST_BOWED = 2
_MOST = 1_000
"""Gestures in one message; more than a hand can make while one is answered."""

_LONGEST = 200
"""Characters of a part."""

Do = Literal["move", "bend", "node", "link", "remove", "sign", "undo", "redo"]
_PARTS = {"move": ("node",), "bend": ("link",), "sign": ("link",), "remove": ("node", "link", "loop")}


@dataclass(frozen=True)
class Gesture:
    """One thing that somebody did to the drawing, by hand or by key.

    ``move`` puts the box `part` at `x`, `y` and ``node`` asks for a new box there, in whole drawing units,
    y downwards. ``bend`` gives the arrow `part` the bow `bend` as a share of its length, from -2 to 2, as in
    :func:`loops.draw.arcs.arc`. ``link`` asks for an arrow from the box `source` to the box `target`, ids
    that may be the same. ``sign`` asks for the other sign of the arrow `part`, ``remove`` takes `part` away.
    """

    do: Do
    part: str = ""
    x: float = 0.0
    y: float = 0.0
    bend: float = 0.0
    source: str = ""
    target: str = ""


@dataclass(frozen=True)
class _Heard:
    """How far one visit of the page has been listened to: the number of the last gesture that was done."""

    visit: str
    number: int = 0


def show(  # noqa: PLR0913  # one argument for each thing a reader can do with the diagram
    svg: str,
    *,
    key: str,
    on_gesture: Callable[[Gesture], None],
    on_pick: Callable[[Picked | None], None] | None = None,
    chosen: Picked | None = None,
    loops: Mapping[str, LoopWords] | None = None,
    can: tuple[bool, bool] = (True, True),
    about: str = "",
    file_name: str = "diagram",
    height: str = "72vh",
) -> Picked | None:
    """Put a drawing by :func:`loops.draw.diagram.draw` on the page to be changed; return what was picked.

    `on_gesture` is called before the page runs again, once for each gesture in the order they were made; the
    run then has to draw what came of it, or `svg` as before where nothing did. The ids in a gesture need not
    be of the model. `can` says whether there is a step to undo and to redo. The frame of the drawing only
    grows, so that nothing jumps under the hand, until `about` changes: it names what is drawn.
    """
    heard: _Heard = st.session_state.setdefault(f"{key}:heard", _Heard(secrets.token_hex(8)))
    data = canvas.contents(svg, chosen=chosen, loops=loops, file_name=file_name, height=height)
    data |= {"help": HELP, "hint": HINT, "about": about, "can": list(can), **vars(heard)}

    def picked() -> None:
        if on_pick:
            on_pick(canvas.picked_in(st.session_state[key]))

    def gestured() -> None:
        _do(f"{key}:heard", st.session_state[key].get("gestures"), on_gesture)

    state = _component(key=key, data=data, on_picked_change=picked, on_gestures_change=gestured)
    return canvas.picked_in(state)


def _do(place: str, message: Any, on_gesture: Callable[[Gesture], None]) -> None:
    """Do what is new in a message, once. What a run that was cut short left undone is asked for again."""
    heard: _Heard = st.session_state[place]
    for number, one in news(message, heard.visit, heard.number):
        try:
            if one:
                on_gesture(one)
        except Exception:  # a fault is shown; asked for again it would only come again
            st.session_state[place] = replace(heard, number=number)
            raise
        st.session_state[place] = replace(heard, number=number)


def news(message: Any, visit: str, heard: int) -> list[tuple[int, Gesture | None]]:
    """The gestures of a message after number `heard`, each with its number; none in place of what is not one.

    A message is ``{"visit": "1f", "last": 7, "gestures": [...]}``: the gestures that wait for an answer, in
    the order they were made, of which the last has the number `last`. It is untrusted: a message of another
    visit or of another form holds no gestures.
    """
    if not isinstance(message, Mapping) or message.get("visit") != visit:
        return []
    last, said = message.get("last"), message.get("gestures")
    if not isinstance(last, int) or not isinstance(said, list) or len(said) > _MOST:
        return []
    numbered = enumerate(map(gesture, said), start=last - len(said) + 1)
    return [(number, one) for number, one in numbered if number > heard]


def gesture(said: Any) -> Gesture | None:
    """What the browser says was done, or none where it says nothing that can be.

    >>> gesture({"do": "move", "part": "node:trust", "x": 120.4, "y": -30})
    Gesture(do='move', part='node:trust', x=120.0, y=-30.0, bend=0.0, source='', target='')
    >>> gesture({"do": "move", "part": "link:trust|buy_in"}) is None
    True
    """
    do = said.get("do") if isinstance(said, Mapping) else None
    if not isinstance(do, str) or do not in get_args(Do):
        return None
    words = {name: said.get(name, "") for name in ("part", "source", "target")}
    numbers = {name: said.get(name, 0.0) for name in ("x", "y", "bend")}
    if not all(isinstance(one, str) and len(one) <= _LONGEST for one in words.values()):
        return None
    if not all(isinstance(one, int | float) and abs(one) <= FARTHEST for one in numbers.values()):
        return None
    kind, _, name = words["part"].partition(":")
    named = bool(name) and kind in _PARTS[do] if do in _PARTS else True
    ended = bool(words["source"] and words["target"]) or do != "link"
    if not (named and ended and abs(numbers["bend"]) <= MOST_BOWED):
        return None
    placed: dict[str, Any] = {name: float(round(numbers[name])) for name in ("x", "y")}
    return Gesture(cast(Do, do), **words, **placed, bend=round(float(numbers["bend"]), 2))
