"""Bands of shares: stacked, told apart without colour, labelled where there is room, empty at rest."""

from __future__ import annotations

import re

import numpy as np
import pytest

from loops.draw.bands import Layer, figure, key, part_of
from loops.draw.palette import DARK, LIGHT

HALF = np.full(25, 0.5)
GROUNDS = ("named", "snowballs", "brakes", "built in", "filling", "fading")


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", "%{y} <b>x</b>", "\"><img src=x onerror='a'>"])
def test_names_are_escaped(name: str) -> None:
    layers = [Layer(name, name, HALF, "one", 1), Layer(name, name, HALF, "built in")]
    made = figure(layers, LIGHT)
    assert all("<" not in band.name for band in made.data)
    assert not re.search(r"<(?!br>|extra>|/extra>)", made.data[0].hovertemplate)
    assert all("<" not in words.text for words in made.layout.annotations)
    assert not re.search(r"<(?!/?(span|i)\b)", key(layers, LIGHT))


def test_bands_lie_on_each_other_and_fill_the_chart() -> None:
    made = figure([Layer("a", "a", HALF, "built in"), Layer("b", "b", HALF, "one", 2)], LIGHT)
    assert {band.stackgroup for band in made.data} == {"all"}
    assert made.layout.yaxis.range == (0, 1)
    assert (np.sum([band.y for band in made.data], axis=0) == 1).all()


def test_groups_are_told_apart_without_colour() -> None:
    made = figure([Layer(ground, ground, HALF / 3, ground) for ground in GROUNDS], LIGHT)
    shapes = [band.fillpattern.shape for band in made.data]
    assert len(set(shapes)) == len(GROUNDS)
    assert shapes[3] == ""  # what is built in is one plain grey band


def test_a_band_is_labelled_where_it_stays_broad_and_the_label_lies_in_it() -> None:
    ramp = np.linspace(0, 1, 241)
    wide = Layer("grows", "grows", ramp, "one", 1)
    thin = Layer("thin", "thin", np.full(241, 0.02), "brakes")
    (words,) = figure([thin, wide], LIGHT).layout.annotations
    month = round(words.x * 12)
    assert words.text == "grows"
    assert 0.02 < words.y < 0.02 + ramp[month]
    assert 36 <= month <= 240 - 36  # half of the room that is kept for a label


def test_where_nothing_moves_the_chart_is_empty_and_says_so() -> None:
    share = np.where(np.arange(25) < 6, 1.0, 0.0)
    words = [one.text for one in figure([Layer("a", "a", share, "built in")], LIGHT).layout.annotations]
    assert "nothing moves" in words
    assert "nothing moves" not in [
        one.text for one in figure([Layer("a", "a", HALF, "one")], LIGHT).layout.annotations
    ]


def test_the_key_names_every_band_once_from_the_top_down() -> None:
    layers = [Layer("a", "below", HALF, "built in"), Layer("b", "above", HALF, "snowballs")]
    words = key([*layers, *layers], DARK)
    assert words.index("above") < words.index("below")
    assert words.count("above") == words.count("below") == 1


@pytest.mark.parametrize(
    ("share", "words"),
    [(0.0, "next to none"), (0.05, "about a twentieth"), (0.52, "about half"), (1.0, "nearly all")],
)
def test_shares_in_words(share: float, words: str) -> None:
    assert part_of(share) == words
