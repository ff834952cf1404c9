"""A partner is erased: by its name, with what goes, and from what pages remember."""

from __future__ import annotations

import gc
from datetime import date

import pytest
from onscreen import open_page, press
from partnering import add, visit
from sittings import labelled, said

from loops.journey.standing import Changed
from loops.partners import Mark
from loops.store import Store, StoreProblem
from loops.store.records import Workspace

REASON = "Nobody else would say this"


def test_erasing_needs_the_name_and_says_what_goes(store: Store, space: Workspace) -> None:
    one = add(store, space)
    store.rate(space.token, one.id, [Mark("value", "partly", date(2026, 1, 2))])
    at = visit(space, one, "rate", "Remove")
    assert "1 rating" in said(at)
    press(at, "Erase it for good")
    assert any("Nothing was erased" in one.value for one in at.warning)
    assert store.partners(space.token)
    labelled(at.text_input, "To erase it").set_value("surgery a ")
    press(at, "Erase it for good")
    assert store.partners(space.token) == store.partners(space.token, deleted=True) == ()
    assert [one.value for one in at.toast] == ["It is erased: 1 rating."]
    assert "Surgery A" not in said(at)


def test_an_erased_partner_is_forgotten_by_pages_too_even_where_traces_are_left(
    store: Store, space: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def others_are_using_it(self: Store) -> None:
        raise StoreProblem("Others are using it.")

    one = add(store, space, model="common_purpose")
    store.rate(space.token, one.id, [Mark("value", "partly", date.today(), reason=REASON)])
    open_page("progress", space)
    assert remembered()
    monkeypatch.setattr(Store, "tidy", others_are_using_it)
    at = visit(space, one, "rate", "Remove")
    labelled(at.text_input, "To erase it").set_value("Surgery A")
    press(at, "Erase it for good")
    assert [each.value for each in at.warning] == [r"Others are using it\."]
    assert "partner" not in at.query_params
    assert not remembered()


def remembered() -> bool:
    """Whether what somebody said stands anywhere in memory as something learnt."""
    gc.collect()
    return any(isinstance(one, Changed) and one.reason == REASON for one in gc.get_objects())
