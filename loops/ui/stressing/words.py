"""Verdicts, comparisons and amounts in the words of the page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from loops.draw.scale import years
from loops.ensemble.ensemble import Ensemble
from loops.model import Model
from loops.scenario import Scenario
from loops.spread import Width
from loops.theory.claims import Case, Claim
from loops.theory.verdict import Verdict, Word
from loops.ui.text import listed

GUESSES: dict[Width, str] = {"narrow": "nearly right", "middle": "some way off", "wide": "far off"}
"""How far off our guesses are at each width."""
VERDICTS: dict[Word, str] = {
    "supported": "supported",
    "partly": "partly supported",
    "not supported": "not supported",
    "not run": "not tried",
}
_SAID: dict[Word, str] = {
    "supported": "support this",
    "partly": "partly support this",
    "not supported": "do not support this",
    "not run": "were not tried on this",
}


def verdict(found: Verdict) -> str:
    """What our assumptions say to a claim, as a range over how far off they are."""
    groups: dict[Word, list[str]] = {}
    for share in found.shares:
        groups.setdefault(share.word, []).append(GUESSES[share.width])
    run = {word: widths for word, widths in groups.items() if word != "not run"}
    if not run:
        return "Not tried yet."
    if len(run) == 1 and sum(map(len, run.values())) == len(GUESSES):
        return f"Our assumptions {_SAID[next(iter(run))]}, however far off our guesses are."
    said = [f"{_SAID[word]} if our guesses are {' or '.join(widths)}" for word, widths in run.items()]
    return f"Our assumptions {listed(said)}."


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


def cut_short(found: Iterable[Ensemble]) -> str:
    """That not everything was tried, and how much was; nothing where all was."""
    for each in found:
        if each.stopped:
            why = "It was stopped" if "stopped" in each.stopped else "This model is large"
            return (
                f"{why}: what stands here is from the first {each.done:,} of {each.asked:,} versions, and "
                "what would have come after them was not tried."
            )
    return ""


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
