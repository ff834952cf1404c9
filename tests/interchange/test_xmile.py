"""XMILE and Stella models, written here as those programs write them."""

from __future__ import annotations

import pytest
from damaged import damaged, message
from hypothesis import given, settings
from hypothesis import strategies as st

from loops.complaints import BadFile
from loops.interchange.complete import complete
from loops.interchange.xmile import read

SPACES = 'xmlns="http://docs.oasis-open.org/xmile/ns/XMILE/v1.0" xmlns:isee="http://iseesystems.com/XMILE"'


def xmile(variables, view, *, more="", header="<header><name>Our_place</name></header>"):
    return (
        f'<?xml version="1.0" encoding="utf-8"?>\n<xmile version="1.0" {SPACES}>{header}<model>'
        f"<variables>{variables}</variables><views><style><aux color='red'/></style><view type='stock_flow'>"
        f"<style><aux name='styled'/></style>{view}</view>{more}</views></model></xmile>"
    )


def connector(source, target, attributes=""):
    return f"<connector {attributes}><from>{source}</from><to>{target}</to></connector>"


def drawn(text):
    draft = read(text.encode(), "x.stmx")
    labels = {node.key: node.label for node in draft.nodes}
    return draft, [(labels.get(one.source), labels.get(one.target), one.sign) for one in draft.arrows]


TRUST = xmile(
    '<aux name="Trust"><doc>In each\n other</doc></aux><aux name="buy\\nin"/>'
    '<aux name="&quot;Time, pressure&quot;"/>',
    '<aux x="100" y="100" name="Trust"/><aux x="300" y="100" name="buy\\nin"/>'
    '<aux x="200" y="300" name="&quot;Time, pressure&quot;"/>'
    + connector("Trust", "buy_in", 'uid="4" angle="90" polarity="+"')
    + connector("BUY_IN", '"time,_pressure"', 'uid="5" polarity="-" delay_mark="true"')
    + connector('"Time,_pressure"', "Trust", 'uid="6" polarity="none"'),
)


def test_a_causal_loop_diagram():
    draft, arrows = drawn(TRUST)
    assert (draft.format, draft.title) == ("XMILE", "Our place")
    assert [(node.label, node.position) for node in draft.nodes] == [
        ("Trust", (100, 100)),
        ("buy in", (300, 100)),
        ("Time, pressure", (200, 300)),
    ]
    assert draft.nodes[0].note == "In each other"
    assert arrows == [
        ("Trust", "buy in", "+"),
        ("buy in", "Time, pressure", "-"),
        ("Time, pressure", "Trust", "?"),
    ]
    assert [(one.delay, one.delay_marked) for one in draft.arrows] == [
        (None, False),
        (3.0, True),
        (None, False),
    ]
    assert draft.notes == []


def test_the_angle_of_a_connector_is_a_bow():
    """Upwards from a chord to the right is 90 degrees off: half a circle, half a chord high, on the left."""
    bends = [one.bend for one in drawn(TRUST)[0].arrows]
    assert bends == [pytest.approx(0.5, abs=1e-12), None, None]


POPULATION = xmile(
    '<stock name="Population"><eqn>births * 0 + 100</eqn><inflow>births</inflow>'
    '<outflow>"deaths"</outflow></stock><flow name="births"><eqn>Population*birth_rate</eqn></flow>'
    '<flow name="deaths"><eqn>Population/lifetime</eqn></flow>'
    '<aux name="lifetime"><eqn>crowding</eqn><gf><ypts>80, 70,70,50</ypts></gf></aux>'
    '<aux name="crowding"><eqn>Population / area</eqn></aux><aux name="area"><eqn>1E3</eqn></aux>'
    '<aux name="birth rate"><eqn>0.04</eqn><gf><ypts>1,2,1</ypts></gf></aux>'
    '<aux name="mood"><eqn>crowding</eqn><gf><ypts>1,2,1</ypts></gf></aux>',
    '<stock x="200" y="100" name="Population"/><flow x="100" y="100" name="births"/>'
    '<flow x="300" y="100" name="deaths"/>'
    + "".join(
        connector(source, target)
        for source, target in (
            *(
                ("Population", "births"),
                ("birth_rate", "births"),
                ("Population", "deaths"),
                ("lifetime", "deaths"),
            ),
            *(
                ("crowding", "lifetime"),
                ("Population", "crowding"),
                ("area", "crowding"),
                ("crowding", "mood"),
            ),
        )
    ),
)
SIGNS = [
    ("Population", "births", "+"),
    ("Population", "crowding", "+"),
    ("Population", "deaths", "+"),
    ("area", "crowding", "-"),
    ("birth rate", "births", "+"),
    ("births", "Population", "+"),
    ("crowding", "lifetime", "-"),
    ("crowding", "mood", "?"),
    ("deaths", "Population", "-"),
    ("lifetime", "deaths", "-"),
]


