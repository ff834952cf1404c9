"""Feedback loops: all of them, with the right letters, whatever the order of the file, and in plain words."""

from __future__ import annotations

from itertools import pairwise, permutations

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loops.feedback import find, through
from loops.independent import independent
from loops.model import Loop, Model
from loops.narrate import audit, narrate
from loops.parts import replace

SIGNS = {"+": 1, "-": -1}


def draw(*arrows: str, named=(), core=()) -> Model:
    """A model from arrows such as "a + b" or "a - b 12", the number being months of delay."""
    links = []
    for arrow in arrows:
        source, polarity, target, *delay = arrow.split()
        links.append({"from": source, "to": target, "polarity": polarity, "strength": 0.1})
        links[-1]["delay"] = float(delay[0]) if delay else 0.0
    nodes = sorted({link[end] for link in links for end in ("from", "to")}) or ["alone"]
    return Model.model_validate(
        {
            "id": "drawn",
            "title": "Drawn",
            "variable": {node: {"label": node.upper(), "start": 0.1} for node in nodes},
            "link": links,
            "loop": {loop.id: loop.model_dump(exclude={"id"}) for loop in named},
            "core": core,
        }
    )


def complete(size: int) -> Model:
    return draw(*(f"n{a} + n{b}" for a, b in permutations(range(size), 2)))


def changed(model: Model, place: int, **changes) -> Model:
    links = list(model.links)
    links[place] = replace(links[place], **changes)
    return replace(model, links=tuple(links))


def ids(found) -> list[str]:
    return [loop.id for loop in found]


def circuits_by_hand(model: Model) -> set[tuple[str, ...]]:
    """Every circuit, by walking on from each node through larger ids until home: slow and plain."""
    variables = {node.id for node in model.variables}
    after = {name: {link.target for link in model.links if link.source == name} for name in variables}

    def walk(path):
        for node in after[path[-1]]:
            if node == path[0]:
                yield path
            elif node > path[0] and node not in path:
                yield from walk((*path, node))

    return {path for name in variables for path in walk((name,))}


def cyclomatic(model: Model) -> int:
    """Links - nodes + 1, summed over the strongly connected parts: how many loops can be independent."""
    graph = nx.MultiDiGraph([(link.source, link.target) for link in model.links])
    parts = [graph.subgraph(part) for part in nx.strongly_connected_components(graph)]
    return sum(part.number_of_edges() - part.number_of_nodes() + 1 for part in parts)


@st.composite
def drawings(draw_from, signs="+-"):
    size = draw_from(st.integers(1, 6))
    pairs = [(a, b) for a in range(size) for b in range(size)]
    chosen = draw_from(st.lists(st.sampled_from(pairs), unique=True, min_size=1, max_size=16))
    return draw(*(f"n{a} {draw_from(st.sampled_from(signs))} n{b}" for a, b in chosen))


# --- all of them, and no more ---------------------------------------------------------------------


@pytest.mark.parametrize(("size", "circuits"), [(2, 1), (3, 5), (4, 20), (5, 84), (6, 409), (7, 2365)])
def test_a_complete_digraph_has_as_many_loops_as_oeis_a006231_says(size, circuits):
    found = find(complete(size), most=3_000)
    assert (len(found.loops), found.complete) == (circuits, True)
    assert len(set(ids(found.loops))) == circuits


@settings(derandomize=True, deadline=None)
@given(drawings())
def test_the_loops_are_those_a_plain_walk_finds(model):
    found = find(model)
    assert {loop.nodes for loop in found.loops} == circuits_by_hand(model)
    assert all(left.target == right.source for loop in found.loops for left, right in pairwise(loop.links))
    assert all(loop.links[-1].target == loop.links[0].source for loop in found.loops)


def test_the_common_purpose_model_has_721_loops(common_purpose):
    """Oracle: a plain walk, counted here."""
    found = find(common_purpose)
    assert found.complete
    assert {loop.nodes for loop in found.loops} == circuits_by_hand(common_purpose)
    assert len(found.loops) == 721


