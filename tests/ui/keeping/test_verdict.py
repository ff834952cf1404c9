"""The answer in one line and why: every fate in plain words, likely by the share of versions."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from loops.equilibrium.fate import Fate
from loops.equilibrium.lasting import Lasting
from loops.equilibrium.rest import RestState
from loops.equilibrium.returns import Crossing, ReturnCurve
from loops.equilibrium.stability import NOT_COMPUTED
from loops.scenario import Scenario
from loops.ui.keeping import resting, verdict
from loops.ui.keeping.found import Answer, Tried

HELD = np.linspace(0, 1, 11)
QUIET = Scenario(id="quiet", model="common_purpose", title="Quiet")
HIGHER = RestState(np.array([0.6]), 1, NOT_COMPUTED)


def curve(*crossings: tuple[float, bool | None], agree: bool = True, settled: bool = True) -> ReturnCurve:
    met = tuple(Crossing(level, stable, "both") for level, stable in crossings)
    return ReturnCurve("buy_in", HELD, HELD, HELD, met, agree, settled)


TIPS = curve((0.03, True), (0.23, False), (0.44, True))


@dataclasses.dataclass(frozen=True)
class Case:
    """One plan's answer, with what matters to the test."""

    fate: Fate
    stop: float | None = 48.0
    left: float | None = 0.3
    quiet: float | None = 0.03
    end: float = 0.03
    lead: float = 0.0
    half: float | None = None
    upper: RestState | None = None
    lasts: float = 0.0
    lower: float = 0.0
    curve: ReturnCurve = TIPS

    @property
    def answer(self) -> Answer:
        fate = Lasting(QUIET, self.fate, self.stop, self.end, None, self.upper, None, self.half)
        tried = Tried(self.lead, 64, self.lasts, self.lower)
        return Answer(QUIET, fate, self.left, self.quiet, self.curve, tried)

    @property
    def why(self) -> str:
        return verdict.why("Buy-in", self.answer, resting.telling(verdict.levels(self.answer)))

    @property
    def headline(self) -> str:
        return verdict.headline(self.answer)


@pytest.mark.parametrize("fate", [Fate.KEEPS_GOING, Fate.FADES])
@pytest.mark.parametrize(
    ("share", "says"),
    [
        (1.0, "Likely to keep going without us"),
        (0.75, "Likely to keep going without us"),
        (0.58, "It could go either way: keep going, or fade"),
        (0.25, "It could go either way: keep going, or fade"),
        (0.24, "Unlikely to keep going without us"),
        (0.0, "Unlikely to keep going without us"),
    ],
)
def test_likely_is_the_share_of_versions_whatever_the_one_run_does(
    fate: Fate, share: float, says: str
) -> None:
    assert Case(fate, lasts=share).headline == says


def test_the_share_is_said_beside_the_headline() -> None:
    assert verdict.versions(Case(Fate.KEEPS_GOING, lasts=0.91).answer) == (
        "It keeps going in about 9 of 10 versions of our assumptions (64 were tried). "
        "With our assumptions as they are:"
    )
    assert verdict.versions(Case(Fate.NO_DIFFERENCE).answer) == ""


@pytest.mark.parametrize(
    ("left", "end", "says"),
    [
        (0.58, 0.44, "partly (0.60). With nobody pushing it falls back and comes to rest at partly (0.45)"),
        (0.41, 0.8, "partly (0.40). With nobody pushing it goes on growing and comes to rest at mostly"),
        (0.8, 0.44, "mostly. With nobody pushing it falls back and comes to rest at partly"),
        (0.45, 0.44, "partly. With nobody pushing it stays about there, at partly"),
    ],
)
def test_what_keeps_going_is_followed_to_its_rest(left: float, end: float, says: str) -> None:
    said = Case(Fate.KEEPS_GOING, left=left, end=end, lead=end - 0.03).why
    assert said == (
        f"The work stops after 48 months (4 years), with “Buy-in” at {says}; if nothing new is done, at not "
        "yet."
    )


