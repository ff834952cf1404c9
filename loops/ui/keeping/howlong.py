"""How far it is from tipping: along the programme's length, a lever or a circumstance, over many versions."""

from __future__ import annotations

from html import escape

import streamlit as st

from loops.draw.fates import MARKS
from loops.draw.reach import Reach, figure
from loops.draw.scale import in_versions, years
from loops.equilibrium.along import Along, ProgrammeLength, parse
from loops.equilibrium.fate import LAST
from loops.equilibrium.tipping import Tip, Tipping, TippingRange, Verdict, tipping, tipping_range
from loops.ui import look
from loops.ui.asked import asked
from loops.ui.choose import one
from loops.ui.exports import Progress
from loops.ui.keeping import figures, found, wording
from loops.ui.keeping.choosing import Question
from loops.ui.planning.share import run_key
from loops.ui.text import listed, md


def show(question: Question) -> None:
    """Choose what could be otherwise; how it goes along that at once, the range over versions on request."""
    model, plan = question.shelf.model, question.plan
    every = wording.ways(model, plan)
    if not every:
        st.markdown("No lever is on in this plan, so there is nothing that it could leave behind.")
        return
    words, picture = st.columns(wording.SHAPE, gap="large")
    with words:
        key = one("What could be otherwise", every, f"keeping:along:{question.shelf.key}", next(iter(every)))
        along = parse(key, model)
        scan = _scan(question, along)
        if scan is None:
            return
        st.markdown(md(sentence(scan)))
        got = _range(question, scan) if scan.upper else None
    if scan.values.size:
        with picture:
            _draw(question, scan, got)


def _scan(question: Question, along: Along) -> Tipping | None:
    """Where along the way it keeps going; of a large model once somebody has asked for it."""
    model, plan = question.shelf.model, question.plan

    def make(progress: Progress) -> Tipping:
        return tipping(model, plan, along, outcome=question.outcome, seed=found.SEED, progress=progress)

    of = f"{run_key(model, plan)} {question.outcome} {along.text}"
    return asked("Look along it", key="scan", of=of, make=make, at_once=found.quick(model))


def _draw(question: Question, scan: Tipping, got: TippingRange | None) -> None:
    """The line with what becomes of it at each point, and the table behind."""
    model, plan, along = question.shelf.model, question.plan, scan.along
    axis = wording.axis(model, along)
    said = [f"{axis.label}.", sentence(scan)]
    if got:
        said.append(headline(got, scan, axis.label))
    st.plotly_chart(
        figure(Reach(scan, got, plan.title, along.value_in(model, plan)), axis, look.palette()),
        key=f"reach:{question.shelf.key}",
        theme=None,
        config={"displayModeBar": False},
        alt=" ".join(said),
    )
    with st.expander("Table and figures"):
        figures.show(scan, got, axis)


def sentence(scan: Tipping) -> str:
    """What follows along the way, with the assumptions exactly as they are."""
    however = _however(scan.along)
    if scan.tips:
        turns = [_turn(scan.along, tip) for tip in scan.tips]
        first = MARKS[scan.tips[0].below].words
        return f"With our assumptions exactly as they are it {listed([f'{first} at first', *turns])}."
    no_matter = "This makes no difference to whether it lasts:"
    said: dict[Verdict, str] = {
        "tips": f"It keeps going in places, {however}.",
        "always": f"{no_matter} it keeps going, {however}.",
        "anyway": f"{no_matter} it comes anyway, {however}.",
        "no difference": f"{no_matter} it ends no higher with this plan than without, {however}.",
        "never": f"{no_matter} there is a higher place of rest, but it is not reached, {however}.",
        "any push": "There is one firm place of rest only, so nothing tips: any push leaves a little.",
        "still moves": (
            f"It cannot be said: something still moves in the end, {however}, so it does not come to rest."
        ),
        "one rest state": (
            f"It does not keep going by itself, {however}, in these circumstances: there is only one place "
            "of rest, and no higher one to reach."
        ),
        "no levers": "No lever is on in this plan, so there is nothing that it could leave behind.",
        "levers never stop": "Some lever never stops in this plan, so nobody can say what it leaves behind.",
    }
    return said[scan.verdict]


def _turn(along: Along, tip: Tip) -> str:
    at = wording.turning(along, tip.value, lasts=tip.above in LAST)
    return f"{MARKS[tip.above].words} from about {at} on"


def _range(question: Question, scan: Tipping) -> TippingRange | None:
    """Where it tips in many versions, large, once somebody has asked for it."""
    model, plan, along = question.shelf.model, question.plan, scan.along

    def make(progress: Progress) -> TippingRange | None:
        return tipping_range(
            model,
            plan,
            along,
            outcome=question.outcome,
            noise=found.NOISE,
            draws=found.VERSIONS,
            seed=found.SEED,
            progress=progress,
        )

    got = asked(
        f"Try {found.VERSIONS} versions of our assumptions",
        key="range",
        of=f"{run_key(model, plan)} {question.outcome} {along.text}",
        make=make,
    )
    if got is None:
        st.caption(f"{VARIED}. It takes some seconds.")
        return None
    st.html(f'<p class="verdict">{escape(headline(got, scan, wording.axis(model, along).label))}</p>')
    st.caption(f"{got.draws} versions were tried. {VARIED}.")
    return got


VARIED = (
    f"In each version every number (strengths, rates, thresholds) is a little different, by about "
    f"{found.NOISE:.0%}"
)
"""What is different from version to version."""


def headline(got: TippingRange, scan: Tipping, label: str) -> str:
    """Where it tips in most versions, and in how many nothing along this is enough or everything is."""
    however, along = _however(scan.along), scan.along
    never, always = (in_versions(part) for part in (got.never, got.always))
    if got.low is None or got.high is None:
        steady = in_versions(got.never + got.always)
        parts = [(got.always, f"{always} it keeps going"), (got.never, f"{never} it does not")]
        either = listed([said for part, said in parts if part])
        said = f"{steady[0].upper()}{steady[1:]} this makes no difference to whether it lasts"
        return f"{said}: {either}, {however}." if either else f"{said}."
    where = _where(scan, label, wording.between(along, got.low, got.high))
    said = f"In most versions of our assumptions {where}"
    if got.never:
        length = isinstance(along, ProgrammeLength)
        enough = f"no length up to {years(along.high)} is enough" if length else "nothing of this is enough"
        said += f"; {never} {enough}"
    return f"{said}; {always} it keeps going, {however}." if got.always else f"{said}."


def _where(scan: Tipping, label: str, between: str) -> str:
    """What is said of a range: what is needed, what is too much, or only that it tips there."""
    lasting = {tip.above in LAST for tip in scan.tips}
    if lasting == {True}:
        if isinstance(scan.along, ProgrammeLength):
            return f"the work must go on for {between}"
        return f"“{label}” must be at {between} or more"
    if lasting == {False}:
        return f"“{label}” must stay below {between}"
    return f"it tips at {between}"


def _however(along: Along) -> str:
    return "however long the work goes on" if isinstance(along, ProgrammeLength) else "wherever this is set"
