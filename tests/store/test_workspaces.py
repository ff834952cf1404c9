"""Shared spaces: only their link opens them, and nothing lists them."""

from __future__ import annotations

import inspect
from datetime import date

import pytest
from histories import MODEL
from sqlalchemy import create_engine

from loops.partners import Deed, Mark, Profile
from loops.store import Store, StoreProblem
from loops.store.records import Seen, Workspace


def test_a_space_is_found_by_its_token_and_no_other(store: Store, space: Workspace) -> None:
    other = store.create_workspace("Our team")
    assert store.workspace(space.token) == space
    assert store.workspace(other.token) == other
    assert len({space.token, other.token}) == 2
    for wrong in (
        "",
        "x",
        space.token[:-1],
        space.token.lower() + "A",
        space.token + " ",
        "'; --",
        "\0",
        "\ud800",
    ):
        assert store.workspace(wrong) is None


def test_a_token_cannot_be_guessed_and_fits_into_a_link(space: Workspace) -> None:
    assert len(space.token) == 22  # 16 random bytes
    assert set(space.token) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")


def test_the_database_does_not_hold_the_token(sqlite: str) -> None:
    with Store.open(sqlite) as store:
        token = store.create_workspace("Our team").token
        store.save_snapshot(token, title="A", model="m", payload="{}")
    engine = create_engine(sqlite)
    with engine.connect() as connection:
        dump = "\n".join(connection.connection.driver_connection.iterdump())
    engine.dispose()
    assert "Our team" in dump
    assert token not in dump


def test_every_method_refuses_a_link_that_opens_nothing(store: Store, space: Workspace) -> None:
    given = {
        "title": "A",
        "model": "m",
        "payload": "{}",
        "meeting_id": 1,
        "what": "A",
        "question": "A",
        "options": ["a"],
        "counts": [1],
        "element": "node:a",
        "text": "A",
        "note_id": 1,
        "version": 1,
        "round_id": 1,
        "link": "a|b",
        "voter": "v",
        "answer": "yes",
        "with_words": True,
        "with_names": True,
        "observation_id": 1,
        "seen": Seen("2024", "Minutes", "A", "supports"),
        "data": b"date,on,what,source,bearing\n2024,a,A,Minutes,supports\n",
        "elements": {"node:a": "A"},
        "utopia_id": 1,
        "setting": "GP surgery",
        "sense": "see",
        "idea_id": 1,
        "item_id": 1,
        "idea_ids": [1],
        "said": {"label": "Signs"},
        "record": store.start_meeting(space.token),
        "partner_id": 1,
        "profile": Profile("Surgery A"),
        "marks": [Mark("a", "partly", date(2024, 1, 1))],
        "action_id": 1,
        "deed": Deed("A", date(2024, 1, 1)),
        "begun": date(2024, 1, 1),
        "file": "ratings.csv",
    }
    table = b"partner,day,on,rating\nSurgery A,2024-01-01,trust,partly\n"
    other = {"import_partners": {"model": MODEL, "data": table}}
    asked = 0
    for name, method in vars(Store).items():
        takes = inspect.signature(method).parameters if callable(method) else {}
        if "token" in takes and name != "workspace":
            needed = [
                one
                for one, what in takes.items()
                if what.default is what.empty and one not in ("store", "self")
            ]
            words = {one: (given | other.get(name, {})).get(one, "nonsense") for one in needed}
            said = words.pop("said", {})
            with pytest.raises(StoreProblem, match="opens no shared space"):
                getattr(store, name)(**words, **said)
            asked += 1
    assert asked >= 20
    assert len(store.meetings(space.token)) == 1


def test_a_lost_link_is_replaced_and_the_old_one_goes_on(store: Store, space: Workspace) -> None:
    note = store.add_note(space.token, model="m", element="node:a", text="Slow here")
    store.create_workspace("Their team")
    (found,) = store.new_links("Our team")
    assert found.token != space.token
    assert store.notes(found.token) == store.notes(space.token) == (note,)
    assert store.new_links("Nobody") == ()


def test_a_name_has_1_to_200_characters(store: Store) -> None:
    for name in ("", "  ", "\0", "x" * 201):
        with pytest.raises(StoreProblem, match="The name"):
            store.create_workspace(name)
    assert store.create_workspace("x" * 200).name == "x" * 200


def test_spaces_do_not_see_or_change_each_others_things(store: Store, space: Workspace) -> None:
    other = store.create_workspace("Their team").token
    mine = space.token
    meeting = store.start_meeting(mine)
    snapshot = store.save_snapshot(mine, title="A", model="m", payload="{}")
    note = store.add_note(mine, model="m", element="node:a", text="A")
    votes = store.open_round(mine, model="m")
    store.cast_vote(mine, votes.id, link="a|b", voter="v", answer="yes")
    surgery = store.start_utopia(mine, model="m", setting="GP surgery")
    theirs = store.start_utopia(other, model="m", setting="GP surgery")
    idea = store.add_idea(mine, surgery.id, text="A", sense="see")
    item = store.add_item(mine, surgery.id, label="A")
    for strange in (
        lambda: store.delete(other, snapshot),
        lambda: store.restore(other, note),
        lambda: store.end_meeting(other, meeting.id),
        lambda: store.save_decision(other, what="A", meeting_id=meeting.id),
        lambda: store.save_show_of_hands(
            other, question="A", options=["a"], counts=[1], meeting_id=meeting.id
        ),
        lambda: store.edit_note(other, note.id, version=1, text="B"),
        lambda: store.cast_vote(other, votes.id, link="a|b", voter="w", answer="no"),
        lambda: store.close_round(other, votes.id),
        lambda: store.votes(other, votes.id),
        lambda: store.votes_by(other, votes.id, voter="v"),
        lambda: store.ideas(other, surgery.id),
        lambda: store.items(other, surgery.id),
        lambda: store.commitments(other, surgery.id),
        lambda: store.add_idea(other, surgery.id, text="B", sense="see"),
        lambda: store.edit_idea(other, idea.id, version=1, text="B"),
        lambda: store.apart(other, idea.id),
        lambda: store.gather(other, item.id, [idea.id]),
        lambda: store.add_item(other, surgery.id, label="B"),
        lambda: store.edit_item(other, item.id, version=1, label="B"),
        lambda: store.save_commitment(other, surgery.id, what="A"),
        lambda: store.save_commitment(other, theirs.id, what="A", item_id=item.id),
    ):
        with pytest.raises(StoreProblem, match="not here any more"):
            strange()
    assert store.note_history(other, note.id) == store.idea_history(other, idea.id) == ()
    assert store.item_history(other, item.id) == ()
    assert (store.ideas(mine, surgery.id), store.items(mine, surgery.id)) == ((idea,), (item,))
    assert store.meetings(mine) == (meeting,)
    assert store.snapshots(mine) == (snapshot,)
    assert store.notes(mine) == (note,)
    assert store.rounds(mine) == (votes,)
    assert [store.snapshots(other), store.notes(other), store.meetings(other), store.rounds(other)] == [
        ()
    ] * 4
