"""Events: circumstances that are different for some months, such as half a year of people changing jobs."""

from __future__ import annotations

from collections.abc import Iterator

import streamlit as st

from loops.draw.scale import years
from loops.model import Context
from loops.scenario import LONGEST, Scenario, Schedule
from loops.ui.catalogue import Shelf
from loops.ui.planning import history, spellform
from loops.ui.planning.board import Board, reschedule
from loops.ui.planning.months import Spell, during, for_a_while, mostly, spells
from loops.ui.text import md, unique

_MOST = 20
"""Events that are listed."""


def show(shelf: Shelf, board: Board) -> None:
    """The events of the plan, each with a way to remove it, and a row to add one."""
    contexts = {context.id: context for context in shelf.model.contexts}
    if not contexts:
        return
    st.markdown("**Events around us**")
    plan = board.plan(shelf.model)
    found = list(events(shelf, plan))
    if not found:
        st.caption("None: things around us stay as they are.")
    if len(found) > _MOST:
        st.caption(f"The first {_MOST} of {len(found)}:")
    for place, (context, one, without) in enumerate(found[:_MOST]):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(md(told(context, one, shelf.model.horizon)), width="content")
            st.button(
                "Remove",
                key=f"remove_event:{shelf.key}:{place}",
                on_click=_put,
                args=(shelf, context.id, without),
                help=md(f"Remove this event of “{context.label}”."),
            )
    chosen = st.selectbox(
        "Something happens to",
        list(contexts),
        format_func=unique({name: node.label for name, node in contexts.items()}).__getitem__,
        key=f"event_of:{shelf.key}",
    )
    spellform.event(shelf, contexts[chosen], plan.schedule(chosen))


def events(shelf: Shelf, plan: Scenario) -> Iterator[tuple[Context, Spell, Schedule | None]]:
    """What happens to which circumstance and when, and its schedule without that."""
    for context in shelf.model.contexts:
        schedule = plan.schedule(context.id)
        base = mostly(schedule, context.level, shelf.model.horizon)
        for one in spells(schedule, base, shelf.model.horizon):
            end = LONGEST + 1 if one.end is None else one.end
            calm = for_a_while(one.start, base)
            yield context, one, during(context.id, schedule, calm, end, context.level)


def told(context: Context, one: Spell, months: int) -> str:
    """An event as a sentence.

    >>> told(Context(id="jobs", label="People changing jobs", level=0.3), Spell(48, 72, 0.8), 240)
    '“People changing jobs” at 80% from month 48 to month 72, for 2 years.'
    """
    end = months if one.end is None else one.end
    until = "on" if one.end is None else f"to month {end:g}"
    lasts = years(end - one.start)
    return f"“{context.label}” at {one.level:.0%} from month {one.start:g} {until}, for {lasts}."


def _put(shelf: Shelf, node: str, made: Schedule | None) -> None:
    history.put(shelf, reschedule(history.of(shelf).now, shelf.model, node, made))
