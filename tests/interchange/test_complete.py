"""A draft becomes a model: what was not said gets a bounded default, and each doubt a note with a mend."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from loops.complaints import BadFile
from loops.editing.changes import USUAL, Change, apply
from loops.editing.pieces import ends_of
from loops.interchange.complete import Imported, complete
from loops.interchange.draft import KINDS, Draft, DraftArrow, DraftLoop, DraftNode
from loops.model import Model
from loops.scenario import Scenario
from loops.simulate import TOLERANCE, simulate


def drawn(*arrows: DraftArrow, nodes: str = "abc", loops: tuple[DraftLoop, ...] = ()) -> Draft:
    """A diagram of boxes with one letter each."""
    return Draft(
        "ours", "test", nodes=[DraftNode(key, key.upper()) for key in nodes], arrows=[*arrows], loops=[*loops]
    )


def told(imported: Imported, kind: str) -> list[str]:
    return [note.says for note in imported.notes if note.kind == kind]


def test_a_variable_rests_at_one_half_and_answers_a_link_as_the_closed_form_says():
    """x heads for G / (G + L) with rate G + L: here G = .05 + .02 * .5 and L = .05."""
    model = complete(drawn(DraftArrow("a", "b", "+"), nodes="ab")).model
    (run,) = simulate(model, [Scenario(id="nothing", model=model.id, title="Nothing")], months=60)
    won, lost = 0.05 + USUAL * 0.5, 0.05
    aim = won / (won + lost)
    exact = aim + (0.5 - aim) * np.exp(-(won + lost) * run.months)
    # the kernel's local error is at most TOLERANCE a step, and steps are fewer than months here
    np.testing.assert_allclose(run["b"], exact, atol=10 * TOLERANCE)


def test_alone_it_stays_where_it_is():
    nodes = [DraftNode("a", "A", kind="variable", level=0.2), DraftNode("b", "B", kind="variable")]
    model = complete(Draft("ours", "test", nodes=nodes)).model
    (run,) = simulate(model, [Scenario(id="nothing", model=model.id, title="Nothing")], months=120)
    assert run.at("a", 120) == pytest.approx(0.2, abs=10 * TOLERANCE)
    assert run.at("b", 120) == pytest.approx(0.5, abs=10 * TOLERANCE)


def test_kinds_are_what_arrows_make_them():
    nodes = [
        DraftNode("a", "A"),
        DraftNode("b", "B"),
        DraftNode("c", "C", "lever"),
        DraftNode("d", "D", "lever"),
    ]
    arrows = [DraftArrow("a", "b", "+"), DraftArrow("c", "b", "+"), DraftArrow("b", "d", "+")]
    imported = complete(Draft("ours", "test", nodes=nodes, arrows=arrows))
    model = imported.model
    assert [[node.id for node in kind] for kind in (model.variables, model.levers, model.contexts)] == [
        ["b", "d"],
        ["c"],
        ["a"],
    ]
    (marked, guessed) = sorted(note.says for note in imported.notes if note.kind == "kind")[::-1]
    assert "“A”" in marked or "“A”" in guessed
    (free,) = [note for note in imported.notes if note.kind == "kind" and note.mends]
    lever = apply(model, free.mends[0].change)
    assert [node.id for node in lever.levers] == ["c", "a"]
    assert apply(lever, free.mends[1].change).nodes["a"].fade == 0.05


def test_an_unknown_sign_is_drawn_as_such_and_mended_with_one_click():
    imported = complete(drawn(DraftArrow("a", "b", "?", place="row 2"), nodes="ab"))
    (note,) = [note for note in imported.notes if note.kind == "sign"]
    assert note.place == "row 2"
    assert [link.name for link in imported.unknown] == ["a -> b"]
    assert [apply(imported.model, mend.change).links[0].polarity for mend in note.mends[:2]] == ["+", "-"]
    assert apply(imported.model, note.mends[2].change).links == ()


@pytest.mark.parametrize(
    ("signs", "polarity", "kind"),
    [
        ("++", "+", "repeat"),
        ("+-", "?", "opposite"),
        ("-+", "?", "opposite"),
        ("+?", "+", "repeat"),
        ("??", "?", "sign"),
    ],
)
def test_arrows_drawn_twice_become_one(signs, polarity, kind):
    imported = complete(
        drawn(*(DraftArrow("a", "b", sign, place=f"row {at}") for at, sign in enumerate(signs)), nodes="ab")
    )
    (link,) = imported.model.links
    assert link.polarity == polarity
    (note,) = [note for note in imported.notes if note.kind == kind]
    assert note.place == "row 0, row 1"


def test_of_several_strengths_the_largest_is_used_and_told():
    arrows = (DraftArrow("a", "b", "+", strength=0.01), DraftArrow("a", "b", "+", strength=0.3))
    imported = complete(drawn(*arrows, nodes="ab"))
    assert [link.strength for link in imported.model.links] == [0.3]
    assert any("several strengths. The largest is used" in says for says in told(imported, "assumed"))


def test_arrows_with_different_delays_are_two():
    imported = complete(drawn(DraftArrow("a", "b", "+"), DraftArrow("a", "b", "-", delay=6), nodes="ab"))
    assert [(link.polarity, link.delay) for link in imported.model.links] == [("+", 0), ("-", 6)]
    assert not told(imported, "opposite")


def test_a_self_link_stays_and_an_end_without_a_box_goes():
    arrows = [
        DraftArrow("a", "a", "+"),
        DraftArrow("a", "nowhere", "+", place="row 3"),
        DraftArrow("x", "y", "+"),
    ]
    imported = complete(drawn(*arrows, nodes="a"))
    assert [link.name for link in imported.model.links] == ["a -> a"]
    (note,) = [note for note in imported.notes if note.kind == "self"]
    assert apply(imported.model, note.mends[0].change).links == ()
    assert [(note.place, note.says[:19]) for note in imported.notes if note.kind == "dangling"] == [
        ("row 3", "An arrow from “A” h"),
        ("", "An arrow has no box"),
    ]


def test_an_isolated_box_is_told_of_and_can_go():
    imported = complete(drawn(DraftArrow("a", "b", "+")))
    (note,) = [note for note in imported.notes if note.kind == "isolated"]
    assert "“C”" in note.says
    assert list(apply(imported.model, note.mends[0].change).nodes) == ["b", "a"]


def test_names_that_look_alike_are_two_boxes_until_they_are_made_one():
    nodes = [DraftNode(key, key) for key in ("Buy in", "buy-in ", "Trust")]
    arrows = [
        DraftArrow("Buy in", "Trust", "+"),
        DraftArrow("Trust", "buy-in ", "+"),
        DraftArrow("buy-in ", "Trust", "+"),
    ]
    imported = complete(Draft("ours", "test", nodes=nodes, arrows=arrows))
    assert list(imported.model.nodes) == ["buy_in_2", "trust", "buy_in"]
    (note,) = [note for note in imported.notes if note.kind == "name"]
    one = apply(imported.model, note.mends[0].change)
    assert [link.name for link in one.links] == ["buy_in -> trust", "trust -> buy_in"]
    assert [node.id for node in one.variables] == ["trust", "buy_in"]


def test_boxes_without_a_name_get_one_and_ids_are_unique():
    nodes = [
        DraftNode("1", " "),
        DraftNode("2", "42!"),
        DraftNode("3", "信任"),
        DraftNode("4", "Trust"),
        DraftNode("4", "x"),
    ]
    imported = complete(Draft("ours", "test", nodes=nodes))
    assert [(node.id, node.label) for node in imported.model.nodes.values()] == [
        ("box_1", "Box 1"),
        ("box_42", "42!"),
        ("box", "信任"),
        ("trust", "Trust"),
    ]
    assert told(imported, "left out") == ["“x” has the same id as “Trust”. Only the first box is kept."]


ROUND = (DraftArrow("a", "b", "+"), DraftArrow("b", "c", "+"), DraftArrow("c", "a", "-"))


@pytest.mark.parametrize(
    "loop",
    [
        DraftLoop("Growth", "B1", path=("a", "b", "c")),
        DraftLoop("Growth", "(b 1)", path=("b", "c", "a", "b")),
        DraftLoop("Growth", "B1", links=(("c", "a"), ("a", "b"), ("b", "c"))),
    ],
)
def test_a_loop_that_closes_keeps_its_name_and_letter(loop):
    imported = complete(drawn(*ROUND, loops=(loop,)))
    (named,) = imported.model.loops
    assert (named.label, named.name, set(named.path)) == ("B1", "Growth", set("abc"))
    assert not told(imported, "loop")


def test_a_wrong_letter_is_left_off_and_mended_with_one_click():
    imported = complete(drawn(*ROUND, loops=(DraftLoop("", "R2", path=("a", "b", "c"), place="loop 1"),)))
    assert imported.model.loops[0].label is None
    (note,) = [note for note in imported.notes if note.kind == "loop"]
    assert note.place == "loop 1"
    assert apply(imported.model, note.mends[0].change).loops[0].label == "B2"


def test_a_letter_that_another_loop_has_is_not_offered():
    loops = (DraftLoop("One", "R1", path=("a", "b", "c")), DraftLoop("Two", "B1", path=("b", "c", "a")))
    imported = complete(drawn(*ROUND, loops=loops))
    assert [loop.label for loop in imported.model.loops] == [None, "B1"]
    assert [note.mends for note in imported.notes if note.kind == "loop"] == [()]


@pytest.mark.parametrize(
    ("loop", "words"),
    [
        (DraftLoop("Growth", "R1", path=("a", "c")), "no arrow from “A” to “C”"),
        (DraftLoop("Growth", "R1"), "does not say which arrows"),
        (DraftLoop("Growth", "R1", path=("a", "nowhere")), "does not say which arrows"),
        (DraftLoop("Growth", "R1", links=(("a", "b"), ("b", "c"))), "do not close"),
        (DraftLoop("Growth", "R1", path=("a", "b", "a", "b", "c")), "passes one box twice"),
    ],
)
def test_a_loop_that_does_not_close_is_left_out(loop, words):
    imported = complete(drawn(*ROUND, loops=(loop,)))
    assert imported.model.loops == ()
    assert words in told(imported, "loop")[0]


def test_two_loops_cannot_have_one_letter():
    loops = (DraftLoop("One", "B1", path=("a", "b", "c")), DraftLoop("Two", "B1", path=("b", "c", "a")))
    imported = complete(drawn(*ROUND, loops=loops))
    assert [loop.label for loop in imported.model.loops] == ["B1", None]
    assert len(told(imported, "loop")) == 1


def test_weights_are_shares_of_the_usual_strength():
    weights = [0.25, 0.5, 1.0]
    arrows = [DraftArrow("a", key, "+", weight=weight) for key, weight in zip("bcd", weights, strict=True)]
    model = complete(
        drawn(*arrows, DraftArrow("a", "e", "+"), DraftArrow("a", "f", "+", strength=0.3), nodes="abcdef")
    ).model
    assert [link.strength for link in model.links] == [USUAL / 2, USUAL, 2 * USUAL, USUAL, 0.3]


def test_numbers_out_of_bounds_are_brought_inside_and_told():
    arrows = [
        DraftArrow("a", "b", "+", strength=9.0, delay=0.1, bend=7.0),
        DraftArrow("b", "a", "+", strength=-1.0, delay=1e9),
        DraftArrow("a", "a", "+", strength=math.nan, delay=math.nan),
    ]
    nodes = [
        DraftNode("a", "A", level=3.0, position=(0, 0)),
        DraftNode("b", "B", level=math.nan, position=(0, 9)),
    ]
    imported = complete(Draft("ours", "test", nodes=nodes, arrows=arrows))
    assert [(link.strength, link.delay, link.bend) for link in imported.model.links] == [
        (2.0, 0.5, None),
        (USUAL, 240.0, None),
        (USUAL, 0.0, None),
    ]
    assert [node.start for node in imported.model.variables] == [1.0, 0.5]
    assert len(told(imported, "delay")) == 3
    assert sum("strength" in says or "starts at" in says for says in told(imported, "assumed")) == 5


def test_delays_of_unknown_length_are_told_once():
    arrows = [
        DraftArrow(a, b, "+", delay=3.0, delay_marked=True, place=f"row {a}{b}")
        for a, b in ("ab", "bc", "ca")
    ]
    imported = complete(drawn(*arrows))
    (note,) = [note for note in imported.notes if note.kind == "delay"]
    assert note.says.startswith("3 arrows")
    assert note.place == "row ab, row bc, row ca"


def test_what_matters_stands_first():
    draft = drawn(DraftArrow("a", "b", "+"), DraftArrow("b", "c", "+"))
    draft.nodes[2].outcome = True
    assert [node.id for node in complete(draft).model.variables] == ["c", "b"]


def test_evidence_in_our_words_is_a_grade_and_other_words_are_kept():
    arrows = [
        DraftArrow("a", "b", "+", evidence="Inferred"),
        DraftArrow("b", "c", "+", evidence="Smith 2019", note="Seen in two towns"),
    ]
    first, second = complete(drawn(*arrows)).model.links
    assert first.evidence == "inferred"
    assert (second.evidence, second.reason) == ("assumed", "Seen in two towns\nEvidence: Smith 2019")


@pytest.mark.parametrize(
    ("draft", "words"),
    [
        (Draft("ours", "test"), "no box"),
        (drawn(nodes="".join(map(chr, range(0x4E00, 0x4E00 + 501)))), "501 boxes"),
        (drawn(*[DraftArrow("a", "b", "+")] * 5_001), "5,001 arrows"),
        (Draft("ours", "test", nodes=[DraftNode("a", "A", "context")]), "nothing in this diagram changes"),
    ],
)
def test_too_much_and_too_little_end_in_a_message(draft, words):
    with pytest.raises(BadFile, match=words):
        complete(draft)


ANY = st.one_of(st.none(), st.floats())
KEYS = st.sampled_from(["a", "b", "c", "A ", "é", ""])
NODES = st.builds(
    DraftNode,
    KEYS,
    st.text(max_size=20),
    st.sampled_from(["", "variable", "lever", "context"]),
    st.one_of(st.none(), st.tuples(st.floats(), st.floats())),
    st.text(max_size=5),
    st.text(max_size=5),
    ANY,
    st.booleans(),
)
ARROWS = st.builds(
    DraftArrow,
    KEYS,
    KEYS,
    st.sampled_from("+-?"),
    ANY,
    ANY,
    ANY,
    st.booleans(),
    ANY,
    st.text(max_size=5),
    st.text(max_size=5),
)
LOOPS = st.builds(
    DraftLoop,
    st.text(max_size=5),
    st.sampled_from(["R1", "B1", "R", "", "?"]),
    st.lists(KEYS, max_size=4).map(tuple),
)
DRAFTS = st.builds(
    Draft,
    st.text(max_size=9),
    st.just("test"),
    st.text(max_size=9),
    st.lists(NODES, min_size=1, max_size=6),
    st.lists(ARROWS, max_size=12),
    st.lists(LOOPS, max_size=4),
)


def mended(model: Model, change: Change) -> Model | str:
    try:
        return apply(model, change)
    except ValueError as problem:
        return str(problem)


@given(DRAFTS)
def test_whatever_a_reader_finds_is_a_model_whose_every_mend_works(draft):
    """Alone each works, unless nothing that changes would be left; then one after another while they can."""
    try:
        imported = complete(draft)
    except BadFile as problem:
        says = problem.says
    else:
        says = ""
    if says:
        assert "nothing in this diagram changes" in says
        return
    assert {note.kind for note in imported.notes} <= set(KINDS)
    assert {(link.source, link.target) for link in imported.unknown} == {
        ends_of(note.mends[0].change.part) for note in imported.notes if note.kind in ("sign", "opposite")
    }
    model = imported.model
    for mend in (mend for note in imported.notes for mend in note.mends):
        alone = mended(imported.model, mend.change)
        assert isinstance(alone, Model) or "nothing would be left" in alone
        after = mended(model, mend.change)
        assert isinstance(after, Model) or "\n" not in after
        model = after if isinstance(after, Model) else model


@given(DRAFTS)
def test_the_order_of_arrows_does_not_change_what_they_say(draft):
    if not isinstance(first := model_or_message(draft), Model):
        return
    other = model_or_message(replace(draft, arrows=draft.arrows[::-1]))
    assert isinstance(other, Model)
    assert said(first) == said(other)


def model_or_message(draft: Draft) -> Model | str:
    try:
        return complete(draft).model
    except BadFile as problem:
        return problem.says


def said(model: Model) -> set[tuple[str, str, float, str, float]]:
    return {(link.source, link.target, link.delay, link.polarity, link.strength) for link in model.links}


def test_what_our_own_files_say_beyond_others_is_kept():
    draft = Draft("ours.mdl", "test")
    draft.nodes = [
        DraftNode("a", "Trust", level=0.2, gain=0.0, fade=0.03),
        DraftNode("b", "Doing", gain=3.0),
    ]
    draft.arrows = [
        DraftArrow("a", "b", "+", passage="Trust matters.", locator="page 2"),
        DraftArrow("a", "b", "+", threshold=0.3, steepness=6),
        DraftArrow("a", "b", "+", threshold=7.0),
        DraftArrow("b", "a", "+", threshold=0.4),
    ]
    draft.loops = [DraftLoop("Doing builds trust", "R1", ("a", "b"), story="The more, the more.")]
    imported = complete(draft)
    trust, doing = imported.model.variables
    assert (trust.start, trust.gain, trust.fade, doing.gain) == (0.2, 0.0, 0.03, 0.05)
    links = imported.model.links
    assert [(link.threshold, link.steepness) for link in links] == [(None, 4), (0.3, 6), (0.4, 4)]
    assert (links[0].passage, links[0].locator) == ("Trust matters.", "page 2")
    assert imported.model.loops[0].story == "The more, the more."
    told = [note.says for note in imported.notes]
    assert any("gain of 3 a month" in says for says in told)
    assert any("critical mass of 7" in says for says in told)


def test_a_critical_mass_does_not_let_one_delay_say_both_signs():
    draft = Draft("x", "test", nodes=[DraftNode("a", "a")])
    draft.arrows = [DraftArrow("a", "a", "+"), DraftArrow("a", "a", "-", threshold=0.5)]
    assert [link.polarity for link in complete(draft).model.links] == ["?", "?"]
