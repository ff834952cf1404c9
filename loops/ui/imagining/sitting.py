"""One sitting of a room: the place that it imagines, kept in the shared space, and open on this screen."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from loops.influence import Setting
from loops.library import shipped_models
from loops.model import Model
from loops.store.bounds import LABEL
from loops.store.records import Idea, Item, Utopia, Workspace
from loops.ui import catalogue, saving, workspace
from loops.ui.catalogue import Shelf
from loops.ui.imagining import places
from loops.ui.room import phone
from loops.ui.text import md, unique

_OWN = "own"
_PLACE = "utopia_start"
HOW = (
    "Imagine a place that you know, at its best: a surgery, a hospital, a park. Several tables write down "
    "what could be done and what one would see, hear and feel there, each on its own phone or laptop. "
    "Out of it come one list, what it would take, and a charter to sign."
)


@dataclass(frozen=True)
class Sitting:
    """What every step needs: the space, the open model, and the utopia with the place that it is of."""

    space: Workspace
    shelf: Shelf
    utopia: Utopia

    @property
    def model(self) -> Model:
        """The model that is open."""
        return self.shelf.model

    @property
    def place(self) -> Setting:
        """The place that is imagined, with its questions."""
        return places.called(self.model, self.utopia.setting)

    def ideas(self) -> tuple[Idea, ...]:
        """All that the tables wrote; raises :class:`loops.store.StoreProblem`."""
        return workspace.store().ideas(self.space.token, self.utopia.id)

    def items(self) -> tuple[Item, ...]:
        """What is on the list; raises :class:`loops.store.StoreProblem`."""
        return workspace.store().items(self.space.token, self.utopia.id)

    def key(self, name: str) -> str:
        """A name for a field that belongs to this utopia alone."""
        return f"{name}:{self.space.token}:{self.utopia.id}"


def called(utopia: Utopia) -> str:
    """What a utopia is called: its place, and the day or group if that has a name."""
    return f"{utopia.setting}: {utopia.title}" if utopia.title else utopia.setting


def chosen(space: Workspace, shelf: Shelf) -> Sitting | None:
    """Choose what the room goes on with, or start; raises :class:`loops.store.StoreProblem`."""
    made = {one.id: one for one in reversed(_made(space, shelf.model))}
    if not made:
        st.markdown(HOW)
        _elsewhere(space)
        _start(space, shelf.model)
        return None
    key = _chosen(space, shelf.model.id)
    if st.session_state.get(key) not in made:
        st.session_state[key] = next(iter(made))
    titles = unique({number: called(one) for number, one in made.items()})
    with st.container(horizontal=True, vertical_alignment="bottom"):
        number = st.selectbox(
            "What we imagine",
            list(made),
            format_func=titles.__getitem__,
            key=key,
            persist_state="session",
            width=420,
        )
        with st.popover("Imagine another place"):
            _start(space, shelf.model)
    return Sitting(space, shelf, made[number])


def _elsewhere(space: Workspace) -> None:
    """What was begun in this space with another model, where that is open: one press goes on with it."""
    for one in {one.model: one for one in workspace.store().utopias(space.token)}.values():
        if shelf := phone.opened_as(one.model):
            words = f"Go on with “{md(called(one))}”"
            st.button(words, key=f"utopia_on:{one.id}", on_click=_go_on, args=(space, shelf.key, one))


def _go_on(space: Workspace, key: str, one: Utopia) -> None:
    st.session_state[catalogue.CHOSEN] = key
    st.session_state[_chosen(space, one.model)] = one.id


def _made(space: Workspace, model: Model) -> tuple[Utopia, ...]:
    return workspace.store().utopias(space.token, model=model.id)


def _chosen(space: Workspace, model: str) -> str:
    return f"utopia:{space.token}:{model}"


def _start(space: Workspace, model: Model) -> None:
    """Which place, and what the room calls it."""
    if not model.settings:
        _knowing()
    labels = {each.id: each.label for each in places.known(model)} | {_OWN: "Another place"}
    place = st.pills(
        "Which place do you imagine?",
        list(labels),
        format_func=lambda name: md(labels[name]),
        default=next(iter(labels)),
        key=f"utopia_place:{model.id}",
        wrap=True,
        persist_state="session",
    )
    if place == _OWN:
        _line("Name that place", "utopia_own")
    _line("What you call this day or group (may stay empty)", "utopia_title")
    st.button("Begin", type="primary", on_click=_begin, args=(space, model), key="utopia_begin")
    saving.complaint(_PLACE)


def _knowing() -> None:
    """The way to a shipped model that knows such places, where the one that is open does not."""
    for key in shipped_models():
        other = catalogue.shelf(key).model
        if other.settings:
            st.caption(
                "The open model has no questions and no list of things to do for a place. This one has:"
            )
            st.button(f"Use “{md(other.title)}”", key=f"utopia_use:{key}", on_click=_use, args=(key,))


def _use(key: str) -> None:
    st.session_state[catalogue.CHOSEN] = key


def _line(label: str, name: str) -> None:
    st.text_input(label, key=saving.field(name), max_chars=LABEL, persist_state="session")


def _begin(space: Workspace, model: Model) -> None:
    place = st.session_state[f"utopia_place:{model.id}"] or _OWN
    labels = {each.id: each.label for each in places.known(model)}
    label = labels.get(place) or st.session_state.get(saving.field("utopia_own")) or ""
    if not label.strip():
        saving.complain(_PLACE, "Name the place that you imagine, then begin.")
        return
    with saving.noting(_PLACE):
        made = workspace.store().start_utopia(
            space.token,
            model=model.id,
            setting=label,
            title=st.session_state[saving.field("utopia_title")] or "",
        )
        st.session_state[_chosen(space, model.id)] = made.id
        for name in ("utopia_own", "utopia_title"):
            saving.empty(name)
