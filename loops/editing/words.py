"""What the fields of a model are called for those who change it, and what is said of a wrong value."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ValidationError

from loops.complaints import from_validation
from loops.model import Loop
from loops.parts import PartT, replace

KINDS = {
    "variable": "something that changes by itself",
    "lever": "something we do",
    "context": "a circumstance",
}
FIELDS = {
    "label": "the name",
    "short": "the short name",
    "description": "the description",
    "not_yet": "what “not yet” looks like",
    "fully": "what “fully” looks like",
    "prompts": "the questions to ask",
    "position": "the place",
    "start": "the level at the start",
    "gain": "what it wins by itself",
    "fade": "what it loses by itself",
    "level": "the level",
    "hours_us": "our hours",
    "hours_partner": "the partner’s hours",
    "cost": "what it costs once, in pounds",
    "earliest": "the first month in which it can be done",
    "needs": "what must have begun before it",
    "influence": "its place in the influencer matrix",
    "also": "other words for it",
    "polarity": "the sign",
    "strength": "the strength",
    "delay": "the delay in months",
    "threshold": "the critical mass",
    "steepness": "how sharp the critical mass is",
    "evidence": "how we know it",
    "threshold_evidence": "how we know the critical mass",
    "delay_evidence": "how we know the delay",
    "spread": "how widely it is varied",
    "reason": "the reason",
    "passage": "the passage",
    "locator": "where the passage stands",
    "against": "the passage that says otherwise",
    "against_locator": "where the passage that says otherwise stands",
    "cited": "the document it is quoted from",
    "bend": "the bend",
    "name": "the name",
    "story": "the story",
    "path": "the way round",
    "id": "the short id in files",
    "title": "the title",
    "vision": "the shared vision",
    "cannot_say": "what it cannot say",
    "core": "the opening view",
    "outcomes": "what it is judged by",
    "horizon": "the months shown",
}
"""The fields of boxes, arrows, loops and the model itself, as a sentence names them."""
_INSIDE = re.compile(r"\[(needs|influence|also)\.")
"""What is wrong stands inside one of these fields of a lever."""


def field_name(part: type[BaseModel], field: str) -> str:
    """What a field of a part is called; a loop has a label, such as R1, beside its name."""
    return "the label" if part is Loop and field == "label" else FIELDS.get(field, field)


def renewed(part: PartT, fields: Mapping[str, Any], subject: str) -> PartT:
    """A part with some fields changed; raises :class:`ValueError`, in one sentence about `subject`."""
    try:
        return replace(part, **fields)
    except ValidationError as error:
        raise refused(error, type(part), subject, fields) from None


def refused(
    error: ValidationError, root: type[BaseModel], subject: str, fields: Mapping[str, Any]
) -> ValueError:
    """What is wrong with the values for a part of type `root`, in one sentence that says how to mend it."""
    bad = from_validation("", error, root, fields)
    inside = _INSIDE.match(bad.place)
    field = field_name(root, inside[1]) + ":" if inside else field_name(root, bad.place)
    return ValueError(": ".join(filter(None, (subject, f"{field} {bad.says}".strip()))).rstrip("."))
