from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from loops.draw.scale import figure, in_words
from loops.model import Model
from loops.scenario import Scenario
from loops.simulate import simulate
from loops.ui.planning import story

MONTHS = np.arange(241.0)
FLAT = np.full(241, 0.06)


def rises_and_falls(top: float, end: float) -> np.ndarray:
    """Straight up to `top` at three years, and straight down to `end` at six."""
    return np.interp(MONTHS, [0, 36, 72, 240], [0.06, top, end, end])


def test_grows_then_falls_back() -> None:
    told = story.journey("Buy-in", rises_and_falls(0.75, 0.45), FLAT, 36)
    assert told == (
        "“Buy-in” grows to mostly within 3 years. "
        "After the work stops, at 3 years, it falls back to partly within another 2 years. "
        "By 20 years that is clearly higher than if nothing new is done."
    )


def test_falls_back_to_where_it_was() -> None:
    told = story.journey("Buy-in", rises_and_falls(0.3, 0.06), FLAT, 36)
    assert "it falls back to not yet within another 3 years. By 20 years that is about the same" in told


def test_a_quiet_curve_stays() -> None:
    assert story.quiet_journey("Buy-in", FLAT) == "“Buy-in” stays at not yet."


def test_a_tiny_change_over_a_words_edge_is_no_change() -> None:
    levels = np.interp(MONTHS, [0, 60, 240], [0.62, 0.63, 0.63])
    assert story.quiet_journey("Trust", levels) == "“Trust” stays at partly."


def test_the_second_half_begins_where_the_first_ended() -> None:
    """A slow rise over a word's edge: not 'stays at not yet' and then 'stays at a little'."""
    told = story.journey(
        "People moving more", np.interp(MONTHS, [0, 48, 240], [0.105, 0.125, 0.22]), FLAT, 48
    )
    assert told.startswith(
        "“People moving more” stays at not yet. After the work stops, at 4 years, it goes on growing"
    )


def test_a_rise_and_a_fall_after_the_work_are_both_said() -> None:
    curve = np.interp(MONTHS, [0, 48, 132, 240], [0.09, 0.41, 0.53, 0.44])
    told = story.journey("Part of how we work", curve, FLAT, 48)
    assert "it goes on growing somewhat, then falls back somewhat, and is still falling at 20 years." in told


def test_what_falls_is_said_to_fall() -> None:
    told = story.journey("Stretched for time", np.linspace(0.6, 0.1, 241), FLAT, None)
    assert told.startswith(
        "“Stretched for time” falls to not yet within 20 years, and is still falling at 20 years."
    )
    assert "After the work stops" not in told


@given(arrays(float, 25, elements=st.floats(0, 1)), st.one_of(st.none(), st.floats(0, 24)))
def test_any_curve_gives_whole_sentences(levels: np.ndarray, stops: float | None) -> None:
    told = story.journey("It", levels, levels[::-1], stops)
    assert told.startswith("“It” ")
    assert told.endswith("if nothing new is done.")
    assert "  " not in told
    assert "nan" not in told


def test_drift_is_said_only_when_there_is_some() -> None:
    def model(fade: float) -> Model:
        return Model.model_validate(
            {"id": "one", "title": "One", "variable": {"x": {"label": "Trust", "start": 0.5, "fade": fade}}}
        )

    quiet = Scenario(id="nothing_new", model="one", title="If nothing new is done")
    still, moving = model(0.0), model(0.02)
    assert "stays as it is for 20 years" in story.drift(still, simulate(still, [quiet])[0])
    assert "“Trust” moves most: from partly to not yet" in story.drift(moving, simulate(moving, [quiet])[0])


@given(st.floats(0, 1))
def test_words_and_figures_agree(level: float) -> None:
    assert abs(float(figure(level)) - level) <= 0.025 + 1e-9
    middle = {"not yet": 0.0, "a little": 0.25, "partly": 0.5, "mostly": 0.75, "fully": 1.0}[in_words(level)]
    assert abs(middle - level) <= 0.125 + 1e-9
