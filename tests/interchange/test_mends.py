"""One change to a model at a time: the result is new and valid, or one sentence says why not."""

from __future__ import annotations

import pytest

from loops.interchange.draft import Change
from loops.interchange.mends import apply, possible
from loops.model import Context, Lever, Link, Loop, Model, Variable
from loops.parts import replace


def link(source: str, target: str, polarity: str = "+", delay: float = 0.0) -> Link:
    return Link(source=source, target=target, polarity=polarity, strength=0.02, delay=delay)


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
    return [f"{one.name} {one.polarity}" for one in model.links]


def test_a_sign_is_set_and_letters_that_are_wrong_then_are_left_off():
    changed = apply(MODEL, Change("sign", ("a", "b"), "-"))
    assert names(changed)[0] == "a -> b -"
    assert [(loop.id, loop.label) for loop in changed.loops] == [("grow", None), ("slow", None)]
    unknown = apply(MODEL, Change("sign", ("a", "b"), "?"))
    assert [loop.label for loop in unknown.loops] == ["R1", "B1"]  # ? contradicts no letter
    assert MODEL.links[0].polarity == "+"


def test_a_sign_is_that_of_every_arrow_of_the_pair():
    twice = apply(MODEL, Change("sign", ("c", "a"), "+"))
    late = replace(twice, links=(*twice.links, link("c", "a", "-", delay=3)))
    assert names(apply(late, Change("sign", ("c", "a"), "+"))).count("c -> a +") == 2


def test_an_arrow_goes_with_the_loops_through_it():
    changed = apply(MODEL, Change("unlink", ("b", "c")))
    assert "b -> c +" not in names(changed)
    assert [loop.id for loop in changed.loops] == ["grow"]


def test_a_box_goes_with_its_arrows_and_loops():
    changed = apply(MODEL, Change("remove", ("b",)))
    assert names(changed) == ["c -> a -", "l -> a +", "x -> c ?", "c -> c +"]
    assert (changed.core, changed.loops) == (("a",), ())


def test_two_boxes_become_one():
    """c's arrows are a's; those between the two go, b -> c repeats b -> a, and c's own leads from a to a."""
    changed = apply(MODEL, Change("merge", ("a", "c")))
    assert names(changed) == ["a -> b +", "b -> a +", "l -> a +", "x -> a ?", "a -> a +"]
    assert [loop.id for loop in changed.loops] == ["grow"]


def test_boxes_that_disagree_leave_the_sign_open():
    changed = apply(apply(MODEL, Change("sign", ("b", "c"), "-")), Change("merge", ("a", "c")))
    assert "b -> a ?" in names(changed)


def test_what_arrows_lead_to_after_a_merge_is_a_variable():
    changed = apply(MODEL, Change("merge", ("x", "c")))
    assert isinstance(changed.nodes["x"], Variable)
    assert names(changed) == ["a -> b +", "b -> a +", "b -> x +", "x -> a -", "l -> a +", "x -> x +"]
    assert changed.loops[1].path == ("a", "b", "x")


def test_a_kind_changes_and_what_only_the_old_one_had_goes():
    lever = apply(MODEL, Change("kind", ("x",), "lever"))
    assert lever.nodes["x"] == Lever(id="x", label="X")
    context = apply(MODEL, Change("kind", ("l",), "context"))
    assert context.nodes["l"] == Context(id="l", label="L", level=0.5)
    free = apply(MODEL, Change("kind", ("l",), "variable")).nodes["l"]
    assert (free.start, free.gain, free.fade) == (0.5, 0.05, 0.05)


def test_names_and_letters_change():
    assert apply(MODEL, Change("rename", ("a",), "Trust")).nodes["a"].label == "Trust"
    assert apply(MODEL, Change("letter", ("grow",), "R7")).loops[0].label == "R7"
    assert apply(MODEL, Change("letter", ("grow",), "")).loops[0].label is None
    assert [loop.id for loop in apply(MODEL, Change("forget", ("grow",))).loops] == ["slow"]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (Change("sign", ("a", "c"), "+"), "no longer in the diagram"),
        (Change("unlink", ("l", "x")), "no longer in the diagram"),
        (Change("remove", ("z",)), "no longer in the diagram"),
        (Change("merge", ("a", "z")), "no longer in the diagram"),
        (Change("forget", ("z",)), "no longer in the diagram"),
        (Change("kind", ("a",), "context"), "nothing can act on it"),
        (Change("letter", ("grow",), "B9"), "disagrees with its path"),
        (Change("letter", ("grow",), "B1"), "label"),
        (Change("rename", ("a",), " "), "at least one word"),
    ],
)
def test_what_does_not_fit_is_said_in_one_sentence(change, words):
    with pytest.raises(ValueError, match=words) as caught:
        apply(MODEL, change)
    assert "\n" not in str(caught.value)
    assert possible(MODEL, change) == ("no longer" not in words)


def test_the_last_box_that_changes_stays():
    alone = Model(id="o", title="O", variables=(Variable(id="a", label="A", start=0.5),))
    with pytest.raises(ValueError, match="nothing would be left"):
        apply(alone, Change("remove", ("a",)))


def test_a_model_that_tells_a_story_of_a_box_keeps_it(common_purpose):
    told = next(step for story in common_purpose.stories for step in story.steps if step.nodes).nodes[0]
    with pytest.raises(ValueError, match="there is no node"):
        apply(common_purpose, Change("remove", (told,)))
