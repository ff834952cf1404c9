"""Vensim models, written here as Vensim writes them, with what the drawings of real models hold."""

from __future__ import annotations

import math

import pytest
from damaged import damaged, message
from hypothesis import given, settings
from hypothesis import strategies as st

from loops.complaints import BadFile
from loops.interchange.complete import complete
from loops.interchange.vensim import read

HEAD = "\\\\\\---/// Sketch information - do not modify anything except names\n"
VIEW = (
    HEAD
    + "V300  Do not put anything below this section - it will be ignored\n*View 1\n"
    + "$192-192-192,0,Times New Roman|12||0-0-0|0-0-0|0-0-255|-1--1--1|-1--1--1|96,96,100,0\n"
)
FOOT = "///---\\\\\\\n:L<%^E!@\n1:Current.vdf\n"
LOOP = (
    VIEW
    + "10,1,Trust,100,100,20,10,8,3,0,0,0,0,0,0\n"
    + '10,2,"Buy-in, or ""not""",300,100,20,10,8,3,0,0,-1,0,0,0\n'.replace('""', '\\"')
    + "10,3,Time pressure,200,300,20,10,8,3,0,0,0,0,0,0\n"
    + "1,4,1,2,1,0,43,0,0,64,0,-1--1--1,,1|(200,80)|\n"
    + "1,5,2,3,0,0,83,0,0,64,0,-1--1--1,,1|(0,0)|\n"
    + "1,6,3,1,1,0,45,0,2,65,0,-1--1--1,|||0-0-255,1|(100,200)|\n"
    + FOOT
)


def signs(draft):
    labels = {node.key: node.label for node in draft.nodes}
    return [(labels.get(one.source), labels.get(one.target), one.sign) for one in draft.arrows]


def drawing(*rows, equations="", head=VIEW):
    return f"{{UTF-8}}\n{equations}{head}{''.join(row + chr(10) for row in rows)}{FOOT}".encode()


def word(number, name, x=0, *, bits=3, shape=8):
    return f"10,{number},{name},{x},20,40,10,{shape},{bits},0,0,0,0,0,0"


def arrow(source, target, pol=0, *, number=90, more=",0,0,64,0,-1--1--1,,1|(0,0)|"):
    return f"1,{number},{source},{target},1,0,{pol}{more}"


def test_a_causal_loop_diagram():
    draft = read(LOOP.encode(), "trust.mdl")
    assert draft.format == "Vensim"
    assert [(node.label, node.position) for node in draft.nodes] == [
        ("Trust", (100, 100)),
        ('Buy-in, or "not"', (300, 100)),
        ("Time pressure", (200, 300)),
    ]
    assert [one.sign for one in draft.arrows] == ["+", "+", "-"]
    assert [(one.delay, one.delay_marked) for one in draft.arrows] == [
        (None, False),
        (None, False),
        (3.0, True),
    ]
    assert draft.notes == []


def test_the_handle_of_an_arrow_is_a_bow():
    """(200, 80) is 20 above the middle of a chord of 200, to the left of the way: an arc 0.1 chords high.
    From (100, 200) the third chord is seen under 135 degrees: cot(67.5)/2 = (sqrt(2) - 1)/2."""
    bends = [one.bend for one in read(LOOP.encode(), "trust.mdl").arrows]
    assert bends[0] == pytest.approx(0.1, abs=1e-12)
    assert bends[1] == 0.0
    assert bends[2] == pytest.approx((math.sqrt(2) - 1) / 2, abs=1e-12)


@pytest.mark.parametrize(
    ("code", "sign"),
    [
        (43, "+"),
        (83, "+"),
        (115, "+"),
        (45, "-"),
        (79, "-"),
        (48, "-"),
        (111, "-"),
        (0, "?"),
        (63, "?"),
        (49, "?"),
    ],
)
def test_the_code_of_a_sign(code, sign):
    draft = read(drawing(word(1, "a"), word(2, "b", 9), arrow(1, 2, code)), "x.mdl")
    assert signs(draft) == [("a", "b", sign)]


@pytest.mark.parametrize(
    ("dtype", "delayed"), [(0, False), (64, False), (128, False), (192, False), (1, True), (65, True)]
)
def test_delay_marks(dtype, delayed):
    row = f"1,9,1,2,1,0,43,0,0,{dtype},0,-1--1--1,,1|(0,0)|"
    assert read(drawing(word(1, "a"), word(2, "b", 9), row), "x.mdl").arrows[0].delay_marked is delayed


