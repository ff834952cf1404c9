"""Where models are, those that come with the package and those saved here, and the scenarios of a model."""

from __future__ import annotations

import os
from pathlib import Path

from loops.complaints import BadFile
from loops.editing.naming import id_of
from loops.files import peek_scenario, read_scenarios
from loops.model import Model
from loops.scenario import Scenario

_HERE = Path(__file__).parent
USUAL = "common_purpose"
"""The shipped model that is meant where none is named."""
MOST_SAVED = 300
"""Saved models that are listed, the first by name."""
_SAVED = "saved-"
"""What the keys of saved models begin with."""
_DEVICES = ("con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10)))
"""No file can have one of these names on Windows, whatever its ending."""
REMOVED = "removed"
"""The folder, in that of saved models, of those that were taken off the list."""


def shipped_models() -> dict[str, Path]:
    """The models in the package by id, which is also the name of the file; the usual one stands first."""
    paths = sorted((_HERE / "models").glob("*.toml"), key=lambda path: (path.stem != USUAL, path.stem))
    return {path.stem: path for path in paths}


def saved_folder() -> Path:
    """Where models are saved for everybody who opens the app: ``$LOOPS_MODELS``, or ``saved/models`` here."""
    return Path(os.environ.get("LOOPS_MODELS") or Path("saved", "models")).absolute()


def saved_models() -> dict[str, Path]:
    """The models in that folder by key, in order of names; a name that no screen can show is left out."""
    return {saved_key(path): path for path in _models_in(saved_folder())}


def saved_model(key: str) -> Path | None:
    """The file of one of them, if there still is one."""
    name = f"{key.removeprefix(_SAVED)}.toml"
    path = saved_folder() / name
    here = key.startswith(_SAVED) and path.name == name and os.path.lexists(path)
    return path if here else None


def saved_key(path: Path) -> str:
    """The key of a saved model by its file."""
    return f"{_SAVED}{path.stem}"


def _models_in(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("[!.]*.toml") if path.name.isprintable())[:MOST_SAVED]


def saved_path(name: str) -> Path:
    """The file of that folder for a name, such as a title, that somebody gave; it cannot leave the folder.

    >>> saved_path("../Our plan (2)").name, saved_path("ours.toml").name, saved_path("").name
    ('our_plan_2.toml', 'ours.toml', 'model.toml')
    >>> saved_path("CON").name
    'con_2.toml'
    """
    return saved_folder() / f"{id_of(name.removesuffix('.toml'), _DEVICES, otherwise='model')}.toml"


def removed_models() -> list[Path]:
    """The models that were taken off the list of saved ones, in order of names."""
    return _models_in(saved_folder() / REMOVED)


def move(path: Path, folder: Path) -> Path:
    """Move a model's file to a folder, under another name if there is one of its name, and say where it is.

    Raises :class:`loops.complaints.BadFile` when it cannot be moved; then it is where it was.
    """
    names = [path.name, *(f"{path.stem}_{number}.toml" for number in range(2, MOST_SAVED))]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        target = next(folder / name for name in names if _reserved(folder / name))
        try:
            return path.replace(target)
        except OSError:
            target.unlink()
            raise
    except StopIteration:
        raise BadFile(str(path), "", "too many files of its name have been moved there already.") from None
    except OSError as error:
        raise BadFile(str(path), "", f"the file cannot be moved: {error.strerror}.") from None


def _reserved(path: Path) -> bool:
    """Whether there was no file of this name; there is an empty one now, so that nobody else takes it."""
    try:
        path.open("x").close()
    except FileExistsError:
        return False
    return True


def scenario_folder(model: Model, beside: Path | None = None) -> Path | None:
    """The folder of a model's scenarios, or None.

    Looked for as ``scenarios/<model id>`` beside the model's file, in what ships with the package (inside it
    once installed, next to it in a checkout), and in the current folder.
    """
    places = [_HERE, _HERE.parent, Path.cwd()]
    if beside is not None:
        places.insert(0, beside.parent)
    return next((folder for place in places if (folder := place / "scenarios" / model.id).is_dir()), None)


def beside_scenarios(model: Model, name: str, beside: Path | None = None) -> Path | None:
    """The file called `name` in the folder of a model's scenarios, or None when there is none."""
    folder = scenario_folder(model, beside)
    return folder / name if folder and (folder / name).exists() else None


def scenarios_of(model: Model, beside: Path | None = None) -> dict[str, Scenario]:
    """A model's scenarios by id, none when it has no folder; raises :class:`loops.complaints.BadFile`."""
    folder = scenario_folder(model, beside)
    return read_scenarios(folder, model) if folder else {}


def model_named_in(path: Path) -> str:
    """The id of the model that a scenario file says it is for; raises :class:`loops.complaints.BadFile`."""
    return peek_scenario(path).model
