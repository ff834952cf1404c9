"""What a plan hangs on: what is worth most in it, and what becomes of it when something comes late."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from loops.model import Model
from loops.ui.asked import asked
from loops.ui.backcasting import saying
from loops.ui.backcasting.asking import Goal
from loops.ui.exports import Progress
from loops.ui.text import listed, md, table
from loops.utopia.found import Backcast, Found, Slip, Worth
from loops.utopia.slips import slips

_LATE = 12
_SAME = 0.02
"""Chances closer than this are not told apart in words."""
_FEW = 0.05
"""Of what is lost, less than this is called a few versions."""
_WORTH = ("Without", "It gets there")
_SLIPS = ("A year late", "It gets there")


def worth(goal: Goal, got: Backcast, found: Found) -> None:
    """What each item is worth: how much less often the plan gets there without it."""
    told = got.worth if found.plan == got.shown.plan else ()
    if not found.chance.held:
        st.markdown("In no version does it get there, so nothing in it can be told to matter more.")
    elif told:
        st.markdown(md(most(goal.shelf.model, told, room=found.chance.share - got.sure)))
        rows = [(_without(goal.shelf.model, each), fewer(each.lost)) for each in told]
        st.html(table(_WORTH, rows, caption="What the plan loses without one thing", least=18))
    else:
        st.markdown("That is worked out for the plan that is shown first.")


def _without(model: Model, each: Worth) -> str:
    label = model.nodes[each.lever].label
    also = [model.nodes[name].label for name in each.with_it]
    return f"{label} (and what needs it: {', '.join(also)})" if also else label


def late(goal: Goal, found: Found) -> None:
    """What becomes of the plan when one thing, or all of it, begins and stops a year late; on request."""

    def make(progress: Progress) -> tuple[Slip, ...]:
        return slips(
            goal.shelf.model,
            goal.target,
            found.plan,
            seed=goal.seed,
            months=_LATE,
            width=goal.width,
            count=found.chance.of,
            progress=progress,
        )

    got = asked("Try each thing a year late", key="goal:late", of=f"{goal.name} {found.plan}", make=make)
    if got is None:
        st.caption(
            "Each thing in the plan, and all of it, begins and stops a year later. It takes some seconds."
        )
        return
    model = goal.shelf.model
    st.markdown(md(lateness(model, got)))
    rows = [(model.nodes[each.lever].label if each.lever else "All of it", fewer(each.lost)) for each in got]
    st.html(table(_SLIPS, rows, caption="What the plan loses when something comes a year late", least=18))


def fewer(lost: float) -> str:
    """How much of a chance is lost.

    >>> fewer(.31), fewer(.04), fewer(.001), fewer(-.04)
    ('in about 3 of 10 versions fewer', 'in a few versions fewer', 'about as often', 'in a few versions more')
    """
    if abs(lost) < _SAME:
        return "about as often"
    many = f"about {round(10 * abs(lost))} of 10 versions" if abs(lost) >= _FEW else "a few versions"
    return f"in {many} {'fewer' if lost > 0 else 'more'}"


def most(model: Model, told: Sequence[Worth], *, room: float = 1) -> str:
    """Which item is worth most, and which next to nothing; `room` is how far over sure enough the plan is."""
    first = told[0]
    if first.lost < _SAME:
        return "Nothing in it is worth much alone: without any one thing it gets there about as often."
    said = (
        f"“{model.nodes[first.lever].label}” is worth most: without it the plan gets there "
        f"{fewer(first.lost)}."
    )
    if not (spare := [each for each in told if each.lost < _SAME]):
        return said
    labels = listed([f"“{model.nodes[each.lever].label}”" for each in spare])
    last = ": the last small step to sure enough" if any(each.lost > room >= 0 for each in spare) else ""
    return f"{said} Without {labels} it hardly makes a difference{last}."


def lateness(model: Model, told: Sequence[Slip]) -> str:
    """What a late start does: of everything, and of what matters most."""
    whole = [each for each in told if each.lever is None]
    each_alone = [each for each in told if each.lever is not None]
    said = [f"If all of it comes a year late, it gets there {saying.chance(each.chance)}." for each in whole]
    if each_alone:
        worst = max(each_alone, key=lambda each: each.lost)
        label = model.nodes[worst.lever or ""].label
        if worst.lost < _FEW:
            said.append("Any one thing may come a year late: that costs a few versions at most.")
        else:
            said.append(f"What must not be late is “{label}”: then it gets there {fewer(worst.lost)}.")
    return " ".join(said)
