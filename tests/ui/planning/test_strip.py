from __future__ import annotations

import re

from boards import MODEL, schedules
from hypothesis import given

from loops.parts import replace
from loops.scenario import Change, Schedule
from loops.ui.planning import months, strip

TRAINING, HABIT = MODEL.levers
PRESSURE = MODEL.contexts[0]


def test_a_calendar_is_told_in_words() -> None:
    block = months.during("training", None, months.for_a_while(0, 1.0), 24, 0.0)
    assert strip.words(TRAINING, block, 60) == "100% from the start to month 24; else off"
    assert strip.words(TRAINING, None, 60) == "always off"
    assert strip.words(HABIT, None, 60) == "always 20%"
    assert strip.words(HABIT, Schedule(id="habit", always=0.5), 60) == "50% from the start on; else 20%"
    late = Schedule(id="pressure", changes=(Change(month=48, level=0.8),))
    assert strip.words(PRESSURE, late, 60) == "80% from month 48 on; else 50%"


def test_many_months_on_and_off_are_counted_and_drawn() -> None:
    other = months.during("training", None, months.every_other(0, 12, 0.5, 0.0), 12, 0.0)
    assert strip.words(TRAINING, other, 60).endswith("and 3 more times, the last until month 11; else off")
    assert strip.bars(TRAINING, other, 60).count("<i ") == 6


def test_a_ramp_is_drawn_as_a_slope() -> None:
    slow = Schedule(id="training", changes=(Change(month=0, level=1, ramp=30),))
    drawn = strip.bars(TRAINING, slow, 60)
    assert "polygon(0 100.0%,100% 0.0%" in drawn


def test_labels_are_escaped() -> None:
    drawn = strip.calendar([(replace(TRAINING, label='"><script>x</script>'), None)], 60)
    assert "<script" not in drawn
    assert '"">' not in drawn


@given(schedules("training"))
def test_every_schedule_has_bars_inside_the_strip_and_words(plan: Schedule) -> None:
    drawn = strip.bars(TRAINING, plan, 60)
    for left, width in re.findall(r"left:([\d.]+)%;width:([\d.]+)%", drawn):
        assert 0 <= float(left) <= 100
        assert float(left) + float(width) <= 100.01
    assert strip.words(TRAINING, plan, 60) in drawn
