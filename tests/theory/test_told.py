"""What was discovered is told in the words of the diagram, and never with a figure that nobody can place."""

from __future__ import annotations

import pytest
from oracles import small

from loops.model import Model
from loops.parts import replace
from loops.theory.discovery import Condition, Discovery
from loops.theory.told import condition_in_words, group_in_words, in_ten, sentence


@pytest.fixture(scope="module")
def diagram() -> Model:
    return small(
        [{"from": "a", "to": "b", "polarity": "+", "strength": 0.1}], {"a": {}, "b": {}}, contexts=("hard",)
    )


def met(name: str, low: float | None, high: float | None, share: float) -> Condition:
    return Condition(name, low, high, share, 0.001)


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        (met("link a->b strength", None, 0.6, 0.2), "the arrow from “a” to “b” is weak"),
        (met("link a->b strength", None, 1.0, 0.5), "the arrow from “a” to “b” is rather weak"),
        (met("link a->b strength", None, 1.5, 0.9), "the arrow from “a” to “b” is not very strong"),
        (met("link a->b strength", 1.5, None, 0.2), "the arrow from “a” to “b” is strong"),
        (met("link a->b 2 delay", 1.2, None, 0.4), "the arrow from “a” to “b” is rather slow to act"),
        (met("link a->b delay", 0.7, None, 0.8), "the arrow from “a” to “b” is not very quick to act"),
        (
            met("link a->b threshold", 0.8, 1.2, 0.5),
            "what “a” must reach before it moves “b” is neither very low nor very high",
        ),
        (met("link a->b presence", None, 0.0, 0.1), "there is no arrow from “a” to “b”"),
        (met("link a->b presence", 1.0, None, 0.9), "there is an arrow from “a” to “b”"),
        (met("variable a gain", None, 0.5, 0.1), "what “a” wins by itself is little"),
        (met("variable a fade", 1.5, None, 0.1), "“a” is quick to fade"),
        (met("variable a start", 1.5, None, 0.5), "the start of “a” is rather high"),
        (met("context hard", 0.3, None, 0.7), "“hard” is not very low"),
    ],
)
def test_every_kind_of_condition_has_its_words(diagram, condition, words):
    assert condition_in_words(condition, diagram) == words


def test_the_sentence(diagram):
    weak, high = met("link a->b strength", None, 0.6, 0.2), met("context hard", 0.7, None, 0.3)
    found = Discovery("found", 1000, 310, (weak, high), coverage=0.7, density=0.9)
    assert sentence(found, diagram) == (
        "It tends to fail when the arrow from “a” to “b” is weak and “hard” is high: that is so for 7 in 10 "
        "of the failures, and of the versions like this 9 in 10 fail (of all versions 3 in 10)."
    )
    assert sentence(found, diagram, "hold") == (
        "It tends to hold when the arrow from “a” to “b” is weak and “hard” is high: that is so for 7 in 10 "
        "of the versions in which it holds, and of the versions like this 9 in 10 hold (of all versions 3 in "
        "10)."
    )


def test_that_an_arrow_is_there_goes_without_saying_when_it_is_strong(diagram):
    there, strong = met("link a->b presence", 1.0, None, 0.9), met("link a->b strength", 1.5, None, 0.2)
    said = sentence(Discovery("found", 1000, 310, (there, strong), 0.7, 0.9), diagram)
    assert "when the arrow from “a” to “b” is strong: that" in said
    alone = sentence(Discovery("found", 1000, 310, (there,), 0.7, 0.9), diagram)
    assert "when there is an arrow from “a” to “b”: that" in alone
    absent = met("link a->b presence", None, 0.0, 0.1)
    assert "there is no arrow" in sentence(Discovery("found", 1000, 310, (absent, strong), 0.7, 0.9), diagram)


@pytest.mark.parametrize(
    ("ended", "failures", "fail", "hold"),
    [
        ("none fail", 0, "It holds in every one of the 4,096", "It fails in every one of the 4,096"),
        ("all fail", 4096, "It fails in every one of the 4,096", "It holds in every one of the 4,096"),
        (
            "too few fail",
            12,
            "It fails in 12 of the 4,096 versions tried: too",
            "It holds in 12 of the 4,096",
        ),
        (
            "too few hold",
            4080,
            "It fails in 4,080 of the 4,096 versions tried: it holds in too few to say when.",
            "It holds in 4,080 of the 4,096 versions tried: it fails in too few to say when.",
        ),
        (
            "nothing found",
            700,
            "It fails in 700 of the 4,096 versions tried, and nothing",
            "It holds in 700 of",
        ),
    ],
)
def test_what_was_not_found_is_told_apart(diagram, ended, failures, fail, hold):
    assert sentence(Discovery(ended, 4096, failures), diagram).startswith(fail)
    assert sentence(Discovery(ended, 4096, failures), diagram, "hold").startswith(hold)


def test_shares_in_words():
    assert [in_ten(share) for share in (0, 0.04, 0.06, 0.5, 0.94, 0.96, 1)] == [
        "none",
        "hardly any",
        "1 in 10",
        "5 in 10",
        "9 in 10",
        "nearly all",
        "all",
    ]


def test_groups_in_words(diagram):
    assert group_in_words("link a->b 2", diagram) == "the arrow from “a” to “b”"
    assert group_in_words("variable a", diagram) == "where “a” starts, and what it wins and loses by itself"
    assert group_in_words("context hard", diagram) == "“hard”"


def test_an_unknown_sign_is_named_with_its_arrow(diagram):
    unknown = replace(diagram, links=(replace(diagram.links[0], polarity="?"),))
    assert group_in_words("link a->b", unknown) == "whether the arrow from “a” to “b” is + or −"
    plus, minus = met("link a->b sign", 2.0, None, 0.5), met("link a->b sign", None, 0.0, 0.5)
    assert condition_in_words(plus, unknown) == "more of “a” leads to more of “b”"
    assert condition_in_words(minus, unknown) == "more of “a” leads to less of “b”"
