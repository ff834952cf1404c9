"""Whether the pieces of a model fit together: every name exists, every loop closes, every label is right."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING

from loops.parts import nearest, repeated

if TYPE_CHECKING:
    from loops.criteria import ReferenceMode
    from loops.influence import Quoted
    from loops.model import Model

MAX_NODES = 500


def check(model: Model) -> None:
    """Raise :class:`ValueError` with one sentence that names the place and the way to mend it."""
    _check_nodes(model)
    _check_levers(model)
    _check_settings(model)
    _check_links(model)
    _check_loops(model)
    _check_stories(model)
    _check_reference_modes(model)


def no_such_link(model: Model, source: str, target: str) -> str:
    """The sentence that says a link is missing and which one was probably meant."""
    return f"no link {source} -> {target}. " + nearest(
        f"{source} -> {target}", {link.name for link in model.links}
    )


LETTERS = {"+": "R", "-": "B"}
"""What a loop of a known polarity is called on a diagram: reinforcing or balancing."""


def path_polarity(model: Model, pairs: Sequence[tuple[str, str]]) -> str:
    """The polarity of a path: ``+`` for an even number of - links, ``-`` for odd, ``?`` if any is unknown.

    Raises :class:`KeyError` when a pair has no link. Where a pair has several links their polarities must
    agree for the path to have one; otherwise it is ``?``.
    """
    sign = 1
    unknown = False
    for source, target in pairs:
        found = model.signs.get((source, target))
        if not found:
            raise KeyError(no_such_link(model, source, target))
        unknown |= found not in ({"+"}, {"-"})
        sign = -sign if found == {"-"} else sign
    return "?" if unknown else "+" if sign > 0 else "-"


def _check_nodes(model: Model) -> None:
    every = [node.id for node in (*model.variables, *model.levers, *model.contexts)]
    if len(every) > MAX_NODES:
        raise ValueError(f"{len(every)} nodes: at most {MAX_NODES} are allowed. Split the diagram.")
    if twice := repeated(every):
        raise ValueError(f"two nodes are called '{twice}': give one of them another id")
    for name in model.core:
        if name not in model.nodes:
            raise ValueError(f"core: there is no node '{name}'. {nearest(name, model.nodes)}")
    variables = [variable.id for variable in model.variables]
    for name in model.outcomes:
        if name not in variables:
            raise ValueError(f"outcomes: there is no variable '{name}'. {nearest(name, variables)}")
    if twice := repeated(model.outcomes):
        raise ValueError(f"outcomes: '{twice}' stands twice. Keep one.")


def _check_levers(model: Model) -> None:
    """Levers that need others, which must exist, and the cells of the influencer matrix."""
    levers = {lever.id for lever in model.levers}
    for lever in model.levers:
        for name in lever.needs:
            if name == lever.id:
                raise ValueError(f"lever {name}: needs: it names itself. Take it out.")
            if name not in levers:
                raise ValueError(
                    f"lever {lever.id}: needs: there is no lever '{name}'. {nearest(name, levers)}"
                )
        if twice := repeated(f"{cell.at}, {cell.on}" for cell in lever.influence):
            raise ValueError(f"lever {lever.id}: influence: the cell {twice} stands twice. Keep one.")
        _check_cited(model, f"lever {lever.id}: influence", lever.influence)


def _check_settings(model: Model) -> None:
    levers = {lever.id for lever in model.levers}
    if twice := repeated(setting.id for setting in model.settings):
        raise ValueError(f"two settings have the id '{twice}': change one of them")
    for setting in model.settings:
        for item in setting.essentials:
            if item.lever not in levers:
                raise ValueError(
                    f"setting {setting.id}: essential: there is no lever '{item.lever}'. "
                    + nearest(item.lever, levers)
                )
        _check_cited(model, f"setting {setting.id}: essential", setting.essentials)


def _check_cited(model: Model, place: str, quoted: Iterable[Quoted]) -> None:
    cited = {source.id for source in model.sources}
    for each in quoted:
        if each.cited is not None and each.cited not in cited:
            raise ValueError(f"{place}: there is no source '{each.cited}'. {nearest(each.cited, cited)}")


def _check_links(model: Model) -> None:
    variables = {node.id for node in model.variables}
    cited = {source.id for source in model.sources}
    signs: dict[tuple[str, str, float], set[str]] = {}
    for link in model.links:
        if link.source not in model.nodes:
            raise ValueError(
                f"link {link.name}: from: there is no node '{link.source}'. "
                + nearest(link.source, model.nodes)
            )
        if link.target not in variables:
            what = (
                "is not a variable, so nothing can act on it" if link.target in model.nodes else "is no node"
            )
            raise ValueError(
                f"link {link.name}: to: '{link.target}' {what}. {nearest(link.target, variables)}"
            )
        if link.cited is not None and link.cited not in cited:
            raise ValueError(
                f"link {link.name}: cited: there is no source '{link.cited}'. {nearest(link.cited, cited)}"
            )
        said = signs.setdefault((link.source, link.target, link.delay), set())
        said.add(link.polarity)
        if {"+", "-"} <= said:
            raise ValueError(
                f"link {link.name}: one arrow says + and another says -, with the same delay. "
                "Keep one, or give them different delays."
            )


def _check_loops(model: Model) -> None:
    variables = {node.id for node in model.variables}
    if twice := repeated(loop.label for loop in model.loops if loop.label is not None):
        raise ValueError(f"two loops have the label '{twice}': change one of them")
    if twice := repeated(loop.id for loop in model.loops):
        raise ValueError(f"two loops have the id '{twice}': change one of them")
    for loop in model.loops:
        place = f"loop {loop.id}: path:"
        for node in loop.path:
            if node not in variables:
                raise ValueError(f"{place} there is no variable '{node}'. {nearest(node, variables)}")
        if twice := repeated(loop.path):
            raise ValueError(f"{place} '{twice}' is passed twice. A loop visits each node once.")
        try:
            polarity = path_polarity(model, loop.pairs)
        except KeyError as missing:
            raise ValueError(f"{place} it does not close: {missing.args[0]}") from None
        letter = LETTERS.get(polarity)
        if loop.label and letter and loop.label[0] != letter:
            kind = "an even number of - links, so it is reinforcing (R)"
            if letter == "B":
                kind = "an odd number of - links, so it is balancing (B)"
            raise ValueError(
                f"loop {loop.id}: label: '{loop.label}' disagrees with its path, which has {kind}. "
                f"Call it {letter}{loop.label[1:]}, or check the signs along the path."
            )


def _check_stories(model: Model) -> None:
    named = {loop.id for loop in model.loops}
    if twice := repeated(story.id for story in model.stories):
        raise ValueError(f"two stories have the id '{twice}': change one of them")
    if twice := repeated(role.id for role in model.roles):
        raise ValueError(f"two roles have the id '{twice}': change one of them")
    for story in model.stories:
        for number, step in enumerate(story.steps, start=1):
            place = f"story {story.id}: step {number}:"
            for name in step.nodes:
                if name not in model.nodes:
                    raise ValueError(
                        f"{place} nodes: there is no node '{name}'. {nearest(name, model.nodes)}"
                    )
            for name in step.loops:
                if name not in named:
                    raise ValueError(
                        f"{place} loops: there is no named loop '{name}'. {nearest(name, named)}"
                    )


def _check_reference_modes(model: Model) -> None:
    for mode in model.reference_modes:
        check_reference_mode(model, mode)


def check_reference_mode(model: Model, mode: ReferenceMode) -> None:
    """Raise :class:`ValueError` when a reference mode names what is not in the model."""
    variables = {node.id for node in model.variables}
    levers = {node.id for node in model.levers}
    place = f"reference_mode {mode.id}:"
    for criterion in mode.criteria:
        for name in criterion.variables:
            if name not in variables:
                raise ValueError(
                    f"{place} variables: there is no variable '{name}'. {nearest(name, variables)}"
                )
        for run in filter(None, (criterion.run, criterion.against)):
            for name in run.without:
                if name not in levers:
                    raise ValueError(f"{place} without: there is no lever '{name}'. {nearest(name, levers)}")
            check_cuts(model, run.cut, place)
            held = {"each lever": levers, "each link": model.links, "each loop": model.loops}
            if run.vary and not held[run.vary]:
                raise ValueError(f"{place} vary: there is nothing to vary: the model has no {run.vary[5:]}")
        check_cuts(model, criterion.more_when_cut, place)


def check_cuts(model: Model, cuts: Sequence[tuple[str, str]], place: str, key: str = "cut") -> None:
    """Raise :class:`ValueError` when a [from, to] pair, where "*" is any node, matches no link."""
    for source, target in cuts:
        if not any(source in ("*", link.source) and target in ("*", link.target) for link in model.links):
            raise ValueError(f"{place} {key}: {no_such_link(model, source, target)}")


def evidence_gaps(model: Model) -> list[str]:
    """A sentence for each link said to be stated without the passage and locator that would show it."""
    return [
        f"link {link.name}: evidence is 'stated', so it needs a {missing}. "
        "Add it, or say 'inferred' or 'assumed'."
        for link in model.links
        if link.evidence == "stated"
        and (missing := " and a ".join(key for key in ("passage", "locator") if not getattr(link, key)))
    ]


def story_gaps(model: Model, scenarios: Collection[str]) -> list[str]:
    """A sentence for each step of a story that names a scenario which is not among `scenarios`."""
    return [
        f"story {story.id}: step {number}: scenario: there is no scenario '{step.scenario}'. "
        + (nearest(step.scenario, scenarios) if scenarios else "The model's folder of scenarios has none.")
        for story in model.stories
        for number, step in enumerate(story.steps, start=1)
        if step.scenario is not None and step.scenario not in scenarios
    ]
