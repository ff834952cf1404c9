"""The diagram that came in, with every sign that is not known as a ?; what is picked in it is remembered."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext

import streamlit as st

from loops.draw.diagram import View, draw
from loops.draw.layout import link_keys, place
from loops.model import Model
from loops.ui import look
from loops.ui.bringing import kept
from loops.ui.bringing.brought import Brought, is_placed, placed
from loops.ui.bringing.words import counted
from loops.ui.components import canvas
from loops.ui.components.canvas import Picked
from loops.ui.reading import reveal


def show(key: str, brought: Brought) -> None:
    """Draw it; a large one when somebody asks."""
    many = f"{counted(len(brought.model.nodes), 'box')} and {counted(len(brought.model.links), 'arrow')}"
    if brought.large and not st.toggle(f"Draw all of it: {many}", key=f"bring:draw:{key}"):
        st.info("This is a large diagram: its picture takes some seconds, and is hard to read as a whole.")
        return
    if not is_placed(brought):
        with st.spinner("The boxes and arrows are given their places. This takes some seconds, once."):
            brought = kept.every()[key] = placed(brought)
    with patience(brought, "The picture is drawn."):
        _canvas(key, brought.model)


def patience(brought: Brought, words: str) -> AbstractContextManager[None]:
    """Say what goes on while something is done that takes long with a large diagram."""
    return st.spinner(words) if brought.large else nullcontext()


def _canvas(key: str, model: Model) -> None:
    words = reveal.loop_words(model, place(model))
    canvas.show(
        draw(model, look.palette(), View(legend=True)),
        key=f"bring:canvas:{key}",
        loops=words,
        steps=reveal.one_by_one(words),
        chosen=picked(key, model),
        on_pick=lambda part: _pick(key, part),
        file_name=f"{model.id}_diagram",
        height="62vh",
    )


def picked(key: str, model: Model) -> Picked | None:
    """What is picked in the diagram, if it is still there."""
    part: Picked | None = st.session_state.get(_picked(key))
    if part is None:
        return None
    there = {
        "node": set(model.nodes),
        "link": set(link_keys(model)),
        "loop": {loop.id for loop in model.loops},
    }
    return part if part.id in there[part.kind] else None


def clear(key: str) -> None:
    """Nothing is picked any more."""
    _pick(key, None)


def _pick(key: str, part: Picked | None) -> None:
    st.session_state[_picked(key)] = part


def _picked(key: str) -> str:
    return f"bring:picked:{key}"
