"""The first gap upstream: by hand on a small model, and the same however it is told."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from oracles import models, small
from rated import arrow, stands

from loops.journey.holding import GAPS
from loops.journey.missing import missing
from loops.journey.standing import standing
from loops.journey.telling import missing_sentence, named, trail_sentence
from loops.model import Link
from loops.partners import SAID, UNKNOWN, Mark
from loops.parts import replace

DAY = date(2026, 1, 5)


def trail(model, outcome="ready", **said):
    return [gap.box for gap in missing(model, stands(model, **said), outcome).trail]


@pytest.fixture(scope="module")
def model():
    """Telling acts on what is known, that on value, that on being ready; others join in where many are ready.

    Time is short where there is much to do and no help; what they see working comes last.
    """
    made = small(
        [
            arrow("known", "value", "+", 0.1),
            arrow("value", "ready", "+", 0.2),
            arrow("others", "ready", "+", 0.3),
            arrow("ready", "others", "+", 0.5),
            arrow("strain", "ready", "-", 0.1),
            arrow("help", "strain", "-", 0.2),
            arrow("load", "strain", "+", 0.1),
            arrow("ready", "seen", "+", 0.1),
            arrow("seen", "value", "+", 0.9),
            arrow("hard", "ready", "-", 0.01),
            arrow("tell", "known", "+", 0.4),
        ],
        {name: {} for name in ("known", "value", "ready", "others", "strain", "help", "load", "seen")},
        levers=("tell",),
        contexts=("hard",),
    )
    labels = {"known": "Information for reception", "strain": "Stretched for time"}
    nodes = [replace(node, label=labels.get(node.id, node.label)) for node in made.variables]
    return replace(made, variables=nodes, core=("known", "value", "ready", "seen"))


def test_the_way_goes_back_along_what_holds_back_most(model):
    """By hand, with "mostly" at .8125 and ready in the middle: value "a little" holds it back by half of
    .2 x (.8125 - .25) = .1125, strain "a little" by half of .025; value lacks what is known, and nothing acts
    on that."""
    standing_now = stands(model, known="not_yet", value="a_little", strain="a_little", others="mostly")
    found = missing(model, standing_now, "ready")
    assert [(gap.box, gap.kind, gap.said) for gap in found.trail] == [
        ("value", "missing", "a little"),
        ("known", "missing", "not yet"),
    ]
    assert (found.found, found.first, found.also) == ("a gap", found.trail[1], ())
    assert [(gap.link.source, gap.link.target) for gap in found.trail] == [
        ("value", "ready"),
        ("known", "value"),
    ]
    assert found.unknown == ("hard",)
    assert missing_sentence(model, found) == "Information for reception is missing."
    assert trail_sentence(model, found) == (
        "Information for reception (not yet) holds back value (a little), which holds back ready."
    )


def test_what_is_in_the_way_is_followed_to_what_keeps_it_up(model):
    """By hand: strain "mostly" holds back half of .08; of that help "not yet" keeps up .81 x .15, the load
    "partly" .19 x .05."""
    standing_now = stands(
        model, value="mostly", strain="mostly", help="not_yet", load="partly", others="partly", hard="not_yet"
    )
    found = missing(model, standing_now, "ready")
    assert [(gap.box, gap.kind) for gap in found.trail] == [("strain", "in the way"), ("help", "missing")]
    assert [gap.box for gap in found.also] == ["load"]
    assert trail_sentence(model, found) == (
        "help (not yet) keeps up “Stretched for time” (mostly), which holds back ready."
    )
    helped = missing(model, stands(model, strain="mostly", help="mostly", load="mostly"), "ready")
    assert missing_sentence(model, helped) == "load is in the way."
    alone = missing(model, stands(model, strain="partly"), "ready")
    assert missing_sentence(model, alone) == "“Stretched for time” is in the way."


def test_a_consequence_is_no_reason_unless_nothing_else_is(model):
    """By hand: others "not yet" hold back .94 x .3 x .75 = .21, twice value's; but being ready makes them."""
    said = {"others": "not_yet", "strain": "not_yet", "hard": "not_yet", "ready": "not_yet"}
    assert trail(model, **said, value="a_little", known="mostly") == ["value"]
    assert trail(model, **said, value="mostly") == ["others"]
    # a tenth of .21 is more than the .06 x .01 x .8125 of hard times, which are no reason either
    assert trail(model, **said | {"hard": "mostly"}, value="mostly") == ["others"]


def test_what_comes_later_on_the_path_is_not_upstream(model):
    """What is seen to work would hold back value most by far; but it comes after being ready."""
    said = {"seen": "not_yet", "value": "a_little", "known": "a_little"}
    assert trail(model, **said) == ["value", "known"]
    assert trail(replace(model, core=()), **said) == ["value", "seen"]


def test_what_follows_from_what_comes_later_is_no_reason_unless_it_is_on_the_path(model):
    """By hand: what is seen holds back news by .6, all that is known by .1; and value, on the path, by .9."""
    news = [
        arrow("news", "value", "+", 0.3),
        arrow("seen", "news", "+", 0.6),
        arrow("known", "news", "+", 0.1),
    ]
    links = [*model.links, *(Link.model_validate(each) for each in news)]
    variables = [*model.variables, replace(model.variables[0], id="news", label="news")]
    wider = replace(model, links=links, variables=variables)
    said = {"seen": "not_yet", "news": "not_yet", "value": "a_little", "known": "mostly"}
    assert trail(wider, **said) == ["value"]
    assert [gap.box for gap in missing(wider, stands(wider, **said), "ready").also] == ["news"]
    assert trail(wider, **said | {"seen": "mostly"}) == ["value", "news"]


