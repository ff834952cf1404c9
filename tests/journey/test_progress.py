"""How far workstreams are, worked out by hand on a path of three boxes."""

from __future__ import annotations

from dataclasses import replace as replaced
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from loops.files import read_model
from loops.journey.hiding import FEWEST_FOR_GAPS
from loops.journey.places import Place, path, place
from loops.journey.programme import Moved, Share
from loops.journey.progress import progress
from loops.journey.standing import Changed
from loops.library import shipped_models
from loops.model import Context, Link, Model, Variable
from loops.partners import Mark, Said
from loops.parts import replace

SINCE, TODAY = date(2026, 6, 1), date(2026, 11, 1)
BOXES = ("news", "worth", "habit")
MODEL = Model(
    id="three",
    title="Three boxes",
    core=("news", "worth", "habit", "budget"),
    outcomes=("habit",),
    variable=tuple(Variable(id=name, label=name.title(), start=0.1) for name in BOXES),
    context=(Context(id="budget", label="Budget", level=0.5),),
    link=tuple(
        Link(source=source, target=target, polarity="+", strength=0.1)
        for source, target in (("news", "worth"), ("worth", "habit"))
    ),
)
LETTERS: dict[str, Said] = {"n": "not yet", "l": "a little", "p": "partly", "m": "mostly", "?": "don't know"}


def one(now: str, then: str = "", stream: str = "Schools", **more: str) -> Place:
    """A partner by the first letters of the words for its boxes; "-" is what nobody was asked."""
    return place(MODEL, marks(now, TODAY, **more), marks(then, SINCE), since=SINCE, workstream=stream)


def marks(letters: str, day: date, **more: str) -> list[Mark]:
    return [
        Mark(box, LETTERS[letter], day, **more)
        for box, letter in zip(BOXES, letters, strict=False)
        if letter != "-"
    ]


def far(*partners: Place) -> tuple[int, int]:
    (stream,) = progress(MODEL, partners, since=SINCE).streams
    return stream.reached, stream.could


def test_the_path_is_the_core_without_circumstances_or_what_the_model_is_judged_by() -> None:
    assert path(MODEL) == BOXES
    assert path(replace(MODEL, core=())) == ("habit",)


def test_one_partner_is_as_far_as_the_boxes_that_are_there_in_a_row() -> None:
    assert far(one("mpl")) == (2, 2)
    assert far(one("lmm")) == (0, 0)
    assert far(one("mmm")) == (3, 3)


def test_what_nobody_knows_is_not_taken_to_be_there_but_could_be() -> None:
    assert far(one("m?m")) == (1, 3)
    assert far(one("m-n")) == (1, 2)
    assert far(one("")) == (0, 3)


def test_a_workstream_is_as_far_as_each_box_is_there_in_more_than_half() -> None:
    ahead, begun = one("mmm"), one("mll")
    assert far(ahead, begun) == (1, 1)
    assert far(ahead, ahead, begun) == (3, 3)
    assert far(ahead, ahead, begun, begun) == (1, 1)
    assert far(ahead, one("")) == (0, 3)
    assert far(ahead, ahead, one("nmm"), one("nmm")) == (0, 0)


def test_days_are_compared_on_what_is_known_on_both() -> None:
    partners = [
        one("mml", "mll"),  # a box further
        one("mll", "mml"),  # a box less far
        one("mmm", "m"),  # the others are only said for the first time
        one("mmm"),  # nothing was known
    ]
    (stream,) = progress(MODEL, partners, since=SINCE).streams
    assert stream.moved == Moved(Share(1, 1, 4), Share(1, 1, 4), Share(1, 1, 4))


def test_boxes_are_counted_one_by_one() -> None:
    (stream,) = progress(MODEL, [one("mlp", "l"), one("p?", "p"), one("n")], since=SINCE).streams
    assert [
        (step.box, step.there.least, step.was and step.was.least, step.unknown and step.unknown.least)
        for step in stream.steps
    ] == [
        ("news", 2, 1, 0),
        ("worth", 0, 0, 2),
        ("habit", 1, 0, 2),
    ]


def test_first_gaps_are_counted_and_the_most_frequent_stands_first() -> None:
    partners = [one("nnn"), one("lln"), one("mnn"), one("mmm"), one("")]
    (stream,) = progress(MODEL, partners, since=SINCE).streams
    (lacking,) = stream.lacking
    assert [(each.box, each.kind, each.share.least) for each in lacking.often] == [
        ("news", "missing", 2),
        ("worth", "missing", 1),
    ]
    assert (lacking.nothing, lacking.unknown) == (Share(1, 1, 5), Share(1, 1, 5))


