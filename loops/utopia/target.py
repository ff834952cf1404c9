"""What a plan is for, and what it may take."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite

from loops.equations import Equations
from loops.model import Model
from loops.parts import nearest
from loops.scenario import LONGEST
from loops.utopia.plan import Plan

MOST_SLOTS = 120
"""Times at which a lever may begin: more would be searched no better."""


@dataclass(frozen=True)
class Target:
    """A variable is at this level or above at month `by`, and still is `keep` months later (0: not asked).

    Every lever of a plan stops by month `by`, and every plan is looked at in the same two months: one that
    stops early must last longer, so that plans can be compared. Levels can be asked to rise, not to fall.
    """

    variable: str
    level: float
    by: int
    keep: int = 0

    def months(self, plan: Plan) -> tuple[float, ...]:
        """When the level is looked at: at `by`, and `keep` months after that or after a later last stop."""
        return (float(self.by), *([float(max(self.by, plan.stop) + self.keep)] if self.keep else []))


@dataclass(frozen=True)
class Limits:
    """What a plan may take. Every lever's earliest month, and what it needs, hold always."""

    budget: float | None = None
    """Hours in the busiest month, ours and the partner's together."""
    money: float | None = None
    """Pounds in all."""
    items: tuple[str, ...] | None = None
    """The levers that may be used; all of them if None."""
    grid: int = 6
    """Months between the times at which a lever may begin or stop."""


def check(model: Model, target: Target) -> None:
    """Raise :class:`ValueError` with one sentence for a target that cannot be asked of a model."""
    Equations.of(model).place(target.variable)
    if not 0 < target.level <= 1:
        raise ValueError(f"the level is {target.level:g}: use a number above 0 and at most 1")
    if target.by < 1 or target.keep < 0:
        raise ValueError("the target must be reached in month 1 or later, and kept for 0 months or more")
    if target.by + target.keep > LONGEST:
        raise ValueError(f"the target is looked at in month {target.by + target.keep:,}: at most {LONGEST:,}")


def check_limits(model: Model, target: Target, limits: Limits) -> None:
    """Raise :class:`ValueError` with one sentence for limits within which there can be no plan."""
    for name, most in (("budget", limits.budget), ("money", limits.money)):
        if most is not None and not (isfinite(most) and most >= 0):
            raise ValueError(f"the {name} is {most:g}: use 0 or a number above it")
    if limits.grid < 1 or target.by / limits.grid > MOST_SLOTS:
        raise ValueError(
            f"levers may begin and stop every {limits.grid} months until month {target.by}: "
            f"let it be every {max(1, -(-target.by // MOST_SLOTS))} months or more"
        )
    known = [lever.id for lever in model.levers]
    if not known:
        raise ValueError("this model has no levers, so there is nothing to plan with")
    if limits.items == ():
        raise ValueError("no lever may be used: allow at least one")
    for name in limits.items or ():
        if name not in known:
            raise ValueError(f"there is no lever '{name}'. {nearest(name, known)}")
