"""Where a partner is, on a page to take away: the picture, what is missing, what changed and what was done.

Whoever fills it decides whether names are on it, or what stands for the partner.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from loops.draw.document import office, printed
from loops.draw.document.prose import Block, Bullets, Heading, Paragraph, Picture
from loops.draw.scale import ASSUMPTIONS_IN_SHORT

_HIGH = 86
"""Millimetres of the picture: with it, what else there is to say goes onto one page."""
_MOST, _MOST_PROMPTS = 5, 3
"""Lines of a list, and questions of a gap, that the page has room for."""


@dataclass(frozen=True)
class Lack:
    """What is missing on the way to an outcome, how it holds that back, and what to talk about."""

    way_to: str
    sentence: str
    trail: tuple[str, ...] = ()
    prompts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Page:
    """All that the page holds, in words; `picture` is an SVG."""

    called: str
    about: str
    picture: str
    stands: tuple[str, ...]
    """What is said to be how far, a line for each word."""
    lacks: tuple[Lack, ...]
    since: str = ""
    """How many answers went which way since the time before, in a sentence."""
    changed: tuple[str, ...] = ()
    """Which they were."""
    done: tuple[str, ...] = ()
    """What was done and decided, the latest first."""


def word(page: Page) -> bytes:
    """The page as a Word file."""
    return office.word(_blocks(page), title=_title(page), foot=ASSUMPTIONS_IN_SHORT)


def pdf(page: Page) -> bytes:
    """The page as A4 to print."""
    return printed.pdf(_blocks(page), title=_title(page), foot=ASSUMPTIONS_IN_SHORT)


def _title(page: Page) -> str:
    return f"Where they are: {page.called}"


def _blocks(page: Page) -> Iterator[Block]:
    yield Heading(_title(page), 1)
    yield Paragraph(page.about, quiet=True)
    for lack in page.lacks:
        yield Heading(lack.sentence, 2)
        yield Paragraph(" ".join((f"{lack.way_to}.", *lack.trail)))
        if lack.prompts:
            yield Bullets(lack.prompts[:_MOST_PROMPTS])
    yield Picture(page.picture, f"The diagram as people see it. {' '.join(page.stands)}", _HIGH)
    yield Bullets(page.stands)
    if page.since:
        yield Heading("What changed", 2)
        yield Paragraph(page.since)
        yield from _list(page.changed)
    if page.done:
        yield Heading("What was done and decided", 2)
        yield from _list(page.done)


def _list(lines: tuple[str, ...]) -> Iterator[Bullets]:
    more = len(lines) - _MOST
    if lines:
        yield Bullets((*lines[:_MOST], f"And {more} more.") if more > 0 else lines)
