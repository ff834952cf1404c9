"""What a rival theory changes, and what was seen, as sentences for the page and the command.

Labels are as in the file: escape what is said where HTML is made.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from loops.draw import claimed
from loops.draw.scale import years
from loops.model import Link, Model
from loops.narrate import listed
from loops.scenario import Scenario
from loops.theory.rivals import Pattern, Rival

OURS = "Our theory"
"""What the model is called beside a rival."""
START = (
    "Every theory begins where the model begins. One that would come to rest elsewhere moves by itself from "
    "the first month on."
)
MOST = 12
"""Sentences about one rival."""
_Ends = tuple[str, str, str]
_DOES = {"+": "raises", "-": "lowers", "?": "moves"}


def changes(rival: Rival, model: Model) -> list[str]:
    """What a rival changes, a sentence for each thing: arrows gone, turned round, opposed, stronger, new."""
    name = {node.id: f"“{node.label}”" for node in model.nodes.values()}
    before: dict[_Ends, float] = {}
    for link in rival.gone(model):
        before[_ends(link)] = before.get(_ends(link), 0.0) + link.strength
    added = [_ends(link) for link in rival.add]
    said = [
        *_gone([ends for ends in before if ends not in added], name),
        *(_changed(link, other, name) for link, other in rival.changed(model)),
        *(_added(link, before.get(_ends(link)), name) for link in rival.add),
    ]
    return said if len(said) <= MOST else [*said[:MOST], f"And {len(said) - MOST:,} changes more."]


def _ends(link: Link) -> _Ends:
    return link.source, link.target, link.polarity


def _gone(ends: Iterable[_Ends], name: Mapping[str, str]) -> Iterator[str]:
    """The arrows that are gone, those into one box together."""
    sources: dict[str, list[str]] = {}
    for source, target, _ in ends:
        sources.setdefault(target, []).append(name[source])
    for target, labels in sources.items():
        shown = labels if len(labels) <= MOST else [*labels[:MOST], f"{len(labels) - MOST:,} more"]
        yield f"Gone: the {'arrow' if len(labels) == 1 else 'arrows'} to {name[target]} from {listed(shown)}."


def _changed(link: Link, other: Link, name: Mapping[str, str]) -> str:
    source, target = name[link.source], name[link.target]
    if link.source == other.source:
        return f"{source} {_DOES[other.polarity]} {target}; in our theory it {_DOES[link.polarity]} it."
    return (
        f"The arrow from {source} to {target} goes the other way: {target} {_DOES[other.polarity]} {source}."
    )


def _added(link: Link, before: float | None, name: Mapping[str, str]) -> str:
    source, target = name[link.source], name[link.target]
    if before is None:
        return f"There is a new arrow: {source} {_DOES[link.polarity]} {target}."
    if link.strength == before:
        return f"The arrow from {source} to {target} acts in another way."
    much = f"{float(f'{link.strength / before:.2g}'):,g} times as strong as" if before else "stronger than"
    return f"The arrow from {source} to {target} is {much} in our theory."


def seen(pattern: Pattern, model: Model, plans: Mapping[str, Scenario]) -> str:
    """What a pattern asks of a run, as it is measured."""
    label, run = model.nodes[pattern.variable].label, claimed.case(pattern.run, model, plans)
    since = years(pattern.since) if pattern.since else "the start"
    low, high = pattern.range
    if pattern.direction == "alike":
        what = f"changes by less than {high:g}"
    elif low > 0 or high < 0:
        way, least, most = ("rises", low, high) if low > 0 else ("falls", -high, -low)
        what = f"{way} by at least {least:g}" + (f" and at most {most:g}" if most < 1 else "")
    else:
        what = f"changes by {low:+g} to {high:+g}"
    return f"“{label}” {what} between {since} and {years(pattern.until)}, under {run}."
