"""The influencer matrix and the settings of a model's file: what they hold, and what is refused."""

from __future__ import annotations

import pytest

from loops.complaints import BadFile
from loops.files import parse_model

SURGERY = """
format = 1
id = "surgery"
title = "A surgery"

[source.seed]
title = "The source"

[variable.value]
label = "It helps"
start = 0.1

[lever.training]
label = "Training"

[lever.minute]
label = "A minute in every consultation"
needs = ["training"]
earliest = 3
cost = 250
also = ["ask everybody"]
influence = [
  { at = "individual", on = "community" },
  { at = "individual", on = "workforce", evidence = "stated", passage = "a", locator = "1", cited = "seed" },
]

[setting.gp]
label = "GP surgery"
see = ["What is on the wall?"]
essential = [{ lever = "minute", evidence = "stated", passage = "1-minute conversation", locator = "1" }]

[[link]]
from = "training"
to = "value"
polarity = "+"
strength = 0.1
"""


def test_a_lever_has_its_cells_and_a_setting_its_essentials():
    model = parse_model(SURGERY.encode(), "surgery.toml")
    minute = model.levers[1]
    assert [(cell.at, cell.on, cell.evidence) for cell in minute.influence] == [
        ("individual", "community", "assumed"),
        ("individual", "workforce", "stated"),
    ]
    assert (minute.needs, minute.earliest, minute.cost) == (("training",), 3, 250)
    assert [item.lever for item in model.settings[0].essentials] == ["minute"]


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('needs = ["training"]', 'needs = ["trainin"]', "Did you mean 'training'?"),
        ('needs = ["training"]', 'needs = ["minute"]', "it names itself"),
        ('lever = "minute"', 'lever = "minutes"', "Did you mean 'minute'?"),
        ('at = "individual", on = "community"', 'at = "personal", on = "community"', "individual"),
        (', passage = "a"', "", "needs the source's passage"),
        ('cited = "seed"', 'cited = "sed"', "Did you mean 'seed'?"),
        ('on = "community"', 'on = "workforce"', "stands twice"),
        ("cost = 250", "cost = -1", "cost"),
    ],
)
def test_what_does_not_fit_is_named_with_the_way_to_mend_it(old, new, says):
    assert old in SURGERY
    with pytest.raises(BadFile, match=says.replace("?", r"\?")):
        parse_model(SURGERY.replace(old, new, 1).encode(), "surgery.toml")
