"""A surgery whose model is short, and items of its list as the store hands them out."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import count
from typing import Any

from loops.files import parse_model
from loops.store.records import Item

MODEL_FILE = """\
format = 1
id = "surgery"
title = "A surgery"

[variable.value]
label = "It helps"
start = 0.1

[variable.embedded]
label = "Part of how we work"
start = 0.1

[lever.minute]
label = "A one-minute conversation in every consultation"
hours_us = 2.0
hours_partner = 1.0
cost = 100
also = ["very brief advice"]
influence = [{ at = "individual", on = "community" }]

[lever.racks]
label = "Bike racks"
description = "Dry places for bikes, with a pump."
hours_us = 0.5

[setting.gp]
label = "GP surgery"
essential = [
  { lever = "minute", evidence = "stated", passage = "1-minute conversation", locator = "Advice to others" },
]

[setting.park]
label = "A park"

[[link]]
from = "minute"
to = "value"
polarity = "+"
strength = 0.1
evidence = "stated"
reason = "The source says so."
passage = "1-minute conversation"
locator = "Advice to others"

[[link]]
from = "racks"
to = "embedded"
polarity = "+"
strength = 0.05
"""
MODEL = parse_model(MODEL_FILE.encode(), "surgery.toml")
_NUMBERS = count(1)
_MOMENT = datetime(2024, 1, 1, tzinfo=UTC)


def wish(label: str, **said: Any) -> Item:
    """An item; what is not said of it is as the store has it."""
    usual: dict[str, Any] = dict.fromkeys(("lever", "at", "on", "owner", "why", "helps"), "")
    usual |= dict.fromkeys(("hours_us", "hours_partner", "cost"), 0.0)
    usual |= {"evidence": "assumed", "strength": "weak", "chosen": True, "utopia_id": 1, "version": 1}
    usual |= {"made_at": _MOMENT, "edited_at": _MOMENT}
    return Item(**{"id": next(_NUMBERS), "label": label} | usual | said)
