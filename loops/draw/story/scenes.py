"""A story as it is told to a room: what is said at each step, what is new in its picture, what to add."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from textwrap import shorten

from loops.draw.diagram import View
from loops.draw.elements import KINDS
from loops.draw.layout import Frame, Layout, frame_around, loops_by_id, place, revealed
from loops.draw.scale import ASSUMPTIONS_IN_SHORT, in_words, years
from loops.draw.story import walk
from loops.feedback import Feedback
from loops.model import Model, Step, Story
from loops.narrate import narrate
from loops.scenario import Scenario

MOST_STEPS = 50
"""As many as a story may have: the walk through a diagram with more named loops ends there."""
_LONGEST = 200
_NEAREST = 0.5
"""The smallest part of the drawing to move in on, so that letters grow twofold at most."""


@dataclass(frozen=True)
class Scene:
    """One thing put before the room."""

    title: str
    sentence: str
    view: View
    closer: tuple[Frame, ...]
    """Parts of the drawing to move in on where its letters would be too small, the larger first."""
    alt: str
    about: str = ""
    """Which plan and month fill the boxes; empty where none does."""
    notes: tuple[str, ...] = ()
    """What a speaker may add, one paragraph each."""
    asks: bool = False
    """Whether the sentence is the question at the end."""


def stories(model: Model) -> tuple[Story, ...]:
    """The stories of the file, and after them a walk from named loop to named loop."""
    return (*model.stories, _walk(model))


def scenes(model: Model, story: Story, scenarios: Mapping[str, Scenario]) -> tuple[Scene, ...]:
    """The steps of a story and its question, filled by runs of its scenarios where they are at hand.

    Raises what :func:`loops.simulate.simulate` raises.
    """
    shown = walk.shown(model, story)
    layout = place(model, shown)
    pictures = walk.pictures(model, story, walk.run(model, story, scenarios))
    told = [_scene(model, layout, picture, scenarios) for picture in pictures]
    everything = View(shown=shown, revealed=pictures[-1].seen, levels=pictures[-1].levels)
    asked = f"Everything the story has shown: {_counted(layout)}."
    question = Scene("Over to you", story.question, everything, (), asked, told[-1].about, asks=True)
    return (*told, question)


def _walk(model: Model) -> Story:
    """Every named loop in turn, or all boxes at once where no loop has a name."""
    steps = [
        Step(title=loop.name, sentence=_spoken(model, loop), loops=(name,))
        for name, loop in list(loops_by_id(model).items())[:MOST_STEPS]
    ]
    whole = Step(
        title=model.title, sentence=_first(model.vision) or "The whole diagram.", nodes=tuple(model.nodes)
    )
    return Story(
        id="loop_by_loop",
        title="The whole diagram, loop by loop" if steps else "The whole diagram",
        question="Which of these do you see here?",
        steps=steps or [whole],
    )


def _spoken(model: Model, loop: Feedback) -> str:
    """What is said to a loop: the authors' own words, or once round it, as far as a screen holds."""
    told = loop.named.story if loop.named else ""
    return _first(told) or _first(narrate(model, loop).rpartition(". ")[2])


def _first(text: str) -> str:
    """The first sentence of a text, cut where it is too long to be read from the back of a room."""
    sentence, stop, _ = text.partition(". ")
    return shorten(sentence + stop.rstrip(), _LONGEST, placeholder=" …")


def _scene(model: Model, layout: Layout, picture: walk.Picture, scenarios: Mapping[str, Scenario]) -> Scene:
    step = picture.step
    known = loops_by_id(model)
    named = [known[name] for name in step.loops if name in known]
    view = View(shown=tuple(layout.boxes), revealed=picture.seen, lit=picture.lit, levels=picture.levels)
    return Scene(
        step.title,
        step.sentence,
        view,
        _closer(model, layout, picture),
        _alt(model, step, named, picture),
        _about(step, scenarios),
        tuple(_notes(model, step, named, scenarios)),
    )


