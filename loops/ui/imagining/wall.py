"""What the tables wrote, large, each line with its table: the nine cells, or what is seen, heard and felt."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from loops.draw.influencer import grid, invitation
from loops.influence import Setting
from loops.store.records import Idea, Sense
from loops.ui.imagining.words import where

MOST = 40
"""Ideas that are shown in one place, the newest; all are on the list."""
SENSES: dict[Sense, str] = {"see": "What we see", "hear": "What we hear", "feel": "What we feel"}


def matrix(ideas: Sequence[Idea]) -> str:
    """What could be done, in the nine cells of the influencer matrix; below it what nobody has placed."""
    cells = grid(
        "What could be done: how it acts, and for whom.",
        lambda place: lines((one for one in ideas if (one.at, one.on) == place), invitation(*place)),
    )
    loose = [one for one in ideas if not (one.at and one.on)]
    below = f"<h3>In no cell yet</h3>{lines(loose)}" if loose else ""
    return f'<div class="wall">{cells}{below}</div>'


def senses(place: Setting, ideas: Sequence[Idea]) -> str:
    """What one sees, hears and feels in a place: its questions, and what the tables wrote, side by side."""
    asked = {"see": place.see, "hear": place.hear, "feel": place.feel}
    columns = "".join(
        f"<section><h3>{title}</h3>{questions(asked[sense])}"
        f"{lines(one for one in ideas if one.sense == sense)}</section>"
        for sense, title in SENSES.items()
    )
    return f'<div class="wall senses">{columns}</div>'


def questions(asked: Iterable[str]) -> str:
    """Questions to the room."""
    return f'<ul class="asked">{"".join(f"<li>{escape(one)}</li>" for one in asked)}</ul>'


def lines(ideas: Iterable[Idea], empty: str = "Nothing yet") -> str:
    """Ideas as a list, the newest first, each with its table; `empty` where there are none."""
    found = sorted(ideas, key=lambda one: (one.beside or one.id, one.id), reverse=True)
    if not found:
        return f'<p class="none">{escape(empty)}</p>'
    told = "".join(f"<li>{line(one)}</li>" for one in found[:MOST])
    more = f"<p>And {len(found) - MOST} more: all of them are in step 3.</p>" if len(found) > MOST else ""
    return f'<ul class="ideas">{told}</ul>{more}'


def line(idea: Idea) -> str:
    """One idea with its table, as HTML."""
    known = [idea.at_table, *([] if idea.at and idea.on else [where(idea)])]
    told = "; ".join(filter(None, known))
    return escape(idea.text) + (f' <span class="who">{escape(told)}</span>' if told else "")
