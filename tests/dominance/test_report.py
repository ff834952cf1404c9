"""Shares for other programs: the form of Stella's export, and rows of a table."""

from __future__ import annotations

import json
from itertools import pairwise

import numpy as np
import pytest
from oracles import plan, small
from stella import BASS_PERCENT, PREDATOR_PREY_PERCENT

from loops.dominance.gain import loop_gains
from loops.dominance.moments import moments
from loops.dominance.report import LEAST, PERCENT, as_json, dominant, lines, rows, told
from loops.dominance.shares import shares
from loops.feedback import find
from loops.parts import replace

TWINS = small(
    [
        {"from": "a", "to": "b", "polarity": "+", "strength": 0.2},
        {"from": "b", "to": "a", "polarity": "+", "strength": 0.3},
    ],
    {"a": {"start": 0.1, "fade": 0.02}, "b": {"start": 0.2, "fade": 0.03}},
)


def shares_of(model, scenario=None, months=60):
    (run,) = moments(model, [scenario or plan(model)], months=months)
    return shares(run, find(model))


def kinds(value):
    """The keys and the types of a value, one item standing for a list."""
    if isinstance(value, dict):
        return {key: kinds(item) for key, item in value.items()}
    if isinstance(value, list):
        return [kinds(value[0])] if value else []
    return float if isinstance(value, int | float) and not isinstance(value, bool) else type(value)


def test_the_json_has_the_form_of_stellas_export():
    """Source of the form: github.com/UB-IAD/sd-ai (MIT licence), ``bassDiffusion.json`` as Stella wrote it;
    `loopset` is that project's own, `complete` and `loopsLeftOut` are ours."""
    found = kinds(as_json(TWINS, shares_of(TWINS)))
    assert found["feedback"] == {
        "dominantLoopsByPeriod": [{"dominantLoops": [str], "startTime": float, "endTime": float}],
        "feedbackLoops": [
            {
                PERCENT: [{"time": float, "value": float}],
                "identifier": str,
                "name": str,
                "polarity": str,
                "links": [{"from": str, "to": str, "polarity": str}],
                "loopset": float,
            }
        ],
        "valid": bool,
        "complete": bool,
        "loopsLeftOut": float,
    }
    assert set(found["model"]) == {"errors", "relationships", "specs", "variables"}
    assert found["model"]["specs"] == {"dt": float, "startTime": float, "stopTime": float, "timeUnits": str}


def test_percentages_have_no_sign_and_sum_to_100():
    """Tolerance: five shares, each rounded once to a part in 2^53 of 100."""
    export = as_json(TWINS, shares_of(TWINS))["feedback"]
    assert export["loopsLeftOut"] == 0
    assert [loop["identifier"] for loop in export["feedbackLoops"]] == [
        "a.b", "a:saturation", "a:fading", "b:saturation", "b:fading"
    ]  # fmt: skip
    values = np.array([[point["value"] for point in loop[PERCENT]] for loop in export["feedbackLoops"]])
    assert (values >= 0).all()
    assert values.sum(axis=0) == pytest.approx(100, abs=1e-12)


def test_it_is_valid_json_and_periods_cover_all_months(common_purpose, scenarios):
    export = as_json(common_purpose, shares_of(common_purpose, scenarios["everything_for_a_year"], 240))
    assert json.loads(json.dumps(export, allow_nan=False)) == export
    periods = export["feedback"]["dominantLoopsByPeriod"]
    assert periods[0]["startTime"] == 0
    assert periods[-1]["endTime"] == 240
    ends = [(period["startTime"], period["endTime"]) for period in periods]
    assert all(first[1] == then[0] for first, then in pairwise(ends))
    told = {loop["identifier"]: loop for loop in export["feedback"]["feedbackLoops"]}
    assert {name for period in periods for name in period["dominantLoops"]} <= set(told)
    for period in periods:
        month = int(period["startTime"])
        explained = sum(told[name][PERCENT][month]["value"] for name in period["dominantLoops"])
        assert explained > 50
        assert len({told[name]["polarity"] for name in period["dominantLoops"]}) == 1


def test_loops_that_never_matter_are_left_out_and_counted(common_purpose, scenarios):
    found = shares_of(common_purpose, scenarios["everything_for_a_year"], 240)
    export = as_json(common_purpose, found)["feedback"]
    kept = {loop["identifier"] for loop in export["feedbackLoops"]}
    assert {loop.id for loop in found.found.loops if loop.named} <= kept
    assert {
        loop.id for loop, share in zip(found.found.loops, np.abs(found.scores).max(axis=0), strict=True)
        if share >= LEAST
    } <= kept  # fmt: skip
    assert len(kept) + export["loopsLeftOut"] == 721 + 2 * 18
    assert [line.id for line in told(found)] == [loop["identifier"] for loop in export["feedbackLoops"]]


def test_a_table_of_every_line_has_every_loop_in_every_month(common_purpose, scenarios):
    found = shares_of(common_purpose, scenarios["everything_for_a_year"], 3)
    table = list(rows(found, lines(found)))
    assert len(table) == 4 * (721 + 2 * 18)
    assert len({name for _, name, *_ in table}) == 721 + 2 * 18
    assert sum(gain is not None for *_, gain, _ in table) == 4 * 721


def test_at_rest_no_loop_is_dominant(common_purpose):
    still = replace(plan(common_purpose), start="rest")
    export = as_json(common_purpose, shares_of(common_purpose, still, 12))["feedback"]
    assert export["dominantLoopsByPeriod"] == [{"dominantLoops": [], "startTime": 0.0, "endTime": 12.0}]


def test_without_loops_the_export_is_empty_and_valid():
    model = small([{"from": "a", "to": "b", "polarity": "+", "strength": 0.2}], {"a": {"start": 1}, "b": {}})
    export = as_json(model, shares_of(model))["feedback"]
    assert export["feedbackLoops"] == []
    assert export["dominantLoopsByPeriod"] == [{"dominantLoops": [], "startTime": 0.0, "endTime": 60.0}]
    assert lines(shares_of(model)) == []


def test_the_dominant_loops_are_those_that_stella_lists():
    """Oracle: dominantLoopsByPeriod of Stella's exports (see stella.py) where a period begins.

    It lists the same in 84 of the predator's 100 years; in most others it passes over a change of one year.
    """
    named = {0: "R1", 1: "B1", 2: "R2", 3: "B2", 4: "B3"}
    listed = {1: {"R1"}, 2: {"R1", "R2"}, 4: {"B1", "B3"}, 5: {"B1"}, 7: {"B2", "B1", "B3"}, 12: {"R1"}}
    for year, expected in listed.items():
        share = np.array(PREDATOR_PREY_PERCENT[year]) / 100 * [1, -1, 1, -1, -1]
        assert {named[place] for place in dominant(share)} == expected
    for year, percent in BASS_PERCENT.items():
        expected = () if year == 0 else (0,) if year < 9.625 else (1,)
        assert dominant(np.array(percent) / 100 * [1, -1]) == expected


def test_rows_hold_gains_and_signed_shares():
    found = shares_of(TWINS, months=12)
    table = list(rows(found, lines(found)))
    assert len(table) == 5 * 13
    gains = loop_gains(found.moments, found.found.loops)[:, 0]
    for month, (when, name, _, letter, gain, share) in enumerate(table[:13]):
        assert (when, name, letter, gain) == (month, "a.b", "R", gains[month])
        assert share == found.scores[month, 0]
    built_in = table[13]
    assert built_in[1:4] == ("a:saturation", "a: fills up", "B")
    assert built_in[4] is None
    assert built_in[5] <= 0
