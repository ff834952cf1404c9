"""What every command needs: its arguments, the files they name, and one message for what cannot be used.

Exit codes: 0 all is well, 1 a check does not hold, 2 the input cannot be used.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from loops import library
from loops.complaints import BadFile
from loops.draw.scale import ASSUMPTIONS
from loops.ensemble.cluster import ClusterError
from loops.files import kind_of, read_model, read_scenario, read_scenarios
from loops.model import Model
from loops.narrate import both_ways
from loops.parts import nearest
from loops.scenario import Scenario
from loops.simulate import DidNotFinish

ModelFile = Annotated[Path, typer.Argument(help="A model's TOML file.")]
ModelName = Annotated[
    str, typer.Argument(help="A model's TOML file, or the id of one that comes with loops.")
]
ScenarioNames = Annotated[list[str], typer.Argument(help="Scenario files, or ids of the model's scenarios.")]
ModelOption = Annotated[
    Path | None, typer.Option("--model", help="The model: a shipped one by its id, or its file.")
]
Months = Annotated[
    int | None, typer.Option(min=1, max=2_400, help="How long to run; the model's horizon if not given.")
]

Seed = Annotated[int, typer.Option(min=0, help="Which versions: the same seed, the same ones.")]
Threads = Annotated[int, typer.Option(min=1, max=256, help="Threads of this computer.")]
Scheduler = Annotated[
    str | None, typer.Option(help="The address of a Dask scheduler, to run on its cluster instead.")
]
ScenarioFolder = Annotated[
    Path | None, typer.Option("--scenarios", help="Folder of the scenarios that reference modes run.")
]

NOT_WELL, NOT_USABLE = 1, 2
NOTHING_NEW = "nothing_new"


@contextmanager
def one_message() -> Iterator[None]:
    """Turn what is wrong with a file or name into one line and the exit code 2."""
    try:
        yield
    except (BadFile, ClusterError, DidNotFinish, ValueError, OSError) as error:
        typer.echo(f"loops: {error}", err=True)
        raise typer.Exit(NOT_USABLE) from None


def tell_progress() -> Callable[[float, str], None]:
    """Progress as lines on the error stream, one for each tenth that is done."""
    told = -1

    def tell(share: float, words: str) -> None:
        nonlocal told
        if int(10 * share) > told:
            told = int(10 * share)
            typer.echo(f"{share:4.0%}  {words}", err=True)

    return tell


@contextmanager
def progress_bar() -> Iterator[Callable[[float, str], None]]:
    """Progress as a bar where somebody watches the error stream, and as lines where it is kept."""
    if not sys.stderr.isatty():
        yield tell_progress()
        return
    with typer.progressbar(length=1_000, file=sys.stderr) as bar:

        def tell(share: float, words: str) -> None:
            bar.label = words
            bar.update(int(1_000 * share) - bar.pos)

        yield tell


def resolve(names: Sequence[str], model: Path | None) -> tuple[Model, list[Scenario]]:
    """The model and scenarios that are asked for; of a model's file alone, that nothing new is done.

    Raises :class:`BadFile` or :class:`ValueError`.
    """
    if model is None and len(names) == 1 and (alone := _model_in(Path(names[0]))):
        return alone, [quiet(alone)]
    paths = {name: Path(name) for name in names if Path(name).suffix == ".toml" or Path(name).is_file()}
    file = model_file(str(model)) if model else _model_of(paths)
    loaded = read_model(file)
    known = plans_of(loaded, file) if len(paths) < len(names) else {}
    chosen = []
    for name in names:
        if name not in paths and name not in known:
            raise ValueError(f"there is no scenario '{name}'. {_of_another(name) or nearest(name, known)}")
        chosen.append(read_scenario(paths[name], loaded) if name in paths else known[name])
    return loaded, chosen


def _of_another(name: str) -> str:
    """Which shipped model has a scenario of this name, in a sentence; nothing where none has."""
    for model, file in library.shipped_models().items():
        if name in library.scenarios_of(read_model(file), file):
            return f"It is one of {model}: add --model {model}."
    return ""


def assumptions(model: Model) -> str:
    """What stands below everything that is printed of a run: that it is no forecast, and what it guesses."""
    return " ".join(filter(None, [ASSUMPTIONS, both_ways(model)]))


def model_file(name: str) -> Path:
    """The file that is named, or that of the shipped model with this id; raises :class:`ValueError`."""
    path, shipped = Path(name), library.shipped_models()
    if path.suffix == ".toml" or path.is_file():
        return path
    if name not in shipped:
        raise ValueError(f"there is no model '{name}'. {nearest(name, shipped)}")
    return shipped[name]


def plans_of(model: Model, file: Path) -> dict[str, Scenario]:
    """The scenarios of a model read from `file`, after the one in which no lever is moved.

    Raises :class:`BadFile`.
    """
    return {NOTHING_NEW: quiet(model), **library.scenarios_of(model, file)}


def quiet(model: Model) -> Scenario:
    """The scenario in which no lever is moved, which every model has."""
    return Scenario(id=NOTHING_NEW, model=model.id, title="If nothing new is done")


def check_named(option: str, kind: str, name: str, known: Iterable[str]) -> None:
    """Raise :class:`ValueError` when an option names a scenario or variable that is not there."""
    if name not in (there := list(known)):
        raise ValueError(f"{option}: there is no {kind} '{name}'. {nearest(name, there)}")


def usual_outcome(model: Model) -> str:
    """The variable that a model is judged by when nobody names one."""
    return model.headlines[0]


def _model_in(path: Path) -> Model | None:
    """The model in a file that says it is one; raises :class:`BadFile` when it cannot be used."""
    return read_model(path) if path.is_file() and kind_of(path) == "Model" else None


def _model_of(paths: dict[str, Path]) -> Path:
    """The shipped model that the scenario files are for, or the usual one when there is no file to say."""
    shipped = library.shipped_models()
    if not paths:
        return shipped[library.USUAL]
    path = next(iter(paths.values()))
    wanted = library.model_named_in(path)
    if wanted not in shipped:
        raise ValueError(f"{path}: model: '{wanted}' does not come with loops. Name its file with --model.")
    return shipped[wanted]


def read_with_scenarios(model: Path, folder: Path | None) -> tuple[Model, dict[str, Scenario]]:
    """A model and its scenarios by id, from `folder` or from where they belong; raises :class:`BadFile`."""
    loaded = read_model(model)
    if folder and not folder.is_dir():
        raise BadFile(str(folder), "", "there is no such folder.")
    return loaded, read_scenarios(folder, loaded) if folder else library.scenarios_of(loaded, model)
