"""The card of a box, an arrow and a loop, as a reader meets them."""

from __future__ import annotations

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from loops.draw.layout import link_keys
from loops.draw.spheres import cell_words
from loops.feedback import find
from loops.files import read_model
from loops.library import shipped_models
from loops.model import Model
from loops.ui.reading import arrow_words

NASTY = "<script>alert(1)</script> *b* ![x](http://a.b) 🚶"


def card(part: str, *, most: int = 2_000, model: str = "common_purpose") -> AppTest:
    """The card of a part of a shipped model; what is picked on it ends in the session."""

    def run(part: str, most: int, name: str) -> None:
        import streamlit as st

        from loops.feedback import find
        from loops.files import read_model
        from loops.library import shipped_models
        from loops.ui.components.canvas import Picked
        from loops.ui.reading.card import Card

        def pick(found: Picked | None) -> None:
            st.session_state["picked"] = found.part if found else ""

        model = read_model(shipped_models()[name])
        Card(model, find(model, most=most), pick).show(Picked.of(part))

    at = AppTest.from_function(run, args=(part, most, model), default_timeout=60).run()
    assert not at.exception
    return at


def said(at: AppTest) -> str:
    told = [one.value for kind in ("subheader", "markdown", "caption") for one in getattr(at, kind)]
    return " ".join(told).replace("\\", "").replace("**", "")


def labels(at: AppTest) -> list[str]:
    return [one.label.replace("\\", "") for one in at.button]


def test_a_box_says_what_it_is_and_what_it_belongs_to(common_purpose: Model) -> None:
    at, node = card("node:buy_in"), common_purpose.nodes["buy_in"]
    told = said(at)
    assert all(words in told for words in (node.label, node.description, f"Not yet: {node.not_yet}"))
    assert f"Fully: {node.fully}" in told
    assert all(prompt in told for prompt in node.prompts)
    feeding = [link for link in common_purpose.links if link.target == "buy_in"]
    driven = [link for link in common_purpose.links if link.source == "buy_in"]
    arrows = [label for label in labels(at) if ": more leads to" in label]
    assert len(arrows) == len(feeding) + len(driven)
    assert "Stretched for time: more leads to less (inferred)" in arrows
    passing = [loop for loop in common_purpose.loops if "buy_in" in loop.path]
    assert sum(label.endswith(("(snowball)", "(brake)")) for label in labels(at)) == len(passing)


def test_other_loops_are_counted_and_a_cut_search_says_so(common_purpose: Model) -> None:
    every = [loop for loop in find(common_purpose).loops if "buy_in" in loop.nodes and not loop.named]
    assert f"Loops without a name that pass through here: {len(every):,}." in said(card("node:buy_in"))
    assert "than the 20 shortest that were looked at" in said(card("node:buy_in", most=20))
    assert "No loop passes through here" in said(card("node:training"))


def test_a_lever_says_its_hours(common_purpose: Model) -> None:
    lever = common_purpose.nodes["training"]
    assert f"Full effort is {lever.hours_us:g} hours a month for us" in said(card("node:training"))


def test_a_lever_says_what_it_costs_needs_and_where_it_acts_and_how_we_know() -> None:
    model = read_model(shipped_models()["active_practice"])
    costly = next(lever for lever in model.levers if lever.cost and lever.earliest)
    told = said(card(f"node:{costly.id}", model="active_practice"))
    assert f"It costs £{costly.cost:,.0f}, once." in told
    assert "It cannot begin before" in told
    needing = next(lever for lever in model.levers if lever.needs and lever.influence)
    at = card(f"node:{needing.id}", model="active_practice")
    assert model.nodes[needing.needs[0]].label in labels(at)
    assert cell_words(needing.influence[0].at, needing.influence[0].on) in said(at)
    back = card(f"node:{needing.needs[0]}", model="active_practice")
    assert "What needs it" in said(back)
    assert needing.label in labels(back)


