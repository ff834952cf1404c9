"""Kumu's JSON, whole projects and blueprints. What is expected is read off the small files written here."""

from __future__ import annotations

import contextlib
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loops.complaints import BadFile
from loops.interchange import kumu
from loops.interchange.complete import complete
from loops.interchange.draft import DELAYED, Draft


def element(name: str, label: str, **attributes: Any) -> dict[str, Any]:
    return {"_id": name, "attributes": {"label": label, **attributes}}


def connection(name: str, start: str, end: str, sign: str, **more: Any) -> dict[str, Any]:
    known = {"direction": "directed", "delayed": False, "reversed": False, "attributes": {}}
    return (
        {"_id": name, "from": start, "to": end}
        | known
        | more
        | {"attributes": {"connection type": sign} | more.get("attributes", {})}
    )


PROJECT: dict[str, Any] = {
    "name": "Moving more",
    "elements": [
        element("elem-1", "Trust  between partners ", **{"element type": "Stock", "description": "How much"}),
        element("elem-2", "Buy-in", **{"element type": "Driver", "tags": ["health", "council"]}),
        element("elem-3", "Quick wins", **{"element type": "Lever"}),
    ],
    "connections": [
        connection("conn-1", "elem-1", "elem-2", "+"),
        connection("conn-2", "elem-2", "elem-1", "+", delayed=True),
        connection("conn-3", "elem-1", "elem-3", "\N{MINUS SIGN}", reversed=True),
        connection("conn-4", "elem-3", "elem-2", "funds"),
    ],
    "loops": [
        {"_id": "loop-1", "attributes": {"label": "R1: Trust grows"}, "connections": ["conn-2", "conn-1"]}
    ],
    "maps": [
        {
            "_id": "map-1",
            "name": "Overview",
            "elements": [
                {"_id": "a", "element": "elem-1", "position": {"x": 10, "y": -20.5}},
                {"_id": "b", "element": "elem-2", "position": {"x": 110, "y": 30}},
                {"_id": "c", "element": "elem-3", "position": {"x": 60, "y": 90}},
            ],
            "connections": [
                {"_id": "d", "connection": "conn-1", "curvature": 0.4},
                {"_id": "e", "connection": "conn-3", "curvature": 0.25},
                {"_id": "f", "connection": "conn-2"},
                {"_id": "g", "connection": "conn-4", "curvature": None},
            ],
        }
    ],
}


def read(project: Any) -> Draft:
    return kumu.read(json.dumps(project).encode(), "ours.json")


def test_a_whole_project():
    draft = read(PROJECT)
    assert draft.title == "Moving more"
    assert [(node.label, node.kind, node.group, node.position) for node in draft.nodes] == [
        ("Trust between partners", "variable", "Stock", (10, -20.5)),
        ("Buy-in", "", "Driver", (110, 30)),
        ("Quick wins", "lever", "Lever", (60, 90)),
    ]
    assert [(arrow.source, arrow.target, arrow.sign, arrow.delay, arrow.bend) for arrow in draft.arrows] == [
        ("elem-1", "elem-2", "+", None, 0.4),
        ("elem-2", "elem-1", "+", DELAYED, None),
        ("elem-3", "elem-1", "-", None, -0.25),
        ("elem-3", "elem-2", "?", None, None),
    ]
    assert [arrow.delay_marked for arrow in draft.arrows] == [False, True, False, False]
    assert draft.arrows[3].note == "funds"
    assert draft.notes == []


def test_a_named_loop_survives_and_its_letter_is_held_against_its_path():
    model = complete(read(PROJECT)).model
    (loop,) = model.loops
    assert (loop.label, loop.name, set(loop.path)) == (
        "R1",
        "Trust grows",
        {"trust_between_partners", "buy_in"},
    )


@pytest.mark.parametrize(
    ("said", "sign"),
    [
        ("+", "+"), ("++", "+"), ("--", "+"), ("same", "+"), ("Proportional", "+"),
        ("-", "-"), ("+-", "-"), ("-+", "-"), ("Opposite", "-"), ("inverse", "-"), ("\N{EN DASH}", "-"),
        ("", "?"), ("contested", "?"),
    ],
)  # fmt: skip
def test_signs(said, sign):
    (arrow,) = read({**PROJECT, "connections": [connection("c", "elem-1", "elem-2", said)]}).arrows
    assert arrow.sign == sign


def test_a_type_that_its_label_contradicts_is_no_sign():
    one = connection("c", "elem-1", "elem-2", "-", attributes={"label": "+"})
    (arrow,) = read({**PROJECT, "connections": [one]}).arrows
    assert (arrow.sign, arrow.note) == ("?", "-\n+")


