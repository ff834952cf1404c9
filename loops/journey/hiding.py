"""Counts that tell of no one partner: groups put together until each is large enough, and numbers as ranges.

Both are rules of statistical disclosure control (Hundepool et al. 2012). A group too small to show is put
together with the others that are (primary suppression), and when these together are still too small, the
smallest of those that could be shown joins them (complementary suppression), so that no difference between
all and what is shown tells of fewer than :data:`FEWEST`. Within a group a number is a range where it, or what
is left of the group, is smaller than that.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from loops.journey.programme import Moved, Share, Step, Stream

FEWEST = 3
"""Partners in the smallest group that is told apart."""
_Member = TypeVar("_Member")


def coarse(share: Share) -> Share:
    """The same without telling of fewer than three, be it those in whom it is so or the others.

    Up to two are a range, and so are all but up to two. Of three to five only these two ranges are left.

    >>> [coarse(Share(count, count, 8)) for count in (1, 4, 8)]
    [Share(least=0, most=2, of=8), Share(least=4, most=4, of=8), Share(least=6, most=8, of=8)]
    """
    of = share.of
    few, nearly_all = min(FEWEST - 1, of // 2), max(of - FEWEST + 1, of // 2 + 1)
    if share.most <= few:
        return Share(0, few, of)
    return Share(nearly_all, of, of) if share.least >= nearly_all else share


def together(groups: Mapping[str, Sequence[_Member]]) -> dict[tuple[str, ...], list[_Member]]:
    """The groups by their names, in the order given, small ones put together.

    There is nothing when all of them have too few members in all.

    >>> together({"Housing": "a", "Parks": "bcd", "Schools": "efgh"})
    {('Housing', 'Parks'): ['a', 'b', 'c', 'd'], ('Schools',): ['e', 'f', 'g', 'h']}
    """
    joined = [name for name, members in groups.items() if len(members) < FEWEST]
    alone = sorted((name for name in groups if name not in joined), key=lambda name: len(groups[name]))
    while joined and sum(len(groups[name]) for name in joined) < FEWEST:
        if not alone:
            return {}
        joined.append(alone.pop(0))
    put = tuple(name for name in groups if name in joined)
    sets = dict.fromkeys(put if name in joined else (name,) for name in groups)
    return {names: [one for name in names for one in groups[name]] for names in sets}


def hidden(stream: Stream) -> Stream:
    """A workstream without what could tell of fewer than three partners, and without people's own words.

    Of several first gaps only the most frequent is named, for from all of them the rest could be found.
    """
    return replace(
        stream,
        steps=tuple(Step(step.box, coarse(step.there), None, None) for step in stream.steps),
        moved=Moved(coarse(stream.moved.further), coarse(stream.moved.back), None),
        lacking=tuple(
            replace(
                each,
                often=tuple(
                    replace(one, share=share) for one in each.often[:1] if (share := coarse(one.share)).least
                ),
                nothing=None,
                unknown=None,
            )
            for each in stream.lacking
        ),
        learnt=(),
    )
