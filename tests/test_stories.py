"""What the stories say to a room is what the models do: words for how far, spans of years, turns."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest

from loops import library
from loops.draw.scale import in_words
from loops.feedback import find
from loops.files import read_model
from loops.model import Model, Step, Story
from loops.scenario import Scenario
from loops.simulate import Trajectory, simulate

MODELS = {name: read_model(path) for name, path in library.shipped_models().items()}
STORIES = [
    pytest.param(model, story, id=f"{name}-{story.id}")
    for name, model in MODELS.items()
    for story in model.stories
]
FAR = re.compile(r"\b(not yet|a little|partly|mostly|fully)\b")
NUMBERS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "twenty": 20}
YEARS = re.compile(rf"\b({'|'.join(NUMBERS)}) years?\b", re.IGNORECASE)
# words of the code, and names for people in a job: a brake is circumstances, never somebody
KEPT_OUT = re.compile(
    r"\b(levels?|nodes?|variables?|links?|reinforcing|balancing|baselines?|scenarios?|trajectory|tipping|"
    r"GPs?|nurses?|doctors?|receptionists?|managers?|officers?|councils?|charit(y|ies)|residents?|patients?)\b",
    re.IGNORECASE,
)

# The boxes that each step's words for how far are about, in their order: (box, scenario, month), with none
# for the step's own. A sentence with other words than these fails: whoever writes one adds it here.
ABOUT: dict[tuple[str, str], list[tuple[str, str | None, int | None]]] = {
    ("how_it_grows", "Where we start"): [("value", None, None), ("buy_in", None, None)],
    ("how_it_grows", "Seeing is believing"): [("buy_in", None, None)],
    ("how_it_grows", "If they can, we can"): [("buy_in", None, None)],
    ("how_it_grows", "Working together builds trust"): [("trust", None, None)],
    ("how_it_grows", "Pulling together"): [("common_purpose", None, None)],
    ("why_it_stalls", "Information alone"): [("value", None, None), ("buy_in", None, None)],
    ("why_it_stalls", "Running out of time"): [("strain", None, None)],
    ("why_it_stalls", "Stopping too soon"): [("buy_in", None, 12), ("buy_in", None, None)],
    ("why_it_stalls", "Pressure from everything else"): [("buy_in", None, None)],
    ("what_keeps_it_going", "Four years of work"): [("buy_in", None, None), ("embedded", None, None)],
    ("what_keeps_it_going", "Then we leave"): [
        ("trust", None, 48),
        ("trust", None, None),
        ("buy_in", None, None),
    ],
    ("what_keeps_it_going", "Pulling together"): [("common_purpose", None, None)],
    ("what_keeps_it_going", "Making it official"): [("structure", None, None)],
    ("what_keeps_it_going", "When people change jobs"): [("buy_in", None, None)],
    ("what_keeps_it_going", "Twenty years on"): [
        ("buy_in", None, None),
        ("buy_in", "everything_for_a_year", 240),
    ],
    ("how_it_is_embedded", "Where we begin"): [("recognise", None, None), ("value", None, None)],
    ("how_it_is_embedded", "Worth doing again"): [("value", None, None)],
    ("how_it_is_embedded", "Learning fed back"): [("delivery", None, None)],
    ("how_it_is_embedded", "It becomes our way"): [("culture", None, None)],
    ("why_half_is_not_enough", "Ask and offer alone"): [("practices", None, None)],
    ("why_half_is_not_enough", "After the help stops"): [("practices", None, None)],
    ("why_half_is_not_enough", "Recognise and value alone"): [
        ("recognise", None, None),
        ("practices", None, None),
    ],
    ("why_half_is_not_enough", "Pressure from everything else"): [("practices", None, None)],
    ("what_stays_when_we_stop", "Four years of work"): [("practices", None, None), ("culture", None, None)],
    ("what_stays_when_we_stop", "Then we leave"): [("practices", None, None)],
    ("what_stays_when_we_stop", "Habit makes it easy"): [("friction", None, None)],
    ("what_stays_when_we_stop", "Time is made for it"): [("policies", None, None)],
    ("what_stays_when_we_stop", "When people change jobs"): [("practices", None, None)],
    ("what_stays_when_we_stop", "In the right order"): [
        ("practices", None, None),
        ("practices", "embed_first", 240),
    ],
    ("how_it_takes_root", "Where we start"): [("embedded", None, None), ("buy_in", None, None)],
    ("how_it_takes_root", "A minute every time"): [("embedded", None, None)],
    ("how_it_takes_root", "Passing it on"): [("buy_in", None, None)],
    ("how_it_takes_root", "Making it official"): [("backing", None, None)],
    ("why_it_slips", "Information alone"): [("value", None, None), ("buy_in", None, None)],
    ("why_it_slips", "Things alone"): [("buy_in", None, None)],
    ("why_it_slips", "Stopping too soon"): [("buy_in", None, None)],
    ("why_it_slips", "Pressure from everything else"): [("buy_in", None, None)],
    ("what_stays", "Five years of ten hours"): [("embedded", None, None)],
    ("what_stays", "When groups cannot meet"): [("embedded", None, None)],
    ("what_stays", "When people change jobs"): [("embedded", None, None)],
    ("what_stays", "Twenty years on"): [("embedded", None, None)],
}


@pytest.fixture(scope="module")
def runs() -> dict[str, dict[str, Trajectory]]:
    found = {}
    for name, model in MODELS.items():
        every = library.scenarios_of(model)
        found[name] = dict(zip(every, simulate(model, list(every.values()), months=240), strict=True))
    return found


def steps(story: Story) -> list[tuple[Step, list[tuple[str, str, int]]]]:
    """Each step with what its words for how far are about."""
    return [
        (
            step,
            [
                (box, scenario or step.scenario or "", step.month or 0 if month is None else month)
                for box, scenario, month in ABOUT.get((story.id, step.title), [])
            ],
        )
        for step in story.steps
    ]


def test_the_first_model_comes_with_three_stories() -> None:
    assert [story.title for story in MODELS["common_purpose"].stories] == [
        "How common purpose grows",
        "Why it stalls",
        "What keeps it going when we leave",
    ]


@pytest.mark.parametrize(("model", "story"), STORIES)
def test_a_story_is_short_plain_and_ends_with_a_question(model: Model, story: Story) -> None:
    assert 5 <= len(story.steps) <= 7
    assert story.question.endswith("?")
    assert story.question.count("?") == 1
    for step in story.steps:
        assert len(step.sentence) <= 160, step.sentence
        assert step.sentence.endswith(".")
        for sentence in re.split(r"(?<=[.:?]) ", step.sentence):
            assert len(sentence.split()) <= 26, sentence
    said = [
        story.title,
        story.question,
        *(part for step in story.steps for part in (step.title, step.sentence)),
    ]
    assert not [text for text in said if KEPT_OUT.search(text) or "—" in text]


@pytest.mark.parametrize(("model", "story"), STORIES)
def test_every_loop_box_and_plan_of_a_story_is_there(model: Model, story: Story) -> None:
    plans = library.scenarios_of(model)
    assert {name for step in story.steps for name in step.loops} <= {loop.id for loop in model.loops}
    assert {name for step in story.steps for name in step.nodes} <= model.nodes.keys()
    assert {step.scenario for step in story.steps if step.scenario} <= plans.keys()
    assert any(step.loops for step in story.steps)


@pytest.mark.parametrize(("model", "story"), STORIES)
def test_every_word_for_how_far_agrees_with_the_run(
    model: Model, story: Story, runs: Mapping[str, Mapping[str, Trajectory]]
) -> None:
    for step, about in steps(story):
        words = FAR.findall(step.sentence)
        assert len(words) == len(about), f"{step.title}: say in ABOUT which boxes {words} are about"
        for word, (box, scenario, month) in zip(words, about, strict=True):
            level = runs[model.id][scenario].at(box, month)
            assert in_words(level) == word, (
                f"{step.title}: {box} is {level:.2f} at month {month} in {scenario}"
            )


@pytest.mark.parametrize(("model", "story"), STORIES)
def test_every_span_of_years_is_one_of_the_plans(model: Model, story: Story) -> None:
    """A number of years is how long a plan has run, how long it works, or how long it has been over."""
    plans = library.scenarios_of(model)
    for step, about in steps(story):
        if step.scenario is None or step.month is None:
            continue
        times = [(step.scenario, step.month), *((scenario, month) for _, scenario, month in about)]
        spans = {span for scenario, month in times for span in _spans(plans[scenario], month)}
        for number in YEARS.findall(step.sentence):
            assert 12 * NUMBERS[number.lower()] in spans, f"{step.title}: {number} years"


def _spans(plan: Scenario, month: int) -> set[float]:
    ends = {change.month for lever in plan.levers for change in lever.changes if change.level == 0}
    return {month, *ends, *(month - end for end in ends)}


@pytest.mark.parametrize(("model", "story"), STORIES)
def test_snowballs_and_brakes_are_called_what_they_are(model: Model, story: Story) -> None:
    letters = {loop.named.id: loop.letter for loop in find(model, most=1).loops if loop.named}
    for step in story.steps:
        revealed = {letters[name] for name in step.loops}
        assert "snowball" not in step.sentence or revealed == {"R"}
        assert "brake" not in step.sentence or revealed == {"B"}
    every = {letters[name] for step in story.steps for name in step.loops}
    assert "snowballs" not in story.question or every == {"R"}
    assert "brakes" not in story.question or every == {"B"}


def test_what_slips_grows_and_holds_does_so_in_the_runs(runs: Mapping[str, Mapping[str, Trajectory]]) -> None:
    ran = runs["common_purpose"]
    four, quiet = ran["everything_for_four_years"], ran["nothing_new"]
    pressed = ran["high_competing_priorities"]
    # Why it stalls: a year lifts buy-in; under pressure four years slide back
    assert ran["everything_for_a_year"].at("buy_in", 12) > quiet.at("buy_in", 12) + 0.1
    assert pressed.at("buy_in", 48) > pressed.at("buy_in", 120) + 0.1
    # What keeps it going: trust slips, what is shared grows, the wider system moves slowly and holds
    assert four.at("trust", 72) < four.at("trust", 48) - 0.05
    assert four.at("common_purpose", 72) > four.at("common_purpose", 48) + 0.05
    assert four.at("structure", 48) < 0.35
    assert four["structure"][84:].min() >= four.at("structure", 84)
    assert four.at("strain", 84) < quiet.at("strain", 84) - 0.1
    # more a part of how we work than on the day we left; people who change jobs take some buy-in with them
    assert four.at("embedded", 120) > four.at("embedded", 48) + 0.05
    assert ran["champions_leave"].at("buy_in", 72) < four.at("buy_in", 72) - 0.03


def test_what_leads_to_what_is_an_arrow_of_the_model() -> None:
    """The sentences that name a cause outside the loop they reveal."""
    model = MODELS["common_purpose"]
    quick_wins, backed = model.link("relationship_building", "trust"), model.link("structure", "strain")
    answered, pressed = model.link("impact", "scepticism"), model.link("competing_priorities", "buy_in")
    assert [link.polarity for link in (quick_wins, backed, answered, pressed)] == ["+", "-", "-", "-"]


def test_whom_somebody_speaks_as_is_data() -> None:
    labels = [role.label for role in MODELS["common_purpose"].roles]
    assert {"GP", "Nurse", "Reception", "Practice manager", "Social prescriber", "Resident"} <= set(labels)
    assert len(set(labels)) == len(labels)
