"""Independent worlds: what an ensemble's own sequence would mistake, and that nothing depends on threads."""

from __future__ import annotations

import numpy as np
import pytest
from oracles import plan, small

from loops.ensemble.comparison import Comparison, Question
from loops.ensemble.simulate import simulate_ensemble
from loops.theory import sample as room
from loops.theory.claims import Case, Claim, Outcome
from loops.theory.indices import first_orders, groups_of
from loops.theory.sample import sample
from loops.worlds import Worlds


def asked(model, lever: str, variable: str):
    about = {"for_whom": "x", "context": "x", "resource": "x", "reasoning": "x"}
    outcome = Outcome(variable=variable, month=12, direction="more", at_least=0.1)
    claim = Claim(id="one", sentence="one", outcome=outcome, run=Case(scenario="s"), **about)
    question = Question(plan(model, **{lever: 1}), None, variable, 12)
    worlds = Worlds.of([model], width="middle", seed=1)
    return [claim], simulate_ensemble(
        Comparison.of(model, questions=[question]), worlds=worlds, count=1_200, threads=1
    )


@pytest.fixture(scope="module")
def push():
    model = small(
        [{"from": "push", "to": "x", "polarity": "+", "strength": 0.1}],
        {"x": {"fade": 0.05}},
        levers=("push",),
    )
    return asked(model, "push", "x")


def test_an_answer_is_that_of_its_world(push):
    """Closed form: x = w / (w + f) (1 - exp(-(w + f) t)), to ten times the solver's 1e-4."""
    drawn = sample(*push)
    column = {name: drawn.values[:, place] for place, name in enumerate(drawn.worlds.columns)}
    w = 0.1 * column["link push->x strength"] * column["link push->x presence"]
    rate = w + 0.05 * column["variable x fade"]
    true = w / rate * (1 - np.exp(-rate * 12))
    assert np.abs(drawn.outcomes[:, 0] - true).max() < 1e-3


def test_threads_change_nothing_and_the_seed_does(push):
    one, two = sample(*push, threads=1), sample(*push, threads=2)
    assert (one.outcomes == two.outcomes).all()
    assert (one.values == two.values).all()
    assert one.outcomes.shape == (1_200, 1)


def test_a_large_model_is_asked_in_fewer_worlds(push, monkeypatch):
    whole = sample(*push)
    monkeypatch.setattr(room, "MOST_WORK", 1)
    part = sample(*push)
    assert len(part.values) == len(part.outcomes) == room.FEWEST_WORLDS
    assert (part.outcomes == whole.outcomes[: room.FEWEST_WORLDS]).all()


def test_progress_is_told_and_may_stop_it(push):
    told = []
    sample(*push, progress=told.append)
    assert told == sorted(told)
    assert told[-1] == 1

    def stop(share):
        raise InterruptedError

    with pytest.raises(InterruptedError):
        sample(*push, progress=stop)


def test_without_questions_there_are_worlds_all_the_same(push):
    drawn = sample((), push[1])
    assert (drawn.values.shape[0], drawn.outcomes.shape) == (1_200, (1_200, 0))


def test_what_one_number_does_is_not_read_as_anothers(common_purpose):
    """Every column planted as an outcome in turn: a group without it explains nothing.

    Adjusted R^2 of K functions that explain nothing scatters by sqrt(2 K) / W (as in test_indices), K at most
    the root of W: six of that, for thousands of groups. In the ensemble's own sequence the worst is a third.
    """
    _, ensemble = asked(common_purpose, "training", "buy_in")
    drawn = sample((), ensemble)
    count, groups = drawn.values.shape[0], groups_of(drawn.worlds.columns)
    planted = range(0, drawn.values.shape[1], 4)
    found = first_orders(drawn.values, drawn.values[:, planted], groups, seed=1)
    false = [
        index.value
        for column, indices in zip(planted, found, strict=True)
        for index in indices.ranked
        if column not in groups[index.group]
    ]
    assert max(false) < 6 * np.sqrt(2 * np.sqrt(count)) / count
