"""The sketch of a Vensim model: words for boxes, arrows with signs, comments for named loops.

A row is as :mod:`loops.interchange.vensim_sketch` says; coordinates are whole numbers there.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from loops.interchange.vensim_sketch import BEGIN, END
from loops.interchange.words import plain
from loops.model import Link, Loop, Model
from loops.validity import LETTERS, path_polarity

Places = Mapping[str, tuple[float, float]]
_VIEW = f"""{BEGIN} Sketch information - do not modify anything except names
V300  Do not put anything below this section - it will be ignored
*Diagram
$192-192-192,0,Arial|12||0-0-0|0-0-0|0-0-255|-1--1--1|-1--1--1|96,96,100,0
"""
_APART = (260, 150)
"""Between boxes that nobody has placed, across and down."""
_HALF_WIDTH, _LINE, _PER_LINE = 65, 11, 20
"""Half of what a name is broken at, half of a line's height, and letters in a line."""
_ABOVE = 60
"""How far above a box its arrow to itself rises."""
_WORD, _TURNING = 8, 4
_NO_DELAY, _DELAY = 64, 65


def drawing_of(model: Model, names: Mapping[str, str]) -> str:
    """The drawing of `model` with the boxes called by their `names`."""
    places = _places(model)
    numbers = {node: number for number, node in enumerate(model.nodes, start=1)}
    rows = [_word(number, names[node], places[node]) for node, number in numbers.items()]
    for loop in model.loops:
        rows.append(_comment(len(rows) + 1, loop, model, places))
    for number, link in enumerate(model.links, start=len(rows) + 1):
        rows.append(_arrow(number, link, numbers, places))
    return _VIEW + "\n".join(rows) + f"\n{END}\n"


def _places(model: Model) -> Places:
    """Where each box is; in a grid where not all are placed."""
    given = {name: node.position for name, node in model.nodes.items() if node.position is not None}
    if len(given) == len(model.nodes):
        return given
    columns = math.ceil(math.sqrt(len(model.nodes)))
    return {
        name: (_APART[0] * (1 + at % columns), _APART[1] * (1 + at // columns))
        for at, name in enumerate(model.nodes)
    }


def _word(number: int, name: str, at: tuple[float, float]) -> str:
    tall = _LINE * math.ceil(len(name) / _PER_LINE)
    return f"10,{number},{name},{round(at[0])},{round(at[1])},{_HALF_WIDTH},{tall},{_WORD},3,0,0,0,0,0,0"


def _comment(number: int, loop: Loop, model: Model, places: Places) -> str:
    """A turning arrow in the middle of a loop, with its letter and name."""
    letter = loop.label or LETTERS.get(path_polarity(model, loop.pairs), "")
    x, y = (round(sum(places[node][axis] for node in loop.path) / len(loop.path)) for axis in (0, 1))
    words = f"{letter}: {plain(loop.name)}" if letter else plain(loop.name)
    return f"12,{number},0,{x},{y},{_HALF_WIDTH},40,{_TURNING},4,0,0,-1,0,0,0\n{words}"


def _arrow(number: int, link: Link, numbers: Mapping[str, int], places: Places) -> str:
    """An arrow through the middle of its bow; one that does not bow is straight."""
    (x, y), (to_x, to_y), bend = places[link.source], places[link.target], link.bend or 0.0
    across, down = (x + to_x) / 2 + bend * (to_y - y), (y + to_y) / 2 - bend * (to_x - x)
    if link.source == link.target:
        down -= _ABOVE
    curved = int(bool(bend) or link.source == link.target)
    handle = f"({round(across)},{round(down)})" if curved else "(0,0)"
    ends = f"{numbers[link.source]},{numbers[link.target]}"
    delay = _DELAY if link.delay else _NO_DELAY
    return f"1,{number},{ends},{curved},0,{ord(link.polarity)},0,0,{delay},0,-1--1--1,,1|{handle}|"
