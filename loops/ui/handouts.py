"""What a room takes home from a story: slides to edit, a poster for the wall, two pages to leave behind."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from loops.draw.deck import deck
from loops.draw.paper import leave_behind, poster
from loops.model import Model, Story
from loops.scenario import Scenario
from loops.ui.exports import Export, Progress

SLIDES = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
_HERE = ("localhost", "127.0.0.1", "::1", "0.0.0.0")  # noqa: S104 - names of this machine, nothing is bound
"""Where nobody but this machine finds the page: such an address is not printed."""


def files(model: Model, story: Story, scenarios: Mapping[str, Scenario], url: str) -> list[Export]:
    """The slides of a story, the poster and the leave-behind; `url` is where the reader has the page open."""

    def slides(progress: Progress) -> bytes:
        return deck(model, story, scenarios, progress=progress)

    def wall(progress: Progress) -> bytes:
        progress(0.2, "Drawing it")
        return poster(model)

    def pages(progress: Progress) -> bytes:
        progress(0.2, "Setting the pages")
        return leave_behind(model, story, address=public(url))

    name = f"{model.id}-{story.id}"
    return [
        Export(
            "Slides (PowerPoint)",
            "A slide for each step, with notes for the speaker. Every box, arrow and chart can be changed.",
            f"{name}.pptx",
            SLIDES,
            slides,
        ),
        Export(
            "A poster for the wall (PDF, A3)",
            "The whole diagram with all its loops told beside it.",
            f"{model.id}-poster.pdf",
            "application/pdf",
            wall,
        ),
        Export(
            "Two pages to leave behind (PDF, A4)",
            "What makes it grow and what holds it back, this story, and what to believe of it.",
            f"{name}-pages.pdf",
            "application/pdf",
            pages,
        ),
    ]


def public(url: str) -> str:
    """The address of the app without its page and without anything that a link may carry, or nothing.

    >>> public("https://loops.example.org/app/present?workspace=secret#x")
    'https://loops.example.org/app/'
    >>> public("http://localhost:8501/present")
    ''
    """
    parts = urlsplit(url)
    if parts.hostname is None or parts.hostname in _HERE or "@" in parts.netloc:
        return ""
    return f"{parts.scheme}://{parts.netloc}{parts.path.rpartition('/')[0]}/"
