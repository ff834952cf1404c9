"""Many versions of our assumptions, tried when somebody asks; when that is stopped, what is done is kept."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from loops.ensemble.ensemble import Ensemble
from loops.scenario import Scenario
from loops.simulate import DidNotFinish
from loops.theory.claims import Claim
from loops.theory.stress import Job, ask, bands, jobs, run
from loops.ui import stoppable
from loops.ui.catalogue import Shelf
from loops.ui.planning.share import digest
from loops.ui.text import md

COUNTS = (1_000, 10_000, 100_000)
_USUAL = 10_000
_LARGEST_SEED = 2**31 - 1
_TRIED = "stressing:tried"
_MOST_BYTES = 200_000_000
"""Of results kept in one session, the newest."""


@dataclass(frozen=True)
class Test:
    """What is tried: everything that is said of a model, and plans of which the first is held against."""

    shelf: Shelf
    claims: tuple[Claim, ...]
    plans: tuple[Scenario, ...]
    versions: int
    seed: int

    @property
    def said(self) -> str:
        """A fingerprint of all that is said: other sentences may ask the same questions of the runs."""
        return fingerprint(*self.claims)

    def jobs(self) -> list[Job]:
        """The ensembles it is made of; raises :class:`ValueError` for what does not fit."""
        model = self.shelf.model
        asked = ask(model, self.shelf.by_id, self.claims) if self.claims else None
        return jobs(asked, bands(model, self.plans, model.horizon), self.versions)


def fingerprint(*claims: Claim) -> str:
    """What is the same only where these claims are, word for word."""
    return hashlib.sha256(repr(claims).encode()).hexdigest()


def choose() -> tuple[int, int, bool]:
    """Show how many versions, the seed and the button; return both, and whether it was pressed."""
    many, which, go = st.columns([2, 1, 1], vertical_alignment="bottom")
    with many:
        versions = st.segmented_control(
            "How many versions of our assumptions to try",
            COUNTS,
            default=_USUAL,
            format_func=lambda count: f"{count:,}",
            required=True,
            key="stressing:versions",
        )
    with which:
        seed = st.number_input(
            "Seed",
            0,
            _LARGEST_SEED,
            1,
            key="stressing:seed",
            help="Which versions are tried. Whoever asks the same with the same seed gets the same ones.",
        )
    with go:
        pressed = st.button("Try them", key="stressing:try", type="primary", width="stretch")
    return versions or _USUAL, int(seed), pressed


def tried(test: Test, *, now: bool) -> list[Ensemble]:
    """What has been tried of a test, in the order of its jobs; `now` tries what has not been, or in part."""
    try:
        todo = {_name(job, test): job for job in test.jobs()}
    except ValueError as problem:
        st.error(md(f"This cannot be tried: {problem}"))
        return []
    stoppable.let_it_end()
    kept: dict[str, Ensemble] = st.session_state.setdefault(_TRIED, {})
    left = {name: job for name, job in todo.items() if name not in kept or kept[name].interrupted}
    if now and left:
        _try(left, test.seed, kept)
    return [kept[name] for name in todo if name in kept]


def _name(job: Job, test: Test) -> str:
    """What is the same only where the results are."""
    asked = job.comparison
    what = (asked.scenarios, asked.pairs, asked.questions, float(asked.months[-1]), job.width, job.worlds)
    return hashlib.sha256(repr((digest(test.shelf.model), *what, test.seed)).encode()).hexdigest()


def _try(todo: dict[str, Job], seed: int, kept: dict[str, Ensemble]) -> None:
    """Do the work now. Whatever else is pressed meanwhile ends it, and what is done by then is kept."""

    def make(progress: stoppable.Progress) -> None:
        def tell(share: float, words: str) -> None:
            progress(share, f"Versions are being tried: {share:.0%} is done")

        _keep(kept, todo, run(list(todo.values()), seed=seed, progress=tell))

    try:
        stoppable.work(make, key="stressing")
    except (DidNotFinish, ValueError) as problem:
        st.error(md(f"This cannot be tried: {problem}"))


def _keep(kept: dict[str, Ensemble], todo: dict[str, Job], found: Sequence[Ensemble]) -> None:
    """Put what was found among what is kept, which a page that was ended no longer reaches by its name."""
    for name, each in zip(todo, found, strict=False):
        kept.pop(name, None)
        kept[name] = each
    while len(kept) > len(found) and sum(map(_bytes, kept.values())) > _MOST_BYTES:
        kept.pop(next(iter(kept)))


def _bytes(found: Ensemble) -> int:
    return int(found.counts.nbytes + found.differences.nbytes + found.outcomes.nbytes)
