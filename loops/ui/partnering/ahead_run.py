"""What is run for a partner: versions that start where it is, what each thing adds, what follows."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import streamlit as st

from loops.journey.ahead import Course, Option, course, options
from loops.journey.begin import Begun, begin
from loops.scenario import Scenario
from loops.ui.asked import asked
from loops.ui.catalogue import NOTHING_NEW
from loops.ui.exports import Progress
from loops.ui.keeping.found import SEED, quick
from loops.ui.partnering.ahead_asking import Ahead
from loops.ui.partnering.opened import Opened
from loops.ui.planning.share import run_key

_BEGUN = "ahead:begun"
_PART = 0.6
"""Of the work what it takes to find where the versions start."""


@dataclass(frozen=True)
class Follows:
    """Where everything goes from here, if nothing new is done and under a plan, in the same versions."""

    begun: Begun
    quiet: Course
    planned: Course


def nothing_new(which: Opened) -> Scenario:
    """What everything is held against."""
    return which.shelf.scenarios[NOTHING_NEW]


def added(ahead: Ahead) -> tuple[Option, ...] | None:
    """What each thing would add; None while nobody has asked, where it takes a while."""
    which = ahead.which
    return asked(
        "Try each thing from here",
        key=f"ahead:options:{which.shelf.key}",
        of=f"{_of(which)} {ahead.outcome} {ahead.months} {ahead.us} {ahead.partner}",
        make=partial(_options, ahead),
        at_once=quick(which.model),
    )


def follows(ahead: Ahead, plan: Scenario) -> Follows | None:
    """What follows from the plan; None as above."""
    which = ahead.which
    return asked(
        "See what follows from here",
        key=f"ahead:course:{which.shelf.key}",
        of=f"{_of(which)} {run_key(which.model, plan)} {ahead.months}",
        make=partial(_courses, ahead, plan),
        at_once=quick(which.model),
    )


def _options(ahead: Ahead, progress: Progress) -> tuple[Option, ...]:
    begun = _begun(ahead.which, progress)
    return options(
        begun,
        outcome=ahead.outcome,
        months=ahead.months,
        hours_us=ahead.us,
        hours_partner=ahead.partner,
        told=_told(progress, _PART, 1.0),
    )


def _courses(ahead: Ahead, plan: Scenario, progress: Progress) -> Follows:
    begun, middle = _begun(ahead.which, progress), (1 + _PART) / 2
    quiet = course(begun, nothing_new(ahead.which), months=ahead.months, told=_told(progress, _PART, middle))
    planned = course(begun, plan, months=ahead.months, told=_told(progress, middle, 1.0))
    return Follows(begun, quiet, planned)


def _begun(which: Opened, progress: Progress) -> Begun:
    """The versions, kept until another partner or other ratings are looked at: they may be large."""
    of = _of(which)
    kept: tuple[str, Begun] | None = st.session_state.get(_BEGUN)
    if kept is None or kept[0] != of:
        made = begin(which.model, which.standing, seed=SEED, told=_told(progress, 0.0, _PART))
        kept = st.session_state[_BEGUN] = (of, made)
    return kept[1]


def _told(progress: Progress, start: float, end: float) -> Callable[[float], None]:
    return lambda share: progress(start + share * (end - start), f"Versions are run from here: {share:.0%}")


def _of(which: Opened) -> str:
    """What is the same only where the versions start at the same place."""
    said = hashlib.sha256(repr(which.standing).encode()).hexdigest()[:16]
    return f"{which.shelf.version} {said}"
