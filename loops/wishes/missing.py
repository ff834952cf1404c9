"""What must not be missing from a list, such as a one-minute conversation in every consultation.

"When using this co-design tool it's important to ensure that essential items are fed in to ensure the most
effective things are reflected in the proposed utopia" (the seed, Utopia Modelling, Advice to others).
"""

from __future__ import annotations

from collections.abc import Sequence

from loops.influence import Essential, Setting
from loops.model import Model
from loops.store.records import Item
from loops.wishes.matched import match


def missing(model: Model, setting: Setting, items: Sequence[Item]) -> tuple[Essential, ...]:
    """The essentials of a setting that no item is, nor seems to be; each has the passage that it is from."""
    there = {item.lever for item in items}
    for item in items:
        if item.lever not in model.nodes and item.helps not in model.nodes:
            there |= {found.lever for found in match(model, item.label)[:1]}
    return tuple(one for one in setting.essentials if one.lever not in there and one.lever in model.nodes)
