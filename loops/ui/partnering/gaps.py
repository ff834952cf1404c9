"""What is missing: the first gap on the way to each outcome, how it holds it back, and what to talk about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from itertools import cycle

import streamlit as st

from loops.journey.holding import Gap
from loops.journey.missing import Missing, missing
from loops.journey.standing import Standing
from loops.journey.telling import missing_sentence, named, trail_sentence
from loops.model import Model
from loops.narrate import on_day
from loops.ui.partnering import voices
from loops.ui.partnering.opened import Opened
from loops.ui.text import listed, md

_MOST = 12
"""Other gaps, and boxes that nobody knows, that are named."""


OUTCOMES = 6
"""Outcomes for which it is looked what is missing: the first ones of the diagram."""
Group = tuple[Missing, ...]
"""What is missing for some outcomes, being the same."""


def found(model: Model, standing: Standing) -> list[Group]:
    """What is missing for each outcome that the model is judged by; those with one first gap together."""
    groups: dict[str, list[Missing]] = {}
    for outcome in model.headlines[:OUTCOMES]:
        each = missing(model, standing, outcome)
        groups.setdefault(each.first.box if each.first else f"{each.found} {outcome}", []).append(each)
    return [tuple(group) for group in groups.values()]


def way_to(model: Model, group: Group) -> str:
    """Which outcomes a group is about, such as: On the way to “Buy-in: ready to act”."""
    return f"On the way to {listed([named(model, each.outcome) for each in group])}"


def trails(model: Model, group: Group) -> Iterator[str]:
    """How a first gap acts on each outcome: in full, in short where the way is the same, and not where the
    way to another outcome leads through this one."""
    ways = {each.outcome: tuple(gap.box for gap in each.trail) for each in group}
    told = set()
    for each in group:
        way = ways[each.outcome]
        within = (each.outcome, *way)
        if not way or any(other[-len(within) :] == within for other in ways.values()):
            continue
        if way in told:
            yield f"In the same way it holds back {named(model, each.outcome)}."
        else:
            told.add(way)
            yield trail_sentence(model, each)


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
