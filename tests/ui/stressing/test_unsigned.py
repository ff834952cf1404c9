"""The Stress-test page of a diagram with a sign that nobody knows, without claims and with them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from clinic import CALM, CLAIM, CLAIMS_FILE, MODEL_FILE, SCENARIO_FILE
from onscreen import CODE_WORDS, html, open_page, press, run, words
from streamlit.testing.v1 import AppTest

pytestmark = pytest.mark.usefixtures("compiled", "fresh_caches")

TRY, ASK = "Try them", "Find the sign that matters most"


@pytest.fixture(autouse=True)
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a scenario and without claims."""
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "scenarios" / "clinic"
    folder.mkdir(parents=True)
    (folder / "tell_all.toml").write_text(SCENARIO_FILE)
    return folder


def page(sign: str = "?") -> AppTest:
    at = open_page("stress")
    text = (MODEL_FILE + CALM.format(sign=sign)).replace('"Calm"', '"<b>Calm"')
    at.file_uploader(key="model_file").upload("clinic.toml", text.encode())
    run(at)
    at.segmented_control(key="stressing:versions").set_value(1_000)
    for begin, value in (("keeping:box:", "calm"), ("leading:plan:", "tell_all")):
        at.selectbox(key=next(one.key for one in at.selectbox if one.key.startswith(begin))).set_value(value)
        run(at)
    return press(at, TRY)


def said(at: AppTest) -> str:
    return " ".join([html(at), *(one.value.replace("\\", "") for one in at.markdown)])


def test_the_sign_that_matters_is_named_in_words_and_in_a_table() -> None:
    at = page()
    assert "1 arrow has no sign yet: in each version it is + or −, each as likely." in said(at)
    at = press(at, ASK)
    assert "Whether the arrow from “Known” to “<b>Calm” is + or − makes" in said(at)
    assert "The answer is how far “<b>Calm” comes, in 1,000 versions." in said(at)
    assert "The arrow from “Known” to “&lt;b&gt;Calm”" in html(at)
    assert not at.error
    for one in [*words(at), html(at)]:
        assert not CODE_WORDS.search(re.sub(r"“[^”]*”", "", one)), one


def test_with_claims_it_is_about_them_and_the_reasons_name_the_sign(alone: Path) -> None:
    text = CLAIMS_FILE + CLAIM.format(name="up", outcome='direction = "more"')
    (alone / "claims.toml").write_text(text.replace('variable = "known"', 'variable = "calm"'))
    at = press(page(), ASK)
    assert "is + or − makes nearly all of what makes the answer differ." in said(at)
    assert "The answer is what we think happens, in" in said(at)
    at = press(at, "Find where to look")
    assert "It would help most to find out more about whether the arrow from “Known” to" in said(at)
    assert "its sign: not known" in html(at)


def test_where_every_arrow_has_a_sign_nothing_is_asked() -> None:
    at = page("-")
    assert ASK not in [one.label for one in at.button]
    assert "no sign yet" not in said(at)
