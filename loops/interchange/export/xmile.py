"""XMILE with equations that run, for Stella and others.

A variable is a stock, filled by what is won and drained by what is lost; a lever or context is a converter.
The method is Euler's, as is advised where values jump at a date: a step begins with what holds from then on,
while a Runge-Kutta step before a jump looks beyond it; and built-in delays are defined by Euler's steps. So
the error is of the size of a step, and whoever wants less of it asks for smaller steps.

What is written about a box, its id and its kind are in its documentation; how we know an arrow is in that of
the flow it acts on. Source: XMILE 1.0 (OASIS, 2015).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from loops.interchange.contents import fit
from loops.interchange.export import xmile_words
from loops.interchange.export.running import Running, Stock, Term, running
from loops.interchange.export.xmile_view import draw
from loops.interchange.export.xmile_words import LOST, WON, identifier, number, paragraphs
from loops.interchange.naming import text_of
from loops.interchange.words import plain
from loops.model import Lever, Model, Node
from loops.scenario import Scenario

KINDS: Mapping[Literal["lever", "context"], str] = {"lever": "what we do", "context": "circumstance"}
"""What the documentation of a converter calls its kind."""
_OURS = "Living loops"
_SPACES = {
    "version": "1.0",
    "xmlns": "http://docs.oasis-open.org/xmile/ns/XMILE/v1.0",
    "xmlns:isee": "http://iseesystems.com/XMILE",
}


def write(model: Model, scenario: Scenario | None = None) -> bytes:
    """`model` under `scenario`, or with nothing changed, over its horizon.

    Raises :class:`ValueError` for a scenario that does not fit the model.
    """
    form = running(model, scenario)
    names = _names(model)
    words = {key: identifier(name) for key, name in names.items()}
    root = Element("xmile", _SPACES)
    _header(root, form, ". ".join([model.title] if scenario is None else [model.title, scenario.title]))
    inside = SubElement(root, "model")
    variables = SubElement(inside, "variables")
    for stock in form.stocks:
        _stock(variables, stock, names, words)
    for drive in form.drives:
        about = _about(drive.node, names, KINDS["lever" if isinstance(drive.node, Lever) else "context"])
        _variable(variables, "aux", names[drive.node.id], xmile_words.schedule(drive), about)
    draw(SubElement(SubElement(inside, "views"), "view", {"type": "stock_flow"}), model, form, names)
    indent(root)
    return fit(f'<?xml version="1.0" encoding="utf-8"?>\n{tostring(root, "unicode")}\n').encode()


def _header(root: Element, form: Running, title: str) -> None:
    header = SubElement(root, "header")
    SubElement(header, "name").text = plain(title)
    SubElement(header, "vendor").text = _OURS
    SubElement(header, "product", {"version": "1.0", "lang": "en"}).text = _OURS
    times = SubElement(root, "sim_specs", {"method": "Euler", "time_units": "Month"})
    SubElement(times, "start").text = "0"
    SubElement(times, "stop").text = number(form.months)
    SubElement(times, "dt", {"reciprocal": "true"}).text = number(form.steps)


def _names(model: Model) -> dict[str, str]:
    """The names of boxes by id, and of the flows of variables by :data:`WON` or :data:`LOST` and their id."""
    boxes = xmile_words.names_of({name: node.label for name, node in model.nodes.items()})
    ways = ((WON, "won"), (LOST, "lost"))
    flows = {
        way + node.id: f"{boxes[node.id]}: what is {said}" for node in model.variables for way, said in ways
    }
    return xmile_words.names_of({**boxes, **flows})


def _stock(variables: Element, stock: Stock, names: Mapping[str, str], words: Mapping[str, str]) -> None:
    name = stock.node.id
    element = _variable(variables, "stock", names[name], number(stock.start), _about(stock.node, names))
    SubElement(element, "inflow").text = words[WON + name]
    SubElement(element, "outflow").text = words[LOST + name]
    told = [term for term in stock.lost if term.link.polarity == "-"]
    for way, equation, terms in (
        (WON, xmile_words.won(stock, words), stock.won),
        (LOST, xmile_words.lost(stock, words), told),
    ):
        about = "\n".join(_evidence(term, names) for term in terms)
        _variable(variables, "flow", names[way + name], equation, about)


def _about(node: Node, names: Mapping[str, str], kind: str = "") -> str:
    """What is written about a box, and what its name and equation do not tell."""
    label, name = plain(node.label), names[node.id]
    more = [("Label", label if label != name else ""), ("Id", node.id), ("Kind", kind)]
    return "\n".join(part for part in (text_of(node.description), paragraphs(more)) if part)


def _evidence(term: Term, names: Mapping[str, str]) -> str:
    """The source of a link with its grade, and what is known about it, indented."""
    link = term.link
    texts = (("Reason", link.reason), ("Passage", link.passage or ""), ("Where", link.locator or ""))
    about = paragraphs((head, text_of(text)) for head, text in texts)
    return f"{names[link.source]}: {link.evidence}" + (f"\n{about}" if about else "").replace("\n", "\n  ")


def _variable(variables: Element, tag: str, name: str, equation: str, about: str) -> Element:
    element = SubElement(variables, tag, {"name": name})
    if about:
        SubElement(element, "doc").text = about
    SubElement(element, "eqn").text = equation
    return element
