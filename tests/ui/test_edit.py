"""Change the diagram as a reader meets it, without a browser: forms, findings, steps, other pages."""

from __future__ import annotations

import re

import pytest
from changing import draft, told
from onscreen import CODE_WORDS, dials, drawn, open_page, press, run, words
from streamlit.testing.v1 import AppTest

pytestmark = pytest.mark.usefixtures("fresh_caches")


def opened(part: str = "", key: str = "saved-ours") -> AppTest:
    """The page with a model chosen, and a part picked if wanted."""
    at = open_page("edit")
    at.selectbox(key="model").set_value(key)
    run(at)
    return picked(at, part) if part else at


def picked(at: AppTest, part: str) -> AppTest:
    at.selectbox(key="change:picked").set_value(part)
    return run(at)


def field(at: AppTest, label: str) -> object:
    every = (
        at.text_input,
        at.text_area,
        at.selectbox,
        at.number_input,
        at.select_slider,
        at.radio,
        at.toggle,
    )
    return next(one for kind in every for one in kind if one.label == label)


def enter(at: AppTest, **values: object) -> AppTest:
    """Fields by their labels, with _ for a space, as they are before anything hears of it."""
    for label, value in values.items():
        field(at, label.replace("_", " ")).set_value(value)  # type: ignore[attr-defined]
    return at


def fill(at: AppTest, **values: object) -> AppTest:
    """The same, and the page again."""
    return run(enter(at, **values))


def kept(at: AppTest) -> bool:
    """Whether there is something to keep."""
    return not next(one for one in at.button if one.label == "Keep these changes").disabled


@pytest.mark.usefixtures("ours")
def test_a_box_is_changed_in_its_card_by_one_step() -> None:
    at = opened("node:trust")
    assert not kept(at)
    fill(at, Name="Deep trust", Description="Between us", Where_it_starts=0.5)
    press(at, "Keep these changes")
    trust = draft(at).model.variables[0]
    assert (trust.label, trust.description, trust.start) == ("Deep trust", "Between us", 0.5)
    assert [step.says for step in draft(at).history.done] == [
        "“Trust”: the name “Deep trust”, the level at the start and the description"
    ]
    assert "1 change, not saved yet" in told(at)
    press(at, "Undo")
    assert field(at, "Name").value == "Trust"  # type: ignore[attr-defined]
    assert not kept(at)
    press(at, "Redo")
    assert draft(at).model.variables[0].label == "Deep trust"


@pytest.mark.usefixtures("ours")
def test_what_stands_in_the_way_is_said_before_the_button_is_pressed() -> None:
    at = fill(opened("link:trust|work"), How_we_know="stated")
    assert "Not yet: “Trust” → “Work”: what is stated needs the passage and where it stands" in told(at)
    assert not kept(at)
    fill(at, **{"The source’s own words": "Trust helps.", "Where they stand: section, page": "page 2"})
    assert "Not yet" not in told(at)
    press(at, "Keep these changes")
    (link,) = draft(at).model.links
    assert (link.evidence, link.passage, link.locator) == ("stated", "Trust helps.", "page 2")


@pytest.mark.usefixtures("ours")
def test_an_arrow_says_its_strength_in_a_word_a_number_and_its_meaning() -> None:
    at = opened("link:trust|work")
    assert field(at, "How strong").value == "strong"  # type: ignore[attr-defined]
    assert "half of what is missing is won in about 7 months" in told(at)
    fill(at, How_strong="weak")
    assert "half of what is missing is won in about 6 years" in told(at)
    fill(at, How_strong="another number")
    fill(at, **{"A month (0 to 2)": 0.25, "How late it is felt, in months (0: at once)": 6.0})
    fill(at, It_needs_a_critical_mass=True)
    fill(at, **{"About half of its effect is there when “Trust” is": 0.4})
    press(at, "Keep these changes")
    (link,) = draft(at).model.links
    assert (link.strength, link.delay, link.threshold) == (0.25, 6.0, 0.4)


@pytest.mark.usefixtures("ours")
def test_a_sign_is_flipped_at_once_and_taken_back() -> None:
    at = press(opened("link:trust|work"), "Flip the sign")
    assert draft(at).model.links[0].polarity == "-"
    assert any("leads to less “Work”" in one.value for one in at.subheader)
    press(at, "Flip the sign")
    assert draft(at).model.links[0].polarity == "+"
    press(press(at, "Undo"), "Undo")
    assert draft(at).model.links[0].polarity == "+"
    assert "Saved as ours.toml" in told(at)


