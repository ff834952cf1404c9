"""Doing some of what can be done from now on, at full effort: what that needs, takes and waits for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from loops.model import Model
from loops.narrate import in_hours, listed
from loops.scenario import Change, Scenario, Schedule


@dataclass(frozen=True)
class Doing:
    """Some levers at full effort, each from the first month on in which it can be, with all that they need.

    What it takes is counted over what the model has under way already.
    """

    model: Model
    levers: tuple[str, ...]
    """Those that were chosen."""
    needs: tuple[str, ...]
    """Those that must be done as well, since a chosen one needs them."""
    hours_us: float
    """Ours a month, once all of it is done."""
    hours_partner: float
    pounds: float
    """In all."""
    begins: int
    """The month from which on all of it is done."""

    @classmethod
    def of(cls, model: Model, levers: Iterable[str]) -> Doing:
        """What doing these takes; raises :class:`KeyError` for a name that is no node."""
        chosen = tuple(dict.fromkeys(levers))
        begun = {lever.id for lever in model.levers if lever.level}
        needed = dict.fromkeys(need for lever in chosen for need in model.needed(lever, begun))
        needs = tuple(need for need in needed if need not in chosen)
        known = {lever.id: lever for lever in model.levers}
        every = [known[lever] for lever in (*chosen, *needs)]
        return cls(
            model,
            chosen,
            needs,
            sum(lever.hours_us * (1 - lever.level) for lever in every),
            sum(lever.hours_partner * (1 - lever.level) for lever in every),
            sum(lever.cost for lever in every if not lever.level),
            max((lever.earliest for lever in every), default=0),
        )

    def plan(self, title: str) -> Scenario:
        """The same as a scenario; a lever begins when it can itself and when all that it needs has begun."""
        levers = tuple(
            Schedule(id=lever, changes=(Change(month=Doing.of(self.model, [lever]).begins, level=1),))
            for lever in (*self.levers, *self.needs)
        )
        return Scenario(id="from_here", model=self.model.id, title=title, levers=levers)

    def fits(self, hours_us: float | None, hours_partner: float | None) -> bool:
        """Whether there are the hours a month for it; None stands for as many as it takes."""
        return not self.too_much(hours_us, hours_partner)

    def too_much(self, hours_us: float | None, hours_partner: float | None) -> str:
        """Why it does not fit, in a sentence; empty when it does."""
        sides = (("ours", self.hours_us, hours_us), ("theirs", self.hours_partner, hours_partner))
        over = [
            f"{in_hours(taken)} a month of {whose}, and there {'is' if most == 1 else 'are'} {most:g}"
            for whose, taken, most in sides
            if most is not None and taken > most + 1e-6  # the sum's rounding, as of .1 and .2 in .3
        ]
        with_it = [f"“{self.model.nodes[need].label}”" for need in self.needs]
        first = f"With {listed(with_it)}, which it needs, it" if with_it else "It"
        return f"{first} takes {'; and '.join(over)}." if over else ""
