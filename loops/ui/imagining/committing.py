"""The last step: three things that the room will do, who does each and by when, and the charter to sign."""

from __future__ import annotations

from html import escape

import streamlit as st

from loops.draw.document.charter import COMMITMENTS
from loops.store.bounds import LABEL, TEXT
from loops.store.records import Commitment, Item
from loops.ui import saving, taken, workspace
from loops.ui.imagining import charter
from loops.ui.imagining.sitting import Sitting
from loops.ui.text import md, unique

PLACE = "utopia_committing"
_FIELDS = ("about", "what", "who", "by_when")
_OWN = 0
"""In place of an item of the list: something else that the room will do."""


def show(sitting: Sitting) -> None:
    """What was promised so far, fields for one more, and the charter."""
    made = workspace.store().commitments(sitting.space.token, sitting.utopia.id)
    st.html('<p class="asks">Which three things will you do first? Who does each, and by when?</p>')
    for number, one in enumerate(made, start=1):
        _promise(sitting, number, one)
    left = COMMITMENTS - len(made)
    if left > 0:
        st.markdown(f"{left} more to go." if made else f"Nothing has been promised yet: {left} to go.")
    _form(sitting)
    saving.complaint(PLACE)
    charter.show(sitting, made)


def _promise(sitting: Sitting, number: int, one: Commitment) -> None:
    said = ", ".join(part for part in (one.who, one.by_when and f"by {one.by_when}") if part)
    with st.container(border=True, horizontal=True, vertical_alignment="center", key=f"promise:{one.id}"):
        st.html(
            f'<div class="decided"><p>{number}. {escape(one.what)}</p>{escape(said)}</div>', width="stretch"
        )
        st.button(
            "Take it out",
            key=f"unpromise:{one.id}",
            help=md(one.what[:90]),
            on_click=taken.take_out,
            args=(sitting.space, one, _out(sitting), PLACE),
        )


def _form(sitting: Sitting) -> None:
    items = {one.id: one for one in sitting.items()}
    titles = unique({_OWN: "Something else"} | {number: one.label for number, one in items.items()})
    with st.container(border=True):
        about = st.selectbox(
            "What will you do? Choose from your list",
            list(titles),
            format_func=titles.__getitem__,
            index=None,
            key=saving.field(sitting.key("promise_about")),
            placeholder="Choose one, or something else",
            persist_state="session",
        )
        if about == _OWN:
            st.text_area(
                "In your own words",
                key=saving.field(sitting.key("promise_what")),
                max_chars=TEXT,
                height=80,
                persist_state="session",
            )
        who, when = st.columns([2, 1])
        for place, label, name in ((who, "Who does it?", "who"), (when, "By when?", "by_when")):
            field = saving.field(sitting.key(f"promise_{name}"))
            place.text_input(label, key=field, max_chars=LABEL, persist_state="session")
        st.button("Promise it", type="primary", on_click=_promised, args=(sitting, items))
        taken.way_back(sitting.space, _out(sitting), PLACE)


def _promised(sitting: Sitting, items: dict[int, Item]) -> None:
    said = {
        name: st.session_state.get(saving.field(sitting.key(f"promise_{name}"))) or "" for name in _FIELDS
    }
    about = said["about"] or None
    with saving.noting(PLACE):
        workspace.store().save_commitment(
            sitting.space.token,
            sitting.utopia.id,
            what=items[about].label if about in items else said["what"],
            who=said["who"],
            by_when=said["by_when"],
            item_id=about if about in items else None,
        )
        for name in _FIELDS:
            saving.empty(sitting.key(f"promise_{name}"))


def _out(sitting: Sitting) -> str:
    """Where it is remembered what was taken out last."""
    return sitting.key("unpromised")
