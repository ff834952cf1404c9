"""XMILE that we write: its equations are plain, and who changes a number in them finds it changed here."""

from __future__ import annotations

from xml.etree.ElementTree import fromstring

import pytest
from damaged import damaged, message
from hypothesis import given, settings
from hypothesis import strategies as st
from oracles import plan

from loops.draw.settled import settled
from loops.interchange.detect import import_file
from loops.interchange.export.running import Move, running
from loops.interchange.export.xmile import write
from loops.model import Model
from loops.parts import replace
from loops.scenario import LinkChange

SPACE = "{http://docs.oasis-open.org/xmile/ns/XMILE/v1.0}"
REASON = "One: because.\n  Passage: of no book.\nTrust: stated"


def model(**fields):
    """Trust and buy-in with every form of arrow, a lever and a circumstance."""
    link = {"from": "trust", "to": "buy_in", "polarity": "+", "strength": 0.1}
    said = {"evidence": "stated", "reason": REASON, "passage": "They <trust> & act", "locator": "Page 1"}
    links = [
        link | said | {"bend": 0.25},
        link
        | {"polarity": "-", "delay": 6, "threshold": 0.45, "strength": 0.3, "reason": "Later.", "bend": -0.5},
        {"from": "buy_in", "to": "trust", "polarity": "?", "strength": 0.05, "reason": "Nobody knows."},
        {"from": "buy_in", "to": "buy_in", "polarity": "-", "strength": 0.01},
        {"from": "train", "to": "trust", "polarity": "+", "strength": 0.2, "delay": 2.5},
        {"from": "rain", "to": "trust", "polarity": "-", "strength": 0.02},
    ]
    return Model.model_validate(
        {
            "id": "ours",
            "title": "Ours",
            "horizon": 60,
            "variable": {
                "trust": {
                    "label": "Trust",
                    "start": 0.1,
                    "gain": 0.01,
                    "description": "Between us.\nId: none",
                },
                "buy_in": {"label": 'Buy-in: "ready"', "start": 0.2, "fade": 0.04},
            },
            "lever": {"train": {"label": "Time", "level": 0.25}},
            "context": {"rain": {"label": "Rain", "level": 0.5}},
            "link": links,
            "loop": {
                "ours": {"name": "It <grows>", "label": "R1", "path": ["trust", "buy_in"], "story": "So."}
            },
        }
        | fields
    )


def signed(**fields):
    """The same without the arrow whose sign nobody knows, so that a loop may have a letter."""
    links = [link.model_dump(by_alias=True, exclude_none=True) for link in model(loop={}).links]
    links[2]["polarity"] = "+"
    return model(link=links, **fields)


def equations(data):
    """The formulas of a file by name."""
    variables = fromstring(data).iter()
    return {
        element.get("name"): element.findtext(f"{SPACE}eqn")
        for element in variables
        if element.find(f"{SPACE}eqn") is not None
    }


def back(data):
    return import_file(data, "ours.xmile").model


def test_equations_are_plain():
    assert equations(write(model())) == {
        "Trust": "0.1",
        "Trust: what is won": "(1 - Trust) * (0.01 + 0.025 * \"Buy-in:_'ready'\""
        ' + 0.2 * SMTH3("Time_(box)", 2.5))',
        "Trust: what is lost": "Trust * (0.025 * \"Buy-in:_'ready'\" + 0.02 * Rain)",
        "Buy-in: 'ready'": "0.2",
        "Buy-in: 'ready': what is won": "(1 - \"Buy-in:_'ready'\") * (0.1 * Trust)",
        "Buy-in: 'ready': what is lost": "\"Buy-in:_'ready'\" * (0.04"
        " + 0.3 * (1 + 0.45^4) * SMTH3(Trust, 6)^4 / (0.45^4 + SMTH3(Trust, 6)^4)"
        " + 0.01 * \"Buy-in:_'ready'\")",
        "Time (box)": "0.25",
        "Rain": "0.5",
    }