@pytest.mark.usefixtures("ours")
def test_boxes_and_arrows_are_added_by_name_and_open_in_their_cards() -> None:
    at = press(enter(opened(), What_it_is_called="Visits", What_it_is="lever"), "Add the box")
    assert at.selectbox(key="change:picked").value == "node:visits"
    assert [lever.label for lever in draft(at).model.levers] == ["Visits"]
    assert draft(at).model.levers[0].position is not None
    press(enter(press(at, "Done with this"), From="visits", To="trust"), "Add the arrow")
    assert at.selectbox(key="change:picked").value == "link:visits|trust"
    assert draft(at).model.link("visits", "trust").bend is not None
    press(at, "Done with this")
    press(at, "Add the box")
    assert "Give the new box a name." in told(at)


@pytest.mark.usefixtures("ours")
def test_a_loop_without_a_name_gets_one_and_its_letter_must_fit() -> None:
    at = press(enter(opened(), From="work", To="trust"), "Add the arrow")
    at.session_state["change:loops"] = True
    press(enter(run(at), Call_it="Doing builds trust"), "Name this loop")
    assert at.selectbox(key="change:picked").value == "loop:doing_builds_trust"
    fill(at, Letter_and_number_on_the_diagram="B1")
    assert "Not yet: the label B1 disagrees with its path" in told(at)
    fill(at, Letter_and_number_on_the_diagram="R1")
    press(at, "Keep these changes")
    assert [(loop.name, loop.label) for loop in draft(at).model.loops] == [("Doing builds trust", "R1")]
    press(picked(at, "node:work"), "Remove this box")
    assert "The loop “Doing builds trust” is no longer named" in told(at)
    at.button(key="editing:undo:said").click()
    run(at)
    assert [loop.label for loop in draft(at).model.loops] == ["R1"]


@pytest.mark.usefixtures("ours")
def test_what_is_worth_a_look_is_mended_by_one_press() -> None:
    at = press(enter(opened(), What_it_is_called="Alone"), "Add the box")
    assert "No arrow leads to or from “Alone”" in told(at)
    press(press(at, "Done with this"), "Take the box out")
    assert len(draft(at).model.nodes) == 2


@pytest.mark.usefixtures("ours")
def test_every_step_is_listed_and_one_can_go_back_to_before_it() -> None:
    at = opened("link:trust|work")
    for _ in range(3):
        press(at, "Flip the sign")
    at.session_state["change:below"] = "What you changed"
    run(at)
    assert "3. “Trust” → “Work”: \u2212" in told(at)
    press(at, "Back to before it", 1)
    assert draft(at).model.links[0].polarity == "-"
    assert "1 change, not saved yet" in told(at)


@pytest.mark.usefixtures("compiled")
def test_every_page_shows_the_draft_and_plans_that_no_longer_fit_are_left_out() -> None:
    whatif = open_page("whatif")
    assert "co_design" in dials(whatif)
    at = press(opened("node:co_design", key="common_purpose"), "Remove this box")
    assert "4 arrows went with “Design it together”." in told(at)
    for key in ("editing:drafts", "draft_models"):
        whatif.session_state[key] = at.session_state[key]
    run(whatif).selectbox(key="model").set_value(at.session_state["model"])
    run(whatif)
    assert "(draft)" in next(one for one in whatif.selectbox(key="model").options if "draft" in one)
    assert "co_design" not in dials(whatif)
    assert "does not fit it and is left out" in told(whatif)


@pytest.mark.usefixtures("ours")
def test_closing_a_draft_leaves_what_it_began_from() -> None:
    at = press(opened("link:trust|work"), "Flip the sign")
    press(at, "Close this draft")
    assert at.selectbox(key="model").value == "saved-ours"
    assert not at.session_state["editing:drafts"]
    assert "Saved as ours.toml" in told(at)


@pytest.mark.parametrize("part", ["", "node:trust", "node:co_design", "link:strain|buy_in", "loop:too_big"])
def test_no_card_shows_the_words_of_the_code(part: str) -> None:
    at = opened(part, key="common_purpose")
    assert len(drawn(at, "editor")) == 1
    said = [*words(at), *(one.label for kind in (at.text_input, at.text_area, at.radio) for one in kind)]
    for one in said:
        assert not CODE_WORDS.search(re.sub(r"“[^”]*”", "", one).replace("\\", "")), one


@pytest.mark.usefixtures("ours")
def test_the_title_and_the_vision_are_changed_while_a_card_is_open() -> None:
    at = opened("node:trust")
    at.session_state["change:below"] = "Title and vision"
    fill(run(at), Title="Ours", **{"What we work towards, in our own words": "Doors that are open"})
    next(one for one in at.button if one.label == "Keep these changes" and not one.disabled).click()
    run(at)
    assert (draft(at).model.title, draft(at).model.vision) == ("Ours", "Doors that are open")
