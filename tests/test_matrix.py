"""The influencer matrix: what stands where, what a plan uses, and what else would add, by closed forms."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from loops import matrix as module
from loops.influence import AUDIENCES, SPHERES, Influence
from loops.matrix import PLACES, filling, matrix, span
from loops.model import Lever, Link, Model, Variable
from loops.parts import replace
from loops.scenario import Change, Scenario, Schedule
from loops.spread import keys_of
from loops.theory.levers import Band
from loops.worlds import Worlds

RATE = 0.05


def influence(at: str, on: str, **known: str) -> Influence:
    return Influence(at=at, on=on, **known)


MODEL = Model(
    id="wishes",
    title="Wishes",
    horizon=60,
    variables=(
        Variable(id="trust", label="Trust", start=0.0),
        Variable(id="rest", label="Rest", start=0.5, gain=0.01),
    ),
    levers=(
        Lever(
            id="walk",
            label="Walk",
            hours_us=2,
            hours_partner=1,
            influence=(influence("social", "community"), influence("individual", "workforce")),
        ),
        Lever(
            id="signs",
            label="Signs",
            influence=(influence("infrastructure", "community", evidence="inferred"),),
        ),
        Lever(id="talk", label="Talk", needs=("train",), influence=(influence("individual", "workforce"),)),
        Lever(id="train", label="Train", earliest=18, influence=(influence("social", "workforce"),)),
        Lever(id="idle", label="Idle"),
    ),
    links=(
        Link(source="walk", target="trust", polarity="+", strength=RATE),
        Link(source="signs", target="trust", polarity="+", strength=RATE),
        Link(source="talk", target="trust", polarity="+", strength=RATE),
        Link(source="train", target="trust", polarity="-", strength=RATE),
    ),
)


def plan(*levers: Schedule) -> Scenario:
    return Scenario(id="plan", model="wishes", title="Plan", levers=levers)


def during(lever: str, first: float, last: float) -> Schedule:
    return Schedule(id=lever, changes=(Change(month=first, level=1), Change(month=last, level=0)))


WALKING = plan(during("walk", 12, 36))


def standing(scenario: Scenario | None = None) -> dict[tuple[str, str], str]:
    """What stands in each cell that has something, that which is used in capitals."""
    return {
        (cell.at, cell.on): " ".join(i.lever.id.upper() if i.used else i.lever.id for i in cell.items)
        for cell in matrix(MODEL, scenario).cells
        if cell.items
    }


def test_every_lever_stands_in_its_cells_and_the_plan_uses_its_own():
    assert [(cell.at, cell.on) for cell in matrix(MODEL).cells] == list(PLACES)
    assert len(PLACES) == len(SPHERES) * len(AUDIENCES) == 9
    assert standing(WALKING) == {
        ("social", "community"): "WALK",
        ("individual", "workforce"): "WALK talk",
        ("infrastructure", "community"): "signs",
        ("social", "workforce"): "train",
    }
    assert standing() == {place: said.lower() for place, said in standing(WALKING).items()}
    assert [lever.id for lever in matrix(MODEL).nowhere] == ["idle"]


def test_a_cell_knows_its_hours_its_weakest_grade_and_what_is_free():
    cell = matrix(MODEL, WALKING)["individual", "workforce"]
    assert cell.hours == 24 * 3
    assert ([item.lever.id for item in cell.used], [item.lever.id for item in cell.free]) == (
        ["walk"],
        ["talk"],
    )
    assert cell.grade == "assumed"
    assert matrix(MODEL)["infrastructure", "community"].grade == "inferred"
    assert matrix(MODEL)["social", "organisation"].grade == ""


def test_what_the_model_itself_has_at_work_is_used_without_a_plan():
    busy = replace(MODEL, levers=(replace(MODEL.levers[0], level=0.5), *MODEL.levers[1:]))
    assert [item.used for item in matrix(busy)["social", "community"].items] == [True]
    off = plan(Schedule(id="walk", always=0))
    assert [item.used for item in matrix(busy, off)["social", "community"].items] == [False]
    assert span(busy, plan()) == (0, 48)


def test_the_plan_runs_from_its_first_month_to_its_last():
    assert span(MODEL, WALKING) == (12, 36)
    assert span(MODEL, plan(during("walk", 12, 36), during("signs", 3.5, 4.5))) == (3, 36)
    assert span(MODEL, plan(Schedule(id="walk", always=1))) == (0, 60)
    assert span(MODEL, plan()) == (0, module.PROGRAMME)
    assert span(replace(MODEL, horizon=24), plan()) == (0, 24)
    assert span(MODEL, plan(during("walk", 100, 200))) == (0, 48)  # beyond the time shown


def drawn(worlds: int) -> dict[str, np.ndarray]:
    """The strength that each of the model's links has in each version of seed 1, none where it is absent."""
    found = Worlds.of([MODEL], width="middle", seed=1)
    values = dict(zip(found.columns, found.values(found.units(0, worlds)).T, strict=True))
    keys = keys_of(MODEL.links)
    return {
        link.source: RATE * values[f"{key} strength"] * values.get(f"{key} presence", 1.0)
        for link, key in zip(MODEL.links, keys, strict=True)
    }


