"""One change to a model at a time: the result is new and valid, or one sentence says why not."""

from __future__ import annotations

from functools import reduce

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sketches import CHANGES, MODEL, WILD, link, names

from loops.criteria import Criterion, ReferenceMode, Run
from loops.editing.changes import (
    AddLink,
    AddNode,
    Become,
    Change,
    Merge,
    NameLoop,
    Remove,
    Set,
    apply,
    dragged_along,
    new_id,
    possible,
)
from loops.editing.pieces import link_keys
from loops.files import parse_model
from loops.merge import fresh
from loops.model import Context, Lever, Loop, Model, Step, Story, Variable
from loops.parts import replace


def sign(pair: str, value: str) -> Set:
    return Set(pair, (("polarity", value),))


def test_a_sign_is_set_and_labels_that_are_wrong_then_are_left_off():
    changed = apply(MODEL, sign("link:a|b", "-"))
    assert names(changed)[0] == "a -> b -"
    assert [(loop.id, loop.label) for loop in changed.loops] == [("grow", None), ("slow", None)]
    assert dragged_along(MODEL, changed) == (
        "The loop “Grow” is no longer called R1: its arrows say otherwise now.",
        "The loop “Slow” is no longer called B1: its arrows say otherwise now.",
    )
    unknown = apply(MODEL, sign("link:a|b", "?"))
    assert [loop.label for loop in unknown.loops] == ["R1", "B1"]  # ? contradicts no label
    assert MODEL.links[0].polarity == "+"


def test_a_pair_is_every_arrow_between_two_boxes():
    late = apply(MODEL, AddLink("c", "a", "+", delay=3.0))
    assert names(apply(late, sign("pair:c|a", "+"))).count("c -> a +") == 2
    assert not any(name.startswith("c -> a") for name in names(apply(late, Remove("pair:c|a"))))


def test_parallel_arrows_are_renumbered_when_one_goes():
    late = apply(apply(MODEL, AddLink("c", "a", delay=3.0)), AddLink("c", "a", delay=6.0))
    assert [link_keys(late)[key].delay for key in ("c|a", "c|a|2", "c|a|3")] == [0, 3, 6]
    fewer = apply(late, Remove("link:c|a|2"))
    assert [link_keys(fewer)[key].delay for key in ("c|a", "c|a|2")] == [0, 6]
    assert "c|a|3" not in link_keys(fewer)
    assert [loop.id for loop in fewer.loops] == ["grow", "slow"]


def test_of_two_arrows_that_are_equal_one_goes():
    twice = apply(MODEL, AddLink("a", "b"))
    assert names(apply(twice, Remove("link:a|b|2"))) == names(MODEL)


def test_an_arrow_goes_with_the_loops_through_it():
    changed = apply(MODEL, Remove("link:b|c"))
    assert "b -> c +" not in names(changed)
    assert [loop.id for loop in changed.loops] == ["grow"]


def test_a_box_goes_with_its_arrows_and_loops():
    changed = apply(MODEL, Remove("node:b"))
    assert names(changed) == ["c -> a -", "l -> a +", "x -> c ?", "c -> c +"]
    assert (changed.core, changed.loops) == (("a",), ())


def measured(name: str, *, run: Run, **also: object) -> ReferenceMode:
    criterion = Criterion(measure="level", run=run, at_least=0.1, **also)
    return ReferenceMode(id=name, statement=f"As {name} says", criteria=(criterion,))


TOLD = replace(
    MODEL,
    stories=(
        Story(
            id="walk",
            title="A walk",
            question="So?",
            steps=(
                Step(title="One", sentence="First.", nodes=("a", "b", "a"), loops=("slow",)),
                Step(title="Two", sentence="Then.", nodes=("c",), loops=("grow",)),
            ),
        ),
    ),
    reference_modes=(
        measured("everything", run=Run(scenario="all")),
        measured("level_of_c", run=Run(scenario="all"), variables=("c",)),
        measured("without_l", run=Run(scenario="all", without=("l",))),
        measured("cut_into_c", run=Run(scenario="all", cut=(("*", "c"),))),
    ),
)


