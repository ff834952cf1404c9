"""Read and save models and scenarios as TOML files. A file is used whole or not at all.

A saved file keeps its comments and its order: only the lines that changed are written anew, and nothing is
saved over a file that somebody else changed since it was read.
"""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import stat
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from filelock import FileLock, Timeout
from pydantic import ValidationError

from loops import merge
from loops.complaints import BadFile, NotAModel, from_toml, from_validation
from loops.model import Model
from loops.parts import Part
from loops.scenario import Scenario, fits

MAX_BYTES = 5_000_000
_PATIENCE = 10
"""Seconds to wait for somebody else who is saving the same file."""
_KEY = re.compile(r"(?<![\w-])(?:[\w-]++\s*+\.\s*+)++")
"""Names with a dot after each. What is read is not gone back over, or one long word would take hours."""
_DEEPEST = 100
"""Dots in a key: no model has so many, and the parser would take minutes over a file of them."""
_BOM = b"\xef\xbb\xbf"
CLAIMS, RIVALS = "claims.toml", "rivals.toml"
KEPT = {CLAIMS: "claims about the model", RIVALS: "rival theories"}
"""What is in a folder of scenarios and never a scenario: the names of the files, and what they hold."""

PartT = TypeVar("PartT", Model, Scenario)
AnyT = TypeVar("AnyT", bound=Part)


@dataclass(frozen=True)
class Opened(Generic[PartT]):
    """A file as it was read: what it holds, and its bytes at that moment."""

    path: Path
    data: bytes
    part: PartT


def parse_model(data: bytes, name: str) -> Model:
    """The model in `data`; raises :class:`BadFile`, which names the file by `name`."""
    return parse(Model, data, name)


def parse_scenario(data: bytes, name: str, model: Model) -> Scenario:
    """The scenario in `data` if it fits `model`; raises :class:`BadFile`, which names the file by `name`."""
    scenario = parse(Scenario, data, name)
    with said_of(name):
        return fits(model, scenario)


def open_model(path: Path) -> Opened[Model]:
    """Read a model's file so that it can be saved again; raises :class:`BadFile`."""
    data = read_bytes(path)
    return Opened(path, data, parse_model(data, str(path)))


def open_scenario(path: Path, model: Model) -> Opened[Scenario]:
    """Read a scenario's file so that it can be saved again; raises :class:`BadFile`."""
    data = read_bytes(path)
    return Opened(path, data, parse_scenario(data, str(path), model))


def peek_scenario(path: Path) -> Scenario:
    """The scenario in a file, not yet checked against any model; raises :class:`BadFile`."""
    return parse(Scenario, read_bytes(path), str(path))


def read_model(path: Path) -> Model:
    """The model in a file; raises :class:`BadFile`."""
    return open_model(path).part


def kind_of(path: Path) -> str:
    """What a file is meant to be, such as ``Model``; nothing if it does not tell. Raises :class:`BadFile`."""
    return _kind_of(_content(_text(read_bytes(path), str(path)), str(path)))


def read_scenario(path: Path, model: Model) -> Scenario:
    """The scenario in a file, checked against `model`; raises :class:`BadFile`."""
    return open_scenario(path, model).part


def scenario_files(folder: Path) -> list[Path]:
    """The scenario files of a folder in order of their names."""
    return [path for path in sorted(folder.glob("*.toml")) if path.name not in KEPT]


def read_scenarios(folder: Path, model: Model) -> dict[str, Scenario]:
    """Every scenario of `folder` by id, in order of file names; raises :class:`BadFile`."""
    found: dict[str, Scenario] = {}
    for path in scenario_files(folder):
        scenario = read_scenario(path, model)
        if scenario.id in found:
            raise BadFile(
                str(path), "id", f"another scenario in this folder is already called '{scenario.id}'."
            )
        found[scenario.id] = scenario
    return found


def save(opened: Opened[PartT], part: PartT) -> Opened[PartT]:
    """Save `part` over the file it was opened from, changing only the lines that differ.

    Raises :class:`BadFile` when the file is no longer what was read, or cannot be written.
    """
    data = merged(opened, part)
    path = Path(os.path.realpath(opened.path))  # through a link to the file it stands for, not over the link
    if path.exists() and not os.access(path, os.W_OK):
        raise BadFile(str(opened.path), "", "this file may only be read. Save under another name.")
    with _locked(path):
        if (read_bytes(path) if path.exists() else b"") != opened.data:
            raise BadFile(
                str(opened.path),
                "",
                "somebody changed this file since it was read, so nothing was saved. "
                "Open it again and make your change there, or save under another name.",
            )
        if data != opened.data:
            _write(path, data)
    return Opened(opened.path, data, part)


def merged(opened: Opened[PartT], part: PartT) -> bytes:
    """The bytes of the file with the change in it, read back to be sure; raises :class:`BadFile`."""
    text = _text(opened.data, str(opened.path))
    try:
        text = merge.merge(text, opened.part, part)
        data = (_BOM if opened.data.startswith(_BOM) else b"") + text.encode()
        same = parse(type(part), data, str(opened.path)) == part
    except Exception:  # a layout that the merge cannot follow, whatever it trips over
        same = False
    if not same:
        raise BadFile(
            str(opened.path),
            "",
            "this change cannot be written into the file as it is laid out, so nothing was saved. "
            "Save it under another name.",
        )
    return data


def save_new(folder: Path, scenario: Scenario) -> Opened[Scenario]:
    """Save a scenario as a new file named after its id; raises :class:`BadFile` when there is one already."""
    path = folder / f"{scenario.id}.toml"
    if path.name in KEPT:
        raise BadFile(str(path), "", f"this name is kept for {KEPT[path.name]}. Choose another name.")
    return create(path, scenario)


