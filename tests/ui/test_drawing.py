from __future__ import annotations

import re

import pytest

from loops.draw.palette import DARK, LIGHT
from loops.ui.text import csv_text, md, table

NASTY = [
    "<script>alert(1)</script>",
    "\"><img src=x onerror='alert(1)'>",
    "a & b &amp; c",
    "🚶‍♀️🚴 moving 日本",
    "w" * 200,
    "many short words " * 12,
    "%{y} {name} $x$ <b>bold</b>",
]


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
    assert (
        md("![x](http://a) *b* :red[c] $d$")
        == "\\!\\[x\\]\\(http\\:\u2060//a\\) \\*b\\* \\:red\\[c\\] \\$d\\$"
    )


def test_a_spreadsheet_runs_nothing() -> None:
    assert csv_text(["a"], [["=1+1"], ["-2+1"], ["-2.5"], ["fine"]]).splitlines() == [
        *("a", "'=1+1", "'-2+1", "-2.5", "fine"),  # a number runs nothing
    ]


def test_no_bare_address_becomes_a_link() -> None:
    """Streamlit's Markdown makes links of what stands in a text like these, after escapes are undone."""
    bare = re.compile(r"https?://\S|www\.\S|\S@\w", re.IGNORECASE)
    for address in ("http://a.b", "HTTPS://a.b", "www.a.b", "Www.a.b", "somebody@a.b"):
        shown = re.sub(r"\\(.)", r"\1", md(f"see {address}"))
        assert bare.search(f"see {address}")
        assert not bare.search(shown)
        assert shown.replace("\u2060", "") == f"see {address}"