def test_a_plan_is_in_the_equations():
    """By hand: to .7 at month 0, so the delay begins at the .25 before it; over 6 months to .2; 0 again."""
    ours = model()
    scenario = replace(
        plan(ours, train=[(0, 0.7), (12, 0.2, 6), (24.5, 0.0)], rain=0.75),
        links=(
            LinkChange(source="trust", target="buy_in", cut=True),
            LinkChange(source="buy_in", target="trust", times=3),
        ),
    )
    found = equations(write(ours, scenario))
    assert found["Time (box)"] == (
        "0.25 + STEP(0.45, 0) + (-0.5) * MIN(MAX((TIME - 12) / 6, 0), 1) + STEP(-0.2, 24.5)"
    )
    assert found["Rain"] == "0.75"
    assert 'SMTH3("Time_(box)", 2.5, 0.25)' in found["Trust: what is won"]
    assert "(0 * Trust)" in found["Buy-in: 'ready': what is won"]
    assert "(0.075 * " in found["Trust: what is lost"]
    imported = import_file(write(ours, scenario), "ours.xmile")
    assert imported.model.nodes["train"].level == 0.25
    assert [note.place for note in imported.notes if "plan" in note.says] == ["Time (box)"]
    assert imported.model.link("buy_in", "trust").strength == pytest.approx(0.15)


def test_a_plan_for_another_model_is_refused():
    with pytest.raises(ValueError, match="another"):
        write(model(), replace(plan(model()), model="another"))


def test_steps_are_a_power_of_two_that_the_fastest_rate_is_stable_with():
    """Four in the time constant: a third of half a month's delay takes 1/6 month; rates of 16.04, 1/16."""
    assert running(model()).steps == 16
    late = {"from": "trust", "to": "buy_in", "polarity": "+", "strength": 0.1, "delay": 0.5}
    assert running(model(link=[late], loop={})).steps == 32
    fast = [
        {"from": "trust", "to": "buy_in", "polarity": "+", "strength": 2, "delay": 3 + n} for n in range(8)
    ]
    assert running(model(link=fast, loop={})).steps == 128


def test_links_of_one_form_are_one_term_and_moves_are_decimals():
    twice = {"from": "trust", "to": "buy_in", "polarity": "+", "strength": 0.1}
    form = running(model(link=[twice, twice | {"strength": 0.02}, twice | {"delay": 1}], loop={}))
    assert [(term.strength, term.link.delay) for term in form.stocks[1].won] == [
        (pytest.approx(0.12), 0),
        (0.1, 1),
    ]
    moves = running(model(), plan(model(), train=[(0, 0.3), (5, 0.3), (6, 0.2, 2)])).drives[0].moves
    assert moves == (Move(0, 0.05, 0), Move(6, -0.1, 2))


def test_all_of_it_comes_back():
    ours = settled(signed())
    theirs = import_file(write(ours), "ours.xmile")
    assert {note.kind for note in theirs.notes} <= {"assumed", "self"}
    assert [(one.id, one.label) for one in theirs.model.nodes.values()] == [
        (one.id, one.label) for one in ours.nodes.values()
    ]
    assert theirs.model.nodes["train"].level == 0.25
    assert theirs.model.nodes["trust"].description == "Between us.\nId: none"
    assert {arrow.name: (arrow.polarity, arrow.bend) for arrow in theirs.model.links} == {
        arrow.name: (arrow.polarity, arrow.bend) for arrow in ours.links
    }
    first = theirs.model.links[next(at for at, one in enumerate(theirs.model.links) if one.passage)]
    assert (first.evidence, first.passage, first.locator) == ("stated", "They <trust> & act", "Page 1")
    assert first.reason == "One: because.\nPassage: of no book.\nTrust: stated"
    (loop,) = theirs.model.loops
    assert (loop.label, loop.name, loop.path, loop.story) == ("R1", "It <grows>", ("trust", "buy_in"), "So.")


def test_what_is_changed_elsewhere_is_changed_here():
    changed = {
        b"(0.1 * Trust)": b"(0.15*TRUST)",
        b"0.45^4": b"0.5^4",
        b"SMTH3(Trust, 6)": b"smth3( trust , 9 )",
        b"(0.01 + ": b"(0.02 + ",
        b"<eqn>0.2</eqn>": b"<eqn>.3</eqn>",
        b"<eqn>0.5</eqn>": b"<eqn>0.9</eqn>",
    }
    data = write(model())
    for old, new in changed.items():
        assert old in data
        data = data.replace(old, new)
    theirs = back(data)
    assert theirs.link("trust", "buy_in").strength == 0.15
    late = next(link for link in theirs.links if link.threshold)
    assert (late.threshold, late.steepness, late.delay, late.polarity) == (0.5, 4, 9, "-")
    assert theirs.nodes["trust"].gain == 0.02
    assert (theirs.nodes["buy_in"].start, theirs.nodes["rain"].level) == (0.3, 0.9)