def test_the_named_loops_come_first_with_the_letters_of_the_design(common_purpose):
    named = find(common_purpose).loops[:13]
    labels = [*(f"R{number}" for number in range(1, 11)), "B1", "B2", "B3"]
    assert [loop.named.label for loop in named] == labels
    assert [loop.letter for loop in named] == [label[0] for label in labels]
    assert [loop.name for loop in named] == [loop.name for loop in common_purpose.loops]


def test_no_loops_is_a_complete_answer():
    found = find(draw("a + b", "b + c", "a - c"))
    assert (found.loops, found.complete) == ((), True)
    assert independent(draw("a + b")) == ()


def test_a_lever_is_on_no_loop(common_purpose):
    levers = {node.id for node in (*common_purpose.levers, *common_purpose.contexts)}
    assert not any(levers.intersection(loop.nodes) for loop in find(common_purpose).loops)


# --- cut by count ---------------------------------------------------------------------------------


def test_a_cut_search_says_so_and_keeps_the_shortest():
    everything, cut = find(complete(5)), find(complete(5), most=30)
    assert (cut.complete, cut.most) == (False, 30)
    assert ids(cut.loops) == ids(everything.loops[:30])


@settings(derandomize=True, deadline=None)
@given(drawings(), st.integers(0, 40))
def test_a_cut_search_is_the_beginning_of_the_whole(model, most):
    everything, cut = find(model), find(model, most=most)
    assert ids(cut.loops) == ids(everything.loops[:most])
    assert cut.complete == (len(everything.loops) <= most)


def test_nothing_is_cut_when_there_are_exactly_as_many_as_asked_for():
    assert find(complete(4), most=20).complete
    assert not find(complete(4), most=19).complete


def test_named_loops_come_first_even_when_everything_else_is_cut(common_purpose):
    cut = find(common_purpose, most=5)
    assert ids(cut.loops) == ids(find(common_purpose).loops[:13])
    assert not cut.complete


def test_a_long_named_loop_survives_a_cut_that_its_length_would_not():
    path = ("n5", "n3", "n1", "n0", "n2", "n4")
    model = replace(complete(6), loops=(Loop(id="long", name="The long way", path=path),))
    cut = find(model, most=10)
    assert (cut.loops[0].name, len(cut.loops), cut.complete) == ("The long way", 10, False)


def layers() -> nx.DiGraph:
    """Fifty layers of ten, each wholly joined to the next, and one way back: 10^48 loops, all of 50 links."""
    ahead = [(10 * k + a, 10 * k + 10 + b) for k in range(49) for a in range(10) for b in range(10)]
    return nx.DiGraph([*ahead, (490, 0)])


@pytest.mark.parametrize(
    ("graph", "shortest", "longest"),
    [
        (nx.complete_graph(30, nx.DiGraph), 2, 3),  # 435 pairs, 8,120 triangles
        (nx.gnm_random_graph(500, 5_000, seed=1, directed=True), 2, 4),  # 43 + 348 loops of 2 and 3 links
        (layers(), 50, 50),
    ],
    ids=["complete", "random", "layers"],
)
def test_a_diagram_with_too_many_loops_to_list_is_cut_and_not_waited_for(graph, shortest, longest):
    """A search that listed them all, or all paths up to a length, would not return in anybody's lifetime."""
    found = find(draw(*(f"n{a:03} + n{b:03}" for a, b in sorted(graph.edges))))
    assert (len(found.loops), found.complete) == (2_000, False)
    lengths = [len(loop.links) for loop in found.loops]
    assert lengths == sorted(lengths)
    assert (lengths[0], lengths[-1]) == (shortest, longest)


def test_two_ways_along_every_link_of_a_long_loop_are_not_all_listed():
    ring = [(k, (k + 1) % 60) for k in range(60)]
    model = draw(*(f"n{a:02} {how}" for a, b in ring for how in (f"+ n{b:02}", f"- n{b:02} 3")))
    found = find(model, most=50)  # of 2^60
    assert (len(found.loops), found.complete) == (50, False)


