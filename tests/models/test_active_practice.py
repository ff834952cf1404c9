"""Active practice: its passages stand where it says, its modes are measured, and its plans keep its dates."""

from __future__ import annotations

import pytest

from loops import library
from loops.feedback import find
from loops.files import read_model
from loops.influence import AUDIENCES, SPHERES
from loops.model import Model
from loops.scenario import Scenario, hours
from loops.simulate import simulate
from loops.theory.claims import claims_of

PURPOSE, RVE, UTOPIA = "Common purpose model", "Recognise, Value and Embed", "Utopia Modelling"
LIST = f'{RVE}, list under "To enable the above influencing"'
LEARNED = f"{UTOPIA}, What did we learn?"
SOURCE = {
    f"{PURPOSE}, How was it done?, paragraph 1": (
        "These are in-depth reflection sessions that explore elements of practice, what has been learnt and"
        " how this may apply across other areas of the programme."
    ),
    f"{PURPOSE}, How was it done?, paragraph 2": (
        "the insight element was explored to unpack what the staff in the GP practice (nurses, GPs, "
        "reception staff, etc.) would require to increase buy-in to promote physical activity"
    ),
    f'{PURPOSE}, How was it done?, bullet 3 (the line ends with the word "guidelines")': (
        "Chief Medical Officer's (CMO) guidelines"
    ),
    f"{PURPOSE}, How was it done?, bullet 5": (
        "Information about the possible impact on consultation time, patient admissions, staff "
        "prescriptions, staff retention and sickness levels (i.e. the local context)."
    ),
    f"{PURPOSE}, How was it done?, paragraph 3": (
        "everyone is important in promoting physical activity (i.e. all members of staff within the "
        "surgeries). That different members of staff may require different types of insight to help them "
        "build a value in physical activity, and why promoting this as part of the day-to-day work is "
        "important for patient (and staff) outcomes."
    ),
    f"{PURPOSE}, What was the impact?, bullet 3": (
        "ensuring effective insight (suitable for that individual), is provided to support them to "
        "understand the work of the pilot"
    ),
    f"{PURPOSE}, What did we learn?, bullet 2": (
        "engaging professional stakeholders to work towards 'active lives as a way of life' and influence "
        "others to do the same"
    ),
    f"{PURPOSE}, Reflections from those involved, paragraph 2": (
        "identifying that something is missing like a lack of insight (or insight that makes sense to that "
        "person)"
    ),
    f"{RVE}, bullet 2": "Value physical activity as a means to deliver their priorities",
    f"{RVE}, paragraph 3": (
        "Once Recognition and Value is established, Active Calderdale works with the asset/actor to Embed "
        "(Recognise, Value, Embed) physical activity into what they do, by integrating physical activity "
        "into the asset's infrastructure (Policies, Working Practices and Delivery – PWD) and culture"
    ),
    f"{LIST}, bullet 2": "Demonstrate how physical activity can help address their priorities and issues",
    f"{LIST}, bullet 4": (
        "the service collaborates - connecting to other parts of the system and is led by community "
        "involvement"
    ),
    f"{LIST}, bullet 5": (
        "to enable the asset to embed physical activity as frictionlessly as possible. Offers include, "
        "training to enable staff to have good conversations about physical activity; generic challenges "
        "that encourage organisations to move more, i.e. Step Out Challenge."
    ),
    f"{RVE}, Transformation and culture change programme - our approach, paragraph 1": (
        "The feedback loops ensure that the learning is fed back into the organisation about the impact of "
        "the changes that they've made, to help improve the services further in how they promote PA to the "
        "workforce and end-users."
    ),
    f"{UTOPIA}, Who would I use it with?, bullet 1": (
        "the changes are physically tangible: i.e. signs, bike racks etc."
    ),
    f"{UTOPIA}, Advice to others, bullet 1": (
        "By getting partners to think about what they see in a specific setting, this enables them to "
        "engage and develop ideas – buying into what ‘great’ looks like."
    ),
    f"{UTOPIA}, Advice to others, bullet 2": (
        "it’s important to ensure that essential items are fed in to ensure the most effective things are "
        "reflected in the proposed utopia. I.e. GP Surgery – a 1-minute conversation about physical "
        "activity is part of every consultation."
    ),
    f"{UTOPIA}, Why was this tool used?, paragraph 1": (
        "Active Calderdale wanted to make engaging with GPs as easy as possible"
    ),
    f"{UTOPIA}, How was it done?, paragraph 1": (
        "the best it could be at promoting physical activity to its patients and workforce"
    ),
    f"{UTOPIA}, What was the impact?, paragraph 1": (
        "Calderdale's GP surgeries are signing up to the Active Practice Charter. As a trusted "
        "organisation, GPs are including conversations about physical activity in their patient "
        "consultations. Social prescribers are supporting patients with relatively high needs into physical"
        " activity opportunities. Practices are developing their own physical activity offers, with walking"
        " and running groups (when allowed during the pandemic), signing up to be parkrun. Practices and "
        "promoting ‘Couch to 5k’ - to make the opportunities as ‘frictionless’ as possible for their "
        "clients."
    ),
    f"{LEARNED}, bullet 2": (
        "Ensure wide engagement in the co-design of the Active Practice Charter (and so ownership)"
    ),
    f"{LEARNED}, bullet 3": "Use social peer pressure to encourage all PCNs/surgeries to engage",
    f'{LEARNED}, bullet 3 (led in by "By attending an existing network meeting")': (
        "Use social peer pressure to encourage all PCNs/surgeries to engage"
    ),
    f"{LEARNED}, bullet 4": (
        "Inspire the Primary Care system to see the value of physical activity to their work and that "
        "simple measures could be developed that were not too onerous to deliver and embed into what they "
        "routinely do."
    ),
    f"{UTOPIA}, Reflections from those involved, paragraph 1": (
        "The Influencer Matrix and Utopia Modelling allowed us to think through the art of possible for our"
        " practices. The ideas that we thought of have been used to inform the development of Calderdale's "
        "Active Practice Charter. The proposals came from us and, as such, we've got greater ownership of "
        "the Charter and its future application. [...] the majority of the interventions are easy to "
        "deliver and can become an integral part of our preventative approach with our communities."
    ),
    "Also in this series, item 4": "Capacity and time to reflect",
}
"""What the source says, by the place where it says it: taken down when the model was made."""
LISTED = {"one_minute", "signs", "bike_racks", "parkrun_practice", "walking_group", "running_group"}
LISTED |= {"couch_to_5k", "social_prescribers", "staff_challenge"}
"""The items of the shopping list that the source names."""
ROLES = {"gp", "nurse", "reception", "manager", "prescriber"}
BUDGET = 10.0
"""Hours a month that a surgery has here."""


