"""XMILE models, as Stella (``.stmx``) and others save them: connectors, flows, and formulas for signs."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from xml.etree.ElementTree import Element

from loops.complaints import BadFile
from loops.interchange.contents import local, xml_of
from loops.interchange.draft import Draft, DraftArrow, DraftNode, Note
from loops.interchange.formula import Moves
from loops.interchange.labelled import settle
from loops.interchange.told import BY_FORMULA, left_out, of_flows, of_formulas
from loops.interchange.xmile_running import Own, box_of, own_form, planned
from loops.interchange.xmile_variables import (
    Variable,
    key_of,
    label_of,
    named,
    names_in,
    said,
    text_at,
    variables_of,
)
from loops.interchange.xmile_views import View, arrows_of, loops_of, places_of, shifts_of, views_of
from loops.parts import Polarity
from loops.validity import MAX_NODES

_WORD = re.compile(r"(?<![\w.])[^\W\d]")
"""Where a name or a function begins, and no number does."""
_HOW = "formulas, with every quantity taken as more than zero"


def read(data: bytes, file: str) -> Draft:
    """The diagram in an XMILE file; raises :class:`BadFile`.

    A flow is a box: + to the stock that it fills and - to the stock that it drains. A sign that no connector
    shows is read from the formula of its target. Where nothing is connected, arrows are drawn from formulas.
    Stocks and flows of our own form are boxes and arrows as they were before: see :mod:`.xmile_running`.
    """
    root = xml_of(data, file)
    if local(root) != "xmile":
        raise BadFile(file, "", "this is no XMILE file: its first tag should be <xmile>.")
    variables, views = variables_of(root), views_of(root)
    drawn = [arrow for view in views for arrow in arrows_of(view)]
    bends = defaultdict(list)
    for arrow in drawn:
        bends[arrow.source, arrow.target].append(arrow.bend)
    own = own_form(variables, bends)
    title = next((label_of(text_at(header, "name")) for header in named(root, "header")), "")
    draft = Draft(file, "XMILE", title, nodes=_nodes(variables, views, own))
    if len(draft.nodes) > MAX_NODES:
        return draft  # whoever counts them says that they are too many
    others = {key: one for key, one in variables.items() if key not in own.rates and key not in own.flows}
    moves = _moves(others, variables)
    drawn = [arrow for arrow in drawn if arrow.target not in own.flows]
    if drawn or own.rates:
        words = {node.key: node.label for node in draft.nodes}
        draft.notes += of_formulas(_signed(drawn, moves), words, _HOW)
    else:
        drawn = _from_formulas(variables, moves)
        draft.notes += _not_drawn(others, moves)
    flows = _flows(others)
    draft.arrows = [*drawn, *own.arrows, *flows, *_passed_on(root)]
    draft.notes += [*of_flows(flows), *_loops(draft, views, own), *planned(others, own)]
    if len(views) > 1:
        draft.notes.append(Note("assumed", "", f"The {len(views)} views are drawn side by side."))
    return draft


def _loops(draft: Draft, views: Sequence[View], own: Own) -> list[Note]:
    """Give a draft that has its arrows the loops that views label; notes of those that were looked for."""
    following: dict[str, dict[str, None]] = defaultdict(dict)
    for arrow in draft.arrows:
        following[arrow.source][arrow.target] = None
    labels = [
        (loop, (at[0] + shift, at[1]))
        for view, shift in zip(views, shifts_of(views), strict=True)
        for loop, at in loops_of(view, following, own.flows)
    ]
    draft.loops = [loop for loop, _ in labels]
    return settle(labels, draft)


def _nodes(variables: Mapping[str, Variable], views: Sequence[View], own: Own) -> list[DraftNode]:
    """The variables of the models, then those that are only drawn."""
    places = places_of(views)
    drawn = {key: label for view in views for key, label in view.labels.items() if key not in variables}
    nodes = [
        DraftNode(key, one.label, position=places.get(key), group=one.group, note=one.about, place=one.label)
        for key, one in variables.items()
        if key not in own.flows
    ]
    if own.rates:
        nodes = [box_of(node, variables[node.key], own) for node in nodes]
    return nodes + [
        DraftNode(key, label, position=places.get(key), place=label) for key, label in drawn.items()
    ]


def _moves(others: Mapping[str, Variable], variables: Mapping[str, Variable]) -> dict[str, Moves]:
    """What each formula says of the signs of what is in it, by the key of what it defines."""
    names = {model: names_in(variables, model) for model in {one.model for one in variables.values()}}
    return {key: one.moves(names[one.model]) for key, one in others.items()}


def _signed(drawn: Sequence[DraftArrow], moves: Mapping[str, Moves]) -> list[DraftArrow]:
    """Give arrows without a sign the one that a formula says; those that got one."""
    found = []
    for arrow in drawn:
        sign = moves.get(arrow.target, {}).get(arrow.source, "?")
        if arrow.sign == "?" != sign:
            arrow.sign, arrow.note = sign, BY_FORMULA
            found.append(arrow)
    return found


def _from_formulas(variables: Mapping[str, Variable], moves: Mapping[str, Moves]) -> list[DraftArrow]:
    return [
        DraftArrow(source, key, sign, place=f"formula of “{variables[key].label}”")
        for key, signs in moves.items()
        for source, sign in signs.items()
    ]


def _not_drawn(variables: Mapping[str, Variable], moves: Mapping[str, Moves]) -> list[Note]:
    """That arrows are drawn from formulas, and which formulas are not among those that are understood."""
    unread = [one.label for key, one in variables.items() if not moves.get(key) and _WORD.search(one.formula)]
    says = f"There are no connectors in this file. Arrows were drawn from {_HOW}."
    return [
        Note("assumed", "", says),
        *left_out("Formulas that hold more than arithmetic give no arrows", unread),
    ]


def _flows(variables: Mapping[str, Variable]) -> list[DraftArrow]:
    """The arrows between flows and the stocks that they fill and drain; a pipe is straight."""
    signed: list[tuple[str, str, Polarity]] = []
    for key, one in variables.items():
        signed += [(flow, key, "+") for flow in one.inflows] + [(flow, key, "-") for flow in one.outflows]
    return [
        DraftArrow(flow, key, sign, bend=0.0, place=f"stock {variables[key].label}")
        for flow, key, sign in signed
    ]


def _passed_on(root: Element) -> list[DraftArrow]:
    """The arrows by which a module takes what is outside for a variable inside."""
    return [
        DraftArrow(
            key_of(name, said(connect, "from")), key_of(name, said(connect, "to")), "+", place="module"
        )
        for model in named(root, "model")
        for name in [said(model, "name")]
        for block in named(model, "variables")
        for module in named(block, "module")
        for connect in named(module, "connect")
    ]
