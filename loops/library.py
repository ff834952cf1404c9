"""Where the models that come with the package are, and the scenarios that belong to a model."""

from __future__ import annotations

from pathlib import Path

from loops.files import peek_scenario, read_scenarios
from loops.model import Model
from loops.scenario import Scenario

_HERE = Path(__file__).parent


def shipped_models() -> dict[str, Path]:
    """The models in the package by id, which is also the name of the file."""
    return {path.stem: path for path in sorted((_HERE / "models").glob("*.toml"))}


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
