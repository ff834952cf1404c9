"""What went along with a change, beyond what somebody asked for, in plain sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from loops.editing.rounds import why_no_loop
from loops.model import Model

_LONGEST = 120
"""Characters of a statement that is quoted."""


def dragged_along(before: Model, after: Model) -> tuple[str, ...]:
    """A sentence for each thing that is gone because something else is, and nothing when nothing is.

    Told are the arrows of boxes that are gone, named loops that no longer close, labels of loops that are no
    longer right, and what the opening view, steps of stories and reference modes lost.
    """
    gone = [f"“{node.label}”" for name, node in before.nodes.items() if name not in after.nodes]
    told: list[str] = []
    if gone and (fewer := len(before.links) - len(after.links)) > 0:
        arrows = "1 arrow" if fewer == 1 else f"{fewer:,} arrows"
        told.append(f"{arrows} went with {', '.join(gone)}.")
    told += _loops(before, after)
    told += [
        f"“{label}” is no longer in the opening view."
        for label in _shown(before, after, before.core, after.core)
    ]
    told += _stories(before, after)
    kept = {mode.id for mode in after.reference_modes}
    for mode in before.reference_modes:
        if mode.id not in kept:
            says = mode.statement if len(mode.statement) <= _LONGEST else mode.statement[:_LONGEST] + "…"
            told.append(f"What the diagram must show is no longer checked here: “{says}”.")
    return tuple(told)


def _shown(before: Model, after: Model, old: Sequence[str], new: Sequence[str]) -> list[str]:
    """The labels of boxes that a list of names lost; one that became another is still shown, as that."""
    lost = [before.nodes[name].label for name in old if name not in after.nodes]
    return lost if len(new) < len(old) else []


def _loops(before: Model, after: Model) -> Iterator[str]:
    now = {loop.id: loop for loop in after.loops}
    for loop in before.loops:
        if loop.id not in now:
            if why_no_loop(after, loop.path, loop.name):  # else somebody took its name away
                yield f"The loop “{loop.name}” is no longer named: it does not close any more."
        elif loop.label and not now[loop.id].label and loop.path == now[loop.id].path:
            yield f"The loop “{loop.name}” is no longer called {loop.label}: its arrows say otherwise now."


def _stories(before: Model, after: Model) -> Iterator[str]:
    told = {story.id: story for story in after.stories}
    names = {loop.id: loop.name for loop in before.loops}
    for story in before.stories:
        if story.id not in told or len(told[story.id].steps) != len(story.steps):
            continue
        for number, (old, new) in enumerate(zip(story.steps, told[story.id].steps, strict=True), start=1):
            boxes = _shown(before, after, old.nodes, new.nodes)
            named = [names[name] for name in old.loops if name not in new.loops]
            if boxes or named:
                words = ", ".join(f"“{one}”" for one in (*boxes, *named))
                yield f"Step {number} of the story “{story.title}” no longer shows {words}."
