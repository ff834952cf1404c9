"""A room that imagines a place, without a browser: the page at a step, or as a table sees it."""

from __future__ import annotations

from typing import Any

from onscreen import html, open_page, run, words
from streamlit.testing.v1 import AppTest

from loops.files import read_model
from loops.library import shipped_models
from loops.store import Store
from loops.store.records import Utopia, Workspace
from loops.ui import catalogue

MODEL = read_model(shipped_models()["active_practice"])


def say(store: Store, space: Workspace, utopia: Utopia, *texts: str, **more: Any) -> None:
    """What a table wrote."""
    for text in texts:
        store.add_idea(space.token, utopia.id, text=text, **({"sense": "do", "at_table": "Table 1"} | more))


def visit(space: Workspace | None = None, step: str = "1", model: str = MODEL.id) -> AppTest:
    """The page as the room sees it, at a step."""

    def show() -> None:
        import importlib

        importlib.import_module("loops.ui.utopia").show()

    at = AppTest.from_function(show, default_timeout=60)
    at.session_state[catalogue.CHOSEN] = model
    at.session_state["utopia_step"] = step
    if space:
        at.query_params["workspace"] = space.token
    return run(at)


def sit(space: Workspace, table: str = "Table 1", **more: str) -> AppTest:
    """The page as a table sees it."""
    return open_page("utopia", space, join="1", **({"table": table} if table else {}), **more)


def said(at: AppTest) -> str:
    """All the words on the page, as they read."""
    return " ".join([html(at), *words(at)]).replace("\\", "")


def labelled(kind: Any, start: str) -> Any:
    """The field whose label begins so."""
    return next(one for one in kind if one.label.startswith(start))