def test_the_old_form():
    rows = [
        "|1,Trust,100,100,20,10,8,3",
        '|2,"Buy-in",300,100,20,10,8,3',
        ">1,2,1,0,43,0,0,64,0,-1--1--1,,1|(200,80)|",
    ]
    head = HEAD + "V160\n*First view\n"
    draft = read(drawing(*rows, ">2,1,0,0,79,0", head=head), "old.mdl")
    assert signs(draft) == [("Trust", "Buy-in", "+"), ("Buy-in", "Trust", "-")]
    assert draft.arrows[0].bend == pytest.approx(0.1, abs=1e-12)
    assert draft.nodes[1].position == (300, 100)


def test_shadows_and_views_are_one_diagram():
    first = [word(1, "Trust"), word(2, "Hope", 50), arrow(1, 2, 43), word(5, "Time", 9, bits=2)]
    second = [word(1, "trust", 700, bits=2), word(2, "Join_in", 800), arrow(1, 2, 45)]
    text = VIEW + "\n".join(first) + "\n" + VIEW.replace("View 1", "Other") + "\n".join(second) + "\n" + FOOT
    draft = read(text.replace("\n", "\r\n").encode(), "x.mdl")
    assert [node.label for node in draft.nodes] == ["Trust", "Hope", "Join_in"]
    assert signs(draft) == [("Trust", "Hope", "+"), ("Trust", "Join_in", "-")]
    assert draft.nodes[0].position == (0, 20)
    assert draft.nodes[2].position[0] > draft.nodes[1].position[0]
    assert [node.group for node in draft.nodes] == ["View 1", "View 1", "Other"]
    assert draft.arrows[1].bend is None
    assert any("side by side" in note.says for note in draft.notes)


def test_time_that_somebody_drew_is_a_box():
    draft = read(drawing(word(1, "Time"), word(2, "b", 9), arrow(1, 2, 43)), "x.mdl")
    assert [node.label for node in draft.nodes] == ["Time", "b"]


STOCK = [
    word(1, "Population", 275, shape=3),
    "12,2,48,91,71,8,8,0,3,0,0,-1,0,0,0",
    "1,3,5,1,4,0,0,22,0,0,0,-1--1--1,,1|(204,71)|",
    "1,4,5,2,100,0,0,22,0,0,0,-1--1--1,,1|(130,71)|",
    "11,5,48,167,71,6,8,34,3,0,0,1,0,0,0",
    word(6, "births", 167, shape=40),
    "12,7,48,487,70,8,8,0,3,0,0,-1,0,0,0",
    "1,8,10,7,4,0,0,22,0,0,0,-1--1--1,,1|(441,70)|",
    "1,9,10,1,100,0,0,22,0,0,0,-1--1--1,,1|(353,70)|",
    "11,10,48,397,70,6,8,34,3,0,0,1,0,0,0",
    word(11, "deaths", 397, shape=40),
    word(12, "birth rate", 99),
    word(13, "average lifetime", 508),
    "1,14,12,6,0,0,0,0,0,64,0,-1--1--1,,1|(130,104)|",
    "1,15,13,10,0,0,0,0,0,64,0,-1--1--1,,1|(445,95)|",
    "12,16,0,269,22,37,9,8,4,0,0,-1,0,0,0",
    "1,17,1,5: a comment that looks like an arrow",
    "1,17,1,5,1,0,0,0,0,64,0,-1--1--1,,1|(203,31)|",
    "1,18,1,10,1,0,0,0,0,64,0,-1--1--1,,1|(349,27)|",
]
EQUATIONS = (
    "average lifetime=\n\t80\n\t~\tYear\n\t~\tHow long\\\n\t\t people live|\n"
    "birth rate= 0.04 ~~|\nbirths= Population * birth rate ~~|\n"
    "Population= INTEG (births-deaths,\n\t\t100)\n\t~\tperson\n\t~\t|\n"
    "deaths= Population / average lifetime ~~|\n"
    "****.Control****~\n\t\tSimulation Control Parameters\n\t|\nTIME STEP = 1 ~~|\n"
)


