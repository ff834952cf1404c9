"""The variables of an XMILE model: stocks, flows and auxiliaries, with their formulas and groups.

Source: XMILE 1.0 (OASIS, 2015), chapters 3 and 4.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from xml.etree.ElementTree import Element

from loops.interchange.contents import local
from loops.interchange.formula import Moves, polarities, same
from loops.interchange.words import number_of, plain
from loops.parts import Polarity

_MOST_POINTS = 1_000
"""Points of a graphical function that are looked at."""
VARIABLES = frozenset({"stock", "flow", "aux"})


@dataclass
class Variable:
    """One variable: its name as shown, what is written about it, its formula, the keys of a stock's flows."""

    label: str
    about: str = ""
    formula: str = ""
    curve: Polarity = "+"
    """Which way a graphical function turns the value of the formula; + where there is none."""
    model: str = ""
    group: str = ""
    inflows: list[str] = field(default_factory=list)
    outflows: list[str] = field(default_factory=list)
    initial: str = ""
    """What a stock begins with."""
    documentation: str = ""
    """Line by line, where `about` is one."""

    def moves(self, known: Mapping[str, str]) -> Moves:
        """The sign of each variable in the formula by key; `known` holds keys by the names in formulas."""
        said = polarities(self.formula, known)
        turned: Mapping[Polarity, Polarity] = {"+": self.curve, "-": _AGAINST[self.curve], "?": "?"}
        return {known[name]: turned[sign] for name, sign in said.items()}


_AGAINST: Mapping[Polarity, Polarity] = {"+": "-", "-": "+", "?": "?"}


def variables_of(root: Element) -> dict[str, Variable]:
    """The variables of all models in a file by key, in its order; the first of one name counts."""
    found: dict[str, Variable] = {}
    for model in named(root, "model"):
        name = said(model, "name")
        for block in named(model, "variables"):
            groups = {
                key_of(name, said(member, "name")): label_of(said(group, "name"))
                for group in named(block, "group")
                for member in group
            }
            for element in block:
                key = key_of(name, said(element, "name"))
                if local(element) in VARIABLES and key and key not in found:
                    found[key] = _variable(element, name)
                    found[key].group = groups.get(key, label_of(name))
    return found


def _variable(element: Element, model: str) -> Variable:
    stock = local(element) == "stock"
    return Variable(
        label_of(said(element, "name")),
        plain(text_at(element, "doc")),
        "" if stock else text_at(element, "eqn").strip(),  # a stock's is where it begins
        _curve(element),
        model,
        inflows=[key_of(model, flow.text or "") for flow in named(element, "inflow")] if stock else [],
        outflows=[key_of(model, flow.text or "") for flow in named(element, "outflow")] if stock else [],
        initial=text_at(element, "eqn").strip() if stock else "",
        documentation=text_at(element, "doc"),
    )


def _curve(element: Element) -> Polarity:
    """Whether the points of a graphical function rise, fall, or do both."""
    points = next((text_at(function, "ypts") for function in named(element, "gf")), "")
    parts = re.split(r"[,;\s]+", points, maxsplit=_MOST_POINTS)
    heights = [number for part in parts if (number := number_of(part)) is not None]
    steps = {later > earlier for earlier, later in pairwise(heights) if later != earlier}
    return "?" if len(steps) > 1 else "-" if steps == {False} else "+"


def names_in(variables: Mapping[str, Variable], model: str) -> dict[str, str]:
    """The keys of variables by the names that formulas of one model use for them."""
    own = {key.removeprefix(f"{same(model)}."): key for key, one in variables.items() if one.model == model}
    return {**{key: key for key in variables}, **{f".{key}": key for key in variables}, **own}


def key_of(model: str, name: str) -> str:
    """What identifies a variable: its name, after that of its module where it is in one.

    >>> key_of("", '"Buy_in"'), key_of("Place", "trust[North]"), key_of("Place", ".trust")
    ('buy in', 'place.trust', 'trust')
    """
    name = same(name.partition("[")[0])
    if name.startswith(".") or not name:
        return name[1:]
    return f"{same(model)}.{name}" if model else name


def label_of(name: str) -> str:
    """A name as it is shown, where a line break or an underscore is a blank."""
    return plain(name.replace("_", " ").strip().strip('"'))


def named(element: Element, name: str) -> Iterator[Element]:
    """The children of an element that have a name, whatever their namespace."""
    return (child for child in element if local(child) == name)


def said(element: Element, name: str) -> str:
    """An attribute of an element, whatever its namespace; empty when there is none."""
    if name in element.attrib:
        return element.attrib[name]
    return next((value for key, value in element.attrib.items() if key.endswith("}" + name)), "")


def text_at(element: Element, name: str) -> str:
    """The text of the first child that has a name; empty when there is none."""
    return next(("".join(child.itertext()) for child in named(element, name)), "")
