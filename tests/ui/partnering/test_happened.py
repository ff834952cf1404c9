"""Expected and happened, without a browser: box by box, from one meeting to the next."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from fromhere import FIRST, KEY, MODEL, do, garden, opened, patch, rate
from onscreen import CODE_WORDS, html, press, run
from partnering import visit
from sittings import labelled, said

from loops.journey import happened
from loops.journey.ahead import course
from loops.journey.begin import begin
from loops.journey.doing import Doing
from loops.journey.standing import standing
from loops.partners import RANGES, Deed, Mark, Said
from loops.store import Store
from loops.store.records import Course, Partner, Workspace
from loops.ui.partnering import happened as part
from loops.ui.partnering import happened_chart
from loops.ui.partnering.opened import STEP

__all__ = ["garden", "patch"]
pytestmark = pytest.mark.usefixtures("compiled", "fresh_caches")

MARKS = (Mark("harvest", "a little", FIRST), Mark("joy", "not yet", FIRST))
LATER = date(2026, 7, 6)


def expected() -> str:
    """What follows from here in a year of sowing, as it is kept."""
    begun = begin(MODEL, standing(MODEL, MARKS), seed=1, count=64)
    plan = Doing.of(MODEL, ["sow"]).plan("What we do")
    return happened.keep(course(begun, plan, months=12), begun, day=FIRST)


@pytest.fixture
def kept(store: Store, space: Workspace, patch: Partner) -> Course:
    """The same, kept for the partner."""
    return store.keep_course(space.token, patch.id, title="Sow <b>", begun=FIRST, payload=expected())


def page(space: Workspace, one: Partner) -> Any:
    return visit(space, one, "happened", model=KEY)


def test_where_nothing_is_expected_the_way_there_is_shown(space: Workspace, patch: Partner) -> None:
    at = page(space, patch)
    assert any("Nothing is expected yet" in one.value for one in at.info)
    press(at, "See what would help from here")
    assert at.session_state[STEP] == "ahead"


def test_before_anybody_has_rated_again_there_is_nothing_to_compare(
    space: Workspace, patch: Partner, kept: Course
) -> None:
    at = page(space, patch)
    assert "Nobody has said anything since." in html(at)
    assert "Not written down as done yet: “Sow" in said(at)
    assert any(one.label == "Nobody has said since: 2" for one in at.expander)
    press(at, "Rate it now")
    assert at.session_state[STEP] == "rate"


def test_what_went_as_expected_and_what_did_not_is_said_box_by_box(
    store: Store,
    space: Workspace,
    patch: Partner,
    kept: Course,
    files: dict[str, Callable[[], Any]],
) -> None:
    do(store, space, patch, "sow")
    rate(store, space, patch, LATER, harvest="not yet", joy="a little")
    at = page(space, patch)
    told = said(at)
    assert "Of 2 boxes that somebody has rated since, 1 is as expected and 1 is less than expected." in html(
        at
    )
    assert "**Less than expected:** “Harvest”." in told
    assert "Written down as done since: “Sow" in told
    assert "people said “not yet”" in told
    assert not CODE_WORDS.search(told)
    assert "<b>" not in html(at)
    rows = files["Download expected and happened (CSV)"]().splitlines()
    assert rows[0] == "Box,So it is,We expected,What was said"
    assert any(row.startswith("Harvest,less than expected,") for row in rows)
    labelled(at.selectbox, "Look at one box").set_value("joy")
    assert "That is as expected" in said(run(at))


def test_what_was_expected_is_taken_out_and_comes_back(
    store: Store, space: Workspace, patch: Partner, kept: Course
) -> None:
    at = page(space, patch)
    press(at, "Take it out")
    assert store.courses(space.token, patch.id) == ()
    press(at, "Bring back what was taken out")
    assert store.courses(space.token, patch.id) == (kept,)
    assert labelled(at.selectbox, "What we expected").options == ["Sow <b>"]


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("{", '{"strange": 1,'),
        ('"day":"2026-01-05"', '"day":"9999-12-31"'),
    ],
)
def test_what_cannot_be_read_is_one_message(
    store: Store, space: Workspace, patch: Partner, was: str, now: str
) -> None:
    payload = expected().replace(was, now, 1)
    assert payload != expected()
    store.keep_course(space.token, patch.id, title="Old", begun=FIRST, payload=payload)
    rate(store, space, patch, LATER, harvest="partly")
    at = page(space, patch)
    (one,) = at.error
    assert "“Old” cannot be read" in one.value
    assert any(button.label == "Take it out" for button in at.button)


@pytest.mark.parametrize(("was", "now"), [("12.0]", "1e300]"), ('"levers":["sow"]', '"levers":[]')])
def test_months_without_end_and_things_without_words_are_refused(was: str, now: str) -> None:
    assert was in expected()
    with pytest.raises(ValueError, match="keep it again from the page"):
        happened.read(expected().replace(was, now, 1))


def test_what_is_done_now_or_was_since_counts_as_done() -> None:
    kept = happened.read(expected())
    cases = {
        (): "Not written down as done yet",
        (Deed("Sow", date(2025, 1, 1), date(2026, 1, 4), "sow"),): "Not written down as done yet",
        (Deed("Sow", date(2025, 1, 1), None, "sow"),): "Written down as done since",
        (Deed("Sow", FIRST, LATER, "sow"),): "Written down as done since",
    }
    for deeds, words in cases.items():
        assert part.done_since(opened(MARKS, deeds), kept).startswith(words)


@pytest.mark.parametrize("word", ["not yet", "a little", "partly", "mostly"])
def test_bars_stand_where_the_words_of_their_day_say(word: Said) -> None:
    before, after = Mark("harvest", "partly", date(2025, 12, 1)), Mark("harvest", word, LATER)
    unknown = Mark("harvest", "don't know", date(2026, 8, 3))
    which = opened([before, after, unknown])
    first, then = happened_chart.marks(which, happened.read(expected()), "harvest")
    assert (first.month, first.low, first.high) == (0.0, *RANGES["partly"])
    assert (then.low, then.high) == RANGES[word]
    assert then.month == pytest.approx((LATER - FIRST).days / (365.25 / 12))
    assert then.words == f"{word}, 6 July 2026"