def test_what_is_added_is_the_difference_of_two_runs_in_one_version():
    """x = 1 - exp(-w T) of what is missing (DESIGN 3), with the w that each version has.

    Within 1e-4, the most that an ensemble may be off (DESIGN 4).
    """
    found = filling(MODEL, WALKING, "trust", seed=1)
    assert (found.month, found.worlds, found.stopped) == (36, module.WORLDS, "")
    assert list(found.levers) == ["signs", "talk", "train", "idle"]
    assert dict(found.levers["signs"].begins) == {"signs": 12}
    strength, months = drawn(found.worlds), 24
    alone = np.exp(-months * strength["walk"])
    added = alone * (1 - np.exp(-months * strength["signs"]))
    band = found.levers["signs"].band
    expected = np.percentile(added, (10, 50, 90))
    assert (band.low, band.middle, band.high) == pytest.approx(tuple(expected), abs=1e-4)
    assert found.level == pytest.approx(np.median(1 - alone), abs=1e-4)


def test_what_leads_nowhere_adds_exactly_nothing():
    found = filling(MODEL, WALKING, "trust", seed=1)
    assert found.levers["idle"].band == Band(0.0, 0.0, 0.0, 0.0)
    assert filling(MODEL, WALKING, "rest", seed=1).levers["signs"].band == Band(0.0, 0.0, 0.0, 0.0)


def test_what_is_needed_comes_along_and_takes_away_if_it_does():
    """Talk begins when what it needs can: month 18; train alone only takes away from trust."""
    found = filling(MODEL, WALKING, "trust", seed=1)
    assert dict(found.levers["talk"].begins) == {"talk": 18, "train": 18}
    assert dict(found.levers["train"].begins) == {"train": 18}
    assert found.levers["train"].band.middle < 0 == found.levers["train"].band.high  # absent in some versions
    own = filling(MODEL, plan(*WALKING.levers, during("train", 20, 36)), "trust", seed=1)
    assert dict(own.levers["talk"].begins) == {"talk": 20}
    assert own.levers["talk"].band.middle > 0


def test_an_empty_cell_is_filled_with_all_that_could_be_done_there():
    both = replace(
        MODEL, levers=(*MODEL.levers[:4], replace(MODEL.levers[4], influence=MODEL.levers[1].influence))
    )
    found = filling(both, WALKING, "trust", seed=1)
    assert list(found.cells) == [("social", "workforce"), ("infrastructure", "community")]
    together = found.cells["infrastructure", "community"]
    assert dict(together.begins) == {"signs": 12, "idle": 12}
    assert together.band == found.levers["signs"].band  # idle leads nowhere


def test_what_cannot_begin_in_time_is_not_tried_and_says_so():
    found = filling(MODEL, plan(during("walk", 0, 12)), "trust", seed=1)
    late = found.levers["talk"]
    assert (late.band, late.why) == (None, "the plan’s own items end before it could begin")
    assert dict(late.begins) == {"talk": 18}
    assert found.levers["signs"].band is not None
    assert found.cells["social", "workforce"].why == late.why  # train alone stands there
    crowded = replace(
        MODEL, levers=(*MODEL.levers[:4], replace(MODEL.levers[4], influence=MODEL.levers[3].influence))
    )
    some = filling(crowded, plan(during("walk", 0, 12)), "trust", seed=1).cells["social", "workforce"]
    assert dict(some.begins) == {"idle": 0}


