"""If one thing is pushed for good, as a reader meets it: asked for, told in words, and by signs alone.

Telling adds to what is known, noise takes from it, and what is known takes from calm: by signs alone each
goes one way. Nobody is told, so nothing is known, and noise finds nothing to take.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from clinic import CALM, MODEL_FILE
from onscreen import drawn, html, open_page, press, run, words
from streamlit.testing.v1 import AppTest
from ui.test_pages import CODE_WORDS

from loops.draw import pressed
from loops.files import parse_model
from loops.scenario import Scenario
from loops.theory import community as drawing
from loops.theory import press as pressing
from loops.theory.press import Presses
from loops.ui.stressing import pushed
from loops.worlds import Worlds

pytestmark = pytest.mark.usefixtures("compiled", "fresh_caches")

ASK, SIGNS = "Push it", "Push it, by signs alone"


@pytest.fixture(autouse=True)
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder without scenarios."""
    monkeypatch.chdir(tmp_path)


def page(sign: str = "-") -> AppTest:
    at = open_page("stress")
    at.file_uploader(key="model_file").upload("clinic.toml", (MODEL_FILE + CALM.format(sign=sign)).encode())
    return run(at)


def key_of(at: AppTest) -> str:
    return str(at.selectbox(key="model").value)


def choose(at: AppTest, what: str) -> AppTest:
    at.selectbox(key=f"stressing:push:{key_of(at)}").set_value(what)
    return run(at)


def unfold(at: AppTest) -> AppTest:
    at.session_state[f"stressing:signs:{key_of(at)}"] = True
    return run(at)


def said(at: AppTest) -> str:
    return " ".join([html(at), *(one.value.replace("\\", "") for one in at.markdown)])


def test_a_push_is_told_in_words_on_the_diagram_and_as_a_table() -> None:
    at = page()
    assert "is pushed for good" not in said(at)
    press(at, ASK)
    assert "1,024 versions were tried, and all were used." in said(at)
    assert "If “Tell them” is pushed for good, “Known” ends higher in at least 9 of 10 versions." in said(at)
    (row,) = [part for part in html(at).split("<tr>") if ">Calm</th>" in part]
    cells = [cell.split("<")[0] for cell in row.replace("</th>", "").split(">") if cell.split("<")[0].strip()]
    assert cells == ["Calm", "lower", "none", "all", "none"]
    (sent,) = drawn(at, "canvas")
    assert "Known, more" in sent["svg"]
    assert "Calm, less" in sent["svg"]


def test_every_push_is_there_once_one_has_been_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    runs = []

    def counted(model, scenario, *, worlds: Worlds, **how) -> Presses:
        runs.append(worlds.seed)
        return pressing.press(model, scenario, worlds=worlds, **how)

    monkeypatch.setattr(pushed, "press", counted)
    at = choose(press(page(), ASK), "noise")
    assert "If “Noise” is pushed for good, “Known” ends the same in at least 9 of 10 versions." in said(at)
    at.number_input(key="stressing:seed").set_value(2)
    run(at)
    assert "is pushed for good" not in said(at)
    press(at, ASK)
    assert runs == [1, 2]


def test_signs_alone_are_behind_a_fold() -> None:
    at = page()
    assert pressed.SIGNS not in said(at)
    at = press(unfold(choose(at, "noise")), SIGNS)
    assert "1,000 random versions were drawn, and 1,000 of them (100%) come back to rest" in said(at)
    assert "If “Noise” is pushed for good, “Known” ends lower in at least 9 of 10 versions." in said(at)


def test_an_unknown_sign_is_either_in_each_version_and_by_signs_alone() -> None:
    at = press(choose(page("?"), "tell"), ASK)
    captions = " ".join(one.value.replace("\\", "") for one in at.caption)
    assert "1 arrow has no sign yet: in each version" in captions
    assert "1 ends one way or the other (“Calm”)" in said(at)
    at = press(unfold(at), SIGNS)
    assert "1 arrow has no sign yet" in said(at)
    assert "1 ends one way or the other (“Calm”)" in said(at)


def test_too_few_random_versions_say_nothing_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing, "MOST_CUBES", 2**3 * 99)
    at = press(unfold(page()), SIGNS)
    assert "This diagram is too large for random versions of it, and none was drawn." in said(at)
    assert "is pushed for good" not in said(at)


def test_of_a_large_diagram_only_the_table_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pushed, "_MOST_DRAWN", 1)
    at = press(page(), ASK)
    assert ">Calm</th>" in html(at)
    assert not drawn(at, "canvas")


def test_what_no_arrow_leads_from_moves_nothing() -> None:
    at = open_page("stress")
    idle = '\n[lever.idle]\nlabel = "Idle"\n'
    at.file_uploader(key="model_file").upload(
        "clinic.toml", (MODEL_FILE + CALM.format(sign="-") + idle).encode()
    )
    at = press(unfold(choose(run(at), "idle")), SIGNS)
    assert "No arrow leads from it, so pushing it moves nothing." in said(at)


def test_the_table_holds_every_push() -> None:
    text = (MODEL_FILE + CALM.format(sign="-")).replace('"Noise"', '"=Noise"')
    model = parse_model(text.encode(), "clinic.toml")
    quiet = Scenario(id="quiet", model="clinic", title="Quiet")
    found = pressing.press(model, quiet, worlds=Worlds.of([model], width="middle", seed=1), count=128)
    head, *rows = csv.reader(io.StringIO(pushed._csv(found, model)))
    assert head[:3] == ["pushed", "box", "it ends"]
    assert len(rows) == 4 * 2
    assert ["Tell them", "Calm", "lower", "0.0000", "1.0000", "0.0000", "128", "128"] in rows
    assert "'=Noise" in [row[0] for row in rows]


def test_no_word_of_the_code_is_shown() -> None:
    at = press(unfold(press(page(), ASK)), SIGNS)
    for text in words(at):
        shown = text.replace("\\", "").replace("“claims.toml”", "")  # the name of a file stays
        assert not CODE_WORDS.search(shown), text
