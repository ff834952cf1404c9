"""What a format cannot hold is told with how many, and only of what a model has."""

from __future__ import annotations

import pytest

from loops import files, library
from loops.draw.settled import settled
from loops.interchange.export import FORMATS, export
from loops.interchange.export.formats import TRAITS
from loops.interchange.export.lost import lost
from loops.model import Model
from loops.scenario import Scenario

PLAN = Scenario(id="ours", model="ours", title="Our plan")


def model(**fields):
    boxes = {name: {"label": name.title(), "start": 0.0} for name in ("trust", "doing")}
    return Model.model_validate({"id": "ours", "title": "Ours", "variable": boxes} | fields)


def arrow(**fields):
    return {"from": "trust", "to": "doing", "polarity": "+", "strength": 0.1} | fields


BARE = ("How far along the boxes start is not kept (2).",)


def test_of_what_a_model_has_not_nothing_is_said():
    assert lost(model(), frozenset()) == BARE


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        (
            {"lever": {"help": {"label": "Help"}}, "context": {"rain": {"label": "Rain", "level": 1.0}}},
            "What we do and circumstances become boxes like any other (2).",
        ),
        ({"link": [arrow()]}, "How strong arrows are is not kept (1)."),
        ({"link": [arrow(delay=3.0), arrow(delay=6.0)]}, "Delays are not kept (2)."),
        ({"link": [arrow(threshold=0.3)]}, "A critical mass is not kept: arrows act without one (1)."),
        (
            {"link": [arrow(reason="So.")]},
            "How we know an arrow (reason, passage, where it stands) is not kept (1).",
        ),
        ({"link": [arrow(polarity="?")]}, "Unknown signs (?) are not kept (1)."),
        (
            {"link": [arrow(), arrow(delay=6.0), arrow(delay=9.0)]},
            "Of several arrows from one box to another only the strongest is kept. Left out (2).",
        ),
        (
            {"link": [arrow(), arrow(strength=0.2), arrow(delay=6.0)]},
            "Arrows that differ in nothing but their strength may come back as one (1).",
        ),
        ({"link": [arrow(to="trust")]}, "Arrows from a box to itself are left out (1)."),
        ({"link": [arrow(bend=0.2), arrow(bend=0.0, delay=1.0)]}, "How arrows bend is not kept (1)."),
        (
            {"link": [arrow(to="trust")], "loop": {"own": {"name": "Own", "path": ["trust"]}}},
            "Names of loops are not kept (1).",
        ),
        ({"role": {"nurse": {"label": "Nurse"}}}, "Only a model file of this program keeps roles (1)."),
    ],
)
def test_what_it_has_is_said_with_how_many(fields, says):
    assert says in lost(model(**fields), frozenset())
    assert not set(lost(model(**fields), TRAITS)) - {"Only a model file of this program keeps roles (1)."}


def test_what_only_levers_and_settings_have_is_said_to_be_ours_alone():
    levers = {
        "signs": {"label": "Signs", "influence": [{"at": "social", "on": "community"}], "hours_us": 1},
        "racks": {"label": "Racks", "cost": 500},
        "walk": {"label": "Walk", "needs": ["signs"]},
        "talk": {"label": "Talk", "also": ["chat"]},
        "later": {"label": "Later", "earliest": 6},
        "bare": {"label": "Bare"},
    }
    gp = {"label": "Surgery", "essential": [{"lever": "signs"}]}
    ours = model(lever=levers, setting={"gp": gp}, outcomes=["doing"])
    assert lost(ours, TRAITS) == (
        "Only a model file of this program keeps hours (1), costs, needs and places in the influencer matrix "
        "(5), settings (1), what it is judged by (1).",
    )


def test_what_is_held_in_part_is_said_so():
    ours = model(link=[arrow(delay=3.0, reason="So.")])
    assert lost(ours, frozenset({"delay marks", "strengths in three steps", "reasons", "starts"})) == (
        "How strong arrows are is kept in three steps: one, two or three arrows (1).",
        "Delays are marked, and not how many months they take (1).",
        "Of how we know an arrow only the reason is kept (1).",
    )


def test_a_plan_that_is_not_held_is_said():
    assert lost(model(), frozenset(), PLAN)[-1] == (
        "The plan “Our plan” is not kept: this format holds the diagram only."
    )
    assert lost(model(), frozenset({"plan"}), PLAN) == BARE


def test_a_link_too_long_for_some_browsers_is_said():
    boxes = {f"n{at}": {"label": f"{at} " + "long " * 15, "start": 0.5} for at in range(120)}
    exported = export(model(variable=boxes), "loopy")
    assert exported.lost[0] == (
        f"The link has {len(exported.data):,} characters, and not every browser opens more than 8,000."
    )


def test_an_unknown_format_is_named_with_the_nearest():
    with pytest.raises(ValueError, match=r"there is no format 'kumo'. Did you mean 'kumu'\?"):
        export(model(), "kumo")


@pytest.mark.parametrize("form", FORMATS.values(), ids=FORMATS)
def test_files_are_named_after_the_model_and_the_plan_they_hold(form):
    ours = settled(files.read_model(library.shipped_models()["common_purpose"]))
    plan = library.scenarios_of(ours)["embed_first"]
    stem = "common_purpose-embed_first" if "plan" in form.holds else "common_purpose"
    exported = export(ours, form.id, scenario=plan)
    assert exported.file == stem + form.suffix
    assert any("The plan" in sentence for sentence in exported.lost) == ("plan" not in form.holds)
