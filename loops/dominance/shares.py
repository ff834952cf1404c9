"""How much of the change in a run each feedback loop explains, month by month: Loops That Matter.

Two loops are built into every variable: saturation (-G: the more is won, the less is left to win) and fading
(-L). They are balancing, and count beside the loops of the diagram in the strongly connected part their
variable belongs to. A variable on no loop of the diagram belongs to no part: its own two would always explain
all of it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from loops.circuits import graph_of
from loops.dominance.gain import repeats
from loops.dominance.moments import STILL, Moments
from loops.dominance.scores import Circuit, link_scores, loop_scores
from loops.dominance.strongest import Progress, strongest
from loops.feedback import Feedback, Form, Found, arrows_of, feedback_of, form
from loops.kernel import Floats
from loops.model import Model

Kind = Literal["named", "other R", "other B", "other ?", "built in"]


@dataclass(frozen=True)
class Shares:
    """Signed shares of the change in each strongly connected part, + of reinforcing loops, - of balancing.

    A loop with an arrow of unknown sign may be either: its share has the sign with which it acts that month.
    The absolute values of a part's loops, saturation and fading sum to 1 while it moves; all are 0 at rest.
    Shares of loops of different length are not comparable near rest, where all tend to the sizes of products
    of slopes alone.
    """

    moments: Moments
    found: Found
    scores: Floats  #     (T, F) of `found.loops`
    saturation: Floats  # (T, n)
    fading: Floats  #     (T, n)
    parts: tuple[tuple[str, ...], ...]
    """Variables that are on loops with each other, the largest part first."""

    @property
    def complete(self) -> bool:
        """Whether `found` holds every loop; if not, shares are of the loops that were found."""
        return self.found.complete


@dataclass(frozen=True)
class Band:
    """A share over time, as it is drawn: of a named loop, or of a group of loops together."""

    key: str
    """The loop's id, or the kind of the group."""
    name: str
    letter: str
    kind: Kind
    share: Floats  # (T,) signed


def shares(moments: Moments, found: Found, *, progress: Progress | None = None) -> Shares:
    """Return what share of the change each loop of `found` and each built-in loop explains.

    A loop's link stands for its repeats: their scores are added. A part is at rest where none of its
    variables, nor a stage of a delay on the way to one, moves faster than `STILL`. Where `found` is not
    complete the strongest loops are looked for, which takes seconds: `progress` hears of it, and may raise.
    """
    equations = moments.equations
    parts = parts_of(equations.model)
    saturation, fading = np.zeros((2, *moments.rates.shape))
    if not parts:
        return Shares(moments, found, np.zeros((len(moments.months), 0)), saturation, fading, parts)
    if not found.complete:
        found = _strongest_of(moments, found, progress)
    part = {name: number for number, members in enumerate(parts) for name in members}
    members = [equations.row[name] for name in part]
    whole = repeats(equations, (link for loop in found.loops for link in loop.links))
    column = {key: place for place, key in enumerate(whole)}
    built_in = [Circuit((len(column) + i,), number) for i, number in enumerate((*part.values(),) * 2)]
    circuits = [_circuit(loop, column, part) for loop in found.loops] + built_in

    gains, input_rates, accelerations = _added(moments, whole)
    rates, own = moments.rates[:, members], moments.accelerations[:, members]
    relative = loop_scores(
        np.column_stack([gains, -moments.winning[:, members], -moments.losing[:, members]]),
        np.column_stack([input_rates, rates, rates]),
        np.column_stack([accelerations, own, own]),
        circuits,
    ).relative
    still = np.column_stack([_still(moments, names) for names in parts])
    relative[still[:, [circuit.part for circuit in circuits]]] = 0.0
    # signed by letter: a level that the solver leaves a hair below 0 would turn the sign of a slope
    letters = np.array([loop.letter for loop in found.loops] + ["B"] * len(built_in))
    signs = np.select([letters == "R", letters == "B"], [1.0, -1.0], np.sign(relative))
    relative = np.abs(relative) * signs + 0.0  # no negative zeros

    scores, saturation[:, members], fading[:, members] = np.split(
        relative, np.cumsum([len(found.loops), len(members)]), axis=1
    )
    return Shares(moments, found, scores, saturation, fading, parts)


