"""What is claimed, what our assumptions say to it and why, as sentences for the page and the document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from loops.draw.bands import part_of
from loops.draw.scale import years
from loops.model import Model
from loops.narrate import listed
from loops.scenario import Scenario
from loops.spread import WIDTHS
from loops.theory.claims import Case, Claim
from loops.theory.explain import Explained
from loops.theory.path import LinkShare, PathShare
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
    whole = [each for each in found if sum(share.worlds > 0 for share in each.shares) == len(WIDTHS)]
    always = sum(each.words == ("supported",) for each in whole)
    never = sum(each.words == ("not supported",) for each in whole)
    unknown = len(found) - len(whole)
    between = len(found) - always - never - unknown
    parts = [
        f"{always} {_are(always)} supported at every width, from nearly right to far off",
        f"{never} {_are(never)} not supported at any",
        f"{between} {'lies' if between == 1 else 'lie'} between",
    ]
    if unknown:
        parts.append(f"{unknown} {'was' if unknown == 1 else 'were'} not tried at every width")
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
    part = part_of(most.value)
    said = f"More depends on {what} than on anything else: {part} of what makes the answer differ."
    if got.humps:
        said += (
            " The versions fall into two camps, with little between them, so an answer in the middle is one "
            "that hardly any version gives."
        )
        if got.sustained and got.sustained.ranked and got.sustained.ranked[0].low > 0:
            camp = group_in_words(got.sustained.ranked[0].group, model)
            said += f" Which camp it is by then depends on {camp} more than on anything else."
    return said


_HARDLY, _ALL = 0.03, 1.05
"""Shares of the difference that are told as none and as all of it."""


def path(found: PathShare | None, model: Model, claim: Claim) -> str:
    """How much of the effect passes through the weakest arrow of what is said to carry it.

    Where the other run is without an arrow of the path, that arrow makes the whole difference, and what the
    others carry is what comes round again.
    """
    links = claim.links(model)
    if found is None:
        return _NO_PATH if not links else "There is only one run, so there is no difference to follow."
    nodes = [links[0][0], *(target for _, target in links)]
    way = " → ".join(f"“{model.nodes[name].short or model.nodes[name].label}”" for name in nodes)
    if found.ended == "no effect":
        return f"Along {way}: the difference is too small to say how much of it runs there."
    taken_out = {pair for asked in (claim.run, claim.against) if asked for pair in asked.cut}
    others = [link for link in found.links if link.pair not in taken_out]
    if not others:
        return f"Along {way}: the two runs differ by this itself, so all of the difference runs there."
    weakest = min(others, key=lambda link: link.frozen.value)
    source, target = (f"“{model.nodes[name].label}”" for name in weakest.pair)
    said = (
        f"Along {way}: if the arrow from {source} to {target} carried no more than it does in the other run, "
        f"{_much(weakest.frozen.value)} of the difference would be gone."
    )
    if len(others) < len(found.links):
        said += " That is what goes round and comes back; the arrow taken out makes the rest by itself."
    return said + _also(weakest, model)


def _much(share: float) -> str:
    if share > _ALL:  # what runs elsewhere goes the other way
        return "all, and more,"
    return "hardly any" if share < _HARDLY else part_of(share)


def _also(link: LinkShare, model: Model) -> str:
    """Which other loops the link is part of: what is lost with it is lost to them too."""
    others = [loop.name for loop in model.loops if loop.id in link.shared_with]
    shown = others if len(others) <= 3 else [*others[:3], f"{len(others) - 3} more"]
    return f" That arrow is also part of: {', '.join(shown)}." if shown else ""
