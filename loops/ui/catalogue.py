"""Which models and scenarios are open: shipped ones, files that somebody opened here, and drafts of changes.

A file is used whole or not at all. What was open before a bad file stays open.
"""

from __future__ import annotations

import hashlib
from collections.abc import MutableMapping
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from loops.complaints import BadFile
from loops.feedback import Feedback, Found, find
from loops.files import parse_model, read_scenario, scenario_files
from loops.library import scenario_folder, shipped_models
from loops.model import Model
from loops.parts import replace
from loops.scenario import Scenario, hours
from loops.ui.planning.plan import PLAN, TITLE
from loops.ui.text import unique

NOTHING_NEW = "nothing_new"
CHOSEN = "model"
_MOST_OPENED = 20
"""Files kept open in one session, the newest; more would only grow the server's memory."""


@dataclass(frozen=True)
class _Draft:
    """A model that is being changed here: its digest stands for the version it has come to."""

    model: Model
    digest: str


@dataclass(frozen=True)
class Shelf:
    """One open model with its scenarios by key; a draft keeps its key from version to version."""

    key: str
    model: Model
    scenarios: dict[str, Scenario]
    left_out: tuple[str, ...] = ()
    """Why scenarios of this model's folder are not here, one sentence each."""
    version: str = ""
    """Differs between two versions of the model: what was made from one is not offered for another."""

    @property
    def by_id(self) -> dict[str, Scenario]:
        """The scenarios by the ids that stories name; those that come with the model before opened ones."""
        return {scenario.id: scenario for scenario in reversed(self.scenarios.values())}


def keys() -> list[str]:
    """The keys of every open model: shipped ones first, then files opened here, then drafts."""
    return [*shipped_models(), *_opened(), *_drafts()]


def title(key: str) -> str:
    """The title of an open model; a file opened here also shows its name, and a draft that it is one."""
    if draft := _drafts().get(key):
        return f"{draft.model.title} (draft)"
    opened = _opened().get(key)
    try:
        model = _model(key)
    except BadFile:
        return key
    return f"{model.title} ({opened[0]})" if opened else model.title


def shelf(key: str) -> Shelf:
    """The open model with its scenarios; raises :class:`BadFile`."""
    model = _model(key)
    path = shipped_models().get(key)
    digest = _digest_of(key)
    scenarios, left_out = _scenarios(digest, _folder_stamp(model, path), _model=model, _path=path)
    return Shelf(key, model, _told_apart(scenarios), left_out, digest)


def _told_apart(scenarios: dict[str, Scenario]) -> dict[str, Scenario]:
    """The scenarios with titles that differ; the two lines that are always there keep theirs."""
    titles = {key: scenario.title for key, scenario in scenarios.items() if key != NOTHING_NEW}
    called = unique({NOTHING_NEW: scenarios[NOTHING_NEW].title, PLAN: TITLE, **titles})
    return {
        key: scenario if called[key] == scenario.title else replace(scenario, title=called[key][-200:])
        for key, scenario in scenarios.items()
    }


def open_model(name: str, data: bytes) -> str:
    """Take in a model's file and return its key; raises :class:`BadFile` and changes nothing."""
    digest = hashlib.sha256(data).hexdigest()
    _parsed(digest, name, _data=data)
    key = f"file-{digest[:16]}"
    _keep(key, (name, data))
    return key


def file_name(key: str) -> str:
    """What the file of an open model is called; of a draft what a file of it would be."""
    if draft := _drafts().get(key):
        return f"{draft.model.id}.toml"
    return _file(key)[0]


def keep_draft(key: str, model: Model) -> None:
    """Have a draft among the open models from now on, or in its next version."""
    digest = hashlib.sha256(model.model_dump_json().encode()).hexdigest()
    _drafts()[key] = _Draft(model, digest)


def drop_draft(key: str) -> None:
    """Have a draft among the open models no longer."""
    _drafts().pop(key, None)


