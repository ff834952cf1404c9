"""A programme in sentences: what is known, what is not, what is hidden, and no word of blame or of rank."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from loops.draw import programme
from loops.journey.programme import Lacking, Moved, Often, Progress, Share, Step, Stream
from loops.journey.standing import Changed
from loops.model import Link, Model, Variable

SINCE = date(2026, 6, 1)
MODEL = Model(
    id="two",
    title="Two boxes",
    outcomes=("habit",),
    variable=(
        Variable(id="news", label="News", start=0.1),
        Variable(id="strain", label="Stretched", start=0.1),
        Variable(id="habit", label="Habit", start=0.1),
    ),
    link=(Link(source="news", target="habit", polarity="+", strength=0.1),),
)


def exact(count: int, of: int = 4) -> Share:
    return Share(count, count, of)


def stream(*there: int, unknown: int = 0, of: int = 4) -> Stream:
    steps = tuple(
        Step(box, exact(count, of), exact(0, of), exact(unknown, of))
        for box, count in zip(("news", "habit"), there, strict=True)
    )
    moved = Moved(exact(1, of), exact(0, of), exact(0, of))
    return Stream(("Schools",), of, steps, moved, (), ())


UNTOLD = replace(
    stream(0, 0), steps=tuple(Step(box, Share(0, 2, 4), None, None) for box in ("news", "habit"))
)
"""What is shown where nobody can be told apart."""


def lacking(*counts: int, nothing: int = 0, unknown: int = 0) -> Lacking:
    boxes = (("news", "missing"), ("strain", "in the way"), ("habit", "missing"))
    often = tuple(Often(box, kind, exact(count)) for (box, kind), count in zip(boxes, counts, strict=False))
    return Lacking("habit", often, exact(nothing), exact(unknown))


@pytest.mark.parametrize(
    ("where", "says"),
    [
        (stream(4, 1), "Most of its partners have got as far as “News”. Next on the path is “Habit”."),
        (stream(4, 1, unknown=2), "“Habit”. Too few have said whether they are further already."),
        (stream(4, 3), "Most of its partners have come the whole way: everything on the path"),
        (
            stream(2, 4),
            "At the beginning of the path: “News” is not partly there yet in half of its partners",
        ),
        (stream(2, 0, unknown=2), "cannot be told yet: too few have said how far “News” is."),
        (UNTOLD, "At the beginning: in half of its partners or more “News” is not known to be partly there."),
        (stream(1, 0, of=1), "Its only partner has got as far as “News”."),
        (stream(0, 0, of=1), "At the beginning of the path: “News” is not partly there yet."),
    ],
)
def test_how_far_it_is(where: Stream, says: str) -> None:
    assert says in programme.headline(MODEL, where)


@pytest.mark.parametrize(
    ("further", "back", "unknown", "says"),
    [
        (2, 1, 0, "Since 1 June 2026: further along in 2 of 4, less far in 1, as far as then in 1."),
        (0, 0, 1, "Since 1 June 2026: as far as then in 3 of 4. In 1 it cannot be told."),
        (0, 0, 4, "Nothing of this was known on 1 June 2026 already, so no direction can be told."),
    ],
)
def test_which_way_it_went(further: int, back: int, unknown: int, says: str) -> None:
    moved = Moved(exact(further), exact(back), exact(unknown))
    assert programme.direction(replace(stream(4, 1), moved=moved), SINCE).endswith(says)


@pytest.mark.parametrize(
    ("further", "back", "says"),
    [
        (Share(3, 4, 4), Share(0, 2, 4), "Since 1 June 2026 most are further along."),
        (Share(0, 2, 4), Share(3, 4, 4), "Since 1 June 2026 most are less far."),
        (Share(0, 2, 4), Share(0, 2, 4), "most are neither further along nor less far, or it is not known."),
    ],
)
def test_which_way_it_went_without_numbers(further: Share, back: Share, says: str) -> None:
    assert programme.direction(replace(stream(4, 1), moved=Moved(further, back, None)), SINCE).endswith(says)


@pytest.mark.parametrize(
    ("what", "says"),
    [
        (lacking(3), "On the way to “Habit”: News is missing (in 3 of 4)."),
        (lacking(2, 1, nothing=1), "On the way to “Habit”, most often: News is missing (in 2 of 4)."),
        (lacking(2, 2), "News is missing (in 2 of 4); then “Stretched” is in the way (in 2)."),
        (lacking(1, 1), "what is found first differs from partner to partner: News is missing and “Stret"),
        (lacking(nothing=4), "On the way to “Habit” nothing is missing, as far as anybody has said."),
        (lacking(nothing=3, unknown=1), "nothing is missing in 3 of 4; of the others nobody knows."),
        (lacking(unknown=4), "On the way to “Habit” nobody knows yet what is missing."),
        (Lacking("habit", (), None, None), "no one thing is what is missing first in most of them."),
    ],
)
def test_what_is_missing_first(what: Lacking, says: str) -> None:
    assert says in programme.first_missing(MODEL, what)


def test_what_somebody_said_stands_with_its_box_role_and_day_and_without_who() -> None:
    learnt = Changed("news", "Nurse", "a little", "partly", SINCE, "It fits")
    assert programme.said(MODEL, learnt) == "News: from “a little” to “partly” (Nurse, 1 June 2026)"
    same = replace(learnt, was="partly", role="")
    assert programme.said(MODEL, same) == "News: “partly” (1 June 2026)"


def test_what_is_put_together_is_named_as_long_as_it_can_be_read() -> None:
    found = Progress(SINCE, 8, (), stream(4, 4, of=8), anonymous=True)
    assert (
        programme.name(replace(stream(1, 1), names=("Parks", "")), found)
        == "Parks and No workstream named together"
    )
    many = replace(stream(1, 1), names=tuple("abcdefgh"))
    assert programme.name(many, found) == "8 workstreams together"
    assert found.whole
    assert programme.name(found.whole, found) == "All together"


def test_every_row_has_a_cell_for_each_title() -> None:
    whole = replace(stream(4, 1, unknown=1), lacking=(lacking(2, 1),))
    found = Progress(SINCE, 4, (replace(whole, names=("A",)),), whole, anonymous=False)
    rows = list(programme.rows(MODEL, found))
    assert {len(row) for row in rows} == {len(programme.HEAD)}
    assert ("A", "4", "at least partly there", "News", "4", "4", "0") in rows
    assert ("A", "4", "nobody knows", "Habit", "1", "1", "") in rows
    assert ("All together", "4", "in the way, first on the way to “Habit”", "Stretched", "1", "1", "") in rows
