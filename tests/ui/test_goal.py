"""Work back from the goal as a reader meets it, without a browser.

The search is a stand-in that hands out plans of known chances: what is tested is what the page makes of them.
"""

from __future__ import annotations

import re
import threading
from pathlib import Path
from typing import Any

import pytest
from onscreen import CODE_WORDS, html, open_page, press, run, words
from streamlit.testing.v1 import AppTest

from loops.model import Model
from loops.parts import replace
from loops.simulate import DidNotFinish
from loops.store import Store
from loops.store.records import Workspace
from loops.ui import engine, going
from loops.ui.backcasting import choosing, needing, searching
from loops.ui.planning.board import MOST_KEPT, add
from loops.utopia.chance import Chance
from loops.utopia.found import Backcast, Found, Levels, Slip, Worth
from loops.utopia.plan import Plan, Spell, cost
from loops.utopia.target import Limits, Target

pytestmark = pytest.mark.usefixtures("compiled", "fresh_caches")

KEY = "saved-garden"
FIND, LATE, PUT, KEEP = "Find plans", "Try each thing a year late", "Put it on “What if”", "Keep it"
GARDEN = """
format = 1
id = "garden"
title = "A garden"
horizon = 120
[variable.harvest]
label = "Harvest"
start = 0.1
fade = 0.02
[variable.joy]
label = "Joy <b>"
start = 0.1
fade = 0.05
[lever.sow]
label = "Sow <i>seeds</i>"
hours_us = 2
hours_partner = 1
cost = 400
[lever.water]
label = "Water"
hours_us = 4
[[link]]
from = "sow"
to = "harvest"
polarity = "+"
strength = 0.05
[[link]]
from = "water"
to = "harvest"
polarity = "+"
strength = 0.05
[[link]]
from = "harvest"
to = "joy"
polarity = "+"
strength = 0.1
[[link]]
from = "joy"
to = "harvest"
polarity = "+"
strength = 0.05
"""


