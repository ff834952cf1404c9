"""What the forms share: fields that begin from the model as it is, and one button that keeps them.

A field is named by what the model says of its part. When that changes, by whatever means, the fields begin
again from it; and what was typed stays while something else is changed.
"""

from __future__ import annotations

import math
import zlib
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import streamlit as st

from loops.draw.scale import STEP, in_words
from loops.editing.changes import Change, Set, apply
from loops.editing.pieces import part_name
from loops.editing.strengths import NUMBERS, WORDS, Word, rate_of, word_of
from loops.editing.words import FIELDS
from loops.model import Model
from loops.narrate import years
from loops.parts import Part
from loops.ui.editing import drafts
from loops.ui.editing.drafts import Draft
from loops.ui.text import listed, md

Step = tuple[str, tuple[Change, ...]]
"""What a step says, and its changes."""
OTHER = "another number"
LABEL, TEXT = 200, 4_000
"""Characters of a name, and of a text."""
_LONG = 600
"""Months beyond which nobody would wait."""
_PACE = {"weak": "slowly", "moderate": "steadily", "strong": "quickly"}


def place(part: str, of: Part, *, but: Collection[str] = ("position", "bend")) -> str:
    """How the keys of the fields of a part begin, as long as the model says the same of it."""
    return f"change:{part}:{zlib.crc32(of.model_dump_json(exclude=set(but)).encode()):08x}"


def line(label: str, value: str | None, key: str, **how: Any) -> str:
    """A field for a name or a few words."""
    return str(st.text_input(label, value or "", key=key, max_chars=LABEL, **how)).strip()


def lines(label: str, value: str | None, key: str, *, height: int = 80, **how: Any) -> str:
    """A field for sentences."""
    return str(st.text_area(label, value or "", key=key, max_chars=TEXT, height=height, **how)).strip()


def level(label: str, value: float, key: str, *, among: tuple[int, int] = (0, 20)) -> float:
    """A level in words with its figure, in steps of a twentieth; what the model says stays to choose."""
    steps = [round(step * STEP, 2) for step in range(among[0], among[1] + 1)]
    choices = sorted([value, *(one for one in steps if abs(one - value) > 0.005)])
    return float(st.select_slider(label, choices, value, format_func=level_words, key=key))


def level_words(value: float) -> str:
    """A level in words with its figure.

    >>> level_words(0.5), level_words(0.0137)
    ('partly (0.50)', 'not yet (0.01)')
    """
    return f"{in_words(value)} ({value:.2f})"


def strength(label: str, value: float, key: str) -> float:
    """A strength a month, as one of three words or as another number; each word says its number."""
    words = {word: f"{word} ({rate_of(word, value):g} a month)" for word in WORDS} | {OTHER: OTHER}
    chosen = st.selectbox(label, list(words), WORDS.index(word_of(value)), words.__getitem__, key=key)
    return rate_of(chosen, value) if chosen in WORDS else _number(value, key)


def pace(label: str, value: float, key: str, what: str) -> float:
    """How fast a box wins or loses by itself, in words of time; `what` is won or lost."""
    words = {"none": "not at all"}
    for word in WORDS:
        words[word] = f"{_PACE[word]}: half of {what} in {_half(_rate(word, value))}"
    words[OTHER] = OTHER
    now = list(words).index(word_of(value)) if value else 0
    chosen = st.selectbox(label, list(words), now, words.__getitem__, key=key)
    if chosen == OTHER:
        rate = _number(value, key)
        st.caption(f"Half of {what} in {_half(rate)}." if rate else "Not at all.")
        return rate
    return _rate(chosen, value) if chosen in WORDS else 0.0


def _rate(word: Word, now: float) -> float:
    return rate_of(word, now) if now else NUMBERS[word]


def _half(rate: float) -> str:
    months = math.log(2) / rate
    return "more than 50 years" if months > _LONG else f"about {years(months)}"


def _number(value: float, key: str) -> float:
    field = f"{key}:number"
    return float(st.number_input("A month (0 to 2)", 0.0, 2.0, value, step=0.005, format="%.4g", key=field))


def asked(model: Model, part: str, of: Part, values: Mapping[str, Any]) -> Step:
    """What a form asks for, of a part that now is `of`: no changes where nothing differs."""
    new = {name: value for name, value in values.items() if value != getattr(of, name)}
    return told(model, part, new), (Set(part, tuple(new.items())),) if new else ()


def told(model: Model, part: str, values: Mapping[str, Any]) -> str:
    """What a step says that gives some fields of a part other values."""
    named = [f"{FIELDS[name]} “{values[name]}”" for name in ("label", "name") if name in values]
    rest = [FIELDS[name] for name in values if name not in ("label", "name")]
    return f"{part_name(model, part)}: {listed([*named, *rest])}"


def keep(draft: Draft, step: Step, key: str) -> None:
    """The button that keeps what is in a form; what stands in its way is said before it is pressed."""
    says, changes = step
    if changes and (why := why_not(draft.model, changes)):
        st.warning(md(f"Not yet: {why}."))
        changes = ()
    with st.container(key=f"keep-these:{key}"):  # a card and the title of the diagram can both be open
        if changes:
            st.caption("Not kept yet: it is lost if you go elsewhere.")
        st.button(
            "Keep these changes",
            key=f"{key}:keep",
            type="primary",
            on_click=drafts.do,
            args=(draft.key, says, *changes),
            disabled=not changes,
            width="stretch",
        )


def why_not(model: Model, changes: Sequence[Change]) -> str:
    """Why some changes cannot be made, in one sentence; nothing if they can."""
    try:
        for change in changes:
            model = apply(model, change)
    except ValueError as problem:
        return str(problem)
    return ""
