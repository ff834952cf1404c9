"""A space as one file: nothing is lost on the way, and names and notes are in it only when asked for."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from loops.partners import Deed, Mark, Profile
from loops.store import Store, StoreProblem, incoming
from loops.store.records import Seen, Workspace

SECRETS = (
    "Our team",
    "Monday with Sam",
    "Sam's plan",
    "Slow here",
    "Train Sam first",
    "Sam",
    "Deleted words",
    "Signs by Sam",
    "What we would hear",
    "Charter of Sam's surgery",
    "Surgery of Sam",
    "Nurse Sam",
    "Asked by Sam",
    "If we train Sam",
    "Ask Sam",
)


UNNAMED = '{"living_loops_space": 1, "name": ["x"]}'


def fill(store: Store, token: str) -> None:
    """Something of every kind, some of it deleted, some of it edited."""
    meeting = store.start_meeting(token, title="Monday with Sam", model="m")
    store.end_meeting(token, meeting.id)
    store.start_meeting(token)
    store.save_decision(token, what="Train Sam first", who="Sam", by_when="May", meeting_id=meeting.id)
    decision = store.save_decision(token, what="Wait", who="Sam")
    store.add_note(token, model="m", element=f"decision:{decision.id}", text="Slow here, we saw")
    for question, number in (("Which way?", meeting.id), ("Which most?", None)):
        store.save_show_of_hands(
            token, question=question, options=["Up", "Dówn 🙂"], counts=[3, 0], meeting_id=number
        )
    store.save_snapshot(token, title="Sam's plan", model="m", payload='{"a": "é\\u0000"}')
    store.delete(token, store.save_snapshot(token, title="Deleted words", model="m", payload="{}"))
    note = store.add_note(token, model="m", element="node:a", text="Slow here", role="gp", author="Sam")
    store.edit_note(token, note.id, version=1, text="Slow here still", author="Sam")
    store.edit_note(token, note.id, version=1, text="Slow here too")
    store.delete(token, store.add_note(token, model="m", element="link:a|b", text="Deleted words"))
    slow = Seen("2024-03", "Minutes", "Slow here, seen", "contradicts", who="Sam", expected="yes")
    seen = store.add_observation(token, model="m", element="claim:a", seen=slow, author="Sam")
    store.edit_observation(token, seen.id, version=1, seen=replace(slow, who=""))
    store.edit_observation(token, seen.id, version=1, seen=replace(slow, bearing="qualifies"))
    gone = store.add_observation(token, model="m", element="node:a", seen=replace(slow, what="Deleted words"))
    store.delete(token, gone)
    for link in ("", "a|b"):
        votes = store.open_round(token, model="m", link=link)
        store.cast_vote(token, votes.id, link="a|b", voter="voter token", answer="no")
        store.close_round(token, votes.id)
    imagine(store, token)
    know(store, token)


def know(store: Store, token: str) -> None:
    """A partner with ratings, actions, courses and a decision, and another one that was deleted."""
    store.delete(token, store.add_partner(token, model="m", profile=Profile("Deleted words")))
    day = date(2026, 5, 1)
    who = Profile("Surgery of Sam", roles=("Nurse Sam", "GP"), hours_us=2.5)
    surgery = store.add_partner(token, model="m", profile=who)
    store.edit_partner(token, surgery.id, version=1, profile=replace(who, setting="A GP surgery"))
    marks = [Mark(box, "don't know", day, reason="Asked by Sam", who="Sam") for box in ("a", "b")]
    store.delete(token, store.rate(token, surgery.id, marks, author="Sam")[0])
    done = store.add_action(token, surgery.id, Deed("Asked by Sam", day, until=day, who="Sam"))
    store.edit_action(token, done.id, version=1, deed=replace(done.deed, until=None))
    store.delete(token, store.add_action(token, surgery.id, Deed("Deleted words", day)))
    store.keep_course(token, surgery.id, title="If we train Sam", begun=day, payload='{"a": 1}')
    store.save_decision(token, what="Ask Sam", partner_id=surgery.id)


def imagine(store: Store, token: str) -> None:
    """A utopia with ideas, items and commitments, and another one that was deleted."""
    gone = store.start_utopia(token, model="m", setting="A park")
    store.add_idea(token, gone.id, text="Deleted words", sense="feel")
    store.delete(token, gone)
    surgery = store.start_utopia(token, model="m", setting="GP surgery", title="Charter of Sam's surgery")
    signs, racks = (
        store.add_item(token, surgery.id, label=label, hours_us=0.1, cost=2.5, owner="Sam", at="social")
        for label in ("Signs", "Racks")
    )
    signs = store.edit_item(token, signs.id, version=1, label="Signs by Sam", chosen=False)
    first, second = (
        store.add_idea(token, surgery.id, text=text, sense="hear", at_table="Sam's", author="Sam")
        for text in ("What we would hear", "And more")
    )
    store.edit_idea(token, first.id, version=1, text="What we would hear there")
    store.edit_idea(token, first.id, version=1, text="What we would hear here")
    store.gather(token, signs.id, [first.id, second.id])
    store.save_commitment(token, surgery.id, what="Put them up", who="Sam", item_id=signs.id)
    store.delete(token, store.save_commitment(token, surgery.id, what="Deleted words"))
    store.delete(token, racks)


def everything(store: Store, token: str) -> list[object]:
    """All that can be read in a space, with the ids that differ taken out."""
    read = [
        *store.meetings(token),
        *store.decisions(token),
        *store.shows_of_hands(token),
        *store.snapshots(token),
        *store.snapshots(token, deleted=True),
        *store.notes(token),
        *store.notes(token, deleted=True),
        *(version for note in store.notes(token) for version in store.note_history(token, note.id)),
        *store.observations(token),
        *store.observations(token, deleted=True),
        *(past for one in store.observations(token) for past in store.observation_history(token, one.id)),
        *store.rounds(token),
        *imagined(store, token),
        *known(store, token),
        *(tally for votes in store.rounds(token) for tally in store.votes(token, votes.id).items()),
    ]
    return [comparable(one) if hasattr(one, "id") else one for one in read]


def imagined(store: Store, token: str) -> list[object]:
    utopias = store.utopias(token)
    lists = (store.ideas, store.items, store.commitments)
    return [
        *utopias,
        *store.utopias(token, deleted=True),
        *(one for each in utopias for kept in lists for one in kept(token, each.id)),
        *(one for each in utopias for kept in lists for one in kept(token, each.id, deleted=True)),
        *(
            past
            for each in utopias
            for one in store.ideas(token, each.id)
            for past in store.idea_history(token, one.id)
        ),
        *(
            past
            for each in utopias
            for one in store.items(token, each.id)
            for past in store.item_history(token, one.id)
        ),
    ]


def known(store: Store, token: str) -> list[object]:
    partners = store.partners(token)
    lists = (store.ratings, store.actions, store.courses)
    return [
        *partners,
        *store.partners(token, deleted=True),
        *(one for each in partners for kept in lists for one in kept(token, each.id)),
        *(one for each in partners for kept in lists for one in kept(token, each.id, deleted=True)),
        *(past for each in partners for past in store.partner_history(token, each.id)),
        *(
            past
            for each in partners
            for one in store.actions(token, each.id)
            for past in store.action_history(token, one.id)
        ),
    ]


def comparable(record: object) -> dict[str, object]:
    numbers = ("id", "meeting_id", "utopia_id", "item_id", "partner_id", "beside")
    kept = {name: value for name, value in vars(record).items() if name not in numbers}
    if str(kept.get("element")).startswith("decision:"):
        kept["element"] = "decision"
    return kept


@pytest.fixture
def full(store: Store, space: Workspace) -> Workspace:
    fill(store, space.token)
    return space


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A full space as a file."""
    with Store.open(f"sqlite:///{tmp_path_factory.mktemp('whole')}/loops.db") as store:
        token = store.create_workspace("Our team").token
        fill(store, token)
        return store.export(token, with_words=True)


