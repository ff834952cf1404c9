"""What would help from here: each thing that we could do within the hours there are, alone and together."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from loops.draw import options as drawn
from loops.draw.options import Bar
from loops.draw.scale import in_versions, years
from loops.journey.ahead import Option
from loops.model import Model
from loops.narrate import in_hours, listed
from loops.ui import look
from loops.ui.partnering.ahead_asking import Ahead
from loops.ui.planning import difference
from loops.ui.text import csv_text, md, table

_CONFIG = {"displayModeBar": False}
_MOST, _HARDLY = 8, 0.05
"""Bars in the chart, and the share of versions in which a thing helps to be among them: the table has all."""
HEAD = ("What we could do", "Hours a month: ours", "theirs", "It would then be", "It helps")
_SAME = "about the same"


def show(ahead: Ahead, found: Sequence[Option]) -> None:
    """The answer as a sentence for the room, the chart, the table, and what cannot be done and why."""
    can = [option for option in found if option.gain]
    verdict, more = answer(ahead, can)
    said = f"{verdict} {more}".rstrip()
    st.html(f'<p class="verdict"><strong>{escape(verdict)}</strong></p>')
    if more:
        st.markdown(md(more))
    if can:
        shown = [option for option in can if option.helps >= _HARDLY][:_MOST] or can[:1]
        st.plotly_chart(
            drawn.figure(
                [bar(ahead.which.model, option) for option in shown],
                look.palette(),
                what=f"“{ahead.label}” after {years(ahead.months)}",
            ),
            key=f"ahead:options:chart:{ahead.which.shelf.key}",
            theme=None,
            config=_CONFIG,
            alt=f"What each thing would add to “{ahead.label}” after {years(ahead.months)}. {said}",
        )
        st.caption(
            "Each is held against nothing new, in the same versions of our assumptions, all begun from here. "
            "The bar holds 8 of 10 versions; the diamond is in the middle."
            f"{_others(len(can) - len(shown))}"
        )
        _table(ahead, can)
    _cannot(ahead.which.model, [option for option in found if not option.gain], at_once=not can)


def _others(count: int) -> str:
    return f" {count} others that fit add less, or hardly anything: they are in the table." if count else ""


def name(model: Model, option: Option) -> str:
    """What is done: one thing or some together, and what it needs."""
    doing = [model.nodes[lever].label for lever in option.doing.levers]
    needs = option.doing.needs
    return " + ".join(doing) + (f" (needs {_quoted(model, needs)})" if needs else "")


def _quoted(model: Model, levers: Sequence[str]) -> str:
    return listed([f"“{model.nodes[lever].label}”" for lever in levers])


def bar(model: Model, option: Option) -> Bar:
    """An option as a bar of the chart; raises :class:`ValueError` for one that cannot be done."""
    if option.gain is None:
        raise ValueError("this cannot be done, so there is nothing to draw")
    gain = option.gain
    return Bar(name(model, option), gain.low, gain.middle, gain.high, _then(option))


def answer(ahead: Ahead, can: Sequence[Option]) -> tuple[str, str]:
    """What would add most, or that nothing would; and by how much, how surely, and for how many hours."""
    after = f"After {years(ahead.months)}"
    if not can:
        return "Nothing that we could do from here fits within these hours and this time.", ""
    best = can[0]
    if _then(best) == _SAME:
        return (
            f"{after} “{ahead.label}” is about the same, whatever of this we do.",
            "Look further ahead, or at what more hours would do.",
        )
    model = ahead.which.model
    labels = _quoted(model, best.doing.levers)
    together = " together" if len(best.doing.levers) > 1 else ""
    if best.doing.needs:
        together += f", with {_quoted(model, best.doing.needs)}, which must be done for it"
    return (
        f"What adds most from here: {labels}{together}.",
        f"{after} “{ahead.label}” is {_then(best)} than if nothing new is done; it helps "
        f"{in_versions(best.helps)}. It takes {_takes(best)}.",
    )


def _then(option: Option) -> str:
    return difference.beside(option.gain.middle, 0.0) if option.gain else ""


def _takes(option: Option) -> str:
    ours, theirs = option.doing.hours_us, option.doing.hours_partner
    if not ours and not theirs:
        return "no hours"
    return f"{in_hours(ours)} a month of ours and {in_hours(theirs)} of theirs"


def _table(ahead: Ahead, can: Sequence[Option]) -> None:
    """Every option as a row, and the figures as a file."""
    model = ahead.which.model
    with st.expander("Table and figures"):
        rows = [
            (
                name(model, option),
                f"{option.doing.hours_us:g}",
                f"{option.doing.hours_partner:g}",
                _then(option),
                in_versions(option.helps),
            )
            for option in can
        ]
        about = f"“{ahead.label}” after {years(ahead.months)}, beside nothing new from the same start"
        st.html(table(HEAD, rows, caption=about, least=40))
        st.download_button(
            "Download what each would add (CSV)",
            data=lambda: _csv(model, can),
            file_name="what-each-would-add-from-our-assumptions.csv",
            mime="text/csv",
            on_click="ignore",
        )


def _csv(model: Model, can: Sequence[Option]) -> str:
    head = ("what", "hours us", "hours partner", "10%", "50%", "90%", "share of versions in which it helps")
    rows = [
        (
            name(model, option),
            f"{option.doing.hours_us:g}",
            f"{option.doing.hours_partner:g}",
            *(f"{end:.4f}" for end in (option.gain.low, option.gain.middle, option.gain.high)),
            f"{option.helps:.4f}",
        )
        for option in can
        if option.gain
    ]
    return csv_text(head, rows)


def _cannot(model: Model, cannot: Sequence[Option], *, at_once: bool) -> None:
    if cannot:
        with st.expander(f"What does not fit, and why: {len(cannot)}", expanded=at_once):
            rows = [(name(model, option), option.why_not) for option in cannot]
            st.html(table(("What", "Why not"), rows, caption="With these hours and in this time"))