# --- ids and order --------------------------------------------------------------------------------


@settings(derandomize=True, deadline=None)
@given(st.data(), drawings(signs="+-?"))
def test_reordering_or_relabelling_a_file_changes_no_id_and_no_order(data, model):
    other = replace(
        model,
        variables=tuple(
            replace(node, label="Renamed") for node in data.draw(st.permutations(model.variables))
        ),
        links=tuple(data.draw(st.permutations(model.links))),
    )
    most = data.draw(st.integers(0, 60))
    assert ids(find(other, most=most).loops) == ids(find(model, most=most).loops)
    assert ids(independent(other)) == ids(independent(model))


def test_the_order_of_the_file_settles_no_tie():
    """Sixty nodes, many equally short ways to choose from, parallel arrows, the file written backwards."""
    graph = nx.gnm_random_graph(60, 240, seed=1, directed=True)
    arrows = [f"n{a:02} {how}" for a, b in graph.edges for how in (f"+ n{b:02}", f"- n{b:02} 3")[: 1 + a % 2]]
    forwards, backwards = draw(*arrows), draw(*reversed(arrows))
    assert ids(find(forwards, most=500).loops) == ids(find(backwards, most=500).loops)
    assert ids(independent(forwards)) == ids(independent(backwards))


def test_an_id_is_the_path_from_its_smallest_node():
    assert ids(find(draw("trust + doing", "doing + value", "value + trust")).loops) == ["doing.value.trust"]


def test_naming_a_loop_does_not_change_its_id():
    plain = draw("a + b", "b + a")
    named = replace(plain, loops=(Loop(id="our_loop", name="Ours", path=("b", "a")),))
    assert ids(find(named).loops) == ids(find(plain).loops) == ["a.b"]
    assert find(named).loops[0].name == "Ours"


def test_a_path_that_is_named_twice_keeps_its_first_name():
    named = [Loop(id="one", name="First", path=("a", "b")), Loop(id="two", name="Next", path=("b", "a"))]
    assert [loop.name for loop in find(draw("a + b", "b + a", named=named)).loops] == ["First"]


@pytest.mark.parametrize(
    ("arrows", "name"),
    [
        (["a + a"], "A, by itself"),
        (["a + b", "b + a"], "A and B"),
        (["a + b", "b + c", "c + a"], "A, B and C"),
        (["a + b", "b + c", "c + d", "d + a"], "A, B and 2 more"),
    ],
)
def test_a_loop_that_nobody_has_named_is_called_after_its_nodes(arrows, name):
    assert find(draw(*arrows)).loops[0].name == name


# --- what a loop is -------------------------------------------------------------------------------


@settings(derandomize=True, deadline=None)
@given(st.data(), drawings())
def test_turning_one_sign_turns_exactly_the_loops_through_it(data, model):
    place = data.draw(st.integers(0, len(model.links) - 1))
    link = model.links[place]
    turned = find(changed(model, place, polarity="-" if link.polarity == "+" else "+")).loops
    before = find(model).loops
    affected = ids(through(before, link=link))
    assert ids(turned) == ids(before)
    assert [
        loop.id for loop, other in zip(before, turned, strict=True) if loop.letter != other.letter
    ] == affected


@settings(derandomize=True, deadline=None)
@given(drawings())
def test_the_polarity_is_the_product_of_the_signs(model):
    for loop in find(model).loops:
        product = 1
        for link in loop.links:
            product *= SIGNS[link.polarity]
        assert product == SIGNS[loop.polarity]
        assert (loop.letter, loop.kind) == {1: ("R", "reinforcing"), -1: ("B", "balancing")}[product]


def test_a_loop_with_an_unknown_sign_is_neither_r_nor_b():
    loop = find(draw("a ? b", "b - a")).loops[0]
    assert (loop.polarity, loop.letter, loop.kind) == ("?", "?", "unknown")


def test_a_link_to_itself_is_a_loop():
    found = find(draw("a - a", "a + b", "b + a")).loops
    assert [(loop.id, loop.letter) for loop in found] == [("a", "B"), ("a.b", "R")]


