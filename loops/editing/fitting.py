"""A model with other boxes and arrows, without what no longer fits them: loops, steps of stories, more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from loops.criteria import ReferenceMode, Run
from loops.editing.kinds import Node, by_kind, kind_of
from loops.editing.needing import essential, needing
from loops.editing.pieces import SIGNS
from loops.editing.rounds import closing
from loops.editing.words import KINDS
from loops.model import MAX_LINKS, Link, Loop, Model, Story
from loops.parts import replace
from loops.validity import MAX_NODES, check_reference_mode

Renamed = Mapping[str, str]


def fitted(
    model: Model,
    nodes: Iterable[Node],
    links: Iterable[Link],
    *,
    named: Sequence[Loop] | None = None,
    new: Renamed | None = None,
) -> Model:
    """The model with other nodes, links and named loops, where those of `new` go by another id.

    Loops that no longer close, names that are gone (in the opening view, among the outcomes, in steps of
    stories, in what levers need and settings must not miss), reference modes that name what is gone and
    labels of loops that are wrong are left out.

    Raises :class:`ValueError`, in one sentence, when nodes and links do not fit together.
    """
    ids = new or {}
    fields: dict[str, Any] = {**by_kind(nodes), "links": tuple(links)}
    fields["levers"] = needing(fields["levers"], ids)
    fields["settings"] = essential(model.settings, {lever.id for lever in fields["levers"]}, ids)
    known = {node.id: node for part in ("variables", "levers", "contexts") for node in fields[part]}
    _check(known, fields["links"])
    fields["core"] = _kept(model.core, known, ids)
    fields["outcomes"] = _kept(model.outcomes, (node.id for node in fields["variables"]), ids)
    rounds = [
        replace(loop, path=tuple(ids.get(name, name) for name in loop.path)) if ids else loop
        for loop in (model.loops if named is None else named)
    ]
    bare = Model(id=model.id, title=model.title, sources=model.sources, **fields)
    fields["loops"] = tuple(closing(bare, rounds))
    loop_ids = {loop.id for loop in fields["loops"]}
    fields["stories"] = tuple(_told(story, known, loop_ids, ids) for story in model.stories)
    if model.reference_modes:
        whole = replace(bare, loops=fields["loops"])
        fields["reference_modes"] = tuple(_measured(whole, model.reference_modes, ids))
    return replace(model, **fields)


def _check(nodes: Mapping[str, Node], links: Sequence[Link]) -> None:
    """Whether nodes and links fit together, said in the words of the screen."""
    if all(kind_of(node) != "variable" for node in nodes.values()):
        raise ValueError("nothing would be left that changes: keep one box that does")
    if len(nodes) > MAX_NODES or len(links) > MAX_LINKS:
        raise ValueError(
            f"a diagram has at most {MAX_NODES} boxes and {MAX_LINKS:,} arrows: "
            "take something out first, or split it"
        )
    signs: dict[tuple[str, str, float], str] = {}
    for link in links:
        ends = f"“{nodes[link.source].label}” → “{nodes[link.target].label}”"
        if (kind := kind_of(nodes[link.target])) != "variable":
            raise ValueError(
                f"{ends}: the second box is {KINDS[kind]}, so nothing can act on it: "
                "take the arrow out, or let the box change by itself"
            )
        if link.polarity == "?":
            continue
        first = signs.setdefault((link.source, link.target, link.delay), link.polarity)
        if first != link.polarity:
            raise ValueError(
                f"{ends}: one arrow says {SIGNS[first]} and another says {SIGNS[link.polarity]}, with the "
                "same delay: keep one of them, or give them different delays"
            )


def _kept(names: Iterable[str], known: Iterable[str], ids: Renamed) -> tuple[str, ...]:
    """The names that are still known, by their new ids; two that became one stand once."""
    there = set(known)
    kept = tuple(new for name in names if (new := ids.get(name, name)) in there)
    return tuple(dict.fromkeys(kept)) if ids else kept


def _told(story: Story, nodes: Iterable[str], named: Iterable[str], ids: Renamed) -> Story:
    """A story whose steps show what is still there."""
    steps = tuple(
        replace(step, nodes=_kept(step.nodes, nodes, ids), loops=_kept(step.loops, named, {}))
        for step in story.steps
    )
    return replace(story, steps=steps)


def _measured(model: Model, modes: Iterable[ReferenceMode], ids: Renamed) -> Iterator[ReferenceMode]:
    """The reference modes that can still be measured."""
    for mode in modes:
        renamed = _renamed(mode, ids) if ids else mode
        try:
            check_reference_mode(model, renamed)
        except ValueError:
            continue
        yield renamed


def _renamed(mode: ReferenceMode, ids: Renamed) -> ReferenceMode:
    def pairs(cuts: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
        return tuple((ids.get(source, source), ids.get(target, target)) for source, target in cuts)

    def run(one: Run) -> Run:
        return replace(one, without=tuple(ids.get(name, name) for name in one.without), cut=pairs(one.cut))

    return replace(
        mode,
        criteria=tuple(
            replace(
                one,
                variables=tuple(dict.fromkeys(ids.get(name, name) for name in one.variables)),
                run=run(one.run),
                against=run(one.against) if one.against else None,
                more_when_cut=pairs(one.more_when_cut),
            )
            for one in mode.criteria
        ),
    )
