"""The link for Loopy that we write, read as Loopy reads it: it decodes all of it once, and labels again."""

from __future__ import annotations

import json
import math
import re
from urllib.parse import unquote

import pytest
from drawn import AWKWARD

from loops import files, library
from loops.draw.settled import settled
from loops.interchange.detect import import_file
from loops.interchange.export.loopy import write
from loops.interchange.loopy import stretch
from loops.interchange.words import plain
from loops.model import Model


def model(*links, labels=("Trust", "Doing"), **about):
    boxes = {
        f"n{at}": {"label": label, "start": 0.25, "position": [400.0 * at, 0.0]}
        for at, label in enumerate(labels)
    }
    links = [{"from": "n0", "to": "n1", "polarity": "+", "strength": 0.02} | link for link in links]
    return Model.model_validate({"id": "ours", "title": "Ours", "variable": boxes, "link": links} | about)


def opened(ours):
    """What Loopy makes of the link: ``_getParameterByName``, then ``JSON.parse``, then each label."""
    link = write(ours).decode("ascii").removesuffix("\n")
    data = unquote(re.search(r"[?&]data=([^&#]*)", link)[1].replace("+", " "))
    nodes, edges, labels, number = json.loads(data)
    assert (labels, number) == ([], len(nodes))
    return [[*node[:4], unquote(node[4]), node[5]] for node in nodes], edges


def test_the_whole_link():
    ours = model({"bend": 0.25}, {"from": "n1", "to": "n0", "polarity": "-"}, labels=("Our trust", "100%"))
    assert write(ours) == (
        b"https://ncase.me/loopy/v1.1/?data=[[[1,0,0,0.25,%22Our%2520trust%22,4],"
        b"[2,400,0,0.25,%22100%2525%22,4]],[[1,2,100,1,0],[1,2,120,1,0],[2,1,0,-1,0],[2,1,20,-1,0]],[],2%5D\n"
    )


def test_labels_of_any_kind_are_one_link_without_a_space_and_come_back():
    ours = model(labels=AWKWARD)
    shown = [plain(label) or f"n{at}" for at, label in enumerate(AWKWARD)]
    assert not re.search(rb"[\s\"<>\\^`{|}]", write(ours)[:-1])
    assert [node[4] for node in opened(ours)[0]] == shown
    assert [node.label for node in import_file(write(ours), "ours.txt").model.nodes.values()] == shown


@pytest.mark.parametrize(("strength", "lines"), [(0.0, 1), (0.01, 1), (0.035, 2), (0.1, 3), (2.0, 3)])
def test_a_stronger_arrow_is_drawn_more_often_each_line_apart(strength, lines):
    _, edges = opened(model({"strength": strength, "polarity": "-", "bend": -0.1}))
    assert [edge[3] for edge in edges] == [-1] * lines
    arcs = [edge[2] for edge in edges]
    assert len(set(arcs)) == lines
    assert max(arcs) < 0


def test_an_unknown_sign_is_one_line_of_strength_0_which_loopy_shows_as_a_question():
    _, edges = opened(model({"strength": 0.1, "polarity": "?"}))
    assert [edge[3] for edge in edges] == [0]


@pytest.mark.parametrize("bend", [-2.0, -0.3, 0.0, 0.5, 2.0])
def test_only_a_delayed_arrow_is_twice_as_long_as_its_way(bend):
    for delay in (0.0, 3.0):
        _, edges = opened(model({"bend": bend, "delay": delay, "strength": 1.0}))
        assert all((stretch(edge[2] / 400) >= 2.0) == (delay > 0) for edge in edges)
        assert {math.copysign(1, edge[2]) for edge in edges} == {math.copysign(1, bend)}


def test_arrows_from_a_box_to_itself_are_circles_and_a_delayed_one_is_larger():
    for delay in (0.0, 3.0):
        ours = model({"to": "n0", "delay": delay})
        assert [link.delay for link in import_file(write(ours), "ours.txt").model.links] == [delay]
    at_once, late = (opened(model({"to": "n0", "delay": delay}))[1][0][2] for delay in (0.0, 3.0))
    assert 0 < at_once < late


def test_boxes_on_one_spot_are_moved_aside_so_that_an_arrow_can_bow():
    boxes = {name: {"label": name, "start": 0.5, "position": [0.0, 0.0]} for name in ("n0", "n1", "n2")}
    nodes, edges = opened(model({"delay": 3.0}, variable=boxes))
    assert len({tuple(node[1:3]) for node in nodes}) == 3
    assert edges[0][2] != 0


def test_the_shipped_model_fits_in_a_link_that_every_browser_opens():
    ours = settled(files.read_model(library.shipped_models()["common_purpose"]))
    assert len(write(ours)) < 8_000
