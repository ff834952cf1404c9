"""The second step of `loops stress`: the reasons behind the verdicts, and the report of both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import typer

from loops.cli.reading import tell_progress
from loops.cli.writing import writable, write_bytes
from loops.complaints import BadFile
from loops.draw import pressed, unsigned
from loops.draw.claimed import decides, path
from loops.draw.document import stress
from loops.draw.document.findings import Findings
from loops.ensemble.comparison import Question
from loops.ensemble.ensemble import Ensemble
from loops.model import Model
from loops.scenario import Scenario
from loops.theory.claims import Claim
from loops.theory.indices import FEWEST_WORLDS
from loops.theory.told import group_in_words, sentence
from loops.theory.unknown import unknown_signs
from loops.theory.why import Why, why
from loops.worlds import Worlds

_TOP = 5
"""Arrows printed, of those on which most depends."""


def check_report(file: Path | None) -> None:
    """Raise :class:`BadFile` for a report that could not be written in the end, before anything is run."""
    if file and file.suffix.lower() not in (".docx", ".md"):
        raise BadFile(str(file), "", "a report is written as .docx (Word) or .md (Markdown).")
    writable(file, file.suffix.lower() if file else "")


def look_behind(
    findings: Findings, shown: Sequence[Scenario], outcome: str, month: int, threads: int
) -> Findings:
    """Look for the reasons and print them; the levers are those of the first of the scenarios `shown`.

    On Ctrl-C the test is given back without reasons. Raises what :func:`loops.theory.why.why` raises.
    """
    asked = [each for each in findings.ensembles if each.done]
    if not asked:
        return findings
    plan = shown[0] if shown else None
    ensemble = next((each for each in asked if each.comparison.questions), asked[0])
    try:
        found = why(
            findings.claims,
            ensemble,
            plan=Question(plan, None, outcome, month) if plan else None,
            threads=threads,
            progress=tell_progress(),
        )
    except KeyboardInterrupt:
        typer.echo("\nStopped: the reasons were not looked for.")
        return findings
    with_reasons = replace(findings, why=found, plan=plan)
    _tell(with_reasons, found)
    return with_reasons


def tell_signs(
    model: Model, claims: Sequence[Claim], questions: Sequence[Question], ensemble: Ensemble, threads: int
) -> None:
    """Print which unknown sign matters most for the claims, or else for the answers to the questions.

    The versions are of the ensemble's width and seed, and as many. Raises what
    :func:`loops.theory.unknown.unknown_signs` raises.
    """
    typer.echo(f"\n{pressed.unsigned(model)}")
    if ensemble.done < FEWEST_WORLDS:
        typer.echo(
            f"Which sign matters most was not looked for: that takes {FEWEST_WORLDS} versions or more."
        )
        return
    worlds = Worlds.of([model], width=ensemble.width, seed=ensemble.seed)
    found = unknown_signs(claims, questions, worlds, ensemble.done, threads=threads)
    typer.echo(f"{unsigned.matters(found, model)} (In {found.worlds:,} versions, {ensemble.width} width.)")
    for sign in found.ranked[:_TOP]:
        typer.echo(f"  {sign.share:6.1%}  {unsigned.arrow(sign, model)}")


def write_report(file: Path, findings: Findings) -> None:
    """Write the report as the kind that its name says; raises :class:`BadFile`."""
    as_word = file.suffix.lower() == ".docx"
    write_bytes(file, stress.word(findings) if as_word else stress.markdown(findings).encode())


def _tell(findings: Findings, found: Why) -> None:
    """Print why each claim holds or fails, the weakest first, then the arrows and levers that matter most."""
    model, behind = findings.model, {each.claim.id: each for each in found.explained}
    if behind:
        typer.echo("\nWhy, the weakest claim first")
    for verdict in findings.weakest_first:
        each = behind[verdict.claim.id]
        typer.echo(f"  {verdict.claim.id}")
        typer.echo(f"    {sentence(each.discovery, model, each.way)}")
        typer.echo(f"    {decides(each, model)}")
        typer.echo(f"    {path(each.path, model, each.claim)}")
    if found.gaps and found.gaps.links:
        typer.echo("\nWhere evidence is missing: share of the doubt about all claims, and how it is known")
        for gap in found.gaps.links[:_TOP]:
            known = ", ".join([gap.grade, *(f"{name} {grade}" for name, grade in gap.numbers.items())])
            typer.echo(f"  {gap.influence:6.1%}  {group_in_words(gap.group, model)} ({known})")
    if found.levers and found.levers.levers and findings.plan:
        typer.echo(
            f"\nLevers of {findings.plan.id}: {found.levers.variable} at month {found.levers.month:g} in the "
            f"middle of {found.levers.worlds:,} versions\n  {'':28}{'alone':>8}{'missed':>8}"
        )
        for lever in found.levers.levers:
            typer.echo(f"  {lever.lever:28}{lever.alone.middle:+8.3f}{lever.missed.middle:+8.3f}")
