"""DOT that we write comes back whole; what others write is read, and nothing makes the reader hang."""

from __future__ import annotations

import pytest
from damaged import damaged, message
from hypothesis import given, settings
from hypothesis import strategies as st

from loops.complaints import BadFile
from loops.interchange.complete import complete
from loops.interchange.detect import import_file, reader_of
from loops.interchange.dot import read
from loops.interchange.dot_graph import MOST, tokens_of
from loops.interchange.export.dot import write
from loops.model import MAX_LINKS, Model
from loops.validity import MAX_NODES

KEPT = "polarity strength delay threshold steepness evidence passage locator bend"
CITED = {"evidence": "stated", "passage": "It.", "locator": "p. 3"}
AWKWARD = 'Buy-in: "ready" | <act> \\ &amp; A, è 信任 \\'


def model(**fields):
    link = {"from": "node", "to": "b", "polarity": "+", "strength": 0.1, "bend": -0.25}
    links = [
        link
        | {"evidence": "stated", "passage": 'It "says"\nso.', "locator": "p. 2", "reason": "A & <B> \\n"},
        link | {"delay": 6.5, "polarity": "-", "threshold": 0.4, "steepness": 3, "reason": "So."} | CITED,
        {"from": "b", "to": "node", "polarity": "?", "strength": 1e-5},
        {"from": "b", "to": "b", "polarity": "-", "strength": 0.0},
        {"from": "do", "to": "node", "polarity": "+", "strength": 2.0},
    ]
    return Model.model_validate(
        {
            "id": "ours",
            "title": "Ours & <theirs>",
            "variable": {
                "node": {"label": AWKWARD, "start": 0.1, "gain": 0.02, "fade": 0.3, "position": [0, 0]},
                "b": {"label": "Doing", "start": 0.0, "position": [300.5, 0], "description": "One.\nTwo."},
            },
            "lever": {"do": {"label": "Help", "level": 0.25, "position": [0, 200]}},
            "context": {"nobody": {"label": "Rain", "level": 0.75, "position": [300.5, 200]}},
            "link": links,
            "loop": {"ours": {"name": "Up & \\ up", "path": ["node", "b"], "story": "The more,\nthe more."}},
        }
        | fields
    )


def edges(text):
    draft = read(text.encode(), "x.dot")
    return [(arrow.source, arrow.target, arrow.sign) for arrow in draft.arrows]


def test_all_that_is_written_comes_back():
    ours, theirs = model(), import_file(write(model()), "ours.dot").model
    for node, back in zip(ours.nodes.values(), theirs.nodes.values(), strict=True):
        numbers = ("start", "gain", "fade", "level", "description")
        assert (type(node), node.label) == (type(back), back.label)
        assert [getattr(node, name, None) for name in numbers] == [
            getattr(back, name, None) for name in numbers
        ]
    names = dict(zip(theirs.nodes, ours.nodes, strict=True))
    for link, back in zip(ours.links, theirs.links, strict=True):
        assert (link.source, link.target) == (names[back.source], names[back.target])
        kept = [[getattr(one, name) for name in KEPT.split()] for one in (link, back)]
        assert kept[0] == kept[1]
    assert [(loop.name, loop.story) for loop in theirs.loops] == [("Up & \\ up", "The more,\nthe more.")]
    assert [names[node] for node in theirs.loops[0].path] == ["node", "b"]
    assert theirs.title == ours.title
    first, second = (theirs.nodes[name].position for name in list(theirs.nodes)[:2])
    assert first[0] < second[0]
    assert first[1] == second[1]


def test_the_same_place_and_the_other_way_up():
    draft = read(write(model()), "ours.dot")
    assert [node.position for node in draft.nodes] == [(0, 0), (300.5, 0), (0, 200), (300.5, 200)]
    assert b'pos="0.0,-200.0!"' in write(model())


