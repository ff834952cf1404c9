"""Where they are: what is missing with its questions, the picture, what changed, the timeline, the page."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from docx import Document
from onscreen import CODE_WORDS, drawn, html, press, run
from partnering import add, visit
from sittings import MODEL, labelled, said
from svg import groups, parsed

from loops.journey.standing import Changed
from loops.narrate import on_day
from loops.partners import SAID, Deed, Mark
from loops.partners.said import Said
from loops.store import Store
from loops.store.records import Partner, Workspace
from loops.ui.partnering import since, timeline

FIRST, THEN, LAST = date(2026, 1, 5), date(2026, 3, 2), date(2026, 5, 4)
ROLES = ("GP", "Nurse", "Reception")
NASTY = '<script>alert(1)</script> ![x](http://example.org/x.png) & "so"'


def marks(day: date, role: str, **words: Said) -> list[Mark]:
    return [Mark(box, word, day, role) for box, word in words.items()]


@pytest.fixture
def surgery(store: Store, space: Workspace) -> Partner:
    """A surgery where reception is told nothing, and all else that counts is there."""
    one = add(store, space, roles=ROLES)
    store.rate(
        space.token,
        one.id,
        [
            *marks(FIRST, "GP", info_gp="mostly", value="a little", buy_in="a little", impact="don't know"),
            *marks(FIRST, "Nurse", value="not yet", strain="not yet", embedded="not yet"),
            Mark("info_reception", "not yet", FIRST, "Reception", "Nobody tells us", "Moss"),
        ],
    )
    return one


def picture(at: Any) -> dict[str, str]:
    """What each box of the picture says."""
    (sent,) = drawn(at, "canvas")
    return {name: box.get("aria-label") for name, box in groups(parsed(sent["svg"]), "node").items()}


def test_without_a_rating_the_way_to_rate_is_shown(store: Store, space: Workspace) -> None:
    at = visit(space, add(store, space), "where")
    assert any("Nobody has said yet" in each.value for each in at.info)
    press(at, "Rate it now")
    assert "Keep the answers" in [one.label for one in at.button]


def test_what_is_missing_is_said_with_who_says_so_and_what_to_talk_about(
    space: Workspace, surgery: Partner
) -> None:
    at = visit(space, surgery, "where")
    told = said(at)
    assert "<strong>Information for reception is missing.</strong>" in html(at)
    assert "Reception: **not yet**, on 5 January 2026. “Nobody tells us”" in told
    assert "In the same way it holds back Part of how the surgery works." in told
    assert all(prompt in html(at) for prompt in MODEL.nodes["info_reception"].prompts)
    assert picture(at)["info_reception"] == "Information for reception, not yet, missing"
    assert not CODE_WORDS.search(told)


def test_what_nobody_knows_names_whom_to_ask(space: Workspace, surgery: Partner) -> None:
    at = visit(space, surgery, "where")
    assert picture(at)["impact"].endswith(", don't know")
    assert "Who could tell us: Nurse and Reception." in said(at)  # the GP said that they do not know


def test_that_nobody_knows_is_said_and_is_no_gap(store: Store, space: Workspace) -> None:
    one = add(store, space, roles=ROLES)
    store.rate(space.token, one.id, marks(FIRST, "GP", value="don't know", info_gp="don't know"))
    at = visit(space, one, "where")
    told = said(at)
    assert "Nobody knows yet what “Buy-in: ready to act” lacks: ask." in told
    assert "is missing." not in told
    asked = labelled(at.expander, "What is not known yet on this way").markdown
    assert any(one.value.startswith("It helps with our own work") for one in asked)


def test_a_way_that_leads_through_another_outcome_is_told_once(store: Store, space: Workspace) -> None:
    """What holds back being ready holds back, through it, that it is part of how they work."""
    one = add(store, space, model="common_purpose")
    said_of = marks(FIRST, "", insight="a little", value="not yet", buy_in="a little", embedded="not yet")
    store.rate(space.token, one.id, said_of)
    told = said(visit(space, one, "where", model="common_purpose"))
    assert told.count("holds back “It helps with our own priorities”") == 1
    assert "which holds back “Buy-in: ready to act” (a little), which holds back “Part of how we" in told


def test_what_is_missing_further_back_is_said_once_with_what_to_talk_about(
    store: Store, space: Workspace, surgery: Partner
) -> None:
    store.rate(space.token, surgery.id, marks(THEN, "GP", value="mostly"))
    at = visit(space, surgery, "where")
    assert "Further back, Information for reception is missing." in html(at)
    assert MODEL.nodes["info_reception"].prompts[0] in html(at)
    assert "“Nobody tells us”" in said(at)
    assert said(at).count("Also: Information for reception") == 1  # on the way to the other outcome alone


def test_a_box_shows_what_each_role_said_and_all_that_was_said_before(
    store: Store, space: Workspace, surgery: Partner
) -> None:
    store.rate(space.token, surgery.id, [Mark("value", "mostly", THEN, "GP", NASTY)])
    at = visit(space, surgery, "where")
    assert "“It helps with our own work”: not yet (Nurse); mostly (GP)" in said(at)
    labelled(at.selectbox, "Find a box").set_value("node:value")
    told = said(run(at))
    assert "All together: **not yet to mostly**" in told
    assert "They see it differently" in told
    assert "All that was said of it: 3" in told
    assert "<script" not in html(at)
    assert picture(at)["value"].endswith("not yet to mostly")


def test_a_box_that_nobody_was_asked_about_says_so(space: Workspace, surgery: Partner) -> None:
    at = visit(space, surgery, "where")
    labelled(at.selectbox, "Find a box").set_value(
        "node:trust" if "trust" in MODEL.nodes else "node:learning"
    )
    assert "**Nobody has been asked.** Who could tell us: GP, Nurse and Reception." in said(run(at))


def test_what_changed_since_a_day_is_told_by_which_way_it_went(
    store: Store, space: Workspace, surgery: Partner
) -> None:
    assert "All was said on 5 January 2026." in said(visit(space, surgery, "where"))
    store.rate(
        space.token, surgery.id, marks(THEN, "GP", value="partly", info_gp="partly", impact="a little")
    )
    store.rate(space.token, surgery.id, marks(LAST, "Reception", info_reception="not yet", value="mostly"))
    at = visit(space, surgery, "where")
    assert (
        "Of the answers given since 2 March 2026, 1 was said for the first time and 1 stayed the same."
        in said(at)
    )
    labelled(at.date_input, "Since").set_value(FIRST)
    assert (
        "Of the answers given since 5 January 2026, 1 went up, 1 went down, 1 became known, "
        "1 was said for the first time and 1 stayed the same." in said(run(at))
    )


def test_every_way_that_an_answer_can_go_has_its_words() -> None:
    said = [Changed("value", "GP", was, now, FIRST, "") for was in (None, *SAID) for now in SAID]
    assert {each.way for each in said} == set(since.WAYS)
    order = [each.way for each in since.ordered(said)]
    assert sorted(order, key=list(since.WAYS).index) == order
    assert since.sentence(said[:1], FIRST).endswith("1 was said for the first time.")
    assert since.sentence(said[:2], FIRST).endswith("2 were said for the first time.")


def test_the_timeline_holds_what_was_said_done_and_decided(
    store: Store, space: Workspace, surgery: Partner
) -> None:
    few = marks(THEN, "GP", buy_in="partly", capability="partly")
    store.rate(space.token, surgery.id, few)
    store.add_action(space.token, surgery.id, Deed(NASTY, THEN, who="Fern"))
    decide(store, space, surgery)
    at = visit(space, surgery, "where")
    told = html(at)
    assert "Information for reception</strong>" in told  # of few boxes all are drawn
    assert "a little on 5 January 2026, then partly on 2 March 2026" in told
    assert "2 March 2026</span>" in told
    assert "<script" not in told
    assert "decided on" in told
    store.rate(space.token, surgery.id, marks(THEN, "GP", learning="partly", backing="partly"))
    at = visit(space, surgery, "where")
    assert "Information for reception</strong>" not in html(at)
    labelled(at.toggle, "Show all 10 boxes").set_value(True)
    assert "Information for reception</strong>" in html(run(at))
    lines = timeline.lines(MODEL, store.history(space.token, surgery.id), store.decisions(space.token))
    assert [line[0] for line in lines[:3]] == [on_day(date.today()), "2 March 2026", "2 March 2026"]
    assert len(lines) == 14
    assert not {"Fern", "Moss", "Reed"} & {cell for line in lines for cell in line}


def test_the_page_to_take_away_has_no_name_unless_it_is_ticked(
    store: Store, space: Workspace, surgery: Partner, files: dict[str, Callable[[], Any]]
) -> None:
    store.rate(space.token, surgery.id, marks(THEN, "GP", info_gp="partly"))
    store.add_action(space.token, surgery.id, Deed("A talk", THEN, who="Fern"))
    decide(store, space, surgery)
    at = visit(space, surgery, "where")
    plain = document(files)
    assert f"Where they are: Partner {surgery.id}" in plain
    assert "Information for reception is missing." in plain
    assert "Information for GPs went down: from mostly to partly (GP)." in plain
    assert "A talk: 2 March 2026." in plain
    for name in ("Surgery A", "Moss", "Fern", "Reed", "Nobody tells us"):
        assert name not in plain
    labelled(at.checkbox, "With names: what they are called, and who did").set_value(True)
    run(at)
    named = document(files)
    assert "Where they are: Surgery A" in named
    assert "A talk: 2 March 2026, Fern." in named
    assert "Reed" in named
    assert files["Print it (PDF)"]().startswith(b"%PDF")


def decide(store: Store, space: Workspace, one: Partner) -> None:
    store.save_decision(
        space.token,
        what="Ask reception",
        who="Reed",
        by_when="June",
        expect="",
        would_change_mind="",
        partner_id=one.id,
    )


def document(files: dict[str, Callable[[], Any]]) -> str:
    return "\n".join(line.text for line in Document(io.BytesIO(files["Word"]())).paragraphs)