def test_what_is_missing_behind_what_is_there_counts_where_nothing_nearer_is() -> None:
    assert one("nml").gaps == (("news", "missing"),)
    assert one("pml").gaps == ("nothing",)


def test_reasons_given_since_are_what_was_learnt() -> None:
    partner = place(
        MODEL,
        [
            Mark("worth", "partly", TODAY, "Nurse", "It fits our day", "Somebody"),
            Mark("news", "mostly", SINCE, "Nurse", "Said before"),
            Mark("news", "mostly", TODAY, "GP"),
        ],
        [Mark("worth", "a little", SINCE, "Nurse", "Old")],
        since=SINCE,
    )
    (stream,) = progress(MODEL, [partner], since=SINCE).streams
    assert stream.learnt == (Changed("worth", "Nurse", "a little", "partly", TODAY, "It fits our day"),)
    assert progress(MODEL, [partner] * 5, since=SINCE, anonymous=True).streams[0].learnt == ()


def test_workstreams_stand_in_the_order_of_their_names_whatever_they_are_like() -> None:
    partners = [one("mmm", stream=name) for name in ("schools", "", "Parks", " Schools ", "allotments")]
    found = progress(MODEL, partners, since=SINCE)
    assert [stream.names for stream in found.streams] == [("allotments",), ("Parks",), ("schools",), ("",)]
    assert [stream.partners for stream in found.streams] == [1, 1, 2, 1]
    assert found.whole
    assert found.whole.partners == found.partners == 5


def test_one_workstream_is_not_told_twice_and_none_is_nothing() -> None:
    assert progress(MODEL, [one("m")], since=SINCE).whole is None
    empty = progress(MODEL, [], since=SINCE)
    assert (empty.partners, empty.streams, empty.whole) == (0, (), None)


def test_of_fewer_than_three_nothing_is_shown_to_others() -> None:
    assert progress(MODEL, [one("mmm")] * 2, since=SINCE, anonymous=True).streams == ()


PARTNERS = st.lists(
    st.builds(one, st.text("nlpm?-", max_size=3), st.text("nlpm?-", max_size=3), st.sampled_from("AB")),
    max_size=9,
)


@settings(max_examples=100)
@given(PARTNERS, st.randoms(use_true_random=False))
def test_counts_add_up_and_the_order_of_partners_changes_nothing(
    partners: list[Place], shuffle: st.random_module
) -> None:
    found = progress(MODEL, partners, since=SINCE)
    mixed = list(partners)
    shuffle.shuffle(mixed)
    assert progress(MODEL, mixed, since=SINCE) == found
    if found.whole:
        for place in range(len(BOXES)):
            assert found.whole.steps[place].there.least == sum(
                each.steps[place].there.least for each in found.streams
            )
    for stream in found.streams:
        assert 0 <= stream.reached <= stream.could <= len(BOXES)
        known = [
            sum(each.share.least for each in one.often) + one.nothing.least + one.unknown.least
            for one in stream.lacking
        ]
        assert known == [stream.partners]  # of three boxes no gap is left unnamed
        assert all(2 * step.there.least > stream.partners for step in stream.steps[: stream.reached])


@settings(max_examples=30)
@given(PARTNERS)
def test_what_is_hidden_is_true_of_what_is_shown_openly(partners: list[Place]) -> None:
    found = progress(MODEL, partners, since=SINCE, anonymous=True)
    assert sum(stream.partners for stream in found.streams) in (0, len(partners))
    for stream in found.streams:
        group = [each for each in partners if each.workstream in stream.names]
        (real,) = progress(MODEL, [replaced(each, workstream="") for each in group], since=SINCE).streams
        for step, exact in zip(stream.steps, real.steps, strict=True):
            assert step.there.least <= exact.there.least <= step.there.most
        assert stream.reached == real.reached
        named = [each.box for lacking in stream.lacking for each in lacking.often]
        often = [each for each in real.lacking[0].often if 2 * each.share.least > len(group)]
        assert named == [each.box for each in often if len(group) >= FEWEST_FOR_GAPS]


def test_shipped_models_have_a_path_of_boxes() -> None:
    for file in shipped_models().values():
        model = read_model(file)
        assert path(model) == model.core