def test_arrows_of_different_sign_between_one_pair_make_a_loop_each():
    found = find(draw("a + b", "a - b 12", "b + a")).loops
    assert [(loop.id, loop.letter, loop.delay) for loop in found] == [
        ("a.b/a+0.0", "R", 0),
        ("a.b/a-12.0", "B", 12),
    ]


def test_arrows_of_different_delay_or_threshold_make_a_loop_each():
    model = draw("a + b", "a + b 3", "a + b", "b + a")
    assert len(find(changed(model, 2, threshold=0.3)).loops) == 3


def test_repeats_of_one_arrow_are_one_arrow():
    model = draw("a + b", "a + b", "b + a")
    assert ids(find(model).loops) == ["a.b"]
    assert ids(through(find(model).loops, link=model.links[1])) == ["a.b"]


def test_a_name_goes_to_the_parallel_loop_that_its_label_fits():
    named = [Loop(id="brake", label="B1", name="Too much", path=("a", "b"))]
    found = find(draw("a + b", "a - b 12", "b + a", named=named)).loops
    assert [(loop.letter, loop.named is not None) for loop in found] == [("B", True), ("R", False)]


def test_a_loop_is_as_well_evidenced_as_its_weakest_link():
    """Oracle: stated, inferred, contested (a passage each way), assumed (no passage), from best to worst."""
    grades = {"a": "stated", "b": "inferred", "c": "contested", "d": "assumed"}
    worst = {}
    for last in "abcd":
        nodes = "abcd"[: "abcd".index(last) + 1]
        model = draw(*(f"{a} + {b}" for a, b in zip(nodes, nodes[1:] + nodes[0], strict=True)))
        for place, link in enumerate(model.links):
            grade = grades[link.source]
            contested = {"evidence": "stated", "against": "the other way"}
            model = changed(model, place, **(contested if grade == "contested" else {"evidence": grade}))
        worst[last] = find(model).loops[0].grade
    assert worst == grades


def test_a_repeated_arrow_is_as_well_evidenced_as_its_best_repeat():
    model = changed(draw("a + a", "a + a"), 1, evidence="stated")
    assert find(model).loops[0].grade == "stated"


def test_the_delay_is_the_sum_of_the_links_delays(common_purpose):
    """Oracle: the design's table, buy-in to embedded 3 months and embedded to impact 6."""
    assert find(common_purpose).loops[0].delay == 9


def test_through_a_node_a_link_or_both():
    model = draw("a + b", "b + a", "b + c", "c + b", "c + a")
    found = find(model).loops
    assert ids(through(found, node="a")) == ["a.b", "a.b.c"]
    assert ids(through(found, link=model.link("b", "c"))) == ["b.c", "a.b.c"]
    assert ids(through(found, node="a", link=model.link("b", "c"))) == ["a.b.c"]
    with pytest.raises(ValueError, match="Give a node or a link"):
        through(found)


# --- a few of many --------------------------------------------------------------------------------


def on_a_loop(model: Model) -> set[tuple[str, str]]:
    return {(link.source, link.target) for loop in find(model).loops for link in loop.links}


@settings(derandomize=True, deadline=None)
@given(drawings())
def test_independent_loops_cover_every_link_on_a_loop_and_none_is_a_combination_of_others(model):
    """Oracles: the loops found one by one, the cyclomatic number, and elimination over the field of two."""
    chosen = independent(model)
    assert {(link.source, link.target) for loop in chosen for link in loop.links} == on_a_loop(model)
    assert set(ids(chosen)) <= set(ids(find(model).loops))
    assert len(chosen) <= cyclomatic(model)
    rows = [{(link.source, link.target) for link in loop.links} for loop in chosen]
    while rows:
        row = rows.pop()
        assert row, "a combination of others"
        pivot = min(row)
        rows = [other ^ row if pivot in other else other for other in rows]


def test_the_common_purpose_model_has_31_independent_loops(common_purpose):
    """Oracle: 48 links among 18 variables, all strongly connected: 48 - 18 + 1."""
    assert len(independent(common_purpose)) == 31
    assert independent(common_purpose)[0].name == "Passing it on"


