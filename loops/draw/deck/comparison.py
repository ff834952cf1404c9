"""The slide that says what the plans of a story lead to: an editable chart, and its lines in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from loops.draw.charts import Line
from loops.draw.deck import blank, linechart
from loops.draw.deck.slides import Area, Shape, Sheet, Words
from loops.draw.palette import LIGHT
from loops.draw.scale import ASSUMPTIONS_IN_SHORT, in_words, years
from loops.draw.story import walk
from loops.model import Model, Story
from loops.scenario import Scenario

if TYPE_CHECKING:
    from pptx.presentation import Presentation as Deck

_NOTHING_NEW = "nothing_new"
"""The scenario that plans are set beside, where there is one of this id."""
_CHART, _SIDE = Area(36, 92, 640, 412), Area(706, 104, 226, 390)


def comparison(made: Deck, model: Model, story: Story, scenarios: Mapping[str, Scenario]) -> None:
    """A slide with what the plans of a story lead to, if it has any at hand."""
    if not walk.scenarios_of(story, scenarios):
        return
    runs = walk.run(model, story, scenarios, beside=[_NOTHING_NEW])
    outcome = _outcome(model, story)
    lines = [
        Line(run.scenario.title, run[outcome].clip(0, 1), (), place)
        for place, run in enumerate(runs.values(), start=0 if _NOTHING_NEW in runs else 1)
    ]
    told = [f"{line.name}: {_journey(line)}." for line in lines]
    title = f"What the plans lead to: {model.nodes[outcome].label}"
    slide = blank.slide(made, title, notes=[*told, *_meanings(model, outcome), ASSUMPTIONS_IN_SHORT])
    linechart.add(slide, _CHART, lines, f"{title}. {' '.join(told)}")
    sheet = Sheet(slide)
    blank.around(sheet, len(made.slides), story.title, ASSUMPTIONS_IN_SHORT)
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
