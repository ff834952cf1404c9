"""Stocks and flows of the form that :mod:`loops.interchange.export.xmile` writes, read as boxes and arrows.

The equations alone decide, so whoever changes a number elsewhere finds it changed here. The documentation
adds how each arrow is known.
"""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from loops.interchange.draft import DraftArrow, DraftNode, Note
from loops.interchange.told import left_out
from loops.interchange.words import number_of
from loops.interchange.xmile_docs import Evidence, about, evidence_of
from loops.interchange.xmile_terms import Read, Side, level_of, lost, won
from loops.interchange.xmile_variables import Variable, key_of
from loops.parts import Polarity

Bends = Mapping[tuple[str, str], Sequence[float | None]]
"""How connectors bow, in their order, by the keys of their source and of the flow that they lead to."""
_NONE = Evidence("", "")


@dataclass
class Own:
    """What of a file has our form."""

    rates: dict[str, tuple[float, float, float]] = field(default_factory=dict)
    """Start, gain and fade of variables by key."""
    flows: set[str] = field(default_factory=set)
    """Keys of flows that are no boxes then."""
    arrows: list[DraftArrow] = field(default_factory=list)


def own_form(variables: Mapping[str, Variable], bends: Bends) -> Own:
    """The stocks that have our form, with their rates and the arrows in their equations."""
    uses = Counter(flow for one in variables.values() for flow in (*one.inflows, *one.outflows))
    own = Own()
    for key, one in variables.items():
        start = number_of(one.initial)
        flows = (*one.inflows, *one.outflows)
        if start is None or len(one.inflows) != 1 or len(one.outflows) != 1:
            continue
        if any(uses[flow] > 1 or flow not in variables for flow in flows):
            continue
        sides = _sides(key, variables[flows[0]], variables[flows[1]])
        if sides is None or not all(
            term.source in variables and term.source not in uses for side in sides for term in side.terms
        ):
            continue
        own.rates[key] = (start, sides[0].rate, sides[1].rate)
        own.flows.update(flows)
        own.arrows += _arrows(key, one, sides, variables, bends)
    return own


def box_of(node: DraftNode, one: Variable, own: Own) -> DraftNode:
    """A box of a file in which something has our form, with what its equation and documentation say."""
    said = about(one.documentation, one.label)
    node = replace(node, label=said.label or node.label, id=said.id, kind=said.kind, note=said.text)
    if node.key in own.rates:
        start, gain, fade = own.rates[node.key]
        return replace(node, kind="variable", level=start, gain=gain, fade=fade)
    level = level_of(one.formula)
    return node if level is None else replace(node, level=level[0])


def planned(others: Mapping[str, Variable], own: Own) -> list[Note]:
    """That dated changes of levels are not read, where the rest of a file has our form."""
    dated = [one.label for one in others.values() if (level := level_of(one.formula)) and level[1]]
    return left_out("Dated changes of levels are not read: a plan is made here", dated) if own.rates else []


def _sides(key: str, inflow: Variable, outflow: Variable) -> tuple[Side, Side] | None:
    """What wins and loses the level `key`, where both equations have our form and are about it."""

    def name(words: str) -> str:
        return key_of(inflow.model, words)

    gained, gone = won(inflow.formula, name), lost(outflow.formula, name)
    if gained is None or gone is None or {gained[0], gone[0]} != {key}:
        return None
    return gained[1], gone[1]


def _arrows(
    key: str, stock: Variable, sides: tuple[Side, Side], variables: Mapping[str, Variable], bends: Bends
) -> Iterator[DraftArrow]:
    """The arrows to one variable; a term that wins as much as it loses is one of unknown sign."""
    both = Counter(sides[0].terms) & Counter(sides[1].terms)
    signs: tuple[Polarity, Polarity] = ("+", "-")
    for side, flow, usual in zip(sides, (*stock.inflows, *stock.outflows), signs, strict=True):
        known: dict[str, deque[Evidence]] = defaultdict(deque)
        for block in evidence_of(variables[flow].documentation):
            known[key_of(stock.model, block.source)].append(block)
        left, passed = Counter(both), Counter[str]()
        for term in side.terms:
            sign: Polarity = "?" if left[term] > 0 else usual
            left[term] -= 1
            place = passed[term.source]
            passed[term.source] += 1
            if sign == "?" and usual == "-":
                continue
            arrow = _arrow(term, key, sign, known[term.source].popleft() if known[term.source] else _NONE)
            bows = bends.get((term.source, flow), ())
            bend = bows[place] if place < len(bows) else None
            arrow.bend = None if bend is None else round(bend, 12)
            arrow.place = f"equation of “{variables[flow].label}”"
            yield arrow


def _arrow(term: Read, target: str, sign: Polarity, known: Evidence) -> DraftArrow:
    return DraftArrow(
        term.source,
        target,
        sign,
        strength=term.strength * (2 if sign == "?" else 1),
        delay=term.delay or None,
        threshold=term.threshold,
        steepness=term.steepness,
        note=known.said("Reason"),
        evidence=known.grade,
        passage=known.said("Passage"),
        locator=known.said("Where"),
    )
