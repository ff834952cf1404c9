"""Take a partner off the list, which can be undone, or erase all that is known of it, which cannot."""

from __future__ import annotations

import streamlit as st

from loops.partners.history import known_by
from loops.store.bounds import LABEL
from loops.store.records import Belongings
from loops.ui import saving, taken, workspace
from loops.ui.partnering import listing, opened, unsent
from loops.ui.partnering.opened import Opened
from loops.ui.progressing import known
from loops.ui.text import listed, md

PLACE = "partner_erasing"
_GOES = (
    "Everything goes that is kept here about “{name}”: who it is, in every version; {counts}. What was taken "
    "back goes, too, and nothing can bring it back. Files that somebody has saved are not here: erase those "
    "where they are."
)
_KINDS = {
    "ratings": ("rating", "ratings"),
    "actions": ("thing that was done", "things that were done"),
    "courses": ("course that was expected", "courses that were expected"),
    "decisions": ("decision about it", "decisions about it"),
    "notes": ("note on those", "notes on those"),
}


def show(which: Opened) -> None:
    """Draw both ways."""
    st.markdown("**Take it off the list.** All that is known of it stays, and one press brings it back.")
    st.button("Take it off the list", on_click=_take_off, args=(which,))
    st.divider()
    kept = workspace.store().belongings(which.space.token, which.partner.id)
    goes = _GOES.format(name=which.profile.name, counts=said(kept))
    st.markdown(f"**Erase it for good.** {md(goes)}")
    key = which.key("partner_erase")
    st.text_input("To erase it, write its name", key=key, max_chars=LABEL)
    st.button("Erase it for good", on_click=_erase, args=(which, key))
    saving.complaint(PLACE)


def said(kept: Belongings) -> str:
    """How much of each kind there is, in words.

    >>> said(Belongings(versions=2, ratings=12, actions=1, courses=0, decisions=0, notes=0))
    '12 ratings and 1 thing that was done'
    """
    counts = {name: getattr(kept, name) for name in _KINDS}
    found = [f"{count} {_KINDS[name][count != 1]}" for name, count in counts.items() if count]
    return listed(found) if found else "nothing has been said of it yet"


def _take_off(which: Opened) -> None:
    with saving.noting(PLACE):
        taken.remove(which.space, which.partner, listing.taken_off(which.space))
        opened.close(which.space)


def _erase(which: Opened, key: str) -> None:
    """Erase the partner when its name was written, and say what went."""
    if known_by(st.session_state[key] or "") != known_by(which.profile.name):
        saving.complain(PLACE, "Nothing was erased: write its name as it stands above, then press again.")
        return
    with saving.noting(listing.PLACE):
        try:
            went = workspace.store().erase_partner(which.space.token, which.partner.id)
            st.toast(f"It is erased: {said(went)}.")
        finally:  # it is gone also where traces of it could not be written over yet
            unsent.erase(which)
            known.forget()
            opened.forget(which.space, which.partner.id)
            opened.close(which.space)
