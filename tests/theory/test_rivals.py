"""Rival theories and patterns as data: what they change, what they accept, what they refuse."""

from __future__ import annotations

import json
import tomllib

import numpy as np
import pytest
from clinic import MODEL_FILE, RIVALS_FILE, SCENARIO_FILE
from hypothesis import given
from hypothesis import strategies as st
from oracles import small

from loops import files, library
from loops.complaints import BadFile
from loops.files import parse_model, parse_scenario
from loops.scenario import Scenario
from loops.shape import schema
from loops.theory.rivals import Pattern, Rival, Rivals, parse_rivals, read_rivals, rivals_of

LINKS = [
    {"from": "u", "to": "a", "polarity": "+", "strength": 0.1},
    {"from": "a", "to": "b", "polarity": "+", "strength": 0.1, "delay": 6.0},
    {"from": "b", "to": "c", "polarity": "-", "strength": 0.1},
]
MODEL = small(LINKS, {"a": {}, "b": {}, "c": {"start": 0.5}}, ("u",))
SEEN = {"id": "p", "sentence": "It rose", "run": {"scenario": "plan"}, "variable": "a", "until": 12}


def arrows(**changes):
    theory = Rival(id="other", title="Another view", **changes).of(MODEL)
    assert (theory.id, theory.title) == ("small", "Another view")
    return [(link.source, link.polarity, link.target, link.delay) for link in theory.links]


def test_links_are_cut_reversed_opposed_and_added():
    assert arrows() == [("u", "+", "a", 0), ("a", "+", "b", 6), ("b", "-", "c", 0)]
    assert arrows(cut=[("a", "b")]) == [("u", "+", "a", 0), ("b", "-", "c", 0)]
    assert arrows(cut=[("*", "b")], opposite=[("b", "*")]) == [("u", "+", "a", 0), ("b", "+", "c", 0)]
    assert arrows(reverse=[("a", "b")])[1] == ("b", "+", "a", 6)
    assert arrows(reverse=[("a", "b")], opposite=[("a", "b")])[1] == ("b", "-", "a", 6)
    new = {"from": "c", "to": "a", "polarity": "-", "strength": 0.2}
    assert arrows(add=[new])[3] == ("c", "-", "a", 0)


def test_the_shipped_model_with_a_link_cut_is_a_theory(common_purpose):
    # its named loops and reference modes use the link, which they would miss
    theory = Rival(id="other", title="Another view", cut=[("value", "buy_in")]).of(common_purpose)
    assert len(theory.links) == len(common_purpose.links) - 1
    assert (theory.loops, theory.stories, theory.reference_modes) == ((), (), ())


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"cut": [("a", "d")]}, r"^\[\[rival\]\] other, cut: no link a -> d. Did you mean 'a -> b'"),
        ({"reverse": [("a", "d")]}, r"^\[\[rival\]\] other, reverse: no link a -> d"),
        ({"cut": [("a", "*")], "opposite": [("a", "b")]}, "other, cut: a -> b is cut and changed as well"),
        ({"reverse": [("u", "a")]}, "is not a variable"),
        ({"opposite": [("c", "b")]}, "no link c -> b"),
        ({"add": [{"from": "d", "to": "a", "polarity": "+", "strength": 0.1}]}, "no node 'd'"),
        ({"add": [{"from": "b", "to": "c", "polarity": "+", "strength": 0.1}]}, "one arrow says"),
    ],
)
def test_a_theory_that_cannot_be_is_one_sentence(changes, says):
    with pytest.raises(ValueError, match=says) as caught:
        arrows(**changes)
    assert "\n" not in str(caught.value)
    assert "pydantic" not in str(caught.value)


def test_what_is_gone_and_what_is_changed_is_told_link_by_link():
    theory = Rival(id="o", title="O", cut=[("u", "a")], reverse=[("a", "b")], opposite=[("b", "*")])
    assert [link.name for link in theory.gone(MODEL)] == ["u -> a"]
    assert [(link.name, other.name, other.polarity) for link, other in theory.changed(MODEL)] == [
        ("a -> b", "b -> a", "+"),
        ("b -> c", "b -> c", "+"),
    ]