def test_stocks_flows_and_signs_from_formulas():
    """By hand: more people, more births and deaths; a longer life, fewer deaths; more crowding, a shorter
    life (its graph falls); a graph that rises and falls says nothing. Where a stock begins is no cause."""
    draft, arrows = drawn(POPULATION)
    assert sorted(arrows) == SIGNS
    assert [note.kind for note in draft.notes] == ["assumed", "assumed"]
    imported = complete(draft)
    assert len(imported.model.links) == 10
    assert [link.name for link in imported.unknown] == ["crowding -> mood"]
    assert "formula" in imported.model.link("crowding", "lifetime").reason


def test_without_connectors_formulas_draw_the_arrows():
    text = POPULATION.replace("<connector >", "<gone>").replace("</connector>", "</gone>")
    text = text.replace("<eqn>0.04</eqn>", "<eqn>IF area &gt; 2 THEN 1 ELSE 2</eqn>")
    draft, arrows = drawn(text)
    assert sorted(arrows) == SIGNS
    assert [note.place for note in draft.notes if note.kind == "left out"] == ["birth rate"]


def test_a_drawn_sign_comes_before_that_of_a_formula():
    text = xmile("<aux name='a'/><aux name='b'><eqn>3 - a</eqn></aux>", connector("a", "b", "polarity='+'"))
    assert drawn(text)[1] == [("a", "b", "+")]


def test_aliases_stand_for_their_variable():
    view = (
        '<connector angle="0"><from><alias uid="7"/></from><to>b</to></connector>'
        '<alias uid="7" x="9" y="9"><of>a_name</of></alias><alias uid="8" x="50" y="60"><of>c</of></alias>'
        '<connector><from>b</from><to><alias uid="8"/></to></connector>'
        '<connector><from><alias uid="99"/></from><to>b</to></connector>'
        '<aux name="a name" x="1" y="2"/><aux name="b" x="3" y="4"/>'
    )
    draft, arrows = drawn(xmile('<aux name="a name"/><aux name="b"/><aux name="c"/>', view))
    assert arrows == [("a name", "b", "?"), ("b", "c", "?"), (None, "b", "?")]
    assert [node.position for node in draft.nodes] == [(1, 2), (3, 4), (50, 60)]
    assert [one.bend for one in draft.arrows] == [None, None, None]
    assert "dangling" in [note.kind for note in complete(draft).notes]


LABELLED = (
    "<aux name='a' x='100' y='100'/><aux name='b' x='300' y='100'/><aux name='c' x='200' y='300'/>"
    + connector("a", "b", "polarity='+'")
    + connector("b", "c", "polarity='+'")
    + connector("c", "a", "polarity='-'")
)


def label(text, *names, more="", at=""):
    entities = "".join(f"<entity name='{name}'/>" for name in names)
    return (
        f"<isee:loop_indicator text='{text}' {at}><name>Growth</name>{more}"
        f"<isee:entities><item uid='3'/>{entities}</isee:entities></isee:loop_indicator>"
    )


def test_loop_labels_keep_their_name_letter_and_path():
    view = LABELLED + label("B1", "b", "c", "a") + label("R2", "c", "b", "a") + label("-", "a", "b")
    draft, _ = drawn(xmile("", view))
    assert [(loop.letter, loop.name, loop.path) for loop in draft.loops] == [
        ("B1", "Growth", ("b", "c", "a")),
        ("R2", "Growth", ()),
        ("B", "Growth", ()),
    ]
    imported = complete(draft)
    assert [(loop.label, loop.path) for loop in imported.model.loops] == [
        ("B1", ("b", "c", "a")),
        (None, ("c", "a", "b")),
    ]
    assert len([note for note in imported.notes if note.kind == "loop"]) == 2


