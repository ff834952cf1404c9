"""What is claimed, what our assumptions say to it and why, as sentences for the page and the document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from loops.draw.bands import part_of
from loops.draw.scale import years
from loops.model import Model
from loops.narrate import listed
from loops.scenario import Scenario
from loops.theory.claims import Case, Claim
from loops.theory.explain import Explained
from loops.theory.path import PathShare
from loops.theory.told import group_in_words
from loops.theory.verdict import Verdict, Word

_NO_PATH = "Nobody has said along which arrows it comes about."
VERDICTS: dict[Word, str] = {
    "supported": "supported",
    "partly": "partly supported",
    "not supported": "not supported",
    "not run": "not tried",
}


def in_all(found: Sequence[Verdict]) -> str:
    """How many claims are supported at every width, at some and at none."""
    always = sum(each.words == ("supported",) for each in found)
    never = sum(each.words == ("not supported",) for each in found)
    unknown = sum(each.words == ("not run",) for each in found)
    between = len(found) - always - never - unknown
    parts = [
        f"{always} {_are(always)} supported however far off our guesses are",
        f"{never} {_are(never)} not supported",
        f"{between} {'lies' if between == 1 else 'lie'} between",
    ]
    if unknown:
        parts.append(f"{unknown} {'was' if unknown == 1 else 'were'} not tried")
    return f"Of {len(found)} things we think happen, {listed(parts)}."


def _are(many: int) -> str:
    return "is" if many == 1 else "are"


def case(asked: Case, model: Model, plans: Mapping[str, Scenario]) -> str:
    """What is run, by the titles on screen: ``“Everything for four years” without “Training”``."""
    label = {node.id: f"“{node.label}”" for node in model.nodes.values()} | {"*": "anything"}
    said = f"“{plans[asked.scenario].title}”"
    if asked.without:
        said += f" without {listed([label[name] for name in asked.without])}"
    if asked.cut:
        arrows = [f"from {label[source]} to {label[target]}" for source, target in asked.cut]
        said += f" with the arrow{'s' if len(arrows) > 1 else ''} {listed(arrows)} taken out"
    changed = [label[plan.id] for plan in (*asked.levers, *asked.contexts)]
    if changed:
        shown = changed if len(changed) <= 3 else [*changed[:3], f"{len(changed) - 3} more"]
        said += f", with {listed(shown)} set otherwise"
    return said


def follows(claim: Claim, model: Model, plans: Mapping[str, Scenario]) -> str:
    """What is said to follow, as it was measured."""
    asked = claim.outcome
    label, when, run = model.nodes[asked.variable].label, years(asked.month), case(claim.run, model, plans)
    size = asked.at_least if asked.at_least is not None else asked.at_most
    bound = "at least" if asked.at_least is not None else "at most"
    if claim.against is None:
        return f"“{label}” is {bound} {size:g} after {when} under {run} (0 is not yet, 1 is fully)."
    way = "higher" if asked.direction == "more" else "lower"
    other = case(claim.against, model, plans)
    return (
        f"“{label}” is {way} by {bound} {size:g} after {when} under {run} than under {other} "
        "(0 is not yet, 1 is fully)."
    )


def decides(got: Explained, model: Model) -> str:
    """What the answer depends on most, in a sentence."""
    if got.first is None:
        return "Too few versions were tried to say."
    if not got.first.ranked:
        return "The answer is the same in every version, so nothing decides."
    most = got.first.ranked[0]
    if most.low <= 0 or part_of(most.value) == part_of(0.0):
        return "No single thing does: many guesses decide together, each a little."
    what = group_in_words(most.group, model)
    said = f"Most depends on {what}: {part_of(most.value)} of what makes the answer differ."
    if got.humps:
        said += (
            " The versions fall into two camps, with little between them, so an answer in the middle is one "
            "that hardly any version gives."
        )
        if got.sustained and got.sustained.ranked:
            camp = group_in_words(got.sustained.ranked[0].group, model)
            said += f" Which camp it is depends most on {camp}."
    return said


_HARDLY, _ALL = 0.03, 1.05
"""Shares of the difference that are told as none and as all of it."""


def path(found: PathShare | None, model: Model, claim: Claim) -> str:
    """How much of the effect runs along what is said to carry it, at most."""
    links = claim.links(model)
    if found is None:
        return _NO_PATH if not links else "There is only one run, so there is no difference to follow."
    nodes = [links[0][0], *(target for _, target in links)]
    way = " → ".join(f"“{model.nodes[name].short or model.nodes[name].label}”" for name in nodes)
    if found.ended == "no effect":
        return f"Along {way}: the difference is too small to say how much of it runs there."
    weakest = found.weakest
    ends = [f"“{model.nodes[name].label}”" for name in weakest.pair]
    share = weakest.frozen.value
    much = f"At most {part_of(share)} of the difference runs along {way}"
    if share > _ALL:  # what runs elsewhere goes the other way
        much = f"All of the difference may run along {way}"
    elif share < _HARDLY:
        much = f"Hardly any of the difference runs along {way}"
    said = f"{much}: least passes from {ends[0]} to {ends[1]}."
    others = [loop.name for loop in model.loops if loop.id in weakest.shared_with]
    if others:
        shown = others if len(others) <= 3 else [*others[:3], f"{len(others) - 3} more"]
        said += f" That last arrow is also part of: {', '.join(shown)}."
    return said
