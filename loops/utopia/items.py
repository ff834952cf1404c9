"""Which levers a plan for a target may use, what each takes, and why others are of no use."""

from __future__ import annotations

from dataclasses import dataclass

import networkx as nx
import numpy as np

from loops.model import Model
from loops.utopia.plan import fine_hours, pounds
from loops.utopia.target import Limits, Target


@dataclass(frozen=True)
class Item:
    """A lever that a plan may use."""

    lever: str
    hours: int
    """Millionths of an hour a month."""
    pounds: float
    earliest: int
    """The first of the edges at which it may begin."""
    needs: frozenset[int]
    """Places of the items that must have begun when it begins, and of those that these need in turn."""


def edges_of(target: Target, limits: Limits) -> tuple[int, ...]:
    """Months at which levers may begin or stop, from 0 to the one in which the target must be reached."""
    return tuple(sorted({*range(0, target.by, limits.grid), target.by}))


def items_of(model: Model, target: Target, limits: Limits) -> tuple[tuple[Item, ...], dict[str, str]]:
    """The levers that may help, by id, and of the others that are allowed why they are left out."""
    edges = edges_of(target, limits)
    levers = {lever.id: lever for lever in model.levers}
    allowed = set(levers if limits.items is None else limits.items)
    needs = needed(model)
    out = {}
    for name in sorted(allowed):
        lacking = sorted(needs[name] - allowed)
        if levers[name].level == 1:
            out[name] = "it is done in full already"
        elif lacking:
            out[name] = f"it needs '{lacking[0]}', which may not be used"
        elif max(levers[each].earliest for each in (name, *needs[name])) > edges[-2]:
            out[name] = "it cannot begin in time"
    useful = (allowed - set(out)) & acting(model, target.variable)
    used = sorted(useful.union(*(needs[name] for name in useful)))
    out |= dict.fromkeys(sorted(allowed - set(out) - set(used)), "no arrow leads from it to the target")
    place = {name: number for number, name in enumerate(used)}
    items = (
        Item(
            name,
            fine_hours(levers[name]),
            pounds(levers[name]),
            int(np.searchsorted(edges, levers[name].earliest)),
            frozenset(place[each] for each in needs[name]),
        )
        for name in used
    )
    return tuple(items), out


def needed(model: Model) -> dict[str, set[str]]:
    """What must have begun before each lever; what the file has under way already has."""
    begun = {lever.id for lever in model.levers if lever.level}
    return {lever.id: set(model.needed(lever.id, begun)) for lever in model.levers}


def acting(model: Model, variable: str) -> set[str]:
    """Every node from which arrows lead to a variable."""
    graph = nx.DiGraph((link.source, link.target) for link in model.links if link.strength)
    return set(nx.ancestors(graph, variable)) if variable in graph else set()
