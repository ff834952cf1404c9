"""One loop on the diagram: the boxes it passes, its arrows one by one, and how we know each of them."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from loops.draw.diagram import View, draw
from loops.draw.layout import link_keys, place
from loops.feedback import Feedback, Found
from loops.model import Model
from loops.narrate import narrate
from loops.ui import look
from loops.ui.catalogue import Shelf
from loops.ui.components import canvas
from loops.ui.components.canvas import Picked
from loops.ui.driving.driven import Names
from loops.ui.reading import arrow_words, reveal
from loops.ui.reading.card import KINDS
from loops.ui.text import md, table


def show(shelf: Shelf, found: Found, names: Names, listed: Sequence[int], *, ran: bool) -> None:
    """Choose one of the listed loops, and see it on the diagram with its arrows in words.

    Once the plans ran the list is in another order, and the choice begins with its first.
    """
    ids = {found.loops[k].id: k for k in listed}
    key = f"leading:seen:{shelf.key}:{ran}"
    if st.session_state.get(key) not in ids:
        st.session_state[key] = next(iter(ids))
    chosen = st.selectbox(
        "See a loop on the diagram",
        list(ids),
        format_func=lambda name: f"{names.tags[ids[name]]} {names.full[ids[name]]}",
        key=key,
        persist_state="session",
    )
    loop = found.loops[ids[chosen]]
    left, right = st.columns([1.6, 1], gap="medium")
    with left:
        _drawing(shelf, loop)
    with right:
        _words(shelf.model, loop)


def _drawing(shelf: Shelf, loop: Feedback) -> None:
    """Its boxes where they stand in the whole diagram, with its own arrows standing out."""
    model = shelf.model
    shown = [name for name in model.nodes if name in loop.nodes]
    keys = {link: key for key, link in reversed(link_keys(model).items())}
    lit = frozenset(keys[link] for link in loop.links)
    canvas.show(
        draw(model, look.palette(), View(shown=shown, lit=lit)),
        key="leading:canvas",
        loops=reveal.loop_words(model, place(model, shown)),
        chosen=Picked("loop", loop.named.id) if loop.named else None,
        file_name=f"{model.id}_loop",
        height="52vh",
    )


def _words(model: Model, loop: Feedback) -> None:
    st.markdown(md(KINDS[loop.letter]))
    st.markdown(md(narrate(model, loop)))
    rows = [(arrow_words.sentence(model, link), link.grade) for link in loop.links]
    st.html(table(("Arrow", "How we know"), rows, caption="Once round, arrow by arrow"))
    st.markdown(f"**Its least certain arrow is {loop.grade}.** {md(arrow_words.GRADES[loop.grade])}")