def bands(shares: Shares, part: int = 0) -> tuple[Band, ...]:
    """Return the bands of one part in the order they are drawn; empty when no loop makes such a part.

    The named loops come first, then the other reinforcing, balancing and undecided loops, each together where
    there are any, and what is built in. The shares of a band add up, since all of its loops have one sign; of
    the undecided the sizes do.
    """
    if part >= len(shares.parts):
        return ()
    members = shares.parts[part]
    mine = [(k, loop) for k, loop in enumerate(shares.found.loops) if loop.nodes[0] in members]
    drawn = [
        Band(loop.id, loop.name, loop.letter, "named", shares.scores[:, k]) for k, loop in mine if loop.named
    ]
    others: tuple[tuple[Kind, str], ...] = (
        ("other R", "Other snowballs"),
        ("other B", "Other brakes"),
        ("other ?", "Others, not decided yet"),
    )
    for kind, name in others:
        group = [k for k, loop in mine if not loop.named and loop.letter == kind[-1]]
        if group:
            size = np.abs(shares.scores[:, group]).sum(axis=1)
            drawn.append(Band(kind, name, kind[-1], kind, -size if kind == "other B" else size))
    rows = [shares.moments.equations.row[name] for name in members]
    built_in = (shares.saturation + shares.fading)[:, rows].sum(axis=1)
    return (*drawn, Band("built in", "Filling up and fading", "B", "built in", built_in))


def by_kind(shares: Shares, part: int = 0) -> dict[Kind, Floats]:
    """Return how large the shares of each kind of loop are together, (T,) without sign, as drawn."""
    sizes: dict[Kind, Floats] = {}
    for band in bands(shares, part):
        sizes[band.kind] = sizes.get(band.kind, 0.0) + np.abs(band.share)
    return sizes


def on_average(shares: Shares, part: int = 0) -> dict[Kind, float]:
    """Return the mean share of each kind over the months in which the part moves; empty if it never does."""
    sizes = by_kind(shares, part)
    moving = sum(sizes.values(), np.zeros(len(shares.moments.months))) > 0
    return {kind: float(size[moving].mean()) for kind, size in sizes.items()} if moving.any() else {}


def parts_of(model: Model) -> tuple[tuple[str, ...], ...]:
    """The variables that are on feedback loops with each other, by id: the largest part first."""
    variables = {node.id for node in model.variables}
    graph = graph_of((link.source, link.target) for link in model.links if link.source in variables)
    parts = [
        tuple(sorted(part))
        for part in nx.strongly_connected_components(graph)
        if len(part) > 1 or any(graph.has_edge(name, name) for name in part)
    ]
    return tuple(sorted(parts, key=lambda part: (-len(part), part)))


def _strongest_of(moments: Moments, found: Found, progress: Progress | None) -> Found:
    """The named loops and the strongest others, for a diagram that has more loops than can be listed."""
    model = moments.equations.model
    arrows = arrows_of(model)
    links = [link for between in arrows.values() for link in between]
    scores = link_scores(*_added(moments, repeats(moments.equations, links)))
    scores[moments.resting] = 0.0
    row = moments.equations.row
    ends = np.array([(row[link.source], row[link.target]) for link in links], dtype=np.int64)
    circuits = strongest(scores, ends[:, 0], ends[:, 1], progress=progress).circuits
    named = {loop.id: loop for loop in found.loops if loop.named}
    others = (feedback_of(model, arrows, tuple(links[k] for k in circuit)) for circuit in circuits)
    return replace(found, loops=(*named.values(), *(loop for loop in others if loop.id not in named)))


def _added(moments: Moments, whole: dict[Form, list[int]]) -> tuple[Floats, Floats, Floats]:
    """Gains with repeats added, rates of the inputs and accelerations of the targets, (T, A) each."""
    targets = [moments.equations.row[target] for _, target, _ in whole]
    added = [moments.gains[:, places].sum(axis=1) for places in whole.values()]
    return (
        np.array(added).T.reshape(len(moments.months), len(whole)),
        moments.input_rates[:, [first for first, *_ in whole.values()]],
        moments.accelerations[:, targets],
    )


def _circuit(loop: Feedback, column: dict[Form, int], part: dict[str, int]) -> Circuit:
    return Circuit(tuple(column[form(link)] for link in loop.links), part[loop.nodes[0]])


def _still(moments: Moments, part: tuple[str, ...]) -> NDArray[np.bool_]:
    """The months (T,) in which a part is at rest."""
    equations = moments.equations
    into = [place for place, k in enumerate(equations.delayed) if equations.links[k].target in part]
    speeds = np.column_stack(
        [moments.rates[:, [equations.row[name] for name in part]], moments.stirring[:, into]]
    )
    still: NDArray[np.bool_] = np.abs(speeds).max(axis=1) < STILL
    return still
