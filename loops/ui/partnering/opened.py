"""The partner that is open: what every part of its page is drawn from, and its place in the address."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import streamlit as st

from loops.journey.standing import Standing, standing
from loops.model import Model
from loops.partners import History, Profile
from loops.store import StoreProblem
from loops.store.records import Partner, Workspace
from loops.ui import asked, catalogue, workspace
from loops.ui.catalogue import Shelf
from loops.ui.room import phone

PARAMETER = "partner"
"""The partner's number in the address: a name never stands there."""
STEP = "partner_step"
_FOLLOWED = "partner_followed"
_WORKED_OUT = ("ahead:", "fitting:")
"""How the names of those things begin that were worked out from what was said of some partner."""


@dataclass(frozen=True)
class Opened:
    """What every part needs: the space, the open model, the partner, and all that is known of it."""

    space: Workspace
    shelf: Shelf
    partner: Partner
    history: History

    @property
    def model(self) -> Model:
        """The model that is open: the one in whose words the partner was rated."""
        return self.shelf.model

    @property
    def profile(self) -> Profile:
        """Who the partner is."""
        return self.partner.profile

    @property
    def rated(self) -> bool:
        """Whether anybody has said anything of it yet."""
        return bool(self.history.marks)

    @cached_property
    def standing(self) -> Standing:
        """Where the partner stands by all that was said."""
        return standing(self.model, self.history.marks)

    def key(self, name: str) -> str:
        """A name for a field that belongs to this partner alone."""
        return f"{name}{_own(self.space, self.partner.id)}"

    @property
    def is_here(self) -> bool:
        """Whether it still is in the space, where others may have erased it meanwhile."""
        try:
            return bool(workspace.store().partner(self.space.token, self.partner.id))
        except StoreProblem:
            return False


def number(space: Workspace) -> int | None:
    """The id of the partner that is open in a space, if one is: by the address, or as it was left."""
    given = st.query_params.get(PARAMETER, "")
    if given.isdecimal() and len(given) < 12:
        st.session_state[_place(space)] = int(given)
    found: int | None = st.session_state.get(_place(space))
    if found is None:
        st.query_params.pop(PARAMETER, None)
    elif given != str(found):
        st.query_params[PARAMETER] = str(found)
    return found


def open_up(space: Workspace, partner: int, step: str | None = None) -> None:
    """Open a partner, at a step of its page or at the one where the last partner was left."""
    st.session_state[_place(space)] = partner
    st.query_params[PARAMETER] = str(partner)
    if step:
        go(step)


def go(step: str) -> None:
    """Show a step of the open partner's page, by the name that :mod:`loops.ui.partners` has for it."""
    st.session_state[STEP] = step


def close(space: Workspace) -> None:
    """Go back to the list."""
    for kept in (_place(space), _FOLLOWED):
        st.session_state.pop(kept, None)
    st.query_params.pop(PARAMETER, None)


def forget(space: Workspace, partner: int) -> None:
    """Forget what this visit holds of a partner: what is in its fields, and all that was worked out."""
    own = _own(space, partner)
    for key in [str(key) for key in st.session_state]:
        if key.endswith(own) or f"{own}:" in key or key.startswith(_WORKED_OUT):
            del st.session_state[key]
    asked.forget()


def follow(space: Workspace) -> None:
    """Have the model of a partner that has just been opened be the open one; call it before one is chosen.

    Raises :class:`loops.store.StoreProblem` when there is no such partner, which leaves the list.
    """
    found = number(space)
    if found is None or st.session_state.get(_FOLLOWED) == (space.token, found):
        return
    model = _partner(space, found).model
    st.session_state[_FOLLOWED] = (space.token, found)
    if shelf := phone.opened_as(model):
        st.session_state[catalogue.CHOSEN] = shelf.key


def find(space: Workspace, shelf: Shelf) -> Opened | None:
    """The partner that is open with all that is known of it; none where the list is to be shown.

    One that was rated in the words of another model is closed. Raises :class:`loops.store.StoreProblem`.
    """
    found = number(space)
    if found is None:
        return None
    partner = _partner(space, found)
    if partner.model != shelf.model.id:
        close(space)
        return None
    return Opened(space, shelf, partner, workspace.store().history(space.token, found))


def _partner(space: Workspace, found: int) -> Partner:
    """The partner as it reads now; raises :class:`loops.store.StoreProblem` and forgets one that is gone."""
    try:
        return workspace.store().partner(space.token, found)
    except StoreProblem:
        forget(space, found)
        close(space)
        raise


def _own(space: Workspace, partner: int) -> str:
    return f":{space.token}:{partner}"


def _place(space: Workspace) -> str:
    return f"partner_open:{space.token}"
