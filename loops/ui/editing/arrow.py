"""The card of an arrow, as a form: what it does, how strong, how late, and how we know."""

from __future__ import annotations

from typing import Any, get_args

import streamlit as st

from loops.draw.layout import link_keys
from loops.editing.changes import Remove, Set
from loops.editing.pieces import SIGNS, part_name
from loops.editing.strengths import meaning
from loops.model import LONGEST_DELAY, Link, Model
from loops.parts import Polarity
from loops.ui.components.canvas import Picked
from loops.ui.editing import drafts, form, knowing, picking
from loops.ui.editing.drafts import Draft
from loops.ui.reading import arrow_words
from loops.ui.reading.card import SIGNED
from loops.ui.text import md

FLIPPED: dict[Polarity, Polarity] = {"+": "-", "-": "+", "?": "+"}
_USUAL_MASS = 0.5


def show(draft: Draft, key: str) -> None:
    """Draw the form of an arrow."""
    model, part = draft.model, f"link:{key}"
    link = link_keys(model)[key]
    st.subheader(md(arrow_words.sentence(model, link)), anchor=False)
    place = form.place(part, link)
    flip(draft, key)
    sign = _sign(link, f"{place}:sign")
    values = {"polarity": sign, **_strength(link, sign, place), **_lateness(link, place)}
    values |= _mass(model, link, place)
    values |= knowing.fields(link, model.sources, place)
    _further(link, values, place)
    form.keep(draft, form.asked(model, part, link, values), place)
    st.button(
        "Remove this arrow",
        key=f"change:remove:{key}",
        on_click=drafts.do,
        args=(draft.key, f"{part_name(model, part)} is removed", Remove(part)),
    )
    _ends(model, link)


def flip(draft: Draft, key: str) -> None:
    """The button that gives an arrow the other sign at once."""
    st.button("Flip the sign", key=f"change:flip:{key}", on_click=flipped, args=(draft.key, draft.model, key))


def flipped(draft: str, model: Model, key: str) -> None:
    """Give an arrow the other sign; one that is not known becomes +."""
    part = f"link:{key}"
    sign = FLIPPED[link_keys(model)[key].polarity]
    says = f"{part_name(model, part)}: {SIGNS[sign]}"
    drafts.do(draft, says, Set(part, (("polarity", sign),)))


def _sign(link: Link, key: str) -> Polarity:
    sign: Polarity | None = st.segmented_control(
        "Sign",
        get_args(Polarity),
        default=link.polarity,
        format_func=lambda one: md(f"{SIGNS[one]} {SIGNED[one]}"),
        required=True,
        key=key,
    )
    return sign or link.polarity


def _strength(link: Link, sign: str, place: str) -> dict[str, Any]:
    rate = form.strength("How strong", link.strength, f"{place}:strength")
    words = meaning(rate, sign)
    st.caption(md(f"{words[0].upper()}{words[1:]}."))
    return {"strength": rate}


def _lateness(link: Link, place: str) -> dict[str, Any]:
    months = st.number_input(
        "How late it is felt, in months (0: at once)",
        0.0,
        float(LONGEST_DELAY),
        link.delay,
        step=0.5,
        format="%g",
        key=f"{place}:delay",
    )
    return {"delay": float(months)}


def _mass(model: Model, link: Link, place: str) -> dict[str, Any]:
    source = model.nodes[link.source].label
    wanted = st.toggle(
        "It needs a critical mass",
        link.threshold is not None,
        key=f"{place}:mass",
        help="It hardly acts until enough is there at its tail, and then acts strongly.",
    )
    if not wanted:
        return {"threshold": None}
    usual = _USUAL_MASS if link.threshold is None else link.threshold
    label = f"About half of its effect is there when “{md(source)}” is"
    return {"threshold": form.level(label, usual, f"{place}:at", among=(1, 19))}


def _further(link: Link, values: dict[str, Any], place: str) -> None:
    """How we know how late it is and its critical mass: folded, for few will ask."""
    asked = {"delay_evidence": "How we know how late it is"} if values["delay"] else {}
    if values["threshold"] is not None:
        asked["threshold_evidence"] = "How we know its critical mass"
    if asked:
        with st.expander("How we know the rest"):
            for field, label in asked.items():
                values[field] = knowing.grade(label, getattr(link, field), f"{place}:{field}")


def _ends(model: Model, link: Link) -> None:
    st.markdown("**The boxes at its ends**")
    for name in dict.fromkeys((link.source, link.target)):
        st.button(
            md(model.nodes[name].label),
            key=f"change:end:{name}",
            type="tertiary",
            on_click=picking.pick,
            args=(Picked("node", name),),
        )