def test_nothing_is_lost_from_one_database_to_another(store: Store, full: Workspace, tmp_path: Any) -> None:
    text = store.export(full.token, with_words=True)
    with Store.open(f"sqlite:///{tmp_path}/other.db") as other:
        other.create_workspace("so that numbers differ")
        fill(other, other.create_workspace("and theirs too").token)
        moved = other.import_workspace(text)
        assert moved.name == full.name
        assert everything(other, moved.token) == everything(store, full.token)
        back = store.import_workspace(other.export(moved.token, with_words=True))
    assert everything(store, back.token) == everything(store, full.token)
    assert len({full.token, moved.token, back.token}) == 3


def test_what_belongs_together_still_does(store: Store, full: Workspace) -> None:
    token = store.import_workspace(store.export(full.token, with_words=True)).token
    ended, going_on = store.meetings(token)
    assert [one.meeting_id for one in store.decisions(token)] == [ended.id, None, None]
    (partner,) = store.partners(token)
    assert [one.partner_id for one in store.decisions(token)] == [None, None, partner.id]
    assert [one.meeting_id for one in store.shows_of_hands(token)] == [ended.id, None]
    seen, edited, beside = store.notes(token)
    assert seen.element == f"decision:{store.decisions(token)[1].id}"
    assert (edited.version, beside.beside) == (2, edited.id)
    assert store.start_meeting(token) == going_on
    (surgery,) = store.utopias(token)
    (signs,) = store.items(token, surgery.id)
    ideas = store.ideas(token, surgery.id)
    assert [one.item_id for one in ideas] == [signs.id, signs.id, None]
    assert [one.beside for one in ideas] == [None, None, ideas[0].id]
    assert [one.item_id for one in store.commitments(token, surgery.id)] == [signs.id]
    (park,) = store.utopias(token, deleted=True)
    store.restore(token, park)
    assert [one.text for one in store.ideas(token, park.id)] == ["Deleted words"]


