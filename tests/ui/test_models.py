"""Pages with every model that is shipped: each opens, without a message, and in the words of the screen."""

from __future__ import annotations

import re

import pytest
from onscreen import CODE_WORDS, run, words
from streamlit.testing.v1 import AppTest

from loops.files import read_model
from loops.library import shipped_models
from loops.ui import catalogue

pytestmark = pytest.mark.usefixtures("compiled", "store")

NEW = sorted(set(shipped_models()) - {"common_purpose"})
PAGES = ("whatif", "diagram", "lasting", "goal", "present", "utopia", "why")


def opened(page: str, model: str) -> AppTest:
    def show(page: str) -> None:
        import importlib

        importlib.import_module(f"loops.ui.{page}").show()

    at = AppTest.from_function(show, args=(page,), default_timeout=60)
    at.session_state[catalogue.CHOSEN] = model
    return run(at)


@pytest.mark.parametrize("model", NEW)
def test_every_page_opens_and_speaks_plainly(model: str) -> None:
    for page in PAGES:
        at = opened(page, model)
        assert at.selectbox(key=catalogue.CHOSEN).value == model
        assert [one.value for one in at.error] == []
        for said in words(at):
            without_quotes = re.sub(r"“[^”]*”", "", said)  # the sources' own words stay as they are
            assert not CODE_WORDS.search(without_quotes.replace("\\", "")), (page, said)


@pytest.mark.parametrize("model", NEW)
def test_what_a_model_is_judged_by_is_looked_at_first(model: str) -> None:
    first, *_, last = read_model(shipped_models()[model]).headlines
    assert opened("lasting", model).selectbox(key=f"keeping:box:{model}").value == first
    assert opened("goal", model).selectbox(key=f"goal:box:{model}").value == last


@pytest.mark.parametrize("model", NEW)
def test_what_is_known_of_what_we_do_is_told(model: str) -> None:
    said = " ".join(one.value for one in opened("why", model).markdown).replace("\\", "")
    assert "Hours and pounds are our assumptions" in said
    loaded = read_model(shipped_models()[model])
    places = sum(len(lever.influence) for lever in loaded.levers)
    assert f"Of the {places} places in the influencer matrix" in said
    for setting in loaded.settings:
        for item in setting.essentials:
            assert item.passage is None or item.passage in said
