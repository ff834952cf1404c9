"""Why believe this? Where the arrows come from, what is assumed, and what the model cannot tell anybody."""

from __future__ import annotations

from collections import Counter

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from loops.model import Model, Source
from loops.ui import choose, diagram, look
from loops.ui.reading.arrow_words import GRADES
from loops.ui.text import ASSUMPTIONS, listed, md, table


def page() -> StreamlitPage:
    """The page as the navigation knows it."""
    return st.Page(show, title="Why believe this?", url_path="why")


def show() -> None:
    """Draw the page."""
    look.begin("Why believe this?")
    model = choose.model(*choose.row()).model
    st.markdown(f"**{ASSUMPTIONS}**")
    st.markdown(md(model.description))
    st.subheader("How we know that an arrow is there", anchor=False)
    counts = Counter(link.grade for link in model.links)
    rows = [(grade, f"{counts[grade]} of {len(model.links)}", means) for grade, means in GRADES.items()]
    st.html(
        table(
            ("How we know", "Arrows", "What that means"), rows, caption="Every arrow has one of four grades."
        )
    )
    st.markdown(md(_what_is_assumed(model)))
    st.page_link(
        diagram.page(),
        label="Read every arrow with its reason and its source under the diagram",
        query_params={diagram.ARROWS: "all"},
    )
    if model.levers:
        st.subheader("What we do", anchor=False)
        st.markdown(md(_what_we_do(model)))
    if model.cannot_say:
        st.subheader("What this cannot tell you", anchor=False)
        st.markdown("\n".join(f"- {md(line)}" for line in model.cannot_say))
    st.subheader("Sources", anchor=False)
    st.markdown("\n".join(f"- {_cite(source)}" for source in model.sources) or "The file names no source.")
    st.subheader("Corrections", anchor=False)
    st.caption("What the authors of the original told us to change, and what we did.")
    if model.corrections:
        told = [(one.date, one.who, one.says, one.done) for one in model.corrections]
        head = ("When", "Who", "What they said", "What was changed")
        st.html(table(head, told, caption="Corrections so far", least=44))
    else:
        st.markdown("None has been given so far.")


def card(model: Model) -> None:
    """The short answer, for a place beside the curves."""
    counts = Counter(link.grade for link in model.links)
    parts = [f"{counts[grade]} {grade}" for grade in GRADES if counts[grade]]
    st.markdown(md(f"The diagram has {len(model.links)} arrows: {listed(parts)}."))
    st.markdown(md(_what_is_assumed(model)))
    if model.cannot_say:
        st.markdown(md(model.cannot_say[0]))


def _what_is_assumed(model: Model) -> str:
    said = f"How strong each of the {len(model.links)} arrows is, is assumed: no source gives a figure."
    late = [link for link in model.links if link.delay]
    steep = [link for link in model.links if link.threshold is not None]
    for links, field, what in (
        (late, "delay_evidence", "take time to act"),
        (steep, "threshold_evidence", "need enough to build up before they act"),
    ):
        if links:
            assumed = sum(getattr(link, field) == "assumed" for link in links)
            how = "all assumed" if assumed == len(links) else f"{assumed} assumed"
            said += f" {len(links)} arrows {what} ({how})."
    return said


def _what_we_do(model: Model) -> str:
    """What is known of the levers: of what they take nothing, of where they act what the grades say."""
    said = (
        "Hours and pounds are our assumptions: no source gives them. Replace them with your own on “Change "
        "the diagram”."
    )
    cells = Counter(str(cell.evidence) for lever in model.levers for cell in lever.influence)
    if cells:
        parts = listed([f"{cells[grade]} {grade}" for grade in GRADES if cells[grade]])
        said += f" Of the {cells.total()} places in the influencer matrix where these things act, {parts}."
    for setting in model.settings:
        for item in setting.essentials:
            where = f"“{item.passage}” ({item.locator})" if item.passage else item.reason or item.evidence
            said += f" Essential for “{setting.label}” is “{model.nodes[item.lever].label}”: {where}."
    return said


def _cite(source: Source) -> str:
    said = ", ".join(part for part in (source.author, source.title, source.published) if part)
    if source.link.startswith(("https://", "http://")) and not any(
        mark in source.link for mark in ' <>"()[]\\\n'
    ):
        return f"[{md(said)}]({source.link})"
    return md(said)
