"""What each box is: something that changes, a lever, or a circumstance."""

from __future__ import annotations

import streamlit as st

from loops.draw.scale import in_words
from loops.editing.changes import Become
from loops.editing.kinds import HALF, Kind, kind_of, level_of
from loops.model import Lever, Model
from loops.ui.bringing import kept
from loops.ui.bringing.brought import Brought, Made
from loops.ui.bringing.words import KINDS, counted, subject
from loops.ui.text import csv_text, md, table, unique

_SHOWN = 12
"""Boxes to choose for that are shown at once."""
_HEAD = ("Box", "What it is", "Where it starts")


def show(key: str, brought: Brought) -> None:
    """A choice for each box that no arrow leads to, and a table of all."""
    model = brought.model
    acted = {link.target for link in model.links}
    free = [name for name in model.nodes if name not in acted]
    changing = len(model.nodes) - len(free)
    if changing:
        st.markdown(f"{counted(changing, 'box')}: an arrow leads there, so it changes by itself.")
    if free:
        st.markdown("No arrow leads to these. Say what each of them is:")
    labels = unique({name: model.nodes[name].label for name in free})
    page = f"bring:kinds:{key}"
    shown = free[: st.session_state.get(page, _SHOWN)]
    for first in range(0, len(shown), 3):
        for column, name in zip(st.columns(3), shown[first : first + 3], strict=False):
            with column:
                _choice(key, brought, name, labels[name])
    if left := len(free) - len(shown):
        st.button(
            f"Show more boxes ({left:,} left)",
            key=f"press:{page}",
            on_click=_further,
            args=(page, len(shown)),
        )
    with st.expander("Every box, one by one"):
        _table(brought)


def _choice(key: str, brought: Brought, name: str, label: str) -> None:
    field = f"bring:kind:{key}:{name}"
    # what the model says, however it came to say so
    st.session_state[field] = kind_of(brought.model.nodes[name])
    st.selectbox(
        md(label), list(KINDS), format_func=KINDS.__getitem__, key=field, on_change=_chosen, args=(key, name)
    )


def _chosen(key: str, name: str) -> None:
    new = st.session_state[f"bring:kind:{key}:{name}"]
    model = kept.every()[key].model
    if new != kind_of(model.nodes[name]):
        wanted = _becoming(model, name, new)
        kept.change(key, Made(f"{subject(model, wanted)}: {KINDS[new]}", wanted))


def _becoming(model: Model, name: str, kind: Kind) -> Become:
    """What we do has not begun, and how far it has says nothing of a box that is no longer ours to set."""
    begun = HALF if isinstance(model.nodes[name], Lever) else None
    return Become(name, kind, 0.0 if kind == "lever" else begun)


def _further(page: str, shown: int) -> None:
    st.session_state[page] = shown + 4 * _SHOWN


def _table(brought: Brought) -> None:
    model = brought.model
    rows = [
        (
            node.label,
            KINDS[kind_of(node)],
            in_words(level_of(node)),
        )
        for name, node in model.nodes.items()
    ]
    st.html(table(_HEAD, rows, caption="Every box", least=30))
    st.download_button(
        "Download the boxes (CSV)",
        data=lambda: csv_text(_HEAD, rows),
        file_name=f"{model.id}_boxes.csv",
        mime="text/csv",
        on_click="ignore",
    )
