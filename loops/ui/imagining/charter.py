"""The charter to take away: the list by where it acts, what was promised, and room for signatures."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from loops.draw.document import charter
from loops.draw.document.charter import Charter
from loops.store.records import Commitment
from loops.ui.backcasting import telling
from loops.ui.imagining.sitting import Sitting
from loops.ui.room.takeaway import WORD, today
from loops.wishes.listed import by_lever

_REST = "That is for what has its months beside it above. The rest of the list is not in this plan."


def show(sitting: Sitting, made: Sequence[Commitment]) -> None:
    """The files, and whether names are in them."""
    st.subheader("The charter", anchor=False)
    names = st.checkbox("Put people’s names on it", key="charter_names", persist_state="session")
    whole = of(sitting, made)
    with st.container(horizontal=True):
        st.download_button(
            "Print it (PDF)",
            data=lambda: charter.pdf(whole, names=names),
            file_name="charter.pdf",
            mime="application/pdf",
            on_click="ignore",
            type="primary",
        )
        st.download_button(
            "Word",
            data=lambda: charter.word(whole, names=names),
            file_name="charter.docx",
            mime=WORD,
            on_click="ignore",
        )
    st.caption(
        "It holds your list by where it acts, the plan that was looked at last on “Work back from the goal”, "
        "your promises, and lines to sign on."
    )


def of(sitting: Sitting, made: Sequence[Commitment]) -> Charter:
    """The charter of a sitting as it stands; raises :class:`loops.store.StoreProblem`."""
    plan, items = telling.of(sitting.shelf), [one for one in sitting.items() if one.chosen]
    when = {one.id: "" for one in items}
    for name, same in by_lever(sitting.model, items).items():
        if name in plan.when:  # what is one thing in the model is done and paid for once
            first, *more = same
            when |= {first.id: plan.when[name], **{one.id: f"with “{first.label}”" for one in more}}
    rest = plan.when and not all(when.values())
    return Charter(
        title=f"Our charter: {sitting.utopia.title}" if sitting.utopia.title else "Our charter",
        setting=sitting.utopia.setting,
        vision=sitting.model.vision,
        date=today(),
        items=tuple(charter.Item(one.label, one.at, one.on, when[one.id], one.owner) for one in items),
        plan=(*plan.says, *([_REST] if rest else [])),
        commitments=tuple(charter.Commitment(one.what, one.who, one.by_when) for one in made),
    )