def test_what_names_a_box_goes_with_it_and_nothing_else():
    changed = apply(TOLD, Remove("node:c"))
    first, second = changed.stories[0].steps
    assert first == replace(TOLD.stories[0].steps[0], loops=())
    assert second == replace(TOLD.stories[0].steps[1], nodes=())
    assert [mode.id for mode in changed.reference_modes] == ["everything", "without_l"]
    kept = {"title", "core", "levers", "contexts", "horizon"}
    assert {name: getattr(changed, name) for name in kept} == {name: getattr(TOLD, name) for name in kept}
    assert changed.variables == TOLD.variables[:2]
    assert changed.links == tuple(one for one in TOLD.links if "c" not in (one.source, one.target))
    assert dragged_along(TOLD, changed) == (
        "4 arrows went with “C”.",
        "The loop “Slow” is no longer named: it does not close any more.",
        "Step 1 of the story “A walk” no longer shows “Slow”.",
        "Step 2 of the story “A walk” no longer shows “C”.",
        "What the diagram must show is no longer checked here: “As level_of_c says”.",
        "What the diagram must show is no longer checked here: “As cut_into_c says”.",
    )
    assert dragged_along(TOLD, apply(TOLD, Remove("node:a")))[3] == "“A” is no longer in the opening view."


def test_a_model_is_no_longer_judged_by_a_box_that_is_gone_or_does_not_change_by_itself():
    judged = apply(MODEL, Set("model", (("outcomes", ("c", "a")),)))
    gone = apply(judged, Remove("node:c"))
    assert gone.outcomes == ("a",)
    assert "The diagram is no longer judged by “C”." in dragged_along(judged, gone)
    assert apply(judged, Merge("a", "c")).outcomes == ("a",)
    inside = [f"link:{one.source}|{one.target}" for one in MODEL.links if one.target == "c"]
    free = apply(reduce(apply, map(Remove, inside), MODEL), Set("model", (("outcomes", ("c", "a")),)))
    set_by_us = apply(free, Become("c", "lever"))
    assert set_by_us.outcomes == ("a",)
    assert "The diagram is no longer judged by “C”." in dragged_along(free, set_by_us)


def test_a_loop_whose_name_is_taken_away_goes_from_the_story_and_is_not_said_to_be_open():
    changed = apply(TOLD, Remove("loop:grow"))
    assert [loop.id for loop in changed.loops] == ["slow"]
    assert dragged_along(TOLD, changed) == ("Step 2 of the story “A walk” no longer shows “Grow”.",)


def test_two_boxes_become_one():
    """c's arrows are a's; those between the two go, b -> c repeats b -> a, and c's own leads from a to a."""
    changed = apply(MODEL, Merge("a", "c"))
    assert names(changed) == ["a -> b +", "b -> a +", "l -> a +", "x -> a ?", "a -> a +"]
    assert [loop.id for loop in changed.loops] == ["grow"]


def test_what_named_a_box_names_the_one_that_it_became():
    changed = apply(TOLD, Merge("a", "c"))
    assert [step.nodes for step in changed.stories[0].steps] == [("a", "b"), ("a",)]
    assert changed.reference_modes[1].criteria[0].variables == ("a",)
    assert [mode.id for mode in changed.reference_modes] == [mode.id for mode in TOLD.reference_modes]
    assert apply(TOLD, Merge("c", "b")).core == ("a", "c")


def test_boxes_that_disagree_leave_the_sign_open():
    changed = apply(apply(MODEL, sign("link:b|c", "-")), Merge("a", "c"))
    assert "b -> a ?" in names(changed)


def test_arrows_elsewhere_stay_as_they_are_when_boxes_become_one():
    """Two arrows of one pair and delay, one with a critical mass, have nothing to do with it."""
    both = apply(MODEL, AddLink("l", "a", threshold=0.5))
    assert names(apply(both, Merge("b", "c"))).count("l -> a +") == 2


def test_what_arrows_lead_to_after_a_merge_is_a_variable():
    changed = apply(MODEL, Merge("x", "c"))
    assert isinstance(changed.nodes["x"], Variable)
    assert names(changed) == ["a -> b +", "b -> a +", "b -> x +", "x -> a -", "l -> a +", "x -> x +"]
    assert changed.loops[1].path == ("a", "b", "x")


