"""What is asked: a sentence with blanks, of which box, how far, by when, still there, and within what."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from loops.draw.scale import SCALE, in_words, years
from loops.model import Model
from loops.narrate import in_hours
from loops.spread import Width
from loops.ui import catalogue
from loops.ui.catalogue import Shelf
from loops.ui.choose import one
from loops.ui.planning.share import digest
from loops.ui.stressing.words import GUESSES
from loops.ui.text import unique
from loops.utopia.target import Limits, Target

HOW_FAR = {f"{round(1000 * (middle - 0.125))}": word for middle, word in SCALE[1:]}
"""Each word by the level from which on it is said, in thousandths."""
_BY = (12, 24, 36, 48, 60, 84, 120)
_KEEP = (0, 12, 24, 36, 60, 120)
_FIVE_YEARS, _PARTLY = 60, "375"
_LARGEST_SEED = 2**31 - 1
_MOST_HOURS, _MOST_POUNDS = 100_000.0, 100_000_000.0


@dataclass(frozen=True)
class Goal:
    """One open model, what is to be reached in it, within what, and which versions are tried."""

    shelf: Shelf
    target: Target
    limits: Limits
    seed: int
    width: Width

    @property
    def label(self) -> str:
        """The name of the box that is to grow, in short."""
        node = self.shelf.model.nodes[self.target.variable]
        return node.short or node.label

    @property
    def name(self) -> str:
        """What is the same only where the answer is."""
        asked = (digest(self.shelf.model), self.target, self.limits, self.seed, self.width)
        return hashlib.sha256(repr(asked).encode()).hexdigest()


def hand_over(shelf: Shelf, items: Sequence[str]) -> None:
    """From another page: this model is open, and only these of its levers may be used."""
    st.session_state[catalogue.CHOSEN] = shelf.key
    left_out = [lever.id for lever in shelf.model.levers if lever.id not in items]
    st.session_state[_key(shelf, "without")] = left_out


def ask(shelf: Shelf) -> Goal:
    """Show the sentence with its blanks, and what else can be asked in a fold."""
    with st.container(
        horizontal=True, vertical_alignment="center", gap="small", key="goal_sentence", width="stretch"
    ):
        target = _target(shelf)
        _words("with at most")
        hours = _number(shelf, "hours", "Hours a month", _usual(shelf.model))
        _words("hours a month, ours and the partner’s together.")
    with st.expander("Money, what we will not do, and which versions are tried"):
        left, right = st.columns(2, gap="large")
        with left:
            money = _money(shelf)
            items = _items(shelf)
        with right:
            width, seed = _versions(shelf)
    if items is not None:
        st.caption(f"A plan may use {len(items)} of the {len(shelf.model.levers)} things that could be done.")
    return Goal(shelf, target, Limits(budget=hours, money=money, items=items), seed, width)


def _target(shelf: Shelf) -> Target:
    """Which box, how far, by when, and how long it is still to be there."""
    model, last = shelf.model, shelf.model.horizon
    labels = unique({variable.id: variable.label for variable in model.variables})
    _words("We want")
    variable = _blank(shelf, "What we want", "box", labels, model.headlines[-1])
    _words("to be at least")
    level = _blank(shelf, "How far", "far", HOW_FAR, _PARTLY)
    _words("there within")
    by = {f"{month}": years(month) for month in _BY if month < last} or {f"{last}": years(last)}
    month = int(_blank(shelf, "By when", "by", by, _nearest(by, _FIVE_YEARS)))
    _words("and")
    keep = {f"{more}": f"still {years(more)}" if more else "whatever comes" for more in _KEEP}
    kept = {more: words for more, words in keep.items() if month + int(more) <= last}
    still = int(_blank(shelf, "Still there", "keep", kept, _nearest(kept, _FIVE_YEARS)))
    _words("after we stop,")
    return Target(variable=variable, level=int(level) / 1000, by=month, keep=still)


def _nearest(options: dict[str, str], months: int) -> str:
    return min(options, key=lambda month: abs(int(month) - months))


def _words(said: str) -> None:
    st.markdown(said, width="content")


def _blank(shelf: Shelf, label: str, name: str, options: dict[str, str], first: str) -> str:
    """A choice in the middle of the sentence, as wide as its longest words need."""
    key = _key(shelf, name)
    if st.session_state.get(key) not in options:
        st.session_state[key] = first
    longest = max(map(len, options.values()))
    return str(
        st.selectbox(
            label,
            list(options),
            format_func=options.__getitem__,
            key=key,
            persist_state="session",
            label_visibility="collapsed",
            width=min(60 + 9 * longest, 330),
        )
    )


def _usual(model: Model) -> float | None:
    """Half of what everything at once would take, to the next five hours: so one must choose."""
    every = sum(lever.hours_us + lever.hours_partner for lever in model.levers)
    return max(5.0 * round(every / 10), 5.0) if every else None


def _number(shelf: Shelf, name: str, label: str, first: float | None) -> float | None:
    key = _key(shelf, name)
    st.session_state.setdefault(key, first)
    found = st.number_input(
        label,
        0.0,
        _MOST_HOURS,
        None,
        step=1.0,
        format="%g",
        key=key,
        persist_state="session",
        label_visibility="collapsed",
        placeholder="any number of",
        width=150,
    )
    return None if found is None else float(found)


def _money(shelf: Shelf) -> float | None:
    found = st.number_input(
        "Pounds in all",
        0.0,
        _MOST_POUNDS,
        None,
        step=100.0,
        format="%g",
        key=_key(shelf, "money"),
        persist_state="session",
        placeholder="no limit",
    )
    return None if found is None else float(found)


def _items(shelf: Shelf) -> tuple[str, ...] | None:
    """The levers that may be used; None where all of them may."""
    labels = unique({lever.id: lever.label for lever in shelf.model.levers})
    key = _key(shelf, "without")
    st.session_state[key] = [name for name in st.session_state.get(key, ()) if name in labels]
    without = st.multiselect(
        "What we cannot or will not do",
        list(labels),
        format_func=labels.__getitem__,
        key=key,
        persist_state="session",
        placeholder="Everything may be used",
    )
    return tuple(name for name in labels if name not in without) if without else None


def _versions(shelf: Shelf) -> tuple[Width, int]:
    """How far off our guesses may be, and the seed."""
    widths: dict[str, Width] = {words: width for width, words in GUESSES.items()}
    chosen = one(
        "Our guesses may be", {words: words for words in widths}, _key(shelf, "width"), GUESSES["middle"]
    )
    seed = st.number_input(
        "Seed",
        0,
        _LARGEST_SEED,
        1,
        key=_key(shelf, "seed"),
        persist_state="session",
        help="Which versions are tried. Whoever asks the same with the same seed gets the same plans.",
    )
    return widths[chosen], int(seed)


def _key(shelf: Shelf, name: str) -> str:
    return f"goal:{name}:{shelf.key}"


def called(goal: Goal) -> str:
    """What a plan for it is called."""
    target = goal.target
    hours = f", {in_hours(goal.limits.budget)} a month" if goal.limits.budget is not None else ""
    return f"{goal.label}: {in_words(target.level)} there within {years(target.by)}{hours}"[:200]
