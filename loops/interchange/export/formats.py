"""The formats that a model is written in: what each is called, and what of a model it can hold."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import TypeAlias

from loops.model import Model
from loops.scenario import Scenario

Write: TypeAlias = Callable[[Model, Scenario | None], bytes]

TRAITS = frozenset(
    (
        "kinds",  # which boxes are levers and contexts
        "places",
        "bends",
        "texts",  # what is written about a box
        "starts",  # levels at month 0
        "rates",  # gain and fade
        "strengths",  # per month
        "strengths in three steps",
        "strengths of unknown signs",
        "delays",  # in months
        "delay marks",
        "thresholds",
        "reasons",
        "evidence",  # grade, reason, passage and where it stands
        "unknown signs",
        "parallel arrows",  # of one pair, with different delays
        "self-links",
        "repeats",  # arrows of one form, apart: their strengths add up
        "loops",  # those that are named
        "plan",  # the scenario
    )
)
"""All that a format may or may not hold; what stands in :attr:`Format.holds` comes back when it is read."""
ARROWS = {
    *("strengths", "strengths of unknown signs", "delays", "thresholds", "evidence", "unknown signs"),
    *("parallel arrows", "self-links"),
}
BOXES = {"kinds", "places", "texts", "starts", "rates"}


@dataclass(frozen=True)
class Format:
    """A format: its name on the command line, its name on screen, its files, and how it is written."""

    id: str
    label: str
    suffix: str
    mime: str
    holds: frozenset[str]
    """Those of :data:`TRAITS` that it holds."""
    most: int = 0
    """Characters beyond which its link may not open; 0 where there is no such bound."""

    @property
    def write(self) -> Write:
        """Its writer, imported when it is needed: a model, and a scenario or none, give bytes."""
        found: Write = import_module(f"loops.interchange.export.{self.id}").write
        return found


_EVERY = (
    Format(
        "xmile",
        "Stella and other tools (XMILE)",
        ".xmile",
        "application/xml",
        frozenset(ARROWS | BOXES | {"bends", "loops", "plan"}),
    ),
    Format(
        "kumu", "Kumu (JSON)", ".json", "application/json", frozenset(ARROWS | BOXES | {"bends", "loops"})
    ),
    Format(
        "mentalmodeler",
        "Mental Modeler",
        ".mmp",
        "application/json",
        frozenset({"kinds", "places", "texts", "strengths", "unknown signs", "reasons", "self-links"}),
    ),
    Format(
        "loopy",
        "Loopy (a link)",
        ".txt",
        "text/plain",
        frozenset(
            {"places", "starts", "strengths in three steps", "delay marks", "unknown signs", "self-links"}
        ),
        most=8_000,
    ),
    Format(
        "graphml",
        "Gephi and yEd (GraphML)",
        ".graphml",
        "application/xml",
        frozenset(ARROWS | BOXES | {"bends", "loops"}),
    ),
    Format(
        "dot",
        "Graphviz (DOT)",
        ".dot",
        "text/vnd.graphviz",
        frozenset(ARROWS | BOXES | {"bends", "loops"}),
    ),
    Format(
        "vensim",
        "Vensim (with equations)",
        ".mdl",
        "text/plain",
        frozenset((ARROWS - {"evidence"}) | BOXES | {"bends", "loops", "plan"}),
    ),
    Format("csv", "A table of arrows (CSV)", ".csv", "text/csv", frozenset(ARROWS | {"kinds"})),
    Format(
        "excel",
        "Tables of boxes, arrows and loops (Excel)",
        ".xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        frozenset(ARROWS | BOXES | {"bends", "loops"}),
    ),
)
FORMATS: dict[str, Format] = {form.id: form for form in _EVERY}
"""By id, in the order that they are offered in."""
