"""The diagram as people see the partner, and beside it what was said of the box that somebody picks."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from loops.draw.diagram import View
from loops.draw.layout import place
from loops.draw.rated import in_short, rated_diagram
from loops.journey.missing import Missing
from loops.journey.standing import Standing
from loops.journey.telling import named
from loops.model import Lever
from loops.narrate import on_day
from loops.partners import UNKNOWN
from loops.ui import catalogue, look
from loops.ui.components import canvas
from loops.ui.components.canvas import Picked
from loops.ui.diagram import shown_with
from loops.ui.partnering import voices
from loops.ui.partnering.opened import Opened
from loops.ui.reading import reveal
from loops.ui.reading.card import Card
from loops.ui.reading.names import part_names
from loops.ui.text import md, table, unique

_MOST = 12
"""Boxes in a list beside the picture: the rest is counted."""
_ROWS = 200
"""Ratings of a box in its table: the latest ones."""


def show(which: Opened, standing: Standing, gaps: Sequence[Missing]) -> None:
    """Draw the picture, in which the first gaps and the ways to them are seen, and what is beside it."""
    left, right = st.columns([2.3, 1], gap="medium")
    with right:
        picked = _find(which)
        _beside(which, standing, picked)
    with left:
        everything = not which.model.core or st.toggle(
            "Show everything", key="everything", persist_state="session"
        )
        shown, short = shown_with(which.model, everything, picked), not everything
        shown = [name for name in which.model.nodes if name in {*shown, *on_the_way(gaps)}]
        canvas.show(
            rated_diagram(
                which.model, standing, look.palette(), View(shown=shown, short=short), also=first_gaps(gaps)
            ),
            key="where_canvas",
            loops=reveal.loop_words(which.model, place(which.model, shown, short=short)),
            chosen=picked,
            on_pick=lambda part: _pick(which, part),
            file_name="where_they_are",
        )


def on_the_way(gaps: Sequence[Missing]) -> set[str]:
    """The boxes from the first gaps to the outcomes."""
    return {gap.box for each in gaps for gap in each.trail}


def first_gaps(gaps: Sequence[Missing]) -> dict[str, str]:
    """What is said of each first gap: that it is missing, or in the way."""
    return {each.first.box: each.first.kind for each in gaps if each.first}


def _pick(which: Opened, part: Picked | None) -> None:
    st.session_state[which.key("where_picked")] = part.part if part else None


def _find(which: Opened) -> Picked | None:
    """What is picked, by whatever means; the list is for those who would rather read than point."""
    names, key = part_names(which.model), which.key("where_picked")
    if st.session_state.get(key) not in names:
        st.session_state[key] = None
    part = st.selectbox(
        "Find a box, an arrow or a loop",
        list(names),
        format_func=unique(names).__getitem__,
        key=key,
        placeholder="Pick one here or in the diagram",
        persist_state="session",
    )
    return Picked.of(part) if part else None


def _beside(which: Opened, standing: Standing, picked: Picked | None) -> None:
    """What was said of the box that is picked, or else where people differ and what nobody knows."""
    card = Card(which.model, catalogue.found_in(which.shelf), lambda part: _pick(which, part))
    if picked is None:
        with st.container(key="card", border=True):
            _lists(which, standing, card)
        return
    st.button("Back to the whole picture", on_click=_pick, args=(which, None))
    node = which.model.nodes.get(picked.id) if picked.kind == "node" else None
    if node is None or isinstance(node, Lever):
        card.show(picked)
        return
    with st.container(key="card", border=True):
        st.subheader(md(node.label), anchor=False)
        _said(which, standing, node.id)
        for word, looks in (("Not yet", node.not_yet), ("Fully", node.fully)):
            if looks:
                st.markdown(f"“{word}” looks like this: {md(looks)}")
        if node.prompts:
            st.markdown("**Questions to ask the room**")
            st.markdown("\n".join(f"- {md(prompt)}" for prompt in node.prompts))
    _before(which, node.id)


def _said(which: Opened, standing: Standing, box: str) -> None:
    """What each role says of a box, and why; who could tell us where nobody knows."""
    rated = standing.boxes.get(box)
    if rated is None:
        st.markdown(f"**Nobody has been asked.** {md(voices.to_ask(which, standing, [box])[box])}")
        return
    if len(rated.by_role) > 1:
        st.markdown(f"All together: **{md(in_short(rated))}**")
    for role, voice in rated.by_role.items():
        why = f" “{md(voice.reason)}”" if voice.reason else ""
        st.markdown(f"- {md(voices.speaker(role))}: **{md(voice.said)}**, {on_day(voice.day)}.{why}")
    if rated.apart:
        st.markdown("They see it differently: a good thing to talk about.")
    if rated.word == UNKNOWN:
        st.markdown(md(voices.to_ask(which, standing, [box])[box]))


def _before(which: Opened, box: str) -> None:
    """All that was said of a box, the latest first."""
    marks = [mark for mark in which.history.marks if mark.on == box]
    if not marks:
        return
    with st.expander(f"All that was said of it: {len(marks):,}"):
        rows = [
            (on_day(mark.day), voices.speakers([mark.role]), mark.said, mark.reason, mark.who)
            for mark in reversed(marks[-_ROWS:])
        ]
        label = which.model.nodes[box].label
        st.html(table(("Day", "Who spoke", "What they said", "Why", "Name"), rows, caption=label, least=30))
        if len(marks) > _ROWS:
            st.caption(f"The latest {_ROWS} are shown; the file of this partner holds them all.")


def _lists(which: Opened, standing: Standing, card: Card) -> None:
    """Where roles differ, what nobody knows and who could tell, and how much was talked about at all."""
    labels = {name: which.model.nodes[name].label for name in standing.boxes}
    apart = [name for name, rated in standing.boxes.items() if rated.apart]
    unknown = [name for name, rated in standing.boxes.items() if rated.word == UNKNOWN]
    told = {
        name: f"{named(which.model, name)}: {voices.voices(standing.boxes[name])}" for name in apart[:_MOST]
    }
    card.buttons("Where they see it differently", {Picked("node", name): said for name, said in told.items()})
    _more(apart)
    asks = voices.to_ask(which, standing, unknown[:_MOST])
    card.buttons(
        "Asked, and nobody knows",
        {Picked("node", name): f"{labels[name]}. {who}" for name, who in asks.items()},
    )
    _more(unknown)
    every = len(which.model.variables) + len(which.model.contexts)
    st.markdown(f"Something was said of {len(standing.boxes)} of the {every} boxes that can be rated.")
    if standing.gone:
        st.caption(f"{len(standing.gone)} boxes that were rated are not in this diagram any more.")


def _more(names: Sequence[str]) -> None:
    if len(names) > _MOST:
        st.caption(f"And {len(names) - _MOST} more.")
