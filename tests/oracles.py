"""What the engine is held against: the design's equations written out plainly, and random diagrams to try.

`rates` reads a model as the text of the design says it, arrow by arrow, with no code of the engine in it, and
works on real and complex numbers. `dop853` integrates it with scipy at a relative tolerance of 1e-10, from
dated change to dated change.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import numpy as np
from hypothesis import strategies as st
from scipy.integrate import solve_ivp

from loops.model import Context, Lever, Link, Model, Variable
from loops.scenario import Change, LinkChange, Scenario, Schedule


def level_of(model: Model, scenario: Scenario, name: str, month: float):
    """The level of a lever or context just after `month`: holds and ramps read one by one."""
    level = model.nodes[name].level
    plan = scenario.schedule(name)
    if plan is None or plan.always is not None:
        return level if plan is None else plan.always
    for change in plan.changes:
        if month < change.month:
            return level
        if month < change.month + change.ramp:
            return level + (change.level - level) * (month - change.month) / change.ramp
        level = change.level
    return level


def strength_of(scenario: Scenario, link: Link) -> float:
    strength = link.strength
    for change in scenario.links:
        if (change.source, change.target) == (link.source, link.target):
            if change.cut:
                strength = 0.0
            elif change.strength is not None:
                strength = change.strength
            else:
                strength *= change.times
    return strength


def names(model: Model) -> list[str]:
    """The rows of the oracle's state: variables, then three stages for each delayed link."""
    order = sorted(node.id for node in model.variables)
    delayed = [k for k, link in enumerate(model.links) if link.delay]
    return order + [f"{k}/{stage}" for k in delayed for stage in range(3)]


def start(model: Model, scenario: Scenario) -> np.ndarray:
    levels = {node.id: node.start for node in model.variables}
    for node in (*model.levers, *model.contexts):
        plan = scenario.schedule(node.id)
        levels[node.id] = plan.always if plan is not None and plan.always is not None else node.level
    return np.array(
        [
            levels[name if "/" not in name else model.links[int(name.split("/")[0])].source]
            for name in names(model)
        ]
    )


def resting(model: Model, scenario: Scenario, levels: np.ndarray) -> np.ndarray:
    """The oracle's state with the variables (by id) at `levels` and each delay full of its source's level."""
    order = sorted(node.id for node in model.variables)
    known = dict(zip(order, levels, strict=True))
    stages = [model.links[int(name.split("/")[0])].source for name in names(model)[len(order) :]]
    return np.array([*levels, *(known[s] if s in known else level_of(model, scenario, s, 0) for s in stages)])


def rates(model: Model, scenario: Scenario) -> Callable:
    """dx/dt as section 3 of the design writes it."""
    row = {name: i for i, name in enumerate(names(model))}
    variables = {node.id: node for node in model.variables}

    def right_hand_side(month, state):
        state = np.asarray(state)
        won = {name: node.gain + 0 * state[0] for name, node in variables.items()}
        lost = {name: node.fade + 0 * state[0] for name, node in variables.items()}
        change = np.zeros_like(state)
        for k, link in enumerate(model.links):
            if link.source in variables:
                y = state[row[link.source]]
            else:
                y = level_of(model, scenario, link.source, month)
            if link.delay:
                for stage in range(3):
                    here = row[f"{k}/{stage}"]
                    change[here] = 3 / link.delay * (y - state[here])
                    y = state[here]
            if link.threshold:
                k_m = link.threshold**link.steepness
                y = (1 + k_m) * y**link.steepness / (k_m + y**link.steepness)
            pull = strength_of(scenario, link) * y
            if link.polarity != "-":
                won[link.target] += pull / 2 if link.polarity == "?" else pull
            if link.polarity != "+":
                lost[link.target] += pull / 2 if link.polarity == "?" else pull
        for name in variables:
            x = state[row[name]]
            change[row[name]] = (1 - x) * won[name] - x * lost[name]
        return change

    return right_hand_side


def dop853(model: Model, scenario: Scenario, months: np.ndarray, rtol: float = 1e-10) -> np.ndarray:
    """Levels (T, n) at `months` by scipy's DOP853, restarted at every dated change."""
    function = rates(model, scenario)
    corners = {corner for plan in (*scenario.levers, *scenario.contexts) for corner in plan.corners()}
    stops = sorted({0.0, float(months[-1]), *(corner for corner in corners if 0 < corner < months[-1])})
    state = start(model, scenario)
    levels = np.empty((months.size, len(model.variables)))
    levels[0] = state[: levels.shape[1]]
    for begin, end in pairwise(stops):
        # hold the level just after `begin` at the end of the piece too: a jump belongs to the next piece
        last = np.nextafter(end, begin)
        inside = months[(months > begin) & (months <= end)]
        piece = solve_ivp(
            lambda month, state, last=last: function(min(month, last), state),
            (begin, end),
            state,
            method="DOP853",
            rtol=rtol,
            atol=rtol * 1e-2,
            t_eval=np.unique([*inside, end]),
        )
        assert piece.success, piece.message
        levels[(months > begin) & (months <= end)] = piece.y[: levels.shape[1], : inside.size].T
        state = piece.y[:, -1]
    return levels


