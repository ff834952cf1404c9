"""A small model whose runs take no time, and a partner that was rated in its words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from partnering import add

from loops.files import parse_model
from loops.partners import Deed, History, Mark, Profile, Said
from loops.scenario import Scenario
from loops.store import Store
from loops.store.records import Partner, Workspace
from loops.ui.catalogue import NOTHING_NEW, Shelf
from loops.ui.partnering.opened import Opened

KEY = "saved-garden"
GARDEN = b"""
format = 1
id = "garden"
title = "A garden"
horizon = 60
outcomes = ["harvest"]
[variable.harvest]
label = "Harvest"
start = 0.1
fade = 0.02
[variable.joy]
label = "Joy <b>![x](http://example.org/x.png)"
start = 0.1
fade = 0.05
[lever.sow]
label = "Sow <i>seeds</i>"
hours_us = 2
hours_partner = 1
cost = 400
[lever.water]
label = "Water"
hours_us = 4
[lever.prune]
label = "Prune"
hours_us = 2
earliest = 6
needs = ["sow"]
[lever.sing]
label = "Sing"
[context.drought]
label = "Drought"
level = 0.5
[[link]]
from = "sow"
to = "harvest"
polarity = "+"
strength = 0.1
[[link]]
from = "water"
to = "harvest"
polarity = "+"
strength = 0.02
[[link]]
from = "prune"
to = "harvest"
polarity = "+"
strength = 0.01
[[link]]
from = "harvest"
to = "joy"
polarity = "+"
strength = 0.1
[[link]]
from = "drought"
to = "harvest"
polarity = "-"
strength = 0.02
"""
MODEL = parse_model(GARDEN, "garden.toml")
FIRST = date(2026, 1, 5)


@pytest.fixture
def garden(models: Path) -> Path:
    """The model, saved where the pages find it."""
    models.mkdir(parents=True)
    path = models / "garden.toml"
    path.write_bytes(GARDEN)
    return path


@pytest.fixture
def patch(store: Store, space: Workspace, garden: Path) -> Partner:
    """A partner of which little is there on the first day."""
    one = add(store, space, "Moss Lane", model="garden", hours_us=3.0, hours_partner=2.0)
    rate(store, space, one, FIRST, harvest="a little", joy="not yet")
    return one


def opened(marks: Sequence[Mark], deeds: Sequence[Deed] = ()) -> Opened:
    """A partner as the parts of its page get it, without a page."""
    now = datetime(2026, 1, 5, tzinfo=UTC)
    profile = Profile("Moss Lane")
    quiet = Scenario(id=NOTHING_NEW, model=MODEL.id, title="If nothing new is done")
    shelf = Shelf(KEY, MODEL, {NOTHING_NEW: quiet})
    history = History(profile, MODEL.id, tuple(marks), tuple(deeds))
    one = Partner(1, MODEL.id, profile, 1, now, now)
    return Opened(Workspace("token", "North team", now), shelf, one, history)


def rate(store: Store, space: Workspace, one: Partner, day: date, **words: Said) -> None:
    """What was said of some boxes on a day."""
    store.rate(space.token, one.id, [Mark(box, word, day) for box, word in words.items()])


def do(store: Store, space: Workspace, one: Partner, lever: str, until: date | None = None) -> None:
    """Something that was done from the first day on."""
    store.add_action(space.token, one.id, Deed(lever, FIRST, until, lever))
