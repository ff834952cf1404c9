"""The pieces of a model by name: ``node:trust``, ``link:trust|buy_in``, ``loop:its_ours``, ``model``.

``pair:trust|buy_in`` stands for every arrow from one box to another.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from loops.model import Link, Model

SIGNS = {"+": "+", "-": "\u2212", "?": "?"}
"""A sign as it is shown."""


def key_places(model: Model) -> dict[str, int]:
    """Where the link of each key stands among the model's links."""
    places: dict[str, int] = {}
    count: dict[str, int] = {}
    for at, link in enumerate(model.links):
        pair = f"{link.source}|{link.target}"
        count[pair] = count.get(pair, 0) + 1
        places[pair if count[pair] == 1 else f"{pair}|{count[pair]}"] = at
    return places


@lru_cache(maxsize=64)
def link_keys(model: Model) -> dict[str, Link]:
    """Every link by its key: ``source|target``, and ``source|target|2`` and so on for parallel ones."""
    return {key: model.links[at] for key, at in key_places(model).items()}


def split(part: object) -> tuple[str, str]:
    """The kind of a part and its name; raises :class:`ValueError` for what is none."""
    kind, colon, name = part.partition(":") if isinstance(part, str) else ("", "", "")
    if kind not in ("node", "link", "pair", "loop", "model") or bool(colon) != (kind != "model"):
        raise ValueError("say which part is meant, such as node:trust, link:trust|buy_in, loop:ours or model")
    return kind, name


def links_at(model: Model, part: str) -> tuple[int, ...]:
    """Where the links of a part stand among the model's: one of ``link:``, all of ``pair:``."""
    kind, name = split(part)
    if kind == "link":
        places = key_places(model)
        return (places[name],) if name in places else ()
    ends = tuple(name.split("|"))
    found = enumerate(model.links) if kind == "pair" else ()
    return tuple(at for at, link in found if (link.source, link.target) == ends)


def ends_of(part: str) -> tuple[str, ...]:
    """The boxes that a part is about: itself, or the two ends of an arrow; none for others.

    >>> ends_of("pair:trust|buy_in"), ends_of("node:trust"), ends_of("model")
    (('trust', 'buy_in'), ('trust',), ())
    """
    kind, name = split(part)
    return tuple(name.split("|")[:2]) if kind in ("node", "link", "pair") else ()


def pair_part(pair: tuple[str, str]) -> str:
    """Every arrow from one box to another, as a part."""
    return f"pair:{pair[0]}|{pair[1]}"


def is_there(model: Model, part: object) -> bool:
    """Whether a part is in the model."""
    try:
        kind, name = split(part)
    except ValueError:
        return False
    if kind in ("link", "pair"):
        numbered = kind == "link" and name.count("|") > 1
        return name in key_places(model) if numbered else tuple(name.split("|")) in model.signs
    if kind == "node":
        return name in model.nodes
    return kind == "model" or name in {loop.id for loop in model.loops}


def part_name(model: Model, part: str) -> str:
    """A part in words: its label in quotes, or the two ends of an arrow.

    >>> from loops.model import Variable
    >>> part_name(Model(id="m", title="M", variables=[Variable(id="a", label="Trust", start=0.5)]), "node:a")
    '“Trust”'
    """
    kind, name = split(part)
    if kind == "node":
        return f"“{model.nodes[name].label}”"
    if kind in ("link", "pair"):
        return ends(model, name.split("|"))
    if kind == "loop":
        return next(f"“{loop.name}”" for loop in model.loops if loop.id == name)
    return "the diagram"


def ends(model: Model, pair: Sequence[str]) -> str:
    """The two ends of an arrow in words."""
    return f"“{model.nodes[pair[0]].label}” → “{model.nodes[pair[1]].label}”"
