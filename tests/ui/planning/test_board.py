from __future__ import annotations

from collections.abc import Callable

import pytest
from boards import (
    CONTEXTS,
    LEVERS,
    MODEL,
    NOTHING_NEW,
    SCENARIOS,
    YEAR,
    boards,
    edits,
    fitted,
    plans,
    several,
)
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from loops.parts import replace
from loops.scenario import Change, Scenario, Schedule, fits
from loops.ui.planning import board
from loops.ui.planning.board import YOURS, Board
from loops.ui.planning.plan import Block, on_spans, stands

FIRST = board.fresh(MODEL, "year", YEAR, ("year",))


def test_a_fresh_board_shows_the_copied_plan_unchanged() -> None:
    lines = board.lines(FIRST, MODEL, SCENARIOS)
    assert list(lines) == ["nothing_new", YOURS, "year"]
    assert lines["nothing_new"] == NOTHING_NEW
    assert lines["year"] == YEAR
    assert lines[YOURS].levers == YEAR.levers
    assert FIRST.shown == ("trust", "joy")


@given(fitted, st.lists(edits, max_size=5))
def test_whatever_is_done_every_line_fits_the_model(
    one: Board, moves: list[Callable[[Board], Board]]
) -> None:
    for move in moves:
        one = move(one)
    assert one == board.fit(one, MODEL, SCENARIOS)
    for line in board.lines(one, MODEL, SCENARIOS).values():
        assert fits(MODEL, line) == line
    assert list(board.lines(one, MODEL, SCENARIOS))[:2] == ["nothing_new", YOURS]


@given(boards)
def test_what_a_board_only_points_to_is_left_out_where_it_is_not_there(one: Board) -> None:
    fitting = board.fit(one, MODEL, SCENARIOS)
    there = set(board.choices(fitting, SCENARIOS))
    assert fitting.copied in there
    assert there.issuperset(fitting.compared)
    assert fitting.against is None or fitting.against in there | {YOURS}
    assert {"trust", "joy"}.issuperset(fitting.shown)
    assert fitting.plan(MODEL) == one.plan(MODEL)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"model": "other", "draft": replace(YEAR, model="other")}, "it is for the model 'other'"),
        ({"draft": replace(YEAR, levers=(Schedule(id="trainin", always=1),))}, "no lever 'trainin'"),
        ({"kept": (replace(YEAR, contexts=(Schedule(id="rain", always=1),)),)}, "no context 'rain'"),
        ({"dials": (("rain", 3),)}, "no lever or circumstance 'rain'"),
    ],
)
def test_a_board_that_does_not_fit_is_refused_in_one_sentence(change: dict[str, object], says: str) -> None:
    with pytest.raises(ValueError, match=says) as told:
        board.fit(replace(FIRST, **change), MODEL, SCENARIOS)
    assert "\n" not in str(told.value)


