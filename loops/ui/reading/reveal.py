"""What is said when a loop stands out in the diagram, and the steps that build it up loop by loop."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from loops.draw.layout import Layout, loops_by_id, revealed
from loops.feedback import Feedback
from loops.model import Model
from loops.ui.components.canvas import LoopWords, Step

KINDS = {"R": "snowball", "B": "brake", "?": "not decided yet"}


def name(loop: Feedback) -> str:
    """A loop's letter, number and name."""
    return f"{(loop.named.label if loop.named else None) or loop.letter} {loop.name}"


def title(loop: Feedback) -> str:
    """The same with its kind."""
    return f"{name(loop)} ({KINDS[loop.letter]})"


def parts(model: Model, layout: Layout, seen: Iterable[str]) -> tuple[str, ...]:
    """The parts of a drawing that some loops and boxes, by id, bring with them: see :class:`View`."""
    there = revealed(model, layout, frozenset(seen))
    return (
        *(f"node:{box}" for box in there.boxes),
        *(f"link:{wire.key}" for wire in there.wires),
        *(f"loop:{ring}" for ring in there.rings),
    )


def loop_words(model: Model, layout: Layout) -> dict[str, LoopWords]:
    """What is said of each named loop in a drawing, by id, in the order of the file."""
    return {
        one: LoopWords(title(loop), loop.named.story if loop.named else "", parts(model, layout, [one]))
        for one, loop in loops_by_id(model).items()
        if one in layout.rings
    }


def one_by_one(words: Mapping[str, LoopWords]) -> tuple[Step, ...]:
    """One step for each loop, in the same order."""
    return tuple(Step(loop.title, loop.story, loop.parts) for loop in words.values())


def hub(model: Model) -> str | None:
    """The box that most named loops pass through, the first in the file among equals; none without loops."""
    passed = Counter(node for loop in loops_by_id(model).values() for node in loop.nodes)
    return max(model.nodes, key=lambda node: passed[node]) if passed else None