def test_independent_loops_of_a_complete_digraph_are_its_pairs():
    """Every shortest way there and back is a pair of opposite links: 10 loops, though E - V + 1 is 16."""
    assert [len(loop.links) for loop in independent(complete(5))] == [2] * 10


def test_each_parallel_arrow_and_each_link_to_itself_is_in_some_independent_loop():
    model = draw("a + b", "a - b 12", "b + a", "b - b", "c + a")
    assert ids(independent(model)) == ["b", "a.b/a+0.0", "a.b/a-12.0"]
    assert len(independent(model)) == cyclomatic(model)


def test_independent_loops_of_the_largest_diagram():
    """Oracle: the cyclomatic number, which this diagram happens to reach."""
    graph = nx.gnm_random_graph(500, 5_000, seed=1, directed=True)
    model = draw(*(f"n{a:03} + n{b:03}" for a, b in sorted(graph.edges)))
    chosen = independent(model)
    assert len(chosen) == cyclomatic(model)
    assert all(len(set(loop.nodes)) == len(loop.nodes) for loop in chosen)


# --- in words -------------------------------------------------------------------------------------


def test_the_story_of_a_snowball(common_purpose):
    assert narrate(common_purpose, find(common_purpose).loops[0]) == (
        "The more “Information that makes sense to me” there is, "
        "the more “It helps with our own priorities”; "
        "so, once enough has built up, the more “Buy-in: ready to act”; "
        "so the more “Part of how we work”, after about 3 months; "
        "so the more “We can see it working here”, after about 6 months, "
        "which comes back as more “Information”. "
        "So a change feeds on itself: this is a snowball, and it rolls either way."
    )


def test_the_story_of_a_brake(common_purpose):
    assert narrate(common_purpose, find(common_purpose).loops[12]) == (
        "The more “Stretched for time” there is, the more “Not yet convinced”; "
        "so the less “It helps with our own priorities”; "
        "so, where enough had built up before, the less “Buy-in: ready to act”; "
        "so the less “Part of how we work”, after about 3 months, "
        "which comes back as less “Stretched for time”. "
        "So a change is held back: this is a brake."
    )


def test_two_minus_links_make_a_snowball_in_words_too():
    model = draw("a - b", "b - c 1", "c + a 0.5")
    assert narrate(model, find(model).loops[0]) == (
        "The more “A” there is, the less “B”; so the more “C”, after about a month, "
        "which comes back as more “A”, after about half a month. "
        "So a change feeds on itself: this is a snowball, and it rolls either way."
    )


@settings(derandomize=True, deadline=None)
@given(drawings())
def test_a_story_comes_back_as_more_exactly_when_it_ends_in_a_snowball(model):
    for loop in find(model).loops:
        story = narrate(model, loop)
        assert ("snowball" in story) == (loop.letter == "R") == ("brake" not in story)
        if len(loop.links) > 1:
            assert ("which comes back as more" in story) == (loop.letter == "R")


@pytest.mark.parametrize(
    ("arrows", "story"),
    [
        (
            ["a + b", "b ? c", "c - d", "d + a"],
            "The more “A” there is, the more “B”; nobody has said yet whether that means more or less “C”; "
            "“D” then goes the opposite way; and “A” itself then goes the same way.",
        ),
        (
            ["a ? b", "b ? c", "c ? a"],
            "Nobody has said yet whether more “A” means more or less “B”; "
            "nobody has said yet which way it then moves “C”; "
            "and nobody has said yet which way it then moves “A”.",
        ),
        (
            ["a - b", "b ? a"],
            "The more “A” there is, the less “B”; "
            "and nobody has said yet whether that comes back as more or less “A”.",
        ),
        (["a ? a"], "Nobody has said yet whether more “A” means more or less of it."),
    ],
)
def test_a_sign_that_nobody_knows_is_said_to_be_unknown(arrows, story):
    model = draw(*arrows)
    end = (
        " Until somebody does, this may be a snowball, where a change feeds on itself, "
        "or a brake, where a change is held back."
    )
    assert narrate(model, find(model).loops[0]) == story + end


