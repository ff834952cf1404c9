"""What if: move levers, and see what follows for the things that matter."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.navigation.page import StreamlitPage

from loops.merge import fresh
from loops.ui import catalogue, choose, curves, levers, look, why
from loops.ui.catalogue import NOTHING_NEW, Shelf
from loops.ui.engine import engine
from loops.ui.plan import PLAN, among, build
from loops.ui.text import ASSUMPTIONS, md

_MOST = 4
"""Scenarios to compare at one time, besides the plan and nothing new: more lines cannot be told apart."""
_FIRST_WAIT = 0.7
"""Seconds to wait for an engine that only has to be loaded before saying that it is being made ready."""


def page() -> StreamlitPage:
    """The page as the navigation knows it."""
    return st.Page(show, title="What if", url_path="what-if", default=True)


def show() -> None:
    """Draw the page."""
    look.begin("What if?")
    which, start, beside, opened = st.columns([2.2, 1.5, 1.8, 0.9], vertical_alignment="bottom")
    files = opened.popover("Open a file", width="stretch")
    shelf = choose.model(which, files)
    base, compared = _scenarios(shelf, start, beside, files)
    if not engine().ready(_FIRST_WAIT):
        _getting_ready()
    _assumptions(shelf)
    _levers_and_curves(shelf, base, compared)


def _scenarios(
    shelf: Shelf, start: DeltaGenerator, beside: DeltaGenerator, files: DeltaGenerator
) -> tuple[str, list[str]]:
    """Choose what the plan starts from and what it is compared with."""
    base_key, compare_key = f"base:{shelf.key}", f"compare:{shelf.key}"
    first_base, first_compared = catalogue.first_choices(shelf)
    if st.session_state.get(base_key) not in shelf.scenarios:
        st.session_state[base_key] = first_base
    others = [key for key in shelf.scenarios if key != NOTHING_NEW]
    known = [key for key in st.session_state.get(compare_key, first_compared) if key in others]
    if st.session_state.get(compare_key) != known:
        st.session_state[compare_key] = known

    def name(key: str) -> str:
        return shelf.scenarios[key].title

    with start:
        base = st.selectbox(
            "Start your plan from",
            list(shelf.scenarios),
            format_func=name,
            key=base_key,
            persist_state="session",
        )
    with beside:
        compared = st.multiselect(
            f"Compare with (up to {_MOST})",
            others,
            format_func=name,
            key=compare_key,
            max_selections=_MOST,
            persist_state="session",
            placeholder="“If nothing new is done” is always there",
        )
    with files:
        choose.opener(
            "A scenario (.toml) for this model",
            f"scenario_file:{shelf.key}",
            lambda file, data: _take_scenario(file, data, shelf.key),
        )
    choose.complaint(f"scenario_file:{shelf.key}")
    for reason in shelf.left_out[:1]:
        more = f" ({len(shelf.left_out)} in all)" if len(shelf.left_out) > 1 else ""
        st.warning(
            md(f"A scenario that belongs to this model does not fit it and is left out{more}. {reason}")
        )
    return base, compared


def _take_scenario(name: str, data: bytes, model_key: str) -> None:
    key = catalogue.open_scenario(name, data, model_key)
    compared = st.session_state.get(f"compare:{model_key}", [])
    st.session_state[f"compare:{model_key}"] = [*[one for one in compared if one != key][: _MOST - 1], key]


def _assumptions(shelf: Shelf) -> None:
    said, asked = st.columns([3, 1], vertical_alignment="center")
    with said:
        st.markdown(f"**{ASSUMPTIONS}**")
        if shelf.model.vision:
            st.caption(md(f"What we work towards: “{shelf.model.vision}”"))
    with asked, st.popover("Why believe this?", width="stretch"):
        why.card(shelf.model)
        st.page_link(why.page(), label="Read more: how we know, and what this cannot tell you")


@st.fragment(run_every=0.5)
def _getting_ready() -> None:
    """Say so while the engine is compiled, and bring the page up by itself when it is done."""
    if engine().ready():
        st.rerun()
    st.info("Getting the engine ready. This happens the first time only and takes about half a minute.")


@st.fragment
def _levers_and_curves(shelf: Shelf, base: str, compared: list[str]) -> None:
    """The part that is drawn again when a lever moves, and nothing else with it."""
    left, right = st.columns([1, 2.6], gap="large")
    with left:
        settings = levers.show(shelf, base)
    with right:
        if not engine().ready():
            st.caption("The curves appear here as soon as the engine is ready.")
            return
        if engine().problem:
            st.error(md(engine().problem))
            return
        copied = shelf.scenarios[base]
        chosen = {NOTHING_NEW: shelf.scenarios[NOTHING_NEW], PLAN: copied}
        chosen |= {key: shelf.scenarios[key] for key in compared}
        chosen = {key: among(shelf.model, copied, settings, one) for key, one in chosen.items()}
        chosen[PLAN] = build(shelf.model, copied, settings)
        with left:
            st.download_button(
                "Save your plan as a file",
                data=lambda: fresh(chosen[PLAN]),
                file_name="your_plan.toml",
                mime="application/toml",
                on_click="ignore",
                help="It can be opened here again, or sent to somebody else.",
            )
        curves.show(shelf, chosen)
