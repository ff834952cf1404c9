"""What a rival changes and how a pattern is looked for, as sentences."""

from __future__ import annotations

from typing import Any

import pytest
from oracles import small

from loops import library
from loops.draw import rivalled
from loops.files import read_model
from loops.model import Link
from loops.scenario import Scenario
from loops.theory.rivals import Pattern, Rival, rivals_of

LINKS = [
    {"from": "u", "to": "a", "polarity": "+", "strength": 0.1},
    {"from": "a", "to": "b", "polarity": "+", "strength": 0.1, "delay": 6.0},
    {"from": "b", "to": "c", "polarity": "-", "strength": 0.1},
    {"from": "a", "to": "c", "polarity": "?", "strength": 0.0},
]
MODEL = small(LINKS, {"a": {}, "b": {}, "c": {}}, ("u",))
PLANS = {"quiet": Scenario(id="quiet", model="small", title="Quiet")}


def changes(**given: Any) -> list[str]:
    return rivalled.changes(Rival(id="other", title="Another view", **given), MODEL)


def link(source: str, target: str, polarity: str, strength: float) -> dict[str, object]:
    return {"from": source, "to": target, "polarity": polarity, "strength": strength}


def test_arrows_gone_are_told_by_the_box_they_lead_to() -> None:
    assert changes(cut=[("*", "c")]) == ["Gone: the arrows to “c” from “b” and “a”."]
    assert changes(cut=[("u", "*"), ("b", "c")]) == [
        "Gone: the arrow to “a” from “u”.",
        "Gone: the arrow to “c” from “b”.",
    ]


def test_arrows_turned_round_or_opposed() -> None:
    assert changes(reverse=[("a", "b")]) == ["The arrow from “a” to “b” goes the other way: “b” raises “a”."]
    both = {"reverse": [("a", "b")], "opposite": [("a", "b")]}
    assert changes(**both) == ["The arrow from “a” to “b” goes the other way: “b” lowers “a”."]
    assert changes(opposite=[("b", "c")]) == ["“b” raises “c”; in our theory it lowers it."]
    assert changes(opposite=[("a", "c")]) == []  # the opposite of a sign that nobody knows


@pytest.mark.parametrize(
    ("given", "cut", "says"),
    [
        (link("c", "a", "-", 0.1), (), "There is a new arrow: “c” lowers “a”."),
        (
            link("u", "a", "+", 0.25),
            ["u", "a"],
            "The arrow from “u” to “a” is 2.5 times as strong as in our theory.",
        ),
        (
            link("u", "a", "+", 0.02),
            ["u", "a"],
            "The arrow from “u” to “a” is 0.2 times as strong as in our theory.",
        ),
        (link("u", "a", "+", 0.1), ["u", "a"], "The arrow from “u” to “a” acts in another way."),
        (link("a", "c", "?", 0.1), ["a", "c"], "The arrow from “a” to “c” is stronger than in our theory."),
    ],
)
def test_arrows_added_are_new_or_stronger(given: dict[str, object], cut: list[str], says: str) -> None:
    assert changes(add=[Link.model_validate(given)], cut=[cut] if cut else []) == [says]


def test_many_changes_are_not_all_told() -> None:
    names = [f"v{number}" for number in range(20)]
    wide = small(
        [{"from": "u", "to": name, "polarity": "+", "strength": 0.1} for name in names]
        + [{"from": name, "to": "v0", "polarity": "+", "strength": 0.1} for name in names[1:]],
        {name: {} for name in names},
        ("u",),
    )
    said = rivalled.changes(Rival(id="r", title="R", cut=[("*", "*")]), wide)
    assert len(said) == rivalled.MOST + 1
    assert said[0].endswith("“v11” and 8 more.")
    assert said[-1] == "And 8 changes more."


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"direction": "more"}, "rises by at least 0.005 between the start"),
        ({"direction": "less"}, "falls by at least 0.005 between the start"),
        ({"direction": "alike"}, "changes by less than 0.005 between the start"),
        ({"at_least": 0.1, "at_most": 0.3}, "rises by at least 0.1 and at most 0.3 between the start"),
        ({"at_least": -0.3, "at_most": -0.1}, "falls by at least 0.1 and at most 0.3 between the start"),
        ({"at_most": 0.3}, "changes by -1 to +0.3 between the start"),
        ({"direction": "more", "since": 6}, "rises by at least 0.005 between 6 months"),
    ],
)
def test_a_pattern_says_how_it_is_looked_for(given: dict[str, Any], says: str) -> None:
    run = {"scenario": "quiet", "without": ["u"]}
    pattern = Pattern(id="p", sentence="It rose", run=run, variable="a", until=12, **given)
    assert rivalled.seen(pattern, MODEL, PLANS) == f"“a” {says} and 1 year, under “Quiet” without “u”."


def test_the_shipped_rivals_and_patterns_can_be_told() -> None:
    file = library.shipped_models()["common_purpose"]
    model = read_model(file)
    plans = library.scenarios_of(model, file)
    held = rivals_of(model, plans, file)
    assert held is not None
    told = {rival.id: rivalled.changes(rival, model) for rival in held.rivals}
    assert "is 22 times as strong as in our theory." in told["easy_offer"][-1]
    assert len(told["act_first"]) == 2
    assert all(rivalled.seen(pattern, model, plans).endswith("set otherwise.") for pattern in held.patterns)
