"""How far a programme has come, as sentences and rows for the page and the document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from loops.journey.hiding import FEWEST, FEWEST_FOR_GAPS
from loops.journey.programme import Lacking, Often, Progress, Share, Stream
from loops.journey.standing import Changed
from loops.journey.telling import named
from loops.model import Model
from loops.narrate import listed, on_day

ALL, NO_WORKSTREAM = "All together", "No workstream named"
HOW = (
    "The path is the boxes that the diagram opens with. A workstream has got as far as the last of them up "
    "to which each is at least partly there in more than half of its partners, by what was said last."
)
HIDDEN = (
    f"Nothing here tells of fewer than {FEWEST} partners. Workstreams with fewer are put together with "
    "others, numbers are only told as more than half or not, what is missing first only of "
    f"{FEWEST_FOR_GAPS} partners or more, and what people wrote is left out."
)
TOO_FEW = f"There are fewer than {FEWEST} partners, so nothing can be shown without telling who it is about."
MOST_NAMES = 6
"""Workstreams put together that are still named one by one."""
HEAD = ("Workstream", "Partners", "What", "Box", "In at least", "In at most", "On the day compared with")
"""What stands above :func:`rows`."""


def in_many(share: Share) -> str:
    """A number of partners, as exactly as it may be said.

    >>> in_many(Share(4, 4, 7)), in_many(Share(0, 0, 7)), in_many(Share(0, 3, 7)), in_many(Share(4, 7, 7))
    ('4 of 7', 'none of 7', 'half of them or fewer', 'most of them')
    """
    if share.least == share.most:
        return f"{share.least or 'none'} of {share.of}"
    return "most of them" if share.is_most else "half of them or fewer"


def partners(many: int) -> str:
    """How many partners.

    >>> partners(1), partners(1200)
    ('1 partner', '1,200 partners')
    """
    return f"{many:,} partner{'' if many == 1 else 's'}"


def name(stream: Stream, found: Progress) -> str:
    """What a workstream, or several that are put together, is called."""
    if stream is found.whole or len(stream.names) > MOST_NAMES:
        return ALL if stream is found.whole else f"{len(stream.names)} workstreams together"
    called = [one or NO_WORKSTREAM for one in stream.names]
    return called[0] if len(called) == 1 else f"{listed(called)} together"


def headline(model: Model, stream: Stream) -> str:
    """How far most of its partners are along the path."""
    labels = [f"“{model.nodes[step.box].label}”" for step in stream.steps]
    one = stream.partners == 1
    most = "Its only partner has" if one else "Most of its partners have"
    if stream.reached == len(labels):
        return f"{most} come the whole way: everything on the path is at least partly there."
    if stream.reached:
        here, ahead = labels[stream.reached - 1 : stream.reached + 1]
        said = f"{most} got as far as {here}. Next on the path is {ahead}."
        further = " Too few have said whether they are further already."
        return said + further if stream.could > stream.reached else said
    first = labels[0]
    if stream.could:
        return f"How far this is along the path cannot be told yet: too few have said how far {first} is."
    if stream.steps[0].unknown is None:
        return f"At the beginning: in half of its partners or more {first} is not known to be partly there."
    few = "" if one else " in half of its partners or more"
    return f"At the beginning of the path: {first} is not partly there yet{few}."


def direction(stream: Stream, since: date) -> str:
    """In how many the path goes further than on a day, in how many less far, and where it cannot be told."""
    moved, when = stream.moved, on_day(since)
    if moved.unknown is None:
        if moved.further.is_most or moved.back.is_most:
            return f"Since {when} most are {'further along' if moved.further.is_most else 'less far'}."
        return f"Since {when} most are neither further along nor less far, or it is not known."
    if moved.unknown.least == stream.partners:
        return f"Nothing of this was known on {when} already, so no direction can be told."
    same = stream.partners - moved.further.least - moved.back.least - moved.unknown.least
    counts = {"further along": moved.further.least, "less far": moved.back.least, "as far as then": same}
    first, *rest = [f"{way} in {count}" for way, count in counts.items() if count]
    said = f"Since {when}: {', '.join([f'{first} of {stream.partners}', *rest])}."
    return f"{said} In {moved.unknown.least} it cannot be told." if moved.unknown.least else said


def first_missing(model: Model, lacking: Lacking) -> str:
    """What stands first on the way to an outcome, and in how many partners."""
    goal = f"On the way to “{model.nodes[lacking.outcome].label}”"
    if lacking.often:
        return f"{goal}{_most_often(model, lacking.often)}."
    if lacking.nothing is None:
        return f"{goal} no one thing is what is missing first in most of them."
    if lacking.nothing.least == lacking.nothing.of:
        return f"{goal} nothing is missing, as far as anybody has said."
    if lacking.nothing.least:
        return f"{goal} nothing is missing in {in_many(lacking.nothing)}; of the others nobody knows."
    return f"{goal} nobody knows yet what is missing."


def _most_often(model: Model, often: Sequence[Often]) -> str:
    """The first gaps, those that are so in one partner only where there are no others."""
    first, *more = often
    if more and first.share.most == 1:
        return f" what is found first differs from partner to partner: {listed(list(_by_kind(model, often)))}"
    then = [f"{_gap(model, one)} (in {one.share.least})" for one in more if one.share.least > 1]
    said = f"{', most often' if more else ''}: {_gap(model, first)} (in {in_many(first.share)})"
    return f"{said}; then {listed(then)}" if then else said


def _by_kind(model: Model, often: Sequence[Often]) -> Iterator[str]:
    """What is missing, and what is in the way."""
    for kind in dict.fromkeys(one.kind for one in often):
        names = [named(model, one.box) for one in often if one.kind == kind]
        yield f"{listed(names)} {'is' if len(names) == 1 else 'are'} {kind}"


def _gap(model: Model, often: Often) -> str:
    """What stands in the way, without saying whose it is."""
    return f"{named(model, often.box)} is {often.kind}"


def said(model: Model, learnt: Changed) -> str:
    """Of which box somebody said what, and whom they spoke as."""
    moved = learnt.was not in (None, learnt.now)
    words = f"from “{learnt.was}” to “{learnt.now}”" if moved else f"“{learnt.now}”"
    when = ", ".join(filter(None, (learnt.role, on_day(learnt.day))))
    return f"{model.nodes[learnt.box].label}: {words} ({when})"


def rows(model: Model, found: Progress) -> Iterator[tuple[str, ...]]:
    """Every number as a row: the path of each workstream, which way it goes, and what is missing first."""
    for stream in (*([found.whole] if found.whole else []), *found.streams):
        start = (name(stream, found), str(stream.partners))
        for step in stream.steps:
            label = model.nodes[step.box].label
            yield (*start, "at least partly there", label, *_ends(step.there), _then(step.was))
            if step.unknown:
                yield (*start, "nobody knows", label, *_ends(step.unknown), "")
        yield (*start, "further along", "", *_ends(stream.moved.further), "")
        yield (*start, "less far", "", *_ends(stream.moved.back), "")
        for lacking in stream.lacking:
            goal = f"first on the way to “{model.nodes[lacking.outcome].label}”"
            for often in lacking.often:
                yield (*start, f"{often.kind}, {goal}", model.nodes[often.box].label, *_ends(often.share), "")


def _ends(share: Share) -> tuple[str, str]:
    return str(share.least), str(share.most)


def _then(share: Share | None) -> str:
    return "" if share is None else str(share.least)
