"""Two boxes become one."""

from __future__ import annotations

from collections.abc import Iterable

from loops.editing.fitting import fitted
from loops.editing.kinds import turned
from loops.editing.needing import joined
from loops.model import Lever, Link, Model
from loops.parts import replace


def merged(model: Model, kept: str, gone: str) -> Model:
    """The model where the links of `gone` are those of `kept`, which goes by its name wherever it stood.

    The links between the two go. `kept` becomes a variable if something acts on it then; of two levers it
    has what both need, where both act and the words for both. Raises :class:`ValueError` when they are one.
    """
    if kept == gone:
        raise ValueError("choose two boxes: one cannot become itself")
    links = _moved(model.links, kept, gone)
    nodes = {name: node for name, node in model.nodes.items() if name != gone}
    one, other = model.nodes[kept], model.nodes[gone]
    if isinstance(one, Lever) and isinstance(other, Lever):
        nodes[kept] = joined(one, other)
    if any(link.target == kept for link in links):
        nodes[kept] = turned(nodes[kept], "variable")
    return fitted(model, nodes.values(), links, new={gone: kept})


def _moved(links: Iterable[Link], kept: str, gone: str) -> list[Link]:
    """The links where those of `gone` are those of `kept`.

    One that has another's ends and delay then goes; that one has the sign ``?`` where the two disagree.
    """
    new = {gone: kept}
    found: list[Link] = []
    first: dict[tuple[str, str, float], tuple[int, bool]] = {}
    for link in links:
        if {link.source, link.target} == {kept, gone}:
            continue
        moved = gone in (link.source, link.target)
        source, target = (new.get(end, end) for end in (link.source, link.target))
        at, was_moved = first.setdefault((source, target, link.delay), (len(found), moved))
        if at == len(found) or not (moved or was_moved):
            found.append(replace(link, source=source, target=target) if moved else link)
        elif found[at].polarity != link.polarity:
            found[at] = replace(found[at], polarity="?")
    return found