def test_the_largest_model_is_not_too_much():
    """As many arrows and boxes as a model may have, each with all that is said of the fullest of ours."""
    of_arrow, of_box = (
        max(
            len(list(tokens_of(row)))
            for row in write(model()).decode().splitlines()
            if (" -> " in row) == is_arrow
        )
        for is_arrow in (True, False)
    )
    assert MAX_LINKS * of_arrow + MAX_NODES * of_box < MOST


def test_a_model_without_places():
    text = write(model(variable={"a": {"label": "A", "start": 0}}, lever={}, context={}, link=[], loop={}))
    assert b"pos" not in text


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("digraph { a -> b -> c }", [("a", "b", "?"), ("b", "c", "?")]),
        ('strict digraph "G" { a -> b [label="+"]; a -> b }', [("a", "b", "+"), ("a", "b", "?")]),
        ("digraph { b -> a [ arrowhead = tee; ] }", [("b", "a", "-")]),
        ("DiGraph{edge[label=<<b>\u2212</b>>]a->b}", [("a", "b", "-")]),
        ("digraph { { edge [sign=o] a -> b } b -> a [sign=s] }", [("a", "b", "-"), ("b", "a", "+")]),
        ("digraph { a -> { b c } }", [("a", "b", "?"), ("a", "c", "?")]),
        ("digraph { subgraph cluster_1 { a b } -> c:n }", [("a", "c", "?"), ("b", "c", "?")]),
        ("digraph { /* a -> b */ // c -> d\n# e -> f\n -.5 -> 2 }", [("-.5", "2", "?")]),
        ('digraph { "a" + ; }', None),
        ('digraph { "a -> b" -> "c \\"d\\"" [label="+" + ""] }', [("a -> b", 'c "d"', "+")]),
        ("graph { a -- b }", [("a", "b", "?")]),
        ("digraph { größe -> 信任 }", [("größe", "信任", "?")]),
    ],
)
def test_what_others_write(text, found):
    if found is None:
        with pytest.raises(BadFile, match="not expected"):
            edges(text)
    else:
        assert edges(text) == found
        assert reader_of(text.encode(), "x") is read


def test_labels_of_boxes():
    text = (
        'digraph { label="Ours"; node [label="is \\N"] a; b [label=<<i>Buy</i>&nbsp;in>, pos="3,4"]; a -> c }'
    )
    draft = read(text.encode(), "x.dot")
    assert [node.label.split() for node in draft.nodes] == [["is", "a"], ["Buy", "in"], ["is", "c"]]
    assert (draft.title, draft.nodes[1].position) == ("Ours", (3, -4))


def test_an_edge_without_a_direction_is_told():
    draft = read(b"graph { a -- b }", "x.dot")
    assert [note.kind for note in draft.notes] == ["assumed"]


def many(count):
    return " ".join(f"a{number}" for number in range(count))


def test_a_subgraph_stands_for_all_that_is_in_it():
    assert len(edges(f"digraph {{ subgraph x {{ {many(100)} }} -> {{ a1 a2 }} -> x }}")) == 202


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("digraph { a -> b", "line 1: a bracket is not closed"),
        ("digraph {\n a -> }", "line 2: “}” is not expected here"),
        ("digraph {\n a [label=<b }", "line 2: “<b }” cannot be read"),
        ('digraph {\n "a', "line 2"),
        ("digraph { /* a", "a comment does not end"),
        ("digraph " + "{" * 100, "nested too deeply"),
        ("digraph {" + ";" * 300_001, "300,000 words"),
        (f"digraph {{ {many(501)}", "500 nodes"),
        (f"digraph {{ node [{many(201)}] }}", "200 attributes"),
        (f"digraph {{ {{ {many(90)} }} -> {{ {many(90)} }} }}", "5,000 edges"),
    ],
)
def test_what_cannot_be_read_is_one_message(text, says):
    with pytest.raises(BadFile, match=says):
        read(text.encode(), "x.dot")


@given(st.data())
@settings(max_examples=200, derandomize=True, deadline=None)
def test_any_change_of_bytes_ends_in_a_model_or_one_message(data):
    file = write(model())
    said = message(lambda changed: complete(read(changed, "x.dot")), damaged(data, file))
    assert said is None or said.startswith("x.dot: ")
