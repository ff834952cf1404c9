"""Counts that tell of no one partner: groups put together until each is large enough, and numbers as ranges.

The rules are those of statistical disclosure control (Hundepool et al. 2012). A group too small to show is
put together with the others that are (primary suppression), and when these together are still too small, the
smallest of those that could be shown joins them (complementary suppression), so that no difference between
all and what is shown tells of fewer than :data:`FEWEST`. Of three or four partners one that knows its own
could tell that all the others are alike; of five it cannot.

Of a group no number is told but whether it is more than half. Numbers that are each large enough can be put
together: when of nine partners one box is there in six, another lacks in seven, and both is so in fewer than
five, then it is in just two that neither lacks. What is missing first follows from several boxes itself, so
it is only told of groups that are large enough for that too. A test tries every mix of partners.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from loops.journey.programme import Moved, Share, Step, Stream

FEWEST, FEWEST_FOR_GAPS = 5, 6
"""Partners in the smallest group that is told apart, and in the smallest of which first gaps are told."""
_Member = TypeVar("_Member")


def coarse(share: Share) -> Share:
    """The same without its number: whether it is more than half.

    >>> coarse(Share(4, 4, 8)), coarse(Share(5, 5, 8))
    (Share(least=0, most=4, of=8), Share(least=5, most=8, of=8))
    """
    half = share.of // 2
    return Share(half + 1, share.of, share.of) if share.is_most else Share(0, half, share.of)


def together(groups: Mapping[str, Sequence[_Member]]) -> dict[tuple[str, ...], list[_Member]]:
    """The groups by their names, in the order given, small ones put together.

    There is nothing when all of them have too few members in all.

    >>> together({"Housing": "a", "Parks": "bcdef", "Schools": "ghijkl"})
    {('Housing', 'Parks'): ['a', 'b', 'c', 'd', 'e', 'f'], ('Schools',): ['g', 'h', 'i', 'j', 'k', 'l']}
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
    """A workstream without what could tell of fewer than five partners, and without people's own words.

    A first gap is only named where it is the same in more than half.
    """
    return replace(
        stream,
        steps=tuple(Step(step.box, coarse(step.there), None, None) for step in stream.steps),
        moved=Moved(coarse(stream.moved.further), coarse(stream.moved.back), None),
        lacking=tuple(
            replace(
                each,
                often=tuple(replace(one, share=coarse(one.share)) for one in each.often if one.share.is_most),
                nothing=None,
                unknown=None,
            )
            for each in stream.lacking
            if stream.partners >= FEWEST_FOR_GAPS
        ),
        learnt=(),
    )
