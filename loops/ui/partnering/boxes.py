"""Which boxes somebody is asked about, and in which order: those that concern them first."""

from __future__ import annotations

from collections.abc import Sequence

from loops.model import Context, Model, Variable

Box = Variable | Context
"""What can be rated: all but what we do, which is known."""


def asked(model: Model, roles: Sequence[str], role: str = "") -> tuple[list[Box], list[Box]]:
    """The boxes that a role is asked about first, and the rest.

    First come those that name the role, then the few of the opening view; those that name another role are
    that role's to say. For the partner as a whole those count that name one of its `roles`, or, when nobody
    has said who is there, of the model's.

    >>> from loops.files import read_model
    >>> from loops.library import shipped_models
    >>> surgery = read_model(shipped_models()["active_practice"])
    >>> [box.id for box in asked(surgery, (), "Reception")[0]]
    ['info_reception', 'value', 'buy_in', 'embedded', 'impact']
    """
    rated = {box.id: box for box in model.nodes.values() if isinstance(box, Variable | Context)}
    everybody = dict.fromkeys([*(each.label for each in model.roles), *roles])
    concerned = [role] if role else list(roles) or list(everybody)
    own = [name for name, box in rated.items() if any(_names(box, each) for each in concerned)]
    core = [name for name in model.core if name in rated]
    core = [name for name in core if name in own or not any(_names(rated[name], each) for each in everybody)]
    first = dict.fromkeys([*own, *core] or [variable.id for variable in model.variables])
    return [rated[name] for name in first], [box for name, box in rated.items() if name not in first]


def _names(box: Box, role: str) -> bool:
    """Whether a box is about a role: its label says so."""
    words = box.label.casefold().replace("-", " ").split()
    named = role.casefold().replace("-", " ").split()
    starts = range(len(words) - len(named) + 1)
    return any(
        all(word.startswith(name) for word, name in zip(words[start:], named, strict=False))
        for start in starts
    )
