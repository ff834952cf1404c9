"""Choose a change to try: a lever, a circumstance or another plan, set beside the plan it is a change of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress

import streamlit as st

from loops.model import Model
from loops.parts import replace
from loops.scenario import Scenario
from loops.store.records import Workspace
from loops.ui import workspace
from loops.ui.catalogue import Shelf
from loops.ui.planning import history, plan, snapshots
from loops.ui.planning.board import MOST_SHOWN, YOURS, choices
from loops.ui.planning.plan import Block
from loops.ui.room import trial
from loops.ui.room.trial import Trial
from loops.ui.text import md, unique

LEVER, AROUND, INSTEAD = "A lever", "How things are around us", "Another plan"
_LAST = "plan/last"


def plans(shelf: Shelf, space: Workspace | None, last: Trial | None) -> dict[str, Scenario]:
    """What a change can start from: the plan on the What-if page, the last change, and every other plan.

    Among them are those that others have kept in the shared space.
    """
    board = history.of(shelf).now
    found = {YOURS: replace(board.plan(shelf.model), title="Your plan, as on “What if”")}
    if last is not None:
        found[_LAST] = replace(last.after, title=f"The plan with the last change: {last.words}"[:200])
    found |= choices(board, shelf.scenarios)
    if space:
        with workspace.telling():
            found |= _kept_by_others(shelf, space, [plan.title for plan in found.values()])
    titles = unique({key: one.title for key, one in found.items()})
    return {key: replace(one, title=titles[key][-200:]) for key, one in found.items()}


def _kept_by_others(shelf: Shelf, space: Workspace, here: Sequence[str]) -> dict[str, Scenario]:
    """The plans of the shared space that fit the model and are not on the What-if page already."""
    found = {}
    for one in workspace.store().snapshots(space.token, model=shelf.model.id):
        with suppress(ValueError):  # the What-if page says which plans do not fit the model any more
            if one.title not in here:
                found[f"space/{one.id}"] = snapshots.read(shelf, one)
    return found


def watched(shelf: Shelf) -> tuple[str, ...]:
    """Choose the boxes that the question and the curves are about."""
    labels = unique({node.id: node.label for node in shelf.model.variables})
    chosen: list[str] = st.multiselect(
        f"What to look at (up to {MOST_SHOWN})",
        list(labels),
        default=list(history.of(shelf).now.shown) or list(labels)[:2],
        format_func=labels.__getitem__,
        key=f"watched:{shelf.key}",
        max_selections=MOST_SHOWN,
        persist_state="session",
    )
    return tuple(chosen) or tuple(labels)[:1]


def change(shelf: Shelf, every: Mapping[str, Scenario]) -> Trial:
    """Choose the plan to start from and one change of it."""
    model = shelf.model
    base = every[_one("We start from", every, f"from:{shelf.key}")]
    kinds = [LEVER] * bool(model.levers) + [AROUND] * bool(model.contexts) + [INSTEAD]
    kind = st.radio("We change", kinds, horizontal=True, key=f"kind:{shelf.key}", persist_state="session")
    if kind == LEVER:
        return _push(shelf, base)
    if kind == AROUND:
        return _around(shelf, base)
    others = {key: one for key, one in every.items() if one.title != base.title}
    return trial.instead(base, others[_one("Try instead", others, f"instead:{shelf.key}")])


def _push(shelf: Shelf, base: Scenario) -> Trial:
    model, levers = shelf.model, {lever.id: lever for lever in shelf.model.levers}
    name = _node("Which lever", {key: one.label for key, one in levers.items()}, f"lever:{shelf.key}")
    lever = levers[name]
    usual, prefix = trial.span(model, base, lever), f"{shelf.key}:{base.title}:{name}"
    effort = _percent("Effort", plan.percent(plan.peak(lever, base)), f"effort:{prefix}", lever.fully)
    start, length = st.columns(2)
    with start:
        first = _whole("From month", 0, model, usual.start, f"start:{prefix}")
    with length:
        months = _whole("For how many months", 1, model, usual.months, f"months:{prefix}")
    return trial.push(model, base, lever, effort, Block(start=first, months=months))


def _around(shelf: Shelf, base: Scenario) -> Trial:
    contexts = {one.id: one for one in shelf.model.contexts}
    name = _node(
        "Which circumstance", {key: one.label for key, one in contexts.items()}, f"around:{shelf.key}"
    )
    one = contexts[name]
    key = f"level:{shelf.key}:{base.title}:{name}"
    level = _percent("How much of it", plan.percent(plan.now(one, base)), key, one.description)
    return trial.around(shelf.model, base, one, level)


def _one(label: str, every: Mapping[str, Scenario], key: str) -> str:
    return _node(label, {name: one.title for name, one in every.items()}, key)


def _node(label: str, titles: Mapping[str, str], key: str) -> str:
    """A choice that stays where it was left, as long as what was chosen is still there."""
    called = unique(titles)
    if st.session_state.get(key, next(iter(called))) not in called:
        del st.session_state[key]
    chosen: str = st.selectbox(
        label, list(called), format_func=called.__getitem__, key=key, persist_state="session"
    )
    return chosen


def _percent(label: str, usual: int, key: str, about: str) -> int:
    step = 1 if usual % 5 else 5
    chosen: int = st.slider(
        label,
        0,
        100,
        usual,
        step=step,
        format="%d%%",
        key=key,
        help=md(about) or None,
        persist_state="session",
    )
    return chosen


def _whole(label: str, least: int, model: Model, usual: int, key: str) -> int:
    value = min(usual, model.horizon)
    return int(st.number_input(label, least, model.horizon, value, step=1, key=key, persist_state="session"))
