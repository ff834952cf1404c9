"""What was seen as a table: taken in from a CSV file once somebody has looked at it, and saved as one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from loops.draw.seen import BEARINGS, told
from loops.model import Model
from loops.store.ledger import COLUMNS, NEEDED, written
from loops.store.records import Observation, Seen, Workspace
from loops.ui import saving, workspace
from loops.ui.stressing.seen import on_one_line
from loops.ui.text import listed, table

_FILE = "ledger:file"
_PLACE = "tabled"
_LARGEST = 6
"""MB that the browser sends: a little more than is taken in, so that our words tell what is too large."""
_PREVIEW = 8
_HEAD = ("When", "What was seen", "About", "What it does", "Where it is from")


def show(space: Workspace, model: Model, found: Sequence[Observation], named: Mapping[str, str]) -> None:
    """A place for a file with what would be added from it, and a button that saves all there is."""
    saving.complaint(_PLACE)
    rest = [name for name in COLUMNS if name not in NEEDED]
    st.markdown(
        "From Ripple Effects Mapping, say: one row for each thing seen. The first row names the columns: "
        f"{listed(NEEDED)}, and if you like {listed(rest)}. “on” is what it is about, in its words here; "
        "“bearing” is supports, contradicts or qualifies; a date is 2026-03-15 or 15/3/2026, or only 2026-03 "
        "or 2026."
    )
    file = st.file_uploader("A table (.csv)", type="csv", key=saving.field(_FILE), max_upload_size=_LARGEST)
    if file is not None:
        with workspace.telling():
            _offer(space, model, file.getvalue(), named)
    names = st.checkbox("Save the names of who did it or saw it, too", key="ledger:names")
    st.download_button(
        "Save all that was seen (CSV)" if found else "Save an empty table (CSV)",
        data=lambda: written(found, with_names=names or not found),
        file_name="what-was-seen.csv",
        mime="text/csv",
        on_click="ignore",
        key="ledger:csv",
    )


def _offer(space: Workspace, model: Model, data: bytes, named: Mapping[str, str]) -> None:
    """What a file would add, and the button that adds it."""
    new, here = workspace.store().new_observations(space.token, data, model=model.id, elements=named)
    if here:
        st.markdown(f"{here:,} of its {here + len(new):,} rows are written down here already.")
    if not new:
        st.markdown("Nothing is left to add.")
        return
    rows = [_row(seen, named[element]) for element, seen in new[:_PREVIEW]]
    some = f"the first {_PREVIEW} of {len(new):,}" if len(new) > _PREVIEW else f"{len(new)}"
    st.html(table(_HEAD, rows, caption=f"What would be added: {some}", least=44))
    what = f"Add these {len(new):,}" if len(new) > 1 else "Add this one"
    st.button(what, key="ledger:take", type="primary", on_click=_take, args=(space, model, data, named))


def _row(seen: Seen, about: str) -> tuple[str, ...]:
    return on_one_line(seen.date), told(seen), about, BEARINGS[seen.bearing], seen.source


def _take(space: Workspace, model: Model, data: bytes, named: Mapping[str, str]) -> None:
    with saving.noting(_PLACE):
        many = workspace.store().import_observations(space.token, data, model=model.id, elements=named)
        saving.empty(_FILE)
        st.toast(
            f"{many:,} more {'thing' if many == 1 else 'things'} seen {'is' if many == 1 else 'are'} kept."
        )
