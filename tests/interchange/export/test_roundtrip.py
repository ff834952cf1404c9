"""What each format says that it holds comes back when its files are read; driven by `Format.holds`."""

from __future__ import annotations

import math

import hypothesis
import numpy as np
import pytest
from drawn import models

from loops import files, library
from loops.draw.settled import settled
from loops.editing.kinds import kind_of, level_of
from loops.editing.strengths import WORDS, word_of
from loops.interchange.detect import import_file
from loops.interchange.export import FORMATS, export
from loops.interchange.export.formats import TRAITS
from loops.interchange.words import plain
from loops.model import Model

SHIPPED = settled(files.read_model(library.shipped_models()["common_purpose"]))


def called(node):
    return plain(node.label) or node.id


def kept(model, holds):
    """The links that a format can hold, by their ends in words, and by delay where there may be several."""
    links = [link for link in model.links if "self-links" in holds or link.source != link.target]
    if "parallel arrows" not in holds:
        pairs = {}
        for link in sorted(links, key=lambda link: -link.strength):
            pairs.setdefault((link.source, link.target), link)
        links = list(pairs.values())
    late = (lambda link: link.delay) if "parallel arrows" in holds else (lambda link: None)
    ends = {name: called(node) for name, node in model.nodes.items()}
    found = {(ends[link.source], ends[link.target], late(link)): link for link in links}
    assert len(found) == len(links)
    return found


def same_boxes(ours: Model, theirs: Model, holds):
    back = {node.label: node for node in theirs.nodes.values()}
    assert sorted(map(called, ours.nodes.values())) == sorted(back)
    for node in ours.nodes.values():
        came = back[called(node)]
        if "kinds" in holds:
            assert kind_of(came) == kind_of(node)
        if "texts" in holds:
            assert plain(came.description) == plain(node.description)
        if "starts" in holds and ("kinds" in holds or kind_of(came) == "variable"):
            assert level_of(came) == pytest.approx(level_of(node), rel=1e-12)
        if "rates" in holds and kind_of(node) == "variable":
            assert (came.gain, came.fade) == pytest.approx((node.gain, node.fade), rel=1e-12)
    if "places" in holds:
        same_places(ours, [back[called(node)] for node in ours.nodes.values()])


def same_places(ours: Model, theirs):
    """The same picture, at another scale: no box is off by more than a whole unit at either scale.

    Formats of whole units round each corner and each box by half a unit; reading rounds by .05 of ours.
    """
    pictures = []
    for nodes in (list(ours.nodes.values()), theirs):
        points = np.array([node.position for node in nodes])
        points -= points.min(axis=0)
        pictures.append(points)
    sizes = [picture.max() for picture in pictures]
    bound = 1.0 / sizes[0] + 0.1 / sizes[1]
    assert np.abs(pictures[0] / sizes[0] - pictures[1] / sizes[1]).max() <= 2 * bound


def same_arrows(ours: Model, theirs: Model, holds):
    before, after = kept(ours, holds), kept(theirs, holds)
    assert set(before) == set(after)
    for key, link in before.items():
        came = after[key]
        if "unknown signs" in holds or link.polarity != "?":
            assert came.polarity == link.polarity
        if "strengths" in holds and (link.polarity != "?" or "strengths of unknown signs" in holds):
            assert came.strength == pytest.approx(link.strength, rel=1e-9)
        if "delays" in holds:
            assert came.delay == link.delay
        elif "delay marks" in holds:
            assert (came.delay > 0) == (link.delay > 0)
        if "thresholds" in holds:
            assert came.threshold == link.threshold
            assert link.threshold is None or came.steepness == link.steepness
        if {"evidence", "reasons"} & holds:
            assert plain(link.reason) in plain(came.reason)
        if "evidence" in holds:
            assert came.evidence == link.evidence
            assert plain(came.passage) == plain(link.passage)
            assert plain(came.locator) == plain(link.locator)
        if "bends" in holds and alone(ours, link):
            assert (came.bend or 0.0) == pytest.approx(link.bend or 0.0, abs=unit(ours, link))
    if "strengths in three steps" in holds:
        known = [key for key, link in before.items() if link.polarity != "?"]
        steps = [WORDS.index(word_of(before[key].strength)) + 1 for key in known]
        came = [after[key].strength for key in known]
        if len(set(steps)) > 1:
            assert came == pytest.approx([came[0] * step / steps[0] for step in steps], rel=1e-9)


def alone(model: Model, link):
    """Whether no other arrow runs between its two boxes this way: some formats draw one line for all."""
    pairs = [(other.source, other.target) for other in model.links]
    return pairs.count((link.source, link.target)) == 1


def unit(model: Model, link):
    """How much the bow of an arrow changes where its ends and its middle are rounded to whole units.

    Each of three points moves by at most the half diagonal of a unit: the height by two of these (the chord's
    middle and the handle), the length by two, and a bow is the height as a share of the length.
    """
    length = math.dist(model.nodes[link.source].position, model.nodes[link.target].position)
    return 2 * math.sqrt(0.5) * (1 + abs(link.bend or 0.0)) / (length - 2 * math.sqrt(0.5)) if length else 0.0


def same_loops(ours: Model, theirs: Model, holds):
    if "loops" in holds:
        assert turned(theirs) == turned(ours)


def turned(model):
    """The named loops, their paths in words and begun at the least of them."""
    names = {name: called(node) for name, node in model.nodes.items()}
    found = []
    for loop in model.loops:
        path = [names[name] for name in loop.path]
        first = path.index(min(path))
        found.append((plain(loop.name), loop.label, (*path[first:], *path[:first]), plain(loop.story)))
    return sorted(found, key=repr)


def comes_back(model: Model, to: str):
    exported = export(model, to)
    assert export(model, to) == exported
    theirs = import_file(exported.data, exported.file).model
    holds = FORMATS[to].holds
    same_boxes(model, theirs, holds)
    same_arrows(model, theirs, holds)
    same_loops(model, theirs, holds)


@pytest.mark.parametrize("to", FORMATS)
def test_a_model_that_comes_with_us_comes_back(to):
    comes_back(SHIPPED, to)


@pytest.mark.parametrize("to", FORMATS)
@hypothesis.settings(derandomize=True, max_examples=40, deadline=None)
@hypothesis.given(model=models())
def test_any_model_comes_back(to, model):
    comes_back(model, to)


@pytest.mark.parametrize("form", FORMATS.values(), ids=FORMATS)
def test_formats_say_what_they_hold_in_known_words(form):
    assert form.holds <= TRAITS
    assert form.suffix.startswith(".")
    assert FORMATS[form.id] is form
