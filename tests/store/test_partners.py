"""Partners in the store: who they are, what was done with them, what we expected."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from loops.partners import Deed, Mark, Profile
from loops.store import Store, StoreProblem, bounds, rating, rows
from loops.store.records import Partner, Workspace

WHO = Profile(
    "Surgery A",
    alias="The one in the east",
    kind="workstream",
    setting="A GP surgery",
    workstream="Health",
    roles=("GP", "Practice nurse"),
    hours_us=6.5,
    hours_partner=2.0,
)
MAY, JUNE, JULY = (date(2026, month, 1) for month in (5, 6, 7))
SAID = Mark("insight", "a little", MAY, role="GP", reason="They asked us twice", who="Somebody")
DONE = Deed("We trained them", MAY, until=JUNE, lever="training", who="Somebody")


@pytest.fixture
def surgery(store: Store, space: Workspace) -> Partner:
    return store.add_partner(space.token, model="m", profile=WHO)


def test_a_partner_is_kept_with_all_that_is_said_of_it(
    store: Store, space: Workspace, surgery: Partner
) -> None:
    bare = store.add_partner(space.token, model="m", profile=Profile("Surgery B"))
    other = store.add_partner(space.token, model="other", profile=Profile("Surgery B"))
    assert (surgery.profile, surgery.alias) == (WHO, "The one in the east")
    assert (bare.profile, bare.alias) == (Profile("Surgery B"), f"Partner {bare.id}")
    assert store.partners(space.token) == (surgery, bare, other)
    assert store.partners(space.token, model="m") == (surgery, bare)
    assert store.partner(space.token, bare.id) == bare
    store.delete(space.token, bare)
    assert store.partners(space.token, deleted=True) == (bare,)
    with pytest.raises(StoreProblem, match="This partner is not here any more"):
        store.partner(space.token, bare.id)
    store.restore(space.token, bare)
    assert store.partner(space.token, bare.id) == bare


def test_an_edit_keeps_every_version_and_is_refused_where_somebody_was_faster(
    store: Store, space: Workspace, surgery: Partner
) -> None:
    edited = store.edit_partner(space.token, surgery.id, version=1, profile=replace(WHO, roles=()))
    assert (edited.version, edited.profile.roles, edited.made_at) == (2, (), surgery.made_at)
    with pytest.raises(StoreProblem, match="Somebody else has changed “Surgery A” in the meantime"):
        store.edit_partner(space.token, surgery.id, version=1, profile=replace(WHO, name="Surgery Z"))
    same = store.edit_partner(space.token, surgery.id, version=1, profile=replace(WHO, roles=()))
    assert same == edited  # two who say the same do not differ
    assert store.partner_history(space.token, surgery.id) == (surgery, edited)


def test_a_number_of_this_space_is_no_name_for_outsiders(store: Store, space: Workspace) -> None:
    given = Profile("Surgery A", alias="Partner 99")
    kept = store.add_partner(space.token, model="m", profile=given)
    assert (kept.profile.alias, kept.alias) == ("", f"Partner {kept.id}")


def test_outsiders_can_tell_two_partners_apart(store: Store, space: Workspace, surgery: Partner) -> None:
    says = "Another partner, here or taken off the list, is called “the one in the EAST” for outsiders"
    twin = Profile("Surgery B", alias="the one in the EAST")
    with pytest.raises(StoreProblem, match=says):
        store.add_partner(space.token, model="other", profile=twin)
    bare = store.add_partner(space.token, model="m", profile=Profile("Surgery B"))
    store.delete(space.token, surgery)
    with pytest.raises(StoreProblem, match=says):
        store.edit_partner(space.token, bare.id, version=1, profile=twin)
    store.restore(space.token, surgery)
    store.add_partner(space.token, model="m", profile=Profile("Surgery C"))
    again = replace(WHO, alias="The One in the East")
    assert store.edit_partner(space.token, surgery.id, version=1, profile=again).profile == again
    assert store.add_partner(store.create_workspace("Others").token, model="m", profile=twin)


WRONG_PROFILES: list[tuple[dict[str, Any], str]] = [
    ({"name": " "}, "The name is empty"),
    ({"name": "x" * 201}, "at most 200"),
    ({"name": "Surgery A", "alias": "SURGERY A "}, "is its name, so it cannot stand where names are left"),
    ({"kind": "friend"}, "a partner or a workstream"),
    ({"hours_us": -1}, "Our hours a month: write a number between 0 and 10,000"),
    ({"hours_partner": float("nan")}, "The partner’s hours a month"),
    ({"roles": tuple(map(str, range(51)))}, "51 roles, and at most 50"),
]
TOMORROW = date.today() + timedelta(days=1)
WRONG_MARKS: list[tuple[dict[str, Any], str]] = [
    ({"on": ""}, "The box is empty"),
    ({"said": "fully"}, "not yet, a little, partly or mostly there, or you don't know"),
    ({"day": TOMORROW + timedelta(days=1)}, "Choose a day from 1990 until today"),
    ({"day": date(202, 5, 1)}, "Choose a day from 1990 until today"),
    ({"reason": "x" * 4_001}, "The reason has 4,001"),
]
WRONG_DEEDS: list[tuple[dict[str, Any], str]] = [
    ({"what": "\0"}, "What was done is empty"),
    ({"day": TOMORROW + timedelta(days=1), "until": None}, "Choose a day"),
    ({"until": date(1066, 1, 1)}, "The day on which it stopped is 1066-01-01"),
    ({"until": MAY - timedelta(days=1)}, "stopped on 2026-04-30, before that"),
]


def test_what_cannot_be_is_refused_and_changes_nothing(
    store: Store, space: Workspace, surgery: Partner
) -> None:
    action = store.add_action(space.token, surgery.id, DONE)
    for wrong, says in WRONG_PROFILES:
        with pytest.raises(StoreProblem, match=says):
            store.add_partner(space.token, model="m", profile=replace(WHO, **wrong))
        with pytest.raises(StoreProblem, match=says):
            store.edit_partner(space.token, surgery.id, version=1, profile=replace(WHO, **wrong))
    for wrong, says in WRONG_MARKS:
        with pytest.raises(StoreProblem, match=says):
            store.rate(space.token, surgery.id, [SAID, replace(SAID, **wrong)])
    for wrong, says in WRONG_DEEDS:
        with pytest.raises(StoreProblem, match=says):
            store.edit_action(space.token, action.id, version=1, deed=replace(DONE, **wrong))
    with pytest.raises(StoreProblem, match="The day from which is 2999"):
        store.keep_course(space.token, surgery.id, title="A", begun=date(2999, 1, 1), payload="{}")
    with pytest.raises(StoreProblem, match="This partner is not here any more"):
        store.save_decision(space.token, what="Wait", partner_id=surgery.id + 1)
    assert store.partners(space.token) == (surgery,)
    assert store.ratings(space.token, surgery.id) == store.courses(space.token, surgery.id) == ()
    assert store.actions(space.token, surgery.id) == (action,)
    assert store.decisions(space.token) == ()


def test_tomorrow_may_have_begun_where_they_are(store: Store, space: Workspace, surgery: Partner) -> None:
    assert store.rate(space.token, surgery.id, [replace(SAID, day=TOMORROW)])


def test_how_much_is_kept_is_bounded(
    store: Store, space: Workspace, surgery: Partner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rating, "RATINGS", 2)
    monkeypatch.setattr(rows, "VERSIONS", 1)
    monkeypatch.setitem(bounds.MOST, "partners", 1)
    monkeypatch.setitem(bounds.MOST, "actions", 1)
    store.rate(space.token, surgery.id, [SAID])
    with pytest.raises(StoreProblem, match="no more are kept"):
        store.rate(space.token, surgery.id, [SAID, SAID])
    store.rate(space.token, surgery.id, [SAID])
    store.add_action(space.token, surgery.id, DONE)
    for work in (
        lambda: store.add_partner(space.token, model="m", profile=Profile("B")),
        lambda: store.edit_partner(space.token, surgery.id, version=1, profile=replace(WHO, name="B")),
        lambda: store.add_action(space.token, surgery.id, DONE),
    ):
        with pytest.raises(StoreProblem, match="no more are kept"):
            work()


def test_what_was_done_is_kept_with_every_version(store: Store, space: Workspace, surgery: Partner) -> None:
    bare = store.add_action(space.token, surgery.id, Deed("We rang", JUNE))
    whole = store.add_action(space.token, surgery.id, DONE)
    assert store.actions(space.token, surgery.id) == (whole, bare)  # by day
    goes_on = store.edit_action(space.token, whole.id, version=1, deed=replace(DONE, until=None))
    assert (goes_on.version, goes_on.deed.until) == (2, None)
    with pytest.raises(StoreProblem, match="Somebody else has changed “We trained them”"):
        store.edit_action(space.token, whole.id, version=1, deed=replace(DONE, what="We met"))
    assert store.edit_action(space.token, whole.id, version=1, deed=goes_on.deed) == goes_on
    assert store.action_history(space.token, whole.id) == (whole, goes_on)
    store.delete(space.token, bare)
    assert store.actions(space.token, surgery.id, deleted=True) == (bare,)


def test_what_we_expected_and_decided_is_kept_of_one_partner(
    store: Store, space: Workspace, surgery: Partner
) -> None:
    other = store.add_partner(space.token, model="m", profile=Profile("Surgery B"))
    later, first = (
        store.keep_course(space.token, surgery.id, title=title, begun=day, payload='{"a": 1}')
        for title, day in (("Train them", JUNE), ("Ask them", MAY))
    )
    assert store.courses(space.token, surgery.id) == (first, later)
    assert store.courses(space.token, other.id) == ()
    store.delete(space.token, first)
    assert store.courses(space.token, surgery.id, deleted=True) == (first,)
    about, not_about = (
        store.save_decision(space.token, what="Go", partner_id=who) for who in (surgery.id, None)
    )
    assert store.decisions(space.token, partner_id=surgery.id) == (about,)
    assert store.decisions(space.token) == (about, not_about)


def test_nothing_of_another_space_is_read_or_changed(
    store: Store, space: Workspace, surgery: Partner
) -> None:
    other = store.create_workspace("Others").token
    action = store.add_action(space.token, surgery.id, DONE)
    (said,) = store.rate(space.token, surgery.id, [SAID])
    for work in (
        lambda: store.partner(other, surgery.id),
        lambda: store.edit_partner(other, surgery.id, version=1, profile=Profile("Mine")),
        lambda: store.rate(other, surgery.id, [SAID]),
        lambda: store.ratings(other, surgery.id),
        lambda: store.add_action(other, surgery.id, DONE),
        lambda: store.edit_action(other, action.id, version=1, deed=Deed("Mine", MAY)),
        lambda: store.keep_course(other, surgery.id, title="Mine", begun=MAY, payload="{}"),
        lambda: store.history(other, surgery.id),
        lambda: store.belongings(other, surgery.id),
        lambda: store.erase_partner(other, surgery.id),
        lambda: store.save_decision(other, what="Mine", partner_id=surgery.id),
        lambda: store.delete(other, said),
    ):
        with pytest.raises(StoreProblem, match="not here any more"):
            work()
    assert store.partners(other) == store.partner_history(other, surgery.id) == ()
    assert store.partners(space.token) == (surgery,)
    assert store.ratings(space.token, surgery.id) == (said,)
