"""`loops check`: is the model valid, and does it behave as it must?"""

from __future__ import annotations

import typer

from loops import validity
from loops.cli.listing import counts, list_loops
from loops.cli.reading import NOT_WELL, ModelFile, ScenarioFolder, one_message, read_with_scenarios
from loops.model import Model
from loops.reference import Plan
from loops.scenario import Scenario
from loops.simulate import AT_REST


def check(model: ModelFile, scenarios: ScenarioFolder = None) -> None:
    """Say whether a model is valid, which loops it has, and whether each reference mode holds."""
    with one_message():
        loaded, known = read_with_scenarios(model, scenarios)
        typer.echo(f"{loaded.title}\n{counts(loaded)}")
        gaps = [*validity.evidence_gaps(loaded), *validity.story_gaps(loaded, known)]
        for gap in gaps:
            typer.echo(f"  missing  {gap}")
        list_loops(loaded, every_loop=False)
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
