"""The diagram: the few boxes that matter most, then everything; pick a part to read, play a plan over it."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from loops.draw.diagram import SIGNS, View, draw
from loops.draw.layout import link_keys, loops_by_id, place
from loops.model import Link, Model
from loops.simulate import DidNotFinish
from loops.ui import catalogue, choose, edit, going, look
from loops.ui.catalogue import Shelf
from loops.ui.components import canvas
from loops.ui.components.canvas import Frames, Picked
from loops.ui.editing import picking
from loops.ui.engine import engine, getting_ready
from loops.ui.reading import filling, reveal
from loops.ui.reading.arrow_words import quoted
from loops.ui.reading.card import Card
from loops.ui.reading.names import part_names
from loops.ui.text import ASSUMPTIONS, csv_text, md, table, unique

INVITATION = (
    "Each arrow says that more of one thing leads to **more (\\+)** or **less (\u2212)** of another. "
    "Arrows that lead back to where they began make a **loop**. Pick one to see what it does."
)
PLAIN, LEVEL, CHANGE = "Nothing: leave them plain", "How far each has come", "Change against nothing new"
_FILLS = (PLAIN, LEVEL, CHANGE)
ARROWS = "arrows"
"""In the address: everything is asked for, with the arrows one by one. The page takes it out again."""
_OPEN = "arrows_open"
_HEAD = ("From", "To", "+ or \u2212", "How we know", "Why", "In the source's words")


def page() -> StreamlitPage:
    """The page as the navigation knows it."""
    return st.Page(show, title="The diagram", url_path="diagram")


def show() -> None:
    """Draw the page."""
    look.begin("The diagram")
    if st.query_params.pop(ARROWS, None):
        st.session_state["everything"] = st.session_state[_OPEN] = True
    shelf = choose.model(*choose.row())
    st.markdown(INVITATION)
    left, right = st.columns([2.5, 1], gap="medium")
    with right:
        st.button("Change this diagram", key="to_change", on_click=_change, args=(_picked(shelf),))
        picked = _find(shelf)
        _beside(shelf, picked)
    with left:
        everything = not shelf.model.core or st.toggle(
            "Show everything", key="everything", persist_state="session"
        )
        shown = shown_with(shelf.model, everything, picked)
        drawing = st.container()
    frames = _filling(shelf)
    with drawing:
        _drawing(shelf, shown, picked, frames, short=not everything)
    _table(shelf.model, shown)


def _key(shelf: Shelf) -> str:
    return f"picked:{shelf.key}"


def _pick(shelf: Shelf, part: Picked | None) -> None:
    st.session_state[_key(shelf)] = part.part if part else None


def _picked(shelf: Shelf) -> Picked | None:
    part = st.session_state.get(_key(shelf))
    return Picked.of(part) if part else None


def _change(picked: Picked | None) -> None:
    """Go to where the diagram is changed, with the same part picked there."""
    picking.pick(picked)
    going.to(edit.PAGE)


def _find(shelf: Shelf) -> Picked | None:
    """What is picked, by whatever means; the list is for those who would rather read than point."""
    model = shelf.model
    names = part_names(model)
    if st.session_state.get(_key(shelf)) not in names:
        st.session_state[_key(shelf)] = None
    part = st.selectbox(
        "Find a loop, a box or an arrow",
        list(names),
        format_func=unique(names).__getitem__,
        key=_key(shelf),
        placeholder="Pick one here or in the diagram",
        persist_state="session",
    )
    return Picked.of(part) if part else None


def shown_with(model: Model, everything: bool, picked: Picked | None) -> list[str]:
    """The boxes to draw, in the order of the file: all, or the opening view and what was picked."""
    if everything:
        return list(model.nodes)
    wanted = set(model.core)
    if picked and picked.kind == "loop":
        wanted |= set(loops_by_id(model)[picked.id].nodes)
    elif picked and picked.kind == "link":
        link = link_keys(model)[picked.id]
        wanted |= {link.source, link.target}
    elif picked:
        wanted.add(picked.id)
    return [name for name in model.nodes if name in wanted]


def _drawing(
    shelf: Shelf, shown: Sequence[str], picked: Picked | None, frames: Frames | None, *, short: bool
) -> None:
    model = shelf.model
    words = reveal.loop_words(model, place(model, shown, short=short))
    canvas.show(
        draw(model, look.palette(), View(shown=shown, short=short, legend=True)),
        key="canvas",
        frames=frames,
        loops=words,
        steps=reveal.one_by_one(words),
        chosen=picked,
        on_pick=lambda part: _pick(shelf, part),
        file_name=f"{model.id}_diagram",
        height="56vh" if short else "72vh",  # of a small view the tools below are in sight too
    )


def _beside(shelf: Shelf, picked: Picked | None) -> None:
    """The card of what was picked, or else the loops to choose from."""
    if picked:
        st.button("Back to all loops", on_click=_pick, args=(shelf, None))
        Card(shelf.model, catalogue.found_in(shelf), lambda part: _pick(shelf, part)).show(picked)
        return
    for heading, means, names in _groups(shelf.model):
        st.markdown(f"**{md(heading)}.** {means}")
        with st.container(horizontal=True, gap="xsmall"):
            for name in names:
                loop = Picked("loop", name)
                label = reveal.name(loops_by_id(shelf.model)[name])
                st.button(md(label), key=f"loop:{name}", on_click=_pick, args=(shelf, loop))


def _groups(model: Model) -> list[tuple[str, str, list[str]]]:
    """The named loops by what they do to the box that most of them pass through."""
    named, hub = loops_by_id(model), reveal.hub(model)
    if hub is None:
        return []
    label = model.nodes[hub].short or model.nodes[hub].label
    here: dict[str, list[str]] = {"R": [], "B": [], "?": [], "": []}
    for name, loop in named.items():
        here[loop.letter if hub in loop.nodes else ""].append(name)
    told = [
        (f"What makes “{label}” grow", "Snowballs: a change feeds on itself, either way.", here["R"]),
        (f"What holds “{label}” back", "Brakes: a change is held back.", here["B"]),
        (f"Not decided yet for “{label}”", "An arrow on them has no sign yet.", here["?"]),
        ("Loops beside it", "They reach it by other arrows.", here[""]),
    ]
    return [group for group in told if group[2]]


def _filling(shelf: Shelf) -> Frames | None:
    """Choose what fills the boxes, and run the plan for it."""
    filled, planned = st.columns(2)
    with filled:
        wish = st.selectbox("Fill the boxes by", _FILLS, index=1, key="fill", persist_state="session")
    first, _ = catalogue.first_choices(shelf)
    if st.session_state.get(f"played:{shelf.key}") not in shelf.scenarios:
        st.session_state[f"played:{shelf.key}"] = first
    with planned:
        plan = st.selectbox(
            "Under this plan",
            list(shelf.scenarios),
            format_func=lambda key: shelf.scenarios[key].title,
            key=f"played:{shelf.key}",
            disabled=wish == PLAIN,
            persist_state="session",
        )
    if wish == PLAIN or not _ready():
        return None
    try:
        return filling.frames(shelf, plan, change=wish == CHANGE)
    except (DidNotFinish, ValueError) as problem:
        st.error(md(f"This plan cannot be run: {problem}"))
        return None


def _ready() -> bool:
    if not engine().ready():
        getting_ready(
            "Plans can be played here as soon as the engine is ready. The first time takes half a minute."
        )
    elif engine().problem:
        st.error(md(engine().problem))
    return engine().ready() and not engine().problem


def _table(model: Model, shown: Sequence[str]) -> None:
    links = [link for link in model.links if link.source in shown and link.target in shown]
    st.markdown(
        f"Shown: {len(shown)} of {len(model.nodes)} boxes and {len(links)} of {len(model.links)} arrows. "
        + ASSUMPTIONS
    )
    with st.expander("Every arrow in the picture, one by one", expanded=_OPEN in st.session_state):
        rows = [_row(model, link) for link in links]
        st.html(table(_HEAD, rows, caption="Every arrow in the picture", least=56))
        st.download_button(
            "Download the arrows (CSV)",
            csv_text(_HEAD, rows),
            file_name=f"{model.id}_arrows.csv",
            mime="text/csv",
            on_click="ignore",
        )


def _row(model: Model, link: Link) -> tuple[str, ...]:
    words = quoted(model, link.passage, link.locator, link.cited)
    if link.against:
        words += f" Against it: {quoted(model, link.against, link.against_locator, link.cited)}"
    late = f", after about {link.delay:g} months" if link.delay else ""
    return (
        model.nodes[link.source].label,
        model.nodes[link.target].label,
        SIGNS[link.polarity] + late,
        link.grade,
        link.reason,
        words,
    )