def test_stocks_and_flows_with_formulas():
    """The example of Vensim's own documentation of the format (population, births, deaths)."""
    draft = read(drawing(*STOCK, equations=EQUATIONS), "population.mdl")
    assert [node.label for node in draft.nodes] == [
        *("Population", "births", "deaths", "birth rate", "average lifetime")
    ]
    assert sorted(signs(draft)) == sorted(
        [
            ("births", "Population", "+"),
            ("deaths", "Population", "-"),
            ("birth rate", "births", "+"),
            ("average lifetime", "deaths", "-"),
            ("Population", "births", "+"),
            ("Population", "deaths", "+"),
        ]
    )
    assert {one.source: one.bend for one in draft.arrows if one.target == "population"} == {
        "births": 0,
        "deaths": 0,
    }
    assert draft.nodes[4].note == "How long people live"
    assert [note.kind for note in draft.notes] == ["assumed", "assumed", "left out"]
    assert len(complete(draft).model.links) == 6


def test_without_formulas_a_flow_has_the_sign_of_its_arrowhead():
    """Nothing else says a sign: the four other arrows keep a question mark."""
    said = {(one, other): sign for one, other, sign in signs(read(drawing(*STOCK), "x.mdl"))}
    assert said[("births", "Population")] == "+"
    assert said[("deaths", "Population")] == "-"
    assert list(said.values()).count("?") == 4


def test_signs_of_a_list_of_causes():
    rows = [*(word(n, name, n * 9) for n, name in enumerate("abcd", 1)), *(arrow(n, 4) for n in (1, 2, 3))]
    equations = 'd = A FUNCTION OF ( a,-b,\\\n\t\t"c")~~|\n'
    assert [sign for _, _, sign in signs(read(drawing(*rows, equations=equations), "x.mdl"))] == [
        "+",
        "-",
        "+",
    ]
    equations = "d = A FUNCTION OF(a,b,c)~~|\n"
    assert [sign for _, _, sign in signs(read(drawing(*rows, equations=equations), "x.mdl"))] == [
        "?",
        "?",
        "?",
    ]


def test_a_drawn_sign_comes_before_that_of_an_equation():
    rows = [word(1, "a"), word(2, "b", 9), arrow(1, 2, 43)]
    assert signs(read(drawing(*rows, equations="b = 3 - a ~~|\n"), "x.mdl")) == [("a", "b", "+")]


def test_arrows_lead_on_through_junctions():
    rows = [
        *(word(1, "a"), word(2, "b", 50), word(3, "c", 90)),
        *(f"12,{n},0,20,20,0,0,0,3,0,0,-1,0,0,0" for n in (4, 5, 6)),
        *(
            arrow(1, 4, number=10),
            arrow(4, 5, 45, number=11),
            arrow(5, 2, number=12),
            arrow(5, 3, 43, number=13),
        ),
        *(arrow(5, 4, number=14), arrow(6, 2, 43, number=15), arrow(3, 6, 43, number=16)),
    ]
    draft = read(drawing(*rows), "x.mdl")
    assert sorted(signs(draft)) == [("a", "b", "-"), ("a", "c", "?"), ("c", "b", "+")]


def test_arrows_without_an_end_are_told():
    rows = [
        word(1, "a"),
        word(2, "b", 50),
        arrow(1, 2, 43),
        arrow(1, 77, 43),
        "12,4,0,2,2,0,0,0,3",
        arrow(4, 2, 43),
    ]
    notes = complete(read(drawing(*rows), "x.mdl")).notes
    assert [note.place for note in notes if note.kind == "dangling"] == ["line 9", "line 11"]


def test_initial_values_are_no_causes():
    row = "1,9,1,2,1,0,43,0,0,64,1,-1--1--1,,1|(0,0)|"
    draft = read(drawing(word(1, "a"), word(2, "b", 9), row), "x.mdl")
    assert draft.arrows == []
    assert [(note.kind, note.place) for note in draft.notes] == [("left out", "line 8")]


def test_a_flow_without_a_name():
    rows = [
        word(1, "Stock"),
        "11,5,0,50,0,6,8,34,3",
        "1,3,5,1,4,0,0,22",
        word(2, "cause", 90),
        arrow(2, 5, 45),
    ]
    draft = read(drawing(*rows), "x.mdl")
    assert signs(draft) == [("Flow 1", "Stock", "+"), ("cause", "Flow 1", "-")]
    assert "name" in [note.kind for note in draft.notes]


