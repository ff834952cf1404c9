"""What a plan must keep to, read from the model and the plan alone, with no code of the search in it."""

from __future__ import annotations

from itertools import product

import numpy as np

from loops.model import Model
from loops.scenario import hours
from loops.utopia.plan import Plan, Spell
from loops.utopia.target import Limits, Target


def broken(model: Model, plan: Plan, target: Target, limits: Limits) -> list[str]:
    """Every limit that a plan breaks; its hours are those of its scenario, less those of nothing new."""
    levers = {lever.id: lever for lever in model.levers}
    begins = {spell.lever: spell.start for spell in plan.spells}
    edges = {*range(0, target.by, limits.grid), target.by}
    found = []
    for spell in plan.spells:
        lever = levers[spell.lever]
        if not spell.start < spell.stop or not {spell.start, spell.stop} <= edges:
            found.append(f"{spell} is not within the times there are")
        if spell.start < lever.earliest:
            found.append(f"{spell} is too early")
        found += [
            f"{spell} without {need}"
            for need in lever.needs
            if not lever.level and not levers[need].level and begins.get(need, np.inf) > spell.start
        ]
    if len(begins) < len(plan.spells):
        found.append("a lever stands twice")
    if limits.items is not None and set(begins) - set(limits.items):
        found.append("a lever may not be used")
    now, new = (sum(hours(model, each.scenario(model), target.by)).max(initial=0) for each in (Plan(), plan))
    if limits.budget is not None and new - now > limits.budget + 1e-9:  # of rounding: hours are far larger
        found.append(f"{new - now} hours")
    money = sum(levers[name].cost for name in begins if not levers[name].level)
    if limits.money is not None and money > limits.money:
        found.append(f"{money} pounds")
    return found


def every_plan(model: Model, target: Target, limits: Limits) -> list[Plan]:
    """All plans within limits, by trying every spell of every lever."""
    edges = sorted({*range(0, target.by, limits.grid), target.by})
    spells = [(start, stop) for start in edges for stop in edges if start < stop]
    names = sorted(lever.id for lever in model.levers)
    plans = (
        Plan(tuple(Spell(name, *spell) for name, spell in zip(names, chosen, strict=True) if spell))
        for chosen in product([None, *spells], repeat=len(names))
    )
    return [plan for plan in plans if not broken(model, plan, target, limits)]
