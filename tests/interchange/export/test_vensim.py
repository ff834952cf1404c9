"""Vensim files that we write: PySD runs them as our engine does, they come back, no text breaks them."""

from __future__ import annotations

import numpy as np
import pytest
from damaged import damaged, message
from elsewhere import Elsewhere, others_deprecations
from hypothesis import given, settings
from hypothesis import strategies as st

from loops import files, library
from loops.interchange.complete import complete
from loops.interchange.detect import import_file
from loops.interchange.export.vensim import write
from loops.interchange.export.vensim_names import names_of
from loops.interchange.vensim import read
from loops.model import Model
from loops.parts import replace
from loops.scenario import Scenario
from loops.simulate import TOLERANCE, simulate

MONTHS = 24
AWKWARD = 'Buy-in: "ready" | to <act>,\nnow & ~ {x} [y] \\ è 信任'


@pytest.fixture(scope="module")
def shipped():
    return files.read_model(library.shipped_models()["common_purpose"])


def model(**fields):
    """Two boxes on parallel arrows, back, and round one; a lever and a circumstance."""
    link = {"from": "a", "to": "b", "polarity": "+", "strength": 0.1, "bend": 0.25}
    links = [
        link,
        link | {"delay": 6.5, "polarity": "-", "threshold": 0.4, "steepness": 3, "bend": -0.5},
        link | {"delay": 2.0, "strength": 0.2, "bend": None},
        {"from": "b", "to": "a", "polarity": "?", "strength": 1e-5, "delay": 3.0},
        {"from": "b", "to": "b", "polarity": "-", "strength": 0.0},
        {"from": "do", "to": "a", "polarity": "+", "strength": 2.0, "threshold": 0.5},
    ]
    return Model.model_validate(
        {
            "id": "ours",
            "title": "Ours",
            "variable": {
                "a": {"label": AWKWARD, "start": 0.1, "gain": 0.02, "fade": 0.3, "position": [0, 0]},
                "b": {"label": "Time", "start": 0.0, "position": [300, 0], "description": "One | two ~ 3."},
            },
            "lever": {"do": {"label": "time", "level": 0.25, "position": [0, 200]}},
            "context": {"nobody": {"label": "R1: rain", "level": 0.75, "position": [300, 200]}},
            "link": links,
            "loop": {"ours": {"name": "Up | ~ up", "path": ["a", "b"], "story": 'The "more" | the \\ more.'}},
        }
        | fields
    )


def plan(model, **levers):
    """A plan of dated changes, with what each lever does."""
    return Scenario.model_validate({"id": "plan", "model": model.id, "title": "Plan", "lever": levers})


class InVensim(Elsewhere):
    """The same, on a Vensim file that we write."""

    def __init__(self, model, scenario, folder):
        path = folder / "ours.mdl"
        path.write_bytes(write(model, scenario))
        names = names_of(model.nodes.values())
        self.columns = [names[name] for name in sorted(node.id for node in model.variables)]
        with others_deprecations():
            import pysd

            self.model = pysd.read_vensim(path)


def test_pysd_runs_it_as_our_engine_does(shipped, tmp_path):
    """Oracle: PySD. Euler's error at the step h is e(h) = c h + d h^2 + O(h^3).

    It halves with the step but for d: e(2h) - 2 e(h) = 2 d h^2 is four times e(h) - 2 e(h/2), and twice that
    is allowed. 2 y(h/2) - y(h) is off by a third of what it differs from 2 y(h) - y(2h), and our own levels
    by at most their tolerance.
    """
    scenario = plan(
        shipped,
        training=[{"month": 0, "level": 1}, {"month": 12, "level": 0.25, "ramp": 6}],
        advocacy=[{"month": 2, "level": 0.5, "ramp": 4}],
        existing_networks=[{"month": 1, "level": 1}],
    )
    cut = shipped.links[0]
    change = {"from": cut.source, "to": cut.target, "times": 0.5}
    scenario = replace(scenario, links=(change,))
    (ours,) = simulate(shipped, [scenario], months=MONTHS)
    theirs = InVensim(shipped, scenario, tmp_path)
    off = [theirs.levels(steps, MONTHS) - ours.levels for steps in (8, 16, 32)]
    size = [float(np.abs(each).max()) for each in off]
    own = 10 * TOLERANCE
    band = (float(np.abs(off[0] - 2 * off[1]).max()) / 2 + 3 * own) / size[2]
    assert band < 0.1
    assert size[1] / size[2] == pytest.approx(2, abs=band)
    before, best = 2 * off[1] - off[0], 2 * off[2] - off[1]
    bound = float(np.abs(best - before).max()) + own
    assert bound < 1e-4
    assert np.abs(best).max() <= bound


def test_pysd_reads_any_name(tmp_path):
    """Two boxes that win and lose nothing stay where they are, whatever they are called."""
    still = {"a": {"label": AWKWARD, "start": 0.25}, "b": {"label": "Step", "start": 0.5}}
    odd = {"c": {"label": "step", "start": 0.75}, "d": {"label": "2nd 'visit', è", "start": 1.0}}
    quiet = model(variable=still | odd, lever={}, context={}, link=[], loop={})
    levels = InVensim(quiet, None, tmp_path).levels(1, MONTHS)
    assert levels.tolist() == [[0.25, 0.5, 0.75, 1.0]] * (MONTHS + 1)


def one_line(text):
    return " ".join(text.split())