def test_what_is_missing_behind_what_is_there_is_told_as_further_back(model):
    """Others, who follow from being ready, and strain, which is in nobody's way, are no gaps."""
    said = {"value": "mostly", "known": "not_yet", "others": "partly", "strain": "a_little", "load": "mostly"}
    found = missing(model, stands(model, **said), "ready")
    assert (found.found, found.trail, [gap.box for gap in found.also]) == ("nothing", (), ["known"])
    assert missing_sentence(model, found) == (
        "Nothing that acts on ready itself is missing. Further back, Information for reception is missing."
    )
    beside = missing(model, stands(model, **said | {"strain": "mostly"}), "ready")
    assert [gap.box for gap in beside.trail] == ["strain", "load"]
    assert [gap.box for gap in beside.also] == ["known"]


def test_boxes_that_nobody_knows_are_looked_through(model):
    found = missing(model, stands(model, known="not_yet", value="don't_know"), "ready")
    assert [(gap.box, gap.said, gap.roles) for gap in found.trail] == [
        ("value", UNKNOWN, ()),
        ("known", "not yet", ("",)),
    ]
    assert "value (nobody has said)" in trail_sentence(model, found)
    assert set(found.unknown) == {"others", "strain", "hard"}
    # a gap that acts on the outcome itself comes first, and what nobody knows behind it is asked about
    near = missing(model, stands(model, strain="mostly", known="not_yet"), "ready")
    assert [gap.box for gap in near.trail] == ["strain"]
    assert near.unknown[:2] == ("help", "load")


def test_nothing_missing_and_nobody_knows_are_results_of_their_own(model):
    nobody = missing(model, stands(model, value="don't_know", ready="partly"), "ready")
    assert (nobody.found, nobody.first, nobody.trail) == ("nobody knows", None, ())
    assert nobody.unknown[:2] == ("hard", "others")
    assert missing_sentence(model, nobody) == "Nobody knows yet what ready lacks: ask."
    well = missing(model, stands(model, value="partly", strain="a_little", others="mostly"), "ready")
    assert (well.found, well.trail, well.unknown) == ("nothing", (), ("hard",))
    assert missing_sentence(model, well) == "As far as anybody has said, nothing that ready needs is missing."
    assert trail_sentence(model, well) == ""
    with pytest.raises(KeyError):
        missing(model, stands(model), "nowhere")


def test_those_who_say_it_is_furthest_off_are_named(model):
    said = [Mark("value", word, DAY, role) for word, role in (("not yet", "Nurse"), ("a little", "GP"))]
    said += [Mark("value", UNKNOWN, DAY, "Reception")]
    said += [Mark("strain", word, DAY, role) for word, role in (("mostly", "Nurse"), ("partly", "GP"))]
    found = missing(model, standing(model, said), "ready")
    gaps = {gap.box: gap.roles for gap in (*found.trail, *found.also)}
    assert gaps == {"value": ("Nurse",), "strain": ("Nurse",)}


def test_other_gaps_come_by_how_near_the_first_gap_they_act_and_then_by_how_much(model):
    said = dict.fromkeys(("value", "others"), "a_little") | dict.fromkeys(("known", "ready"), "not_yet")
    now = stands(model, **said, strain="mostly", hard="mostly")
    assert [gap.box for gap in missing(model, now, "ready").also] == ["others", "strain", "hard"]
    nearer = Link.model_validate(arrow("strain", "value", "-", 0.01))
    model = replace(model, links=[*model.links, nearer])
    assert [gap.box for gap in missing(model, now, "ready").also] == ["strain", "others", "hard"]


@pytest.mark.parametrize(
    ("label", "quoted"),
    [
        ("Information for reception", False),
        ("Trust between partners", False),
        ("We can see it working here", True),
        ("It's ours", True),
        ("Buy-in: ready to act", True),
        ("Not yet convinced", True),
    ],
)
def test_a_label_that_is_no_thing_stands_in_quotation_marks(label, quoted):
    model = small([], {"x": {}})
    model = replace(model, variables=[replace(model.variables[0], label=label)])
    assert named(model, "x") == (f"“{label}”" if quoted else label)


@given(models(), st.data())
def test_a_trail_is_a_way_of_gaps_and_the_same_however_it_is_told(model, data):
    rated = [node.id for node in (*model.variables, *model.contexts)]
    said = data.draw(st.dictionaries(st.sampled_from(rated), st.sampled_from(SAID)))
    now = standing(model, [Mark(box, word, DAY) for box, word in said.items()])
    found = missing(model, now, "v0")
    way = ["v0", *(gap.box for gap in found.trail)]
    assert len(set(way)) == len(way)
    assert set(way) <= {*rated, "v0"}
    needed = True
    for (source, target), gap in zip(zip(way[1:], way, strict=False), found.trail, strict=True):
        assert (gap.link.source, gap.link.target) == (source, target)
        assert gap.link.polarity != "?"
        needed = needed == (gap.link.polarity == "+")
        assert gap.kind == ("missing" if needed else "in the way")
        assert gap.said == now.said(source)
        assert gap.said in (*GAPS[gap.kind], UNKNOWN)
    if found.first:
        assert found.first.said != UNKNOWN
        assert trail_sentence(model, found).count("which") == len(found.trail) - 1
    else:
        assert found.found != "a gap"
    assert not {gap.box for gap in found.also} & {*way, *found.unknown}
    shuffled = replace(model, links=data.draw(st.permutations(model.links)))
    again = missing(shuffled, standing(shuffled, [Mark(box, said[box], DAY) for box in reversed(said)]), "v0")
    assert [gap.box for gap in again.trail] == way[1:]
    assert (again.found, again.unknown) == (found.found, found.unknown)