def test_a_blueprint_names_ends_by_label_in_any_case_or_by_id():
    blueprint = {
        "elements": [{"label": "Trust"}, {"id": "e2", "label": "Buy in"}, {"label": "Trust "}],
        "connections": [
            {"from": "trust", "to": "Buy  in", "type": "+"},
            {"from": "e2", "to": "Trust", "type": "-", "direction": "mutual"},
            {"from": "Trust", "to": "Nobody", "type": "+"},
        ],
    }
    draft = read(blueprint)
    assert [(arrow.source, arrow.target, arrow.sign) for arrow in draft.arrows] == [
        ("Trust", "e2", "+"),
        ("e2", "Trust", "-"),
        ("Trust", "e2", "-"),
        ("Trust", "Nobody", "+"),
    ]
    assert len({node.key for node in draft.nodes}) == 3
    assert [(note.kind, note.place, note.says) for note in draft.notes] == [
        ("name", "connections, number 1", "“trust” is taken as “Trust”.")
    ]
    assert [note.kind for note in complete(draft).notes].count("dangling") == 1


def test_the_map_that_places_most_boxes_counts_and_the_others_are_told_of():
    sparse = {"name": "Draft", "elements": PROJECT["maps"][0]["elements"][:1]}
    draft = read({**PROJECT, "maps": [sparse, *PROJECT["maps"]]})
    assert draft.nodes[1].position == (110, 30)
    assert [(note.kind, "Overview" in note.says, "Draft" in note.says) for note in draft.notes] == [
        ("assumed", True, True)
    ]


def test_what_is_on_no_map_is_read_and_told_of():
    gone = element("elem-9", "An old idea")
    between = connection("conn-9", "elem-9", "elem-1", "-")
    project = {
        **PROJECT,
        "elements": [*PROJECT["elements"], gone],
        "connections": [*PROJECT["connections"], between],
    }
    draft = read(project)
    assert (len(draft.nodes), len(draft.arrows)) == (4, 5)
    assert [(note.kind, note.place) for note in draft.notes] == [
        ("assumed", "elements, number 4"),
        ("assumed", "connections, number 5"),
    ]
    assert "“An old idea”" in draft.notes[0].says


def test_a_loop_follows_the_right_way_of_a_connection_that_goes_both_ways():
    both = connection("both", "elem-2", "elem-1", "+", direction="mutual")
    project = {
        **PROJECT,
        "connections": [connection("there", "elem-2", "elem-1", "-"), both],
        "loops": [
            {"attributes": {"label": "Doubt", "loop type": "Balancing"}, "connections": ["there", "both"]}
        ],
    }
    (loop,) = read(project).loops
    assert (loop.letter, loop.links) == ("B", (("elem-2", "elem-1"), ("elem-1", "elem-2")))


def test_a_connection_without_direction_is_told_of():
    (note,) = read(
        {**PROJECT, "connections": [connection("c", "elem-1", "elem-2", "+", direction="undirected")]}
    ).notes
    assert (note.kind, note.place) == ("assumed", "connections, number 1")


def test_numbers_among_words_are_no_pushes():
    elements = [element("a", "Trust", tags=["2019"]), element("b", "Buy-in", tags=["draft"])]
    draft = read({"elements": elements, "connections": [connection("c", "a", "b", "+")]})
    assert [node.kind for node in draft.nodes] == ["", ""]


@pytest.mark.parametrize(
    ("content", "place", "says"),
    [
        (b"[]", "", "an object"),
        (b'{"nodes": []}', "", "no Kumu file"),
        (b'{"elements": {}}', "elements", "a list"),
        (b'{"elements": [3]}', "elements, number 1", "an object"),
        (b'{"elements": [{"attributes": []}]}', "elements, number 1, attributes", "an object"),
        (b'{"elements": [' + b"{}," * 500 + b"{}]}", "elements", "501: at most 500"),
        (b'{"elements": [', "line 1", "not valid JSON"),
        (b'{"elements": ' + b"[" * 100_000, "", "nested too deeply"),
    ],
)
def test_what_does_not_fit_is_one_message_with_its_place(content, place, says):
    with pytest.raises(BadFile) as caught:
        kumu.read(content, "ours.json")
    assert caught.value.place == place
    assert says in caught.value.says


JUNK = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(["elem-1", "conn-1"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


@given(st.sampled_from(sorted(PROJECT)), JUNK, st.data())
def test_junk_anywhere_gives_a_model_or_one_message(part, junk, data):
    project = json.loads(json.dumps(PROJECT))
    if isinstance(project[part], list) and data.draw(st.booleans()):
        item = data.draw(st.sampled_from(project[part]))
        item[data.draw(st.sampled_from(sorted(item)))] = junk
    else:
        project[part] = junk
    with contextlib.suppress(BadFile):
        complete(read(project))
