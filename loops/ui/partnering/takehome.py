"""Where they are as a page to take away, as Word and PDF: with names only when ticked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

import streamlit as st

from loops.draw import overtime
from loops.draw.diagram import View
from loops.draw.document import partner
from loops.draw.document.partner import Lack, Page
from loops.draw.palette import LIGHT
from loops.draw.rated import rated_diagram
from loops.journey.missing import Group
from loops.journey.standing import Standing, changes
from loops.journey.telling import missing_sentence, named, trails, way_to
from loops.narrate import on_day
from loops.partners import SAID
from loops.ui.partnering import since, timeline
from loops.ui.partnering.opened import Opened
from loops.ui.partnering.picture import first_gaps, on_the_way
from loops.ui.room.takeaway import WORD

_MOST = 20
"""Boxes of one word that are named."""
_SAID = {"don't know": "Nobody knows yet"}


def show(which: Opened, standing: Standing, missing: Sequence[Group]) -> None:
    """Draw the part: whether names are on it, and the files."""
    st.subheader("Take it away", anchor=False)
    names = st.checkbox(
        "With names: what they are called, and who did what", key=which.key("take_names"), value=False
    )
    with st.container(horizontal=True):
        st.download_button(
            "Print it (PDF)",
            data=lambda: partner.pdf(page(which, standing, missing, names=names)),
            file_name="where_they_are.pdf",
            mime="application/pdf",
            on_click="ignore",
        )
        st.download_button(
            "Word",
            data=lambda: partner.word(page(which, standing, missing, names=names)),
            file_name="where_they_are.docx",
            mime=WORD,
            on_click="ignore",
        )
    st.caption("One page: what is missing, the picture, what changed since the time before, what was done.")


def page(which: Opened, standing: Standing, missing: Sequence[Group], *, names: bool) -> Page:
    """What the page holds; raises :class:`loops.store.StoreProblem`."""
    model, every = which.model, [each for group in missing for each in group]
    few = {*model.core, *model.headlines, *on_the_way(every)}
    view = View(shown=[name for name in model.nodes if name in few], short=True)
    about = (which.profile.setting, which.profile.workstream, model.title, on_day(date.today()))
    sentence, changed = _changes(which)
    return Page(
        called=which.profile.name if names else which.partner.alias,
        about=" · ".join(part for part in about if part),
        picture=rated_diagram(model, standing, LIGHT, view, also=first_gaps(every)),
        stands=tuple(_stands(which, standing)),
        lacks=tuple(
            Lack(
                way_to(model, group),
                missing_sentence(model, group[0]),
                tuple(trails(model, group)),
                model.nodes[first.box].prompts if (first := group[0].first) else (),
            )
            for group in missing
        ),
        since=sentence,
        changed=changed,
        done=tuple(_done(which, names=names)),
    )


def _stands(which: Opened, standing: Standing) -> Iterator[str]:
    """For each word the boxes it is said of, what is furthest first."""
    for word in (*SAID[3::-1], *SAID[4:]):
        boxes = [named(which.model, name) for name, rated in standing.boxes.items() if rated.word == word]
        if boxes:
            more = f" and {len(boxes) - _MOST} more" if len(boxes) > _MOST else ""
            yield f"{_SAID.get(word, word.capitalize())}: {', '.join(boxes[:_MOST])}{more}."


def _changes(which: Opened) -> tuple[str, tuple[str, ...]]:
    """What went which way since the time before the last: in a sentence, and one by one."""
    days = sorted({mark.day for mark in which.history.marks})
    if len(days) < 2:
        return "", ()
    found = since.ordered(changes(which.model, which.history.marks, since=days[-2]))
    turned = since.rows(which.model, [each for each in found if each.was not in {None, each.now}])
    told = (f"{what} {way}: from {was} to {now} ({who})." for what, way, was, now, who, *_ in turned)
    return since.sentence(found, days[-2]), tuple(told)


def _done(which: Opened, *, names: bool) -> Iterator[str]:
    """What was done and decided, the latest first."""
    decided = timeline.decisions(which)
    _, last = timeline.span(which.history, decided)
    told = [(deed.day, overtime.of_deed(which.model, deed, last), deed.who) for deed in which.history.deeds]
    told += [
        (one.made_at.date(), overtime.of_decision(one.what, one.made_at.date()), one.who) for one in decided
    ]
    told.sort(key=lambda one: one[0], reverse=True)
    for _, strip, who in told:
        yield f"{strip.title}: {strip.says}{f', {who}' if names and who else ''}."
