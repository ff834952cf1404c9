"""`loops stress`: does our theory hold, under how wide a range of assumptions?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from loops.cli import verdicts
from loops.cli.reading import (
    NOTHING_NEW,
    ModelName,
    Months,
    Scheduler,
    Seed,
    Threads,
    check_named,
    model_file,
    one_message,
    plans_of,
    tell_progress,
    usual_outcome,
)
from loops.cli.whys import check_report, look_behind, tell_signs, write_report
from loops.cli.writing import apart, writable, write_csv
from loops.draw.document.findings import Findings
from loops.draw.scale import ASSUMPTIONS
from loops.ensemble.comparison import Question
from loops.ensemble.simulate import simulate_ensemble
from loops.files import read_model
from loops.scenario import Scenario
from loops.theory.claims import Case, Claim, claims_of, read_claims
from loops.theory.stress import ask, bands, digest, jobs, run
from loops.theory.stress import verdicts as judge
from loops.theory.unknown import signless
from loops.theory.verdict import weakest_first
from loops.worlds import MOST_WORLDS

MOST_SHOWN = 12
"""Scenarios shown of a model without claims."""


def stress(
    model: ModelName,
    seed: Seed,
    worlds: Annotated[
        int, typer.Option(min=1, max=MOST_WORLDS, help="How many versions of the assumptions to try.")
    ] = 10_000,
    claims: Annotated[
        Path | None, typer.Option(help="A file of claims, if not the one beside the scenarios.")
    ] = None,
    show: Annotated[
        list[str] | None,
        typer.Option(help="A scenario whose spread is shown beside nothing new; may be repeated."),
    ] = None,
    outcome: Annotated[
        str | None, typer.Option(help="The variable to show: what the model is judged by first.")
    ] = None,
    months: Months = None,
    reasons: Annotated[
        bool,
        typer.Option("--why", help="Say when each claim fails, what decides, and where evidence is missing."),
    ] = False,
    report: Annotated[
        Path | None,
        typer.Option(
            help="Write all of it, with the reasons, to this file: .docx for Word or .md for Markdown."
        ),
    ] = None,
    csv_out: Annotated[Path | None, typer.Option("--csv", help="Write the verdicts to this file.")] = None,
    threads: Threads = 2,
    scheduler: Scheduler = None,
) -> None:
    """Say in how many versions of the assumptions each claim about a model holds, the weakest claim first."""
    with one_message():
        check_report(report)
        writable(csv_out, ".csv")
        apart(report, csv_out)
        file = model_file(model)
        loaded = read_model(file)
        known = plans_of(loaded, file)
        made = read_claims(claims, loaded, known) if claims else claims_of(loaded, known, file)
        outcome = outcome or usual_outcome(loaded)
        check_named("--outcome", "variable", outcome, (node.id for node in loaded.variables))
        shown = _shown(known, made, show or ())
        last = months or max((claim.outcome.month for claim in made), default=loaded.horizon)
        todo = jobs(ask(loaded, known, made) if made else None, bands(loaded, shown, last), worlds)
        found = run(
            todo,
            seed=seed,
            simulate=partial(simulate_ensemble, threads=threads, scheduler=scheduler),
            progress=tell_progress(),
        )
        judged = weakest_first(judge(made, found))
        if csv_out:
            write_csv(csv_out, verdicts.HEAD, verdicts.rows(judged))
    typer.echo(f"{loaded.title}\nSeed {seed}, digest {digest(found)}")
    for each in found:
        if each.stopped:
            after = "; what would have come after it was not run" if each.interrupted else ""
            typer.echo(f"Cut short: {each.stopped}{after}.")
    verdicts.tell_claims(judged)
    for each in found:
        if each.scenarios and each.done:
            verdicts.tell_bands(loaded, each, outcome)
    if signless(loaded) and found[0].done:
        with one_message():
            asked = todo[0].comparison.questions or [Question(plan, None, outcome, last) for plan in shown]
            tell_signs(loaded, made, asked, found[0], threads)
    if reasons or report:
        with one_message():
            findings = look_behind(
                Findings(loaded, known, made, judged, found), shown[1:], outcome, last, threads
            )
            if report:
                write_report(report, findings)
    typer.echo(f"\n{ASSUMPTIONS}")


def _shown(known: Mapping[str, Scenario], made: Sequence[Claim], names: Sequence[str]) -> list[Scenario]:
    """Nothing new, and the scenarios that are named or else the one that claims run most often as it is.

    Raises :class:`ValueError` for a scenario that is not there.
    """
    for name in names:
        check_named("--show", "scenario", name, known)
    cases = [case for claim in made for case in (claim.run, claim.against) if case]
    plain = Counter(case.scenario for case in cases if case == Case(scenario=case.scenario))
    del plain[NOTHING_NEW]
    usual = [name for name, _ in plain.most_common(1)] if made else list(known)[:MOST_SHOWN]
    return [known[name] for name in dict.fromkeys([NOTHING_NEW, *(names or usual)])]
