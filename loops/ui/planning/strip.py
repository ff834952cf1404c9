"""A calendar as bars: when a lever or circumstance is on, and how much, with the same in words."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import pairwise

from loops.draw.scale import years
from loops.model import Context, Lever
from loops.scenario import Schedule
from loops.ui.planning.months import Spell, spells
from loops.ui.text import listed

_MOST_SAID = 3
"""Spells that are told one by one; more of them are counted."""


def words(node: Lever | Context, plan: Schedule | None, months: int) -> str:
    """When and how much, as the end of a sentence about the lever or circumstance."""
    found = spells(plan, node.level, months)
    usual = f"{node.level:.0%}" if node.level else "off" if isinstance(node, Lever) else "0%"
    if not found:
        return f"always {usual}"
    said = [_spell(one) for one in found[:_MOST_SAID]]
    if len(found) > _MOST_SAID:
        last = found[-1].end
        until = f", the last until month {last:g}" if last else ""
        said.append(f"{len(found) - _MOST_SAID} more times{until}")
    return f"{listed(said)}; else {usual}"


def _spell(one: Spell) -> str:
    begins = "from the start" if not one.start else f"from month {one.start:g}"
    if one.end is None:
        return f"{one.level:.0%} {begins} on"
    return f"{one.level:.0%} {begins} to month {one.end:g}"


def bars(node: Lever | Context, plan: Schedule | None, months: int) -> str:
    """One row as HTML: label, words and bars. Everything from a model is escaped."""
    edges = [0.0, float(months)]
    if plan:
        edges = sorted({*edges, *(month for month in plan.corners() if 0 < month < months)})
    pieces = "".join(_piece(node, plan, start, end, months) for start, end in pairwise(edges))
    label, told = escape(node.label), escape(words(node, plan, months))
    kind = "strip" if isinstance(node, Lever) else "strip around"
    return (
        f'<div class="{kind}"><p><strong>{label}</strong> <span>{told}</span></p>'
        f'<div class="bars" role="img" aria-label="{label}: {told}">{pieces}</div></div>'
    )


def _piece(node: Lever | Context, plan: Schedule | None, start: float, end: float, months: int) -> str:
    """One stretch without a jump, as tall as the level is high."""
    first, slope = plan.at(start, node.level) if plan else (node.level, 0.0)
    last = first + slope * (end - start)
    if max(first, last) <= 0:
        return ""
    corners = f"0 {100 - 100 * first:.1f}%,100% {100 - 100 * last:.1f}%,100% 100%,0 100%"
    left, width = 100 * start / months, 100 * (end - start) / months
    return f'<i style="left:{left:.3f}%;width:{width:.3f}%;clip-path:polygon({corners})"></i>'


def calendar(rows: Sequence[tuple[Lever | Context, Schedule | None]], months: int) -> str:
    """The rows of a calendar under each other, with what a strip stands for."""
    ends = ("start", years(months / 2), years(months))
    scale = "".join(f"<span>{escape(end)}</span>" for end in ends)
    return "".join(bars(node, plan, months) for node, plan in rows) + f'<p class="strip-scale">{scale}</p>'
