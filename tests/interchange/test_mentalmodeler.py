"""Mental Modeler's maps and matrices. What is expected is read off the small files written here."""

from __future__ import annotations

import contextlib
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loops.complaints import BadFile
from loops.interchange import mentalmodeler
from loops.interchange.complete import complete
from loops.interchange.draft import Draft


def acts(target: str, influence: Any, **more: Any) -> dict[str, Any]:
    return {"id": target, "name": "", "notes": "", "confidence": "0", "influence": influence, **more}


def concept(name: str, label: str, *relationships: dict[str, Any], **more: Any) -> dict[str, Any]:
    known = {"notes": "", "units": "", "group": "0", "x": "10", "y": "20", "preferredState": "0"}
    return {"id": name, "name": label, **known, "relationships": list(relationships), **more}


PROJECT: dict[str, Any] = {
    "info": {"name": "Our map", "version": "1.0"},
    "groupNames": {"0": "", "2": "Place"},
    "concepts": [
        concept(
            "1", "Trust", acts("2", "0.5", confidence="2", notes="seen"), acts("3", "M-"), preferredState="1"
        ),
        concept(
            "2", "Buy-in", acts("1", 1), acts("2", "-0.25"), group="2", units="share", notes="of partners"
        ),
        concept("3", "Strain", acts("2", "-1"), acts("1", ""), acts("9", "L+")),
    ],
    "scenarios": [
        {"name": "None", "concepts": []},
        {"name": "More", "concepts": [{"id": "1", "influence": "1"}]},
    ],
}


def as_xml(value: Any, tag: str) -> str:
    """The file that the program writes of the same map: a tag for each key, texts in CDATA."""
    if isinstance(value, dict):
        inner = "".join(as_xml(part, name) for name, part in value.items())
    elif isinstance(value, list):
        inner = "".join(as_xml(part, tag.removesuffix("s")) for part in value)
    else:
        inner = f"<![CDATA[{value}]]>"
    return f"<{tag} >\n{inner}</{tag}>\n"


GROUPS = '<groupNames ><groupName index="2"><![CDATA[Place]]></groupName></groupNames>'
JSON = json.dumps(PROJECT).encode()
BODY = "".join(as_xml(part, name) for name, part in PROJECT.items() if name != "groupNames")
XML = f'<?xml version="1.0" encoding="UTF-8"?>\n<mentalmodeler >\n{GROUPS}{BODY}</mentalmodeler>'.encode()


def read(data: bytes) -> Draft:
    return mentalmodeler.read(data, "ours.mmp")


@pytest.mark.parametrize("data", [JSON, XML, b"\xef\xbb\xbf" + XML, XML.decode().encode("utf-16")])
def test_a_map_is_the_same_from_json_and_xml(data):
    draft = read(data)
    assert draft.title == "Our map"
    assert [(node.label, node.group, node.outcome, node.position) for node in draft.nodes] == [
        ("Trust", "", True, (10, 20)),
        ("Buy-in", "Place", False, (10, 20)),
        ("Strain", "", False, (10, 20)),
    ]
    assert [(arrow.source, arrow.target, arrow.sign, arrow.weight) for arrow in draft.arrows] == [
        ("1", "2", "+", 0.5),
        ("1", "3", "-", 0.62),
        ("2", "1", "+", 1.0),
        ("2", "2", "-", 0.25),
        ("3", "2", "-", 1.0),
        ("3", "1", "?", None),
        ("3", "9", "+", 0.25),
    ]
    assert draft.arrows[0].note == "seen\nConfidence, from -3 to 3: 2"
    assert draft.nodes[1].note == "of partners\nMeasured in: share"
    assert draft.arrows[6].place == "concepts, number 3, relationship 3"
    assert [(note.kind, "(1)" in note.says) for note in draft.notes] == [("left out", True)]


def test_two_minuses_mean_this_or_that():
    draft = mentalmodeler.read(",A,B\nA,,--\nB,\u2212\u2212,\nC,-,++\n".encode(), "ours.csv")
    assert [arrow.sign for arrow in draft.arrows] == ["?", "?", "-", "+"]


def test_what_is_odd_becomes_notes_and_the_map_runs():
    imported = complete(read(JSON))
    assert {"self", "sign", "dangling", "assumed"} <= {note.kind for note in imported.notes}
    # the middle weight of 0.25, 0.25, 0.5, 0.62, 1, 1 is 0.56: strengths are 0.02 * weight / 0.56 a month
    assert imported.model.link("trust", "buy_in").strength == pytest.approx(0.02 * 0.5 / 0.56)