def test_where_nothing_is_left_to_add_nothing_is_said_to_be():
    every = plan(*(during(lever.id, 0, 24) for lever in MODEL.levers))
    found = filling(MODEL, every, "trust", seed=1)
    assert (found.levers, found.cells, found.worlds) == ({}, {}, module.WORLDS)


@pytest.mark.parametrize(("cap", "value"), [("MOST_TRIED", 2), ("MOST_ROWS", 2 * (2 + 4))])
def test_of_too_many_the_first_are_tried_and_that_is_said(monkeypatch, cap, value):
    """Two by their number, or by the size of the model: two variables and four links."""
    monkeypatch.setattr(module, cap, value)
    found = filling(MODEL, WALKING, "trust", seed=1)
    assert [added.band is None for added in found.levers.values()] == [False, False, True, True]
    assert found.levers["idle"].why == "only the first 2 of 4 are tried"


def test_of_a_large_model_fewer_versions_are_tried(monkeypatch):
    monkeypatch.setattr(module, "MOST_WORK", 10_000)
    assert 1 <= filling(MODEL, WALKING, "trust", seed=1).worlds < 100


def test_the_month_is_the_one_asked_for():
    early = filling(MODEL, WALKING, "trust", month=12, seed=1)
    assert early.levers["signs"].band == Band(0.0, 0.0, 0.0, 0.0)
    assert (early.month, early.level) == (12, 0.0)


@pytest.mark.parametrize(
    ("variable", "month", "says"), [("trus", None, "Did you mean 'trust'?"), ("trust", -1, "is not between")]
)
def test_what_is_not_there_is_said_in_one_sentence(variable, month, says):
    with pytest.raises(ValueError, match=says.replace("?", r"\?")):
        filling(MODEL, WALKING, variable, month=month, seed=1)


def test_the_same_seed_gives_the_same_and_another_another():
    first, again = (filling(MODEL, WALKING, "trust", seed=1) for _ in range(2))
    assert first == again
    assert filling(MODEL, WALKING, "trust", seed=2).levers["signs"] != first.levers["signs"]


_MANY = ("a", "b", "c", "d", "e")


@given(
    st.lists(st.lists(st.sampled_from(_MANY), max_size=3, unique=True), min_size=5, max_size=5),
    st.lists(st.integers(0, 40), min_size=5, max_size=5),
    st.sets(st.sampled_from(_MANY)),
)
def test_whatever_needs_what_nothing_begins_before_what_it_needs(needs, earliest, used):
    """Rings of needs as well: those in a ring begin together."""
    levers = tuple(
        Lever(id=name, label=name, needs=tuple(one for one in wanted if one != name), earliest=first)
        for name, wanted, first in zip(_MANY, needs, earliest, strict=True)
    )
    model = replace(MODEL, levers=levers, links=())
    scenario = plan(*(during(name, 6, 48) for name in sorted(used)))
    begins = module._begins(model, scenario, 6)
    assert begins.keys() == set(_MANY) - used
    for lever in levers:
        if lever.id in begins:
            assert begins[lever.id] >= max(6, lever.earliest)
            assert all(begins[lever.id] >= begins.get(need, 6) for need in lever.needs)
            added = module._added(model, [lever.id], begins, 48)
            assert set(added.begins) == closure(lever.id, levers, used)


def closure(name: str, levers: tuple[Lever, ...], used: set[str]) -> set[str]:
    """What a lever needs, and what that needs, as often as there are levers: by brute force."""
    found = {name}
    for _ in levers:
        found |= {need for lever in levers if lever.id in found for need in lever.needs} - used
    return found


def test_a_chain_of_needs_in_the_largest_model_does_not_hang():
    count = 499
    levers = tuple(
        Lever(id=f"l{n}", label=str(n), earliest=n % 30, needs=(f"l{n + 1}",) if n + 1 < count else ())
        for n in range(count)
    )
    model = Model(id="wishes", title="W", horizon=60, variables=MODEL.variables[:1], levers=levers)
    begins = module._begins(model, plan(), 0)
    assert begins["l0"] == 29
    assert np.all(np.diff(list(begins.values())) <= 0)
