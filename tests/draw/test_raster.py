"""Drawings as pictures: the letters are really there."""

from __future__ import annotations

import re
import struct

import pytest

from loops.draw.diagram import View, draw
from loops.draw.palette import LIGHT
from loops.draw.raster import fonts_folder, png, pngs
from loops.model import Model


def size(picture: bytes) -> tuple[int, int]:
    width, height = struct.unpack(">II", picture[16:24])
    return width, height


def test_text_is_drawn(common_purpose: Model) -> None:
    svg = draw(common_purpose, LIGHT, View(shown=common_purpose.core, short=True))
    assert png(svg) != png(re.sub(r"(<text[^>]*>)[^<]*", r"\1", svg))


def test_the_scale_is_pixels_to_a_unit(common_purpose: Model) -> None:
    svg = draw(common_purpose, LIGHT, View(shown=common_purpose.core, short=True))
    width, height = size(png(svg))
    assert size(png(svg, scale=3.0)) == pytest.approx((3 * width, 3 * height), abs=3)


def test_fonts_are_files() -> None:
    assert list(fonts_folder().glob("*Regular.ttf"))


def test_what_is_not_svg_is_an_error() -> None:
    with pytest.raises(ValueError, match=r"."):
        png("not a drawing")


def test_many_are_drawn_as_one_is_and_in_their_order(common_purpose: Model) -> None:
    svgs = [draw(common_purpose, LIGHT, View(shown=[name])) for name in ("trust", "buy_in", "value")]
    assert list(pngs(svgs, scale=0.5)) == [png(svg, scale=0.5) for svg in svgs]


def test_one_of_many_that_is_not_svg_is_an_error() -> None:
    with pytest.raises(ValueError, match="could not be drawn"):
        list(pngs(["not a drawing"]))
