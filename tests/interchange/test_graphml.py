"""GraphML: our keys, other programs' keys, yEd's drawings, groups and edges without a direction."""

from __future__ import annotations

import pytest

from loops.complaints import BadFile
from loops.interchange.draft import DELAYED, Draft
from loops.interchange.graphml import read

HEAD = '<?xml version="1.0"?><graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:y="http://www.yworks.com/xml/graphml">'


def graph(inside: str, *, keys: str = "", edges: str = "directed") -> Draft:
    return read(
        f'{HEAD}{keys}<graph edgedefault="{edges}">{inside}</graph></graphml>'.encode(), "ours.graphml"
    )


def key(name: str) -> str:
    return f'<key id="d_{name}" for="all" attr.name="{name}" attr.type="string"/>'


def data(**said: object) -> str:
    return "".join(f'<data key="d_{name}">{value}</data>' for name, value in said.items())


def test_our_keys():
    names = (
        "label",
        "kind",
        "level",
        "x",
        "y",
        "group",
        "description",
        "polarity",
        "strength",
        "delay",
        "evidence",
    )
    box = data(label="Trust", kind="Lever", level=0.2, x=10, y=20, group="People", description="Ours")
    edge = data(polarity="-", strength=0.05, delay=6, evidence="stated")
    draft = graph(
        f'<node id="a">{box}</node><node id="b"/><edge id="e1" source="a" target="b">{edge}</edge>',
        keys="".join(map(key, names)),
    )
    first, second = draft.nodes
    assert (first.label, first.kind, first.level, first.position) == ("Trust", "lever", 0.2, (10, 20))
    assert (first.group, first.note, first.place) == ("People", "Ours", "node a")
    assert (second.label, second.kind, second.position) == ("b", "", None)
    (arrow,) = draft.arrows
    assert (arrow.source, arrow.target, arrow.sign, arrow.strength) == ("a", "b", "-", 0.05)
    assert (arrow.delay, arrow.delay_marked, arrow.evidence, arrow.place) == (6, False, "stated", "edge e1")


@pytest.mark.parametrize(
    ("words", "delay", "marked"),
    [
        ("true", DELAYED, True),
        ("2", 2.0, False),
        ("1 year", 12.0, False),
        ("late", DELAYED, True),
        ("no", None, False),
    ],
)
def test_delays(words, delay, marked):
    draft = graph(
        f'<node id="a"/><edge source="a" target="a">{data(delay=words)}</edge>',
        keys=key("delay") + key("sign"),
    )
    assert (draft.arrows[0].delay, draft.arrows[0].delay_marked) == (delay, marked)
    assert draft.arrows[0].sign == "?"


def test_words_that_are_no_sign_and_no_number_are_kept():
    edge = data(polarity="influences", strength="strong")
    draft = graph(
        f'<node id="a"/><edge source="a" target="a">{edge}</edge>', keys=key("polarity") + key("strength")
    )
    (arrow,) = draft.arrows
    assert (arrow.sign, arrow.strength) == ("?", None)
    assert arrow.note == "In the file, strength: strong\nIn the file, polarity: influences"


def test_a_box_as_yed_draws_it():
    shape = (
        '<data key="d6"><y:ShapeNode><y:Geometry height="30.0" width="60.0" x="100.0" y="50.0"/>'
        "<y:NodeLabel>Buy\nin</y:NodeLabel></y:ShapeNode></data>"
    )
    line = (
        '<data key="d10"><y:PolyLineEdge><y:EdgeLabel>+<y:LabelModel/></y:EdgeLabel></y:PolyLineEdge></data>'
    )
    draft = graph(f'<node id="n0">{shape}</node><node id="n1"/><edge source="n0" target="n1">{line}</edge>')
    assert (draft.nodes[0].label, draft.nodes[0].position) == ("Buy in", (130, 65))
    assert draft.arrows[0].sign == "+"


def test_boxes_in_groups_are_boxes():
    inner = '<graph id="g:"><node id="b"/><edge source="b" target="a"/></graph>'
    draft = graph(f'<node id="a"/><node id="g">{inner}</node><edge source="a" target="b"/>')
    assert [node.key for node in draft.nodes] == ["a", "g", "b"]
    assert [(arrow.source, arrow.target) for arrow in draft.arrows] == [("b", "a"), ("a", "b")]


def test_an_edge_without_a_direction_is_told():
    edges = '<edge source="a" target="b"/><edge source="b" target="a" directed="true"/>'
    draft = graph(f'<node id="a"/><node id="b"/>{edges}', edges="undirected")
    assert [note.place for note in draft.notes] == ["edge 1"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"<svg/>", "no GraphML"),
        (b"<graphml><graph>", "not valid XML"),
        (b"<graphml><graph>" + b"<node/>" * 501 + b"</graph></graphml>", "501 nodes"),
        (b"<graphml>" + b"<a>" * 500 + b"</a>" * 500 + b"</graphml>", "too deeply"),
        (b"<graphml>" + b"<a/>" * 200_001 + b"</graphml>", "tags"),
    ],
)
def test_what_is_not_read(content, words):
    with pytest.raises(BadFile, match=words):
        read(content, "ours.graphml")


def test_bytes_that_are_no_text_stay_as_marks():
    draft = read(b'<graphml><graph><node id="a\x01\xff"/></graph></graphml>', "ours.graphml")
    assert [node.key for node in draft.nodes] == ["a\ufffdÿ"]