def test_an_arrow_says_how_strong_how_late_and_how_anybody_knows(common_purpose: Model) -> None:
    link = common_purpose.link("common_purpose", "structure")
    told = said(card("link:common_purpose|structure"))
    assert "More “Pulling in the same direction” leads to more “The wider system backs it”." in told
    assert link.reason in told
    assert f"How we know: {link.grade}." in told
    assert "It takes about 12 months to be felt (assumed)." in told
    assert "It hardly acts until “Pulling in the same direction” is" in told
    assert "Alone and with its source complete, it wins half of what is missing in about" in told
    for end in ("common_purpose", "structure"):
        assert all(prompt in told for prompt in common_purpose.nodes[end].prompts)


def test_a_contested_arrow_quotes_both_ways(common_purpose: Model) -> None:
    key, link = next((key, one) for key, one in link_keys(common_purpose).items() if one.against)
    told = said(card(f"link:{key}"))
    assert f"“{link.passage}”" in told
    assert f"“{link.against}”" in told
    assert link.locator in told
    assert common_purpose.sources[0].title in told


def test_a_loop_is_told_as_a_story_arrow_by_arrow(common_purpose: Model) -> None:
    at = card("loop:running_out_of_time")
    told = said(at)
    assert "B1 Running out of time (brake)" in told
    assert "If new work adds load, goodwill drops and it slips." in told
    assert "So a change is held back: this is a brake." in told
    assert "Its least certain arrow is contested" in told
    assert labels(at)[0] == "Buy-in: ready to act to Part of how we work: more leads to more (inferred)"
    assert len(at.button) == 3


def test_every_button_of_a_card_opens_another_card() -> None:
    at = card("node:buy_in")
    for place, expected in ((0, "link:"), (-1, "loop:")):
        at.button[place].click().run()
        assert at.session_state["picked"].startswith(expected)


def model_of(**link: Any) -> Model:
    return Model.model_validate(
        {
            "id": "small",
            "title": "Small",
            "source": {"book": {"title": NASTY}},
            "variable": {"a": {"label": NASTY, "start": 0.1}, "b": {"label": "B", "start": 0.1}},
            "link": [{"from": "a", "to": "b", "polarity": "+", "strength": 0.1, **link}],
        }
    )


@pytest.mark.parametrize(
    ("link", "sentence", "figures"),
    [
        (
            {"strength": 0.1},
            "leads to more “B”.",
            "wins half of what is missing in about 7 months (0.1 a month)",
        ),
        (
            {"polarity": "-", "strength": 0.05},
            "leads to less “B”.",
            "loses half of what is there in about 1 year",
        ),
        (
            {"polarity": "?", "strength": 0.1},
            "leads to more or less “B”.",
            "goes half of the way in about 7 months",
        ),
        ({"strength": 0.0}, "leads to more “B”.", "Its strength is 0 a month."),
    ],
)
def test_an_arrow_in_words_and_figures(link: dict[str, Any], sentence: str, figures: str) -> None:
    made = model_of(**link)
    assert arrow_words.sentence(made, made.links[0]).endswith(sentence)
    assert figures in arrow_words.figures(made.links[0])


def test_stronger_arrows_never_get_a_weaker_word() -> None:
    order = ["It does nothing", "Weak", "Medium", "Strong"]
    words = [arrow_words.strength(model_of(strength=step / 500).links[0]) for step in range(100)]
    ranks = [next(place for place, word in enumerate(order) if said.startswith(word)) for said in words]
    assert ranks == sorted(ranks)
    assert set(ranks) == {0, 1, 2, 3}


@pytest.mark.parametrize(("threshold", "there"), [(0.05, "has begun"), (0.45, "is partly there")])
def test_a_critical_mass_in_words(threshold: float, there: str) -> None:
    made = model_of(threshold=threshold)
    assert there in arrow_words.critical_mass(made, made.links[0])
    assert arrow_words.critical_mass(made, model_of().links[0]) == ""


def test_a_passage_says_where_it_stands() -> None:
    made = model_of()
    assert arrow_words.quoted(made, "Words", "page 2", "book") == f"“Words” ({NASTY}, page 2)"
    assert arrow_words.quoted(made, "Words", None, None) == "“Words”"
    assert arrow_words.quoted(made, None, "page 2", "book") == ""
