"""What the page says of an answer, of a curve, along a line and on a map: every case in plain words."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np
import pytest
from onscreen import catalogue_model

from loops.draw.tipmap import Axis
from loops.equilibrium.along import ContextLevel, LeverLevel, ProgrammeLength
from loops.equilibrium.lasting import Lasting
from loops.equilibrium.rest import RestState
from loops.equilibrium.returns import Crossing, ReturnCurve
from loops.equilibrium.stability import NOT_COMPUTED
from loops.equilibrium.tipmap import TippingMap
from loops.equilibrium.tipping import Crossing as Turn
from loops.equilibrium.tipping import Tipping, TippingRange
from loops.parts import replace
from loops.scenario import Scenario, Schedule
from loops.ui.keeping import howlong, resting, verdict, where, wording

HELD = np.linspace(0, 1, 11)
MODEL = catalogue_model()
QUIET = Scenario(id="quiet", model="common_purpose", title="Quiet")
HIGHER = RestState(np.array([0.6]), 1, NOT_COMPUTED)


def lasting(
    fate: Any, *, stop: Any = 48.0, end: float = 0.03, half: Any = None, upper: Any = None
) -> Lasting:
    return Lasting(QUIET, fate, stop, end, None, upper, None, half)


@pytest.mark.parametrize(
    ("left", "end", "says"),
    [
        (0.58, 0.44, "it falls back somewhat and comes to rest, still at partly."),
        (0.4, 0.8, "it goes on growing and comes to rest at mostly."),
        (0.8, 0.44, "it falls back and comes to rest at partly."),
        (0.45, 0.44, "it stays about there."),
    ],
)
def test_what_is_sustained_is_followed_to_its_rest(left: float, end: float, says: str) -> None:
    said = verdict.why("Buy-in", lasting("sustained", end=end), left)
    assert said.startswith("The work stops after 4 years, with “Buy-in” at ")
    assert said.endswith(says)


def test_what_fades_says_how_fast_and_whether_there_was_anything_to_reach() -> None:
    said = verdict.why("Buy-in", lasting("fading", stop=12.0, half=20.0), 0.3)
    assert said == (
        "The work stops after 1 year, with “Buy-in” at a little. Then it fades. Half of what was gained is "
        "gone 1½ years later. In the end it rests at not yet. In these circumstances there is no higher "
        "place of rest that it could reach."
    )
    assert "this plan does not get it there" in verdict.why(
        "Buy-in", lasting("fading", half=20.0, upper=HIGHER), 0.3
    )


def test_a_slow_fade_is_called_a_fade() -> None:
    said = verdict.why("Buy-in", lasting("fading", half=400.0), 0.5)
    assert (
        "Half of what was gained is gone 33½ years later. It looks like success for years, and is not."
        in said
    )
    assert verdict.HEADLINES["fading"] == "Unlikely to keep going without us"


@pytest.mark.parametrize(
    ("fate", "stop", "says"),
    [
        ("no lead", 12.0, "no higher than if nothing new is done"),
        ("no lead", None, "No lever is moved"),
        ("levers never stop", None, "held there by levers that never stop"),
        ("circumstances", None, "things around us made it so"),
        ("still moving", 12.0, "comes to no rest"),
        ("still moving", None, "comes to no rest"),
    ],
)
def test_every_other_fate_says_why_there_is_no_answer(fate: Any, stop: Any, says: str) -> None:
    assert says in verdict.why("Buy-in", lasting(fate, stop=stop), None if stop is None else 0.3)
    assert "keep going without us" not in verdict.HEADLINES[fate]


def curve(*crossings: tuple[float, bool | None], agree: bool = True, settled: bool = True) -> ReturnCurve:
    met = tuple(Crossing(level, stable, "both") for level, stable in crossings)
    return ReturnCurve("buy_in", HELD, HELD, HELD, met, agree, settled)


def test_a_curve_says_where_it_rests_and_where_it_tips() -> None:
    assert resting.sentence("Buy-in", curve((0.03, True), (0.23, False), (0.44, True))) == (
        "In these circumstances “Buy-in” can rest in 2 places: not yet and partly. It tips at a little: "
        "pushed above that it grows by itself, and left below that it shrinks."
    )
    assert resting.sentence("Buy-in", curve((0.0, False), (0.5, True))).endswith(
        "It tips at not yet: pushed above that it grows by itself."
    )
    assert resting.sentence("Buy-in", curve((0.03, True))).endswith(
        "Wherever it is pushed, it comes back there."
    )
    assert "no firm place of rest" in resting.sentence("Buy-in", curve((0.5, False)))
    assert resting.sentence("Buy-in", curve()) == "No place of rest was found for “Buy-in” on this curve."


def test_a_curve_that_depends_on_the_rest_promises_nothing_about_pushes() -> None:
    said = resting.sentence("Buy-in", curve((0.03, True), agree=False, settled=False))
    assert "Wherever it is pushed" not in said
    assert "coming from nothing the curve is not the same as coming from everything" in said
    assert "Not everything had come to rest" in said


def tipping(*turns: Turn, verdict: Any = "tips") -> Tipping:
    values = np.linspace(0, 120, 13)
    lasts = values > 24
    return Tipping(
        ProgrammeLength(),
        values,
        values / 120,
        0 * values,
        lasts,
        anyway=lasts & False,
        still=lasts | True,
        crossings=turns,
        upper=bool(turns),
        verdict=verdict,
    )


def test_along_a_line_every_turn_is_told() -> None:
    length, pressure = ProgrammeLength(), ContextLevel("competing_priorities")
    assert howlong.sentence(tipping(Turn(26.6, False, True)), length) == (
        "With our assumptions exactly as they are it fades at first and keeps going from about 2 years on."
    )
    assert howlong.sentence(tipping(Turn(0.62, True, False)), pressure).endswith(
        "it keeps going at first and fades from about 62% on."
    )
    assert howlong.sentence(tipping(Turn(24, False, True), Turn(60, True, False)), length).endswith(
        "it fades at first, keeps going from about 2 years on and fades from about 5 years on."
    )


@pytest.mark.parametrize(
    ("verdict", "says"),
    [
        (
            "one rest state",
            "Nothing is printed here: it does not keep going by itself, however long the work goes on.",
        ),
        ("always", "It keeps going however long the work goes on."),
        ("never", "it is not reached, however long the work goes on."),
        ("any push", "nothing tips"),
        ("no levers", "No lever is on"),
        ("levers never stop", "never stops"),
    ],
)
def test_where_nothing_tips_no_value_is_printed(verdict: Any, says: str) -> None:
    said = howlong.sentence(tipping(verdict=verdict), ProgrammeLength())
    assert says in said
    assert not any(letter.isdigit() for letter in said)


def test_the_range_is_words_and_the_shares_are_coarse() -> None:
    got = TippingRange(19.0, 26.0, 31.0, lasts=0.91, never=0.09, always=0.0, several=0.0, draws=64)
    assert (
        howlong.headline(got, ProgrammeLength())
        == "Somewhere between 1½ and 2½ years, under these assumptions"
    )
    assert howlong.versions(got, ProgrammeLength(), 48.0) == (
        "64 versions were tried. This plan as it is (4 years) keeps going in about 9 of 10 versions. "
        "However long the work goes on, it fades in about 1 of 10 versions."
    )
    none = dataclasses.replace(got, low=None, middle=None, high=None)
    assert "no range to give" in howlong.headline(none, ProgrammeLength())


X = Axis("How long", (), lambda months: f"{months:.0f} months")
Y = Axis("Pressure", (), lambda level: f"{level:.0%}")


def map_of(lasts: Any, *, dot: Any = None, still: Any = None, anyway: Any = None) -> TippingMap:
    lead = np.array(lasts, dtype=float)
    ys, xs = np.linspace(0, 1, lead.shape[0]), np.linspace(0, 60, lead.shape[1])
    quiet, moved = np.zeros_like(lead, dtype=bool), np.ones_like(lead, dtype=bool)
    x, y = ProgrammeLength(), ContextLevel("competing_priorities")
    return TippingMap(
        x, y, xs, ys, lead, quiet if anyway is None else anyway, moved if still is None else still, dot
    )


def test_a_map_is_told_row_by_row_and_the_plan_last() -> None:
    found = map_of([[0, 0.3, 0.3], [0, 0, 0.3], [0, 0, 0]], dot=(60.0, 0.5))
    assert where.sentence(found, X, Y, "Your plan") == (
        "With “Pressure” at 0% it fades up to about 15 months and keeps going from there on. "
        "With “Pressure” at 50% it fades up to about 45 months and keeps going from there on. "
        "With “Pressure” at 100% it fades everywhere. The dot, “Your plan”, lies where it keeps going."
    )


def test_a_map_says_what_comes_anyway_and_what_still_moves() -> None:
    anyway = np.array([[True, False, False], [False] * 3])
    still = np.array([[True] * 3, [True, True, False]])
    said = where.sentence(map_of([[0.2, 0.3, 0], [0.3, 0, 0.3]], anyway=anyway, still=still), X, Y, "Plan")
    assert (
        "it comes without us up to about 15 months, keeps going from there to about 45 months and fades"
        in said
    )
    assert "At 17% of the places something still moved" in said
    assert "The dot" not in said


def test_what_could_be_otherwise_depends_on_what_the_plan_does() -> None:
    always = replace(QUIET, levers=(Schedule(id="training", always=1.0),))
    assert wording.ways(MODEL, QUIET) == {}
    assert list(wording.ways(MODEL, always)) == [wording.LENGTH]
    full = wording.ways(MODEL, always, ended=True)
    assert len(full) == 1 + len(MODEL.levers) + len(MODEL.contexts)
    assert full["context:competing_priorities"] == "Circumstance: Pressure from everything else"


def test_values_are_said_as_people_say_them() -> None:
    assert [wording.amount(ProgrammeLength())(months) for months in (0, 8, 30)] == [
        "no time",
        "8 months",
        "2½ years",
    ]
    assert wording.amount(LeverLevel("training"))(0.25) == "25%"
    years = wording.axis(MODEL, ProgrammeLength()).marks
    assert years[0] == (0, "0")
    assert years[-1] == (120, "10")
    longer = wording.axis(MODEL, ProgrammeLength(high=600)).marks
    assert len(longer) <= 8
