"""What an arrow says, in words: what leads to what, how strongly, how late, and how anybody knows."""

from __future__ import annotations

import math

from loops.draw.scale import figure, in_words, years
from loops.model import Link, Model

GRADES = {
    "stated": "A source says so in its own words, and the words are quoted beside the arrow.",
    "inferred": "It follows from what a source says, but the source does not say it outright.",
    "contested": "There are words that point one way and words that point the other.",
    "assumed": "No source says so. It is our assumption.",
}
_QUICK, _SLOW = 12, 36
"""Months to half the way within which an arrow is called strong, and beyond which it is called weak."""


def sentence(model: Model, link: Link) -> str:
    """What leads to what.

    >>> from loops.files import read_model
    >>> from loops.library import shipped_models
    >>> model = read_model(shipped_models()["common_purpose"])
    >>> sentence(model, model.link("strain", "buy_in"))
    'More “Stretched for time” leads to less “Buy-in: ready to act”.'
    """
    source, target = (f"“{model.nodes[end].label}”" for end in (link.source, link.target))
    if link.polarity == "?":
        return f"Nobody has said yet whether more {source} leads to more or less {target}."
    return f"More {source} leads to {'more' if link.polarity == '+' else 'less'} {target}."


def half_way(link: Link) -> float:
    """Months in which the link, alone and with its source complete, goes half of the way; infinite at 0."""
    return math.log(2) / link.strength if link.strength else math.inf


def strength(link: Link) -> str:
    """How strong the arrow is, in one word and what that means."""
    months = half_way(link)
    if math.isinf(months):
        return "It does nothing: its strength is 0."
    word = "Strong" if months <= _QUICK else "Weak" if months > _SLOW else "Medium"
    return f"{word}, and assumed."


def figures(link: Link) -> str:
    """The figures behind the words, as things that can be pictured."""
    months = half_way(link)
    if math.isinf(months):
        return "Its strength is 0 a month."
    does = {"+": "wins half of what is missing", "-": "loses half of what is there"}
    goes = does.get(link.polarity, "goes half of the way")
    told = f"Alone and with its source complete, it {goes} in about {years(months)}"
    told += f" ({link.strength:.2g} a month)."
    if link.threshold is not None:
        told += f" About half of its effect is there when its source is at {figure(link.threshold)} of 1."
    return told


def lateness(link: Link) -> str:
    """How long the arrow takes to be felt; nothing when it acts at once."""
    if not link.delay:
        return ""
    return f"It takes about {_months(link.delay)} to be felt ({link.delay_evidence})."


def critical_mass(model: Model, link: Link) -> str:
    """How much has to build up before the arrow acts; nothing when it acts from the start."""
    if link.threshold is None:
        return ""
    word = in_words(link.threshold)
    there = "has begun" if word == "not yet" else f"is {word} there"
    source = model.nodes[link.source].label
    return f"It hardly acts until “{source}” {there}, then acts strongly ({link.threshold_evidence})."


def quoted(model: Model, passage: str | None, locator: str | None, cited: str | None) -> str:
    """A passage with the place it stands in; nothing without one."""
    if not passage:
        return ""
    source = next((one for one in model.sources if one.id == cited), None)
    where = [source.title if source else "", source.published if source else "", locator or ""]
    told = ", ".join(part for part in where if part)
    return f"“{passage}”" + (f" ({told})" if told else "")


def _months(count: float) -> str:
    return {0.5: "half a month", 1: "a month"}.get(count, f"{count:g} months")
