"""The partners of a shared space in the order of their names: found, opened, and put back on the list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from math import ceil

import streamlit as st

from loops.store.records import Partner, Workspace
from loops.ui import catalogue, choose, saving, taken, workspace
from loops.ui.catalogue import Shelf
from loops.ui.partnering import opened
from loops.ui.room import phone
from loops.ui.text import listed, md, unique

PLACE = "partners"
_ROWS = 30
"""Partners on one page of a long list."""
_SEARCH = "partners_search"
_IS = ("is", "are")


def show(space: Workspace, shelf: Shelf, every: Sequence[Partner]) -> None:
    """Draw the list: those that are looked for, a page at a time."""
    found = [one for one in by_name(every) if _is_meant(one)]
    if len(every) > 1:
        st.text_input(
            "Find one by its name, setting, workstream or roles", key=_SEARCH, persist_state="session"
        )
    if every and not found:
        st.markdown("None is called or described so.")
    pages = ceil(len(found) / _ROWS)
    page = 1
    if pages > 1:
        says = f"Page (1 to {pages}, {len(found)} partners)"
        page = int(st.number_input(says, 1, pages, key=f"partners_page:{space.token}:{pages}", width=260))
    with st.container(key="partners_list", gap="small"):
        for one in found[(page - 1) * _ROWS : page * _ROWS]:
            _row(space, one)
    elsewhere(space, shelf)


def by_name(every: Iterable[Partner]) -> list[Partner]:
    """Partners in the order of their names: nothing else about them says who stands first."""
    return sorted(every, key=lambda one: (one.profile.name.casefold(), one.id))


def about(partner: Partner) -> str:
    """What is known of a partner but for its name, in one line."""
    who = partner.profile
    kind = "A workstream" if who.kind == "workstream" else ""
    roles = listed(list(who.roles)) if who.roles else ""
    return " · ".join(filter(None, (kind, who.setting, who.workstream, roles)))


def removed(space: Workspace, shelf: Shelf) -> None:
    """Those that were taken off the list, and the way back: of the last one with one press."""
    taken.way_back(space, taken_off(space), PLACE, "Bring back what was taken off the list")
    every = by_name(workspace.store().partners(space.token, model=shelf.model.id, deleted=True))
    if every:
        with st.expander(f"Taken off the list: {len(every)}", key="partners_off"):
            titles = unique({one.id: one.profile.name for one in every})
            known = {one.id: one for one in every}
            which = choose.if_any("Which one", titles, f"partner_removed:{space.token}")
            if which:
                st.button("Put it on the list again", on_click=_bring_back, args=(space, known[which]))
            st.caption("To erase one for good, put it on the list again and open it.")
    saving.complaint(PLACE)


def taken_off(space: Workspace) -> str:
    """Where it is remembered which one was taken off last."""
    return f"partner_taken_off:{space.token}"


def _bring_back(space: Workspace, one: Partner) -> None:
    with saving.noting(PLACE):
        workspace.store().restore(space.token, one)
        st.session_state.pop(taken_off(space), None)


def _is_meant(one: Partner) -> bool:
    """Whether all the words that are looked for stand somewhere in what is known of a partner."""
    known = f"{one.profile.name} {about(one)}".casefold()
    return all(word in known for word in (st.session_state.get(_SEARCH) or "").casefold().split())


def _row(space: Workspace, one: Partner) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.button(
            md(one.profile.name),
            key=f"partner:{one.id}",
            type="tertiary",
            on_click=opened.open_up,
            args=(space, one.id),
        )
        st.caption(md(about(one)), width="content")


def elsewhere(space: Workspace, shelf: Shelf) -> None:
    """Models in whose words other partners of this space were rated, where they are open: one press away."""
    models = (one.model for one in workspace.store().partners(space.token))
    for model, count in Counter(each for each in models if each != shelf.model.id).items():
        if other := phone.opened_as(model):
            words = f"Show the {count} that {_IS[count != 1]} rated with “{md(other.model.title)}”"
            st.button(words, key=f"partners_of:{model}", on_click=_choose, args=(other.key,))
        else:
            says = f"{count} more {_IS[count != 1]} rated with a model that is not open here, “{model}”."
            st.caption(md(f"{says} Open its file above."))


def _choose(key: str) -> None:
    st.session_state[catalogue.CHOSEN] = key
