"""What was answered about a partner and is not kept yet: the fields it stands in, and the marks it makes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import streamlit as st

from loops.partners import Mark
from loops.ui import saving
from loops.ui.partnering import unsent
from loops.ui.partnering.opened import Opened

_SAID = ("said:", "why:")
"""How the names of those fields begin that are empty once the answers are kept."""


def roles(which: Opened) -> list[str]:
    """As whom somebody can speak: as all of them (empty), or a role of the partner or else of the model."""
    return ["", *(which.profile.roles or [role.label for role in which.model.roles])]


def field(which: Opened, *names: str) -> str:
    """The key of a field: of ``said`` and ``why`` by role and box, of ``who`` by role; ``role``, ``day``."""
    return ":".join((saving.field(which.key("rate")), *names))


def given(which: Opened) -> list[Mark]:
    """All that was answered, as whomever."""
    stands: Mapping[str, Any] = _stands(which)
    day = stands.get("day", date.today())
    found = []
    for role in roles(which):
        for box in (*which.model.variables, *which.model.contexts):
            if said := stands.get(f"said:{role}:{box.id}"):
                reason, who = stands.get(f"why:{role}:{box.id}", ""), stands.get(f"who:{role}", "")
                found.append(Mark(box.id, said, day, role, reason, who))
    return found


def come_back(which: Opened) -> bool:
    """Put into the fields what outlived a reload; whether there was anything."""
    remembered = unsent.remembered(which)
    _put(which, remembered)
    return bool(remembered)


def remember(which: Opened) -> None:
    """Have what stands in the fields outlive a reload."""
    unsent.remember(which, _stands(which))


def clear(which: Opened) -> None:
    """Empty the answers; the day, the role and the names stay, for whoever speaks next."""
    stands = _stands(which)
    saving.empty(which.key("rate"))
    _put(which, {name: value for name, value in stands.items() if not name.startswith(_SAID)})
    unsent.forget(which)


def _stands(which: Opened) -> dict[str, object]:
    """What stands in fields that are not empty, by their names."""
    start = field(which, "")
    state = {str(key): value for key, value in st.session_state.to_dict().items()}
    return {key[len(start) :]: value for key, value in state.items() if key.startswith(start) and value}


def _put(which: Opened, fields: Mapping[str, object]) -> None:
    for name, value in fields.items():
        st.session_state[field(which, name)] = value
