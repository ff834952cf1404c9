"""Histories of any content, in the words of the shipped model."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from loops import library
from loops.files import read_model
from loops.partners import KINDS, SAID, Deed, History, Mark, Profile

MODEL = read_model(library.shipped_models()["common_purpose"])
BOXES = st.sampled_from([node.id for node in (*MODEL.variables, *MODEL.contexts)])
DAYS = st.dates(date(2020, 1, 1), date(2026, 11, 1))
_ANY = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)
WORDS = (_ANY | st.sampled_from(["=1+1", "'=1", '"""', "a\\b", "a,b;c", "é\x7f\x01"])).map(str.strip)
NAMES = WORDS.filter(bool)
HOURS = st.floats(0, 10_000)
MARKS = st.builds(Mark, BOXES, st.sampled_from(SAID), DAYS, role=WORDS, reason=WORDS, who=WORDS)
LEVERS = st.sampled_from(["", *(lever.id for lever in MODEL.levers)])
LATER = st.none() | st.dates(date(2026, 11, 2), date(2026, 11, 20))
DEEDS = st.builds(Deed, NAMES, DAYS, until=LATER, lever=LEVERS, who=WORDS)
PROFILES = st.builds(
    Profile,
    NAMES,
    alias=WORDS,
    kind=st.sampled_from(KINDS),
    setting=WORDS,
    workstream=WORDS,
    roles=st.lists(NAMES, max_size=3).map(tuple),
    hours_us=HOURS,
    hours_partner=HOURS,
)


def by_day(things: list[Mark] | list[Deed]) -> tuple[Mark | Deed, ...]:
    return tuple(sorted(things, key=lambda one: one.day))


HISTORIES = st.builds(
    History,
    PROFILES,
    st.just(MODEL.id),
    st.lists(MARKS, max_size=4).map(by_day),
    st.lists(DEEDS, max_size=3).map(by_day),
)
