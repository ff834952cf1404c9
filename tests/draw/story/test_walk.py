"""The pictures of a story: what is seen, what is new, and the levels of everything, set by hand or not."""

from __future__ import annotations

import pytest

from loops.draw.story import walk
from loops.model import Model
from loops.scenario import Scenario
from loops.simulate import simulate

PLAN = Scenario.model_validate(
    {
        "id": "plan",
        "model": "m",
        "title": "Plan",
        "lever": {"visit": [{"month": 0, "level": 1, "ramp": 8}]},
        "context": {"pressure": 0.75},
    }
)


def model_with(*steps: dict[str, object]) -> Model:
    return Model.model_validate(
        {
            "id": "m",
            "title": "M",
            "horizon": 12,
            "variable": {"trust": {"label": "Trust", "start": 0.2}, "doing": {"label": "Doing", "start": 0}},
            "lever": {"visit": {"label": "Visit"}, "train": {"label": "Train", "level": 0.5}},
            "context": {"pressure": {"label": "Pressure", "level": 0.25}},
            "link": [
                {"from": "trust", "to": "doing", "polarity": "+", "strength": 0.1},
                {"from": "doing", "to": "trust", "polarity": "+", "strength": 0.1},
                {"from": "visit", "to": "trust", "polarity": "+", "strength": 0.1},
            ],
            "loop": {"both": {"name": "Both", "path": ["trust", "doing"]}},
            "story": [{"id": "s", "title": "S", "question": "Q", "step": steps}],
        }
    )


def step(**more: object) -> dict[str, object]:
    return {"title": "T", "sentence": "S", **more}


def test_boxes_set_by_hand_are_as_full_as_they_are_set_that_month() -> None:
    model = model_with(step(nodes=["visit", "trust"], scenario="plan", month=4))
    (story,) = model.stories
    runs = walk.run(model, story, {"plan": PLAN})
    (picture,) = walk.pictures(model, story, runs)
    assert picture.levels["visit"] == pytest.approx(0.5)
    assert picture.levels["train"] == 0.5
    assert picture.levels["pressure"] == 0.75
    (run,) = simulate(model, [PLAN])
    assert picture.levels["trust"] == run.at("trust", 4)


def test_a_story_may_look_beyond_the_horizon() -> None:
    model = model_with(step(nodes=["trust"], scenario="plan", month=30))
    (story,) = model.stories
    runs = walk.run(model, story, {"plan": PLAN, "other": PLAN}, beside=["other", "not at hand"])
    assert list(runs) == ["other", "plan"]
    assert runs["plan"].months[-1] == 30
    (picture,) = walk.pictures(model, story, runs)
    assert picture.levels["trust"] == runs["plan"].at("trust", 30)


def test_what_is_seen_grows_and_only_what_joins_it_is_new() -> None:
    model = model_with(step(nodes=["trust"]), step(loops=["both"]), step(nodes=["visit"]), step())
    (story,) = model.stories
    first, second, third, last = walk.pictures(model, story, {})
    assert first.seen < second.seen < third.seen == last.seen
    assert (first.lit, last.lit) == (None, None)
    assert second.lit == {"trust|doing", "doing|trust"}
    assert third.lit == {"visit|trust"}
    assert walk.shown(model, story) == ("trust", "doing", "visit")


def test_a_story_that_reveals_nothing_is_told_before_the_whole() -> None:
    model = model_with(step(scenario="plan", month=1), step())
    (story,) = model.stories
    assert walk.shown(model, story) == tuple(model.nodes)
    assert all(picture.seen >= set(model.nodes) for picture in walk.pictures(model, story, {}))
