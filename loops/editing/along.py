"""What went along with a change, beyond what somebody asked for, in plain sentences."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence

from loops.editing.rounds import why_no_loop
from loops.model import Lever, Model, Node

_LONGEST = 120
"""Characters of a statement that is quoted."""


def dragged_along(before: Model, after: Model) -> tuple[str, ...]:
    """A sentence for each thing that is gone because something else is, and nothing when nothing is.

    Told are the arrows of boxes that are gone, named loops that no longer close, labels of loops that are no
    longer right, and what the opening view, the outcomes, steps of stories, levers that need
    others, settings and reference modes lost.
    """
    gone = [f"“{node.label}”" for name, node in before.nodes.items() if name not in after.nodes]
    told: list[str] = []
    if gone and (fewer := len(before.links) - len(after.links)) > 0:
        arrows = "1 arrow" if fewer == 1 else f"{fewer:,} arrows"
        told.append(f"{arrows} went with {', '.join(gone)}.")
    told += _loops(before, after)
    told += [
        f"“{label}” is no longer in the opening view."
        for label in _shown(before, after.nodes, before.core, after.core)
    ]
    variables = {variable.id for variable in after.variables}
    told += [
        f"The diagram is no longer judged by “{label}”."
        for label in _shown(before, variables, before.outcomes, after.outcomes)
    ]
    told += _stories(before, after)
    told += _levers(before, after)
    kept = {mode.id for mode in after.reference_modes}
    for mode in before.reference_modes:
        if mode.id not in kept:
            says = mode.statement if len(mode.statement) <= _LONGEST else mode.statement[:_LONGEST] + "…"
            told.append(f"What the diagram must show is no longer checked here: “{says}”.")
    return tuple(told)


def _shown(before: Model, there: Container[str], old: Sequence[str], new: Sequence[str]) -> list[str]:
    """The labels of boxes that a list of names lost; one that became another is still shown, as that."""
    lost = [before.nodes[name].label for name in old if name not in there]
    return lost if len(new) < len(old) else []


def _loops(before: Model, after: Model) -> Iterator[str]:
    now = {loop.id: loop for loop in after.loops}
    for loop in before.loops:
        if loop.id not in now:
            if why_no_loop(after, loop.path, loop.name):  # else somebody took its name away
                yield f"The loop “{loop.name}” is no longer named: it does not close any more."
        elif loop.label and not now[loop.id].label and loop.path == now[loop.id].path:
            yield f"The loop “{loop.name}” is no longer called {loop.label}: its arrows say otherwise now."


def _levers(before: Model, after: Model) -> Iterator[str]:
    """What levers no longer need and settings no longer ask for, because it is no lever any more."""
    there = {lever.id: lever for lever in after.levers}
    for lever in before.levers:
        if lever.id not in there:
            if lever.id in after.nodes and _told_of(lever):
                yield f"Hours, costs and the like of “{lever.label}” are gone: it is nothing we do any more."
            continue
        if len(there[lever.id].needs) < len(lever.needs):
            for name in lever.needs:
                if name not in there:
                    yield f"“{lever.label}” no longer needs “{before.nodes[name].label}”."
    asked = {setting.id: setting for setting in after.settings}
    for setting in before.settings:
        if setting.id in asked and len(asked[setting.id].essentials) < len(setting.essentials):
            for item in setting.essentials:
                if item.lever not in there:
                    label = before.nodes[item.lever].label
                    yield f"“{label}” is no longer asked for in “{setting.label}”."


def _told_of(lever: Lever) -> bool:
    """Whether anything is said of a lever that only a lever can have."""
    own = set(Lever.model_fields) - set(Node.model_fields) - {"level"}
    return any(getattr(lever, field) != Lever.model_fields[field].default for field in own)


def _stories(before: Model, after: Model) -> Iterator[str]:
    told = {story.id: story for story in after.stories}
    names = {loop.id: loop.name for loop in before.loops}
    for story in before.stories:
        if story.id not in told or len(told[story.id].steps) != len(story.steps):
            continue
        for number, (old, new) in enumerate(zip(story.steps, told[story.id].steps, strict=True), start=1):
            boxes = _shown(before, after.nodes, old.nodes, new.nodes)
            named = [names[name] for name in old.loops if name not in new.loops]
            if boxes or named:
                words = ", ".join(f"“{one}”" for one in (*boxes, *named))
                yield f"Step {number} of the story “{story.title}” no longer shows {words}."
