"""Changes that notes offer, made to a model: each gives a new one that is valid, or says why it cannot."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, get_args

from pydantic import ValidationError

from loops.interchange.boxes import Node, by_kind, made
from loops.interchange.draft import Change
from loops.model import Link, Loop, Model
from loops.model import Node as Common
from loops.parts import Polarity, replace
from loops.validity import LETTERS, path_polarity


def apply(model: Model, change: Change) -> Model:
    """The model with one change made to it; the model that is given stays as it is.

    Named loops that no longer close are no longer named, and a letter that is no longer right is left off.
    Raises :class:`ValueError`, in one sentence, when the change does not fit the model.
    """
    if not possible(model, change):
        raise ValueError("what this would change is no longer in the diagram")
    try:
        return _CHANGES[change.what](model, change)
    except ValidationError as error:
        says = error.errors(include_url=False)[0]["msg"].removeprefix("Value error, ")
        raise ValueError(says) from None


def possible(model: Model, change: Change) -> bool:
    """Whether what a change is about is in the model, so that it can still be made."""
    if change.what in ("sign", "unlink"):
        return change.ids in model.signs
    if change.what in ("letter", "forget"):
        return change.ids[0] in {loop.id for loop in model.loops}
    return set(change.ids) <= set(model.nodes)


def _sign(model: Model, change: Change) -> Model:
    sign = next(sign for sign in get_args(Polarity) if sign == change.value)
    links = (
        replace(link, polarity=sign) if (link.source, link.target) == change.ids else link
        for link in model.links
    )
    return _with(model, model.nodes.values(), links)


def _unlink(model: Model, change: Change) -> Model:
    kept = (link for link in model.links if (link.source, link.target) != change.ids)
    return _with(model, model.nodes.values(), kept)


def _remove(model: Model, change: Change) -> Model:
    (gone,) = change.ids
    nodes = (node for name, node in model.nodes.items() if name != gone)
    return _with(model, nodes, (link for link in model.links if gone not in (link.source, link.target)))


def _merge(model: Model, change: Change) -> Model:
    """The links of one node become the other's; those between the two go."""
    kept, gone = change.ids
    new = {gone: kept}
    moved = (
        replace(link, source=new.get(link.source, link.source), target=new.get(link.target, link.target))
        for link in model.links
        if {link.source, link.target} != {kept, gone}
    )
    links = _joined(moved)
    nodes = {name: node for name, node in model.nodes.items() if name != gone}
    if any(link.target == kept for link in links):
        nodes[kept] = _as("variable", nodes[kept])
    paths = [replace(loop, path=tuple(new.get(name, name) for name in loop.path)) for loop in model.loops]
    return _with(model, nodes.values(), links, paths)


def _kind(model: Model, change: Change) -> Model:
    nodes = [_as(change.value, node) if node.id == change.ids[0] else node for node in model.nodes.values()]
    return _with(model, nodes, model.links)


def _rename(model: Model, change: Change) -> Model:
    if not change.value.strip():
        raise ValueError("a name has at least one word")
    nodes = (
        replace(node, label=change.value) if name == change.ids[0] else node
        for name, node in model.nodes.items()
    )
    return _with(model, nodes, model.links)


def _letter(model: Model, change: Change) -> Model:
    named = (
        replace(loop, label=change.value or None) if loop.id == change.ids[0] else loop
        for loop in model.loops
    )
    return replace(model, loops=tuple(named))


def _forget(model: Model, change: Change) -> Model:
    return replace(model, loops=tuple(loop for loop in model.loops if loop.id != change.ids[0]))


_CHANGES: dict[str, Callable[[Model, Change], Model]] = {
    "sign": _sign,
    "unlink": _unlink,
    "remove": _remove,
    "merge": _merge,
    "kind": _kind,
    "rename": _rename,
    "letter": _letter,
    "forget": _forget,
}


def _as(kind: str, node: Node) -> Node:
    """A node as another kind; what only its old kind has, such as a lever's hours, goes."""
    if kind == type(node).__name__.casefold():
        return node
    about = {name: getattr(node, name) for name in Common.model_fields}
    return made(kind, about, None)


def _with(
    model: Model, nodes: Iterable[Node], links: Iterable[Link], named: Sequence[Loop] | None = None
) -> Model:
    """The model with other nodes and links, and with those of its named loops that still close."""
    fields: dict[str, Any] = {**by_kind(nodes), "links": tuple(links)}
    if not fields["variables"]:
        raise ValueError("nothing would be left that changes: keep one box that does")
    known = {node.id for part in ("variables", "levers", "contexts") for node in fields[part]}
    fields["core"] = tuple(name for name in model.core if name in known)
    bare = Model(id=model.id, title=model.title, sources=model.sources, **fields)
    fields["loops"] = tuple(_closing(bare, model.loops if named is None else named))
    return replace(model, **fields)


def _closing(model: Model, named: Iterable[Loop]) -> Iterator[Loop]:
    """The loops that close in a model, without the letters that are wrong in it."""
    for loop in named:
        if len(set(loop.path)) == len(loop.path) and all(pair in model.signs for pair in loop.pairs):
            letter = LETTERS.get(path_polarity(model, loop.pairs))
            wrong = loop.label is not None and letter is not None and loop.label[0] != letter
            yield replace(loop, label=None) if wrong else loop


def _joined(links: Iterable[Link]) -> list[Link]:
    """One link for each pair and delay: the first, with ``?`` where another has the opposite sign."""
    found: dict[tuple[str, str, float], Link] = {}
    for link in links:
        form = (link.source, link.target, link.delay)
        first = found.setdefault(form, link)
        if first.polarity != link.polarity:
            found[form] = replace(first, polarity="?")
    return list(found.values())
