"""Partners as files: ratings of many as a table, all that is known of one as a document, out and in."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from loops.complaints import BadFile
from loops.model import Model
from loops.partners.document import write_history
from loops.partners.table import empty_table, write_table
from loops.store.records import Partner, TakenIn, Workspace
from loops.ui import saving, stoppable, workspace
from loops.ui.partnering import boxes
from loops.ui.partnering.opened import Opened
from loops.ui.text import listed

PLACE = "partner_files"
_FILE, _ADDED = "partners_file", "partners_added"
_LARGEST = 6
"""MB of a file that the browser sends: more than is taken in, so that its reader says so."""
_NAMES = "With names: what they are called, and who said it"
_WITHOUT = (
    "Without names a partner is called what you chose for it, or a number. What people wrote stands as they "
    "wrote it."
)
_COLUMNS = (
    "A table (CSV) has a row for each answer, with the columns partner, day, on, rating, and if you like "
    "kind, setting, workstream, role, reason and who. “On” is the box in its words on screen. A file that is "
    "taken in twice adds nothing twice."
)

_KINDS = ("partner", "rating", "action")


def many(space: Workspace, model: Model, every: Sequence[Partner]) -> None:
    """All partners as one table, and a table or a document taken in."""
    with st.expander("Take partners in from a file, or away as one", key="partners_files"):
        file = st.file_uploader(
            "A table of many partners (.csv), or one partner (.toml)",
            type=["csv", "toml"],
            key=saving.field(_FILE),
            max_upload_size=_LARGEST,
        )
        stoppable.let_it_end()
        if file is not None and st.button("Add what it says", type="primary"):
            _take_in(space, model, file)
            st.rerun()
        st.caption(_COLUMNS)
        st.download_button(
            "A table to fill in (CSV)",
            data=lambda: empty_table([box.label for box in boxes.asked(model, (), "")[0]]),
            file_name="partners-to-fill-in.csv",
            mime="text/csv",
            on_click="ignore",
        )
        saving.complaint(PLACE)
        if added := st.session_state.pop(_ADDED, ""):
            st.info(added)
        if every:
            _away(space, every)


def _away(space: Workspace, every: Sequence[Partner]) -> None:
    """The table is offered on this run of the page alone, for it grows old."""
    names, made = _tick("partners_names"), []
    if not st.button("Prepare all ratings as a table"):
        return

    def make(progress: stoppable.Progress) -> None:
        known = []
        for place, partner in enumerate(every):
            progress(place / len(every), f"{place:,} of {len(every):,} partners are read")
            known.append(workspace.store().history(space.token, partner.id))
        made.append(write_table(known, with_names=names))

    stoppable.work(make, key="partners_table")
    for table in made:
        st.download_button(
            "Save the table (CSV)",
            data=table,
            file_name="partners.csv",
            mime="text/csv",
            on_click="ignore",
            type="primary",
        )


def one(which: Opened) -> None:
    """All that was said of a partner and done with it, as one document."""
    names = _tick("partner_names")
    st.download_button(
        "All that is known of it (TOML)",
        data=lambda: write_history(which.history, with_names=names),
        file_name="partner.toml",
        mime="application/toml",
        on_click="ignore",
    )


def _tick(key: str) -> bool:
    names = st.checkbox(_NAMES, key=key, persist_state="session")
    if not names:
        st.caption(_WITHOUT)
    return names


def _take_in(space: Workspace, model: Model, file: UploadedFile) -> None:
    """Add what a file says, all of it or nothing, with progress and a way to stop."""

    def make(progress: stoppable.Progress) -> None:
        store, data = workspace.store(), file.getvalue()
        added = store.import_partners(space.token, data, file.name, model=model, progress=progress)
        saving.empty(_FILE)
        st.session_state[_ADDED] = said(added)

    try:
        with saving.noting(PLACE):
            stoppable.work(make, key="partners_file")
    except BadFile as problem:
        saving.complain(PLACE, str(problem))


def said(added: TakenIn) -> str:
    """What a file added, in a sentence.

    >>> said(TakenIn(partners=1, ratings=12, actions=0, already=3))
    'Added: 1 partner and 12 ratings. 3 were here already.'
    >>> said(TakenIn(partners=0, ratings=0, actions=0, already=3))
    'Nothing was added: all of it was here already.'
    """
    counts = (added.partners, added.ratings, added.actions)
    new = [
        f"{count:,} {kind}{'s' * (count != 1)}" for count, kind in zip(counts, _KINDS, strict=True) if count
    ]
    if not new:
        return "Nothing was added: all of it was here already."
    here = (
        f" {added.already:,} {'was' if added.already == 1 else 'were'} here already." if added.already else ""
    )
    return f"Added: {listed(new)}.{here}"