def test_a_little_more_than_nothing_new_is_said_to_be_no_more_than_that() -> None:
    said = Case(Fate.KEEPS_GOING, left=0.4, end=0.1, lead=0.06).why
    assert said.endswith("comes to rest at not yet (0.10); if nothing new is done, at not yet (0.05).")


def test_what_fades_says_how_fast_and_whether_there_was_anything_to_reach() -> None:
    assert Case(Fate.FADES, stop=12.0, half=20.0, curve=curve((0.03, True))).why == (
        "The work stops after 12 months (1 year), with “Buy-in” at a little. Then it fades. Half of what was "
        "gained is gone 1½ years later. In the end it rests at not yet. In these circumstances there is no "
        "higher place of rest that it could reach."
    )
    assert "this plan does not get it there" in Case(Fate.FADES, half=20.0, upper=HIGHER).why


@pytest.mark.parametrize(
    ("left", "quiet", "half", "warned"),
    [(0.5, 0.03, 400.0, True), (0.5, 0.03, 20.0, False), (0.1, 0.03, 400.0, False), (0.3, 0.2, 400.0, False)],
)
def test_a_slow_fade_looks_like_success_only_where_there_is_something_to_see(
    left: float, quiet: float, half: float, warned: bool
) -> None:
    said = Case(Fate.FADES, left=left, quiet=quiet, half=half).why
    assert ("It looks like success for years, and is not." in said) is warned


@pytest.mark.parametrize(
    ("fate", "stop", "headline", "says"),
    [
        (Fate.NO_DIFFERENCE, 12.0, "It makes no difference in the end", "no higher than if nothing new is"),
        (Fate.NO_DIFFERENCE, None, "There is nothing that could keep going", "No lever is moved"),
        (Fate.COMES_ANYWAY, 12.0, "It comes anyway, with or without this plan", "would be if nothing new"),
        (Fate.NEVER_STOPS, None, "This plan does not show what happens without us", "levers that never stop"),
        (Fate.CIRCUMSTANCES, None, "No lever is moved in this plan", "things around us made it so"),
        (Fate.STILL_MOVES, 12.0, "It cannot be said whether it keeps going", "comes to no rest"),
        (Fate.STILL_MOVES, None, "It cannot be said whether it keeps going", "comes to no rest"),
    ],
)
def test_every_other_fate_says_why_there_is_no_answer(
    fate: Fate, stop: float | None, headline: str, says: str
) -> None:
    case = Case(fate, stop=stop, left=None if stop is None else 0.3, lasts=1.0)
    assert case.headline == headline
    assert says in case.why


def test_a_box_that_is_brought_down_is_judged_by_staying_down() -> None:
    kept = Case(Fate.NO_DIFFERENCE, left=0.16, quiet=0.4, end=0.17, lead=-0.25, lower=0.9)
    assert kept.headline == "Likely to stay lower without us"
    assert verdict.versions(kept.answer).startswith("It stays lower in about 9 of 10 versions")
    assert kept.why.endswith(
        "at a little (0.15): lower than if nothing new is done. With nobody pushing it stays lower: at a "
        "little (0.15) in the end, not at partly (0.40)."
    )
    back = dataclasses.replace(kept, end=0.4, lead=0.0, lower=0.0)
    assert back.headline == "Unlikely to stay lower without us"
    assert back.why.endswith("With nobody pushing it comes back, to partly (0.40) in the end.")
    assert dataclasses.replace(kept, lower=0.5).headline == "It could go either way: stay lower, or come back"


@pytest.mark.parametrize(
    ("fate", "left", "says"),
    [
        (Fate.FADES, 0.3, "“Quiet” stops with it at a little (0.30), above where it tips, and still fades"),
        (Fate.FADES, 0.2, ""),
        (Fate.KEEPS_GOING, 0.1, "stops with it at not yet (0.10), below where it tips, and still grows"),
        (Fate.KEEPS_GOING, 0.3, ""),
    ],
)
def test_a_plan_that_does_not_do_as_the_curve_alone_says_is_told(fate: Fate, left: float, says: str) -> None:
    answer = Case(fate, left=left).answer
    said = resting.beside(answer, resting.telling(verdict.levels(answer)))
    assert said.startswith("“Quiet” stops") if says else not said
    assert says in said