def test_a_kind_changes_and_what_both_kinds_have_stays():
    wordy = apply(MODEL, Set("node:x", (("description", "Rain"), ("position", (1.0, 2.0)))))
    lever = apply(wordy, Become("x", "lever"))
    assert lever.nodes["x"] == Lever(id="x", label="X", level=0.2, description="Rain", position=(1, 2))
    assert apply(lever, Become("x", "context")) == wordy
    assert apply(MODEL, Become("l", "context")).nodes["l"] == Context(id="l", label="L", level=0.3)
    free = apply(MODEL, Become("l", "variable")).nodes["l"]
    assert (free.start, free.gain, free.fade) == (0.3, 0.03, 0.07)  # it rests where it is: G / (G + L) = 0.3
    assert apply(MODEL, Become("x", "lever", 0.0)).nodes["x"].level == 0


def test_names_and_labels_change_and_ids_stay():
    changed = apply(TOLD, Set("node:a", (("label", "Trust"),)))
    assert changed.nodes["a"].label == "Trust"
    assert (changed.links, changed.loops, changed.stories) == (TOLD.links, TOLD.loops, TOLD.stories)
    assert apply(MODEL, Set("loop:grow", (("label", "R7"), ("name", "Up")))).loops[0].label == "R7"
    assert apply(MODEL, Set("loop:grow", (("label", None),))).loops[0].label is None
    assert apply(MODEL, Set("model", (("title", "Mine"), ("core", ("c",))))).core == ("c",)


def test_boxes_arrows_and_names_are_added():
    model = apply(MODEL, AddNode(new_id(MODEL, "Time left"), "Time left", "context", (3.0, 4.0)))
    assert model.nodes["time_left"] == Context(id="time_left", label="Time left", level=0.5, position=(3, 4))
    model = apply(model, AddLink("time_left", "a", "-", 0.1, 6.0, 0.4))
    assert model.links[-1] == link("time_left", "a", "-", strength=0.1, delay=6, threshold=0.4)
    model = apply(apply(model, AddLink("a", "c")), NameLoop("short", "Short", ("a", "c"), "To and fro"))
    assert model.loops[-1] == Loop(id="short", name="Short", path=("a", "c"), story="To and fro")
    assert new_id(model, "Time left") == "time_left_2"
    assert new_id(model, "Short") == "short_2"


def test_what_is_stated_needs_its_passage_in_the_same_step():
    shown = (("passage", "As we saw"), ("locator", "Section 2"))
    changed = apply(MODEL, Set("link:a|b", (("evidence", "stated"), *shown)))
    assert changed.links[0].evidence == "stated"
    with pytest.raises(ValueError, match="needs the passage and where it stands"):
        apply(changed, Set("link:a|b", (("passage", None),)))
    with pytest.raises(ValueError, match="needs the passage and where it stands"):
        apply(MODEL, Set("link:a|b", (("evidence", "stated"), ("passage", "As we saw"))))


GONE = [
    sign("link:a|c", "+"),
    sign("link:a|b|2", "+"),
    Remove("pair:l|x"),
    Remove("node:z"),
    Remove("everything"),
    Merge("a", "z"),
    Remove("loop:z"),
    Become("z", "lever"),
    AddLink("a", "z"),
]