@pytest.mark.parametrize(
    "change",
    [
        {"dials": (("training", 3), ("training", 4))},
        {"compared": ("year", "year")},
        {"kept": (YEAR, YEAR)},
        {"kept": (replace(YEAR, model="other"),)},
        {"compared": ("../etc",)},
        {"dials": (("training", 101),)},
        {"extra": 1},
    ],
)
def test_a_board_is_valid_by_construction(change: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        replace(FIRST, **change)


@given(fitted, st.dictionaries(st.sampled_from(["training", "habit", "pressure"]), st.integers(0, 100)))
def test_dials_stand_where_they_were_turned(one: Board, dials: dict[str, int]) -> None:
    turned = board.turn(one, MODEL, dials)
    assert stands(MODEL, turned.plan(MODEL)).items() >= dials.items()
    assert board.turn(turned, MODEL, stands(MODEL, turned.draft)).dials == ()


def test_a_lever_turned_down_to_nothing_finds_its_months_again() -> None:
    down = board.turn(FIRST, MODEL, {"training": 0})
    assert on_spans(MODEL, down.plan(MODEL), 60) == ()
    assert board.turn(down, MODEL, {"training": 100}) == FIRST


def test_the_calendar_replaces_one_schedule_and_lets_its_dial_go() -> None:
    moved = board.turn(FIRST, MODEL, {"training": 30, "pressure": 80})
    two = Schedule(id="training", changes=(Change(month=24, level=0.5),))
    edited = board.reschedule(moved, MODEL, "training", two)
    assert edited.plan(MODEL).schedule("training") == two
    assert edited.dials == (("pressure", 80),)
    assert board.reschedule(edited, MODEL, "training", None).plan(MODEL).schedule("training") is None
    crisis = Schedule(id="luck", changes=(Change(month=6, level=0), Change(month=12, level=0.3)))
    felt = board.lines(board.reschedule(FIRST, MODEL, "luck", crisis), MODEL, SCENARIOS)
    assert all(line.schedule("luck") == crisis for line in felt.values())


def test_a_kept_plan_stays_as_it_was_whatever_is_moved_later() -> None:
    kept = board.keep(board.turn(FIRST, MODEL, {"training": 40}), MODEL, " Less training ")
    before = board.lines(kept, MODEL, SCENARIOS)["kept/kept_1"]
    assert before.title == "Less training"
    assert before.schedule("training") == kept.plan(MODEL).schedule("training")
    later = board.turn(kept, MODEL, {"training": 90, "pressure": 100})
    assert board.lines(later, MODEL, SCENARIOS)["kept/kept_1"] == before
    again = board.copy(later, MODEL, "kept/kept_1", before)
    assert again.plan(MODEL).schedule("training") == before.schedule("training")


def test_kept_plans_have_titles_of_their_own_and_can_be_removed() -> None:
    kept = board.keep(board.keep(FIRST, MODEL, "A year"), MODEL, "A year")
    titles = [plan.title for plan in board.choices(kept, SCENARIOS).values()]
    assert titles == ["If nothing new is done", "A year", "A year (2)", "A year (3)"]
    less = replace(board.drop(kept, "kept_1"), against="kept/kept_2")
    assert less.compared == ("year", "kept/kept_2")
    assert board.drop(less, "kept_2") == replace(FIRST, compared=("year",))
    assert board.keep(less, MODEL, "B").kept[-1].id == "kept_1"


def test_a_plan_without_a_name_or_one_too_many_is_refused() -> None:
    for title in ("", "  ", "x" * 201):
        with pytest.raises(ValueError, match="1 to 200"):
            board.keep(FIRST, MODEL, title)
    full = FIRST
    for number in range(board.MOST_KEPT):
        full = board.keep(full, MODEL, f"Plan {number}")
    with pytest.raises(ValueError, match="remove one first"):
        board.keep(full, MODEL, "One more")
    assert len(full.compared) == board.MOST_COMPARED


@given(plans)
def test_keeping_a_plan_changes_nothing_in_what_it_does(plan: Scenario) -> None:
    one = board.copy(FIRST, MODEL, "year", plan)
    kept = board.keep(one, MODEL, "Mine").kept[0]
    assert kept.levers == one.plan(MODEL).levers
    for name in CONTEXTS:
        usual = next(node.level for node in MODEL.contexts if node.id == name)
        was, now = one.plan(MODEL).schedule(name), kept.schedule(name)
        assert now == was if was else now == Schedule(id=name, always=usual)


def phases(*plans: Schedule) -> Board:
    return board.copy(FIRST, MODEL, "year", replace(YEAR, levers=plans))


def spans(one: Board, lever: str) -> tuple[tuple[float, float], ...]:
    plan = one.plan(MODEL)
    alone = replace(plan, levers=tuple(each for each in plan.levers if each.id == lever))
    return on_spans(MODEL, alone, 60)


def block(node: str, start: int, end: int, usual: float = 0.0, ramp: int = 0) -> Schedule:
    return Schedule(
        id=node, changes=(Change(month=start, level=1), Change(month=end, level=usual, ramp=ramp))
    )


def test_a_longer_programme_goes_on_where_it_ended() -> None:
    one = board.run_for(phases(block("training", 0, 12), block("habit", 12, 24, 0.2)), MODEL, 36)
    assert spans(one, "training") == ((0, 12),)
    assert spans(one, "habit") == ((12, 36),)
    assert one.block.months == 36
    ramped = board.run_for(phases(block("training", 3, 20, ramp=4)), MODEL, 30)
    assert ramped.draft.levers[0].changes[-1] == Change(month=29, level=0, ramp=4)


def test_a_shorter_programme_stops_and_leaves_out_what_came_later() -> None:
    one = phases(block("training", 0, 12), block("habit", 12, 24, 0.2))
    assert spans(board.run_for(one, MODEL, 18), "habit") == ((12, 18),)
    short = board.run_for(one, MODEL, 6)
    assert spans(short, "training") == ((0, 6),)
    assert short.draft.schedule("habit") is None
    always = phases(Schedule(id="training", always=0.5))
    assert spans(board.run_for(always, MODEL, 24), "training") == ((0, 24),)
    assert board.run_for(always, MODEL, 60).draft == always.draft
    slow = phases(Schedule(id="training", changes=(Change(month=0, level=1, ramp=20),)))
    assert board.run_for(slow, MODEL, 10).draft.levers[0].changes == (
        Change(month=0, level=0.5, ramp=10),
        Change(month=10, level=0),
    )


def test_levers_turned_up_later_end_with_the_programme_and_earlier_ones_stay() -> None:
    early = replace(phases(block("training", 0, 12)), block=Block(start=6, months=30))
    one = board.turn(board.reschedule(early, MODEL, "habit", None), MODEL, {"habit": 60})
    longer = board.run_for(one, MODEL, 48)
    assert spans(longer, "training") == ((0, 12),)
    assert longer.block == Block(start=6, months=42)


def test_a_programme_of_nothing_sets_how_long_a_lever_runs_once_it_is_turned_up() -> None:
    quiet = board.run_for(board.fresh(MODEL, "nothing_new", NOTHING_NEW), MODEL, 18)
    assert spans(board.turn(quiet, MODEL, {"training": 50}), "training") == ((0, 18),)


@given(several(LEVERS), st.integers(1, 60))
def test_a_shortened_programme_is_over_at_its_end_and_was_the_same_before(
    levers: tuple[Schedule, ...], months: int
) -> None:
    one = board.copy(FIRST, MODEL, "year", replace(YEAR, levers=levers))
    made = board.run_for(one, MODEL, months)
    end = made.block.start + made.block.months
    if end >= one.block.start + one.block.months:
        return
    usual = {lever.id: lever.level for lever in MODEL.levers}
    for old in levers:
        plan = made.draft.schedule(old.id) or Schedule(id=old.id, always=usual[old.id])
        assert plan.at(end, usual[old.id])[0] <= usual[old.id] + 0.005
        for month in range(end):
            before, now = old.at(month, usual[old.id])[0], plan.at(month, usual[old.id])[0]
            assert now == pytest.approx(before, abs=1e-9)
