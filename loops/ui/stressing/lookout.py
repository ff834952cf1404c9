"""Where to look next: the arrows on which most depends, against how well we know them. For the evaluator."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from loops.draw import clues
from loops.draw.bands import part_of
from loops.draw.clues import Clue
from loops.model import Model
from loops.theory.gaps import Gap, GapMap, doubts, gap_map
from loops.theory.indices import FEWEST_WORLDS
from loops.theory.sample import sample
from loops.theory.told import group_in_words
from loops.ui import look
from loops.ui.asked import asked
from loops.ui.exports import Progress
from loops.ui.stressing import behind
from loops.ui.stressing.behind import Source
from loops.ui.stressing.trying import Test
from loops.ui.text import csv_text, listed, md, table

_TOP = 12
_HEAD = ("", "Arrow or box", "How much of the doubt it explains", "How we know", "Worth a look")


def show(test: Test, source: Source | None) -> None:
    """The map and the ranking, once somebody has asked for them."""
    st.subheader("Where to look next", anchor=False)
    if source is None:
        st.markdown("Once the versions have been tried, this says which arrow to find out more about first.")
        return
    got = asked(
        "Find where to look",
        key=f"lookout:{test.shelf.key}",
        of=f"{source.ensemble.digest} {test.said}",
        make=partial(_look, source),
    )
    if got is None:
        st.caption("For those who evaluate: which arrows the doubt comes from. It may take half a minute.")
        return
    model = test.shelf.model
    st.markdown(md(sentence(got, model)))
    if got.links:
        _draw(test, got)


def _look(source: Source, progress: Progress) -> GapMap:
    ensemble = source.ensemble
    if ensemble.done < FEWEST_WORLDS:
        raise ValueError(f"{ensemble.done} versions are too few: try at least {FEWEST_WORLDS}")
    drawn = sample(source.claims, ensemble, progress=lambda share: progress(0.2 * share, "Trying versions"))
    found = doubts(
        drawn, progress=lambda share: progress(0.2 + 0.8 * share, "Which arrows the doubt comes from")
    )
    return gap_map(ensemble.comparison.model, found)


def sentence(got: GapMap, model: Model) -> str:
    """Where the next bit of evaluation pays most."""
    if not got.links:
        return "Everything is the same in all the versions, so there is no doubt to explain."
    paying = [gap for gap in got.links if gap.pays]
    if not paying:
        return "No single arrow explains much of the doubt: many explain a little each."
    first = [group_in_words(gap.group, model) for gap in paying[:3]]
    part = part_of(sum(gap.influence for gap in paying[:3]))
    them = "it" if len(first) == 1 else "them together"
    return (
        f"It would help most to find out more about {listed(first)}: {part} of the doubt about all that we "
        f"think happens comes from {them}."
    )


def _draw(test: Test, got: GapMap) -> None:
    """The map of the arrows, and the ranking of everything that was guessed."""
    model = test.shelf.model
    ranked = sorted([*got.links, *got.others], key=lambda gap: (-gap.influence, gap.group))
    numbers = {gap.group: str(place) for place, gap in enumerate(ranked[:_TOP], 1)}
    marks = [_clue(gap, numbers.get(gap.group, ""), model) for gap in got.links]
    said = sentence(got, model)
    st.plotly_chart(
        clues.figure(marks, look.palette()),
        key=f"stressing:clues:{test.shelf.key}",
        theme=None,
        config={"displayModeBar": False},
        alt=f"Every arrow by how we know it and by how much of the doubt it explains. {said}",
    )
    st.caption(
        "The further right an arrow is and the higher up, the more there is to learn from it. Numbers are "
        "those of the table."
    )
    rows = [(numbers[gap.group], *_row(gap, model, got)) for gap in ranked[:_TOP]]
    st.html(table(_HEAD, rows, caption="For those who evaluate, what most depends on first", least=44))
    st.download_button(
        "Download the whole ranking as a table (CSV)",
        data=lambda: _csv(ranked, model),
        file_name="where-to-look-next-from-our-assumptions.csv",
        mime="text/csv",
        on_click="ignore",
        key="stressing:lookout:csv",
    )


def _clue(gap: Gap, number: str, model: Model) -> Clue:
    name = behind.guess(gap.group, model)
    return Clue(name, number, gap.grade, max(gap.influence, 0.0), gap.pays)


def _row(gap: Gap, model: Model, got: GapMap) -> tuple[str, str, str, str]:
    also = "".join(f"; its {name}: {grade}" for name, grade in _numbers(gap))
    return (
        behind.guess(gap.group, model),
        part_of(max(gap.influence, 0.0)),
        gap.grade + also,
        "yes" if gap.pays and gap in got.links else "",
    )


def _numbers(gap: Gap) -> list[tuple[str, str]]:
    said = {"sign": "sign", "threshold": "critical mass", "delay": "delay"}
    return [(said[name], grade) for name, grade in gap.numbers.items()]


def _csv(ranked: Sequence[Gap], model: Model) -> str:
    head = ("arrow or box", "share of the doubt it explains", "from", "to", "how we know")
    return csv_text(
        head,
        (
            (
                behind.guess(gap.group, model),
                *(f"{value:.4f}" for value in (gap.influence, gap.low, gap.high)),
                gap.grade,
            )
            for gap in ranked
        ),
    )
