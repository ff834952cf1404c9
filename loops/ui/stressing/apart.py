"""Two plans for one box, over all versions: how far each comes, and how far they are apart."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import streamlit as st

from loops.draw import fans
from loops.draw.fans import Fan
from loops.draw.scale import figure, in_words, years
from loops.ensemble.ensemble import Ensemble
from loops.kernel import Floats
from loops.scenario import Scenario
from loops.ui import look
from loops.ui.catalogue import NOTHING_NEW
from loops.ui.keeping.choosing import Question
from loops.ui.planning import difference
from loops.ui.text import csv_text, listed, md, table

_CONFIG = {"displayModeBar": False}
_BAND = (10, 50, 90)
_ROWS = 8
READ = (
    "The band holds 8 of 10 versions: one in ten lies below it, one in ten above. The line is in the middle."
)


def plans(question: Question) -> tuple[Scenario, ...]:
    """What is run: the plan that the other is held against, and the other; one where they are the same."""
    against = question.plans[1] if len(question.plans) > 1 else question.shelf.scenarios[NOTHING_NEW]
    return tuple(dict.fromkeys([against, question.plan]))


def show(question: Question, found: Ensemble) -> None:
    """A chart of how far each plan comes, one of how far they are apart, each said and with its table."""
    told = [fan(found, plan, question, place) for place, plan in enumerate(found.scenarios)]
    said = reaches(question.label, told, found.months)
    left, right = st.columns(2, gap="large")
    with left:
        st.markdown(md(said))
        st.plotly_chart(
            fans.levels(told, found.months, look.palette()),
            key=f"stressing:fans:{question.shelf.key}",
            theme=None,
            config=_CONFIG,
            alt=f"“{question.label}” over {years(found.months[-1])}. {said}",
        )
    lead = _lead(found, question) if len(told) > 1 else None
    with right:
        if lead is None:
            st.markdown("Choose another plan to see how far the two are apart.")
        else:
            apart = leads(question.label, lead, told[0].name, found.months)
            st.markdown(md(apart))
            st.plotly_chart(
                fans.difference(lead, found.months, look.palette()),
                key=f"stressing:apart:{question.shelf.key}",
                theme=None,
                config=_CONFIG,
                alt=f"How much higher “{question.label}” is. {apart}",
            )
    st.caption(READ)
    figures(question, told, lead, found.months)


def fan(found: Ensemble, plan: Scenario, question: Question, place: int) -> Fan:
    """The band of one plan, at its place in the palette."""
    low, middle, high = (found.percentile(plan, question.outcome, q) for q in _BAND)
    return Fan(plan.title, low, middle, high, place)


def _lead(found: Ensemble, question: Question) -> Fan:
    """How much higher the second is than the first, in the same version."""
    (pair,) = found.comparison.pairs
    low, middle, high = (found.difference(*pair, question.outcome, q) for q in _BAND)
    return Fan(pair[0].title, low, middle, high, 1)


def reaches(label: str, told: Sequence[Fan], months: Floats) -> str:
    """Where the bands end."""
    ends = [f"{reach(fan)} under “{fan.name}”" for fan in told]
    return f"After {years(months[-1])}, in 8 of 10 versions, “{label}” is {listed(ends)}."


def reach(fan: Fan) -> str:
    """Where a band ends."""
    low, middle, high = (in_words(each[-1]) for each in (fan.low, fan.middle, fan.high))
    return f"at {low}" if low == high else f"between {low} and {high} ({middle} in the middle)"


def leads(label: str, lead: Fan, against: str, months: Floats) -> str:
    """How far two plans are apart in the middle at most, and whether the band leaves it open which leads."""
    far = int(np.abs(lead.middle).argmax())
    apart, low, high = (float(each[far]) for each in (lead.middle, lead.low, lead.high))
    when = f"after {years(months[far])}" if months[far] else "at the start"
    most = difference.beside(apart, 0.0)
    said = f"Furthest apart {when}: there “{label}” is {most} under “{lead.name}” than under “{against}”"
    if most == "about the same":
        said = f"“{label}” is {most} under “{lead.name}” as under “{against}” in the middle of the versions"
    between = f"{difference.beside(low, 0.0)} and {difference.beside(high, 0.0)}"
    if difference.beside(low, 0.0) == difference.beside(high, 0.0):
        return f"{said}, and so it is in 8 of 10 versions."
    return f"{said}, and between {between} in 8 of 10 versions."


def figures(question: Question, told: Sequence[Fan], lead: Fan | None, months: Floats) -> None:
    """A fold with the bands, and if known how far they are apart, as a table and for a spreadsheet."""
    with st.expander("Table and figures of these charts"):
        head = ("When", *(fan.name for fan in told), *(["Apart"] if lead else []))
        st.html(table(head, _rows(told, lead, months), caption=question.label, least=36))
        st.download_button(
            "Download these charts as a table (CSV)",
            data=lambda: _csv(told, lead, months),
            file_name="how-far-versions-spread-from-our-assumptions.csv",
            mime="text/csv",
            on_click="ignore",
            key="stressing:fans:csv",
        )


def _rows(told: Sequence[Fan], lead: Fan | None, months: Floats) -> list[list[str]]:
    rows = []
    for at in dict.fromkeys(np.linspace(0, months.size - 1, _ROWS).round().astype(int).tolist()):
        levels = [
            f"{in_words(fan.middle[at])} {figure(fan.middle[at])} "
            f"({figure(fan.low[at])} to {figure(fan.high[at])})"
            for fan in told
        ]
        if lead:
            low, middle, high = (difference.figure(each[at]) for each in (lead.low, lead.middle, lead.high))
            levels.append(f"{middle} ({low} to {high})")
        rows.append([years(months[at]) if months[at] else "start", *levels])
    return rows


def _csv(told: Sequence[Fan], lead: Fan | None, months: Floats) -> str:
    each = [
        *told,
        *([Fan(f"{lead.name} above {told[0].name}", lead.low, lead.middle, lead.high, 0)] if lead else []),
    ]
    head = ["month", *(f"{fan.name}: {q}% of versions are below" for fan in each for q in _BAND)]
    columns = [part for fan in each for part in (fan.low, fan.middle, fan.high)]
    return csv_text(
        head,
        ([f"{month:.0f}", *(f"{column[at]:.4f}" for column in columns)] for at, month in enumerate(months)),
    )
