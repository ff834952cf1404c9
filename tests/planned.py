"""A small model with levers that cost something, and plans of it as a search would give them."""

from __future__ import annotations

from loops.model import Model
from loops.utopia.chance import Chance
from loops.utopia.found import Backcast, Found, Levels
from loops.utopia.plan import Plan, Spell, cost
from loops.utopia.target import Limits, Target

HOSTILE = "<b>Racks</b> %{y}"
MODEL = Model.model_validate(
    {
        "id": "m",
        "title": "M",
        "variable": {"x": {"label": "X", "start": 0.0}},
        "lever": {
            "racks": {"label": HOSTILE, "hours_us": 1, "hours_partner": 2, "cost": 500},
            "walks": {"label": "Walks", "hours_us": 2},
            "talks": {"label": "Talks", "hours_us": 4, "level": 0.5},
        },
    }
)
WALKS, RACKS, TALKS = Spell("walks", 6, 18), Spell("racks", 0, 24), Spell("talks", 0, 12)


def found(held: int, *spells: Spell) -> Found:
    """A plan of these spells that holds in so many of a hundred versions."""
    plan, levels = Plan(tuple(sorted(spells))), Levels(0.1, 0.3, 0.5)
    chance = Chance(held, 100)
    return Found(plan, cost(MODEL, plan), chance, chance, levels, None, levels, held // 2)


FRONTIER = (found(4), found(55, WALKS), found(80, WALKS, TALKS), found(92, RACKS, WALKS, TALKS))


def backcast(cheapest: Found | None, likeliest: Found, frontier: tuple[Found, ...] = FRONTIER) -> Backcast:
    """What a search for a level of x by month 24 gave."""
    return Backcast(
        model=MODEL,
        target=Target("x", 0.3, 24),
        limits=Limits(budget=9),
        seed=1,
        width="middle",
        sure=0.75,
        cheapest=cheapest,
        likeliest=likeliest,
        frontier=frontier,
        nothing_new=frontier[0],
        everything=frontier[-1],
        worth=(),
        left_out={},
        tried=9,
        settled=True,
    )
