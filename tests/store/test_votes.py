"""Votes: one for each voter, and hidden until the round is closed."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from loops.store import Store, StoreProblem, vote
from loops.store.records import Tally, Workspace


def test_votes_are_hidden_until_the_round_is_closed(store: Store, space: Workspace) -> None:
    opened = store.open_round(space.token, model="m")
    for voter, answer in {"v": "yes", "w": "no", "x": "no"}.items():
        store.cast_vote(space.token, opened.id, link="a|b", voter=voter, answer=answer)
    store.cast_vote(space.token, opened.id, link="b|c", voter="v", answer="depends")
    assert store.votes(space.token, opened.id) == {"a|b": Tally(3, None), "b|c": Tally(1, None)}
    closed = store.close_round(space.token, opened.id)
    assert closed.closed_at is not None
    assert store.votes(space.token, opened.id) == {
        "a|b": Tally(3, {"yes": 1, "no": 2, "depends": 0}),
        "b|c": Tally(1, {"yes": 0, "no": 0, "depends": 1}),
    }


def test_a_vote_may_be_changed_until_the_round_is_closed(store: Store, space: Workspace) -> None:
    opened = store.open_round(space.token, model="m")
    for answer in ("yes", "no", "depends"):
        store.cast_vote(space.token, opened.id, link="a|b", voter="v", answer=answer)
    assert store.votes_by(space.token, opened.id, voter="v") == {"a|b": "depends"}
    assert store.votes_by(space.token, opened.id, voter="w") == {}
    assert store.votes(space.token, opened.id)["a|b"].voted == 1
    closed = store.close_round(space.token, opened.id)
    with pytest.raises(StoreProblem, match="is closed"):
        store.cast_vote(space.token, opened.id, link="a|b", voter="v", answer="yes")
    assert store.close_round(space.token, opened.id) == closed
    assert store.votes(space.token, opened.id)["a|b"].counts == {"yes": 0, "no": 0, "depends": 1}


def test_one_round_of_a_kind_is_open_at_a_time_and_they_are_numbered(store: Store, space: Workspace) -> None:
    first = store.open_round(space.token, model="m")
    assert store.open_round(space.token, model="m") == first
    on_one = store.open_round(space.token, model="m", link="a|b")
    assert on_one.number == 1
    first = store.close_round(space.token, first.id)
    second = store.open_round(space.token, model="m")
    assert (first.number, second.number) == (1, 2)
    assert store.rounds(space.token, model="m") == (first, on_one, second)
    assert store.rounds(space.token, model="other") == ()


def test_a_round_on_one_arrow_takes_no_votes_on_another(store: Store, space: Workspace) -> None:
    opened = store.open_round(space.token, model="m", link="a|b")
    with pytest.raises(StoreProblem, match="another arrow"):
        store.cast_vote(space.token, opened.id, link="b|c", voter="v", answer="yes")
    assert store.votes(space.token, opened.id) == {}


def test_a_round_on_one_arrow_closes_when_all_have_voted(store: Store, space: Workspace) -> None:
    opened = store.open_round(space.token, model="m", link="a|b", expected=2)
    for answer in ("yes", "no"):
        store.cast_vote(space.token, opened.id, link="a|b", voter="v", answer=answer)
    assert store.rounds(space.token)[0].closed_at is None
    store.cast_vote(space.token, opened.id, link="a|b", voter="w", answer="no")
    assert store.rounds(space.token)[0].closed_at is not None
    assert store.votes(space.token, opened.id)["a|b"].counts == {"yes": 0, "no": 2, "depends": 0}


@pytest.mark.parametrize("wrong", [{"answer": "maybe"}, {"answer": "YES"}, {"voter": ""}, {"link": ""}])
def test_a_vote_is_one_of_three_answers_by_somebody_on_an_arrow(
    store: Store, space: Workspace, wrong: dict[str, str]
) -> None:
    opened = store.open_round(space.token, model="m")
    with pytest.raises(StoreProblem):
        store.cast_vote(space.token, opened.id, **{"link": "a|b", "voter": "v", "answer": "yes", **wrong})
    assert store.votes(space.token, opened.id) == {}


@pytest.mark.parametrize("expected", [-1, 20_001])
def test_the_number_who_vote_is_bounded(store: Store, space: Workspace, expected: int) -> None:
    with pytest.raises(StoreProblem, match="number who vote"):
        store.open_round(space.token, model="m", link="a|b", expected=expected)


def test_many_who_vote_at_once_are_all_counted_once(store: Store, space: Workspace) -> None:
    opened = store.open_round(space.token, model="m")
    ballots = [(f"voter {number}", answer) for number in range(20) for answer in ("yes", "no")]
    with ThreadPoolExecutor(8) as pool:
        list(
            pool.map(
                lambda one: store.cast_vote(space.token, opened.id, link="a|b", voter=one[0], answer=one[1]),
                ballots,
            )
        )
    assert store.votes(space.token, opened.id)["a|b"].voted == 20


def test_many_who_open_a_round_at_once_are_in_the_same(store: Store, space: Workspace) -> None:
    with ThreadPoolExecutor(8) as pool:
        opened = set(pool.map(lambda _: store.open_round(space.token, model="m"), range(16)))
    assert len(opened) == 1


def test_votes_of_a_round_are_bounded(
    store: Store, space: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vote, "VOTES", 2)
    opened = store.open_round(space.token, model="m")
    for voter in "vw":
        store.cast_vote(space.token, opened.id, link="a|b", voter=voter, answer="yes")
    with pytest.raises(StoreProblem, match="2 votes in this round"):
        store.cast_vote(space.token, opened.id, link="a|b", voter="x", answer="no")
    store.cast_vote(space.token, opened.id, link="a|b", voter="v", answer="no")
    assert store.votes(space.token, opened.id)["a|b"].voted == 2
