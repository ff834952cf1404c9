"""What is missing: the first gap on the way to each outcome, how it holds it back, and what to talk about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from itertools import cycle

import streamlit as st

from loops.journey.holding import Gap
from loops.journey.missing import Group, by_first_gap
from loops.journey.standing import Standing
from loops.journey.telling import missing_sentence, named, trails, way_to
from loops.model import Model
from loops.narrate import on_day
from loops.ui.partnering import voices
from loops.ui.partnering.opened import Opened
from loops.ui.text import md

_MOST = 12
"""Other gaps, and boxes that nobody knows, that are named."""
OUTCOMES = 6
"""Outcomes for which it is looked what is missing: the first ones of the diagram."""


def found(model: Model, standing: Standing) -> list[Group]:
    """What is missing for the first outcomes that the model is judged by; those with one gap together."""
    return by_first_gap(model, standing, model.headlines[:OUTCOMES])


def show(which: Opened, standing: Standing, groups: Sequence[Group]) -> None:
    """Draw each first gap as a sentence for the room, with its way to the outcome and its questions."""
    places = cycle(st.columns(min(len(groups), 2), gap="large"))
    for place, group in zip(places, groups, strict=False):
        with place:
            _gap(which, standing, group)
    if len(which.model.headlines) > OUTCOMES:
        st.caption(
            f"For the first {OUTCOMES} of the {len(which.model.headlines)} that the diagram is judged by."
        )


def _gap(which: Opened, standing: Standing, group: Group) -> None:
    model, told = which.model, group[0].nearest
    st.caption(md(way_to(model, group)))
    st.html(f'<p class="verdict"><strong>{escape(missing_sentence(model, group[0]))}</strong></p>')
    if told:
        st.markdown("\n".join(f"- {line}" for line in _said(standing, told)))
        for line in trails(model, group):
            st.markdown(md(line))
        prompts = "".join(f"<li>{escape(prompt)}</li>" for prompt in model.nodes[told.box].prompts)
        if prompts:
            st.markdown("**To talk about**")
            st.html(f'<ul class="asked">{prompts}</ul>')
    _also(model, [gap for gap in group[0].also if gap is not told])
    unknown = list(dict.fromkeys(box for each in group for box in each.unknown))
    _unknown(which, standing, unknown, to_do=told is None)


def _said(standing: Standing, gap: Gap) -> Iterator[str]:
    """What those say of a gap who say that it is furthest from where it should be, and why."""
    for role in gap.roles:
        voice = standing.boxes[gap.box].by_role[role]
        why = f" “{md(voice.reason)}”" if voice.reason else ""
        yield f"{md(voices.speaker(role))}: **{md(voice.said)}**, on {on_day(voice.day)}.{why}"


def _also(model: Model, also: Sequence[Gap]) -> None:
    if also:
        told = [f"{named(model, gap.box)} is {gap.kind} ({gap.said})" for gap in also[:_MOST]]
        more = f"; and {len(also) - _MOST} more" if len(also) > _MOST else ""
        st.markdown(md(f"Also: {'; '.join(told)}{more}."))


def _unknown(which: Opened, standing: Standing, unknown: Sequence[str], *, to_do: bool) -> None:
    """What nobody knows of what acts there, and who could tell us: open if there is nothing else `to_do`."""
    if not unknown:
        return
    labels = [which.model.nodes[box].label for box in unknown]
    asks = voices.to_ask(which, standing, unknown)
    with st.expander(f"What is not known yet on this way: {len(unknown)}", expanded=to_do):
        for asked in dict.fromkeys(asks.values()):
            boxes = [label for label, who in zip(labels, asks.values(), strict=True) if who == asked]
            more = f", and {len(boxes) - _MOST} more" if len(boxes) > _MOST else ""
            st.markdown(md(f"{'; '.join(boxes[:_MOST])}{more}. {asked}"))
