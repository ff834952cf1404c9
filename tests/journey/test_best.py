"""Least squares: numbers that are known come back from precise ratings, as surely as the slopes say."""

from __future__ import annotations

import dataclasses
from datetime import date

import numpy as np
import pytest
from oracles import small
from rated import BEGUN, after, from_levels

from loops.equations import Equations
from loops.journey.best import NINETY, Best, best_fit
from loops.journey.done import done
from loops.journey.misfit import SHARED
from loops.journey.observed import RATING, Observation, Observed, observe
from loops.journey.replay import Replay
from loops.journey.standing import standing
from loops.partners import Deed, Mark
from loops.partners.history import months_between
from loops.theory.sample import independent
from loops.worlds import Worlds

INFERRED = {"polarity": "+", "evidence": "inferred"}
MODEL = small(
    [
        {"from": "tell", "to": "known", "strength": 0.12, **INFERRED},
        {"from": "known", "to": "liked", "strength": 0.1, **INFERRED},
        {"from": "hard", "to": "liked", "strength": 0.08, **INFERRED, "polarity": "-"},
    ],
    {"known": {"start": 0.2, "fade": 0.05}, "liked": {"start": 0.2, "fade": 0.04}},
    ("tell",),
    contexts=("hard",),
)
DEEDS = [Deed("We told them", BEGUN, after(20), "tell")]
MONTHS = np.array([months_between(BEGUN, after(month)) for month in range(1, 61)])
PRECISE = 0.002
TRUE = {"link tell->known strength": 1.3, "link known->liked strength": 0.8, "variable known fade": 1.2}


def truth() -> Replay:
    """One version: the file's numbers, but for those of `TRUE`, from the start that is rated."""
    equations = Equations.of(MODEL)
    worlds = Worlds.of([MODEL], width="middle", seed=1)
    versions = worlds.assumptions(equations).versions(np.full((1, len(worlds.columns)), 0.5))
    strength, fade = versions.strength.copy(), versions.fade.copy()
    for place, link in enumerate(equations.links):
        strength[place] = TRUE.get(f"link {link.source}->{link.target} strength", 1.0)
    for place, name in enumerate(equations.variables):
        fade[place] = TRUE.get(f"variable {name} fade", 1.0)
    changed = dataclasses.replace(versions, strength=strength, fade=fade)
    return Replay.of(MODEL, done(MODEL, DEEDS, [], BEGUN), MONTHS[-1], changed)


@pytest.fixture(scope="module")
def precise() -> Observed:
    """Both boxes rated every month of five years with an error of .002 or so, and a range of as much."""
    levels = truth().look(lambda seen: seen, MONTHS, np.arange(1))[..., 0]
    levels = levels + PRECISE * np.random.default_rng(3).standard_normal(levels.shape)
    seen = [
        Observation(box, after(month + 1), at, level - PRECISE, level + PRECISE, "partly", sd=PRECISE)
        for month, (at, row) in enumerate(zip(MONTHS, levels, strict=True))
        for box, level in zip(("known", "liked"), row.tolist(), strict=True)
    ]
    first = standing(MODEL, [Mark(box, "a little", BEGUN) for box in ("known", "liked")])
    return Observed(MODEL, BEGUN, first, tuple(seen), done(MODEL, DEEDS, [], BEGUN))


@pytest.fixture(scope="module")
def found(precise) -> Best:
    return best_fit(precise, seed=1)


def test_known_numbers_come_back_within_what_the_slopes_allow(found):
    """A truth is 4 standard deviations off once in 16,000 times. The band holds 90%, 1.645 to either side; of
    a factor it is even on the scale of logarithms. And it says something: at most a fifth of what it was."""
    numbers = {each.name: each for each in found.numbers}
    for name, true in TRUE.items():
        low, middle, high = np.log(numbers[name].after)
        assert abs(np.log(true) - middle) < 4 * (high - low) / 2 / NINETY
        assert numbers[name].narrower > 0.8
        assert high - low == pytest.approx((1 - numbers[name].narrower) * 2 * NINETY * 0.25 * spread(name))
    assert found.agree >= 1
    assert found.within > 0.5
    assert found.combinations >= len(TRUE)


def spread(name: str) -> float:
    """Of the logarithm, over that of an inferred arrow at the middle width; a fade counts as assumed."""
    return 0.4 / 0.25 if name.endswith(" fade") else 1.0


def test_starts_come_back_as_levels(found):
    """The file's start is .2 and the word rated covers .125 to .375: to four standard deviations."""
    numbers = {each.name: each for each in found.numbers}
    for box in ("known", "liked"):
        low, middle, high = numbers[f"variable {box} start"].after
        assert abs(middle - 0.2) < 4 * (high - low) / 2 / NINETY


def test_the_course_of_the_best_numbers_is_given_month_by_month(found, precise):
    assert found.months.tolist() == [*map(float, range(60)), MONTHS[-1]]
    assert found.levels.shape == (61, 2)
    assert found.levels[-1] == pytest.approx(
        [(each.low + each.high) / 2 for each in precise.observations[-2:]], abs=5 * PRECISE
    )


def test_it_is_bitwise_the_same_on_one_thread_and_two(found, precise):
    alone = best_fit(precise, seed=1, threads=1)
    assert alone.levels.tolist() == found.levels.tolist()
    assert (alone.numbers, alone.ridges, alone.agree) == (found.numbers, found.ridges, found.agree)


