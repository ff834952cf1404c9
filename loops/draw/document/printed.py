"""A written document as PDF to print: A4, headings a reader can jump between, tables whose titles repeat."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from loops.draw.document.prose import Block, Bullets, Heading, Paragraph, Picture, Table
from loops.draw.palette import LIGHT
from loops.draw.paper import broken, typeset


def pdf(blocks: Iterable[Block], *, title: str, foot: str) -> bytes:
    """The blocks as PDF with `foot` at the bottom of each page. Raises what :func:`typeset` raises."""
    return typeset(
        "prose",
        {
            "title": broken(title),
            "foot": broken(foot),
            "blocks": [_data(block) for block in blocks],
            "colours": {"ink": LIGHT.ink, "muted": LIGHT.muted, "grid": LIGHT.grid}
            | {"R": LIGHT.reinforcing, "B": LIGHT.balancing},
        },
    )


def _data(block: Block) -> dict[str, Any]:
    match block:
        case Heading(text, depth):
            return {"kind": "heading", "text": broken(text), "depth": depth}
        case Paragraph(text, quiet):
            return {"kind": "paragraph", "text": broken(text), "quiet": quiet}
        case Bullets(items):
            return {"kind": "bullets", "items": [broken(item) for item in items]}
        case Picture(svg, alt, high):
            return {"kind": "picture", "svg": svg, "alt": broken(alt), "high": high}
        case Table(head, rows, shares):
            cells = [[broken(text) for text in row] for row in rows]
            return {"kind": "table", "head": list(map(broken, head)), "rows": cells, "shares": list(shares)}