def test_a_relationship_whose_id_is_wrong_is_found_by_its_name():
    project = {"concepts": [concept("1", "Trust", acts("7", 1, name="Buy-in")), concept("2", "Buy-in")]}
    assert read(json.dumps(project).encode()).arrows[0].target == "2"


def test_concepts_with_one_id_stay_apart():
    project = {"concepts": [concept("1", "Trust", acts("1", 1)), concept("1", "Buy-in")]}
    draft = read(json.dumps(project).encode())
    assert len({node.key for node in draft.nodes}) == 2


MATRIX = """\
,Trust,"Buy-in, or so",Strain,
Trust,0,H+,,
"Buy-in, or so",0.5,,-1,
Strain,L-,?,0.00,

"""


@pytest.mark.parametrize("text", [MATRIX, MATRIX.replace("\n", "\r\n"), "\ufeff" + MATRIX])
def test_a_matrix_acts_from_row_to_column(text):
    draft = read(text.encode())
    assert [node.label for node in draft.nodes] == ["Trust", "Buy-in, or so", "Strain"]
    assert [(arrow.source, arrow.target, arrow.sign, arrow.weight) for arrow in draft.arrows] == [
        ("Trust", "Buy-in, or so", "+", 1.0),
        ("Buy-in, or so", "Trust", "+", 0.5),
        ("Buy-in, or so", "Strain", "-", 1.0),
        ("Strain", "Trust", "-", 0.25),
        ("Strain", "Buy-in, or so", "?", None),
    ]
    assert draft.arrows[3].place == "line 4, column “Trust”"


def test_a_matrix_with_semicolons_decimal_commas_rows_in_another_order_and_a_scale_to_five():
    draft = read("x;a;b\nb;\N{MINUS SIGN}2,5;0\na;0;5\nc;+;n/a\n".encode())
    assert [node.label for node in draft.nodes] == ["a", "b", "c"]
    assert [(arrow.source, arrow.target, arrow.sign, arrow.weight) for arrow in draft.arrows] == [
        ("b", "a", "-", 0.5),
        ("a", "b", "+", 1.0),
        ("c", "a", "+", None),
    ]
    assert [(note.kind, "to 5" in note.says) for note in draft.notes] == [("assumed", True)]


def test_a_whole_matrix_of_500_names_with_5000_arrows_is_read_and_one_more_is_too_many():
    names = [f"n{at}" for at in range(500)]
    rows = [[name, *["1"] * 10, *["0"] * 490] for name in names]
    text = "\n".join(map(",".join, [["", *names], *rows]))
    assert len(read(text.encode()).arrows) == 5_000
    with pytest.raises(BadFile, match="more than 5,000 arrows"):
        read((text + "\nn0,0,0,0,0,0,0,0,0,0,0,1").encode())


@pytest.mark.parametrize(
    ("data", "place", "says"),
    [
        (b'{"concepts": []}', "concepts", "no concepts"),
        (b'{"concepts": {}}', "concepts", "a list"),
        (b'{"concepts": [1]}', "concepts, number 1", "an object"),
        (b'{"concepts": [{"relationships": 3}]}', "concepts, number 1, relationships", "a list"),
        (b'{"concepts": [' + b"{}," * 500 + b"{}]}", "concepts", "501: at most 500"),
        (b"<xmile></xmile>", "", "no map of Mental Modeler"),
        (b"<mentalmodeler><concepts>", "line 1", "not valid XML"),
        (b'<!DOCTYPE m [<!ENTITY a "b">]><mentalmodeler>&a;</mentalmodeler>', "", "entities"),
        (b"<a>" * 5_000 + b"</a>" * 5_000, "", "too deeply"),
        (b",a,b", "", "a row of names"),
        (b"0,0,1\n0,1,0\n1,0,0", "line 1", "names of its columns"),
        (b",a\n" + b"".join(b"n%d,1\n" % at for at in range(500)), "", "501 names"),
    ],
)
def test_what_does_not_fit_is_one_message_with_its_place(data, place, says):
    with pytest.raises(BadFile) as caught:
        read(data)
    assert caught.value.place == place
    assert says in caught.value.says


@given(st.sampled_from([JSON, XML, MATRIX.encode()]), st.data())
def test_a_file_with_some_bytes_changed_gives_a_model_or_one_message(whole, data):
    broken = bytearray(whole)
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(broken) - 1))
        broken[at : at + data.draw(st.integers(0, 9))] = data.draw(st.binary(max_size=4))
    with contextlib.suppress(BadFile):
        complete(read(bytes(broken)))
