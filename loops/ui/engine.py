"""Get the compiled engine ready in the background, so that the first page is there at once."""

from __future__ import annotations

import importlib
import threading

import streamlit as st

from loops.model import Model
from loops.scenario import Scenario
from loops.simulate import simulate

FIRST_WAIT = 0.7
"""Seconds to wait for an engine that only has to be loaded before saying that it is being made ready."""


class Engine:
    """Compiles on a thread of its own, once in the life of the server."""

    def __init__(self) -> None:
        """Start compiling."""
        self._done = threading.Event()
        self.problem = ""
        threading.Thread(target=self._warm, name="engine", daemon=True).start()

    def _warm(self) -> None:
        try:
            # Plotly asks every array whether it is one of pandas, and falls over a pandas that another thread
            # has only half imported: so all of it is there before any chart is drawn
            importlib.import_module("pandas")
            warm()
        except Exception as error:  # whatever it is, the page must be able to say that it happened
            self.problem = f"The engine could not be made ready: {error}"
        finally:
            self._done.set()

    def ready(self, seconds: float = 0.0) -> bool:
        """Whether runs are quick now, after waiting at most this long."""
        return self._done.wait(seconds)


def warm() -> None:
    """Run the smallest model there is: every later run uses what is compiled here."""
    content = {"id": "warm", "title": "Warm", "variable": {"one": {"label": "One", "start": 0.5}}}
    model = Model.model_validate(content)
    simulate(model, [Scenario(id="warm", model="warm", title="Warm", start="rest")], months=1)


@st.cache_resource(show_spinner=False)
def engine() -> Engine:
    """The one engine of this server."""
    return Engine()


@st.fragment(run_every=0.5)
def getting_ready(words: str) -> None:
    """Say what waits for the engine, and bring the page up by itself when it is ready."""
    if engine().ready():
        st.rerun()
    st.info(words)