def small(links: list[dict], variables: dict[str, dict], levers: tuple[str, ...] = (), contexts=()) -> Model:
    """A model from the least that must be said."""
    return Model(
        id="small",
        title="Small",
        variables=[
            Variable(id=name, label=name, **{"start": 0.0, **given}) for name, given in variables.items()
        ],
        levers=[Lever(id=name, label=name) for name in levers],
        contexts=[Context(id=name, label=name, level=0.5) for name in contexts],
        links=[Link.model_validate(link) for link in links],
    )


def plan(model: Model, **schedules) -> Scenario:
    """A scenario from keywords: a number for always, or a list of (month, level) or (month, level, ramp)."""
    made = []
    for name, given in schedules.items():
        if isinstance(given, int | float):
            made.append(Schedule(id=name, always=given))
        else:
            keys = ("month", "level", "ramp")
            changes = [Change(**dict(zip(keys, change, strict=False))) for change in given]
            made.append(Schedule(id=name, changes=changes))
    contexts = {node.id for node in model.contexts}
    return Scenario(
        id="plan",
        model=model.id,
        title="Plan",
        levers=[each for each in made if each.id not in contexts],
        contexts=[each for each in made if each.id in contexts],
    )


@st.composite
def models(draw, most_variables: int = 6, most_links: int = 14) -> Model:
    """Random signed graphs: any signs, unknown ones too, self-links, delays, thresholds, inputs."""
    count = draw(st.integers(1, most_variables))
    variables = [f"v{i}" for i in range(count)]
    # the squares of smaller levels underflow in scipy's estimate of its own error, which then divides 0 by 0
    share = st.just(0.0) | st.floats(1e-100, 1)
    rate = st.floats(0, 0.5)
    pair = st.tuples(st.sampled_from([*variables, "lever", "context"]), st.sampled_from(variables))
    links, signs = [], {}
    for source, target in draw(st.lists(pair, max_size=most_links)):
        delay = draw(st.sampled_from([0.0, 0.0, 0.5, 3.0, 12.0]))
        # two arrows of one delay between one pair must agree; all else may repeat
        polarity = signs.setdefault((source, target, delay), draw(st.sampled_from("++--?")))
        links.append(
            Link(
                source=source,
                target=target,
                polarity=polarity,
                strength=draw(rate),
                delay=delay,
                threshold=draw(st.sampled_from([None, None, 0.2, 0.5, 0.8])),
                steepness=draw(st.integers(2, 8)),
            )
        )
    return Model(
        id="random",
        title="Random",
        variables=[
            Variable(id=name, label=name, start=draw(share), gain=draw(rate), fade=draw(rate))
            for name in variables
        ],
        levers=[Lever(id="lever", label="Lever", level=draw(st.sampled_from([0.0, 0.0, 0.3])))],
        contexts=[Context(id="context", label="Context", level=draw(share))],
        links=links,
    )


@st.composite
def schedules(draw, name: str) -> Schedule:
    """Up to four dated changes, some of them ramps, on whole and broken months."""
    gaps = draw(st.lists(st.sampled_from([0.5, 1.0, 3.25, 7.0, 12.0]), min_size=1, max_size=4))
    months = np.cumsum([draw(st.sampled_from([0.0, 2.0])), *gaps[:-1]])
    changes = [
        Change(
            month=float(month),
            level=draw(st.floats(0, 1)),
            ramp=draw(st.sampled_from([0.0, 0.0, gap, gap / 2])),
        )
        for month, gap in zip(months, gaps, strict=True)
    ]
    return Schedule(id=name, changes=changes)


@st.composite
def changed_links(draw, model: Model) -> list[LinkChange]:
    """Some pairs of the model cut, weakened or set."""
    ends = sorted({(link.source, link.target) for link in model.links})
    chosen = draw(st.lists(st.sampled_from(ends), max_size=3, unique=True)) if ends else []
    ways = [{"cut": True}, {"times": 0.5}, {"strength": 0.2}]
    return [LinkChange(source=a, target=b, **draw(st.sampled_from(ways))) for a, b in chosen]


@st.composite
def runs(draw) -> tuple[Model, Scenario]:
    """A random model and a random plan for its lever, context and links."""
    model = draw(models())
    always = st.builds(lambda level: Schedule(id="context", always=level), st.floats(0, 1))
    scenario = Scenario(
        id="random",
        model="random",
        title="Random",
        levers=[draw(schedules("lever"))],
        contexts=draw(st.lists(st.one_of(schedules("context"), always), max_size=1)),
        links=draw(changed_links(model)),
    )
    return model, scenario
