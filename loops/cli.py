"""The `loops` command. Exit codes: 0 all is well, 1 a check does not hold, 2 the input cannot be used."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from loops import feedback, library, validity
from loops.compare import Comparison, compare
from loops.complaints import BadFile
from loops.draw.scale import ASSUMPTIONS
from loops.files import read_model, read_scenario, read_scenarios
from loops.model import Model
from loops.parts import nearest
from loops.reference import Plan
from loops.scenario import Scenario
from loops.shape import schema
from loops.simulate import AT_REST, DidNotFinish, Trajectory, simulate

app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False)

ModelFile = Annotated[Path, typer.Argument(help="A model's TOML file.")]
ScenarioNames = Annotated[list[str], typer.Argument(help="Scenario files, or ids of the model's scenarios.")]
ModelOption = Annotated[
    Path | None, typer.Option("--model", help="The model's file, if it is not a shipped one.")
]
Months = Annotated[
    int | None, typer.Option(min=1, max=2_400, help="How long to run; the model's horizon if not given.")
]

NOT_WELL, NOT_USABLE = 1, 2


@contextmanager
def _one_message() -> Iterator[None]:
    """Turn what is wrong with a file or name into one line and the exit code 2."""
    try:
        yield
    except (BadFile, DidNotFinish, ValueError, OSError) as error:
        typer.echo(f"loops: {error}", err=True)
        raise typer.Exit(NOT_USABLE) from None


@app.command()
def check(
    model: ModelFile,
    scenarios: Annotated[
        Path | None, typer.Option(help="Folder of the scenarios that reference modes run.")
    ] = None,
) -> None:
    """Say whether a model is valid, which loops it has, and whether each reference mode holds."""
    with _one_message():
        loaded = read_model(model)
        if scenarios and not scenarios.is_dir():
            raise BadFile(str(scenarios), "", "there is no such folder.")
        known = read_scenarios(scenarios, loaded) if scenarios else library.scenarios_of(loaded, model)
        typer.echo(f"{loaded.title}\n{_counts(loaded)}")
        gaps = [*validity.evidence_gaps(loaded), *validity.story_gaps(loaded, known)]
        for gap in gaps:
            typer.echo(f"  missing  {gap}")
        _list_loops(loaded, every_loop=False)
        typer.echo(f"\nStories: {len(loaded.stories)}")
        for story in loaded.stories:
            typer.echo(f"  {story.id:22} {len(story.steps)} steps: {story.title}")
        missed = _measure(loaded, known)
    if missed or gaps:
        raise typer.Exit(NOT_WELL)


def _measure(model: Model, scenarios: dict[str, Scenario]) -> int:
    """Print every reference mode with its figures; the number of criteria that do not hold."""
    if not model.reference_modes:
        typer.echo("\nReference modes: none in this file.")
        return 0
    figures = Plan(model, scenarios).measure()
    typer.echo("\nReference modes")
    mode = None
    for figure in figures:
        if figure.mode is not mode:
            mode = figure.mode
            typer.echo(f"  {mode.id}: {mode.statement}")
            if mode.miss:
                typer.echo(f"    said in the file: {mode.miss}")
        verdict = "holds " if figure.holds else "MISSES"
        case = f" (closest: {figure.case})" if figure.case else ""
        still = (
            f" still moving by {figure.moving:.4f} in the last ten years" if figure.moving > AT_REST else ""
        )
        typer.echo(
            f"    {verdict} {figure.value:8.4f} {figure.criterion.bound():9} "
            f"{figure.criterion.sentence()}{case}{still}"
        )
    missed = sum(not figure.holds for figure in figures)
    typer.echo(f"\n{len(figures) - missed} of {len(figures)} criteria hold.")
    return missed


@app.command()
def run(
    scenarios: ScenarioNames,
    csv_out: Annotated[
        Path | None, typer.Option("--csv", help="Write every level of every month to this file.")
    ] = None,
    model: ModelOption = None,
    months: Months = None,
) -> None:
    """Run scenarios and print each variable's level at the start, each quarter of the time, and the end."""
    with _one_message():
        loaded, chosen = _resolve(scenarios, model)
        runs = simulate(loaded, chosen, months=months)
        if csv_out:
            _write_csv(csv_out, runs)
    last = runs[0].months.size - 1
    shown = sorted({0, last // 4, last // 2, 3 * last // 4, last})
    for trajectory in runs:
        typer.echo(f"\n{trajectory.scenario.title} ({trajectory.scenario.id})")
        typer.echo(" " * 20 + "".join(f"{f'month {k}':>11}" for k in shown))
        for name in trajectory.variables:
            typer.echo(f"  {name:18}" + "".join(f"{trajectory[name][k]:11.3f}" for k in shown))
    typer.echo(f"\n{ASSUMPTIONS}")


@app.command(name="compare")
def compare_command(
    scenarios: ScenarioNames,
    outcome: Annotated[str, typer.Option(help="The variable to compare.")] = "buy_in",
    model: ModelOption = None,
    months: Months = None,
) -> None:
    """Compare what becomes of an outcome under each scenario: does it rest or fade when the levers stop?"""
    with _one_message():
        loaded, chosen = _resolve(scenarios, model)
        found = compare(loaded, chosen, outcome, months=months)
    typer.echo(f"{outcome}: {loaded.nodes[outcome].label}")
    width = max(len(row.scenario.id) for row in found)
    typer.echo(f"  {'':{width}}  start    end   peak (month)  half at    area  left  in the end")
    for row in found:
        typer.echo(f"  {row.scenario.id:{width}}" + _comparison(row))
    typer.echo(
        "\nLevels are shares of what is possible. half at: month the level passes 0.5. "
        "area: level-months above nothing\n"
        "new. left: share of the lead at the levers' stop that is left at the end of the time shown. "
        "in the end: after\n"
        f"150 years. {ASSUMPTIONS}"
    )


def _comparison(row: Comparison) -> str:
    half = "never" if row.half_month is None else f"{row.half_month:.0f}"
    left = "-" if row.left is None else f"{row.left:.0%}"
    fate = {
        "lasts": f"{row.in_the_end:.3f}, rests above nothing new",
        "fades": f"{row.in_the_end:.3f}, fades",
        "no lead": f"{row.in_the_end:.3f}, no lead over nothing new",
        "goes on": f"{row.in_the_end:.3f}, held by levers that never stop",
        "circumstances": f"{row.in_the_end:.3f}, no lever is moved: circumstances alone",
        "still moving": f"{row.in_the_end:.3f}, not at rest even then",
    }[row.fate]
    if row.half_lead_lost is not None:
        fate += f": half the lead is lost {row.half_lead_lost:.0f} months after the levers stop"
    peak = f"{row.peak:.3f} ({row.peak_month:.0f})"
    return f"  {row.start:.3f}  {row.end:.3f}  {peak:12}  {half:>7}  {row.area:6.1f}  {left:>4}  {fate}"


@app.command(name="list")
def list_command(
    model: ModelFile,
    every_loop: Annotated[
        bool, typer.Option("--all-loops", help="List the loops without a name too.")
    ] = False,
) -> None:
    """List a model's nodes, links and loops, the named loops first."""
    with _one_message():
        loaded = read_model(model)
    typer.echo(f"{loaded.title}\n{_counts(loaded)}")
    for title, nodes in (
        ("Variables", loaded.variables),
        ("Levers", loaded.levers),
        ("Contexts", loaded.contexts),
    ):
        typer.echo(f"\n{title}")
        for node in nodes:
            typer.echo(f"  {node.id:22} {node.label}")
    typer.echo("\nLinks (strength a month, delay in months)")
    for link in loaded.links:
        extra = f" delay {link.delay:g}" if link.delay else ""
        extra += f" threshold {link.threshold:g}" if link.threshold else ""
        typer.echo(f"  {link.name:40} {link.polarity} {link.strength:<8g} {link.grade:9}{extra}")
    _list_loops(loaded, every_loop=every_loop)


def _list_loops(model: Model, *, every_loop: bool) -> None:
    found = feedback.find(model)
    amount = (
        f"{len(found.loops)}" if found.complete else f"more than {len(found.loops)}, the search was cut there"
    )
    typer.echo(f"\nFeedback loops: {amount}; named: {len(model.loops)}")
    for each in found.loops:
        if each.named:
            label = each.named.label or each.letter
            typer.echo(f"  {label:4} {each.named.name:32} {each.grade:9} {' -> '.join(each.named.path)}")
        elif every_loop:
            typer.echo(f"  {each.letter:4} {'':32} {each.grade:9} {' -> '.join(each.nodes)}")


def _counts(model: Model) -> str:
    return (
        f"{len(model.variables)} variables, {len(model.levers)} levers, {len(model.contexts)} contexts, "
        f"{len(model.links)} links"
    )


@app.command(name="schema")
def schema_command(
    scenario: Annotated[
        bool, typer.Option("--scenario", help="The schema of scenario files instead.")
    ] = False,
) -> None:
    """Print the JSON Schema of model files."""
    typer.echo(json.dumps(schema(Scenario if scenario else Model), indent=2))


def _resolve(names: Sequence[str], model: Path | None) -> tuple[Model, list[Scenario]]:
    """The model and scenarios that are asked for; raises :class:`BadFile` or :class:`ValueError`."""
    paths = {name: Path(name) for name in names if Path(name).suffix == ".toml" or Path(name).is_file()}
    file = model or _model_of(paths)
    loaded = read_model(file)
    known = library.scenarios_of(loaded, file) if len(paths) < len(names) else {}
    chosen = []
    for name in names:
        if name not in paths and name not in known:
            raise ValueError(f"there is no scenario '{name}'. {nearest(name, known)}")
        chosen.append(read_scenario(paths[name], loaded) if name in paths else known[name])
    return loaded, chosen


def _model_of(paths: dict[str, Path]) -> Path:
    """The shipped model that the scenario files are for, or the first one when there is no file to say."""
    shipped = library.shipped_models()
    if not paths:
        return shipped["common_purpose"]
    path = next(iter(paths.values()))
    wanted = library.model_named_in(path)
    if wanted not in shipped:
        raise ValueError(f"{path}: model: '{wanted}' does not come with loops. Name its file with --model.")
    return shipped[wanted]


def _write_csv(path: Path, runs: Sequence[Trajectory]) -> None:
    if path.exists() and path.suffix.lower() != ".csv":
        raise BadFile(str(path), "", "this file is there already and is no .csv, so it was not overwritten.")
    try:
        with path.open("w", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["scenario", "month", *runs[0].variables])
            for each in runs:
                for month, levels in zip(each.months, each.levels, strict=True):
                    writer.writerow([each.scenario.id, f"{month:g}", *(f"{level:.6f}" for level in levels)])
    except OSError as error:
        raise BadFile(str(path), "", f"the file cannot be written: {error.strerror}.") from None


def main() -> None:
    """Run the command."""
    for stream in (sys.stdout, sys.stderr):  # a console that lacks a letter shows a question mark for it
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    app()
