"""A story as a deck of slides whose every shape can be edited, with notes for whoever speaks to them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, TypeAlias

from loops.draw.deck import blank, freeform, key
from loops.draw.deck.comparison import comparison
from loops.draw.deck.heard import heard
from loops.draw.deck.slides import Area, Shape, Sheet, Stroke, Words
from loops.draw.deck.stage import Fit, Stage
from loops.draw.document.record import Record
from loops.draw.elements import GRADES, KINDS
from loops.draw.layout import Layout, loop_keys, loops_by_id, place, revealed
from loops.draw.palette import LIGHT
from loops.draw.scale import ASSUMPTIONS_IN_SHORT, SCALE
from loops.draw.shapes import mix
from loops.draw.story.scenes import Scene, scenes
from loops.feedback import Feedback
from loops.model import Model, Step, Story
from loops.scenario import Scenario

if TYPE_CHECKING:
    from pptx.presentation import Presentation as Deck

Progress: TypeAlias = Callable[[float, str], None]
_PICTURE = Area(16, 88, 664, 418)
_SIDE, _LOOPS = Area(706, 104, 226, 206), Area(706, 318, 226, 62)
_MOST = 4
"""New loops that a slide lists."""
_FILLS, _ABOUT = Area(706, 392, 226, 30), Area(706, 430, 226, 72)


def deck(
    model: Model,
    story: Story,
    scenarios: Mapping[str, Scenario],
    *,
    record: Record | None = None,
    progress: Progress = lambda share, what: None,
) -> bytes:
    """A story as a PowerPoint file: a slide a step, then what its plans lead to, and the question at the end.

    The topics of a `record` get slides of their own: give it as :func:`loops.draw.document.ticked` left it.
    `progress` is told the share that is done and which slide is next. Raises what
    :func:`loops.simulate.simulate` raises.
    """
    *told, question = scenes(model, story, scenarios)
    made = blank.deck(story.title)
    _opening(made, model, story)
    _how_to_read(made, model, story)
    for number, (step, scene) in enumerate(zip(story.steps, told, strict=True), start=1):
        progress(0.9 * (number - 1) / len(told), scene.title)
        _step(made, model, scene, step, f"{number} of {len(told)}  ·  {story.title}")
    progress(0.9, question.title)
    comparison(made, model, story, scenarios)
    if record is not None:
        heard(made, record)
    _step(made, model, question, None, story.title)
    return blank.saved(made)


def _opening(made: Deck, model: Model, story: Story) -> None:
    """The title, beside a snowball and a brake."""
    notes = [model.description, *model.cannot_say]
    slide = blank.slide(made, story.title, notes=notes, area=Area(56, 140, 520, 150), size=44)
    sheet = Sheet(slide)
    lines = Words((model.title, ASSUMPTIONS_IN_SHORT), 18, LIGHT.muted, apart=8)
    sheet.add(Shape("about", Area(56, 312, 520, 120), words=lines))
    rings = (
        (Area(640, 112, 210, 210), LIGHT.reinforcing, True),
        (Area(752, 272, 150, 150), LIGHT.balancing, False),
    )
    for area, ink, clockwise in rings:
        form, head = freeform.ring(clockwise=clockwise)
        sheet.add(Shape("ring", area, form, stroke=Stroke(ink, 9, head=head)))


def _how_to_read(made: Deck, model: Model, story: Story) -> None:
    notes = ["How strong each arrow is, and how long it takes, is assumed."]
    sheet = Sheet(blank.slide(made, "How to read the drawing", notes=notes))
    blank.around(sheet, len(made.slides), story.title, ASSUMPTIONS_IN_SHORT)
    key.reading(sheet, model)


def _step(made: Deck, model: Model, scene: Scene, step: Step | None, above: str) -> None:
    """The slide of a step, or without one of the question at the end."""
    layout = revealed(model, place(model, scene.view.shown), scene.view.revealed)
    fresh = [loops_by_id(model)[name] for name in step.loops if name in loops_by_id(model)] if step else []
    notes = [scene.sentence, *scene.notes, *_evidence(layout, scene), *_prompts(model, fresh, step)]
    sheet = Sheet(blank.slide(made, scene.title, notes=[*notes, scene.alt]))
    blank.around(sheet, len(made.slides), above, ASSUMPTIONS_IN_SHORT)
    new = _new(model, layout, scene, step)
    Stage(model, layout, Fit.of(layout.frame, _PICTURE), new, scene.view.levels).put(sheet)
    rule = Area(_SIDE.left - 18, _SIDE.top, 3, _ABOUT.top + _ABOUT.height - _SIDE.top)
    size = blank.fitting(scene.sentence, _SIDE, 24, bold=scene.asks)
    sheet.add(
        Shape("rule", rule, fill=LIGHT.grid),
        Shape("sentence", _SIDE, words=Words((scene.sentence,), size, LIGHT.ink, bold=scene.asks)),
        *_news(fresh),
        *(_fills() if scene.view.levels else ()),
    )
    if scene.about:
        about = Words((scene.about,), blank.fitting(scene.about, _ABOUT, 10.5, bold=False), LIGHT.muted)
        sheet.add(Shape("about the fills", _ABOUT, words=about))


def _new(model: Model, layout: Layout, scene: Scene, step: Step | None) -> frozenset[str] | None:
    """Keys of the links, and ids of the boxes and loops, that stand out; none if nothing steps back."""
    lit = scene.view.lit
    if lit is None or step is None:
        return None
    wires = [wire for wire in layout.wires if wire.key in lit]
    ends = {end for wire in wires for end in (wire.link.source, wire.link.target)}
    whole = {name for name in layout.rings if lit.issuperset(loop_keys(model)[name])}
    return lit | ends | whole | set(step.nodes)


def _evidence(layout: Layout, scene: Scene) -> Iterator[str]:
    """How well the arrows are known that are new, or all that are shown if none is."""
    lit = scene.view.lit
    grades = Counter(wire.link.grade for wire in layout.wires if lit is None or wire.key in lit)
    if grades:
        told = ", ".join(f"{grades[grade]} {grade}" for grade in GRADES if grades[grade])
        which = "arrows in the picture" if lit is None else "arrows that stand out"
        yield f"How we know the {which}: {told}. How strong they are is assumed."


def _prompts(model: Model, fresh: Sequence[Feedback], step: Step | None) -> Iterator[str]:
    """The first question that the authors would ask a room about each box that is new."""
    boxes = dict.fromkeys(name for loop in fresh for name in loop.nodes)
    boxes |= dict.fromkeys(step.nodes if step else ())
    for name in boxes:
        if prompts := model.nodes[name].prompts:
            yield f"To ask the room about “{model.nodes[name].label}”: {prompts[0]}"


def _news(fresh: Sequence[Feedback]) -> Iterator[Shape]:
    """The loops that are new, by letter, name and kind; of many, the first few."""
    inks = {"R": LIGHT.reinforcing, "B": LIGHT.balancing, "?": LIGHT.unknown}
    told = [(f"{_letter(loop)}  {loop.name} ({KINDS[loop.letter]})", inks[loop.letter]) for loop in fresh]
    if len(told) > _MOST:
        told[_MOST - 1 :] = [(f"and {len(told) - _MOST + 1} more loops", LIGHT.muted)]
    high = _LOOPS.height / max(len(told), 2)
    for row, (text, ink) in enumerate(told):
        area = _LOOPS._replace(top=_LOOPS.top + row * high, height=high)
        words = Words((text,), blank.fitting(text, area, 14), ink, bold=True)
        yield Shape("new loop", area, words=words)


def _letter(loop: Feedback) -> str:
    return (loop.named.label if loop.named else None) or loop.letter


def _fills() -> Iterator[Shape]:
    """The five fills with their words."""
    wide = _FILLS.width / len(SCALE)
    for at, (level, word) in enumerate(SCALE):
        area = Area(_FILLS.left + at * wide, _FILLS.top, wide - 4, 15)
        fill = mix(LIGHT.mid, LIGHT.high, level)
        yield Shape("fill", area, "roundRect", fill, Stroke(LIGHT.muted, 1))
        below = area._replace(top=area.top + 17, height=13)
        yield Shape("fill in words", below, words=Words((word,), 10.5, LIGHT.ink, across="ctr", wrap=False))
