"""Which models and scenarios are open: shipped and saved ones, files that somebody opened here, and drafts.

A file is used whole or not at all. What was open before a bad file stays open.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import MutableMapping
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from loops.complaints import BadFile
from loops.feedback import Feedback, Found, find
from loops.files import Opened, parse_model, read_bytes, read_scenario, scenario_files
from loops.library import saved_model, saved_models, scenario_folder, shipped_models
from loops.model import Model
from loops.parts import replace
from loops.scenario import Scenario, hours
from loops.ui.planning.plan import PLAN, TITLE
from loops.ui.text import unique

NOTHING_NEW = "nothing_new"
CHOSEN = "model"
_MOST_OPENED = 20
"""Files kept open in one session, the newest; more would only grow the server's memory."""
_TITLE = re.compile(r'^title *= *["\'][^\n]{1,1000}$', re.MULTILINE)


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
    """The keys of every open model: shipped ones first, then saved ones, files opened here, and drafts."""
    return [*shipped_models(), *saved_models(), *_opened(), *_drafts()]


def title(key: str) -> str:
    """The title of an open model; one from a file also shows its name, and a draft that it is one."""
    if draft := _drafts().get(key):
        return f"{draft.model.title} (draft)"
    if path := saved_model(key):
        return _saved_title(path, _stamp(path))
    opened = _opened().get(key)
    try:
        model, _ = _version(key)
    except BadFile:
        return key
    return f"{model.title} ({opened[0]})" if opened else model.title


def shelf(key: str) -> Shelf:
    """The open model with its scenarios; raises :class:`BadFile`."""
    model, digest = _version(key)
    path = shipped_models().get(key) or saved_model(key)
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


def on_disk(key: str) -> Opened[Model] | None:
    """The file that a saved model would be saved to again, as it is now; None for every other open model.

    Raises :class:`BadFile`.
    """
    path = saved_model(key)
    if path is None:
        return None
    name, data = _file(key)
    return Opened(path, data, _parsed(hashlib.sha256(data).hexdigest(), name, _data=data))


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
    path = shipped_models().get(key) or saved_model(key)
    if path is None:
        raise BadFile(key, "", "this model is no longer here. Choose another one.")
    try:
        return path.name, read_bytes(path)
    except BadFile as problem:
        raise BadFile(path.name, "", problem.says) from None


def _version(key: str) -> tuple[Model, str]:
    """An open model as it is now, and a digest that another version of it does not have."""
    if draft := _drafts().get(key):
        return draft.model, draft.digest
    name, data = _file(key)
    digest = hashlib.sha256(data).hexdigest()
    return _parsed(digest, name, _data=data), digest


@st.cache_resource(show_spinner=False, max_entries=20)
def _parsed(digest: str, name: str, _data: bytes) -> Model:
    return parse_model(_data, name)


def _stamp(path: Path) -> tuple[int, int]:
    """Time and size of a file: another one when it is saved again."""
    try:
        found = path.stat()
    except OSError:
        return (0, 0)
    return (found.st_mtime_ns, found.st_size)


@st.cache_resource(show_spinner=False, max_entries=1_000)
def _saved_title(path: Path, stamp: tuple[int, int]) -> str:
    """The title of a saved model, with the name of its file: of the line that says it, for there may be many.

    A file that says none, or cannot be read, is listed by its name: what is wrong is said once it is chosen.
    """
    try:
        line = _TITLE.search(read_bytes(path).decode())
        found = tomllib.loads(line[0])["title"] if line else ""
    except (BadFile, ValueError):
        return path.name
    return f"{found} ({path.name})" if found else path.name


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
