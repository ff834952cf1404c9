"""Recognise, Value, Embed: passages stand where it says, modes are measured, plans keep the order."""

from __future__ import annotations

import pytest

from loops import library
from loops.files import read_model
from loops.influence import Quoted
from loops.model import Link, Model
from loops.scenario import Scenario
from loops.simulate import simulate
from loops.theory.claims import claims_of
from loops.theory.rivals import rivals_of

RVE = "Recognise, Value and Embed"
LIST = f'{RVE}, list under "To enable the above influencing"'
MODEL_SECTION = "Common purpose model, How was it done?"
UTOPIA = "Utopia Modelling"
SOURCE = {
    f"{RVE}, paragraph 1": "Active Calderdale (AC) has developed an approach to embedding physical activity "
    "across the whole system, especially with the people and organisations that can influence desired "
    "inactive audiences to move more.",
    f"{RVE}, bullet 1": "Recognise that they're part of the system and the solution",
    f"{RVE}, bullet 2": "Value physical activity as a means to deliver their priorities.",
    f"{LIST}, bullet 1": "Understand the asset's/partner's priorities and issues",
    f"{LIST}, bullet 2": "Demonstrate how physical activity can help address their priorities and issues",
    f"{LIST}, bullet 3": "Ideally deliver some quick wins to build trust and the relationship",
    f"{LIST}, bullet 4": "Be clear on the ask - which in this case is to re-design their services, so that "
    "physical activity is embedded and when going through this process, the service collaborates - "
    "connecting to other parts of the system and is led by community involvement",
    f"{LIST}, bullet 5": "Be clear on the offer – to enable the asset to embed physical activity as "
    "frictionlessly as possible. Offers include, training to enable staff to have good conversations about "
    "physical activity; generic challenges that encourage organisations to move more, i.e. Step Out "
    "Challenge.",
    f"{RVE}, paragraph 3": "Once Recognition and Value is established, Active Calderdale works with the "
    "asset/actor to Embed (Recognise, Value, Embed) physical activity into what they do, by integrating "
    "physical activity into the asset's infrastructure (Policies, Working Practices and Delivery – PWD) and "
    "culture.",
    f"{RVE}, paragraph 4": "To support the assets to do the necessary thinking and then embedding of "
    "physical activity into what they routinely do, AC has adopted and developed a number of tools to "
    "enable them:",
    f"{RVE}, paragraph 5": "All these tools are designed to enable co-design with the assets and ensure the "
    "audience (community and workforce) is at the centre of the approach.",
    f"{RVE}, heading before the last paragraph": "Transformation and culture change programme - our approach",
    f"{RVE}, Transformation and culture change programme - our approach, paragraph 1": "The feedback loops "
    "ensure that the learning is fed back into the organisation about the impact of the changes that they've "
    "made, to help improve the services further in how they promote PA to the workforce and end-users.",
    f"{MODEL_SECTION}, bullet 5": "Information about the possible impact on consultation time, patient "
    "admissions, staff prescriptions, staff retention and sickness levels (i.e. the local context).",
    f"{MODEL_SECTION}, paragraph 3": "why promoting this as part of the day-to-day work is important for "
    "patient (and staff) outcomes.",
    "Also in this series, item 4": "Capacity and time to reflect",
    f"{UTOPIA}, Why was this tool used?, paragraph 1": "Active Calderdale wanted to make engaging with GPs "
    "as easy as possible and inspire them to identify things that they could do to embed physical activity "
    "into their surgeries.",
    f"{UTOPIA}, What did we learn?, bullet 4": "Inspire the Primary Care system to see the value of physical "
    "activity to their work and that simple measures could be developed that were not too onerous to deliver "
    "and embed into what they routinely do.",
}
"""What the source says, by where it says it: short quotations, so that a test can hold them."""
SEVERAL = {
    f"{RVE}, bullets 1 and 2": [f"{RVE}, bullet 1", f"{RVE}, bullet 2"],
    f"{LIST}, bullets 1 to 3": [f"{LIST}, bullet {n}" for n in (1, 2, 3)],
    f"{RVE}, bullet 2, and the list after it, bullet 1": [f"{RVE}, bullet 2", "", f"{LIST}, bullet 1"],
    f"{RVE}, bullet 2, and the list after it, bullets 1 and 2": [
        f"{RVE}, bullet 2",
        "",
        f"{LIST}, bullet 1",
        f"{LIST}, bullet 2",
    ],
}
"""Passages that run over a list, its items after a dash; "" stands for the line before the list."""
INTO_THE_LIST = "To enable the above influencing, AC strives to:"


