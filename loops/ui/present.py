"""Present: tell a story in front of a room, one picture and one sentence at a time, and take it away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from loops.draw.archive import zipped
from loops.draw.diagram import draw
from loops.draw.palette import LIGHT
from loops.draw.story import offline, player, stills
from loops.draw.story.scenes import Scene, scenes, stories
from loops.model import Model, Story
from loops.scenario import Scenario
from loops.simulate import DidNotFinish
from loops.ui import choose, handouts, look
from loops.ui.catalogue import Shelf
from loops.ui.engine import engine
from loops.ui.exports import Export, Progress, offer
from loops.ui.text import ASSUMPTIONS, md, unique

_LONGEST_WAIT = 120
"""Seconds for the engine; a run after that waits for itself."""
_player = st.components.v2.component("living_loops_player", html=player.HTML, css=player.CSS, js=player.JS)


def page() -> StreamlitPage:
    """The page as the navigation knows it."""
    return st.Page(show, title="Present", url_path="present")


def show() -> None:
    """Draw the page."""
    look.begin("Present")
    which, told_here, opened = st.columns([2, 2, 1], vertical_alignment="bottom")
    shelf = choose.model(which, opened.popover("Open a file", width="stretch"))
    with told_here:
        story = _choose(shelf)
    with st.spinner("Getting the pictures ready. The first time takes about half a minute."):
        scenarios, told = _told(shelf, story)
    _play(shelf, story, told)
    st.markdown(ASSUMPTIONS)
    st.subheader("Take it away", anchor=False)
    # a changed draft, or a plan that comes or goes, changes the pictures
    of = f"{shelf.key} {shelf.version} {story.id} {sorted(scenarios)}"
    offer(_exports(shelf.model, story, told, scenarios), of=of)


def _told(shelf: Shelf, story: Story) -> tuple[dict[str, Scenario], tuple[Scene, ...]]:
    """The scenes, and the plans that fill their boxes: none, and a message, where those cannot be run."""
    engine().ready(_LONGEST_WAIT)
    scenarios = shelf.by_id
    try:
        return scenarios, scenes(shelf.model, story, scenarios)
    except (DidNotFinish, ValueError) as problem:
        st.error(md(f"The plans of this story cannot be run, so its boxes are not filled: {problem}"))
        return {}, scenes(shelf.model, story, {})


def _titled(model: Model) -> dict[str, Story]:
    """The stories by titles that can be told apart."""
    every = {str(number): story for number, story in enumerate(stories(model))}
    titles = unique({number: story.title for number, story in every.items()})
    return {titles[number]: story for number, story in every.items()}


def _choose(shelf: Shelf) -> Story:
    """Choose what is told."""
    every = _titled(shelf.model)
    key = f"story:{shelf.key}"
    if st.session_state.get(key) not in every:
        st.session_state[key] = next(iter(every))
    return every[st.selectbox("Story", list(every), key=key, persist_state="session")]


def _play(shelf: Shelf, story: Story, told: Sequence[Scene]) -> None:
    palette = look.palette()
    drawn = [(scene, draw(shelf.model, palette, scene.view)) for scene in told]
    _player(
        key="player",
        data=player.played(shelf.key, {story.title: drawn}, palette.paper, palette.ink),
    )


def _exports(
    model: Model, story: Story, told: Sequence[Scene], scenarios: Mapping[str, Scenario]
) -> list[Export]:
    def web_page(progress: Progress) -> bytes:
        every = _titled(model)
        found: dict[str, tuple[Scene, ...]] = {}
        for title, one in every.items():
            progress(0.8 * len(found) / len(every), title)
            found[title] = scenes(model, one, scenarios)
        progress(0.8, "Putting it together")
        return offline.page(model, found).encode()

    def png_pictures(progress: Progress) -> bytes:
        made: dict[str, bytes] = {}
        for name, data in stills.pictures(model, told, LIGHT):
            made[name] = data
            progress(len(made) / len(told), f"{len(made)} of {len(told)}")
        return zipped(made)

    return [
        *handouts.files(model, story, scenarios, st.context.url or ""),
        Export(
            "One web page that plays offline",
            "All the stories in one file, which opens in any browser, without this program or a network.",
            f"{model.id}.html",
            "text/html",
            web_page,
        ),
        Export(
            "A picture of each step",
            "This story as PNG files, large enough for a projector, in one zip.",
            f"{model.id}-{story.id}.zip",
            "application/zip",
            png_pictures,
        ),
    ]
