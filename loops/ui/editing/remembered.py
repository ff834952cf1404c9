"""A draft as text for a file, and back: what it began from, and every step, so that steps can be taken back.

Whatever comes in is untrusted: it is validated, and its steps are made again one by one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from loops.complaints import BadFile
from loops.editing.changes import Change
from loops.editing.history import MOST, History, Step, replay
from loops.files import MAX_BYTES, Opened, parse_model
from loops.library import saved_folder
from loops.model import Model
from loops.ui.editing.drafts import Draft

DAMAGED = "the one in this address is damaged. Open the model that it began from instead."
_KINDS: dict[str, TypeAdapter[Any]] = {kind.__name__: TypeAdapter(kind) for kind in get_args(Change)}
_Whole = Annotated[str, Field(max_length=MAX_BYTES)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _Change(_Part):
    do: str
    about: dict[str, Any]


class _Step(_Part):
    says: Annotated[str, Field(max_length=4_000)]
    changes: tuple[_Change, ...]


class _File(_Part):
    """The saved model that a draft is saved to: its name in the folder, and what it held when it was read."""

    name: Annotated[str, Field(pattern=r"^[^./\\][^/\\]*\.toml$", max_length=255)]
    held: _Whole


class _Record(_Part):
    format: Literal[1] = 1
    name: Annotated[str, Field(max_length=255)]
    begun_from: Annotated[str, Field(max_length=400)]
    base: _Whole
    saved: _File | None
    steps: Annotated[tuple[_Step, ...], Field(max_length=MOST)]


def text_of(draft: Draft, base: str) -> str:
    """The draft as text; `base` is the model that it began from, as the text of a model file."""
    opened = draft.opened
    steps = (_Step(says=step.says, changes=tuple(map(_as_data, step.changes))) for step in draft.history.done)
    saved = _File(name=opened.path.name, held=opened.data.decode()) if opened else None
    return _Record(
        name=draft.name[:255],
        begun_from=draft.begun_from[:400],
        base=base,
        saved=saved,
        steps=tuple(steps),
    ).model_dump_json()


@dataclass(frozen=True)
class Recalled:
    """A draft that came back, what it began from as text, and its steps that can no longer be made."""

    draft: Draft
    base: str
    lost: tuple[Step, ...]


def recall(text: bytes, key: str) -> Recalled:
    """The draft in a text, under a new key.

    Raises :class:`ValueError` with one sentence for anything else.
    """
    try:
        record = _Record.model_validate_json(text)
        base = parse_model(record.base.encode(), record.name)
        steps = [Step(step.says, tuple(map(_change, step.changes)), base) for step in record.steps]
        opened = _opened(record.saved) if record.saved else None
    except (ValidationError, BadFile, UnicodeError):
        raise ValueError(DAMAGED) from None
    history, lost = replay(base, steps)
    if opened is not None:
        opened = _same(opened, history)
    draft = Draft(key, record.name, history, opened, number=1, begun_from=record.begun_from)
    return Recalled(draft, record.base, lost)


def _as_data(change: Change) -> _Change:
    kind = type(change).__name__
    return _Change(do=kind, about=_KINDS[kind].dump_python(change, mode="json"))


def _change(data: _Change) -> Change:
    if data.do not in _KINDS:
        raise BadFile(data.do, "", DAMAGED)
    change: Change = _KINDS[data.do].validate_python(data.about)
    return change


def _opened(file: _File) -> Opened[Model]:
    path, data = saved_folder() / file.name, file.held.encode()
    return Opened(path, data, parse_model(data, file.name))


def _same(opened: Opened[Model], history: History) -> Opened[Model]:
    """The file as what a step made of it, if one did: so it is known which step was saved."""
    models = (step.model for step in reversed(history.done))
    part = next((model for model in models if model == opened.part), opened.part)
    return Opened(opened.path, opened.data, part)