def _about(step: Step, scenarios: Mapping[str, Scenario]) -> str:
    if step.scenario is None or step.month is None:
        return ""
    if step.scenario not in scenarios:
        return f"The boxes are not filled: the plan “{step.scenario}” is not here."
    when = f"after {years(step.month)}" if step.month else "at the start"
    return f"How far each thing has come: “{scenarios[step.scenario].title}”, {when}. {ASSUMPTIONS_IN_SHORT}"


def _notes(
    model: Model, step: Step, named: list[Feedback], scenarios: Mapping[str, Scenario]
) -> Iterator[str]:
    for loop in named:
        told = f" {loop.named.story}" if loop.named and loop.named.story else ""
        yield f"{loop.name}, a {KINDS[loop.letter]}.{told}" if loop.letter != "?" else f"{loop.name}.{told}"
        yield narrate(model, loop)
    for name in step.nodes:
        node = model.nodes[name]
        yield f"{node.label}. {node.description}".strip()
    scenario = scenarios.get(step.scenario or "")
    if scenario and scenario.description:
        yield f"{scenario.title}. {scenario.description}"


def _alt(model: Model, step: Step, named: list[Feedback], picture: walk.Picture) -> str:
    """The picture in words: what is new in it, and how far what it shows has come."""
    news = [
        f"the loop {loop.name} ({KINDS[loop.letter]}): "
        + ", ".join(model.nodes[name].label for name in (loop.named.path if loop.named else loop.nodes))
        for loop in named
    ]
    news += [model.nodes[name].label for name in step.nodes]
    told = "Standing out in the picture: " + "; ".join(news) + "." if news else "The picture is as before."
    seen = _seen(picture.seen, loops_by_id(model))
    far = [
        f"{node.label}, {in_words(picture.levels[name])}"
        for name, node in model.nodes.items()
        if name in seen and name in picture.levels
    ]
    return told + (" How far: " + "; ".join(far) + "." if far else "")


def _seen(names: Collection[str], known: Mapping[str, Feedback]) -> set[str]:
    """The boxes among `names`, and those on the loops among them."""
    return {node for name in names for node in (known[name].nodes if name in known else (name,))}


def _closer(model: Model, layout: Layout, picture: walk.Picture) -> tuple[Frame, Frame]:
    """The rectangle around all that is seen, and the one around what stands out, if anything does."""
    seen = revealed(model, layout, picture.seen)
    if not seen.boxes:
        return layout.frame, layout.frame
    around = _grown(frame_around(seen.boxes, seen.wires, seen.rings), layout.frame, layout.frame)
    wires = [wire for wire in seen.wires if wire.key in (picture.lit or ())]
    ends = {end for wire in wires for end in (wire.link.source, wire.link.target)}
    if not ends:
        return around, around
    boxes = {name: box for name, box in seen.boxes.items() if name in ends or name in picture.step.nodes}
    rings = {name: ring for name, ring in seen.rings.items() if name in picture.step.loops}
    return around, _grown(frame_around(boxes, wires, rings), layout.frame, around)


def _grown(part: Frame, whole: Frame, within: Frame) -> Frame:
    """The part, with more around it where it is too small to move in on, inside `within` if it fits."""
    wide, tall = max(part.width, whole.width * _NEAREST), max(part.height, whole.height * _NEAREST)
    left, top = part.left + (part.width - wide) / 2, part.top + (part.height - tall) / 2
    if wide <= within.width:
        left = min(max(left, within.left), within.left + within.width - wide)
    if tall <= within.height:
        top = min(max(top, within.top), within.top + within.height - tall)
    return Frame(left, top, wide, tall)


def _counted(layout: Layout) -> str:
    return f"{len(layout.boxes)} boxes, {len(layout.wires)} arrows and {len(layout.rings)} loops"
