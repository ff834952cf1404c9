"""A story as pictures: what is drawn at each of its steps, what is new there, and how full the boxes are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from loops.draw.layout import Layout, loop_keys, place, revealed
from loops.model import Context, Lever, Model, Step, Story
from loops.scenario import Scenario
from loops.simulate import Trajectory, simulate


@dataclass(frozen=True)
class Picture:
    """One step of a story. `lit` are the keys of the links that are new; none means that nothing is."""

    step: Step
    seen: frozenset[str]
    """The loops and boxes revealed so far, for ``View.revealed``."""
    lit: frozenset[str] | None
    levels: Mapping[str, float] = field(default_factory=dict)
    """How full each box is, by its id; empty where the step has no scenario, or one that is not at hand."""


def shown(model: Model, story: Story) -> tuple[str, ...]:
    """The boxes of the whole story, in the order of the file, so that nothing moves from step to step.

    A story that reveals nothing is told in front of the whole diagram.
    """
    paths = {loop.id: loop.path for loop in model.loops}
    wanted = {name for step in story.steps for name in step.nodes}
    wanted |= {name for step in story.steps for loop in step.loops for name in paths[loop]}
    return tuple(name for name in model.nodes if name in wanted) or tuple(model.nodes)


def scenarios_of(story: Story, scenarios: Mapping[str, Scenario]) -> dict[str, Scenario]:
    """The scenarios at hand that the steps of a story name, in the order in which they first come."""
    named = dict.fromkeys(step.scenario for step in story.steps if step.scenario is not None)
    return {name: scenarios[name] for name in named if name in scenarios}


def run(
    model: Model, story: Story, scenarios: Mapping[str, Scenario], *, beside: Sequence[str] = ()
) -> dict[str, Trajectory]:
    """The runs of a story's scenarios by id, and of those named in `beside`, on to its last month.

    Raises what :func:`loops.simulate.simulate` raises.
    """
    wanted = {name: scenarios[name] for name in beside if name in scenarios} | scenarios_of(story, scenarios)
    if not wanted:
        return {}
    last = max([model.horizon, *(step.month for step in story.steps if step.month is not None)])
    return dict(zip(wanted, simulate(model, list(wanted.values()), months=last), strict=True))


def pictures(model: Model, story: Story, runs: Mapping[str, Trajectory]) -> tuple[Picture, ...]:
    """The pictures of a story, one for each step, filled by `runs`."""
    layout = place(model, shown(model, story))
    made: list[Picture] = []
    reveals = any(step.nodes or step.loops for step in story.steps)
    before: frozenset[str] = frozenset() if reveals else frozenset(layout.boxes).union(layout.rings)
    for step in story.steps:
        seen = before.union(step.nodes, step.loops)
        lit = _new(model, layout, step, before, seen)
        made.append(Picture(step, seen, lit, _levels(model, step, runs)))
        before = seen
    return tuple(made)


def _new(
    model: Model, layout: Layout, step: Step, before: frozenset[str], seen: frozenset[str]
) -> frozenset[str] | None:
    """The links of the loops revealed now, and those that join a box revealed now to what is seen."""
    if not before:
        return None
    lit = {key for loop in step.loops for key in loop_keys(model)[loop]}
    for wire in revealed(model, layout, seen).wires if step.nodes else ():
        if {wire.link.source, wire.link.target} & set(step.nodes):
            lit.add(wire.key)
    return frozenset(lit) or None


def _levels(model: Model, step: Step, runs: Mapping[str, Trajectory]) -> dict[str, float]:
    if step.scenario is None or step.month is None or step.scenario not in runs:
        return {}
    ran = runs[step.scenario]
    levels = {name: ran.at(name, step.month) for name in ran.variables}
    given: tuple[Lever | Context, ...] = (*model.levers, *model.contexts)
    for node in given:
        levels[node.id] = ran.scenario.level(node, step.month)
    return levels
