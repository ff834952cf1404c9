"""Partners whose ratings are made up: from words, or from levels that are known."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np

from loops.journey.standing import Standing, standing
from loops.kernel import Floats
from loops.model import Model
from loops.partners import Deed, History, Mark, Profile
from loops.partners.history import A_MONTH
from loops.partners.said import said_of

BEGUN = date(2024, 1, 1)


def after(months: float) -> date:
    """The day so many months after the first, to the nearest."""
    return BEGUN + timedelta(days=round(months * A_MONTH))


def history(model: Model, *marks: tuple[float, str, str], deeds: Sequence[Deed] = ()) -> History:
    """A history in which the partner as a whole said words of boxes after some months."""
    said = sorted((after(month), box, word) for month, box, word in marks)
    return History(
        Profile("Surgery A"), model.id, tuple(Mark(box, word, day) for day, box, word in said), tuple(deeds)
    )


def stands(model: Model, **said: str) -> Standing:
    """Where a partner stands of whom this was said on the first day, with spaces as underscores."""
    return standing(model, [Mark(box, word.replace("_", " "), BEGUN) for box, word in said.items()])


def arrow(source: str, target: str, polarity: str, strength: float, **more: Any) -> dict[str, Any]:
    """An arrow as a file has it."""
    return {"from": source, "to": target, "polarity": polarity, "strength": strength, **more}


def from_levels(
    model: Model, months: Sequence[float], levels: Floats, *, off: Floats | float = 0.0, deeds=()
) -> History:
    """A history in which people said what covers the levels (T, n), each `off` by so much."""
    boxes = sorted(node.id for node in model.variables)
    words = np.clip(levels + off, 0, 1)
    return history(
        model,
        *(
            (month, box, said_of(level))
            for month, row in zip(months, words, strict=True)
            for box, level in zip(boxes, row.tolist(), strict=True)
        ),
        deeds=deeds,
    )
