"""A small diagram with everything that a change can touch, and changes of every kind, sound and wild."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from loops.editing.changes import AddLink, AddNode, Become, Merge, NameLoop, Remove, Set
from loops.model import Context, Lever, Link, Loop, Model, Variable


def link(source: str, target: str, polarity: str = "+", **also: Any) -> Link:
    return Link(source=source, target=target, polarity=polarity, **{"strength": 0.02} | also)


MODEL = Model(
    id="ours",
    title="Ours",
    core=("a", "b"),
    variables=tuple(Variable(id=name, label=name.upper(), start=0.5) for name in "abc"),
    levers=(Lever(id="l", label="L", level=0.3, hours_us=4),),
    contexts=(Context(id="x", label="X", level=0.2),),
    links=(
        link("a", "b"),
        link("b", "a"),
        link("b", "c"),
        link("c", "a", "-"),
        link("l", "a"),
        link("x", "c", "?"),
        link("c", "c"),
    ),
    loops=(
        Loop(id="grow", label="R1", name="Grow", path=("a", "b")),
        Loop(id="slow", label="B1", name="Slow", path=("a", "b", "c")),
    ),
)


def names(model: Model) -> list[str]:
    """The arrows of a model with their signs."""
    return [f"{one.name} {one.polarity}" for one in model.links]


_BOX = st.sampled_from("abclxno")
_SIGN, _KIND = st.sampled_from("+-?"), st.sampled_from(("variable", "lever", "context"))
_PAIR = st.builds(
    lambda source, target, more: f"{source}|{target}{more}", _BOX, _BOX, st.sampled_from(("", "|2"))
)
_LINK = _PAIR.map("link:{}".format)
_LOOP = st.sampled_from(("loop:grow", "loop:slow", "loop:mine"))
_NODE = _BOX.map("node:{}".format)
_PATH = st.lists(_BOX, min_size=1, max_size=3).map(tuple)
_SPOT = st.tuples(st.integers(-99, 99), st.integers(-99, 99))


def _one(field: str, values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return values.map(lambda value: ((field, value),))


CHANGES = st.one_of(
    st.builds(AddNode, _BOX, st.sampled_from(("New", "Other")), _KIND),
    st.builds(AddLink, _BOX, _BOX, _SIGN, st.sampled_from((0.02, 0.1)), st.sampled_from((0.0, 3.0))),
    st.builds(NameLoop, st.just("mine"), st.just("Mine"), _PATH),
    st.builds(Remove, st.one_of(_NODE, _LINK, _LOOP)),
    st.builds(Become, _BOX, _KIND),
    st.builds(Merge, _BOX, _BOX),
    st.builds(Set, _LINK, _one("polarity", _SIGN)),
    st.builds(Set, _LINK, _one("delay", st.sampled_from((0.0, 6.0)))),
    st.builds(Set, _LINK, _one("reason", st.sampled_from(("", "So we think")))),
    st.builds(Set, _NODE, _one("label", st.sampled_from(("Trust", "Doing")))),
    st.builds(Set, _NODE, _one("position", _SPOT)),
    st.builds(Set, _LOOP, _one("label", st.sampled_from((None, "R1", "B2")))),
    st.builds(Set, st.just("model"), _one("core", _PATH)),
)
"""Changes such as somebody makes, to boxes that are there or not."""

_ANY = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.just(10**400),
    st.floats(allow_nan=True),
    st.text(max_size=5),
    st.just("x" * 100_000),
    st.just("\ud800"),
    st.binary(max_size=3),
    st.lists(st.text(max_size=2), max_size=2),
    st.dictionaries(st.text(max_size=2), st.integers(), max_size=1),
    st.sampled_from(
        ("a", "l", "node:a", "link:a|b", "loop:grow", "model", "pair:a|b", "node:", "link:|", "+")
    ),
)
_FIELDS = sorted({*Variable.model_fields, *Lever.model_fields, *Link.model_fields, *Loop.model_fields})
_VALUES = st.one_of(
    _ANY,
    st.lists(st.tuples(st.sampled_from((*_FIELDS, *Model.model_fields)), _ANY), max_size=2).map(tuple),
)
_PART = st.one_of(_ANY, _NODE, _LINK, _LOOP, st.just("model"))
WILD = st.one_of(
    st.builds(AddNode, _ANY, _ANY, _ANY | _KIND, _ANY | st.tuples(_ANY, _ANY)),
    st.builds(AddLink, _BOX | _ANY, _BOX | _ANY, _SIGN | _ANY, _ANY, _ANY, _ANY),
    st.builds(NameLoop, _ANY, _ANY, _ANY | _PATH, _ANY),
    st.builds(Set, _PART, _VALUES),
    st.builds(Remove, _PART),
    st.builds(Become, _BOX | _ANY, _KIND | _ANY, _ANY),
    st.builds(Merge, _BOX | _ANY, _BOX | _ANY),
)
"""Changes that hold anything."""
