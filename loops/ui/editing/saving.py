"""Save a model: the first time under a name, then to the same file, never over what somebody else saved."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import streamlit as st

from loops import files
from loops.complaints import BadFile
from loops.files import Opened
from loops.library import MOST_SAVED, saved_folder, saved_key, saved_models, saved_path
from loops.model import Model
from loops.ui import catalogue, saving
from loops.ui.editing import clash, download, drafts
from loops.ui.editing.drafts import Draft
from loops.ui.text import md

PLACE = "change:save"
"""What went wrong for the buttons of this file is said here."""
_LONGEST = 200


def show(draft: Draft) -> None:
    """The buttons: save, save under another name, and download."""
    if draft.opened is None:
        with st.popover("Save", type="primary", key="change:first"):
            _name(draft)
    else:
        st.button("Save", key="change:save", type="primary", on_click=save, args=(draft.key,))
        with st.popover("Save under another name", key="change:other"):
            _name(draft)
    download.show(draft)


def said(draft: Draft) -> None:
    """What came of the last save: where it is, what went wrong, or what somebody else has saved meanwhile."""
    saving.complaint(PLACE)
    clash.show(draft, name=lambda: _name(draft, "clash"), anew=save_anew)


def _name(draft: Draft, where: str = "page") -> None:
    """A place for the name of a new file."""
    field = saving.field(f"change:name:{where}:{draft.key}")
    with st.form(f"change:form:{where}", border=False):
        st.text_input("A name for the file", draft.model.title[:_LONGEST], max_chars=_LONGEST, key=field)
        st.form_submit_button("Save it", on_click=save_as, args=(draft.key, field))
    st.caption(f"It is saved in {md(_short(saved_folder()))}. {SEEN}")


SEEN = "Everyone who opens this app can see the models that are saved there."


def save(key: str) -> None:
    """Save a draft to its file; what somebody else saved there meanwhile is shown, not lost."""
    draft = drafts.current(key)
    if draft is None or draft.opened is None:
        return
    if draft.model == draft.opened.part:
        saving.complain(PLACE, "Nothing has changed since it was saved.")
        return
    try:
        with st.spinner("It is saved."):
            saved = files.save(draft.opened, draft.model)
    except (BadFile, OSError) as problem:
        if not clash.found(draft):
            _complain(draft.opened.path, problem)
        return
    _done(draft, saved)


def save_as(key: str, field: str) -> None:
    """Save a draft, or an open model as it is, as a new file; never over one that is there."""
    draft, name = drafts.current(key), str(st.session_state.get(field) or "")
    if draft is None:
        return
    if not name.strip():
        saving.complain(PLACE, "Give the file a name: the title of the diagram is enough.")
        return
    _create(draft, saved_path(name))
    saving.empty(f"change:name:page:{key}")
    saving.empty(f"change:name:clash:{key}")


def save_anew(key: str) -> None:
    """Save a draft to its file again, which somebody has taken away."""
    draft = drafts.current(key)
    if draft is not None and draft.opened is not None:
        _create(draft, draft.opened.path)


def _create(draft: Draft, path: Path) -> None:
    try:
        with st.spinner("It is saved."):
            saved = files.create(path, draft.model)
    except (BadFile, OSError) as problem:
        _complain(path, problem)
        return
    _done(draft, saved)


def _done(draft: Draft, saved: Opened[Model]) -> None:
    """The draft goes on from what was saved, if it reads back as it was.

    A model that was only copied is shown from its new file.
    """
    try:
        if files.read_model(saved.path) != draft.model:
            raise BadFile(str(saved.path), "", "what was saved does not read back as it was.")
    except BadFile as problem:
        _complain(saved.path, problem)
        return
    clash.forget(draft.key)
    if draft.begun:
        drafts.keep(replace(draft, opened=saved))
    else:
        st.session_state[catalogue.CHOSEN] = saved_key(saved.path)
    hidden = saved_key(saved.path) not in saved_models()
    more = f" Only {MOST_SAVED} models are listed, and it is not among them." if hidden else ""
    st.toast(md(f"Saved as {saved.path.name} in {_short(saved.path.parent)}.{more}"), duration="long")


def _complain(path: Path, problem: BadFile | OSError) -> None:
    says = problem.says if isinstance(problem, BadFile) else f"it cannot be saved: {problem.strerror}."
    saving.complain(PLACE, f"{path.name}: {says} Nothing here is lost: you can download it, too.")


def _short(folder: Path) -> str:
    """A folder as seen from where the app was started, if it is in there."""
    here = Path.cwd()
    return str(folder.relative_to(here)) if folder.is_relative_to(here) else str(folder)
