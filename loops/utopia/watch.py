"""Progress of a search that can be stopped, and keeps what it has found by then."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from loops.ensemble.simulate import Cancelled, Progress

SEARCHED = 0.8
"""Share of the progress at which the search has ended and fresh worlds are run."""


@dataclass
class Watch:
    """Tells a progress what is done, and remembers why less was done than was meant."""

    progress: Progress
    stopped: str = ""
    cancelled: bool = False

    def searching(self, share: float) -> None:
        """So much of the search is done; raises what the progress raises."""
        self.progress(SEARCHED * share, "looking for plans")

    def measuring(self, share: float) -> None:
        """So much of the rest is done; it is short, and ends whether anybody wants to stop or not."""
        if not self.cancelled:
            self.until_stopped(
                lambda: self.progress(SEARCHED + (1 - SEARCHED) * share, "fresh versions of our assumptions")
            )

    def until_stopped(self, work: Callable[[], None]) -> None:
        """Do some work, all of it or until somebody stops it."""
        try:
            work()
        except (Cancelled, KeyboardInterrupt):
            self.cancelled = True
