"""In how many worlds a plan reaches its target, and how sure that share is."""

from __future__ import annotations

from dataclasses import dataclass

from loops.theory.verdict import wilson


@dataclass(frozen=True)
class Chance:
    """The target held in `held` of `of` worlds."""

    held: int
    of: int

    @property
    def share(self) -> float:
        """The share, 0 to 1; not a number when no world was run."""
        return self.held / self.of if self.of else float("nan")

    @property
    def interval(self) -> tuple[float, float]:
        """From where to where the share lies by sampling error alone, at 95%: Wilson's score interval (1927).

        >>> low, high = Chance(90, 100).interval
        >>> round(low, 4), round(high, 4)
        (0.8256, 0.9448)
        """
        return wilson(self.held, self.of)