def test_the_story_of_a_link_to_itself():
    model = draw("a + a 3", "b - b")
    snowball, brake = find(model).loops
    assert narrate(model, snowball) == (
        "The more “A” there is, the more of it comes back, after about 3 months. "
        "So a change feeds on itself: this is a snowball, and it rolls either way."
    )
    assert narrate(model, brake) == (
        "The more “B” there is, the more of it is lost again. So a change is held back: this is a brake."
    )


def test_a_threshold_is_told_on_the_first_link_and_on_the_last():
    model = draw("a + b", "b + a")
    model = changed(changed(model, 0, threshold=0.3), 1, threshold=0.3)
    assert narrate(model, find(model).loops[0]).startswith(
        "The more “A” there is, once enough has built up, the more “B”, "
        "which, once enough has built up, comes back as more “A”."
    )


def test_a_story_begins_in_the_opening_view_if_nobody_has_named_the_loop():
    model = draw("a + b", "b + c", "c + a", core=("c",))
    assert narrate(model, find(model).loops[0]).startswith("The more “C” there is, the more “A”")


def test_no_story_uses_a_word_of_the_trade(common_purpose):
    """Oracle: the left column of the design's table of words."""
    trade = (
        "reinforcing",
        "balancing",
        "polarity",
        "loop",
        "gain",
        "level",
        "link",
        "node",
        "variable",
        "delay",
    )
    for loop in find(common_purpose).loops:
        story = narrate(common_purpose, loop).casefold()
        assert not [word for word in trade if word in story.split()]


# --- the labels of an old drawing -----------------------------------------------------------------


def test_labels_that_are_right_give_nothing_to_say(common_purpose):
    labelled = {loop.label: loop.path for loop in common_purpose.loops}
    assert audit(common_purpose, labelled) == ()


@pytest.mark.parametrize(
    ("label", "path", "sentence"),
    [
        ("R1", ["insigt", "value"], "R1: there is no node 'insigt'. Did you mean 'insight'?"),
        ("R1", ["trust", "value"], "R1: it does not close: no link trust -> value. "),
        (
            "R1",
            ["strain", "buy_in", "embedded"],
            "R1: the label disagrees with the path, which has an odd number of - links. "
            "Call it B1, or check the signs along the path.",
        ),
        (
            "B4",
            ["trust", "collaboration"],
            "B4: the label disagrees with the path, which has an even number of ",
        ),
        ("R9", [], "R9: its path is empty. List the nodes it passes."),
        (
            "R9",
            ["trust", "collaboration", "trust"],
            "R9: 'trust' is passed twice. A loop visits each node once.",
        ),
    ],
)
def test_a_label_that_is_wrong_gives_one_sentence(common_purpose, label, path, sentence):
    (said,) = audit(common_purpose, {label: path})[:1]
    assert said.startswith(sentence)


def test_every_missing_link_is_told():
    said = audit(draw("a + b", "c + d"), {"R1": ["a", "b", "c", "d"]})
    assert [sentence[: sentence.index(".")] for sentence in said] == [
        "R1: it does not close: no link b -> c",
        "R1: it does not close: no link d -> a",
    ]


def test_a_label_is_not_judged_while_a_sign_is_unknown():
    assert audit(draw("a ? b", "b + a"), {"R1": ["a", "b"]}) == (
        "R1: R or B cannot be decided while the sign of a -> b is not settled.",
    )
    assert audit(draw("a + b", "a - b 12", "b + a"), {"B1": ["a", "b"]}) == (
        "B1: R or B cannot be decided while the sign of a -> b is not settled.",
    )


def test_all_that_is_wrong_is_told_in_the_order_given(common_purpose):
    said = audit(common_purpose, {"R2": ["x", "y"], "R1": ["trust", "collaboration"], "R3": ["z"]})
    assert [sentence[:2] for sentence in said] == ["R2", "R2", "R3"]