def test_halves_that_differ_are_two_arrows_and_then_one_without_a_sign():
    data = write(model()).replace(b"0.01 + 0.025 *", b"0.01 + 0.03 *")
    imported = import_file(data, "ours.xmile")
    assert imported.model.link("buy_in", "trust").polarity == "?"
    assert "opposite" in {note.kind for note in imported.notes}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"(1 + 0.45^4)", b"(1 + 0.5^4)"),  # no longer a critical mass
        (b"<outflow>Trust</outflow>", b""),
        (b"0.1 * Trust", b"0.1 * Trust * Rain"),
        (b"0.1 * Trust", b"0.1 * Nobody"),
        (b"<eqn>0.2</eqn>", b"<eqn>Rain</eqn>"),
    ],
)
def test_other_equations_are_stocks_and_flows(old, new):
    """Only the stock whose equations have our form is a box without flows."""
    theirs = back(write(model()).replace(old, new))
    flows = {"Buy-in: 'ready': what is won", "Buy-in: 'ready': what is lost"}
    labels = {node.label for node in theirs.nodes.values()}
    assert (flows <= labels) == (old != b"<outflow>Trust</outflow>")
    assert "Trust: what is won" not in labels


def test_the_drawing_has_delay_marks_and_a_sign_at_each_arrow():
    view = fromstring(write(settled(model()))).find(f".//{SPACE}view")
    found = [
        (one.findtext(f"{SPACE}from"), one.findtext(f"{SPACE}to"), one.get("polarity"), one.get("delay_mark"))
        for one in view.iter(f"{SPACE}connector")
    ]
    won, lost = '"Trust:_what_is_won"', '"Trust:_what_is_lost"'
    assert [ends for ends in found if ends[1] in (won, lost)] == [
        ("Trust", won, "-", None),
        ("\"Buy-in:_'ready'\"", won, "+", None),
        ('"Time_(box)"', won, "+", "true"),
        ("Trust", lost, "+", None),
        ("\"Buy-in:_'ready'\"", lost, "+", None),
        ("Rain", lost, "+", None),
    ]
    assert all("x" in box.attrib for tag in ("stock", "aux", "flow") for box in view.iter(SPACE + tag))


def test_no_lever_no_arrow_no_place():
    alone = model(lever={}, context={}, link=[], loop={})
    theirs = back(write(alone))
    assert [(node.id, node.start, node.gain, node.fade) for node in theirs.variables] == [
        ("trust", 0.1, 0.01, 0.0),
        ("buy_in", 0.2, 0.0, 0.04),
    ]
    assert theirs.links == ()


def test_five_hundred_boxes_come_back():
    names = [f"n{number}" for number in range(500)]
    links = [
        {"from": one, "to": names[(at + step) % 500], "polarity": "+-"[at % 2], "strength": 0.01}
        for at, one in enumerate(names)
        for step in range(1, 11)
    ]
    many = model(
        variable={name: {"label": f"Box {name}", "start": 0.5} for name in names},
        lever={},
        context={},
        link=links,
        loop={},
    )
    theirs = back(write(many))
    assert list(theirs.nodes) == names
    assert len(theirs.links) == 5_000


@given(st.data())
@settings(max_examples=150, derandomize=True, deadline=None)
def test_any_change_of_bytes_ends_in_a_model_or_one_message(data):
    pieces = (b"", b"<", b'"', b"9" * 9, b"\xff", b"&#1;", b"x", b"-", b"(", b"+")
    said = message(back, damaged(data, write(model()), most=5, gone=2, pieces=pieces))
    assert said is None or said.startswith("ours.xmile: ")


@pytest.mark.parametrize(
    "long", [" " * 300_000, "9" * 300_000 + "x", "+" * 300_000, "(" * 300_000, "1*x+" * 80_000]
)
def test_a_long_equation_takes_no_longer_than_it_is(long):
    """A pattern that is tried anew at each character would take minutes for one of these."""
    assert (
        message(back, write(model()).replace(b"(0.1 * Trust)", f"({long})".encode())) is None or "1*x" in long
    )