@pytest.mark.parametrize(
    ("given", "low", "high"),
    [
        ({"direction": "more"}, 0.005, 1),
        ({"direction": "less"}, -1, -0.005),
        ({"direction": "alike"}, -0.005, 0.005),
        ({"at_least": 0.1}, 0.1, 1),
        ({"at_most": 0.3}, -1, 0.3),
        ({"at_least": -0.2, "at_most": 0.3}, -0.2, 0.3),
    ],
)
def test_a_pattern_is_a_range_of_the_change(given, low, high):
    pattern = Pattern(**SEEN, **given)
    assert pattern.range == (low, high)
    changes = np.array([low, high, low - 1e-9, high + 1e-9, (low + high) / 2, np.nan])
    assert pattern.shown(changes).tolist() == [True, True, False, False, True, False]


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({}, "give a direction"),
        ({"direction": "more", "at_least": 0.1}, "give a direction"),
        ({"at_least": 0.2, "at_most": 0.1}, "at_least 0.2 is more than at_most 0.1"),
        ({"direction": "more", "since": 12}, "until is month 12: put it after month 12"),
        ({"direction": "up"}, "direction"),
        ({"at_least": 2.0}, "at_least"),
    ],
)
def test_a_pattern_that_cannot_be_is_refused(given, says):
    with pytest.raises(ValueError, match=says):
        Pattern(**{**SEEN, **given})


CLINIC = parse_model(MODEL_FILE.encode(), "clinic.toml")
PLANS = {
    "tell_all": parse_scenario(SCENARIO_FILE.encode(), "tell_all.toml", CLINIC),
    "nothing_new": Scenario(id="nothing_new", model="clinic", title="If nothing new is done"),
}
ADD = '[[rival.add]]\nfrom = "tell"\nto = "known"\npolarity = "+"\nstrength = 0.1\n\n[[pattern]]\nid = "rose"'
# what is wrong, what stands in the good file, what stands there instead, and what the message must say
BAD = [
    ("another model", 'model = "clinic"', 'model = "hospital"', ["model: ", "'hospital'", "'clinic'"]),
    ("another format", "format = 1", "format = 2", ["format", "at most 1"]),
    ("no pattern", RIVALS_FILE[RIVALS_FILE.index("[[pattern]]") :], "", ["pattern", "missing"]),
    ("an empty list", RIVALS_FILE, 'model = "clinic"\npattern = []', ["pattern", "is empty"]),
    (
        "one table for a list",
        '[[rival]]\nid = "unheard"',
        '[rival]\nid = "unheard"',
        ["only tables in double brackets"],
    ),
    ("keyed tables", RIVALS_FILE, 'model = "clinic"\n[rival.a]\ntitle = "A"', ["[[rival]]"]),
    ("an unknown key", "argument =", "arguement =", ["[[rival]] unheard, arguement", "'argument'"]),
    ("no title", 'title = "Nobody listens"\n', "", ["[[rival]] unheard, title", "missing"]),
    ("a bad id", '"unheard"', '"Unheard"', ["[[rival]] Unheard, id", "small letters"]),
    ("two of one id", '"forgets"', '"unheard"', ["[[rival]] unheard: two have this id"]),
    ("two patterns of one id", '"stayed"', '"rose"', ["[[pattern]] rose: two have this id"]),
    (
        "an unknown node",
        '[["tell", "known"]]',
        '[["tall", "known"]]',
        ["unheard, cut", "Did you mean 'tell ->"],
    ),
    ("a link not there", '[["tell", "known"]]', '[["known", "tell"]]', ["cut: no link known -> tell"]),
    ("one end alone", '[["tell", "known"]]', '[["tell"]]', ["[[rival]] unheard, cut"]),
    (
        "a lever acted on",
        "opposite =",
        "reverse =",
        ["[[rival]] forgets, link known -> tell: to: 'tell' is not"],
    ),
    ("nothing changed", 'cut = [["tell", "known"]]', "", ["[[rival]] unheard: it changes nothing"]),
    (
        "added to nowhere",
        '[[pattern]]\nid = "rose"',
        ADD.replace("known", "knwon"),
        ["forgets, link tell -> knwon"],
    ),
    (
        "added against itself",
        '[[pattern]]\nid = "rose"',
        ADD,
        ["[[rival]] forgets, link tell -> known: one arrow"],
    ),
    (
        "too strong",
        '[[pattern]]\nid = "rose"',
        ADD.replace("0.1", "3"),
        ["add, tell -> known, strength", "at most 2"],
    ),
    (
        "no such variable",
        'variable = "known"',
        'variable = "knwon"',
        ["[[pattern]] rose, variable", "'known'"],
    ),
    (
        "a lever seen",
        'variable = "known"',
        'variable = "tell"',
        ["[[pattern]] rose, variable: no variable 'tell'"],
    ),
    ("no such scenario", '"tell_all"', '"tell_al"', ["[[pattern]] rose, run", "'tell_all'"]),
    ("no run", 'run = { scenario = "tell_all" }\n', "", ["[[pattern]] rose, run", "missing"]),
    ("no direction", 'direction = "alike"\n', "", ["[[pattern]] stayed", "give a direction"]),
    ("a month before", "until = 12", "until = 0", ["[[pattern]] rose", "put it after month 0"]),
    (
        "claims",
        RIVALS_FILE,
        '[claim.a]\nid = "a"',
        ["this is a file of claims, not a file of rival theories"],
    ),
    ("a model", RIVALS_FILE, MODEL_FILE, ["this is a model, not a file of rival theories"]),
]


