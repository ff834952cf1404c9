"""Signs from formulas: against numerical derivatives, and for formulas that are none."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loops.interchange.formula import polarities, same

NAMES = ("a", "b", "c")

formulas = st.recursive(
    st.sampled_from([*NAMES, "2", "0.5"]),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from([" + ", "-", "*", " / "]), inner).map(
            lambda parts: f"({''.join(parts)})"
        ),
        inner.map(lambda part: f"-({part})"),
        inner.map(lambda part: f"EXP({part})"),
        st.tuples(inner, inner).map(lambda parts: f"MIN({parts[0]}, {parts[1]})"),
    ),
    max_leaves=8,
)
levels = st.fixed_dictionaries(dict.fromkeys(NAMES, st.floats(0.5, 2)))


def value(formula, at):
    """Python's own reading of the same formula."""
    return eval(formula, {"EXP": math.exp, "MIN": min}, at)


@given(formulas, levels, st.sampled_from(NAMES), st.floats(0.01, 0.4))
@settings(max_examples=300, derandomize=True, deadline=None)
def test_a_sign_is_that_of_the_derivative(formula, at, name, more):
    """Oracle: Python evaluates the formula twice. A function that rises everywhere never falls from one
    positive value to a larger one, and the other way round. Rounding: 1e-9 of the values' size."""
    said = polarities(formula, NAMES)
    try:
        before, after = value(formula, at), value(formula, {**at, name: at[name] + more})
    except (ZeroDivisionError, OverflowError):
        return
    slack = 1e-9 * (1 + abs(before) + abs(after))
    if said.get(name) == "+":
        assert after >= before - slack
    elif said.get(name) == "-":
        assert after <= before + slack
    elif name not in said:
        assert name not in formula.replace("EXP", "")


@pytest.mark.parametrize(
    ("formula", "signs"),
    [
        ("hares * birth fraction", {"birth fraction": "+", "hares": "+"}),
        ("(goal - level) / time to act", {"goal": "+", "level": "-", "time to act": "?"}),
        ("level ^ 2", {"level": "+"}),
        ("level ^ -1", {"level": "-"}),
        ("2 ^ level", {"level": "?"}),
        ("goal - SMOOTH3(level, time to act)", {"goal": "+", "level": "-"}),
        ("INTEG(goal - level, hares)", {"goal": "+", "level": "-"}),
        ("table(level)", {"level": "?"}),
        ("SQRT(level[north, south!]) * -1.5e-3", {"level": "-"}),
        ('"birth fraction" / 2', {"birth fraction": "+"}),
        ("level - level", {"level": "?"}),
        ("goal * EXP(-level)", {"goal": "+", "level": "-"}),
        ("constant * level", {"level": "+"}),
    ],
)
def test_signs_by_the_rules_of_differentiation(formula, signs):
    known = {"hares", "birth fraction", "goal", "level", "time to act"}
    assert polarities(formula, known) == signs


@pytest.mark.parametrize(
    "formula",
    [
        *(
            "",
            "1",
            "()",
            "+",
            "a b",
            "(a",
            "a)",
            "a,b",
            "(a)(b)",
            "a*",
            "(a+)",
            "a = b",
            "a := b",
            ")(",
            "*a",
        ),
        *("IF THEN ELSE(a > b, 1, 2)", "IF a > b THEN a ELSE b", "a AND b", "a" + "+a" * 300),
    ],
)
def test_what_is_no_arithmetic_says_nothing(formula):
    assert polarities(formula, {"a", "b"}) == {}


@given(st.text('ab1.+-*/^(),[]" \x00\n', max_size=60))
@settings(max_examples=500, derandomize=True, deadline=None)
def test_any_text_is_read_or_not(formula):
    assert set(polarities(formula, {"a", "b", "a b"}).values()) <= {"+", "-", "?"}


def test_names_are_the_same_as_in_the_programs():
    assert same('"Buy_In "') == same("buy\\nin") == same(" BUY  in") == "buy in"
    assert same("buy-in") != same("buy in")