@pytest.mark.parametrize("change", GONE, ids=str)
def test_what_is_no_longer_there_cannot_be_changed(change):
    assert not possible(MODEL, change)
    with pytest.raises(ValueError, match="no longer in the diagram"):
        apply(MODEL, change)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (Become("a", "context"), "“B” → “A”: the second box is a circumstance, so nothing can act on it"),
        (Become("a", "lever"), "is something we do, so nothing can act on it: take the arrow out, or let"),
        (AddLink("a", "l"), "“A” → “L”: the second box is something we do"),
        (Set("loop:grow", (("label", "B9"),)), "disagrees with its path: “Grow” is a snowball .*call it R9"),
        (Set("loop:grow", (("label", "B1"),)), "disagrees"),
        (Set("loop:grow", (("path", ("a", "b", "c")), ("label", "B1"))), "another loop has the label B1"),
        (Set("loop:grow", (("path", ("b", "l")),)), "there is no arrow from “B” to “L”: draw it"),
        (Set("loop:grow", (("label", "up"),)), "“Grow”: the label is 'up'; it should be R or B and a number"),
        (Set("node:a", (("label", " "),)), "“A”: the name is blank. Write at least one word"),
        (Set("node:a", (("start", 1.5),)), "“A”: the level at the start is 1.5; it should be at most 1"),
        (Set("node:a", (("start", float("nan")),)), "the level at the start should be an ordinary number"),
        (Set("node:a", (("id", "z"),)), "this has no id that can be changed"),
        (Set("node:a", (("hours_us", 1.0),)), "this has no hours_us that can be changed"),
        (Set("link:a|b", (("source", "c"),)), "this has no source that can be changed"),
        (Set("link:a|b", (("threshold", 2.0),)), "“A” → “B”: the critical mass is 2.0; it should be at most"),
        (Set("link:a|b", (("delay", 0.2),)), "use 0, or between 0.5 and 240 months"),
        (Set("model", (("links", ()),)), "this has no links that can be changed"),
        (Set("model", (("title", ""),)), "the diagram: the title is empty"),
        (
            AddLink("a", "b", "-"),
            "one arrow says . and another says ., with the same delay: keep one",
        ),
        (AddNode("a", "A"), "there is a box with the id a already"),
        (AddNode("Trust", "Trust"), "the new box: the short id in files is 'Trust'"),
        (AddNode("d", ""), "the new box: the name is empty"),
        (NameLoop("grow", "Grow", ("a", "b")), "has a name already"),
        (NameLoop("no", "No", ("a", "l")), "“No” does not close"),
        (NameLoop("no", "No", ("a", "b", "a")), "passes one box twice"),
        (Merge("a", "a"), "choose two boxes"),
        (Remove("model"), "cannot be taken out"),
    ],
)
def test_what_does_not_fit_is_said_in_one_sentence(change, words):
    assert possible(MODEL, change)
    with pytest.raises(ValueError, match=words) as caught:
        apply(MODEL, change)
    assert "\n" not in str(caught.value)
    assert not str(caught.value).endswith(".")


def test_the_last_box_that_changes_stays():
    alone = Model(id="o", title="O", variables=(Variable(id="a", label="A", start=0.5),))
    with pytest.raises(ValueError, match="nothing would be left"):
        apply(alone, Remove("node:a"))


def test_no_more_boxes_than_a_diagram_may_have():
    full = Model(
        id="o",
        title="O",
        variables=tuple(Variable(id=f"v{n}", label=str(n), start=0.5) for n in range(500)),
    )
    with pytest.raises(ValueError, match="at most 500 boxes and 5,000 arrows: take something out first"):
        apply(full, AddNode("more", "More"))


def test_every_box_of_the_shipped_model_can_be_taken_out(common_purpose):
    """Its stories, loops and reference modes name nearly all of them."""
    for name in common_purpose.nodes:
        changed = apply(common_purpose, Remove(f"node:{name}"))
        assert changed.nodes.keys() == common_purpose.nodes.keys() - {name}
        left = [one for one in common_purpose.links if name not in (one.source, one.target)]
        assert list(changed.links) == left


@given(st.lists(CHANGES, max_size=6))
def test_whatever_is_changed_the_model_is_valid_or_one_sentence_says_why_not(changes):
    model = TOLD
    for change in changes:
        model = made(model, change)


@given(st.lists(WILD, max_size=4))
def test_nothing_that_a_change_may_hold_breaks_it(changes):
    model = TOLD
    for change in changes:
        possible(model, change)
        model = made(model, change)


def made(model: Model, change: Change) -> Model:
    """The model after the change, which can be read back from its file, or the model as it is."""
    try:
        after = apply(model, change)
    except ValueError as problem:
        says = str(problem)
    else:
        assert parse_model(fresh(after).encode(), "changed") == after
        assert dragged_along(after, after) == ()
        return after
    assert says
    assert "\n" not in says
    return model