def test_loop_labels():
    def comment(number, x, text, shape=8):
        return f"12,{number},0,{x},95,15,15,{shape},4,0,0,-1,0,0,0\n{text}"

    rows = [word(1, "a", 100), word(2, "b", 300)]
    rows += [
        "1,3,1,2,1,0,43,0,0,64,0,-1--1--1,,1|(200,-80)|",
        "1,4,2,1,1,0,45,0,0,64,0,-1--1--1,,1|(200,120)|",
    ]
    rows += [comment(10, 200, "B1: running out"), comment(11, 900, "R2"), comment(12, 900, "Growth", shape=5)]
    rows += [comment(13, 900, "Benefits differ"), comment(14, 900, "Really")]
    draft = read(drawing(*rows), "x.mdl")
    assert [(loop.letter, loop.name, loop.path) for loop in draft.loops] == [
        ("B1", "running out", ("a", "b")),
        ("R2", "", ()),
        ("", "Growth", ()),
    ]
    model = complete(draft).model
    assert [(loop.label, loop.name) for loop in model.loops] == [("B1", "running out")]
    assert [note.says for note in draft.notes if note.kind == "left out"] == ["Comments are not kept: 2."]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings(encoding):
    data = drawing(word(1, "Santé – ici"), word(2, "b", 9), arrow(1, 2, 43)).decode().encode(encoding)
    assert read(data, "x.mdl").nodes[0].label == "Santé – ici"


def test_names_with_marks():
    name = '"Aux with $peC!@| marks, \\"quotes\\" \\n and a break"'
    rows = [word(1, name), word(2, "b", 9), arrow(1, 2)]
    draft = read(drawing(*rows, equations=f"{name} = 1~~|\nb = 2-{name}~~|\n"), "x.mdl")
    assert draft.nodes[0].label == 'Aux with $peC!@| marks, "quotes" and a break'
    assert draft.arrows[0].sign == "-"


def test_a_model_without_a_drawing_is_drawn_from_its_equations():
    text = 'a = A FUNCTION OF(b,-c)~~|\nb= c[x] * 2~~|\n"c"[x] = 1~units~what c is|\nFINAL TIME = 3 ~~|'
    draft = read(text.encode(), "x.mdl")
    assert [(node.label, node.note) for node in draft.nodes] == [("a", ""), ("b", ""), ("c", "what c is")]
    assert sorted(signs(draft)) == [("b", "a", "+"), ("c", "a", "-"), ("c", "b", "+")]
    assert "no drawing" in draft.notes[-1].says


def test_an_equation_that_is_too_long_is_told():
    long = "Doing = A FUNCTION OF(Trust, " + "x," * 3_000 + "Trust) ~ ~ |"
    draft = read(f"Trust = A FUNCTION OF(Doing) ~ ~ |\n{long}\n".encode(), "ours.mdl")
    assert [node.label for node in draft.nodes] == ["Trust"]
    (note,) = (note for note in draft.notes if note.kind == "left out")
    assert (note.says, note.place[:8]) == ("Equations that are too long are not read: 1.", "“Doing =")


def test_lines_that_cannot_be_read_are_told():
    rows = [
        word(1, "a"),
        word(2, "b", 9),
        arrow(1, 2, 43),
        "1,3,x,y",
        "10,4",
        "10,5,c,1e300,0,1,1,8,3",
        "1,3",
    ]
    draft = read(drawing(*rows), "x.mdl")
    assert (len(draft.nodes), len(draft.arrows)) == (2, 1)
    assert draft.notes[0].says.endswith("left out: 4.")


@pytest.mark.parametrize("text", ["", "hello", "\\\\\\---///", VIEW + FOOT, "|" * 500, '"' * 500, "{" * 500])
def test_what_is_no_model_is_said_in_one_message(text):
    with pytest.raises(BadFile, match="no Vensim model"):
        read(text.encode(), "x.mdl")


def test_too_much_is_refused():
    with pytest.raises(BadFile, match="20,000"):
        read(drawing(*(word(n, "a") for n in range(20_001))), "x.mdl")
    junctions = [f"12,{n},0,1,1,1,1,0,3" for n in range(10, 410)]
    mesh = [arrow(a, b) for a in range(10, 410) for b in (10, 11)]
    with pytest.raises(BadFile, match="junctions"):
        read(drawing(word(1, "a"), arrow(1, 10), *junctions, *mesh), "x.mdl")


@given(st.data())
@settings(max_examples=300, derandomize=True, deadline=None)
def test_any_change_of_bytes_ends_in_a_draft_or_one_message(data):
    file = data.draw(st.sampled_from([LOOP.encode(), drawing(*STOCK, equations=EQUATIONS)]))
    said = message(lambda changed: complete(read(changed, "x.mdl")), damaged(data, file))
    assert said is None or said.startswith("x.mdl: ")
