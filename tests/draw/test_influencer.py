"""The influencer matrix as it is read: a sound table with every cell, escaped, and differences in words."""

from __future__ import annotations

from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from loops.draw.influencer import AMOUNTS, HEAD, rows, spread, table, told
from loops.influence import Influence
from loops.matrix import PLACES, Added, Filling, matrix
from loops.model import Lever, Model, Variable
from loops.parts import replace
from loops.scenario import Scenario, Schedule
from loops.theory.levers import Band

TOGETHER = Influence(at="social", on="community", evidence="inferred", reason="They meet.")
MODEL = Model(
    id="wishes",
    title="Wishes",
    variables=(Variable(id="trust", label="Trust", start=0.1),),
    levers=(
        Lever(id="walk", label="Walk <b>& talk</b>", hours_us=1, influence=(TOGETHER,)),
        Lever(id="run", label="Run", influence=(TOGETHER,)),
        Lever(
            id="signs",
            label="Signs",
            influence=(Influence(at="infrastructure", on="community"),),
        ),
        Lever(
            id="racks",
            label="Racks",
            influence=(
                Influence(
                    at="infrastructure", on="community", evidence="stated", passage="bike racks", locator="1"
                ),
            ),
        ),
    ),
)
PLAN = Scenario(id="plan", model="wishes", title="A <plan>", levers=(Schedule(id="walk", always=1),))
FILLED = Filling(
    "trust",
    48,
    0.5,
    {
        "run": Added({"run": 0}, 48, Band(0.04, 0.1, 0.2, 1.0)),
        "signs": Added({"signs": 0}, 48, why="only the first 1 of 3 are tried"),
        "racks": Added({"racks": 0}, 48, Band(0.0, 0.0, 0.0, 0.0)),
    },
    {("infrastructure", "community"): Added({"signs": 0, "racks": 0}, 48, Band(0.1, 0.1, 0.1, 1.0))},
    512,
)


def cells(html: str) -> dict[tuple[str, str], str]:
    """The words of each cell; the table is sound, and each cell has its two headings."""
    root = ElementTree.fromstring(html)
    heads = [th.text for th in root.iter("th") if th.get("scope") == "col"]
    sides = [th.text for th in root.iter("th") if th.get("scope") == "row"]
    assert heads == ["For the people who work here", "For the people we serve", "For the organisation itself"]
    assert sides == ["For one person", "Between people", "In the surroundings"]
    read = ["".join(td.itertext()) for td in root.iter("td")][1:]
    assert all(text.startswith(heads[number % 3]) for number, text in enumerate(read))
    return dict(zip(PLACES, read, strict=True))


def test_each_cell_says_what_the_plan_does_and_what_else_could_be_done():
    read = cells(table(matrix(MODEL, PLAN), FILLED))
    together = read["social", "community"]
    assert "In the plan, 240 hours in all:Walk <b>& talk</b>" in together
    assert "Not in the plan:Run: would add between a little and quite a lot" in together
    assert "Why here: it follows from the source." in together
    surroundings = read["infrastructure", "community"]
    assert "Not in the plan yet:Signs: not tried: only the first 1 of 3 are tried" in surroundings
    assert "Racks: would add hardly anything" in surroundings
    assert "All of it together would add a little." in surroundings
    assert "Why here: our own reading." in surroundings
    assert read["individual", "workforce"].endswith(
        "Nothing here yet: what could be done, person by person, for the people who work here?"
    )


def test_without_a_plan_it_says_nothing_of_one():
    html = table(matrix(MODEL))
    assert "in the plan" not in html.casefold()
    assert cells(html)["social", "community"].endswith(
        "Walk <b>& talk</b>RunWhy here: it follows from the source."
    )


def test_as_a_table_every_thing_has_a_row_and_every_empty_place_one():
    found = [dict(zip(HEAD, row, strict=True)) for row in rows(matrix(MODEL, PLAN), FILLED)]
    assert len(found) == 7 + 4
    by_what = {row["What"]: row for row in found}
    assert (by_what["Walk <b>& talk</b>"]["In the plan"], by_what["Run"]["In the plan"]) == ("yes", "no")
    assert by_what["Run"]["Figures"] == "+0.05 to +0.20, +0.10 in the middle"
    assert by_what["Racks"]["Why"] == "bike racks"
    assert by_what["Signs"]["What it would add"] == "only the first 1 of 3 are tried"


def test_where_the_trial_was_stopped_before_it_began_nothing_is_said_to_be_added():
    assert told(Added({"run": 0}, 48)) == "not tried"
    stopped = Filling(
        "trust", 48, None, {"run": Added({"run": 0}, 48)}, {}, 0, "stopped after 0 of 512 worlds"
    )
    assert "Run: not tried" in cells(table(matrix(MODEL, PLAN), stopped))["social", "community"]


@given(st.lists(st.floats(-1, 1), min_size=3, max_size=3).map(sorted))
def test_every_difference_has_words_and_only_what_is_taken_away_is_said_to_be(three):
    said = spread(Band(*three, 1.0))
    assert any(word in said for _, word in AMOUNTS)
    low, _, high = three
    if low >= 0:
        assert said.startswith("would add")
    if high <= 0 and low <= -0.03:
        assert said.startswith("would take away")


@given(st.text(min_size=1, max_size=20).filter(str.strip))
def test_whatever_a_lever_is_called_the_table_is_sound(label):
    label = "".join(one for one in label if one.isprintable()) or "x"
    odd = replace(MODEL, levers=(replace(MODEL.levers[0], label=label.strip() or "x"), *MODEL.levers[1:]))
    assert label.strip() in cells(table(matrix(odd, PLAN)))["social", "community"]
