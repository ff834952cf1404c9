"""A story as it is told: what is revealed, what stands out, what is said, for any model at all."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from oracles import models, small

from loops.draw.diagram import draw
from loops.draw.layout import Box, Frame, loop_keys, place, revealed
from loops.draw.palette import LIGHT
from loops.draw.story.scenes import Scene, scenes, stories
from loops.model import Loop, Model, Step, Story
from loops.parts import replace


@pytest.fixture(scope="module")
def told(common_purpose, scenarios) -> dict[str, tuple[Scene, ...]]:
    return {story.id: scenes(common_purpose, story, scenarios) for story in stories(common_purpose)}


def test_a_scene_for_each_step_and_the_question_last(common_purpose, told):
    for story in common_purpose.stories:
        shown = told[story.id]
        assert [scene.title for scene in shown[:-1]] == [step.title for step in story.steps]
        assert [scene.sentence for scene in shown] == [
            *(step.sentence for step in story.steps),
            story.question,
        ]
        assert [scene.asks for scene in shown] == [False] * len(story.steps) + [True]


def test_what_was_revealed_stays_and_nothing_moves(common_purpose, told):
    for shown in told.values():
        assert len({scene.view.shown for scene in shown}) == 1
        boxes: set[str] = set()
        frames = set()
        for scene in shown:
            svg = draw(common_purpose, LIGHT, scene.view)
            now = set(re.findall(r'data-node="([^"]+)"', svg))
            assert boxes <= now
            boxes = now
            frames |= set(re.findall(r'viewBox="[^"]+"', svg))
        assert len(frames) == 1


def test_the_loop_of_a_step_stands_out_and_only_that(common_purpose, told):
    keys = loop_keys(common_purpose)
    for story in stories(common_purpose):
        for step, scene in list(zip(story.steps, told[story.id], strict=False))[1:]:
            if step.loops and not step.nodes:
                assert scene.view.lit == frozenset(key for name in step.loops for key in keys[name])


def test_what_fills_the_boxes_is_said_and_is_the_run(common_purpose, told):
    scene = told["how_it_grows"][4]
    assert scene.about == (
        "How far each thing has come: “Everything for four years”, after 3 years. "
        "What follows from our assumptions, not a forecast."
    )
    assert scene.view.levels["trust"] == pytest.approx(0.69, abs=0.02)
    assert scene.view.levels["co_design"] == 1
    assert scene.view.levels["staff_turnover"] == pytest.approx(0.3)
    assert "Trust between partners, mostly" in scene.alt
    assert told["how_it_grows"][0].about.startswith(
        "How far each thing has come: “If nothing new is done”, at the"
    )


def test_a_speaker_finds_the_loop_in_words(told):
    notes = " ".join(told["why_it_stalls"][1].notes)
    assert "Running out of time, a brake. If new work adds load, goodwill drops and it slips." in notes
    assert "So a change is held back: this is a brake." in notes
    assert "Nobody in the partnership controls it." in " ".join(told["why_it_stalls"][5].notes)


def test_a_plan_that_is_not_there_leaves_the_boxes_unfilled_and_says_so(common_purpose):
    first = scenes(common_purpose, common_purpose.stories[0], {})[0]
    assert first.about == "The boxes are not filled: the plan “nothing_new” is not here."
    assert not first.view.levels


def test_the_parts_to_move_in_on_hold_what_is_seen_and_what_is_new(common_purpose, told):
    for story in stories(common_purpose):
        for step, scene in zip(story.steps, told[story.id], strict=False):
            layout = place(common_purpose, scene.view.shown)
            seen, near = scene.closer
            for name in revealed(common_purpose, layout, scene.view.revealed).boxes:
                assert holds(seen, layout.boxes[name])
            for name in step.nodes:
                assert holds(near, layout.boxes[name])
            assert near.width >= min(seen.width, layout.frame.width / 2) - 1e-6
            assert near.height >= min(seen.height, layout.frame.height / 2) - 1e-6
            assert lies_in(seen, layout.frame)
            if near.width <= seen.width and near.height <= seen.height:
                assert lies_in(near, seen)


def lies_in(part: Frame, whole: Frame) -> bool:
    return holds(whole, Box(*centre(part), part.width / 2 - 1e-6, part.height / 2 - 1e-6, ()))


def centre(part: Frame) -> tuple[float, float]:
    return part.left + part.width / 2, part.top + part.height / 2


def holds(frame: Frame, box: Box) -> bool:
    return (
        frame.left <= box.x - box.half_width
        and box.x + box.half_width <= frame.left + frame.width
        and frame.top <= box.y - box.half_height
        and box.y + box.half_height <= frame.top + frame.height
    )


def test_every_named_loop_has_its_turn_in_the_walk(common_purpose, told):
    walk = stories(common_purpose)[-1]
    assert [step.loops for step in walk.steps] == [(loop.id,) for loop in common_purpose.loops]
    assert walk.steps[1].sentence == "We try it, see it help, and rate it more."
    assert walk.steps[9].sentence == "Keen people tell the next."
    assert len(told["loop_by_loop"]) == 14


def test_a_loop_without_a_story_is_told_by_what_it_does():
    model = _ring(Loop(id="round", name="Round", path=["a", "b"]))
    (walk,) = stories(model)
    assert (
        walk.steps[0].sentence == "So a change feeds on itself: this is a snowball, and it rolls either way."
    )


def test_a_long_story_of_a_loop_is_cut_to_what_a_room_can_read():
    model = _ring(Loop(id="round", name="Round", path=["a", "b"], story="word " * 700))
    assert len(stories(model)[0].steps[0].sentence) <= 200


def test_more_loops_than_a_story_may_have_steps_end_there():
    names = [f"v{i}" for i in range(60)]
    links = [{"from": name, "to": name, "polarity": "+", "strength": 0.1} for name in names]
    model = small(links, {name: {} for name in names})
    model = replace(model, loops=[Loop(id=name, name=name, path=[name]) for name in names])
    assert len(stories(model)[0].steps) == 50


def test_without_named_loops_the_walk_is_the_whole_diagram():
    (walk,) = stories(_ring())
    assert walk.title == "The whole diagram"
    told = scenes(_ring(), walk, {})
    assert len(told) == 2
    assert told[0].view.revealed == {"a", "b"}


def _ring(*named: Loop) -> Model:
    links = [{"from": a, "to": b, "polarity": "+", "strength": 0.1} for a, b in ("ab", "ba")]
    return replace(small(links, {"a": {}, "b": {}}), loops=named)


@given(models(), st.data())
def test_any_story_of_any_model_can_be_told(model: Model, data: st.DataObject):
    nodes = st.lists(st.sampled_from(list(model.nodes)), max_size=2)
    steps = st.builds(lambda nodes: Step(title="T", sentence="S", nodes=nodes), nodes)
    story = Story(id="s", title="S", question="Q?", steps=data.draw(st.lists(steps, min_size=1, max_size=3)))
    for one in stories(replace(model, stories=[story])):
        told = scenes(model, one, {})
        assert len(told) == len(one.steps) + 1
        for scene in told:
            assert all(part.width > 0 and part.height > 0 for part in scene.closer)
            assert draw(model, LIGHT, scene.view).startswith("<svg")
