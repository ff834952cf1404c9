"""The equations of a model under a scenario, as terms that a writer puts into the words of its program.

For a variable with the level x::

    dx/dt = (1 - x) (gain + sum of `won`) - x (fade + sum of `lost`)
    a term is  strength * y,  or with a threshold k and steepness m:
               strength * (1 + k^m) y^m / (k^m + y^m)

y is the level of the link's source, or, with a delay, that level after a third-order information delay
(three stages of a third of it each) that is full of `begins` at month 0. What a scenario cuts or re-weights
is in the strengths. A link whose sign nobody knows stands in both sums, with half its strength in each.
Links that differ in nothing but their strength are one term.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from loops.equations import Equations
from loops.model import Context, Lever, Link, Model, Variable
from loops.scenario import Scenario, Schedule, fits
from loops.simulate import lanes_from_start

_LEAST_STEPS = 16
_OF_THE_FASTEST = 4
"""Steps in the time that the fastest level or stage of a delay takes to come within 1/e of where it heads."""


@dataclass(frozen=True)
class Term:
    """What one link adds to a rate."""

    link: Link
    strength: float
    """Per month, when the source is complete."""
    begins: float
    """The level of the source before month 0."""
    at_start: float
    """And at month 0: another one where a lever or context jumps there."""


@dataclass(frozen=True)
class Stock:
    """A variable: where it starts, and what wins and loses it."""

    node: Variable
    start: float
    won: tuple[Term, ...]
    lost: tuple[Term, ...]


@dataclass(frozen=True)
class Move:
    """By how much a lever or context rises at a month, at once or evenly over the months of a ramp."""

    month: float
    by: float
    ramp: float


@dataclass(frozen=True)
class Drive:
    """A lever or context: its level before month 0, and how that changes."""

    node: Lever | Context
    before: float
    moves: tuple[Move, ...]

    @property
    def at_start(self) -> float:
        """The level at month 0."""
        return self.before + sum(move.by for move in self.moves if not (move.month or move.ramp))


@dataclass(frozen=True)
class Running:
    """A model that can be run elsewhere."""

    months: int
    steps: int
    """Steps per month, a power of two, with which Euler's method is stable and about right."""
    stocks: tuple[Stock, ...]
    drives: tuple[Drive, ...]


def running(model: Model, scenario: Scenario | None = None) -> Running:
    """The equations of `model`, in the order of its file, under `scenario` or with nothing changed.

    Raises :class:`ValueError` for a scenario that does not fit the model, and
    :class:`loops.simulate.DidNotFinish` for one that starts from rest where none is reached.
    """
    scenario = scenario or Scenario(id="as_it_is", model=model.id, title="As it is")
    fits(model, scenario)
    driven: tuple[Lever | Context, ...] = (*model.levers, *model.contexts)
    drives = tuple(_drive(node, scenario.schedule(node.id)) for node in driven)
    starts = _starts(model, scenario)
    sources = {name: (start, start) for name, start in starts.items()}
    sources |= {drive.node.id: (drive.before, drive.at_start) for drive in drives}
    terms = _terms(model, scenario, sources)
    stocks = tuple(
        Stock(
            node,
            starts[node.id],
            tuple(term for term in terms[node.id] if term.link.polarity != "-"),
            tuple(term for term in terms[node.id] if term.link.polarity != "+"),
        )
        for node in model.variables
    )
    return Running(model.horizon, _steps(stocks), stocks, drives)


def _terms(
    model: Model, scenario: Scenario, sources: Mapping[str, tuple[float, float]]
) -> dict[str, list[Term]]:
    """The terms of each variable in the order of the links; `sources` has levels before month 0 and at it."""
    changes = {(change.source, change.target): change for change in scenario.links}
    found: dict[tuple[object, ...], Term] = {}
    for link in model.links:
        change = changes.get((link.source, link.target))
        strength = link.strength if change is None else change.apply(link.strength)
        term = found.get(link.form, Term(link, 0.0, *sources[link.source]))
        more = strength / 2 if link.polarity == "?" else strength
        found[link.form] = replace(term, strength=term.strength + more)
    terms: dict[str, list[Term]] = {node.id: [] for node in model.variables}
    for term in found.values():
        terms[term.link.target].append(term)
    return terms


def _starts(model: Model, scenario: Scenario) -> dict[str, float]:
    """The levels at month 0: the file's, or those at which a scenario that starts from rest begins."""
    if scenario.start == "file":
        return {node.id: node.start for node in model.variables}
    equations = Equations.of(model)
    lanes = lanes_from_start(equations, [scenario], model.horizon)
    return {name: float(lanes.start[row, 0]) for row, name in enumerate(equations.variables)}


def _drive(node: Lever | Context, plan: Schedule | None) -> Drive:
    before = node.level if plan is None else plan.before(node.level)
    changes = () if plan is None else plan.changes
    levels = [before, *(change.level for change in changes)]
    moves = (
        Move(change.month, _difference(levels[place], change.level), change.ramp)
        for place, change in enumerate(changes)
    )
    return Drive(node, before, tuple(move for move in moves if move.by))


def _difference(earlier: float, later: float) -> float:
    """`later` less `earlier` as decimals, so that it reads as written: .2 from .1 to .3."""
    return float(Decimal(repr(later)) - Decimal(repr(earlier)))


def _steps(stocks: Iterable[Stock]) -> int:
    """Steps per month: levels move towards G/(G + L) at the rate G + L, stages of a delay at 3/delay."""
    fastest = 0.0
    for stock in stocks:
        terms = (*stock.won, *stock.lost)
        total = stock.node.gain + stock.node.fade + sum(term.strength for term in terms)
        fastest = max(fastest, total, *(3 / term.link.delay for term in terms if term.link.delay))
    steps = _LEAST_STEPS
    while steps < _OF_THE_FASTEST * fastest:
        steps *= 2
    return steps