def test_names_and_notes_are_in_the_file_only_when_asked_for(store: Store, full: Workspace) -> None:
    with_words = store.export(full.token, with_words=True)
    without = store.export(full.token, with_words=False)
    for secret in SECRETS:
        assert secret in with_words
        assert secret not in without
    for text in (with_words, without):
        assert full.token not in text
        assert "voter token" not in text
    token = store.import_workspace(without).token
    assert store.notes(token) == store.decisions(token) == store.snapshots(token) == ()
    assert store.observations(token, deleted=True) == store.observations(token) == ()
    assert store.utopias(token, deleted=True) == store.utopias(token) == ()
    assert store.partners(token, deleted=True) == store.partners(token) == ()
    assert [one.title for one in store.meetings(token)] == ["", ""]
    assert [one.counts for one in store.shows_of_hands(token)] == [(3, 0), (3, 0)]
    closed = store.rounds(token)[0]
    assert store.votes(token, closed.id)["a|b"].counts == {"yes": 0, "no": 1, "depends": 0}


def test_hands_that_were_deleted_are_in_the_file_only_with_the_words(store: Store, full: Workspace) -> None:
    store.delete(full.token, store.shows_of_hands(full.token)[0])
    for with_words, deleted in ((True, 1), (False, 0)):
        token = store.import_workspace(store.export(full.token, with_words=with_words)).token
        assert len(store.shows_of_hands(token)) == 1
        assert len(store.shows_of_hands(token, deleted=True)) == deleted


@pytest.mark.parametrize("with_words", [True, False])
def test_hands_of_a_deleted_meeting_are_moved_too(store: Store, full: Workspace, with_words: bool) -> None:
    store.delete(full.token, store.meetings(full.token)[0])
    token = store.import_workspace(store.export(full.token, with_words=with_words)).token
    assert len(store.shows_of_hands(token)) == 2
    assert len(store.meetings(token)) == len(store.meetings(token, deleted=True)) == 1


@pytest.mark.parametrize("with_words", [True, False])
def test_hidden_votes_are_in_no_file(store: Store, full: Workspace, with_words: bool) -> None:
    votes = store.open_round(full.token, model="m")
    with pytest.raises(StoreProblem, match="Close it first"):
        store.export(full.token, with_words=with_words)
    store.close_round(full.token, votes.id)
    assert store.export(full.token, with_words=with_words)


def test_an_empty_space_goes_into_a_file_too(store: Store, space: Workspace) -> None:
    for with_words, name in ((True, "Our team"), (False, "From a file")):
        moved = store.import_workspace(store.export(space.token, with_words=with_words))
        assert moved.name == name
        assert everything(store, moved.token) == []
    assert store.import_workspace(store.export(space.token, with_words=True), name="Mine").name == "Mine"


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "null", "{}", '{"living_loops_space": "1"}', "[" * 100_000, "NaN", UNNAMED]
)
def test_a_file_that_is_no_space_is_one_sentence(text: str) -> None:
    with pytest.raises(StoreProblem, match="is no shared space that was saved here"):
        incoming.read(text)


def test_a_file_of_a_newer_version_says_so(store: Store) -> None:
    with pytest.raises(StoreProblem, match="newer version"):
        store.import_workspace('{"living_loops_space": 5}')


PARTNERS = ("partner", "rating", "action", "course")


@pytest.mark.parametrize(
    ("format", "lacks"),
    [
        (1, ("observation", "utopia", "item", "idea", "commitment", *PARTNERS)),
        (2, ("utopia", "item", "idea", "commitment", *PARTNERS)),
        (3, PARTNERS),
    ],
)
def test_a_file_from_before_there_was_so_much_still_opens(
    store: Store, whole: str, format: int, lacks: tuple[str, ...]
) -> None:
    content = {**json.loads(whole), "living_loops_space": format}
    older = {name: rows for name, rows in content.items() if not name.startswith(lacks)}
    for row in older["decisions"]:
        del row["partner_id"]
    token = store.import_workspace(json.dumps(older)).token
    assert len(store.decisions(token)) == 3
    assert len(store.notes(token)) == 3
    assert len(store.observations(token)) == (0 if format == 1 else 2)
    assert len(store.utopias(token)) == (1 if format == 3 else 0)
    assert store.partners(token) == ()


