"""What a plan does too soon is said, and nothing of a plan that can be done as it stands."""

from __future__ import annotations

import pytest

from loops.files import read_model
from loops.library import scenarios_of, shipped_models
from loops.model import Lever, Model, Variable
from loops.scenario import Change, Scenario, Schedule
from loops.ui.planning.hitches import told

MODEL = Model(
    id="m",
    title="M",
    variables=(Variable(id="trust", label="Trust", start=0.1),),
    levers=(
        Lever(id="train", label="Train"),
        Lever(id="talk", label="Talk", needs=("train",)),
        Lever(id="racks", label="Racks", earliest=6),
        *(Lever(id=f"more_{n}", label=f"More {n}", earliest=n) for n in (1, 2, 3)),
    ),
)


def plan(**begins: float) -> Scenario:
    levers = [Schedule(id=name, changes=(Change(month=at, level=0.5),)) for name, at in begins.items()]
    return Scenario(id="p", model="m", title="P", levers=levers)


@pytest.mark.parametrize(
    ("begins", "says"),
    [
        ({"train": 0, "talk": 0, "racks": 6}, ""),
        ({"train": 3, "racks": 12}, ""),
        ({"talk": 4}, "“Talk” needs “Train” to have begun, in month 4 at the latest."),
        ({"talk": 4, "train": 5}, "“Talk” needs “Train” to have begun, in month 4 at the latest."),
        ({"racks": 5.5}, "“Racks” begins in month 5, and cannot before month 6."),
    ],
)
def test_what_is_too_soon_is_said(begins, says):
    assert told(MODEL, plan(**begins)) == says


def test_of_many_only_some_are_said_and_how_many_there_are():
    says = told(MODEL, plan(racks=0, more_1=0, more_2=0, more_3=0))
    assert says.count("cannot before") == 3
    assert says.endswith("So it is with 1 more.")


def test_every_shipped_plan_can_be_done_as_it_stands():
    for path in shipped_models().values():
        model = read_model(path)
        assert {told(model, each) for each in scenarios_of(model, path).values()} == {""}
