"""Plans kept under a name, to compare with and to start from; in a shared space others can bring them in."""

from __future__ import annotations

import json

import streamlit as st

from loops.scenario import Scenario, fits
from loops.shape import as_file
from loops.store import StoreProblem
from loops.store.records import Snapshot, Workspace
from loops.ui import saving, workspace
from loops.ui.catalogue import Shelf
from loops.ui.planning import history
from loops.ui.planning.board import Board, add, drop, keep
from loops.ui.text import md

_PLACE = "keep"
"""Where a problem with saving is said."""


def button(shelf: Shelf, board: Board) -> None:
    """A button that keeps the plan as it is now under a name, and shows what is kept."""
    popover = st.popover("Keep this plan", key=f"keep:{shelf.key}", on_change="rerun")
    if not popover.open:
        return
    space = workspace.current()
    with popover:
        st.markdown("Keep the plan as it is, circumstances included, and compare it with what you try next.")
        with st.form(f"keep_form:{shelf.key}", border=False):  # so that Enter keeps it, too
            field = saving.field(_title(shelf))
            st.text_input("Keep this plan as", key=field, max_chars=200, placeholder="A name for it")
            st.form_submit_button(
                "Keep", key=f"keep_it:{shelf.key}", on_click=_keep, args=(shelf, space), type="primary"
            )
        saving.complaint(_PLACE)
        if board.kept:
            st.markdown("**On this page**")
        for plan in board.kept:
            name, remove = st.columns([3, 1], vertical_alignment="center")
            name.markdown(md(plan.title))
            remove.button(
                "Remove",
                key=f"remove:{shelf.key}:{plan.id}",
                on_click=_drop,
                args=(shelf, plan.id),
                help="Take it off this page. “Undo” brings it back.",
            )
        if space is None:
            st.caption("It stays for this visit; in a shared space (see the foot of the page) for good.")
            return
        with workspace.telling():
            _shared(shelf, space)


def _shared(shelf: Shelf, space: Workspace) -> None:
    """The plans of this model in the shared space: bring one here, delete it, or bring it back."""
    st.markdown(f"**In the shared space “{md(space.name)}”**")
    deleted = st.toggle("Show deleted plans", key=f"deleted_plans:{shelf.key}")
    found = workspace.store().snapshots(space.token, model=shelf.model.id, deleted=deleted)
    if not found:
        st.caption("None yet." if not deleted else "None.")
    for one in found:
        name, bring, delete = st.columns([3, 1.4, 1.2], vertical_alignment="center")
        name.markdown(md(one.title))
        if deleted:
            bring.button("Bring back", key=f"back:{one.id}", on_click=_restore, args=(space, one))
            continue
        bring.button("Compare", key=f"bring:{one.id}", on_click=_bring, args=(shelf, one))
        delete.button(
            "Delete",
            key=f"delete:{one.id}",
            on_click=_delete,
            args=(space, one),
            help="For everybody in the space.",
        )


def _keep(shelf: Shelf, space: Workspace | None) -> None:
    with saving.noting(_PLACE):
        try:
            board = keep(history.of(shelf).now, shelf.model, st.session_state[saving.field(_title(shelf))])
        except ValueError as problem:
            raise StoreProblem(str(problem)) from None
        if space:
            save(space, board.kept[-1])
        history.put(shelf, board)
        saving.empty(_title(shelf))


def save(space: Workspace, plan: Scenario) -> None:
    """Keep a plan for everybody in the space; raises :class:`StoreProblem`."""
    payload = json.dumps(as_file(plan, defaults=False), ensure_ascii=False)
    workspace.store().save_snapshot(space.token, title=plan.title, model=plan.model, payload=payload)


def _bring(shelf: Shelf, one: Snapshot) -> None:
    with saving.noting(_PLACE):
        try:
            history.put(shelf, add(history.of(shelf).now, read(shelf, one)))
        except ValueError as problem:
            raise StoreProblem(str(problem)) from None


def read(shelf: Shelf, one: Snapshot) -> Scenario:
    """The plan in a snapshot; raises :class:`ValueError` with one sentence when it does not fit the model."""
    try:
        return fits(shelf.model, Scenario.model_validate_json(one.payload))
    except ValueError:
        raise ValueError(f"“{one.title}” does not fit the model as it is now.") from None


def _drop(shelf: Shelf, name: str) -> None:
    history.put(shelf, drop(history.of(shelf).now, name))


def _delete(space: Workspace, one: Snapshot) -> None:
    with saving.noting(_PLACE):
        workspace.store().delete(space.token, one)


def _restore(space: Workspace, one: Snapshot) -> None:
    with saving.noting(_PLACE):
        workspace.store().restore(space.token, one)


def _title(shelf: Shelf) -> str:
    return f"keep_as:{shelf.key}"
