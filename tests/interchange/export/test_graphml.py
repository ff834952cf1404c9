"""GraphML that we write: it comes back whole, networkx reads it, and no text breaks it."""

from __future__ import annotations

from io import BytesIO

import networkx as nx
import pytest

from loops import files, library
from loops.interchange.detect import import_file
from loops.interchange.export.graphml import write
from loops.model import Model

KEPT = "source target polarity strength delay threshold steepness evidence reason passage locator bend"
AWKWARD = 'Buy-in: "ready" | to <act>,\nnow & \\ è 信任'


def model(**fields):
    """Two boxes on two arrows from one to the other, back, and round one; a lever and a circumstance."""
    link = {"from": "a", "to": "b", "polarity": "+", "strength": 0.1, "bend": 0.25}
    links = [
        link | {"evidence": "stated", "passage": "It says\nso.", "locator": "p. 2", "reason": "A & <B>"},
        link | {"delay": 6.5, "polarity": "-", "threshold": 0.4, "steepness": 3},
        {"from": "b", "to": "a", "polarity": "?", "strength": 1e-5, "reason": "Who knows?"},
        {"from": "b", "to": "b", "polarity": "-", "strength": 0.0},
        {"from": "do", "to": "a", "polarity": "+", "strength": 2.0},
    ]
    return Model.model_validate(
        {
            "id": "ours",
            "title": "Ours & <theirs>",
            "variable": {
                "a": {"label": AWKWARD, "start": 0.1, "gain": 0.02, "fade": 0.3, "position": [0, 0]},
                "b": {"label": "Doing", "start": 0.0, "position": [300.5, 0], "description": "One.\nTwo."},
            },
            "lever": {"do": {"label": "Help", "level": 0.25, "position": [0, 200]}},
            "context": {"nobody": {"label": "Rain", "level": 0.75, "position": [300.5, 200]}},
            "link": links,
            "loop": {"ours": {"name": "Up & up", "path": ["a", "b"], "story": "The more,\nthe more."}},
        }
        | fields
    )


def came_back(ours):
    return import_file(write(ours), "ours.graphml")


def test_all_that_is_written_comes_back():
    ours, theirs = model(), came_back(model()).model
    assert [" ".join(node.label.split()) for node in ours.nodes.values()] == [
        node.label for node in theirs.nodes.values()
    ]
    assert [type(node) for node in ours.nodes.values()] == [type(node) for node in theirs.nodes.values()]
    for node, back in zip(ours.nodes.values(), theirs.nodes.values(), strict=True):
        numbers = ("start", "gain", "fade", "level", "description")
        assert [getattr(node, name, None) for name in numbers] == [
            getattr(back, name, None) for name in numbers
        ]
    names = dict(zip(theirs.nodes, ours.nodes, strict=True))
    for link, back in zip(ours.links, theirs.links, strict=True):
        kept = {name: getattr(back, name) for name in KEPT.split()}
        kept |= {"source": names[back.source], "target": names[back.target]}
        kept["reason"] = kept["reason"].removesuffix("\nThe file does not say which sign.")
        assert kept == {name: getattr(link, name) for name in KEPT.split()}
    assert [(loop.name, loop.label, loop.story) for loop in theirs.loops] == [
        ("Up & up", None, "The more,\nthe more.")
    ]
    assert [names[node] for node in theirs.loops[0].path] == ["a", "b"]
    assert theirs.title == ours.title


def test_networkx_reads_names_types_and_parallel_arrows():
    graph = nx.read_graphml(BytesIO(write(model())), force_multigraph=True)
    assert graph.nodes["a"]["label"] == AWKWARD
    assert (graph.nodes["a"]["gain"], graph.nodes["do"]["level"]) == (0.02, 0.25)
    assert sorted(edge.get("delay", 0.0) for edge in graph["a"]["b"].values()) == [0.0, 6.5]
    assert graph.number_of_edges() == 5


def test_the_shipped_model_comes_back():
    ours = files.read_model(library.shipped_models()["common_purpose"])
    imported = came_back(ours)
    assert len(imported.model.links) == len(ours.links)
    assert [loop.label for loop in imported.model.loops] == [loop.label for loop in ours.loops]
    assert not [note for note in imported.notes if note.kind in ("loop", "sign", "repeat", "left out")]


def test_characters_that_xml_forbids_are_marked():
    bare = model(variable={"a": {"label": "a\x01b", "start": 0}}, lever={}, context={}, link=[], loop={})
    assert came_back(bare).model.variables[0].label == "a\ufffdb"


def test_the_same_bytes_every_time():
    assert write(model()) == write(model())


@pytest.mark.parametrize("text", ["true", "[1, 2]", "[" * 100_000, "9" * 5_000])
def test_graph_data_of_other_programs_is_told(text):
    data = write(model(loop={})).replace(
        b'edgedefault="directed">',
        b'edgedefault="directed"><data key="graph_loops">%s</data>' % text.encode(),
    )
    imported = import_file(data, "theirs.graphml")
    assert imported.model.loops == ()
    assert "left out" in [note.kind for note in imported.notes]
