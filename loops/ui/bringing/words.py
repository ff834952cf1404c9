"""What is said of a diagram that came in."""

from __future__ import annotations

from loops.model import Model
from loops.ui.bringing.brought import Brought
from loops.ui.text import listed

KINDS = {
    "variable": "It changes by itself",
    "lever": "A lever: something we do",
    "context": "A circumstance that nobody here controls",
}


def kind(model: Model, name: str) -> str:
    """The kind of a node, as a change says it."""
    return type(model.nodes[name]).__name__.casefold()


def counted(many: int, one: str) -> str:
    """A number of things.

    >>> counted(1, "arrow"), counted(5_000, "box")
    ('1 arrow', '5,000 boxes')
    """
    return f"{many:,} {one}" if many == 1 else f"{many:,} {one}{'es' if one.endswith('x') else 's'}"


def amount(brought: Brought) -> str:
    """How much there is, such as ``14 boxes, 23 arrows and 9 loops``."""
    model, found = brought.model, brought.found
    more = "" if found.complete else "more than "
    return listed(
        [
            counted(len(model.nodes), "box"),
            counted(len(model.links), "arrow"),
            more + counted(len(found.loops) if found.complete else found.most, "loop"),
        ]
    )


def came_in(brought: Brought) -> str:
    """What came in, and from where."""
    whole = Brought.of(brought.file, brought.imported)
    return f"{amount(whole)} came in, from {brought.imported.format} ({brought.file})."


def unsigned(model: Model) -> str:
    """How many arrows have no sign, if any."""
    many = sum(link.polarity == "?" for link in model.links)
    if not many:
        return ""
    has, it = ("has", "It is") if many == 1 else ("have", "They are")
    return f"{counted(many, 'arrow')} {has} no sign yet. {it} drawn with a ?."
