"""Partners from files and as histories: what is new is added once, whoever takes in what how often."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from histories import MODEL

from loops.complaints import BadFile
from loops.partners import Deed, Mark, Profile
from loops.partners.document import write_history
from loops.partners.table import write_table
from loops.store import Store, bounds
from loops.store.records import TakenIn, Workspace

DAY = date(2026, 3, 15)
TABLE = (
    "partner,setting,day,on,role,rating,who\n"
    "Surgery A,A GP surgery,2026-03-15,trust,GP,not yet,Somebody\n"
    "Surgery A,,2026-03-15,trust,GP,not yet,Somebody\n"  # two may say the same
    "Surgery B,,2026-03-15,insight,,partly,\n"
)


def take(store: Store, token: str, text: str, file: str = "ratings.csv") -> TakenIn:
    return store.import_partners(token, text.encode(), file, model=MODEL)


def test_a_table_is_added_and_what_is_here_already_is_not(store: Store, space: Workspace) -> None:
    token = space.token
    assert take(store, token, TABLE) == TakenIn(partners=2, ratings=3, actions=0, already=0)
    first, second = store.partners(token, model=MODEL.id)
    assert (first.profile.setting, first.profile.roles) == ("A GP surgery", ("GP",))
    assert take(store, token, TABLE) == TakenIn(partners=0, ratings=0, actions=0, already=3)
    slip = store.ratings(token, second.id)[0]
    store.delete(token, slip)  # what was taken back here does not come again
    store.edit_partner(token, first.id, version=1, profile=replace(first.profile, setting="Ours"))
    more = TABLE + "surgery a,,2026-04-15,trust,GP,partly,\n" + "Surgery C,,2026-03-15,trust,,partly,\n"
    assert take(store, token, more) == TakenIn(partners=1, ratings=2, actions=0, already=3)
    assert store.partner(token, first.id).profile.setting == "Ours"
    assert len(store.ratings(token, first.id)) == 3
    assert store.ratings(token, second.id) == ()


def test_what_goes_out_with_names_comes_back_in_another_space(store: Store, space: Workspace) -> None:
    kept = store.add_partner(
        space.token, model=MODEL.id, profile=Profile("Surgery A", roles=("GP",), hours_us=2.0)
    )
    store.rate(space.token, kept.id, [Mark("trust", "partly", DAY, "GP", "So", "Somebody")], author="Typist")
    done = store.add_action(space.token, kept.id, Deed("We rang", DAY))
    store.edit_action(space.token, done.id, version=1, deed=Deed("We rang twice", DAY, lever="training"))
    slip = store.add_action(space.token, kept.id, Deed("A slip", DAY))
    store.delete(space.token, slip)
    history = store.history(space.token, kept.id)
    assert history.profile.alias == kept.alias
    assert history.deeds == (Deed("We rang twice", DAY, lever="training"),)
    assert store.histories(space.token, model=MODEL.id) == (history,)
    assert store.histories(space.token, model="other") == ()
    whole = write_history(history, with_names=True)
    assert take(store, space.token, whole, "partner.TOML") == TakenIn(0, 0, 0, already=2)
    before = write_history(replace(history, deeds=(Deed("We rang", DAY), slip.deed)), with_names=True)
    assert take(store, space.token, before, "partner.toml") == TakenIn(0, 0, 0, already=3)
    other = store.create_workspace("Others").token
    assert take(store, other, whole, "partner.toml") == TakenIn(partners=1, ratings=1, actions=1, already=0)
    (moved,) = store.partners(other)
    back = store.history(other, moved.id)
    assert replace(back, profile=replace(back.profile, alias="")) == replace(
        history, profile=replace(history.profile, alias="")
    )
    assert take(store, other, write_table([history], with_names=True)) == TakenIn(0, 0, 0, already=1)


def test_who_watches_is_told_how_far_it_is_and_who_ends_it_adds_nothing(
    store: Store, space: Workspace
) -> None:
    heard = []

    def stop_at_the_second(share: float, says: str) -> None:
        heard.append((share, says))
        if share:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        store.import_partners(
            space.token, TABLE.encode(), "ratings.csv", model=MODEL, progress=stop_at_the_second
        )
    assert heard[-1] == (0.5, "1 of 2 partners are read")
    assert store.partners(space.token) == ()
    assert take(store, space.token, TABLE).partners == 2


def test_with_one_thing_wrong_nothing_is_added(
    store: Store, space: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    for text, says in (
        (TABLE + "Surgery C,,2026-03-15,truth,,partly,\n", "Row 5: on is “truth”"),
        (
            TABLE + "".join(f"B,,2026-03-15,trust,{role},partly,\n" for role in range(60)),
            "B: There are 60",
        ),
    ):
        with pytest.raises(BadFile, match=f"^ratings.csv: {says}"):
            take(store, space.token, text)
    monkeypatch.setitem(bounds.MOST, "partners", 1)
    with pytest.raises(BadFile, match=r"ratings.csv: Surgery B: .* no more are kept"):
        take(store, space.token, TABLE)
    assert store.partners(space.token) == ()


@pytest.mark.parametrize("name", ["Surgery A ", "Surg\\u0000ery A"])
def test_a_partner_is_known_again_by_its_name_as_it_is_kept(
    store: Store, space: Workspace, name: str
) -> None:
    text = f'model = "{MODEL.id}"\n[partner]\nname = "{name}"\n'
    assert [take(store, space.token, text, "a.toml").partners for _ in range(3)] == [1, 0, 0]
    assert [one.profile.name for one in store.partners(space.token)] == ["Surgery A"]
    alike = "partner,day,on,rating\n" + "".join(
        f"{name},2026-03-15,trust,partly\n" for name in ("Surgery\u00a0A", "surgery  a")
    )
    assert take(store, space.token, alike) == TakenIn(partners=0, ratings=2, actions=0, already=0)


def test_two_of_one_name_must_be_told_apart_first(store: Store, space: Workspace) -> None:
    first, _ = (
        store.add_partner(space.token, model=MODEL.id, profile=Profile(name))
        for name in ("Surgery A", "surgery a")
    )
    with pytest.raises(BadFile, match=r"^ratings.csv: Surgery A: Two partners here are called “Surgery A”"):
        take(store, space.token, TABLE)
    store.delete(space.token, first)
    assert take(store, space.token, TABLE).partners == 1
