"""What a deck shows beside the drawing: what the plans of a story lead to, and what a room said to it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from loops.draw import blank, linechart, walk
from loops.draw.charts import Line
from loops.draw.document import ASSUMPTIONS, Record, Topic
from loops.draw.letters import CUT, wrap
from loops.draw.palette import LIGHT
from loops.draw.scale import in_words, years
from loops.draw.slides import Area, Shape, Sheet, Stroke, Words
from loops.model import Model, Story
from loops.scenario import Scenario

if TYPE_CHECKING:
    from pptx.presentation import Presentation as Deck

NOTHING_NEW = "nothing_new"
"""The scenario that plans are set beside, where there is one of this id."""
_CHART, _SIDE = Area(36, 92, 640, 412), Area(706, 104, 226, 390)
_MOST = 6
"""Things said that one slide holds."""


def comparison(made: Deck, model: Model, story: Story, scenarios: Mapping[str, Scenario]) -> None:
    """A slide with what the plans of a story lead to, if it has any at hand."""
    runs = walk.run(model, story, scenarios, beside=[NOTHING_NEW])
    if not walk.scenarios_of(story, scenarios):
        return
    outcome = _outcome(model, story)
    lines = [
        Line(run.scenario.title, run[outcome].clip(0, 1), (), place)
        for place, run in enumerate(runs.values(), start=0 if NOTHING_NEW in runs else 1)
    ]
    told = [f"{line.name}: {_journey(line)}." for line in lines]
    title = f"What the plans lead to: {model.nodes[outcome].label}"
    slide = blank.slide(made, title, notes=[*told, *_meanings(model, outcome), ASSUMPTIONS])
    linechart.add(slide, _CHART, lines, f"{title}. {' '.join(told)}")
    sheet = Sheet(slide)
    blank.around(sheet, len(made.slides), story.title, ASSUMPTIONS)
    size = blank.fitting("\n\n".join(told), _SIDE, 18, bold=False)
    sheet.add(Shape("in words", _SIDE, words=Words(told, size, LIGHT.ink, apart=10)))


def _outcome(model: Model, story: Story) -> str:
    """The variable that the authors' own tests of the model name most often, or else the story's last."""
    named = Counter(name for mode in model.reference_modes for one in mode.criteria for name in one.variables)
    if named:
        return max(named, key=named.__getitem__)
    variables = {node.id for node in model.variables}
    return [name for name in walk.shown(model, story) if name in variables][-1]


def _journey(line: Line) -> str:
    """Where a line begins, how high it comes and where it ends, in words."""
    first, top, last = (in_words(level) for level in (line.levels[0], line.levels.max(), line.levels[-1]))
    span = years(line.levels.size - 1)
    if first == top == last:
        return f"“{first}” for {span}"
    if top == last:
        return f"from “{first}” to “{last}” after {span}"
    return f"from “{first}” up to “{top}”, and “{last}” after {span}"


def _meanings(model: Model, name: str) -> Iterator[str]:
    node = model.nodes[name]
    if node.not_yet:
        yield f"Not yet: {node.not_yet}"
    if node.fully:
        yield f"Fully: {node.fully}"


def heard(made: Deck, record: Record | None) -> None:
    """Slides with what a room said about each box and arrow, and how it voted."""
    if record is None:
        return
    for topic in record.topics:
        cards = [(f"{one.role}, {one.name}" if one.name else one.role, one.words) for one in topic.said]
        if topic.votes:
            votes = topic.votes
            told = f"Yes: {votes.yes}. No: {votes.no}. It depends: {votes.depends}."
            cards.insert(0, ("Is it true here?", told))
        for at in range(0, len(cards), _MOST):
            _heard(made, record, topic, cards[at : at + _MOST])


def _heard(made: Deck, record: Record, topic: Topic, cards: Sequence[tuple[str, str]]) -> None:
    """A slide with a card for each thing said; what a card is too small for is in the notes."""
    notes = [f"To ask the room: {one}" for one in topic.prompts]
    notes += [f"{who}: {words}" for who, words in cards]
    sheet = Sheet(blank.slide(made, topic.title, notes=notes))
    above = f"What the room said  ·  {record.title}, {record.date}"
    blank.around(sheet, len(made.slides), above, ASSUMPTIONS)
    for at, (who, words) in enumerate(cards):
        across, down = 40 + 448 * (at % 2), 100 + 134 * (at // 2)
        card, top, room = (
            Area(across, down, 432, 122),
            Area(across + 14, down + 10, 404, 16),
            Area(across + 14, down + 30, 404, 84),
        )
        size = blank.fitting(words, room, 18, bold=False)
        lines = wrap(words, size, room.width, int(room.height / (size * blank.LINE)))
        told = " ".join(lines) if lines[-1].endswith(CUT) else words
        sheet.add(
            Shape("card", card, "roundRect", LIGHT.box, Stroke(LIGHT.grid, 1)),
            Shape("who", top, words=Words((who,), blank.fitting(who, top, 12), LIGHT.muted, bold=True)),
            Shape("words", room, words=Words((told,), size, LIGHT.ink)),
        )
