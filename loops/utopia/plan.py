"""Plans: which levers are at full effort from when to when, and what that costs."""

from __future__ import annotations

from dataclasses import dataclass

from loops.model import Lever, Model
from loops.parts import replace
from loops.scenario import Change, Scenario, Schedule

RATE = 25.0
"""Pounds that an hour stands for where hours and pounds are added: an assumption, and said to be one."""
_FINE = 1_000_000
"""Hours are added up in whole millionths, so that .1 and .2 fit into a budget of .3."""


@dataclass(frozen=True, order=True)
class Spell:
    """One lever at full effort from the beginning of month `start` to that of month `stop`."""

    lever: str
    start: int
    stop: int


@dataclass(frozen=True)
class Plan:
    """A spell for each lever that is used, in the order of their ids."""

    spells: tuple[Spell, ...] = ()

    @property
    def stop(self) -> int:
        """When the last of them stops; 0 when nothing new is done."""
        return max((spell.stop for spell in self.spells), default=0)

    @property
    def levers(self) -> tuple[str, ...]:
        """Which levers are used."""
        return tuple(spell.lever for spell in self.spells)

    def without(self, *levers: str) -> Plan:
        """The same without some of the levers."""
        return Plan(tuple(spell for spell in self.spells if spell.lever not in levers))

    def scenario(
        self, model: Model, *, title: str = "The plan", circumstances: Scenario | None = None
    ) -> Scenario:
        """The plan as a scenario of `model`: other levers as in the file, contexts, links and start as given.

        Raises :class:`pydantic.ValidationError` for a title that no scenario may have.
        """
        usual = {lever.id: lever.level for lever in model.levers}
        schedules = tuple(
            Schedule(
                id=spell.lever,
                changes=(
                    Change(month=spell.start, level=1),
                    Change(month=spell.stop, level=usual[spell.lever]),
                ),
            )
            for spell in self.spells
        )
        base = circumstances or Scenario(id="plan", model=model.id, title=title)
        return replace(base, id="plan", title=title, description="", levers=schedules)


@dataclass(frozen=True)
class Cost:
    """What a plan costs more than nothing new: hours are ours and the partner's together."""

    hours: float
    """In all."""
    busiest: float
    """In the busiest month."""
    pounds: float

    @property
    def total(self) -> float:
        """All of it in hours: pounds count as so many hours at :data:`RATE`."""
        return self.hours + self.pounds / RATE


def cost(model: Model, plan: Plan) -> Cost:
    """What `plan` costs. A lever that the file has under way already costs only what is added to it.

    >>> from loops.model import Variable
    >>> a, b = (Lever(id=name, label=name, hours_us=2, hours_partner=1, cost=50) for name in "ab")
    >>> model = Model(id="m", title="M", variables=(Variable(id="x", label="X", start=0),), levers=(a, b))
    >>> found = cost(model, Plan((Spell("a", 0, 12), Spell("b", 6, 18))))
    >>> found.hours, found.busiest, found.pounds, found.total
    (72.0, 6.0, 100.0, 76.0)
    """
    levers = {lever.id: lever for lever in model.levers}
    fine = [(spell, fine_hours(levers[spell.lever])) for spell in plan.spells]
    busiest = max(
        (sum(each for other, each in fine if other.start <= spell.start < other.stop) for spell, _ in fine),
        default=0,
    )
    return Cost(
        hours=sum(each * (spell.stop - spell.start) for spell, each in fine) / _FINE,
        busiest=busiest / _FINE,
        pounds=sum(pounds(levers[lever]) for lever in plan.levers),
    )


def fine_hours(lever: Lever) -> int:
    """Millionths of an hour a month, ours and the partner's, that full effort takes more than nothing new."""
    return round((lever.hours_us + lever.hours_partner) * (1 - lever.level) * _FINE)


def fine_budget(budget: float) -> int:
    """A budget in millionths of an hour."""
    return int(budget * _FINE + 1e-6)


def pounds(lever: Lever) -> float:
    """Pounds that are paid once for a lever; nothing for one that the file has under way already."""
    return 0.0 if lever.level else lever.cost