@pytest.fixture(scope="module")
def model() -> Model:
    return read_model(library.shipped_models()["recognise_value_embed"])


@pytest.fixture(scope="module")
def plans(model: Model) -> dict[str, Scenario]:
    return library.scenarios_of(model)


def said_at(locator: str) -> str:
    if locator in SOURCE:
        return SOURCE[locator]
    said = ""
    for place in SEVERAL[locator]:
        part = SOURCE[place] if place else INTO_THE_LIST
        said += f" {part}" if said.endswith(".") and not place else f" - {part}" if said else part
    return said


def quoted(model: Model, plans: dict[str, Scenario]) -> list[tuple[str, str]]:
    """Every passage with its locator: of arrows, both ways, of cells and essentials, and of the claims."""
    cells: list[Quoted | Link] = [cell for lever in model.levers for cell in lever.influence]
    essentials: list[Quoted | Link] = [item for setting in model.settings for item in setting.essentials]
    every = [*model.links, *cells, *essentials]
    found = [(each.passage, each.locator) for each in every if each.passage]
    found += [(link.against, link.against_locator) for link in model.links if link.against]
    found += [(claim.passage, claim.locator) for claim in claims_of(model, plans) if claim.passage]
    return [(passage or "", locator or "") for passage, locator in found]


def test_every_passage_stands_word_for_word_at_its_locator(model, plans):
    passages = quoted(model, plans)
    assert len(passages) > 60
    assert not [(said, at) for said, at in passages if said not in said_at(at)]


def test_every_claim_from_the_source_names_the_arrows_that_carry_it(model, plans):
    assert all(claim.path or claim.loop for claim in claims_of(model, plans) if claim.passage)


def test_the_rivals_fit_and_are_as_strong_as_what_they_replace(model, plans):
    rivals = rivals_of(model, plans)
    assert rivals is not None
    for rival in rivals.rivals:
        for link in rival.add:
            gone = sum(one.strength for one in rival.gone(model) if one.target == link.target)
            assert link.strength == pytest.approx(gone, rel=5e-3)
    assert all(f"{UTOPIA}, What" in pattern.seen for pattern in rivals.patterns)


def test_what_the_stories_say_slips_and_holds_does_so(model, plans):
    run = {
        plan.id: one for plan, one in zip(plans.values(), simulate(model, list(plans.values())), strict=True)
    }
    four, quiet = run["everything_for_four_years"], run["nothing_new"]
    assert four.at("trust", 72) < four.at("trust", 48) - 0.05
    # policies come slowly and then hold, and give people time
    assert four.at("policies", 48) < four.at("policies", 84)
    assert four["policies"][84:].min() > four.at("policies", 84) - 0.05
    assert four.at("strain", 84) < quiet.at("strain", 84) - 0.1
    assert run["people_change_jobs"].at("recognise", 72) < four.at("recognise", 72) - 0.05
    # without an offer it stays hard to fit in; under heavy pressure four years slide back
    assert run["recognise_and_value_alone"].at("friction", 36) > four.at("friction", 36) + 0.25
    pressed = run["high_competing_priorities"]
    assert pressed.at("practices", 120) < pressed.at("practices", 48) - 0.1
