"""What belongs to a model is found in its folder, and only what is meant to be a plan is taken for one."""

from __future__ import annotations

import pytest
from onscreen import catalogue_model, open_app

from loops import files, library

pytestmark = pytest.mark.usefixtures("compiled", "fresh_caches")


def test_claims_beside_the_scenarios_are_not_left_out_as_a_plan_that_does_not_fit() -> None:
    folder = library.scenario_folder(catalogue_model())
    assert folder is not None
    assert (folder / files.CLAIMS).is_file()
    at = open_app()
    assert not at.exception
    assert not at.warning
    compare = next(one for one in at.multiselect if one.label.startswith("Compare"))
    assert len(compare.options) == len(library.scenarios_of(catalogue_model())) - 1
