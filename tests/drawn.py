"""Models of any shape that a model may have, with labels that break what is written carelessly."""

from __future__ import annotations

import networkx as nx
from hypothesis import strategies as st

from loops.interchange.words import plain
from loops.model import Model

AWKWARD = (
    *("=cmd|' /C calc'!A0", "'=1+1", "-2", "+", "@SUM(A1)", 'say "so", now', "a | b ; c,d", "<b>&amp;</b>"),
    *("100%25 sure", "R1: ours", "[[link]]", "line\none", "back\\slash", "tab\there", "信任 è 🚲", "# note"),
    *("x -> y", "{curly} [square]", "a+b", "?data=[[[", "\u200b", "~|:=", "NA", "''", "null", "007", "Trust"),
)
"""Labels that mean something in one format or another."""
_DELAYS = st.sampled_from([0.0, 0.5, 3.0, 7.25, 240.0])
_RATES = st.sampled_from([0.001, 0.004, 0.0193, 0.02, 0.055, 0.1, 1 / 3, 2.0])
_LEVELS = st.sampled_from([0.0, 0.2, 1 / 3, 0.5, 1.0])
_TEXTS = st.sampled_from(
    ["", "Because.", 'They say "yes", & <more>.', "=1+1", "One.\nTwo; three | four", "信任 %41"]
)


@st.composite
def models(draw: st.DrawFn) -> Model:
    """Boxes at places of their own, arrows of any sign, delay and form, and some of the loops by name."""
    labels = draw(st.lists(st.sampled_from(AWKWARD), min_size=2, max_size=6, unique_by=plain))
    kinds = ["variable", *(draw(st.sampled_from(["variable", "lever", "context"])) for _ in labels[1:])]
    spots = st.tuples(*(st.integers(-40, 40).map(lambda at: 25.0 * at),) * 2)
    places = draw(st.lists(spots, min_size=len(labels), max_size=len(labels), unique=True))
    tables: dict[str, dict[str, object]] = {"variable": {}, "lever": {}, "context": {}}
    for at, (label, kind, place) in enumerate(zip(labels, kinds, places, strict=True)):
        about = {"label": label, "position": place, "description": draw(_TEXTS)}
        if kind == "variable":
            # one box at least does not start empty: Loopy cannot tell "empty" from "nobody has said"
            about |= {"start": draw(_LEVELS) if at else 0.5, "gain": draw(_RATES), "fade": draw(_RATES)}
        else:
            about["level"] = draw(_LEVELS)
        tables[kind][f"n{at}"] = about
    names = [f"n{at}" for at, _ in enumerate(labels)]
    ends = st.tuples(st.sampled_from(names), st.sampled_from(list(tables["variable"])), _DELAYS)
    links = [draw(_links(*end)) for end in draw(st.lists(ends, max_size=8, unique=True))]
    parts = {kind: table for kind, table in tables.items() if table}
    return Model.model_validate(
        {"id": "ours", "title": "Ours", **parts, "link": links, "loop": draw(_loops(links))}
    )


@st.composite
def _links(draw: st.DrawFn, source: str, target: str, delay: float) -> dict[str, object]:
    link = {"from": source, "to": target, "delay": delay, "strength": draw(_RATES)}
    link |= {"polarity": draw(st.sampled_from("+-?")), "reason": draw(_TEXTS)}
    link |= {"bend": draw(st.sampled_from([-1.5, 0.0, 0.25, None])) if source != target else None}
    if draw(st.booleans()):
        link |= {"threshold": draw(st.sampled_from([0.01, 0.4, 0.99])), "steepness": draw(st.integers(2, 8))}
    if draw(st.booleans()):
        link |= {"evidence": "stated", "passage": "It = so,\n“here”.", "locator": "p. 2; line 1"}
    return link


@st.composite
def _loops(draw: st.DrawFn, links: list[dict[str, object]]) -> dict[str, object]:
    paths = sorted(nx.simple_cycles(nx.DiGraph([(link["from"], link["to"]) for link in links])))
    chosen = draw(st.lists(st.sampled_from(paths), max_size=3, unique_by=tuple)) if paths else []
    return {
        f"l{at}": {"name": draw(st.sampled_from([f"Loop {at}", f"R7: not {at}", f"B, “{at}”"])), "path": path}
        | ({"story": story} if (story := draw(_TEXTS)) else {})
        for at, path in enumerate(chosen)
    }
