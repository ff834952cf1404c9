"""What a reader can do with a plan on the What-if page: keep it, link to it, plan months, count hours."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from onscreen import SHIPPED, catalogue_model, chart, curves, dials, open_app, press, turn, words
from streamlit.testing.v1 import AppTest

from loops.parts import replace
from loops.scenario import Change
from loops.store import Store
from loops.ui import catalogue
from loops.ui.planning import share
from loops.ui.planning.board import YOURS, Board
from loops.ui.planning.share import View

HISTORY = "history:common_purpose"

pytestmark = pytest.mark.usefixtures("compiled", "fresh_caches")


def shown(at: AppTest) -> Board:
    board: Board = at.session_state[HISTORY].now
    return board


def put(at: AppTest, **fields: object) -> AppTest:
    """The board with other fields, as a widget would set them."""
    at.session_state[HISTORY] = at.session_state[HISTORY].put(replace(shown(at), **fields))
    return at.run()


def unfold(at: AppTest, name: str) -> AppTest:
    at.session_state[f"{name}:common_purpose"] = True
    return at.run()


def labelled(many: Any, label: str) -> Any:
    return next(one for one in many if one.label == label)


def buttons(at: AppTest, label: str) -> list[Any]:
    return [one for one in at.button if one.label == label]


def told(at: AppTest) -> str:
    return " ".join(one.value for one in at.markdown).replace("\\", "")


def follow(view: str) -> AppTest:
    at = AppTest.from_file(str(Path(__file__).parents[2] / "app.py"), default_timeout=60)
    at.query_params["view"] = view
    at.run()
    assert not at.exception
    return at


def test_a_kept_plan_is_a_line_of_its_own_and_stays_as_it_was() -> None:
    at = unfold(turn(open_app(), co_design=20), "keep")
    labelled(at.text_input, "Keep this plan as").set_value("Less <b>design</b>")
    press(at, "Keep")
    kept = curves(at)["Less <b>design</b>"]
    assert (kept == curves(at)["Your plan"]).all()
    turn(at, co_design=100, competing_priorities=90)
    assert (curves(at)["Less <b>design</b>"] == kept).all()
    press(at, "Remove")
    assert "Less <b>design</b>" not in curves(at)
    press(at, "Undo")
    assert (curves(at)["Less <b>design</b>"] == kept).all()


def test_a_plan_without_a_name_is_not_kept_and_says_why() -> None:
    at = press(unfold(open_app(), "keep"), "Keep")
    assert [one.value for one in at.warning] == [r"Give the plan a name of 1 to 200 letters\."]
    assert shown(at).kept == ()


def test_a_kept_plan_can_be_started_from() -> None:
    at = unfold(turn(open_app(), co_design=20), "keep")
    labelled(at.text_input, "Keep this plan as").set_value("Less")
    press(at, "Keep")
    turn(at, co_design=100)
    labelled(at.selectbox, "Start your plan from").set_value("kept/kept_1").run()
    assert dials(at)["co_design"]["value"] == 20
    assert shown(at).dials == ()


def test_against_another_plan_the_lines_are_differences_in_words() -> None:
    at = put(open_app(), against="insight_first")
    assert chart(at)["against"] == 2
    says = chart(at)["panels"][0]["says"]
    assert [name for name, _ in says] == ["If nothing new is done", "Your plan"]
    assert "higher than under “Information first”" in says[1][1]
    tables = [one.proto.body for one in at.get("html") if "<table" in one.proto.body]
    assert any("far higher" in one and "about the same" in one for one in tables)
    labelled(at.selectbox, "Show each plan").set_value("").run()
    assert shown(at).against is None


def test_the_diagram_takes_the_place_of_the_curves_and_is_filled_by_the_plan() -> None:
    at = open_app()
    at.segmented_control(key="diagram:common_purpose").set_value(True).run()
    assert not at.exception
    (canvas,) = (one.proto for one in at.get("bidi_component") if "canvas" in one.proto.component_name)
    assert '"begin": 47' in canvas.json
    before = canvas.json
    turn(at, co_design=0)
    (canvas,) = (one.proto for one in at.get("bidi_component") if "canvas" in one.proto.component_name)
    assert canvas.json != before


def test_a_link_opens_what_it_was_made_from_and_can_be_undone() -> None:
    at = unfold(turn(open_app(), co_design=35), "link")
    put(at, against=YOURS, shown=("trust",), figures=True)
    address = at.code[0].value
    other = follow(address.partition("?view=")[2])
    assert shown(other) == shown(at)
    assert dials(other)["co_design"]["value"] == 35
    assert (curves(other)["Your plan"] == curves(at)["Your plan"]).all()
    assert not other.warning
    press(other, "Undo")
    assert dials(other)["co_design"]["value"] == 100


def test_a_link_in_the_pages_own_address_is_opened_once() -> None:
    at = turn(follow(view_of(turn(open_app(), co_design=35))), co_design=60)
    assert dials(at)["co_design"]["value"] == 60
    press(unfold(at, "link"), "Put it in this page's address")
    assert share.decode(at.query_params["view"]).board == shown(at)
    assert dials(turn(at, co_design=10))["co_design"]["value"] == 10


def view_of(at: AppTest, **fields: object) -> str:
    board = replace(shown(at), **fields)
    return share.encode(View(digest=share.digest(catalogue_model()), board=board))


@pytest.mark.parametrize("text", ["x", "%00", "A" * 9_000, "eJyrVkrLz1eyUkpKLFKqBQAdegQ0"])
def test_a_bad_link_is_one_message_and_the_page_opens_as_usual(text: str) -> None:
    at = follow(text)
    assert len(at.warning) == 1
    assert at.warning[0].value.startswith("The link in the address could not be opened")
    assert list(curves(at))[:2] == ["If nothing new is done", "Your plan"]


def test_a_link_for_another_model_or_a_plan_that_does_not_fit_says_so() -> None:
    board = shown(open_app())
    other = replace(board, model="tiny", draft=replace(board.draft, model="tiny"))
    at = follow(share.encode(View(digest="0" * 8, board=other)))
    assert "tiny" in at.warning[0].value
    plans = board.draft.levers
    strange = replace(board, draft=replace(board.draft, levers=(replace(plans[0], id="old_lever"),)))
    at = follow(share.encode(View(digest="0" * 8, board=strange)))
    assert "old\\_lever" in at.warning[0].value
    assert shown(at) == board


def test_a_link_made_with_another_state_of_the_model_opens_and_says_so() -> None:
    board = replace(shown(open_app()), figures=True)
    at = follow(share.encode(View(digest="0" * 8, board=board)))
    assert shown(at) == board
    assert "another version of the model" in at.warning[0].value


def test_a_link_carries_no_token_of_a_shared_space(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    url = f"sqlite:///{tmp_path}/loops.db"
    monkeypatch.setenv("LOOPS_STORE", url)
    with Store.open(url) as store:
        space = store.create_workspace("Our place")
    at = AppTest.from_file(str(Path(__file__).parents[2] / "app.py"), default_timeout=60)
    at.query_params["workspace"] = space.token
    at.run()
    address = unfold(at, "link").code[0].value
    content = share.decode(address.partition("?view=")[2]).model_dump_json()
    for secret in (space.token, "Our place"):
        assert secret not in address
        assert secret not in content


def test_plans_in_a_space_are_there_for_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    url = f"sqlite:///{tmp_path}/loops.db"
    monkeypatch.setenv("LOOPS_STORE", url)
    with Store.open(url) as store:
        token = store.create_workspace("Our place").token
        store.save_snapshot(token, title="Old", model="common_purpose", payload='{"id": "x"}')

    def arrive() -> AppTest:
        at = AppTest.from_file(str(Path(__file__).parents[2] / "app.py"), default_timeout=60)
        at.query_params["workspace"] = token
        return unfold(at.run(), "keep")

    mine = turn(arrive(), co_design=20)
    labelled(mine.text_input, "Keep this plan as").set_value("Less design")
    press(mine, "Keep")
    theirs = arrive()
    buttons(theirs, "Compare")[1].click().run()
    assert (curves(theirs)["Less design"] == curves(mine)["Less design"]).all()
    buttons(theirs, "Compare")[0].click().run()
    assert "“Old” does not fit the model" in theirs.warning[0].value
    buttons(theirs, "Delete")[1].click().run()
    assert len(buttons(theirs, "Compare")) == 1
    labelled(theirs.toggle, "Show deleted plans").set_value(True).run()
    press(theirs, "Bring back")
    assert len(buttons(arrive(), "Compare")) == 2


def test_a_row_of_the_calendar_changes_the_curve_and_a_bad_one_leaves_it() -> None:
    at = unfold(open_app(), "calendar")
    before = curves(at)["Your plan"]
    key = "row:common_purpose:tailored_insight"
    at.number_input(key=f"{key}:1:month").set_value(24.0).run()
    after = curves(at)["Your plan"]
    assert after[40] < before[40]
    at.number_input(key=f"{key}:1:month").set_value(0.0).run()
    assert "Month 0 is not after month 0 above" in at.warning[0].value.replace("\\", "")
    assert at.number_input(key=f"{key}:1:month").value == 0
    assert (curves(at)["Your plan"] == after).all()
    press(at, "Undo")
    assert not at.warning
    assert at.number_input(key=f"{key}:1:month").value == 48
    assert (curves(at)["Your plan"] == before).all()


def test_rows_can_be_added_and_removed() -> None:
    at = unfold(open_app(), "calendar")
    press(at, "Add a row")
    lever = shown(at).draft.schedule("tailored_insight")
    assert lever is not None
    assert [change.month for change in lever.changes] == [0, 48, 60]
    for _ in range(3):
        at.button(key="remove_row:common_purpose:0").click().run()
    assert shown(at).draft.schedule("tailored_insight") is None
    assert any("It has no changes" in one.value for one in at.caption)


@pytest.mark.parametrize(("kind", "spans"), [("Pause", 2), ("Every other month", 4), ("On for a while", 1)])
def test_quick_changes_of_months(kind: str, spans: int) -> None:
    from loops.ui.planning.months import spells

    at = unfold(open_app(), "calendar")
    labelled(at.selectbox, "Quick change").set_value(kind).run()
    at.number_input(key="quick:common_purpose:start").set_value(12).run()
    press(at, "Apply")
    assert len(spells(shown(at).draft.schedule("tailored_insight"), 0.0, 240)) == spans


def test_too_many_changes_are_one_sentence_or_a_way_to_take_them_out(monkeypatch: pytest.MonkeyPatch) -> None:
    from loops.ui.planning import spellform

    at = unfold(open_app(), "calendar")
    labelled(at.selectbox, "Quick change").set_value("Every other month").run()
    at.number_input(key="quick:common_purpose:months").set_value(48).run()
    press(at, "Apply")
    assert any("It has 48 changes" in one.value for one in at.caption)
    press(at, "Take all changes out")
    assert shown(at).draft.schedule("tailored_insight") is None
    many = tuple(Change(month=month, level=month % 2) for month in range(1_003))
    monkeypatch.setattr(spellform, "every_other", lambda *_: many)
    press(at, "Undo")
    kept = shown(at)
    press(at, "Apply")
    assert "too many changes" in at.warning[0].value
    assert shown(at) == kept


def test_an_event_holds_for_every_line_and_can_be_removed() -> None:
    at = unfold(open_app(), "calendar")
    before = curves(at)
    labelled(at.selectbox, "Something happens to").set_value("staff_turnover").run()
    at.number_input(key="event:common_purpose:start").set_value(48).run()
    press(at, "Add this event")
    after = curves(at)
    assert after["Your plan"][54] < before["Your plan"][54]
    assert after["Information first"][54] < before["Information first"][54]
    assert "“People changing jobs” at 100% from month 48 to month 54, for 6 months." in told(at)
    assert "not a place of rest" not in told(at)
    at.button(key="remove_event:common_purpose:0").click().run()
    assert (curves(at)["Your plan"] == before["Your plan"]).all()


def test_the_length_of_the_programme_is_set_in_one_place() -> None:
    at = unfold(open_app(), "calendar")
    labelled(at.number_input, "All levers run for (months)").set_value(24).run()
    assert chart(at)["panels"][0]["spans"][1] == [[0.0, 24.0]]
    labelled(at.number_input, "All levers run for (months)").set_value(60).run()
    assert chart(at)["panels"][0]["spans"][1] == [[0.0, 60.0]]


def test_hours_over_what_there_is_are_told_and_kept_with_the_view() -> None:
    at = unfold(open_app(), "hours")
    labelled(at.number_input, "Hours a month that we have").set_value(100.0).run()
    assert "over the 100 that there are in 48 months, by up to 36 hours" in told(at)
    other = follow(view_of(at))
    assert "over the 100 that there are in 48 months" in told(other)


def test_a_plan_file_becomes_a_kept_plan() -> None:
    from loops.merge import fresh

    at = turn(open_app(), co_design=20)
    file = fresh(shown(at).plan(catalogue_model()))
    other = open_app()
    other.file_uploader(key="scenario_file:common_purpose").upload("plan.toml", file.encode()).run()
    assert [plan.title for plan in shown(other).kept] == ["Your plan"]
    assert (curves(other)["Your plan (2)"] == curves(at)["Your plan"]).all()


def test_a_model_file_that_changes_meanwhile_keeps_the_plan_where_it_fits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copied = tmp_path / "common_purpose.toml"
    copied.write_bytes(SHIPPED.read_bytes())
    monkeypatch.setattr(catalogue, "shipped_models", lambda: {"common_purpose": copied})
    at = put(turn(open_app(), co_design=35), compared=("insight_first",), shown=("trust", "buy_in"))
    text = copied.read_text().replace('id = "common_purpose"', 'id = "common_purpose"\nhorizon = 120', 1)
    copied.write_text(re.sub(r"(?m)^horizon = 240$", "", text))
    at.run()
    assert not at.exception
    assert not at.warning
    assert dials(at)["co_design"]["value"] == 35
    assert curves(at)["Your plan"].size == 121
    copied.write_text(copied.read_text().replace("co_design", "co_creation"))
    at.run()
    assert not at.exception
    assert "no longer fits" in at.warning[0].value
    assert dials(at)["co_creation"]["value"] == 0


WORDS = (
    *("levels?", "reinforcing", "balancing", "worlds?", "ensembles?", "coverage", "density", "claims?"),
    *("baselines?", "nodes?", "variables?", "trajector(y|ies)", "schedules?", "contexts?"),
)


def test_nothing_that_is_unfolded_shows_the_words_of_the_code() -> None:
    at = open_app()
    for name in ("keep", "link", "calendar", "hours"):
        unfold(at, name)
    press(at, "Add this event")
    at.number_input(key="row:common_purpose:tailored_insight:1:month").set_value(0.0).run()
    said = [*words(at), *(one.value for one in at.warning), *(one.label for one in at.text_input)]
    said += [re.sub(r"<[^>]+>", " ", one.proto.body) for one in at.get("html") if "strip" in one.proto.body]
    for one in said:
        without_quotes = re.sub(r"“[^”]*”", "", one.replace("\\", ""))
        assert not re.search(rf"\b({'|'.join(WORDS)})\b", without_quotes, re.IGNORECASE), one


def test_two_sessions_never_see_each_others_plan() -> None:
    mine, theirs = turn(open_app(), co_design=5), open_app()
    assert dials(theirs)["co_design"]["value"] == 100
    press(mine, "Undo")
    assert dials(turn(theirs, co_design=70))["co_design"]["value"] == 70
    assert dials(mine.run())["co_design"]["value"] == 100
