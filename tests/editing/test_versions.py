"""Two versions of a model held against each other: everything that differs is named, once."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sketches import CHANGES, MODEL, link

from loops.criteria import Criterion, ReferenceMode, Run
from loops.editing.changes import (
    AddLink,
    AddNode,
    Become,
    Change,
    NameLoop,
    Remove,
    Set,
    apply,
)
from loops.editing.versions import Difference, differences
from loops.model import Correction, Model, Role, Source, Step, Story
from loops.parts import replace


def told(*changes: Change, old: Model = MODEL) -> list[tuple[str, str, str]]:
    new = old
    for change in changes:
        new = apply(new, change)
    return [(one.kind, one.part, one.says) for one in differences(old, new)]


def changed(*changes: Change) -> dict[str, str]:
    return {part: says for _, part, says in told(*changes)}


def test_a_version_does_not_differ_from_itself(common_purpose):
    assert differences(MODEL, MODEL) == differences(common_purpose, common_purpose) == ()


def test_boxes_come_first_then_arrows_then_loops_then_the_rest():
    assert told(
        Set("model", (("title", "Mine"),)),
        NameLoop("own", "On itself", ("c",)),
        Remove("loop:slow"),
        Remove("link:l|a"),
        AddLink("l", "b", delay=6.0),
        Set("link:c|a", (("polarity", "?"),)),
        Remove("node:x"),
        AddNode("d", "D", "context"),
        Set("node:a", (("label", "Trust"),)),
    ) == [
        ("added", "node:d", "The box “D” is new: a circumstance."),
        ("removed", "node:x", "The box “X” is gone."),
        ("changed", "node:a", "The box “Trust”: the name is “Trust” and was “A”."),
        ("added", "link:l|b", "The arrow “L” → “B” is new: +, after about 6 months."),
        ("removed", "link:l|a", "The arrow “L” → “A” is gone: it was +."),
        ("removed", "link:x|c", "The arrow “X” → “C” is gone: it was ?."),
        ("flipped", "link:c|a", "The arrow “C” → “Trust” is ? and was \u2212."),
        ("added", "loop:own", "The loop “On itself” is new: “C”."),
        ("removed", "loop:slow", "The loop “Slow” is no longer named."),
        ("changed", "model", "The diagram: the title is “Mine” and was “Ours”."),
    ]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (Become("x", "lever"), "The box “X”: it is something we do and was a circumstance."),
        (Set("node:a", (("position", (1, 2)),)), "The box “A”: it was moved."),
        (Set("node:a", (("start", 0.25),)), "The box “A”: the level at the start is 0.25 and was 0.5."),
        (
            Set("node:a", (("prompts", ("Why?", "How?")),)),
            "The box “A”: the questions to ask is “Why?”, “How?” and was not given.",
        ),
        (Set("node:a", (("fully", "x" * 99),)), "The box “A”: what “fully” looks like was rewritten."),
        (
            Set("link:a|b", (("strength", 0.1), ("bend", 0.5))),
            "The arrow “A” → “B”: the strength is strong (0.1 a month) and was moderate (0.02 a month); "
            "it is bent another way.",
        ),
        (
            Set("link:a|b", (("threshold", 0.4),)),
            "The arrow “A” → “B”: the critical mass is 0.4 and was not given.",
        ),
        (Set("loop:grow", (("label", "R3"),)), "The loop “Grow”: the label is “R3” and was “R1”."),
        (Set("loop:grow", (("path", ("b", "a")),)), "The loop “Grow”: it goes another way round: “B” → “A”."),
        (Set("model", (("core", ("c",)),)), "The diagram: the opening view is “C” and was “A”, “B”."),
        (
            Set("model", (("outcomes", ("c",)),)),
            "The diagram: what it is judged by is “C” and was not given.",
        ),
        (Set("model", (("horizon", 12),)), "The diagram: the months shown is 12 and was 240."),
    ],
    ids=lambda value: str(value)[:40],
)
def test_what_changed_is_said_in_the_words_of_the_screen(change, says):
    ((kind, part, found),) = told(change)
    assert (kind, found) == ("changed", says)
    assert part == (f"node:{change.id}" if isinstance(change, Become) else change.part)


def test_why_is_the_reason_or_the_passage_of_the_version_that_has_the_arrow():
    old = apply(MODEL, Set("link:a|b", (("reason", "Long known"),)))
    passage = (("evidence", "stated"), ("passage", "As we saw"), ("locator", "2"))
    quoted = apply(MODEL, Set("link:a|b", (("polarity", "-"), *passage)))
    gone = differences(old, apply(old, Remove("link:a|b")))[0]
    assert (gone.kind, gone.why) == ("removed", "Long known")
    assert [one.why for one in differences(old, quoted) if one.part == "link:a|b"] == ["As we saw"] * 2
    flipped = apply(old, Set("link:a|b", (("polarity", "-"), ("reason", ""))))
    assert differences(old, flipped)[0].why == "Long known"


def test_of_parallel_arrows_those_that_are_alike_are_the_same():
    three = replace(
        MODEL,
        links=(*MODEL.links, link("a", "b", delay=3.0), link("a", "b", delay=6.0, strength=0.1)),
    )
    assert [one.part for one in differences(three, MODEL)] == ["link:a|b|2", "link:a|b|3"]
    first = apply(three, Remove("link:a|b"))
    ((kind, part, says),) = [
        (one.kind, one.part, one.says) for one in differences(three, first) if one.part.startswith("link")
    ]
    assert (kind, part, says) == ("removed", "link:a|b", "The arrow “A” → “B” is gone: it was +.")
    flipped = replace(three, links=(*three.links[:-1], replace(three.links[-1], polarity="-")))
    assert [(one.kind, one.part) for one in differences(three, flipped)] == [("flipped", "link:a|b|3")]


def test_many_parallel_arrows_are_matched_one_by_one():
    """As many as a diagram may have, all alike but for their strength: each has its own partner."""
    links = tuple(link("a", "b", strength=round(0.0001 * n, 6)) for n in range(5_000))
    old = Model(id="m", title="M", variables=MODEL.variables, links=links)
    assert [one.part for one in differences(old, replace(old, links=links[1:]))] == ["link:a|b"]


STORY = Story(id="walk", title="A walk", question="So?", steps=(Step(title="One", sentence="First."),))
MODE = ReferenceMode(
    id="up",
    statement="It goes up",
    criteria=(Criterion(measure="level", run=Run(scenario="all"), at_least=0.5),),
)


@pytest.mark.parametrize(
    ("field", "one", "other", "name"),
    [
        ("stories", STORY, replace(STORY, question="And?"), "The story “A walk”"),
        ("reference_modes", MODE, replace(MODE, miss="Not yet"), "The behaviour it must show “It goes up”"),
        ("roles", Role(id="nurse", label="Nurse"), Role(id="nurse", label="Carer"), "The role"),
        ("sources", Source(id="paper", title="Paper"), Source(id="paper", title="Book"), "The document"),
    ],
)
def test_stories_and_the_like_are_compared_too(field, one, other, name):
    none, first, second = (replace(MODEL, **{field: each}) for each in ((), (one,), (other,)))
    found = [differences(none, first), differences(first, second), differences(first, none)]
    assert [(each.kind, each.part) for (each,) in found] == [
        ("added", "model"),
        ("changed", "model"),
        ("removed", "model"),
    ]
    assert all(each.says.startswith(name) for (each,) in found)


def test_corrections_and_the_order_of_things_are_compared():
    corrected = replace(MODEL, corrections=(Correction(date="2026-01-05", who="An author", says="No."),))
    assert [one.says for one in differences(MODEL, corrected)] == [
        "What authors of the original told us is not the same list."
    ]
    turned = replace(MODEL, links=MODEL.links[::-1])
    assert [one.says for one in differences(MODEL, turned)] == [
        "Boxes, arrows, loops or others stand in another order."
    ]


@given(st.lists(CHANGES, max_size=4))
def test_versions_differ_exactly_when_something_is_named(changes):
    new = MODEL
    for change in changes:
        try:
            new = apply(new, change)
        except ValueError:
            continue
    found = differences(MODEL, new)
    assert (found == ()) == (new == MODEL)
    assert len(set(found)) == len(found)
    assert parts(found, "added", "node") == new.nodes.keys() - MODEL.nodes.keys()
    assert parts(found, "removed", "node") == MODEL.nodes.keys() - new.nodes.keys()
    same = MODEL.nodes.keys() & new.nodes.keys()
    assert parts(found, "changed", "node") == {one for one in same if MODEL.nodes[one] != new.nodes[one]}
    more = len(parts(found, "added", "link")) - len(parts(found, "removed", "link"))
    assert more == len(new.links) - len(MODEL.links)


def parts(found: tuple[Difference, ...], kind: str, part: str) -> set[str]:
    return {
        one.part.partition(":")[2] for one in found if one.kind == kind and one.part.startswith(f"{part}:")
    }
