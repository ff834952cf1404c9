"""Shares put together for reading: every share is in exactly one band, whatever is shown apart."""

from __future__ import annotations

import numpy as np
import pytest
from onscreen import catalogue_model

from loops.dominance.moments import moments
from loops.dominance.shares import Shares, shares
from loops.feedback import find
from loops.model import Model
from loops.scenario import Scenario
from loops.ui.driving.sharing import coloured, layers, sentence


@pytest.fixture(scope="module")
def model() -> Model:
    return catalogue_model()


@pytest.fixture(scope="module")
def told(model: Model) -> Shares:
    """Training for good, from the file's start: something moves in every one of 60 months."""
    plan = Scenario.model_validate(
        {"id": "on", "model": model.id, "title": "On", "lever": {"training": 1.0, "co_design": 1.0}}
    )
    (run,) = moments(model, [plan], months=60)
    return shares(run, find(model))


@pytest.mark.parametrize("apart", [False, True])
@pytest.mark.parametrize("most", [0, 3])
def test_the_bands_hold_every_share_once(told: Shares, apart: bool, most: int) -> None:
    """They sum to 1 in each month: some 760 shares are added, each known to 2e-16, so to 2e-13 at most."""
    own = {loop.id: place for place, loop in enumerate(told.found.loops[:most])}
    made = layers(told, 0, own, apart=apart)
    assert np.sum([layer.share for layer in made], axis=0) == pytest.approx(np.ones(61), abs=2e-13)
    grounds = [layer.ground for layer in made]
    assert grounds[:2] == (["filling", "fading"] if apart else ["built in", "snowballs"])
    assert grounds.count("one") == most


def test_a_loop_keeps_the_colour_it_has_on_the_page_and_others_get_what_is_left(told: Shares) -> None:
    loud = {
        loop.id: float(np.abs(told.scores[:, k]).max())
        for k, loop in enumerate(told.found.loops)
        if loop.named
    }
    first = max(loud, key=loud.__getitem__)
    assert loud[first] > 0.1  # else this test says nothing
    own = coloured([told], 0, {first: 4})
    assert own[first] == 4
    assert set(own) == {name for name, share in loud.items() if share >= 0.1}
    assert len(set(own.values())) == len(own)
    full = coloured([told], 0, {f"other {place}": place for place in range(6)})
    assert full == {}


def test_the_sentence_tells_the_largest_first(told: Shares) -> None:
    said = sentence(told, 0)
    assert said.startswith("Of all that moves, on average over the months: ")
    means = {layer.name.lower(): layer.share.mean() for layer in layers(told, 0, {}, apart=False)}
    means["what is built into every box"] = means.pop("built into every box")
    places = [said.index(name) for name in sorted(means, key=lambda name: -means[name])]
    assert places == sorted(places)


def test_at_rest_there_is_nothing_to_explain(model: Model) -> None:
    bare = Model.model_validate(
        {
            "id": "still",
            "title": "Still",
            "variable": {name: {"label": name, "start": 0.0} for name in ("a", "b")},
            "link": [
                {"from": one, "to": other, "polarity": "+", "strength": 0.1} for one, other in ("ab", "ba")
            ],
        }
    )
    (run,) = moments(bare, [Scenario(id="quiet", model="still", title="Quiet")])
    at_rest = shares(run, find(bare))
    assert sentence(at_rest, 0).startswith("Nothing moves")
    assert all((layer.share == 0).all() for layer in layers(at_rest, 0, {}, apart=True))
