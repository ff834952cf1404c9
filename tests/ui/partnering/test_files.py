"""What is known of partners as files: out, with names only when ticked, and in again."""

from __future__ import annotations

from datetime import date
from typing import Any

from onscreen import press, run
from partnering import add, visit
from sittings import labelled

from loops.partners import Mark
from loops.store import Store
from loops.store.records import Workspace

PREPARE = "Prepare all ratings as a table"
TABLE = "Save the table (CSV)"


def test_what_is_known_leaves_as_a_file_without_names_unless_ticked_and_comes_back(
    store: Store, space: Workspace, files: dict[str, Any]
) -> None:
    one = add(store, space, alias="One of twelve", roles=("Nurse",))
    mark = Mark("value", "partly", date(2026, 1, 2), "Nurse", "They asked", "Pat Example")
    store.rate(space.token, one.id, [mark])
    at = visit(space)
    press(at, PREPARE)
    bare = files[TABLE]
    assert "One of twelve" in bare
    assert "They asked" in bare
    assert "Surgery A" not in bare
    assert "Pat" not in bare
    labelled(at.checkbox, "With names").check()
    press(at, PREPARE)
    named = files[TABLE]
    visit(space, one, "done", "Take away as a file")
    document = files["All that is known of it (TOML)"]()
    assert "One of twelve" in document
    assert "Surgery A" not in document
    assert "Pat" not in document
    other = store.create_workspace("South team")
    at = visit(other)
    labelled(at.file_uploader, "A table of many").upload(
        "a.csv", b"partner,day,on,rating\nA,then,value,partly\n"
    )
    press(run(at), "Add what it says")
    assert ["Row 2" in one.value for one in at.warning] == [True]
    for expected in ("Added: 1 partner and 1 rating.", "Nothing was added: all of it was here already."):
        labelled(at.file_uploader, "A table of many").upload("a.csv", named.encode())
        press(run(at), "Add what it says")
        assert expected in [one.value for one in at.info]
    (back,) = store.partners(other.token)
    assert [rating.mark for rating in store.ratings(other.token, back.id)] == [mark]
