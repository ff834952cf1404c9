"""Ratings in the store: each stays beside the others; the last of each box and role say where all stand."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date

from loops.partners import Mark, Profile
from loops.store import Store
from loops.store.records import Rating, Workspace

MAY, JUNE, JULY = (date(2026, month, 1) for month in (5, 6, 7))
SAID = Mark("insight", "a little", MAY, role="GP", reason="They asked us twice", who="Somebody")


def test_each_thing_said_is_kept_and_a_slip_is_taken_back(store: Store, space: Workspace) -> None:
    surgery = store.add_partner(space.token, model="m", profile=Profile("Surgery A"))
    first, later = store.rate(space.token, surgery.id, [replace(SAID, day=JUNE), SAID], author="Typist")
    (again,) = store.rate(space.token, surgery.id, [SAID])  # two may say the same
    assert [one.mark for one in (first, later, again)] == [SAID, replace(SAID, day=JUNE), SAID]
    assert [one.author for one in (first, later, again)] == ["Typist", "Typist", ""]
    assert store.ratings(space.token, surgery.id) == (first, again, later)
    assert store.ratings(space.token, surgery.id, until=MAY) == (first, again)
    store.delete(space.token, first)
    assert store.ratings(space.token, surgery.id) == (again, later)
    assert store.ratings(space.token, surgery.id, deleted=True) == (first,)
    store.restore(space.token, first)
    assert store.ratings(space.token, surgery.id) == (first, again, later)
    assert store.rate(space.token, surgery.id, []) == ()


def standing(ratings: tuple[Rating, ...], until: date | None) -> list[Rating]:
    """The oracle: of each box and role those of the last day, found one by one."""
    seen = [one for one in ratings if until is None or one.mark.day <= until]
    last: dict[tuple[str, str], date] = {}
    for one in seen:
        box = (one.mark.on, one.mark.role)
        last[box] = max(last.get(box, one.mark.day), one.mark.day)
    return [one for one in seen if last[one.mark.on, one.mark.role] == one.mark.day]


def test_where_all_stand_is_what_was_said_last_of_each_box_by_each_role(
    store: Store, space: Workspace
) -> None:
    draw = random.Random(1)
    team = [store.add_partner(space.token, model="m", profile=Profile(f"Surgery {name}")) for name in "ABCD"]
    unrated, gone = team[2:]
    other = store.add_partner(space.token, model="other", profile=Profile("Surgery E"))
    for one in (*team[:2], gone, other):
        marks = [
            Mark(draw.choice("ab"), "partly", draw.choice((MAY, JUNE, JULY)), role=draw.choice(("", "GP")))
            for _ in range(30)
        ]
        for slip in draw.sample(store.rate(space.token, one.id, marks), 10):
            store.delete(space.token, slip)
    store.delete(space.token, gone)
    days = (None, JUNE, date(2026, 4, 1))
    for until, stood in zip(days, store.standings(space.token, model="m", days=days), strict=True):
        expected = {
            one.id: found
            for one in team[:2]
            if (found := standing(store.ratings(space.token, one.id), until))
        }
        assert {number: list(each) for number, each in stood.items()} == expected
        assert (unrated.id in stood, bool(stood)) == (False, until != date(2026, 4, 1))
        assert store.standings(space.token, model="m", days=(until,)) == (stood,)
    others = store.create_workspace("Others")
    assert store.standings(others.token, model="m") == ({},)
