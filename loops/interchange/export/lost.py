"""What a format cannot hold of a model: a sentence for each thing, with how many, in plain English."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from loops.model import Link, Model
from loops.scenario import Scenario


@dataclass(frozen=True)
class _Trait:
    """Something that a format may not hold: how many a model has, and the sentence that says what happens.

    Of the traits that `instead` names, the first that the format holds has a sentence of its own.
    """

    name: str
    says: str
    count: Callable[[Model], int]
    instead: tuple[tuple[str, str], ...] = ()


def _of_links(has: Callable[[Link], bool]) -> Callable[[Model], int]:
    return lambda model: sum(map(has, model.links))


def _beside(model: Model) -> int:
    """How many links run beside another one of the same pair."""
    pairs = Counter((link.source, link.target) for link in model.links)
    return sum(number - 1 for number in pairs.values())


def _repeats(model: Model) -> int:
    """How many links differ from one before them in their strength alone: a drawing knows one of each."""
    return sum(number - 1 for number in Counter(link.form for link in model.links).values())


_TRAITS = (
    _Trait(
        "kinds",
        "What we do and circumstances become boxes like any other",
        lambda model: len(model.levers) + len(model.contexts),
    ),
    _Trait(
        "places",
        "Where the boxes lie is not kept",
        lambda model: sum(node.position is not None for node in model.nodes.values()),
    ),
    _Trait(
        "texts",
        "What is written about boxes is not kept",
        lambda model: sum(bool(node.description) for node in model.nodes.values()),
    ),
    _Trait("starts", "How far along the boxes start is not kept", lambda model: len(model.nodes)),
    _Trait(
        "rates",
        "What boxes win or lose by themselves is not kept",
        lambda model: sum(bool(node.gain or node.fade) for node in model.variables),
    ),
    _Trait("bends", "How arrows bend is not kept", _of_links(lambda link: bool(link.bend))),
    _Trait(
        "strengths",
        "How strong arrows are is not kept",
        lambda model: len(model.links),
        (
            (
                "strengths in three steps",
                "How strong arrows are is kept in three steps: one, two or three arrows",
            ),
        ),
    ),
    _Trait(
        "strengths of unknown signs",
        "How strong arrows of unknown sign are is not kept",
        _of_links(lambda link: link.polarity == "?"),
    ),
    _Trait(
        "delays",
        "Delays are not kept",
        _of_links(lambda link: link.delay > 0),
        (("delay marks", "Delays are marked, and not how many months they take"),),
    ),
    _Trait(
        "thresholds",
        "A critical mass is not kept: arrows act without one",
        _of_links(lambda link: link.threshold is not None),
    ),
    _Trait(
        "evidence",
        "How we know an arrow (reason, passage, where it stands) is not kept",
        _of_links(lambda link: link.evidence != "assumed" or any((link.reason, link.passage, link.locator))),
        (("reasons", "Of how we know an arrow only the reason is kept"),),
    ),
    _Trait("unknown signs", "Unknown signs (?) are not kept", _of_links(lambda link: link.polarity == "?")),
    _Trait(
        "parallel arrows",
        "Of several arrows from one box to another only the strongest is kept. Left out",
        _beside,
    ),
    _Trait(
        "self-links",
        "Arrows from a box to itself are left out",
        _of_links(lambda link: link.source == link.target),
    ),
    _Trait("repeats", "Arrows that differ in nothing but their strength may come back as one", _repeats),
    _Trait("loops", "Names of loops are not kept", lambda model: len(model.loops)),
)
_ONLY_OURS: dict[str, Callable[[Model], int]] = {
    "sources": lambda model: len(model.sources),
    "passages that point the other way": _of_links(lambda link: link.against is not None),
    "what not yet and fully look like": lambda model: sum(
        bool(node.not_yet or node.fully) for node in model.nodes.values()
    ),
    "hours": lambda model: sum(bool(lever.hours_us or lever.hours_partner) for lever in model.levers),
    "costs, needs and places in the influencer matrix": lambda model: sum(
        bool(lever.cost or lever.earliest or lever.needs or lever.influence or lever.also)
        for lever in model.levers
    ),
    "settings": lambda model: len(model.settings),
    "what it is judged by": lambda model: len(model.outcomes),
    "stories": lambda model: len(model.stories),
    "roles": lambda model: len(model.roles),
    "checks of how it should behave": lambda model: len(model.reference_modes),
}
"""What no format holds but a model's own file."""


def lost(model: Model, holds: frozenset[str], scenario: Scenario | None = None) -> tuple[str, ...]:
    """A sentence for each trait that is not in `holds` and that this model has, and for a plan given.

    >>> from loops.model import Link, Model, Variable
    >>> boxes = [Variable(id=name, label=name.title(), start=0.0) for name in ("trust", "buy_in")]
    >>> arrow = Link(source="trust", target="buy_in", polarity="+", strength=0.1, delay=3)
    >>> model = Model(id="ours", title="Ours", variables=tuple(boxes), links=(arrow,))
    >>> lost(model, frozenset({"starts", "strengths", "delay marks"}))
    ('Delays are marked, and not how many months they take (1).',)
    """
    said = [
        f"{_says(trait, holds)} ({number})."
        for trait in _TRAITS
        if trait.name not in holds and (number := trait.count(model))
    ]
    if scenario is not None and "plan" not in holds:
        said.append(f"The plan “{scenario.title}” is not kept: this format holds the diagram only.")
    ours = [f"{what} ({number})" for what, count in _ONLY_OURS.items() if (number := count(model))]
    return (*said, f"Only a model file of this program keeps {', '.join(ours)}.") if ours else tuple(said)


def _says(trait: _Trait, holds: frozenset[str]) -> str:
    return next((says for name, says in trait.instead if name in holds), trait.says)
