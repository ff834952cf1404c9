"""What levers cost, need and where they act, and what settings must not miss, through every change."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sketches import CHANGES, MODEL, link

from loops.editing.changes import (
    AddLink,
    AddNode,
    Become,
    Change,
    Merge,
    Remove,
    Set,
    apply,
    dragged_along,
)
from loops.editing.history import History, replay
from loops.editing.versions import differences
from loops.files import parse_model
from loops.influence import AUDIENCES, SPHERES, Essential, Influence, Setting
from loops.merge import fresh, merge
from loops.model import Lever, Model
from loops.parts import replace

INSIDE = Influence(at="individual", on="workforce", reason="We think so.")
TOGETHER = Influence(
    at="social", on="community", evidence="stated", passage="a walking group", locator="page 2"
)
WISHES = replace(
    MODEL,
    levers=(
        Lever(id="l", label="Learn", hours_us=4, cost=50, needs=("m",), influence=(INSIDE,)),
        Lever(id="m", label="Meet", earliest=3, needs=("n", "l"), influence=(TOGETHER, INSIDE)),
        Lever(id="n", label="Name it", also=("a sign",)),
    ),
    settings=(Setting(id="gp", label="Surgery", essentials=(Essential(lever="m"), Essential(lever="n"))),),
    links=(*MODEL.links, link("m", "b")),
)


def changed(*changes: Change, old: Model = WISHES) -> Model:
    for change in changes:
        old = apply(old, change)
    return old


def levers(model: Model) -> dict[str, tuple[str, ...]]:
    """What each lever needs."""
    return {lever.id: lever.needs for lever in model.levers}


def essentials(model: Model) -> list[str]:
    return [item.lever for item in model.settings[0].essentials]


def test_a_lever_that_goes_is_needed_and_asked_for_no_longer():
    model = changed(Remove("node:m"))
    assert (levers(model), essentials(model)) == ({"l": (), "n": ()}, ["n"])
    assert dragged_along(WISHES, model) == (
        "1 arrow went with “Meet”.",
        "“Learn” no longer needs “Meet”.",
        "“Meet” is no longer asked for in “Surgery”.",
    )


def test_what_is_no_lever_any_more_is_needed_no_longer_and_has_no_cost():
    model = changed(Become("m", "context"))
    assert (levers(model), essentials(model)) == ({"l": (), "n": ()}, ["n"])
    assert dragged_along(WISHES, model) == (
        "“Learn” no longer needs “Meet”.",
        "Hours, costs and the like of “Meet” are gone: it is nothing we do any more.",
        "“Meet” is no longer asked for in “Surgery”.",
    )
    bare = replace(WISHES, levers=(Lever(id="z", label="Z"),), settings=(), links=(), loops=())
    assert dragged_along(bare, changed(Become("z", "context"), old=bare)) == ()


def test_two_levers_that_become_one_need_what_both_do_and_act_where_both_do():
    model = changed(Merge("l", "m"))
    assert levers(model) == {"l": ("n",), "n": ()}
    assert essentials(model) == ["l", "n"]
    first = model.levers[0]
    assert (first.influence, first.also, first.cost) == ((INSIDE, TOGETHER), ("Meet",), 50)
    assert levers(changed(Merge("n", "m"))) == {"l": ("n",), "n": ("l",)}
    assert essentials(changed(Merge("m", "n"))) == ["m"]  # what is said of the one that stays is kept
    assert changed(Merge("m", "n")).levers[1].also == ("Name it", "a sign")


def test_a_lever_that_becomes_something_else_is_needed_by_none():
    assert levers(changed(Merge("a", "m"))) == {"l": (), "n": ()}
    assert essentials(changed(Merge("a", "m"))) == ["n"]


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"needs": ("l",)}, "“Learn”: what must have begun before it is something else that we do"),
        ({"needs": ("a",)}, "what must have begun before it is something else that we do"),
        ({"needs": ("A B",)}, "“Learn”: what must have begun before it: is 'A B'; names here are"),
        ({"influence": (INSIDE, INSIDE)}, "“Learn”: it stands twice in one place of the influencer matrix"),
        (
            {"influence": ({"at": "social", "on": "workforce", "evidence": "stated"},)},
            "“Learn”: its place in the influencer matrix: 'stated' needs the source's passage",
        ),
        ({"cost": -1.0}, "“Learn”: what it costs once, in pounds is -1.0; it should be at least 0"),
        ({"earliest": 0.5}, "“Learn”: the first month in which it can be done should be a whole number"),
        ({"also": ("",)}, "“Learn”: other words for it: is empty"),
    ],
    ids=str,
)
def test_what_a_lever_cannot_be_is_said_in_one_sentence(values, says):
    with pytest.raises(ValueError, match=says) as told:
        changed(Set("node:l", tuple(values.items())))
    assert "\n" not in str(told.value)


def test_what_is_different_is_said_in_the_words_of_the_screen():
    new = changed(
        Set("node:l", (("needs", ("n",)), ("cost", 0.0), ("influence", (INSIDE, TOGETHER)))),
        Set("node:m", (("influence", (replace(TOGETHER, reason="So they say."), INSIDE)),)),
        Set("node:n", (("also", ("a sign", "posters")), ("earliest", 6))),
    )
    assert [one.says for one in differences(WISHES, new)] == [
        "The box “Learn”: what it costs once, in pounds is 0 and was 50; its place in the influencer matrix "
        "is individual for the workforce (assumed), social for the community (stated) and was individual for "
        "the workforce (assumed); what must have begun before it is “Name it” and was “Meet”.",
        "The box “Meet”: its place in the influencer matrix was rewritten.",
        "The box “Name it”: the first month in which it can be done is 6 and was 0; other words for it is "
        "“a sign”, “posters” and was “a sign”.",
    ]


def test_a_new_lever_that_another_needs_keeps_its_own_id_on_another_version():
    """Theirs has a lever of the same id already: ours is another one, and is the one that is needed."""
    theirs = changed(AddNode("walk", "Their walk", "lever"))
    ours = History(WISHES).do("A walk", AddNode("walk", "Our walk", "lever"))
    ours = ours.do("First of all", Set("node:l", (("needs", ("walk", "m")),)))
    ours = ours.do("Shown first", Set("model", (("core", ("a", "walk")),)))
    again, lost = replay(theirs, ours.done)
    assert (again.model.levers[0].needs, again.model.core, lost) == (("our_walk", "m"), ("a", "our_walk"), ())


_NAMES = st.lists(st.sampled_from(("l", "m", "n", "o")), max_size=3, unique=True).map(tuple)
_CELLS = st.lists(
    st.builds(Influence, at=st.sampled_from(SPHERES), on=st.sampled_from(AUDIENCES)),
    max_size=3,
    unique_by=lambda cell: (cell.at, cell.on),
).map(tuple)
_LEVER = st.sampled_from(("node:l", "node:m", "node:n"))
LEVERS = st.one_of(
    st.builds(lambda part, names: Set(part, (("needs", names),)), _LEVER, _NAMES),
    st.builds(lambda part, cells: Set(part, (("influence", cells),)), _LEVER, _CELLS),
    st.builds(
        lambda part, cost: Set(part, (("cost", cost), ("earliest", 6))), _LEVER, st.sampled_from((0.0, 9.5))
    ),
    st.builds(Merge, st.sampled_from("lmna"), st.sampled_from("lmna")),
    st.builds(Become, st.sampled_from("lmn"), st.sampled_from(("context", "lever"))),
    st.builds(Remove, _LEVER),
    st.builds(AddNode, st.just("o"), st.just("Other"), st.just("lever")),
    st.builds(AddLink, st.sampled_from("lmno"), st.just("a")),
)


@given(st.lists(st.one_of(LEVERS, CHANGES), max_size=6))
def test_whatever_is_changed_the_file_holds_it_and_only_what_changed_is_written(changes):
    """Through the text of the file: what was there before, with each change written into it, and anew."""
    model, text, made = WISHES, fresh(WISHES), History(WISHES)
    for change in changes:
        try:
            after = apply(model, change)
        except ValueError:
            continue
        made = made.do("Once more", change)
        text = merge(text, model, after)
        assert parse_model(text.encode(), "ours.toml") == after
        assert parse_model(fresh(after).encode(), "ours.toml") == after
        assert bool(differences(model, after)) == (model != after)
        model = after
    assert replay(WISHES, made.done) == (made, ())


def test_a_cell_that_goes_takes_its_own_line_along():
    """The comment beside the cell that stays stays with it, though it is another one's place now."""
    lines = [f"{line} # ask them" if "We think so" in line else line for line in fresh(WISHES).split("\n")]
    text = "\n".join(lines)
    assert text.count("# ask them") == 2
    old = parse_model(text.encode(), "ours.toml")
    written = merge(text, old, apply(old, Set("node:m", (("influence", (INSIDE,)),))))
    assert written.count("# ask them") == 2
    assert "a walking group" not in written
