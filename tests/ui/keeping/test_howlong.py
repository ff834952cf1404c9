"""Along a line: where it tips, the range over versions, and the figures behind."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np
import pytest
from onscreen import catalogue_model

from loops.draw.fates import MARKS
from loops.equilibrium.along import ContextLevel, LeverLevel, ProgrammeLength
from loops.equilibrium.fate import Fate
from loops.equilibrium.tipping import Tip, Tipping, TippingRange
from loops.ui.keeping import figures, howlong, wording

MODEL = catalogue_model()


def tipping(*turns: Tip, verdict: Any = "tips", along: Any = None) -> Tipping:
    values = np.linspace(0, 120, 13)
    fates = np.where(values > 24, Fate.KEEPS_GOING, Fate.FADES).astype(object)
    fates[5] = Fate.STILL_MOVES
    return Tipping(
        along or ProgrammeLength(),
        values,
        values / 120,
        0 * values,
        fates,
        tips=turns,
        upper=bool(turns),
        verdict=verdict,
    )


UP, DOWN = (Fate.FADES, Fate.KEEPS_GOING), (Fate.KEEPS_GOING, Fate.FADES)
PRESSURE = ContextLevel("competing_priorities")


def test_along_a_line_every_turn_is_told_and_no_needed_length_is_rounded_down() -> None:
    assert howlong.sentence(tipping(Tip(26.1, *UP))) == (
        "With our assumptions exactly as they are it fades at first and keeps going from about 27 months "
        "(a little over 2 years) on."
    )
    assert howlong.sentence(tipping(Tip(0.62, *DOWN), along=PRESSURE)).endswith(
        "it keeps going at first and fades from about 60% on."
    )
    assert howlong.sentence(tipping(Tip(24, *UP), Tip(61, *DOWN))).endswith(
        "it fades at first, keeps going from about 24 months (2 years) on and fades from about 5 years on."
    )
    assert "comes anyway at first" in howlong.sentence(tipping(Tip(30, Fate.COMES_ANYWAY, Fate.FADES)))


@pytest.mark.parametrize(
    ("verdict", "says"),
    [
        ("one rest state", "It does not keep going by itself, however long the work goes on, in these circ"),
        ("always", "This makes no difference to whether it lasts: it keeps going, however long"),
        ("anyway", "This makes no difference to whether it lasts: it comes anyway, however long"),
        ("no difference", "This makes no difference to whether it lasts: it ends no higher"),
        ("never", "This makes no difference to whether it lasts: there is a higher place of rest"),
        ("any push", "nothing tips"),
        ("no levers", "No lever is on"),
        ("levers never stop", "never stops"),
    ],
)
def test_where_nothing_tips_no_value_is_printed(verdict: Any, says: str) -> None:
    said = howlong.sentence(tipping(verdict=verdict))
    assert says in said
    assert not any(letter.isdigit() for letter in said)


GOT = TippingRange(19.4, 26.0, 31.2, lasts=0.86, never=0.14, always=0.0, several=0.0, draws=64)
STEADY = dataclasses.replace(GOT, low=None, middle=None, high=None, never=0.14, always=0.86)


@pytest.mark.parametrize(
    ("got", "scan", "says"),
    [
        (
            GOT,
            tipping(Tip(26.6, *UP)),
            "In most versions of our assumptions the work must go on for 19 to 32 months; in about 1 of 7 "
            "versions no length up to 10 years is enough.",
        ),
        (
            dataclasses.replace(GOT, low=0.41, high=0.58, always=0.2),
            tipping(Tip(0.5, *UP), along=LeverLevel("training")),
            "In most versions of our assumptions “It” must be at 40% to 60% or more; in about 1 of 7 "
            "versions nothing of this is enough; in about 1 of 5 versions it keeps going, wherever this is "
            "set.",
        ),
        (
            dataclasses.replace(GOT, low=0.51, high=0.78, never=0.0),
            tipping(Tip(0.62, *DOWN), along=PRESSURE),
            "In most versions of our assumptions “It” must stay below 50% to 80%.",
        ),
        (
            dataclasses.replace(GOT, low=0.51, high=0.78, never=0.0),
            tipping(verdict="always", along=PRESSURE),
            "In most versions of our assumptions it tips at 50% to 80%.",
        ),
        (
            STEADY,
            tipping(verdict="always", along=PRESSURE),
            "In every version this makes no difference to whether it lasts: in about 6 of 7 versions it "
            "keeps going and in about 1 of 7 versions it does not, wherever this is set.",
        ),
        (
            dataclasses.replace(STEADY, never=0.0, always=0.0),
            tipping(),
            "In no version this makes no difference to whether it lasts.",
        ),
    ],
)
def test_the_range_says_what_is_needed_and_the_worst_case(
    got: TippingRange, scan: Tipping, says: str
) -> None:
    assert howlong.headline(got, scan, "It") == says


def test_a_file_holds_every_point_every_tip_and_the_range() -> None:
    scan = tipping(Tip(26.6, *UP))
    axis = wording.axis(MODEL, scan.along)
    rows = [dict(zip(figures._HEAD, row, strict=True)) for row in figures._csv(scan, GOT, axis)]
    points = [row for row in rows if row["what"] == "point"]
    assert [row["so it"] for row in points] == [MARKS[fate].words for fate in scan.fates]
    assert [row["at rest"] for row in points].count("no") == 1
    assert [float(row["in the end (0 to 1)"]) for row in points] == pytest.approx(scan.levels, abs=5e-5)
    assert [row["value"] for row in rows if row["what"] == "tips"] == ["26.6"]
    by = [(row["value"], row["share of versions"]) for row in rows if "tip by" in row["what"]]
    assert by == [("19.4", "0.1000"), ("26", "0.5000"), ("31.2", "0.9000")]
    shares = {row["what"]: row["share of versions"] for row in rows if row["what"].startswith("versions")}
    assert shares["versions in which this plan keeps going"] == "0.8600"
    assert shares["versions that keep going at no point"] == "0.1400"
    assert not any("tip by" in row[0] for row in figures._csv(scan, STEADY, axis))


def test_a_table_of_the_range_is_rounded_outward() -> None:
    said = dict(figures._range(GOT, tipping(Tip(26.6, *UP))))
    assert list(said.values())[:3] == ["19 months", "26 months", "32 months"]
    assert said["This plan as it is keeps going"] == "in about 6 of 7 versions"
    assert len(dict(figures._range(STEADY, tipping()))) == 3
