"""Which arrow of one version is which of another: those of one pair, the most alike first."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from typing import TypeAlias

from loops.editing.pieces import link_keys
from loops.model import Link, Model

Keyed: TypeAlias = tuple[str, Link]
Partners: TypeAlias = tuple[Keyed | None, Keyed | None]

_ALIKE: tuple[Callable[[Link], object], ...] = (
    lambda link: link,
    lambda link: (link.polarity, link.delay, link.threshold),
    lambda link: (link.delay, link.threshold),
    lambda link: link.polarity,
    lambda link: None,
)
"""What two arrows of a pair have in common, from everything to nothing but their ends."""


def partners(old: Model, new: Model) -> Iterator[Partners]:
    """Every arrow of both versions, by its key, with its partner in the other; none where it has none."""
    before, now = _by_pair(old), _by_pair(new)
    for pair in dict.fromkeys((*now, *before)):
        left, right = before.get(pair, []), now.get(pair, [])
        for alike in _ALIKE:
            waiting: dict[object, deque[Keyed]] = {}
            for one in left:
                waiting.setdefault(alike(one[1]), deque()).append(one)
            free = []
            for one in right:
                if same := waiting.get(alike(one[1])):
                    yield same.popleft(), one
                else:
                    free.append(one)
            left, right = [one for same in waiting.values() for one in same], free
        yield from ((one, None) for one in left)
        yield from ((None, one) for one in right)


def _by_pair(model: Model) -> dict[tuple[str, str], list[Keyed]]:
    found: dict[tuple[str, str], list[Keyed]] = {}
    for key, link in link_keys(model).items():
        found.setdefault((link.source, link.target), []).append((key, link))
    return found
