"""The Loops page without a browser: the answer, the list, the second view, and models unlike ours."""

from __future__ import annotations

import json
import re
from itertools import permutations
from typing import Any

import pytest
from onscreen import CODE_WORDS, html, open_page, press, run, words
from streamlit.testing.v1 import AppTest

from loops.simulate import DidNotFinish
from loops.ui import engine, leading
from loops.ui.catalogue import CHOSEN
from loops.ui.driving import driven

pytestmark = pytest.mark.usefixtures("compiled", "fresh_caches")


def model(*links: str, start: float = 0.1, fade: float = 0.02) -> bytes:
    """A model file of arrows such as "a + b", with labels that nobody should trust."""
    arrows = [link.split() for link in links]
    names = sorted({end for source, _, target in arrows for end in (source, target)})
    text = 'format = 1\nid = "tiny"\ntitle = "Tiny"\nhorizon = 60\n'
    for name in names:
        text += f'[variable.{name}]\nlabel = "{name} <script> %{{y}}"\nstart = {start}\nfade = {fade}\n'
    for source, sign, target in arrows:
        text += f'[[link]]\nfrom = "{source}"\nto = "{target}"\npolarity = "{sign}"\nstrength = 0.05\n'
    return text.encode()


def many(start: float = 0.1) -> bytes:
    """A model with more loops than can be listed."""
    return model(*(f"n{a} + n{b}" for a, b in permutations(range(12), 2)), fade=0.1, start=start)


def opened(data: bytes) -> AppTest:
    at = open_page("leading")
    at.file_uploader(key="model_file").upload("tiny.toml", data)
    return run(at)


def charts(at: AppTest, kind: str) -> list[Any]:
    return [one.proto for one in at.get("plotly_chart") if one.proto.id and kind in one.proto.id]


def said(at: AppTest) -> str:
    return " ".join(one.value for one in at.markdown).replace("\\", "")


def rows(at: AppTest, caption: str) -> list[str]:
    """The rows of the table whose caption has these words, as text."""
    (one,) = [
        part.proto.body
        for part in at.get("html")
        if caption in part.proto.body and "<table" in part.proto.body
    ]
    return [re.sub(r"<[^>]+>", "|", line) for line in re.findall(r"<tr>.*?</tr>", one)][1:]


def test_the_answer_comes_first_and_names_the_months() -> None:
    at = open_page("leading")
    assert "It is not a forecast" in said(at)
    assert re.search(
        r"Of the 13 loops with a name: from the start “It's ours” leads; "
        r"from month \d+ \(about .*?\) “Pulling together” leads",
        said(at),
    )
    assert "comes back once round “Passing it on”: alone it lets a push die out" in said(at)
    assert "Loops without a name give back more: in " in said(at)
    assert "Buy-in → Working together → " in said(at)


def test_two_plans_stand_side_by_side_on_one_axis() -> None:
    at = open_page("leading")
    assert len(charts(at, "lead:")) == 1
    at.selectbox(key="leading:beside:common_purpose").set_value("nothing_new")
    run(at)
    assert len(charts(at, "lead:")) == 2
    assert [one.value for one in at.subheader][:2] == ["Your plan", "If nothing new is done"]
    assert "“It's ours” leads all the way." in said(at)
    one, other = (json.loads(chart.spec)["layout"]["yaxis"]["range"] for chart in charts(at, "lead:"))
    assert one == other


def test_the_plan_of_the_first_page_is_the_first_choice_and_the_others_follow() -> None:
    plan = open_page("leading").selectbox(key="leading:plan:common_purpose")
    assert plan.options[:2] == ["Your plan", "If nothing new is done"]
    assert "Everything for four years" in plan.options


def test_all_loops_can_be_compared() -> None:
    at = open_page("leading")
    at.get_by_key("leading:compared:common_purpose").set_value("All loops")
    run(at)
    assert "without a name give back" not in said(at)
    assert "The strongest 30 of 721 loops" in " ".join(one.value for one in at.caption)


def test_the_list_has_a_row_for_each_loop_in_the_order_asked_for() -> None:
    at = open_page("leading")
    listed = rows(at, "13 of 721 loops")
    assert len(listed) == 13
    assert "R10 Passing it on" in listed[0]
    at.selectbox(key="leading:order:common_purpose:5").set_value("As in the file")
    run(at)
    assert "R1 The right information" in rows(at, "13 of 721 loops")[0]


def test_a_long_list_comes_in_pages() -> None:
    at = open_page("leading")
    at.get_by_key("leading:listed:common_purpose").set_value("All of them")
    run(at)
    first = rows(at, "25 of 721 loops")
    at.number_input(key="leading:page:common_purpose:29").set_value(29)
    run(at)
    last = rows(at, "21 of 721 loops")  # 28 pages of 25 are 700
    assert (len(first), len(last)) == (25, 21)
    assert not set(first) & set(last)


def test_a_loop_is_seen_on_the_diagram_with_its_arrows_named_or_not() -> None:
    at = open_page("leading")
    assert "Once round, arrow by arrow" in html(at)
    at.get_by_key("leading:listed:common_purpose").set_value("All of them")
    run(at)
    at.selectbox(key="leading:seen:common_purpose:True").set_value("buy_in.collaboration.trust")
    run(at)
    assert len(rows(at, "arrow by arrow")) == 3
    assert "comes back as more “Buy-in”" in said(at)


def test_the_second_view_is_worked_out_when_it_is_opened() -> None:
    at = open_page("leading")
    assert not charts(at, "bands:")
    at.session_state["leading:explained:common_purpose"] = True  # opened, as the browser tells
    run(at)
    assert len(charts(at, "bands:")) == 1
    assert "Of all that moves, on average over the months" in said(at)
    assert "cannot be compared" in " ".join(one.value for one in at.caption)


