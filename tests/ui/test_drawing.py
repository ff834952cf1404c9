from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from loops.draw.diagram import View, draw
from loops.draw.layout import link_keys
from loops.draw.letters import width, wrap
from loops.draw.palette import DARK, LIGHT
from loops.model import Model
from loops.ui.text import csv_text, md, table

SVG = "{http://www.w3.org/2000/svg}"
NASTY = [
    "<script>alert(1)</script>",
    "\"><img src=x onerror='alert(1)'>",
    "a & b &amp; c",
    "🚶‍♀️🚴 moving 日本",
    "w" * 200,
    "many short words " * 12,
    "%{y} {name} $x$ <b>bold</b>",
]


def model(label: str, **more: object) -> Model:
    label = label[:200]
    return Model.model_validate(
        {
            "id": "nasty",
            "title": label,
            "variable": {
                "a": {"label": label, "start": 0.1},
                "b": {"label": "B", "start": 0.1, "short": label},
            },
            "lever": {"c": {"label": label}},
            "context": {"d": {"label": label, "level": 0.5}},
            "link": [
                {"from": "a", "to": "b", "polarity": "+", "strength": 0.1, "delay": 3},
                {"from": "b", "to": "a", "polarity": "-", "strength": 0.1},
                {"from": "c", "to": "a", "polarity": "?", "strength": 0.1},
                {"from": "a", "to": "a", "polarity": "+", "strength": 0.1},
            ],
            **more,
        }
    )


@pytest.mark.parametrize("label", NASTY)
@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_labels_are_escaped_in_the_diagram(label: str, palette: object) -> None:
    drawn = ElementTree.fromstring(draw(model(label), palette, View(short=True)))
    names = {element.tag.removeprefix(SVG) for element in drawn.iter()}
    assert names <= {"svg", "title", "desc", "g", "path", "polygon", "circle", "text", "rect"}
    assert not [name for element in drawn.iter() for name in element.attrib if name.startswith("on")]
    assert drawn.get("aria-label") == model(label).title


def test_every_arrow_has_its_sign_in_text_and_delays_are_marked(common_purpose: Model) -> None:
    drawn = ElementTree.fromstring(draw(common_purpose, LIGHT))
    signs = [
        e.text for e in drawn.iter(f"{SVG}text") if e.text in ("+", "\u2212") and not e.get("aria-hidden")
    ]
    assert len(signs) == len(common_purpose.links)
    assert signs.count("\u2212") == sum(link.polarity == "-" for link in common_purpose.links)
    late = [link for link in common_purpose.links if link.delay]
    assert len([e for e in drawn.iter(f"{SVG}path") if e.get("class") == "delay"]) == len(late)


def test_a_lit_loop_fades_the_rest() -> None:
    drawn = model("A")
    svg = draw(drawn, LIGHT, View(lit=frozenset(list(link_keys(drawn))[:2])))
    assert 'opacity="0.18"' in svg
    assert 'opacity="0.18"' not in draw(drawn, LIGHT)


def test_a_drawing_of_nothing_is_still_a_drawing() -> None:
    assert ElementTree.fromstring(draw(model("A"), LIGHT, View(shown=[]))).tag == f"{SVG}svg"


@pytest.mark.parametrize("label", NASTY)
def test_wrapped_lines_fit(label: str) -> None:
    lines = wrap(label, 21, 180, 4)
    assert 1 <= len(lines) <= 4
    assert all(width(line, 21) <= 180 for line in lines)


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_colours_can_be_read(palette: object) -> None:
    """Contrast of at least 4.5 to 1 with the paper, by the formula of WCAG 2."""

    def luminance(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    for colour in (*palette.curves, palette.positive, palette.negative, palette.ink, palette.muted):
        low, high = sorted((luminance(colour), luminance(palette.paper)))
        assert (high + 0.05) / (low + 0.05) >= 4.5, colour


@pytest.mark.parametrize("label", NASTY)
def test_tables_escape(label: str) -> None:
    made = table(["head", label], [[label, label]], caption=label)
    tags = set(re.findall(r"<(\w+)", made))
    assert tags <= {"div", "table", "caption", "thead", "tbody", "tr", "th", "td"}


def test_markdown_is_switched_off() -> None:
    assert md("![x](http://a) *b* :red[c] $d$") == r"\!\[x\]\(http\://a\) \*b\* \:red\[c\] \$d\$"


def test_a_spreadsheet_runs_nothing() -> None:
    assert csv_text(["a"], [["=1+1"], ["-2"], ["fine"]]).splitlines() == ["a", "'=1+1", "'-2", "fine"]
