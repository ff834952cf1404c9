"""What this tells us, without a browser: too few, versions left, none left, and what is known better."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest
from fromhere import FIRST, KEY, MODEL, do, garden, opened, patch, rate
from onscreen import CODE_WORDS, html, press, run
from partnering import visit
from sittings import said

from loops.draw.fans import Fan
from loops.journey.apart import Apart, Number, Ridge
from loops.journey.observed import Observation
from loops.partners import Mark
from loops.partners.said import said_of
from loops.scenario import Change, Scenario, Schedule
from loops.simulate import simulate
from loops.store import Store
from loops.store.records import Partner, Workspace
from loops.theory.discovery import Condition
from loops.ui.partnering import fitting, fitting_known, fitting_next, fitting_ruled
from loops.ui.partnering.opened import STEP

__all__ = ["garden", "patch"]
pytestmark = pytest.mark.usefixtures("compiled", "fresh_caches")

TRY = "See what this tells us"


def page(space: Workspace, one: Partner) -> Any:
    return visit(space, one, "fitting", model=KEY)


@pytest.fixture
def sown(store: Store, space: Workspace, patch: Partner) -> Partner:
    """A partner with what the model itself would have people say over a year of sowing."""
    plan = Schedule(id="sow", changes=(Change(month=0, level=1),))
    (found,) = simulate(MODEL, [Scenario(id="s", model="garden", title="S", levers=(plan,))], months=12)
    do(store, space, patch, "sow")
    for month in (2, 4, 6, 9):
        words = {box: said_of(float(found[box][month])) for box in ("harvest", "joy")}
        rate(store, space, patch, FIRST + timedelta(days=round(month * 30.4375)), **words)
    return patch


def test_too_few_observations_are_said_to_be_too_few(space: Workspace, patch: Partner) -> None:
    at = page(space, patch)
    assert "Too few observations to say.<" in html(at)
    assert "so far there are none." in said(at)
    assert not any(one.label == TRY for one in at.button)
    press(at, "Rate it again")
    assert at.session_state[STEP] == "rate"


def test_what_is_left_what_ruled_out_how_much_and_what_follows(
    space: Workspace, sown: Partner, files: dict[str, Callable[[], Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    at = page(space, sown)
    at.session_state["fitting:each"] = True
    assert any("Press “See what this tells us”" in one.value for one in at.info)
    press(at, TRY)
    told = said(at)
    assert "versions of our assumptions" in html(at)
    assert "can have led to what was said" in html(at)
    assert "After 1 year, in 8 of 10 versions, “Harvest” is" in told
    assert "If we do “Sow" in told
    assert not CODE_WORDS.search(told)
    assert "Moss" not in files["Download what ruled out how much (CSV)"]()
    monkeypatch.setattr(fitting, "match", None)  # what was found is kept
    assert "can have led to what was said" in html(run(at))


def test_what_no_version_fits_says_what_is_in_the_way(store: Store, space: Workspace, patch: Partner) -> None:
    for number, word in enumerate(("mostly", "not yet", "mostly", "not yet", "mostly", "not yet"), start=1):
        rate(store, space, patch, FIRST + timedelta(days=30 * number), harvest=word, joy="not yet")
    at = press(page(space, patch), TRY)
    assert "None of 4,096 versions" in html(at)
    assert "What is in the way" in said(at)
    assert "Harvest" in html(at)
    assert "What follows now" not in said(at)


def test_one_best_set_of_numbers_is_found_when_somebody_asks(space: Workspace, sown: Partner) -> None:
    at = page(space, sown)
    at.session_state["fitting:best"] = True
    press(at, TRY)
    press(at, "Find the best fit")
    told = said(at)
    assert "of the 8 ratings come out" in told
    assert "of the 4 places that it was looked from led there" in told
    assert not CODE_WORDS.search(told)


def number(name: str, narrower: float, low: float | None, high: float | None) -> Number:
    spread = (0.5, 1.0, 2.0)
    return Number(name, spread, spread, narrower, Condition(name, low, high, 0.5, 0.01))


def test_what_is_known_of_a_number_is_told_as_a_sentence() -> None:
    stronger = number("link sow->harvest strength", 0.34, 1.1, None)
    assert fitting_known.number_in_words(stronger, MODEL) == (
        "The arrow from “Sow <i>seeds</i>” to “Harvest” is rather strong. Narrower than we had thought by "
        "about a third."
    )
    wider = number("variable harvest fade", -0.2, 1.1, None)
    assert fitting_known.number_in_words(wider, MODEL) == "“Harvest” is rather quick to fade."
    there = number("link sow->harvest presence", 0.2, 1.0, None)
    assert fitting_known.number_in_words(there, MODEL) == (
        "It is likelier than we had thought that there is an arrow from “Sow <i>seeds</i>” to “Harvest”."
    )


def test_what_could_not_be_told_apart_is_told_both_ways_round() -> None:
    strong = Condition("link sow->harvest strength", 1.0, None, 0.0, 0.01)
    slow = Condition("variable harvest fade", None, 0.0, 0.0, 0.01)
    assert fitting_known.ridge_in_words(Ridge(strong, slow, -0.6), MODEL) == (
        "Either the arrow from “Sow <i>seeds</i>” to “Harvest” is strong and “Harvest” is slow to fade, or "
        "both the other way round: each would explain what was said."
    )


def test_nothing_known_and_too_few_left_are_told_apart() -> None:
    assert "No number of our assumptions is known better" in fitting_known.sentence(Apart("nothing found"))
    assert "Too few versions are left" in fitting_known.sentence(Apart("too few left"))
    known = Apart("found", (number("variable harvest fade", 0.3, 1.1, None),), untold=7)
    assert fitting_known.sentence(known).endswith(
        "Of 7 other numbers the ratings say nothing that luck would not say."
    )


def test_a_band_that_is_no_narrower_is_said_to_be_so() -> None:
    months, line = np.array([0.0, 12.0]), np.array([0.2, 0.4])

    def fan(half: float) -> Fan:
        return Fan("x", line - half, line, line + half, 0)

    assert "hardly known better" in fitting_next.sentence("Joy", [fan(0.2), fan(0.19)], months)
    assert "narrower by about half" in fitting_next.sentence("Joy", [fan(0.2), fan(0.1)], months)


def test_of_much_that_was_said_the_latest_is_told() -> None:
    seen = [Observation("joy", FIRST + timedelta(days=k), k / 30, 0, 1, "partly") for k in range(6)]
    pattern = Observation("joy", FIRST, 0, 0, 1, "went up", "Nurse", date(2025, 12, 1))
    told = fitting_ruled.said([*seen, pattern])
    assert told.endswith("partly, 10 January 2026; and 3 more before")
    assert fitting_ruled.said([pattern]) == "went up (Nurse), 1 December 2025 to 5 January 2026"


def test_another_answer_is_looked_for_when_something_else_was_said() -> None:
    mark = Mark("joy", "partly", FIRST)
    assert fitting.fingerprint(opened([mark])) == fitting.fingerprint(opened([mark]))
    assert fitting.fingerprint(opened([mark])) != fitting.fingerprint(opened([mark, mark]))