def first_choices(shelf: Shelf) -> tuple[str, list[str]]:
    """What a page opens with: the fullest programme as the plan, and the smallest to set beside it.

    Only scenarios in today's circumstances count, so that the difference is the programme's.
    """
    effort = {
        key: round(float(hours(shelf.model, scenario, shelf.model.horizon)[0].sum()))
        for key, scenario in shelf.scenarios.items()
        if not scenario.contexts and not scenario.links
    }
    working = {key: total for key, total in effort.items() if total > 0}
    if not working:
        return NOTHING_NEW, []
    base, other = max(working, key=working.__getitem__), min(working, key=working.__getitem__)
    return base, [other] if other != base else []


@st.cache_resource(show_spinner=False, max_entries=20)
def named_loops(digest: str, _model: Model) -> tuple[Feedback, ...]:
    """The loops that the model's authors have named, in the order of the file."""
    return tuple(loop for loop in find(_model, most=1).loops if loop.named)


def loops_of(shelf: Shelf) -> tuple[Feedback, ...]:
    """The named loops of an open model."""
    return named_loops(shelf.version, shelf.model) if shelf.model.loops else ()


@st.cache_resource(show_spinner=False, max_entries=20)
def _found(digest: str, _model: Model) -> Found:
    return find(_model)


def found_in(shelf: Shelf) -> Found:
    """Every loop of an open model, or as many as are looked for."""
    return _found(shelf.version, shelf.model)


def _opened() -> MutableMapping[str, tuple[str, bytes]]:
    found: dict[str, tuple[str, bytes]] = st.session_state.setdefault("opened_models", {})
    return found


def _drafts() -> MutableMapping[str, _Draft]:
    found: dict[str, _Draft] = st.session_state.setdefault("draft_models", {})
    return found


def _keep(key: str, file: tuple[str, bytes]) -> None:
    files = _opened()
    files[key] = file
    while len(files) > _MOST_OPENED:
        files.pop(next(iter(files)))


def _file(key: str) -> tuple[str, bytes]:
    if (opened := _opened().get(key)) is not None:
        return opened
    path = shipped_models()[key]
    try:
        return path.name, path.read_bytes()
    except OSError as error:
        raise BadFile(path.name, "", f"the file cannot be read: {error.strerror}.") from None


def _digest_of(key: str) -> str:
    if draft := _drafts().get(key):
        return draft.digest
    return hashlib.sha256(_file(key)[1]).hexdigest()


def _model(key: str) -> Model:
    if draft := _drafts().get(key):
        return draft.model
    name, data = _file(key)
    return _parsed(hashlib.sha256(data).hexdigest(), name, _data=data)


@st.cache_resource(show_spinner=False, max_entries=20)
def _parsed(digest: str, name: str, _data: bytes) -> Model:
    return parse_model(_data, name)


def _folder_stamp(model: Model, path: Path | None) -> tuple[tuple[str, int], ...]:
    """Names and times of the scenario files, so that a saved file is seen without a restart."""
    folder = scenario_folder(model, path)
    return tuple((str(file), file.stat().st_mtime_ns) for file in scenario_files(folder)) if folder else ()


@st.cache_resource(show_spinner=False, max_entries=20)
def _scenarios(
    digest: str, stamp: tuple[tuple[str, int], ...], _model: Model, _path: Path | None
) -> tuple[dict[str, Scenario], tuple[str, ...]]:
    """The scenarios of a model's folder; one that does not fit is left out, and the reason is kept."""
    title = "If nothing new is done"
    found = {NOTHING_NEW: Scenario(id=NOTHING_NEW, model=_model.id, title=title)}
    left_out = []
    for file, _ in stamp:
        try:
            scenario = read_scenario(Path(file), _model)
        except BadFile as problem:
            left_out.append(str(problem).replace(file, Path(file).name))
        else:
            if scenario.id in found and scenario.id != NOTHING_NEW:
                left_out.append(f"{Path(file).name}: id: another scenario is already called '{scenario.id}'.")
            else:
                found[scenario.id] = scenario
    return found, tuple(left_out)
