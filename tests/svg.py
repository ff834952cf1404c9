"""A drawing as the browser finds it: the parts of an SVG by what they are of."""

from __future__ import annotations

from xml.etree import ElementTree
from xml.etree.ElementTree import Element

SVG = "{http://www.w3.org/2000/svg}"


def parsed(svg: str) -> Element:
    return ElementTree.fromstring(svg)


def groups(drawn: Element, kind: str) -> dict[str, Element]:
    """The groups of a kind (node, link, loop) by what they are of."""
    return {g.get(f"data-{kind}", ""): g for g in drawn.iter(f"{SVG}g") if g.get("class") == kind}


def find(group: Element, name: str) -> Element | None:
    return next((one for one in group.iter() if one.get("class") == name), None)