def test_the_files_say_how_many_loops_they_leave_out() -> None:
    at = open_page("leading")
    at.session_state["leading:explained:common_purpose"] = True
    run(at)
    (note,) = [one.value for one in at.caption if "These files have" in one.value]
    kept, every, out = (int(number) for number in re.findall(r"\b\d+\b(?!%)", note))
    assert every == 721 + 2 * 18
    assert kept + out == every
    assert 13 < kept < every


def test_no_word_of_the_code_is_shown() -> None:
    at = open_page("leading")
    at.session_state["leading:explained:common_purpose"] = True
    at.selectbox(key="leading:beside:common_purpose").set_value("nothing_new")
    run(at)
    for text in [*words(at), html(at), *(one.proto.alt for one in at.get("plotly_chart"))]:
        assert not CODE_WORDS.search(re.sub(r"“[^”]*”", "", text)), text


def test_at_rest_the_table_of_shares_says_that_nothing_moves() -> None:
    at = open_page("leading")
    at.session_state["leading:explained:common_purpose"] = True
    at.selectbox(key="leading:plan:common_purpose").set_value("nothing_new")
    run(at)
    table = rows(at, "Shares of the movement, If nothing new is done")
    assert len(table) > 3
    assert all(row.count("nothing moves") == 7 for row in table)  # years 3, 4, 5, 7, 10, 15 and 20
    assert all("next to none" in row or "nearly all" in row for row in table)  # and not at the start


def test_without_loops_one_sentence_says_so() -> None:
    at = opened(model("a + b"))
    assert [one.value[:39] for one in at.info] == ["No arrow leads back to where it began, "]
    assert not at.error
    assert not at.get("plotly_chart")


def test_one_loop_leads_all_the_way_and_labels_are_shown_as_they_are() -> None:
    at = opened(model("a + b", "b + a"))
    assert "“a <script> %{y} and b <script> %{y}” leads all the way." in said(at)
    assert "There is one loop." in said(at)
    assert "<script>" not in html(at)


def test_at_rest_the_page_says_that_nothing_moves() -> None:
    at = opened(model("a + b", "b + a", start=0.0))
    assert "Hardly anything moves under this plan" in said(at)


def test_where_nothing_can_come_back_nobody_leads() -> None:
    at = opened(model("a + b", "b + a", start=0.0, fade=0.0))
    assert "From the start no loop gives anything back." in said(at)


def test_of_too_many_loops_the_strongest_are_shown_and_the_list_says_so() -> None:
    at = opened(many())
    assert "Finding the strongest takes some seconds." in " ".join(one.value for one in at.caption)
    assert "These 2,000 are the shortest" in said(at)
    assert not at.get("plotly_chart")
    press(at, "Find the strongest loops")
    assert "There are more loops here than can be listed." in said(at)
    assert "strongest that were found by following the strongest arrows" in said(at)
    assert not at.error


def test_looking_for_the_strongest_says_how_far_it_is_and_can_be_stopped(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What the page does when somebody presses "Stop" is to begin again: here after the second word."""
    heard: list[float] = []

    def watched(label: str, *, make: Any, **_: Any) -> None:
        def progress(share: float, _: str) -> None:
            heard.append(share)
            if len(heard) == 2:
                raise DidNotFinish("stopped")

        with pytest.raises(DidNotFinish):
            make(progress)

    monkeypatch.setattr(leading, "asked", watched)
    at = opened(many())
    assert heard == [0.0, 0.125]  # of eight moments
    assert not at.get("plotly_chart")


def test_of_too_many_loops_at_rest_the_shortest_are_shown() -> None:
    """Where nothing moves no arrow is stronger than another."""
    at = press(opened(many(start=0.0)), "Find the strongest loops")
    assert "These 2,000 are the shortest" in said(at)
    assert "Hardly anything moves under this plan" in said(at)
    at.session_state[f"leading:explained:{at.selectbox(key=CHOSEN).value}"] = True
    run(at)
    assert "there is nothing to explain" in said(at)


def test_a_loop_with_an_unknown_sign_leads_as_neither_and_says_so() -> None:
    at = opened(model("a ? b", "b + a"))
    assert not at.error
    assert "is either a snowball or a brake: an arrow on it has no sign yet." in said(at)
    assert "pulls both ways with half its strength, until its sign is known" in said(at)
    assert "for it is a brake" not in said(at)
    assert "may be a snowball" in said(at)
    at.session_state[f"leading:explained:{at.selectbox(key=CHOSEN).value}"] = True
    run(at)
    assert "loops not decided yet, without a name" in said(at)


def test_a_run_that_does_not_finish_is_one_message(monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_: object) -> None:
        raise DidNotFinish("the run stopped after 200,000 steps")

    monkeypatch.setattr(driven, "moments", stopped)
    at = open_page("leading")
    assert [one.value for one in at.error] == [
        r"These plans cannot be run\: the run stopped after 200,000 steps"
    ]
    assert len(rows(at, "13 of 721 loops")) == 13


@pytest.mark.usefixtures("cold_engine")
def test_the_list_is_there_while_the_engine_is_made_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    import threading

    hold = threading.Event()
    monkeypatch.setattr(engine, "warm", hold.wait)
    at = open_page("leading")
    assert any("when the engine is ready" in one.value for one in at.info)
    assert len(rows(at, "13 of 721 loops")) == 13
    hold.set()
    assert engine.engine().ready(5)
    assert "leads" in said(run(at))


@pytest.mark.usefixtures("cold_engine")
def test_an_engine_that_fails_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise RuntimeError("no room for the cache")

    monkeypatch.setattr(engine, "warm", fail)
    at = open_page("leading")
    assert [one.value for one in at.error] == [r"The engine could not be made ready\: no room for the cache"]