def read(text: str) -> Rivals:
    return parse_rivals(text.encode(), "bad.toml", CLINIC, PLANS)


def test_the_good_file_is_good():
    found = read(RIVALS_FILE)
    assert [rival.id for rival in found.rivals] == ["unheard", "forgets"]
    assert [pattern.id for pattern in found.patterns] == ["rose", "stayed"]


def test_a_file_may_hold_only_what_was_seen():
    assert (
        read(RIVALS_FILE[: RIVALS_FILE.index("[[rival]]")] + RIVALS_FILE[RIVALS_FILE.index("[[p") :]).rivals
        == ()
    )


@pytest.mark.parametrize(("before", "after", "says"), [case[1:] for case in BAD], ids=[c[0] for c in BAD])
def test_a_bad_file_gives_one_message(before, after, says):
    assert before in RIVALS_FILE
    with pytest.raises(BadFile) as caught:
        read(RIVALS_FILE.replace(before, after, 1))
    message = str(caught.value)
    assert message.startswith("bad.toml: ")
    assert "\n" not in message
    assert "pydantic" not in message
    for part in says:
        assert part in message, message


def complaint(text: str) -> str:
    """What is said about a file, empty when it is read as rivals; any other error goes on up."""
    try:
        read(text)
    except BadFile as error:
        return str(error)
    return ""


@given(st.integers(0, len(RIVALS_FILE)), st.integers(0, 40), st.text(max_size=12))
def test_any_damage_gives_rivals_or_one_message(place, length, instead):
    says = complaint(RIVALS_FILE[:place] + instead + RIVALS_FILE[place + length :])
    assert not says or says.startswith("bad.toml: ")
    assert "\n" not in says


def test_rivals_are_no_scenario_wherever_they_are_opened(tmp_path):
    with pytest.raises(BadFile, match="this is a file of rival theories, not a scenario"):
        parse_scenario(RIVALS_FILE.encode(), "rivals.toml", CLINIC)
    with pytest.raises(BadFile, match="kept for rival theories"):
        files.save_new(tmp_path, Scenario(id="rivals", model="clinic", title="Rivals"))
    (tmp_path / "rivals.toml").write_text(RIVALS_FILE)
    assert files.scenario_files(tmp_path) == []


def test_they_are_found_beside_the_scenarios(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert rivals_of(CLINIC, PLANS) is None
    folder = tmp_path / "scenarios" / "clinic"
    folder.mkdir(parents=True)
    assert rivals_of(CLINIC, PLANS) is None
    (folder / "rivals.toml").write_text(RIVALS_FILE)
    assert rivals_of(CLINIC, PLANS) == read(RIVALS_FILE)
    with pytest.raises(BadFile, match="there is no such file"):
        read_rivals(tmp_path / "none.toml", CLINIC, PLANS)


def test_the_shipped_rivals_fit_and_say_where_each_thing_was_seen(common_purpose, scenarios):
    shipped = rivals_of(common_purpose, scenarios)
    assert len(shipped.rivals) == 3
    assert all(rival.argument for rival in shipped.rivals)
    assert all(", bullet " in each.seen or ", paragraph " in each.seen for each in shipped.patterns)


def test_an_arrow_that_does_what_several_do_is_as_strong_as_they_are(common_purpose, scenarios):
    """As the file says, to the three digits that it gives."""
    for rival in rivals_of(common_purpose, scenarios).rivals:
        for link in rival.add:
            gone = sum(one.strength for one in rival.gone(common_purpose) if one.target == link.target)
            assert link.strength == pytest.approx(gone, rel=5e-3)


def test_the_schema_describes_the_shipped_rivals(common_purpose):
    jsonschema = pytest.importorskip("jsonschema", reason="comes with streamlit")
    described = json.loads(json.dumps(schema(Rivals)))
    jsonschema.Draft202012Validator.check_schema(described)
    path = library.scenario_folder(common_purpose) / files.RIVALS
    for text in (path.read_text(), RIVALS_FILE):
        jsonschema.validate(tomllib.loads(text), described)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(tomllib.loads(RIVALS_FILE.replace("until = 12", 'until = "soon"')), described)
