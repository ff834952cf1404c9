"""What if, from here, without a browser: what adds most, what is chosen, what follows, and what is kept."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import numpy as np
import pytest
from fromhere import FIRST, KEY, MODEL, do, garden, opened, patch, rate
from onscreen import CODE_WORDS, html, press, run
from partnering import add, visit
from sittings import labelled, said

from loops.journey.ahead import options
from loops.journey.begin import begin
from loops.journey.doing import Doing
from loops.journey.happened import read
from loops.journey.standing import standing
from loops.partners import RANGES, Mark
from loops.store import Store
from loops.store.records import Partner, Workspace
from loops.ui import catalogue
from loops.ui.editing import drafts
from loops.ui.partnering import ahead_choice, ahead_options, ahead_run
from loops.ui.partnering.ahead_asking import Ahead
from loops.ui.partnering.opened import STEP

__all__ = ["garden", "patch"]
pytestmark = pytest.mark.usefixtures("compiled", "fresh_caches")

MARKS = (Mark("harvest", "a little", FIRST), Mark("joy", "not yet", FIRST))


def page(space: Workspace, one: Partner) -> Any:
    return visit(space, one, "ahead", model=KEY)


def picks(at: Any) -> Any:
    return labelled(at.get("button_group"), "Choose what we do")


def asked(us: float | None = None, partner: float | None = None, outcome: str = "harvest") -> Ahead:
    return Ahead(opened(MARKS), FIRST, 12, outcome, us, partner)


def best(ahead: Ahead) -> str:
    """The answer on what adds most, of runs in few versions."""
    begun = begin(MODEL, standing(MODEL, MARKS), seed=1, count=64)
    hours = {"hours_us": ahead.us, "hours_partner": ahead.partner}
    found = options(begun, outcome=ahead.outcome, months=ahead.months, **hours)
    return " ".join(ahead_options.answer(ahead, [option for option in found if option.gain])).strip()


def test_without_a_rating_there_is_no_here(store: Store, space: Workspace) -> None:
    at = visit(space, add(store, space), "ahead")
    assert any("no “here” to begin from" in one.value for one in at.info)
    press(at, "Rate it now")
    assert at.session_state[STEP] == "rate"


def test_what_adds_most_is_said_with_its_hours_and_what_it_needs() -> None:
    assert best(asked(3, 2)) == (
        "What adds most from here: “Sow <i>seeds</i>”. After 1 year “Harvest” is far higher than if nothing "
        "new is done; it helps in about 8 of 9 versions. It takes 2 hours a month of ours and 1 hour of "
        "theirs."
    )
    assert "“Prune”, with “Sow <i>seeds</i>”, which must be done for it. After" in best(asked(4, 2))
    assert "“Prune”, with “Sow <i>seeds</i>”" not in best(asked(3.9, 2))
    assert "“Prune” and “Water” together, with “Sow <i>seeds</i>”, which must" in best(asked())
    assert best(asked(0, 0)) == "Nothing that we could do from here fits within these hours and this time."


def test_what_is_chosen_is_held_against_the_hours_there_are() -> None:
    every = Doing.of(MODEL, ["prune", "water"])
    assert ahead_choice.takes(asked(3, 1), every) == (
        "This needs “Sow <i>seeds</i>”, too. It takes 8 hours a month of ours, 5 more than the 3 that there "
        "are; and 1 hour a month of theirs, within the 1 that there is. It costs £400 in all. All of it is "
        "under way after 6 months."
    )
    assert "8 hours a month of ours; and 1 hour a month of theirs." in ahead_choice.takes(asked(), every)
    assert "Nothing is chosen" in ahead_choice.takes(asked(), Doing.of(MODEL, []))


def test_the_page_says_what_helps_what_does_not_fit_and_what_follows(
    space: Workspace, patch: Partner, files: dict[str, Callable[[], Any]]
) -> None:
    at = page(space, patch)
    told = html(at)
    assert "What adds most from here: “Sow &lt;i&gt;seeds&lt;/i&gt;”" in told
    assert "something is known of 2 of 3 boxes, the latest of 5 January 2026" in said(at)
    assert "It takes 4 hours a month of ours, and there are 3." in told  # water, under what does not fit
    assert "No arrow leads from it to" in told  # sing
    assert not CODE_WORDS.search(said(at))
    assert not re.search(r"<(b|i)>", told)
    added = files["Download what each would add (CSV)"]()
    assert "Sow <i>seeds</i>,2,1," in added
    follows = files["Download what follows (CSV)"]().splitlines()
    assert len(follows) == 1 + 2 * 2 * 13  # boxes, plans, and the months from 0 to 12
    assert not any("Moss" in line for line in [added, *follows])


def test_what_adds_most_is_chosen_and_kept_without_the_name(
    store: Store, space: Workspace, patch: Partner
) -> None:
    at = page(space, patch)
    assert "with what we do" not in said(at)
    press(at, "Choose what adds most")
    assert picks(at).value == ["sow"]
    assert "with what we do" in said(at)
    press(at, "Keep it")
    (course,) = store.courses(space.token, patch.id)
    assert course.begun == FIRST
    assert course.title == "Sow <i>seeds</i>, from 5 January 2026"
    assert "Moss" not in course.payload
    kept = read(course.payload)
    assert kept.levers == ("sow",)
    low, middle, high = (np.array(line) for line in kept.boxes["harvest"])
    assert RANGES["a little"][0] <= low[0] <= middle[0] <= high[0] <= RANGES["a little"][1]
    assert middle[-1] > middle[0]
    press(at, "See expected and happened")
    assert at.session_state[STEP] == "happened"


def test_a_title_is_asked_for_and_what_goes_on_already_is_chosen_at_first(
    store: Store, space: Workspace, patch: Partner
) -> None:
    do(store, space, patch, "water")
    do(store, space, patch, "sow", until=FIRST)
    rate(store, space, patch, date(2026, 3, 2), joy="a little")
    at = page(space, patch)
    assert picks(at).value == ["water"]
    day = labelled(at.date_input, "We begin on")
    assert day.value == day.min == date(2026, 3, 2)
    labelled(at.text_input, "Under which title").set_value(" ")
    press(at, "Keep it")
    assert any("The title is empty" in one.value for one in at.warning)
    assert store.courses(space.token, patch.id) == ()


def test_it_goes_on_to_what_if_as_a_draft_that_starts_here(
    store: Store, space: Workspace, patch: Partner
) -> None:
    rate(store, space, patch, FIRST, drought="mostly")
    do(store, space, patch, "sow")
    at = page(space, patch)
    press(at, "Open this on “What if”")
    (draft,) = at.session_state["editing:drafts"].values()
    assert isinstance(draft, drafts.Draft)
    low, high = RANGES["a little"]
    assert low <= draft.model.nodes["harvest"].start <= high
    assert draft.model.nodes["drought"].level >= RANGES["mostly"][0]
    assert at.session_state[catalogue.CHOSEN] == draft.key
    board = at.session_state[f"history:{draft.key}"].now
    assert [plan.id for plan in board.plan(draft.model).levers] == ["sow"]
    assert [plan.title for plan in board.kept] == ["What we do"]
    assert MODEL.nodes["harvest"].start == 0.1


def test_a_large_model_is_run_when_somebody_asks(
    space: Workspace, patch: Partner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ahead_run, "quick", lambda model: False)
    at = page(space, patch)
    assert "What adds most" not in html(at)
    press(at, "Try each thing from here")
    assert "What adds most" in html(at)
    press(at, "See what follows from here")
    assert "After 1 year, in 8 of 10 versions, “Harvest”" in said(run(at))