def test_a_file_that_is_too_large_says_so(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(incoming, "_MOST_CHARACTERS", 10)
    with pytest.raises(StoreProblem, match="too large"):
        store.import_workspace('{"living_loops_space": 1}')


def damaged(text: str, table: str, **values: object) -> str:
    content = json.loads(text)
    content[table][0] |= values
    return json.dumps(content)


WRONG: list[tuple[str, dict[str, object]]] = [
    ("meetings", {"started_at": "yesterday"}),
    ("meetings", {"started_at": None}),
    ("meetings", {"started_at": "0001-01-01T00:00:00+14:00"}),
    ("meetings", {"title": 3}),
    ("meetings", {"title": "x" * 201}),
    ("meetings", {"workspace_id": 1}),
    ("meetings", {"id": None}),
    ("meetings", {"id": "1"}),
    ("decisions", {"meeting_id": 77}),
    ("decisions", {"meeting_id": True}),
    ("hand_counts", {"hand_id": 77}),
    ("hand_counts", {"count": -1}),
    ("hand_counts", {"count": 2**31}),
    ("hand_counts", {"count": 1.5}),
    ("hands", {"id": 2}),
    ("notes", {"version": 3}),
    ("notes", {"beside": 77}),
    ("notes", {"element": "decision:77"}),
    ("note_versions", {"version": 2}),
    ("observations", {"version": 3}),
    ("observations", {"beside": 77}),
    ("observation_versions", {"bearing": "proves"}),
    ("observation_versions", {"expected": None}),
    ("observation_versions", {"version": 2}),
    ("items", {"version": 3}),
    ("items", {"utopia_id": 77}),
    ("item_versions", {"version": 2}),
    ("item_versions", {"hours_us": -1}),
    ("item_versions", {"hours_us": 10_001}),
    ("item_versions", {"cost": float("nan")}),
    ("item_versions", {"cost": "2.5"}),
    ("item_versions", {"cost": True}),
    ("item_versions", {"chosen": 1}),
    ("item_versions", {"at": "personal"}),
    ("item_versions", {"on": "everybody"}),
    ("item_versions", {"strength": "huge"}),
    ("ideas", {"sense": "smell"}),
    ("ideas", {"item_id": 77}),
    ("ideas", {"beside": 77}),
    ("idea_versions", {"author": None}),
    ("commitments", {"item_id": 77}),
    ("commitments", {"utopia_id": None}),
    ("partners", {"version": 3}),
    ("partner_versions", {"kind": "friend"}),
    ("partner_versions", {"version": 2}),
    ("ratings", {"partner_id": 77}),
    ("ratings", {"id": 2}),
    ("ratings", {"said": "fully"}),
    ("ratings", {"day": "soon"}),
    ("ratings", {"day": "2999-01-01"}),
    ("ratings", {"day": None}),
    ("actions", {"version": 3}),
    ("action_versions", {"version": 2}),
    ("action_versions", {"until": "1066-10-14"}),
    ("action_versions", {"until": "2026-04-30"}),
    ("courses", {"partner_id": None}),
    ("courses", {"begun": 2026}),
    ("decisions", {"partner_id": 77}),
    ("votes", {"answer": "maybe"}),
    ("votes", {"answer": None}),
    ("votes", {"round_id": None}),
]


def test_a_file_that_was_changed_is_refused_whole(store: Store, whole: str) -> None:
    taken = [one for one in WRONG if is_taken(store, damaged(whole, one[0], **one[1]))]
    assert taken == []
    assert store.new_links("Our team") == ()
    assert is_taken(store, whole)


def is_taken(store: Store, text: str) -> bool:
    try:
        store.import_workspace(text)
    except StoreProblem:
        return False
    return True


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(data=st.data())
def test_whatever_a_file_holds_is_a_space_or_one_sentence(
    store: Store, whole: str, data: st.DataObject
) -> None:
    content = json.loads(whole)
    name = data.draw(st.sampled_from(sorted(content)))
    part = content[name]
    if isinstance(part, list) and data.draw(st.booleans()):
        row = data.draw(st.sampled_from(part))
        row[data.draw(st.sampled_from(sorted(row)))] = data.draw(ANYTHING)
    else:
        content[name] = data.draw(ANYTHING)
    try:
        moved = store.import_workspace(json.dumps(content))
    except StoreProblem:
        return
    assert store.workspace(moved.token) == moved
    for votes in store.rounds(moved.token):  # a file may say that one was open still
        store.close_round(moved.token, votes.id)
    store.export(moved.token, with_words=True)