def create(path: Path, part: PartT, *, head: Sequence[str] = (), overwrite: bool = False) -> Opened[PartT]:
    """Save `part` as a file of its own, under comments with the lines of `head`, each on one line.

    Raises :class:`BadFile` when there is a file already, unless it may be overwritten.
    """
    plain = ("".join(letter if letter.isprintable() else " " for letter in line) for line in head)
    comments = "".join(f"# {line}\n" if line else "#\n" for line in plain)
    data = (f"{comments}\n" if comments else "").encode() + merge.fresh(part).encode()
    with _locked(path):
        if path.exists() and not overwrite:
            raise BadFile(
                str(path),
                "",
                "there is a file of this name already, and it was not touched. Choose another name.",
            )
        _write(path, data)
    return Opened(path, data, part)


@contextlib.contextmanager
def said_of(name: str) -> Iterator[None]:
    """What does not fit, a :class:`ValueError`, becomes the :class:`BadFile` of the file `name`."""
    try:
        yield
    except ValueError as error:
        raise BadFile(name, "", str(error)) from None


def parse(kind: type[AnyT], data: bytes, name: str) -> AnyT:
    """The part of one `kind` that `data` holds; raises :class:`BadFile`, which names the file by `name`."""
    content = _content(_text(data, name), name)
    found = _kind_of(content)
    if found and found != kind.__name__ and (kind is Model or found != "Scenario"):
        one, many = _CALLED[found]
        problem = NotAModel if (found, kind) == ("Scenario", Model) else BadFile
        raise problem(
            name, "", f"this is {one}, not {_CALLED[kind.__name__][0]}. Open it where {many} are opened."
        )
    try:
        return kind.model_validate(content, by_alias=True, by_name=False)
    except ValidationError as error:
        raise from_validation(name, error, kind, content) from None


_CALLED = {
    "Model": ("a model", "models"),
    "Scenario": ("a scenario", "scenarios"),
    "Claims": ("a file of claims", "claims"),
    "Rivals": ("a file of rival theories", "rival theories"),
    "Document": ("what we know of a partner", "partners"),
}


def _kind_of(content: dict[str, Any]) -> str:
    """What a file is meant to be, by the tables that only one kind has; empty when none tells."""
    signs = {
        "variable": "Model",
        "claim": "Claims",
        "partner": "Document",
        "rival": "Rivals",
        "pattern": "Rivals",
        "model": "Scenario",
    }
    return next((kind for table, kind in signs.items() if table in content), "")


def _content(text: str, name: str) -> dict[str, Any]:
    if any(key[0].count(".") >= _DEEPEST for key in _KEY.finditer(text)):
        raise BadFile(name, "", "a key has too many dots to be a model, scenario or claim")
    try:
        content = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise from_toml(name, error) from None
    if not content:
        raise BadFile(name, "", "the file is empty.")
    return content


def _text(data: bytes, name: str) -> str:
    if len(data) > MAX_BYTES:
        raise BadFile(
            name,
            "",
            f"the file is larger than {MAX_BYTES // 1_000_000} MB, too large for a model, scenario or claim.",
        )
    try:
        return data.removeprefix(_BOM).decode()
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise BadFile(
            name, f"line {line}", "this is not UTF-8 text. Save the file as UTF-8 and try again."
        ) from None


def read_bytes(path: Path) -> bytes:
    """What an ordinary file holds, one byte more than is allowed at the most; raises :class:`BadFile`."""
    try:
        # without waiting, so that a pipe nobody writes to is refused rather than waited for
        with open(os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0)), "rb") as file:
            ordinary = stat.S_ISREG(os.fstat(file.fileno()).st_mode)
            data = file.read(MAX_BYTES + 1) if ordinary else b""
    except FileNotFoundError:
        raise BadFile(str(path), "", "there is no such file.") from None
    except IsADirectoryError:
        raise BadFile(str(path), "", "this is a folder, not a file.") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise BadFile(str(path), "", f"the file cannot be read: {reason}.") from None
    if not ordinary:
        raise BadFile(str(path), "", "this is not an ordinary file.")
    return data


@contextlib.contextmanager
def _locked(path: Path) -> Iterator[None]:
    """One writer at a time; the lock goes with its process, so a crash leaves nothing behind that blocks."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(path.with_name(f".{path.name}.lock"), timeout=_PATIENCE)
        lock.acquire()
    except Timeout:
        raise BadFile(
            str(path), "", "another program has been saving this file for a while. Try again in a moment."
        ) from None
    except OSError as error:
        raise BadFile(str(path), "", f"nothing can be saved in this folder: {error.strerror}.") from None
    try:
        yield
    finally:
        lock.release()


def _write(path: Path, data: bytes) -> None:
    try:
        put(path, data)
    except OSError as error:
        raise BadFile(
            str(path), "", f"the file cannot be written: {error.strerror}. Nothing was lost."
        ) from None


def put(path: Path, data: bytes, *, flush: bool = True) -> None:
    """Write beside the file, then put in place: a reader sees the old file or the new.

    With `flush` it waits for the disk, so that a power cut leaves one of them too. Raises :class:`OSError`,
    and the old file is as it was.
    """
    beside = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        with beside.open("xb") as file:
            file.write(data)
            if flush:
                file.flush()
                os.fsync(file.fileno())
        if path.exists():
            beside.chmod(path.stat().st_mode)
        beside.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            beside.unlink()
        raise