class Search:
    """What the page asks for, and plans that hold in so many of a thousand versions by what they use."""

    def __init__(self) -> None:
        """Begin with plans that are sure enough."""
        self.asked: list[tuple[Target, Limits, int]] = []
        self.held = {(): 0, ("water",): 310, ("sow", "water"): 830}
        self.sure = 0.75
        self.everything, self.stopped = 900, ""

    def __call__(
        self, model: Model, target: Target, limits: Limits, *, seed: int, width: Any, progress: Any
    ) -> Backcast:
        """Hand out the plans."""
        self.asked.append((target, limits, seed))
        progress(0.5, "plans tried: 400 of 800")
        line = tuple(self.found(model, target, held, uses) for uses, held in self.held.items())
        enough = [each for each in line if each.chance.share >= self.sure]
        return Backcast(
            model=model,
            target=target,
            limits=limits,
            seed=seed,
            width=width,
            sure=self.sure,
            cheapest=enough[0] if enough else None,
            likeliest=line[-1],
            frontier=line,
            nothing_new=line[0],
            everything=self.found(model, target, self.everything, ("sow", "water")),
            worth=(Worth("water", 0.5, (0.4, 0.6)), Worth("sow", 0.01, (0.0, 0.1))),
            left_out={},
            settled=True,
            tried=400 if self.stopped else 800,
            stopped=self.stopped,
        )

    def found(self, model: Model, target: Target, held: int, uses: tuple[str, ...]) -> Found:
        plan = Plan(tuple(Spell(lever, 6, target.by) for lever in uses))
        levels = Levels(0.2, 0.6, 0.8)
        chance = Chance(held, 1_000)
        later = levels if target.keep else None
        return Found(plan, cost(model, plan), chance, chance, levels, later, levels, held // 2)


@pytest.fixture(autouse=True)
def search(monkeypatch: pytest.MonkeyPatch) -> Search:
    """The stand-in for the search."""
    made = Search()
    monkeypatch.setattr(searching, "backcast", made)
    return made


@pytest.fixture(autouse=True)
def garden(models: Path) -> Path:
    """The model, saved where the page finds it."""
    models.mkdir(parents=True)
    path = models / "garden.toml"
    path.write_text(GARDEN)
    return path


def page(space: Workspace | None = None) -> AppTest:
    at = open_page("goal", space)
    at.selectbox(key="model").set_value(KEY)
    return run(at)


def fill(at: AppTest, **blanks: Any) -> AppTest:
    """Blanks of the sentence, and fields of the fold, filled in."""
    fields = {"hours": at.number_input, "money": at.number_input, "without": at.multiselect}
    for name, value in blanks.items():
        fields.get(name, at.selectbox)(key=f"goal:{name}:{KEY}").set_value(value)
    return run(at)


def said(at: AppTest) -> str:
    return " ".join([html(at), *(one.value.replace("\\", "") for one in at.markdown)])


def warned(at: AppTest) -> list[str]:
    return [one.value for one in at.warning]


def plans(at: AppTest) -> Any:
    return at.radio[0]


def board(at: AppTest) -> Any:
    return at.session_state[f"history:{KEY}"].now


def test_the_question_is_a_sentence_and_nothing_is_looked_for_before_somebody_asks(search: Search) -> None:
    at = page()
    assert "It is not a forecast" in said(at)
    assert [one.value for one in at.info] == [
        "Press “Find plans”. It takes about a minute. “Stop” keeps what is found by then."
    ]
    assert not search.asked
    press(fill(at, box="joy", far="375", by="36", keep="24", hours=6, money=500.0, without=["sow"]), FIND)
    (asked,) = search.asked
    assert asked == (Target("joy", 0.375, 36, 24), Limits(6.0, 500.0, ("water",)), 1)


def test_what_is_left_empty_is_no_limit(search: Search) -> None:
    press(fill(page(), hours=None, keep="0"), FIND)
    ((target, limits, _),) = search.asked
    assert (target.keep, limits) == (0, Limits())


def test_the_plan_comes_first_in_words_with_what_it_takes_and_what_stays() -> None:
    at = press(page(), FIND)
    assert "gets there in about 5 of 6 versions of our assumptions (somewhere between 8 and 9)." in html(at)
    assert "It takes up to 7 hours a month, 378 hours in all, and £400." in html(at)
    assert "Of the plans that get there in at least 3 of 4 versions, no cheaper one was found." in html(at)
    assert "it stays for good in about 5 of 10 such versions" in html(at)
    assert "between a little and mostly (partly in the middle) in 8 of 10 versions" in html(at)
    assert any(one.value.startswith("800 plans were tried") for one in at.caption)
    assert "Sow &lt;i&gt;seeds&lt;/i&gt;" in html(at)
    assert "<i>seeds" not in html(at)
    assert all(one.proto.alt for one in at.get("plotly_chart"))
    assert "“Water” is worth most: without it the plan gets there in about 5 of 10 versions fewer." in said(
        at
    )
    assert not at.error


def test_what_was_found_is_kept_by_what_was_asked_and_for_this_visit_alone(search: Search) -> None:
    at = press(press(page(), FIND), FIND)
    fill(at, far="875")
    assert any("Press “Find plans”" in one.value for one in at.info)
    fill(at, far="375")
    assert "This plan gets there" in html(at)
    assert len(search.asked) == 1
    assert "This plan gets there" not in html(page())


def test_another_plan_is_chosen_in_the_list_or_on_the_chart(monkeypatch: pytest.MonkeyPatch) -> None:
    at = press(page(), FIND)
    assert plans(at).value == 2
    plans(at).set_value(1)
    run(at)
    assert "gets there in about 3 of 10 versions" in html(at)
    assert "That is worked out for the plan that is shown first." in said(at)
    plans(at).set_value(0)
    run(at)
    assert "With nothing new it gets there in no version of our assumptions (1,000 were tried)." in html(at)
    assert LATE not in [one.label for one in at.button]


def test_a_click_on_the_chart_chooses_its_plan() -> None:
    points = [{"curve_number": 1, "point_index": 0}, {"curve_number": 0, "point_index": 2}]
    assert choosing.point({"selection": {"points": points}}) == 2
    assert choosing.point({"selection": {"points": points[:1]}}) is None
    assert choosing.point({"selection": {"points": []}}) is None
    assert choosing.point(None) is None


def test_what_was_cut_short_says_so_and_is_looked_for_again(search: Search) -> None:
    search.stopped = "stopped after 400 of 800 plans"
    at = press(page(), FIND)
    assert warned(at) == [
        "It was cut short: this is the best of the 400 tried by then. Press “Find plans” to look for all."
    ]
    search.stopped = ""
    press(at, FIND)
    assert not at.warning
    assert len(search.asked) == 2


def test_a_changed_model_says_that_the_plan_is_for_its_earlier_version(garden: Path) -> None:
    at = press(page(), FIND)
    garden.write_text(GARDEN.replace("strength = 0.1\n", "strength = 0.2\n"))
    run(at)
    (warning,) = warned(at)
    assert warning.startswith("The model was changed since this plan was found")
    assert "This plan gets there in about 5 of 6 versions" in html(at)
    assert PUT not in [one.label for one in at.button]
    garden.write_text(GARDEN.replace("water", "rain").replace("strength = 0.1\n", "strength = 0.2\n"))
    assert "from month 6 to month 60" in html(run(at))  # of levers that are there no longer
    garden.write_text(GARDEN)
    assert not run(at).warning
    assert PUT in [one.label for one in at.button]


def test_what_cannot_be_reached_says_so_and_what_would_be_needed(search: Search) -> None:
    search.sure, search.everything = 0.85, 900
    at = press(page(), FIND)
    assert "No plan within these limits was found that gets there in at least 17 of 20 versions." in html(at)
    assert "it is hours or money that are short. Everything takes up to 7 hours a month" in html(at)
    search.everything = 840
    press(fill(at, far="875"), FIND)
    assert "more hours or money alone would not do it. Ask for less or for longer" in html(at)
    search.held = {(): 900}
    press(fill(at, far="125"), FIND)
    assert "Nothing has to be done for it: it gets there as surely if nothing new is done." in html(at)
    assert "Nothing new is done in it." in said(at)


def test_the_plan_goes_onto_what_if_and_is_kept_once(monkeypatch: pytest.MonkeyPatch) -> None:
    at = press(page(), FIND)
    before = board(at)
    at = press(press(at, KEEP), KEEP)
    (kept,) = board(at).kept
    assert kept.title == "Joy <b>: partly there within 5 years, 5 hours a month"
    assert board(at).draft == before.draft
    asked: list[str] = []
    monkeypatch.setattr(going, "to", asked.append)
    press(at, PUT)
    assert asked == [going.FIRST]
    now = board(at)
    assert now.copied == f"kept/{kept.id}"
    assert [(plan.id, plan.changes[0].month) for plan in now.draft.levers] == [("sow", 6), ("water", 6)]
    assert now.kept == (kept,)
    assert at.session_state[f"history:{KEY}"].undo().now.draft == before.draft


def test_a_kept_plan_is_there_for_everybody_in_the_space(space: Workspace, store: Store) -> None:
    press(press(page(space), FIND), KEEP)
    (kept,) = store.snapshots(space.token, model="garden")
    assert kept.title.startswith("Joy <b>: partly there")


def test_too_many_kept_plans_are_one_message() -> None:
    at = press(page(), FIND)
    steps, plan = at.session_state[f"history:{KEY}"], board(at).draft
    full = steps.now
    for hours in range(MOST_KEPT):
        full = add(full, replace(plan, title=f"With {hours} hours"))
    at.session_state[f"history:{KEY}"] = steps.put(full)
    press(at, KEEP)
    assert warned(at) == ["12 plans are kept already\\: remove one first\\."]
    assert board(at) == full


def test_what_becomes_of_it_when_something_is_late_is_tried_on_request(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def late(model: Model, target: Target, plan: Plan, **how: Any) -> tuple[Slip, ...]:
        assert (how["months"], how["count"]) == (12, 1_000)  # as many versions as the plan was measured in
        found = ((None, 0.52), ("sow", 0.01), ("water", 0.2))
        return tuple(Slip(lever, plan, Chance(310, 1_000), lost) for lever, lost in found)

    monkeypatch.setattr(needing, "slips", late)
    at = press(press(page(), FIND), LATE)
    assert "If all of it comes a year late, it gets there in about 3 of 10 versions" in said(at)
    assert "What must not be late is “Water”: then it gets there in about 2 of 10 versions fewer." in said(at)


def test_what_other_pages_hand_over_and_what_they_take(search: Search) -> None:
    at = page()
    assert "goal:told" not in at.session_state
    press(at, FIND)
    _, told = at.session_state["goal:told"][KEY]
    first, then = told.says
    assert first == (
        "We want “Joy <b>” to be at least partly there within 5 years, and still 5 years after we stop, "
        "with at most 5 hours a month."
    )
    assert then.startswith("This plan gets there")
    assert told.when["sow"].startswith("from month 6 to month 60")


def test_a_search_that_cannot_be_made_is_one_message(monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_: object, **__: object) -> None:
        raise DidNotFinish("the run stopped <b>")

    monkeypatch.setattr(searching, "backcast", stopped)
    at = press(page(), FIND)
    assert [one.value for one in at.error] == [r"No plan can be looked for\: the run stopped \<b\>\."]


def test_a_model_without_anything_to_do_says_where_to_add_it() -> None:
    at = open_page("goal")
    at.file_uploader(key="model_file").upload("bare.toml", GARDEN.split("[lever", maxsplit=1)[0].encode())
    assert "Nothing that we could do is in this model yet." in run(at).info[0].value


def test_no_word_of_the_code_is_shown() -> None:
    at = press(page(), FIND)
    everything = [*words(at), html(at), *(one.proto.alt for one in at.get("plotly_chart"))]
    everything += [str(option) for one in at.radio for option in one.options]
    for one in everything:
        assert not CODE_WORDS.search(re.sub(r"“[^”]*”|<style.*?</style>", "", one)), one


@pytest.mark.usefixtures("cold_engine")
def test_the_question_is_there_while_the_engine_is_made_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    hold = threading.Event()
    monkeypatch.setattr(engine, "warm", hold.wait)
    at = page()
    assert any("when the engine is ready" in one.value for one in at.info)
    hold.set()
    assert engine.engine().ready(5)
    assert FIND in [one.label for one in run(at).button]


def test_a_message_of_the_search_calls_what_we_do_by_its_name(
    search: Search, monkeypatch: pytest.MonkeyPatch
) -> None:
    def short(*args: Any, **more: Any) -> Backcast:
        raise ValueError("nothing that could help fits: 'sow' alone takes 3 hours a month. Allow more.")

    monkeypatch.setattr(searching, "backcast", short)
    (one,) = press(page(), FIND).error
    assert "“Sow <i>seeds</i>” alone takes 3 hours a month. Allow more." in one.value.replace("\\", "")
