"""A meeting ends with a decision, and the next one opens with it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from loops.store import Store, StoreProblem, bounds
from loops.store.records import Workspace


def test_a_meeting_ends_with_a_decision_and_the_next_one_opens_with_it(
    store: Store, space: Workspace
) -> None:
    before = datetime.now(UTC) - timedelta(seconds=1)
    first = store.start_meeting(space.token, title="Monday", model="common_purpose")
    assert store.decisions(space.token) == ()
    said = {
        "what": "Train two practices first",
        "who": "The link workers",
        "by_when": "End of May",
        "expect": "Value up a little",
        "would_change_mind": "If reception is swamped",
    }
    decision = store.save_decision(space.token, **said, meeting_id=first.id)
    ended = store.end_meeting(space.token, first.id)
    assert {name: getattr(decision, name) for name in said} == said
    assert (
        before
        < first.started_at
        <= decision.made_at
        <= ended.ended_at
        < datetime.now(UTC) + timedelta(seconds=1)
    )
    assert ended.ended_at.tzinfo is UTC or ended.ended_at.utcoffset() == timedelta(0)
    second = store.start_meeting(space.token)
    assert second.id != first.id
    assert store.decisions(space.token) == (decision,)
    assert store.meetings(space.token) == (ended, second)
    assert store.decisions(space.token, meeting_id=first.id) == (decision,)
    assert store.decisions(space.token, meeting_id=second.id) == ()


def test_a_meeting_that_goes_on_is_joined_whoever_started_it(store: Store, space: Workspace) -> None:
    first = store.start_meeting(space.token, title="Monday")
    assert store.start_meeting(space.token, title="Monday, too") == first
    assert store.meetings(space.token) == (first,)


def test_ending_twice_keeps_the_first_end(store: Store, space: Workspace) -> None:
    meeting = store.start_meeting(space.token)
    ended = store.end_meeting(space.token, meeting.id)
    assert store.end_meeting(space.token, meeting.id) == ended


def test_a_deleted_decision_can_come_back_to_its_place(store: Store, space: Workspace) -> None:
    first, second = (store.save_decision(space.token, what=what) for what in ("A", "B"))
    store.delete(space.token, first)
    assert store.decisions(space.token) == (second,)
    assert store.decisions(space.token, deleted=True) == (first,)
    store.restore(space.token, first)
    assert store.decisions(space.token) == (first, second)


def test_a_decision_says_what_and_belongs_to_a_meeting_that_is_there(store: Store, space: Workspace) -> None:
    with pytest.raises(StoreProblem, match="What was decided is empty"):
        store.save_decision(space.token, what=" ")
    with pytest.raises(StoreProblem, match="not here any more"):
        store.save_decision(space.token, what="A", meeting_id=77)
    assert store.decisions(space.token) == ()


def test_what_a_decision_says_is_bounded(store: Store, space: Workspace) -> None:
    bounded = {"what": 4_000, "who": 200, "by_when": 200, "expect": 4_000, "would_change_mind": 4_000}
    for field, most in bounded.items():
        kept = store.save_decision(space.token, **{"what": "A", field: "é" * most})
        assert getattr(kept, field) == "é" * most
        with pytest.raises(StoreProblem, match=f"at most {most:,} are kept"):
            store.save_decision(space.token, **{"what": "A", field: "é" * (most + 1)})


def test_hands_are_counted_by_option_in_their_order(store: Store, space: Workspace) -> None:
    meeting = store.start_meeting(space.token)
    options, counts = ["Up", "Down", "No change"], [3, 0, 12]
    show = store.save_show_of_hands(
        space.token, question="Which way?", options=options, counts=counts, meeting_id=meeting.id
    )
    other = store.save_show_of_hands(space.token, question="Which moves most?", options=["Trust"], counts=[1])
    assert (show.options, show.counts, show.meeting_id) == (tuple(options), tuple(counts), meeting.id)
    assert store.shows_of_hands(space.token) == (show, other)
    assert store.shows_of_hands(space.token, meeting_id=meeting.id) == (show,)
    store.delete(space.token, show)
    assert store.shows_of_hands(space.token) == (other,)
    assert store.shows_of_hands(space.token, deleted=True) == (show,)


IMPOSSIBLE: list[tuple[list[str], list[int]]] = [
    ([], []),
    (["a"], []),
    (["a"], [-1]),
    (["a"], [20_001]),
    (["a"] * 21, [0] * 21),
    ([" "], [1]),
]


def test_hands_that_cannot_be_are_refused(store: Store, space: Workspace) -> None:
    for options, counts in IMPOSSIBLE:
        with pytest.raises(StoreProblem):
            store.save_show_of_hands(space.token, question="Which?", options=options, counts=counts)
    assert store.shows_of_hands(space.token) == ()


def test_a_space_that_is_full_says_so(
    store: Store, space: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(bounds.MOST, "decisions", 2)
    for what in "AB":
        store.save_decision(space.token, what=what)
    with pytest.raises(StoreProblem, match="There are 2 decisions already"):
        store.save_decision(space.token, what="C")
    store.save_decision(store.create_workspace("Another").token, what="C")
