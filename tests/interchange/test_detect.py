"""Every format comes in by what it holds, under any name; what is none ends in one message."""

from __future__ import annotations

import json
from random import Random

import pytest
from diagrams import FILES, LINKS, damaged, workbook
from hypothesis import given
from hypothesis import strategies as st

from loops import feedback
from loops.complaints import BadFile
from loops.files import MAX_BYTES, parse_model
from loops.interchange.detect import import_file
from loops.interchange.draft import KINDS
from loops.merge import fresh
from loops.model import Model
from loops.scenario import Scenario
from loops.simulate import simulate


def by_label(model: Model) -> set[tuple[str, str, str]]:
    return {(model.nodes[a.source].label, model.nodes[a.target].label, a.polarity) for a in model.links}


@pytest.mark.parametrize("kind", FILES)
def test_every_format_gives_the_same_diagram(kind):
    imported = import_file(FILES[kind], "misleading.txt")
    model = imported.model
    assert by_label(model) == set(LINKS)
    assert len(model.links) == 5
    assert sorted(model.nodes) == ["doing", "help", "strain", "trust"]
    assert sorted(loop.letter for loop in feedback.find(model).loops) == ["B", "R"]
    assert [node.id for node in model.contexts] == ["help"]
    assert not imported.unknown
    assert {note.kind for note in imported.notes} <= set(KINDS)


@pytest.mark.parametrize("kind", FILES)
def test_what_comes_in_is_saved_and_runs(kind):
    model = import_file(FILES[kind], "ours").model
    assert parse_model(fresh(model).encode(), "ours.toml") == model
    (run,) = simulate(model, [Scenario(id="nothing", model=model.id, title="Nothing new")], months=24)
    assert (run.levels[0] == 0.5).all()
    assert run.at("trust", 24) > 0.5  # a + link alone acts on it


def test_a_name_says_nothing():
    text, table = (import_file(FILES[kind], "model.stmx").model for kind in ("text", "table"))
    assert by_label(text) == by_label(table)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b" \n\t ", "empty"),
        (b"x" * (MAX_BYTES + 1), "larger than 5 MB"),
        (b"Dear all, here is what we talked about.\nBest wishes", "no format that is known"),
        (b"<html><body>Not found</body></html>", "<html>"),
        (b"<!-- a --><?pi?><!DOCTYPE svg><svg/>", "<svg>"),
        (b"<!--" * 50, "<>"),
        (b'{"some": "json"}', "JSON is of no format"),
        (b"https://kumu.io/somebody/some-map", "an address"),
        (b'[variable.a]\nlabel = "A"\nstart = 0.5', "a model of this program already"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "save it as .xlsx"),
        (b"PK\x03\x04 and then nothing", "damaged"),
        (b"a,b,c\n1,2,3\n", "no format that is known"),
        (b'{"a": ' * 100_000, "too deeply"),
        (b'{"nodes": ' + b"1" * 5_000 + b"}", "too many digits"),
    ],
)
def test_what_is_no_diagram_ends_in_one_message(data, words):
    with pytest.raises(BadFile) as caught:
        import_file(data, "ours")
    assert words in str(caught.value)
    assert caught.value.file == "ours"
    assert "\n" not in str(caught.value)


def test_entities_are_refused():
    bomb = b"<!DOCTYPE graphml [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;'>]><graphml>&b;</graphml>"
    with pytest.raises(BadFile, match="entities of its own"):
        import_file(bomb, "bomb")


def test_a_workbook_without_a_list_says_what_it_should_have():
    with pytest.raises(BadFile, match="from, to and sign"):
        import_file(workbook({"Sheet1": [["a", "b"], [1, 2]]}), "ours")


def test_old_letters_come_with_a_note():
    imported = import_file("Café + Thé".encode("cp1252"), "ours")
    assert [node.label for node in imported.model.nodes.values()] == ["Thé", "Café"]
    assert any("not UTF-8" in note.says for note in imported.notes)
    assert not any("UTF" in note.says for note in import_file("Café + Thé".encode("utf-16"), "ours").notes)


def outcome(data: bytes) -> Model | str:
    """The model that a file makes, or the one message."""
    try:
        return import_file(data, "ours").model
    except BadFile as problem:
        return str(problem)


@pytest.mark.parametrize("part", range(10))
def test_damaged_files_give_a_model_or_a_message(part):
    """A hundred each of a seeded thousand over all formats; the benchmark does twenty thousand."""
    random = Random(part)
    found = [outcome(damaged(random.choice(list(FILES.values())), random)) for _ in range(100)]
    messages = [one for one in found if isinstance(one, str)]
    assert all(one.startswith("ours: ") and "\n" not in one for one in messages)
    models = [one for one in found if isinstance(one, Model)]
    assert models
    assert messages
    assert all(parse_model(fresh(model).encode(), "ours.toml") == model for model in models)


KEYS = st.sampled_from(
    [
        "elements",
        "connections",
        "concepts",
        "nodes",
        "edges",
        "relationships",
        "model",
        "feedback",
        "maps",
        "loops",
        "label",
        "attributes",
        "from",
        "to",
        "type",
        "id",
        "_id",
        "name",
        "x",
        "y",
        "direction",
        "influence",
        "polarity",
        "position",
        "curvature",
        "links",
    ]
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.sampled_from(["", "+", "-", "A", "a ", "1"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=5),
    max_leaves=25,
)


@given(VALUES)
def test_any_json_gives_a_model_or_a_message(value):
    outcome(json.dumps(value).encode())


@given(st.binary(max_size=300))
def test_any_bytes_give_a_model_or_a_message(data):
    outcome(data)


@given(
    st.lists(
        st.lists(st.sampled_from(["", "A", "b", "+", "-", "1", "from", "to", "sign"]), max_size=5), max_size=6
    )
)
def test_any_table_gives_a_model_or_a_message(rows):
    outcome("\n".join(map(",".join, rows)).encode())


def test_every_mark_of_a_format_before_anything_else_is_met():
    """What begins like a format and goes on like another is refused or read, and never a traceback."""
    begins = [
        b"{UTF-8}",
        b"\\\\\\---///",
        b"[[[",
        b"{",
        b"<xmile>",
        b"<graphml>",
        b"x?data=",
        b"PK\x03\x04",
        b"from,to,sign\n",
    ]
    assert all(outcome(begin + data) for begin in begins for data in FILES.values())