def test_all_that_is_written_comes_back():
    ours, imported = model(), import_file(write(model()), "ours.mdl")
    theirs = imported.model
    for node, back in zip(ours.nodes.values(), theirs.nodes.values(), strict=True):
        assert (type(node), one_line(node.label)) == (type(back), back.label)
        numbers = ("start", "gain", "fade", "level")
        assert [getattr(node, name, None) for name in numbers] == [
            getattr(back, name, None) for name in numbers
        ]
    names = dict(zip(theirs.nodes, ours.nodes, strict=True))
    numbers = ("polarity", "strength", "delay", "threshold", "steepness")
    for link, back in zip(ours.links, theirs.links, strict=True):
        assert (link.source, link.target) == (names[back.source], names[back.target])
        assert [getattr(link, name) for name in numbers] == [getattr(back, name) for name in numbers]
        assert back.bend == pytest.approx(link.bend or 0.0, abs=0.01)  # half a unit of 300 across
    (loop,) = theirs.loops
    assert (loop.name, loop.label, loop.story) == ("Up | ~ up", None, 'The "more" | the \\ more.')
    assert [names[node] for node in loop.path] == ["a", "b"]
    assert list(theirs.nodes.values())[1].description == "One | two ~ 3."
    assert not [note for note in imported.notes if note.kind in ("loop", "left out", "delay")]


def test_the_shipped_model_comes_back(shipped):
    imported = import_file(write(shipped), "ours.mdl")
    theirs = imported.model
    assert [node.label for node in theirs.nodes.values()] == [node.label for node in shipped.nodes.values()]
    numbers = ("polarity", "strength", "delay", "threshold", "steepness")
    assert [[getattr(link, name) for name in numbers] for link in theirs.links] == [
        [getattr(link, name) for name in numbers] for link in shipped.links
    ]
    assert [(loop.label, loop.name, loop.story) for loop in theirs.loops] == [
        (loop.label, loop.name, one_line(loop.story)) for loop in shipped.loops
    ]
    assert [note.kind for note in imported.notes] == ["assumed"]


def test_a_plan_is_what_is_added_over_time():
    levels = [{"month": 3, "level": 1}, {"month": 6, "level": 0.5, "ramp": 2}]
    text = write(model(), plan(model(), do=levels)).decode()
    assert "time 3 = 0.25 + STEP(0.75, 3) + RAMP(-0.25, 6, 8)\n" in text
    assert import_file(text.encode(), "x.mdl").model.levers[0].level == 0.25


def test_what_somebody_changed_in_vensim_is_read(shipped):
    """Vensim puts a space before brackets and breaks lines anew."""
    text = write(shipped).decode().replace("INTEG((1 - ", "INTEG (\\\n\t\t(1-").replace(" + ", "+")
    first = shipped.links[0]
    changed = text.replace(f"+{first.strength!r}*Info", "+0.5*Info", 1)
    links = import_file(changed.encode(), "x.mdl").model.links
    assert sum(link.strength != ours.strength for link, ours in zip(links, shipped.links, strict=True)) == 1


@pytest.mark.parametrize(
    ("before", "after"),
    [("INTEG((1 - ", "INTEG((2 - "), ("*(0.3)", "*(0.3 + rain)"), (", 0.1)", "")],
)
def test_an_equation_of_another_form_says_no_numbers(before, after):
    """The drawing still holds: signs and marks of delays."""
    text = write(model()).decode()
    ours = [link.polarity for link in model().links]
    draft = read(text.replace(before, after).encode(), "x.mdl")
    assert [arrow.sign for arrow in draft.arrows] == ours


def test_a_model_without_places_is_drawn_in_a_grid():
    boxes = {f"a{at}": {"label": f"Box {at}", "start": 0} for at in range(5)}
    draft = read(write(model(variable=boxes, lever={}, context={}, link=[], loop={})), "x.mdl")
    assert [node.position for node in draft.nodes] == [
        (260, 150),
        (520, 150),
        (780, 150),
        (260, 300),
        (520, 300),
    ]


def test_a_large_model_comes_back():
    """500 boxes; one is reached by 499 arrows, so that its equation is longer than others' may be."""
    boxes = {f"a{at}": {"label": f"Box number {at}: with a name", "start": 0.5} for at in range(500)}
    links = [
        {"from": f"a{at}", "to": f"a{to}", "polarity": "+-"[at % 2], "strength": 0.001, "delay": 2.0}
        for at in range(500)
        for to in range(10)
    ]
    theirs = import_file(
        write(model(variable=boxes, lever={}, context={}, link=links, loop={})), "x.mdl"
    ).model
    assert {(link.strength, link.delay) for link in theirs.links} == {(0.001, 2.0)}
    assert len(theirs.links) == 5_000


@given(st.lists(st.text(max_size=12).filter(lambda text: text.strip()), min_size=1, max_size=6))
@settings(max_examples=150, derandomize=True, deadline=None)
def test_any_names_come_back(labels):
    boxes = {f"a{at}": {"label": label, "start": at / 8} for at, label in enumerate(labels)}
    links = [{"from": "a0", "to": name, "polarity": "-", "strength": 0.5} for name in boxes]
    theirs = read(write(model(variable=boxes, lever={}, context={}, link=links, loop={})), "x.mdl")
    assert [node.level for node in theirs.nodes] == [at / 8 for at in range(len(labels))]
    assert [(arrow.sign, arrow.strength) for arrow in theirs.arrows] == [("-", 0.5)] * len(labels)


@given(st.data())
@settings(max_examples=80, derandomize=True, deadline=None)
def test_any_change_of_bytes_ends_in_a_model_or_one_message(data):
    file = write(model())
    said = message(lambda changed: complete(read(changed, "x.mdl")), damaged(data, file))
    assert said is None or said.startswith("x.mdl: ")