@pytest.fixture(scope="module")
def model() -> Model:
    return read_model(library.shipped_models()["active_practice"])


@pytest.fixture(scope="module")
def plans(model: Model) -> dict[str, Scenario]:
    return library.scenarios_of(model)


def test_every_passage_stands_word_for_word_at_its_locator(model, plans):
    cells = [cell for lever in model.levers for cell in lever.influence]
    essentials = [item for setting in model.settings for item in setting.essentials]
    every = [*model.links, *cells, *essentials, *claims_of(model, plans)]
    passages = [(each.passage, each.locator) for each in every if each.passage]
    passages += [(link.against, link.against_locator) for link in model.links if link.against]
    assert len(passages) > 80
    assert not [(said, at) for said, at in passages if said not in SOURCE[at]]
    assert SOURCE.keys() == {at for _, at in passages}


def test_each_role_has_information_of_its_own(model):
    told = {node.id.removeprefix("info_") for node in model.variables if node.id.startswith("info_")}
    assert told == ROLES
    assert {link.target for link in model.links if link.source == "role_information"} == {
        f"info_{role}" for role in ROLES
    }
    assert {"GP", "Nurse", "Reception", "Practice manager", "Social prescriber"} <= {
        role.label for role in model.roles
    }


def test_the_shopping_list_has_hours_pounds_and_cells(model):
    assert {lever.id for lever in model.levers} >= LISTED
    for lever in model.levers:
        assert lever.hours_us + lever.hours_partner > 0, lever.id
        assert all(cell.reason for cell in lever.influence), lever.id
        assert lever.influence, lever.id
        assert lever.also, lever.id
    stand = {(cell.at, cell.on) for lever in model.levers for cell in lever.influence}
    assert {at for at, _ in stand} == set(SPHERES)
    assert {on for _, on in stand} == set(AUDIENCES)


def test_one_must_choose(model):
    """All of it at once asks for more than twice the hours that there are."""
    assert sum(lever.hours_us + lever.hours_partner for lever in model.levers) > 2 * BUDGET


def test_ten_hours_are_at_most_ten(model, plans):
    months = 120
    busiest = (sum(hours(model, plans["ten_hours"], months))).max()
    assert 0.9 * BUDGET < busiest <= BUDGET


def test_a_minute_in_every_consultation_is_essential_in_a_surgery_only(model):
    essentials = {setting.id: [item.lever for item in setting.essentials] for setting in model.settings}
    assert essentials == {"gp_surgery": ["one_minute"], "hospital": [], "park": []}
    for setting in model.settings:
        assert all((setting.walk, setting.see, setting.hear, setting.feel)), setting.id


def test_the_charter_is_not_confused_with_the_national_one(model):
    assert "national charter" in model.description
    assert any("not about the national one" in said for said in model.cannot_say)


def test_every_named_loop_has_a_story_and_closes(model):
    named = [loop for loop in find(model, most=1).loops if loop.named]
    assert len(named) == len(model.loops)
    assert {loop.letter for loop in named} == {"R", "B"}
    assert all(loop.story and loop.label for loop in model.loops)


def test_what_the_stories_say_of_more_and_less_is_so_in_the_runs(model, plans):
    ran = dict(zip(plans, simulate(model, list(plans.values()), months=240), strict=True))
    whole, ten = ran["whole_list_for_four_years"], ran["ten_hours"]
    # things alone get people moving; without groups fewer people move; those who leave take buy-in along
    assert ran["things_alone"].at("patients_active", 48) > ran["nothing_new"].at("patients_active", 48) + 0.1
    assert ran["groups_cannot_meet"].at("patients_active", 36) < whole.at("patients_active", 36) - 0.05
    assert ran["keen_people_leave"].at("buy_in", 72) < whole.at("buy_in", 72) - 0.05
    # the week is full before anything begins; enough of us want it only after the work has gone on for years
    assert ran["nothing_new"].at("strain", 0) > 0.5
    assert ten.at("buy_in", 24) < 0.2 < ten.at("buy_in", 60)
