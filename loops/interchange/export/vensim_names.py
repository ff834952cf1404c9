"""What boxes are called in a Vensim model, and texts that may stand in one.

Case, underscores and doubled spaces do not tell names apart there, and some names are Vensim's own. What a
name cannot hold stands in the comment on its variable. Source: Vensim Help, Rules for Variable Names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from loops.interchange.formula import same
from loops.interchange.vensim_boxes import CLOCK
from loops.interchange.vensim_own import BARS
from loops.interchange.words import plain
from loops.model import Node

IN_FULL = "In full: "
"""Before the label, as a JSON text, of a box that could not have it for its name."""
_OWN = (
    "abs, arccos, arcsin, arctan, cos, cosh, delay fixed, delay1, delay1i, delay3, delay3i, exp, game, "
    "if then else, initial, integ, integer, ln, log, lookup, max, min, modulo, na, power, pulse, "
    "pulse train, quantum, ramp, sample if true, sin, sinh, smooth, smoothi, smooth3, smooth3i, sqrt, step, "
    "sum, tan, tanh, vmax, vmin, with lookup, xidz, zidz"
)
_UNFIT = str.maketrans('"\\|~{}[]', "'//-()()")
_BARE = re.compile(r"[^\W\d_][\w ]*")
_SHOWN = str.maketrans(BARS)
_ESCAPED = re.compile('[\x00-\x1f"\\\\|~]')


def names_of(nodes: Iterable[Node]) -> dict[str, str]:
    """The name of each node by id, as it is written: in quotation marks where Vensim wants them.

    >>> from loops.model import Context
    >>> labels = {"a": "Trust", "b": "trust", "c": "Buy-in", "d": "Time"}
    >>> list(names_of(Context(id=key, label=label, level=0) for key, label in labels.items()).values())
    ['Trust', 'trust 2', '"Buy-in"', 'Time 2']
    """
    taken = {*CLOCK, *_OWN.split(", ")}
    names = {}
    for node in nodes:
        name = stem = plain(node.label.translate(_UNFIT)) or node.id
        number = 1
        while same(name) in taken:
            number += 1
            name = f"{stem} {number}"
        taken.add(same(name))
        names[node.id] = name if _BARE.fullmatch(name) else f'"{name}"'
    return names


def comment_on(node: Node, names: Mapping[str, str]) -> str:
    """What is written about a node, with its label where that is not its name."""
    lines = [spoken(line) for line in node.description.splitlines()]
    if names[node.id].strip('"') != plain(node.label):
        lines.append(f'{IN_FULL}"{escaped(plain(node.label))}"')
    return "\n\t\t".join(line for line in lines if line)


def spoken(text: str) -> str:
    """A text for people, in one line; the bars that would end it are broken ones."""
    return plain(text).translate(_SHOWN)


def escaped(text: str) -> str:
    """A text inside a JSON text, without anything that ends a comment."""
    return _ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