def test_of_partners_rated_in_words_the_bands_hold_nine_in_ten():
    """Forty versions that no fit tries, rated every three months for three years with errors of the size that
    is assumed. Of each factor that is told of, 90% bands hold nine in ten, less the binomial's 1% bound."""
    worlds = Worlds.of([MODEL], width="middle", seed=77)
    units = independent(worlds, 40)
    versions = worlds.assumptions(Equations.of(MODEL)).versions(units)
    true = dict(zip(worlds.columns, worlds.values(units).T, strict=True))
    months = np.arange(0, 37, 3.0)
    days = np.array([months_between(BEGUN, after(month)) for month in months])
    levels = Replay.of(MODEL, done(MODEL, DEEDS, [], BEGUN), days[-1], versions).look(
        lambda seen: seen, days, np.arange(40)
    )
    off = RATING * np.random.default_rng(5).standard_normal(levels.shape)
    off[0] = 0  # the start is where the rule puts it
    held: dict[str, list[bool]] = {}
    for number in range(40):
        heard = from_levels(MODEL, months, levels[..., number], off=off[..., number], deeds=DEEDS)
        seen = observe(MODEL, heard)
        for each in best_fit(seen, seed=1, threads=1).numbers:
            low, _, high = each.after
            if each.name in TRUE:
                held.setdefault(each.name, []).append(low <= true[each.name][number] <= high)
    assert {*held} == {*TRUE}
    for name, inside in held.items():
        assert sum(inside) >= 0.9 * len(inside) - 2.33 * np.sqrt(0.09 * len(inside)), name


def test_a_rating_says_as_much_as_a_straight_model_has_it():
    """Closed form. A box that nothing moves, rated n times with the same word: its start is all there is, and
    a rating's middle is off by errors of its own of variance r, and by one of variance a that all share. So
    the mean of the ratings is known to a + r / n, and with what was thought of the start, of variance p, to
    1 / (1/p + 1/(a + r / n)). Starts are uniform in a range w, of which a normal score in the middle has the
    slope w / sqrt(2 pi): that is the root of p, and the ratings' middle is the range's. Differences over two
    steps of a thousandth, and a solver of 1e-5: to 1%.
    """
    still = small(
        [{"from": "tell", "to": "other", "strength": 0.1, **INFERRED}], {"still": {}, "other": {}}, ("tell",)
    )
    ratings, low, high, sd = 12, 0.2, 0.3, 0.05
    seen = [Observation("still", after(n), float(n), low, high, "a little", sd=sd) for n in range(1, 13)]
    first = standing(still, [Mark("still", "a little", BEGUN)])
    got = best_fit(Observed(still, BEGUN, first, tuple(seen), done(still, [], [], BEGUN)), seed=1)
    spread = (high - low) ** 2 / 12
    error = SHARED * sd**2 + spread + ((1 - SHARED) * sd**2 + spread) / ratings
    slope = 0.25 / np.sqrt(2 * np.pi)
    (start,) = got.numbers
    assert start.name == "variable still start"
    assert 1 - start.narrower == pytest.approx(np.sqrt(1 / (1 + slope**2 / error)), rel=0.01)
    assert got.combinations == int(slope**2 > error)


def test_a_ridge_is_two_numbers_whose_ratio_alone_was_seen():
    """Closed form: long told, known rests at w / (w + fade)."""
    model = small(
        [{"from": "tell", "to": "known", "strength": 0.2, **INFERRED}],
        {"known": {"start": 0.5, "fade": 0.2}},
        ("tell",),
    )
    deeds = [Deed("We told them", date(2020, 1, 1), None, "tell")]
    seen = [Observation("known", after(n), float(n), 0.49, 0.51, "partly", sd=0.01) for n in range(1, 60, 6)]
    first = standing(model, [Mark("known", "partly", BEGUN)])
    got = best_fit(Observed(model, BEGUN, first, tuple(seen), done(model, deeds, [], BEGUN)), seed=1)
    ridge = got.ridges[0]
    assert (ridge.high.name, ridge.other.name) == ("link tell->known strength", "variable known fade")
    assert ridge.correlation > 0.9
    assert ridge.other.low is not None, "both are high, or both low"


def test_too_many_numbers_are_one_sentence(monkeypatch, precise):
    monkeypatch.setattr("loops.journey.best.MOST_WORK", 1)
    with pytest.raises(ValueError, match="120 ratings and 8 uncertain numbers are too many"):
        best_fit(precise, seed=1)


def test_of_very_many_ratings_the_latest_are_used_and_it_says_so(monkeypatch, precise):
    monkeypatch.setattr("loops.journey.best.MOST_RATINGS", 60)
    assert "of the latest 60 ratings" in best_fit(precise, seed=1).says


def test_runs_for_slopes_may_come_in_turns(found, precise, monkeypatch):
    """A lane's levels do not depend on those beside it."""
    monkeypatch.setattr("loops.journey.misfit.MOST_LEVELS", 1)
    assert best_fit(precise, seed=1).levels.tolist() == found.levels.tolist()


def test_progress_may_stop_it(precise):
    def stop(share: float, words: str) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        best_fit(precise, seed=1, progress=stop)
