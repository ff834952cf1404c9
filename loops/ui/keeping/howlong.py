"""How far it is from tipping: along the programme's length, a lever or a circumstance, over many versions."""

from __future__ import annotations

from html import escape

import streamlit as st

from loops.draw.reach import Reach, figure
from loops.equilibrium.along import Along, ProgrammeLength, parse
from loops.equilibrium.fate import Fate
from loops.equilibrium.tipping import Tipping, TippingRange, Verdict, tipping, tipping_range
from loops.ui import look
from loops.ui.choose import one
from loops.ui.exports import Progress
from loops.ui.keeping import found, wording
from loops.ui.keeping.asked import asked
from loops.ui.keeping.choosing import Question
from loops.ui.planning.share import run_key
from loops.ui.text import csv_text, listed, md, table

NOISE = 0.05
VERSIONS = 64
_FATES = {
    Fate.KEEPS_GOING: "keeps going",
    Fate.COMES_ANYWAY: "comes without us",
    Fate.FADES: "fades",
    Fate.NO_DIFFERENCE: "makes no difference",
    Fate.STILL_MOVES: "still moves",
}


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
        st.markdown(md(sentence(scan, along)))
        got = _range(question, along, key) if scan.upper else None
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
    """The line with what keeps going and what fades on it, and the table behind."""
    model, plan, along = question.shelf.model, question.plan, scan.along
    axis = wording.axis(model, along)
    said = f"{axis.label}. {sentence(scan, along)} {headline(got, along) if got else ''}"
    st.plotly_chart(
        figure(Reach(scan, got, plan.title, along.value_in(model, plan)), axis, look.palette()),
        key=f"reach:{question.shelf.key}",
        theme=None,
        config={"displayModeBar": False},
        alt=said.strip(),
    )
    _table(scan, along, axis.label)


def sentence(scan: Tipping, along: Along) -> str:
    """What follows along the way, with the assumptions exactly as they are."""
    say = wording.amount(along)
    however = _however(along).lower()
    if scan.tips:
        turns = [f"{_FATES[tip.above]} from about {say(tip.value)} on" for tip in scan.tips]
        first = _FATES[scan.tips[0].below]
        return f"With our assumptions exactly as they are it {listed([f'{first} at first', *turns])}."
    said: dict[Verdict, str] = {
        "tips": f"It keeps going in places, {however}.",
        "always": f"It keeps going {however}.",
        "anyway": f"It comes without us, {however}.",
        "no difference": f"It ends no higher with this plan than without, {however}.",
        "never": f"There is a second, higher place of rest, but it is not reached, {however}.",
        "any push": "There is one firm place of rest only, so nothing tips: any push leaves a little.",
        "one rest state": (
            f"Nothing is printed here: it does not keep going by itself, {however}. In these circumstances "
            "there is only one place of rest, and no higher one to reach."
        ),
        "no levers": "No lever is on in this plan, so there is nothing that it could leave behind.",
        "levers never stop": "Some lever never stops in this plan, so nobody can say what it leaves behind.",
    }
    return said[scan.verdict]


def _range(question: Question, along: Along, key: str) -> TippingRange | None:
    """Where it tips in many versions, large, once somebody has asked for it."""
    model, plan = question.shelf.model, question.plan

    def make(progress: Progress) -> TippingRange | None:
        return tipping_range(
            model,
            plan,
            along,
            outcome=question.outcome,
            noise=NOISE,
            draws=VERSIONS,
            seed=found.SEED,
            progress=progress,
        )

    got = asked(
        f"Try {VERSIONS} versions of our assumptions",
        key="range",
        of=f"{run_key(model, plan)} {question.outcome} {key}",
        make=make,
    )
    if got is None:
        st.caption(
            f"In each version every strength is a little different, by about {NOISE:.0%}. "
            "It takes some seconds."
        )
        return None
    st.html(f'<p class="verdict">{escape(headline(got, along))}</p>')
    st.markdown(md(versions(got, along, along.value_in(model, plan))))
    return got


def headline(got: TippingRange, along: Along) -> str:
    """Where it tips, as a range in words: from one version in ten to nine in ten."""
    if got.low is None or got.high is None:
        return "Fewer than half of the versions tip along this, so there is no range to give"
    say = wording.amount(along)
    where = wording.between(say(got.low), say(got.high))
    return f"{where[0].upper()}{where[1:]}, under these assumptions"


def versions(got: TippingRange, along: Along, own: float | None) -> str:
    """In how many of the versions this plan itself keeps going, and in how many nothing changes that."""
    here = "" if own is None else f" ({wording.amount(along)(own)})"
    said = (
        f"{got.draws} versions were tried. This plan as it is{here} keeps going {wording.share(got.lasts)}."
    )
    if got.never:
        said += f" {_however(along)}, it fades {wording.share(got.never)}."
    if got.always:
        said += f" {_however(along)}, it keeps going {wording.share(got.always)}."
    return said


def _however(along: Along) -> str:
    return "However long the work goes on" if isinstance(along, ProgrammeLength) else "Wherever this is set"


def _table(scan: Tipping, along: Along, label: str) -> None:
    with st.expander("Table and figures"):
        say = wording.amount(along)
        rows = [
            (say(float(value)), "keeps going" if lasts else "fades")
            for value, lasts in zip(scan.values, scan.lasts, strict=True)
        ]
        head = (label, "When the work stops it")
        st.html(table(head, rows, caption="With our assumptions as they are"))
        st.download_button(
            "Download this as a table (CSV)",
            data=lambda: csv_text(
                (label, "keeps going"),
                [
                    (f"{value:.4g}", "yes" if lasts else "no")
                    for value, lasts in zip(scan.values, scan.lasts, strict=True)
                ],
            ),
            file_name="how-long-from-our-assumptions.csv",
            mime="text/csv",
            on_click="ignore",
        )
