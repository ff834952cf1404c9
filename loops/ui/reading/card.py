"""The card of a box, an arrow or a loop: what it is, how we know, where it belongs, and what to ask of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from loops.draw.layout import link_keys, loop_keys, loops_by_id
from loops.feedback import Feedback, Found, through
from loops.model import Lever, Link, Model, Node
from loops.narrate import narrate
from loops.ui.components.canvas import Picked
from loops.ui.reading import arrow_words, lever_words, reveal
from loops.ui.text import md

SIGNED = {"+": "more leads to more", "-": "more leads to less", "?": "more or less: not known yet"}
KINDS = {
    "R": "A snowball: a change feeds on itself, either way.",
    "B": "A brake: a change is held back. It describes circumstances and blames nobody.",
    "?": "Not known yet to be a snowball or a brake: an arrow on it has no sign.",
}


@dataclass(frozen=True)
class Card:
    """What a card needs: the model, its loops as found, and what to do when another part is picked on it."""

    model: Model
    found: Found
    pick: Callable[[Picked | None], None]

    def show(self, picked: Picked) -> None:
        """Draw the card of a part of the model; raises :class:`KeyError` for a part that it does not have."""
        with st.container(key="card", border=True):
            if picked.kind == "node":
                _node(self, picked.id)
            elif picked.kind == "link":
                _link(self, link_keys(self.model)[picked.id])
            else:
                _loop(self, picked.id)

    def buttons(self, heading: str, parts: Mapping[Picked, str]) -> None:
        """Buttons that open other cards, under a heading; nothing without any."""
        if parts:
            st.markdown(f"**{heading}**")
        for part, label in parts.items():
            key = f"card:{heading}:{part.part}"
            st.button(md(label), key=key, type="tertiary", on_click=self.pick, args=(part,))

    def arrows(self, heading: str, links: Mapping[str, Link], name: Callable[[Link], str]) -> None:
        """Arrows as buttons, each by what `name` calls it, with its sign and grade in words."""
        told = {key: f"{name(link)}: {SIGNED[link.polarity]} ({link.grade})" for key, link in links.items()}
        self.buttons(heading, {Picked("link", key): label for key, label in told.items()})


def _node(card: Card, name: str) -> None:
    model, node = card.model, card.model.nodes[name]
    st.subheader(md(node.label), anchor=False)
    _said(node.description)
    for word, looks in (("Not yet", node.not_yet), ("Fully", node.fully)):
        if looks:
            st.markdown(f"**{word}:** {md(looks)}")
    if isinstance(node, Lever):
        _lever(card, node)
    links = link_keys(model)
    feeds = {key: link for key, link in links.items() if link.target == name}
    drives = {key: link for key, link in links.items() if link.source == name}
    card.arrows("What feeds it", feeds, lambda link: model.nodes[link.source].label)
    card.arrows("What it drives", drives, lambda link: model.nodes[link.target].label)
    _through(card, through(card.found.loops, node=name))
    _prompts([node])
    _passages(model, {**feeds, **drives}.values())


def _link(card: Card, link: Link) -> None:
    model = card.model
    st.subheader(md(arrow_words.sentence(model, link)), anchor=False)
    _said(link.reason)
    st.markdown(f"**How we know:** {link.grade}. {md(arrow_words.GRADES[link.grade])}")
    for heading, passage, locator in (
        ("In the source’s words", link.passage, link.locator),
        ("Words that point the other way", link.against, link.against_locator),
    ):
        if passage:
            st.markdown(f"**{heading}:** {md(arrow_words.quoted(model, passage, locator, link.cited))}")
    st.markdown(f"**How strong:** {md(arrow_words.strength(link))}")
    _said(arrow_words.lateness(link), arrow_words.critical_mass(model, link))
    with st.expander("Show figures"):
        st.markdown(md(arrow_words.figures(link)))
    ends = [model.nodes[link.source], model.nodes[link.target]]
    card.buttons("The boxes at its ends", {Picked("node", end.id): end.label for end in ends})
    _through(card, through(card.found.loops, link=link))
    _prompts(ends)


def _loop(card: Card, name: str) -> None:
    model = card.model
    loop, links = loops_by_id(model)[name], link_keys(model)
    st.subheader(md(reveal.title(loop)), anchor=False)
    _said(loop.named.story if loop.named else "")
    st.markdown(md(KINDS[loop.letter]))
    st.markdown(md(narrate(model, loop)))
    st.markdown(f"**Its least certain arrow is {loop.grade}.** {md(arrow_words.GRADES[loop.grade])}")
    around = {key: links[key] for key in loop_keys(model)[name]}
    names = {end.id: end.label for end in model.nodes.values()}
    card.arrows(
        "Once round, arrow by arrow", around, lambda link: f"{names[link.source]} to {names[link.target]}"
    )


def _through(card: Card, found: Sequence[Feedback]) -> None:
    """The named loops as buttons, and how many others there are."""
    named = {loop.named.id: loop for loop in found if loop.named}
    others = sum(loop.named is None for loop in found)
    card.buttons("Loops through it", {Picked("loop", key): reveal.title(loop) for key, loop in named.items()})
    if not card.found.complete:
        st.caption(
            f"There are more loops here than the {card.found.most:,} shortest that were looked at. "
            f"Of those, {others:,} without a name pass through this."
        )
    elif others:
        st.caption(f"Loops without a name that pass through here: {others:,}.")
    elif not named:
        st.caption("No loop passes through here.")


def _prompts(nodes: Iterable[Node]) -> None:
    asked = dict.fromkeys(prompt for node in nodes for prompt in node.prompts)
    if asked:
        st.markdown("**Questions to ask the room**")
        st.markdown("\n".join(f"- {md(prompt)}" for prompt in asked))


def _lever(card: Card, lever: Lever) -> None:
    """What it asks for, what it needs and is needed by, and where it acts."""
    _said(*lever_words.asks(lever))
    labels = {one.id: one.label for one in card.model.levers}
    needed = {Picked("node", name): labels[name] for name in lever.needs}
    card.buttons("What must have begun before it", needed)
    needing = {Picked("node", one.id): one.label for one in card.model.levers if lever.id in one.needs}
    card.buttons("What needs it", needing)
    if acts := list(lever_words.acts(card.model, lever)):
        st.markdown("**Where it acts**")
        st.markdown("\n".join(f"- {md(one)}" for one in acts))


def _said(*sentences: str) -> None:
    for sentence in sentences:
        if sentence:
            st.markdown(md(sentence))


def _passages(model: Model, links: Iterable[Link]) -> None:
    """What the sources say about the arrows of a box, each passage once."""
    said = [arrow_words.quoted(model, link.passage, link.locator, link.cited) for link in links]
    if any(said):
        with st.expander("In the sources’ words"):
            st.markdown("\n".join(f"- {md(words)}" for words in dict.fromkeys(said) if words))
