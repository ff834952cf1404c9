"""Cells that no spreadsheet runs, and that come back as they were."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loops.interchange.cells import guarded, unguarded


@pytest.mark.parametrize(
    "cell", ["=1+1", "+1+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "--", "+a"]
)
def test_what_would_run_has_an_apostrophe_in_front(cell):
    assert guarded(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "-0.5", "+3", "1e-05", "+", "-", "'tis", "a=b", "Trust"])
def test_what_would_not_is_left_as_it_is(cell):
    assert guarded(cell) == cell


@settings(derandomize=True)
@given(st.text("'=+-@\t\r1e.a", max_size=6))
def test_every_cell_comes_back_and_none_runs(cell):
    kept = guarded(cell)
    assert unguarded(kept) == cell
    assert kept[:1] not in {"=", "@", "\t", "\r"}
