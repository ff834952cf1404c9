"""How often the reference modes hold under noise: against counting by hand, and what is said of the rest."""

from __future__ import annotations

import math
from collections import Counter

import numpy as np
import pytest
from scipy import stats

from loops.noise import Shaken
from loops.parts import replace
from loops.reference import Plan
from loops.simulate import AT_REST, LONG_RUN, TEN_YEARS, DidNotFinish, simulate
from loops.validation import robust as module
from loops.validation.robust import robust


def test_the_share_is_what_the_noise_makes_it(one_box):
    """Closed form: gain e^(sz) / (gain e^(sz) + fade e^(sz')) >= .52 if z - z' >= ln(.52/.48) / s.

    z - z' is normal with variance 2. Bound: four standard errors of a share of 2,000 draws, s = .1.
    """
    found = robust(one_box(0.52), noise=0.1, draws=2_000, seed=1)
    share = stats.norm.sf(math.log(0.52 / 0.48) / 0.1 / math.sqrt(2))
    error = math.sqrt(share * (1 - share) / 2_000)
    assert found.held / 2_000 == pytest.approx(share, abs=4 * error)
    assert found.missed == Counter(high=2_000 - found.held)
    assert (found.asked, found.tried, found.stopped) == (2_000, 2_000, 0)


def test_it_counts_what_the_versions_do(common_purpose, scenarios):
    """Oracle: each version written back into the model and run by itself."""
    mode = next(mode for mode in common_purpose.reference_modes if mode.id == "four_years_last")
    model = replace(common_purpose, reference_modes=[mode])
    found = robust(Plan(model, scenarios), noise=0.2, draws=12, seed=1)
    shaken = Shaken.of(model, noise=0.2, draws=12, seed=1)
    (criterion,) = mode.criteria
    scenario = scenarios[criterion.run.scenario]
    held = 0
    for draw in range(12):
        own = shaken.parameters([scenario], draw)
        place = {name: i for i, name in enumerate(shaken.equations.variables)}
        nodes = [
            replace(
                node,
                **{part: float(getattr(own, part)[place[node.id], 0]) for part in ("start", "gain", "fade")},
            )
            for node in model.variables
        ]
        links = [
            replace(link, strength=float(own.strength[k, 0]))
            if link.threshold is None
            else replace(link, strength=float(own.strength[k, 0]), threshold=float(own.threshold[k, 0]))
            for k, link in enumerate(shaken.equations.links)
        ]
        version = replace(model, variables=nodes, links=links)
        run = simulate(version, [scenario], months=LONG_RUN)[0]
        still = np.abs(run.levels[-1] - run.levels[-1 - TEN_YEARS]).max() <= AT_REST
        held += still and all(run[name][-1] >= criterion.at_least for name in criterion.variables)
    assert found.held == held
    assert 0 < held < 12


def test_the_same_seed_gives_the_same_versions(one_box):
    plan = one_box(0.5)
    first, again = (robust(plan, noise=0.1, draws=40, seed=3) for _ in range(2))
    other = robust(plan, noise=0.1, draws=40, seed=4)
    assert first == again
    assert first.held != other.held


def test_progress_can_stop_it(one_box):
    told = []
    robust(
        one_box(0.5), noise=0.1, draws=3, seed=1, progress=lambda share, words: told.append((share, words))
    )
    assert told == [(k / 3, f"versions tried: {k} of 3") for k in range(3)]

    def stop(share, words):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        robust(one_box(0.5), noise=0.1, draws=3, seed=1, progress=stop)


def test_of_a_large_plan_fewer_versions_are_tried(one_box, monkeypatch):
    plan = one_box(0.4)
    # one run to the horizon of the plan and one to the end, of one row and no link: the work of one version
    one = (1 + module.OVERHEAD) * (plan.months + LONG_RUN) * module.STEPS_A_MONTH
    monkeypatch.setattr(module, "MOST", 5 * one)
    found = robust(plan, noise=0.01, draws=40, seed=1)
    assert (found.asked, found.tried, found.held) == (40, 5, 5)


def test_a_version_that_does_not_finish_is_no_success(one_box, monkeypatch):
    plan = one_box(0.4)
    measure = plan.measure
    calls = []

    def every_second(settings):
        calls.append(settings)
        if len(calls) % 2:
            raise DidNotFinish("too many steps")
        return measure(settings)

    monkeypatch.setattr(plan, "measure", every_second)
    found = robust(plan, noise=0.01, draws=6, seed=1)
    assert (found.held, found.stopped, sum(found.missed.values())) == (3, 3, 0)