def test_a_loop_label_alone_is_taken_for_the_loop_it_stands_in():
    draft, _ = drawn(
        xmile("", LABELLED + label("B1", at="x='200' y='150'") + label("B2", at="x='900' y='1'"))
    )
    assert [loop.path for loop in draft.loops] == [("a", "b", "c"), ()]
    assert [note.place for note in draft.notes] == ["loop B1"]


def test_several_views_stand_side_by_side_and_screens_are_none():
    more = (
        "<view><aux name='c' x='100' y='5'/>" + connector("a", "c", "polarity='-'") + "</view>"
        "<view type='interface'><aux name='button' x='1' y='1'/></view>"
        "<isee:stories><isee:story><view><aux name='told' x='1' y='1'/></view></isee:story></isee:stories>"
    )
    view = "<aux name='a' x='100' y='5'/><aux name='b' x='200' y='5'/>" + connector("a", "b", "polarity='+'")
    draft, arrows = drawn(xmile("", view, more=more))
    assert [node.label for node in draft.nodes] == ["a", "b", "c"]
    assert draft.nodes[2].position[0] > draft.nodes[1].position[0]
    assert arrows == [("a", "b", "+"), ("a", "c", "-")]


def test_modules_and_groups():
    text = (
        f"<xmile {SPACES}><model><variables><aux name='push'/><module name='Place'>"
        "<connect to='Place.push in' from='push'/></module><group name='What_we_do'><entity name='push'/>"
        "</group></variables></model><model name='Place'><variables><aux name='push in'/>"
        "<aux name='trust'><eqn>.push - push_in</eqn></aux></variables></model></xmile>"
    )
    draft, arrows = drawn(text)
    assert [(node.label, node.group) for node in draft.nodes] == [
        *(("push", "What we do"), ("push in", "Place"), ("trust", "Place"))
    ]
    assert sorted(arrows) == [("push", "push in", "+"), ("push", "trust", "+"), ("push in", "trust", "-")]


def test_subscripts_and_namespaces():
    prefixed = (
        "<x:xmile xmlns:x='a'><x:model><x:variables><x:aux name='b'><x:eqn>a[north] * 2</x:eqn></x:aux>"
        "<x:aux name='a[north]'/></x:variables></x:model></x:xmile>"
    )
    assert drawn(prefixed)[1] == [("a[north]", "b", "+")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings(encoding):
    text = TRUST.replace("In each", "Santé – ")
    assert read(text.encode(encoding), "x.stmx").nodes[0].note == "Santé – other"


def test_bytes_that_are_no_text():
    data = TRUST.encode().replace(b"In each", b"In \x81\x0b\xff each")
    assert read(data, "x.stmx").nodes[0].note.startswith("In ")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("<xmile><model>", "not valid XML"),
        ("<opml/>", "no XMILE"),
        ('<!DOCTYPE x [<!ENTITY a "aaaa">]><xmile>&a;</xmile>', "entities"),
        ('<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]><xmile>&a;</xmile>', "entities"),
        ("<a>" * 100_000, "valid XML|nested"),
        ("<xmile>" + "<a/>" * 200_000 + "</xmile>", "tags"),
    ],
)
def test_what_is_no_model_is_said_in_one_message(text, says):
    with pytest.raises(BadFile, match=says):
        read(text.encode(), "x.stmx")


def test_too_many_variables_are_counted():
    text = xmile("".join(f"<aux name='v{n}'><eqn>v1</eqn></aux>" for n in range(501)), "")
    with pytest.raises(BadFile, match="501"):
        complete(read(text.encode(), "x.stmx"))


@given(st.data())
@settings(max_examples=300, derandomize=True, deadline=None)
def test_any_change_of_bytes_ends_in_a_draft_or_one_message(data):
    file = data.draw(st.sampled_from([TRUST.encode(), POPULATION.encode()]))
    pieces = (b"", b"<", b'"', b"9" * 9, b"\xff", b"&#1;", b"x", b"-", b"(")
    changed = damaged(data, file, most=5, gone=2, pieces=pieces)
    said = message(lambda changed: complete(read(changed, "x.stmx")), changed)
    assert said is None or said.startswith("x.stmx: ")
