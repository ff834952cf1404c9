"""The diagram: the few boxes that matter most, then everything; a loop to read; every arrow as a table."""

from __future__ import annotations

from pathlib import Path

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from loops.draw.diagram import SIGNS, View, draw
from loops.draw.layout import link_keys
from loops.feedback import Feedback
from loops.model import Link, Model
from loops.narrate import narrate
from loops.ui import catalogue, choose, look
from loops.ui.catalogue import Shelf
from loops.ui.text import ASSUMPTIONS, md, table, unique

_HERE = Path(__file__).parent
_KINDS = {"R": "a snowball: a change feeds on itself, either way", "B": "a brake: a change is held back"}
_picture = st.components.v2.component(
    "living_loops_picture",
    html='<div class="picture"></div>',
    css=(_HERE / "picture.css").read_text(encoding="utf-8"),
    js=(_HERE / "picture.js").read_text(encoding="utf-8"),
)


def page() -> StreamlitPage:
    """The page as the navigation knows it."""
    return st.Page(show, title="The diagram", url_path="diagram")


def show() -> None:
    """Draw the page."""
    look.begin("The diagram")
    shelf = choose.model(*choose.row())
    model = shelf.model
    everything, loop = _choices(shelf)
    shown = _shown(model, everything, loop)
    links = [link for link in model.links if link.source in shown and link.target in shown]
    if loop:
        _story(model, loop)
    lit = frozenset(key for key, link in link_keys(model).items() if loop and link in loop.links)
    view = View(shown, short=not everything, lit=lit if loop else None)
    svg = draw(model, look.palette(), view)
    wide = len(shown) > 12
    _picture(
        key="picture", data={"svg": svg, "least": 1100 if wide else 560, "most": "none" if wide else "72vh"}
    )
    st.caption(
        "**\\+** more leads to more. **\u2212** more leads to less. **Two bars**: it takes time. "
        "**Line:** unbroken is stated in a source, dashes are inferred, dots are assumed, "
        "dashes and dots are contested. "
        "**Box:** square corners are levers, a dashed outline is a circumstance nobody here controls."
    )
    st.markdown(
        f"Shown: {len(shown)} of {len(model.nodes)} boxes and {len(links)} of {len(model.links)} arrows. "
        + ASSUMPTIONS
    )
    st.subheader("The arrows shown, one by one", anchor=False)
    rows = [_row(model, link) for link in (loop.links if loop else links)]
    head = ("From", "To", "+ or \u2212", "How we know", "Why", "In the source's words")
    st.html(
        table(
            head, rows, caption="The arrows of the loop" if loop else "Every arrow in the picture", least=56
        )
    )


def _choices(shelf: Shelf) -> tuple[bool, Feedback | None]:
    """Choose how much to see and which loop to read."""
    named = {loop.id: loop for loop in catalogue.loops_of(shelf)}
    key = f"loop:{shelf.key}"
    if st.session_state.get(key) not in named:
        st.session_state[key] = None
    reading, seeing = st.columns([3, 1], vertical_alignment="bottom")
    with reading:
        chosen = st.selectbox(
            "Read a loop",
            list(named),
            format_func=unique({one: _title(loop) for one, loop in named.items()}).__getitem__,
            key=key,
            placeholder="Choose a loop to see it in the diagram and read its story",
            persist_state="session",
        )
    with seeing:
        everything = st.toggle("Show everything", key="everything", persist_state="session")
    return everything or not shelf.model.core, named[chosen] if chosen else None


def _shown(model: Model, everything: bool, loop: Feedback | None) -> list[str]:
    """The boxes to draw, in the order of the file: all, or the opening view and what the loop passes."""
    if everything:
        return list(model.nodes)
    wanted = {*model.core, *(loop.nodes if loop else ())}
    return [name for name in model.nodes if name in wanted]


def _title(loop: Feedback) -> str:
    label = (loop.named.label if loop.named else None) or loop.letter
    kind = {"R": "snowball", "B": "brake"}.get(loop.letter, "not decided")
    return f"{label}  {loop.name} ({kind})"


def _story(model: Model, loop: Feedback) -> None:
    kind = _KINDS.get(loop.letter, "not known yet to be a snowball or a brake: an arrow on it has no sign")
    st.markdown(f"**{md(loop.name)}** is {kind}. Its least certain arrow is **{loop.grade}**.")
    if loop.named and loop.named.story:
        st.markdown(md(loop.named.story))
    with st.expander("Once round, arrow by arrow"):
        st.markdown(md(narrate(model, loop)))


def _row(model: Model, link: Link) -> tuple[str, ...]:
    words = f"“{link.passage}” ({link.locator})" if link.passage and link.locator else link.passage or ""
    if link.against:
        words += f" Against it: “{link.against}”" + (
            f" ({link.against_locator})" if link.against_locator else ""
        )
    late = f", after about {link.delay:g} months" if link.delay else ""
    return (
        model.nodes[link.source].label,
        model.nodes[link.target].label,
        SIGNS[link.polarity] + late,
        link.grade,
        link.reason,
        words,
    )
