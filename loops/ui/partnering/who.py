"""Who a partner is: its name, kind, setting, workstream, roles and hours; to add one and to change one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import streamlit as st

from loops.model import Model
from loops.partners import Profile
from loops.partners.history import Kind
from loops.store.bounds import HOURS, LABEL
from loops.store.records import Partner, Workspace
from loops.ui import saving, workspace
from loops.ui.imagining import places
from loops.ui.partnering import opened
from loops.ui.partnering.opened import Opened

PLACE = "partner_who"
_KINDS: dict[Kind, str] = {"partner": "A partner", "workstream": "A workstream of ours"}
_HOURS = (("hours_us", "Our hours a month for it"), ("hours_partner", "Its own hours a month"))
_NEW = "partner_new"


def new(space: Workspace, model: Model, every: Sequence[Partner]) -> None:
    """Fields for one more partner; it is opened at once, to be rated."""
    with st.expander("Add a partner", expanded=not every, key=f"partner_add:{model.id}"):
        _fields(model, _NEW, Profile(""), every)
        st.button("Add it", type="primary", on_click=_add, args=(space, model))
        saving.complaint(PLACE)


def change(which: Opened) -> None:
    """The fields of a partner; where somebody else was quicker, what was typed stays until it is let go."""
    draft = which.key("partner_change")
    seen = st.session_state.setdefault(_field(draft, "version"), which.partner.version)
    every = workspace.store().partners(which.space.token, model=which.model.id)
    _fields(which.model, draft, which.profile, every)
    with st.container(horizontal=True):
        st.button("Keep the change", type="primary", on_click=_change, args=(which, draft))
        if seen != which.partner.version:
            st.button("Show how it reads now", on_click=saving.empty, args=(draft,))
    saving.complaint(PLACE)


def _fields(model: Model, draft: str, now: Profile, every: Sequence[Partner]) -> None:
    _line("What it is called", draft, "name", now.name)
    st.pills(
        "What it is",
        list(_KINDS),
        format_func=_KINDS.__getitem__,
        default=now.kind,
        required=True,
        key=_field(draft, "kind"),
        persist_state="session",
    )
    settings = [each.label for each in places.known(model)]
    _own_or("What kind of place", draft, "setting", now.setting, settings)
    streams = sorted({one.profile.workstream for one in every} - {""}, key=str.casefold)
    _own_or("The workstream that it belongs to", draft, "workstream", now.workstream, streams)
    roles = dict.fromkeys([*(role.label for role in model.roles), *now.roles])
    st.multiselect(
        "Who there can say something",
        list(roles),
        list(now.roles),
        key=_field(draft, "roles"),
        accept_new_options=True,
        placeholder="Choose roles, or write your own",
        persist_state="session",
    )
    for place, (name, label) in zip(st.columns(2), _HOURS, strict=True):
        place.number_input(
            label,
            0.0,
            float(HOURS),
            float(getattr(now, name)),
            step=0.5,
            format="%g",
            key=_field(draft, name),
            help="0 while nobody has said.",
            persist_state="session",
        )
    _line("What to call it where names are left out (may stay empty)", draft, "alias", now.alias)


def _line(label: str, draft: str, name: str, now: str) -> None:
    st.text_input(label, now, max_chars=LABEL, key=_field(draft, name), persist_state="session")


def _own_or(label: str, draft: str, name: str, now: str, known: Iterable[str]) -> None:
    """One of the words that are known, or words of one's own."""
    options = list(dict.fromkeys([*known, *([now] if now else [])]))
    st.selectbox(
        label,
        options,
        options.index(now) if now else None,
        format_func=str,
        key=_field(draft, name),
        accept_new_options=True,
        placeholder="Choose, or write your own (may stay empty)",
        persist_state="session",
    )


def _read(draft: str) -> Profile:
    """What is in the fields."""
    said: dict[str, Any] = {}
    for name, empty in vars(Profile("")).items():
        said[name] = st.session_state.get(_field(draft, name)) or empty
    return Profile(**said | {"roles": tuple(said["roles"])})


def _add(space: Workspace, model: Model) -> None:
    with saving.noting(PLACE):
        made = workspace.store().add_partner(space.token, model=model.id, profile=_read(_NEW))
        saving.empty(_NEW)
        opened.open_up(space, made.id, "rate")


def _change(which: Opened, draft: str) -> None:
    with saving.noting(PLACE):
        workspace.store().edit_partner(
            which.space.token,
            which.partner.id,
            version=st.session_state[_field(draft, "version")],
            profile=_read(draft),
        )
        saving.empty(draft)


def _field(draft: str, name: str) -> str:
    return f"{saving.field(draft)}:{name}"
