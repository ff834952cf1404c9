"""Another theory of the same system: which is more consistent with what was seen, ours or that one."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from functools import partial

import streamlit as st

from loops.draw import rivalled
from loops.model import Model
from loops.theory.claims import Pairs
from loops.theory.rivalry import NOT_PROVED, Rivalry, compare
from loops.theory.rivals import Rival, Rivals
from loops.ui.asked import asked
from loops.ui.catalogue import Shelf
from loops.ui.choose import one
from loops.ui.exports import Progress
from loops.ui.planning.share import digest
from loops.ui.stressing import rivalfile
from loops.ui.stressing.trying import Test
from loops.ui.text import csv_text, md, table, unique
from loops.worlds import Worlds

_OWN = "+own"
"""No id of a theory in a file begins so."""
_ALL = "All of it together"
_WAYS = {"cut": "is not there", "reverse": "goes the other way", "opposite": "does the opposite"}
_FROM = "What was seen comes with the file of theories here; what people wrote down above is not used."
_HEAD = ("What was seen", "Ours shows it in", "The other in", "More consistent with it")
_SEEN_HEAD = ("What was seen", "Where that is from", "How it is looked for")
_CSV_HEAD = ("what was seen", "versions", "ours", "the other", "apart", "from", "to", "more consistent")


def show(test: Test) -> None:
    """Choose or make another theory, and compare it with ours once somebody asks."""
    shelf = test.shelf
    st.subheader("Another theory of the same system", anchor=False)
    held = rivalfile.held(shelf)
    if held is None:
        return
    rival = _chosen(shelf, held)
    if rival is None:
        st.markdown("There are no arrows in this diagram, so there is nothing to see otherwise.")
        return
    if rival.argument:
        st.markdown(f"*{md(rival.argument)}*")
    st.markdown("\n".join(f"- {md(each)}" for each in rivalled.changes(rival, shelf.model)))
    got = asked(
        "Compare it with ours",
        key=f"rivals:{shelf.key}",
        of=_about(test, held, rival),
        make=partial(_compare, test, held, rival),
    )
    if got is None:
        st.caption(
            f"Both are tried in {test.versions:,} versions of our assumptions, the same guess for what they "
            f"share, and held against {_things(len(held.patterns))} seen. {_FROM} It takes some seconds."
        )
        return
    _tell(got, held, shelf)


def _chosen(shelf: Shelf, held: Rivals) -> Rival | None:
    """The theory that is chosen, or the one that is made here; None where there is no arrow to change."""
    titles = unique({rival.id: rival.title for rival in held.rivals} | {_OWN: "One of our own"})
    which = one("Which other theory", titles, f"stressing:rival:{shelf.key}")
    return next((rival for rival in held.rivals if rival.id == which), None) or _own(shelf)


def _own(shelf: Shelf) -> Rival | None:
    """A theory in which one arrow is otherwise."""
    model = shelf.model
    if not model.links:
        return None
    arrows = _arrows(model)
    arrow, way = st.columns([2, 1], vertical_alignment="bottom")
    with arrow:
        picked = one("The arrow that we see otherwise", arrows, f"stressing:rival:arrow:{shelf.key}")
    source, target = picked.split(" ")
    with way:
        how = one("How we see it", _ways(model, source), f"stressing:rival:way:{shelf.key}")
    pairs: Pairs = ((source, target),)
    return Rival(id="own", title="The other theory", **{how: pairs})


def _arrows(model: Model) -> dict[str, str]:
    """The arrows by the ids of their two ends."""
    label = {node.id: node.short or node.label for node in model.nodes.values()}
    names = {
        f"{link.source} {link.target}": f"{label[link.source]} → {label[link.target]}" for link in model.links
    }
    return unique(names)


def _ways(model: Model, source: str) -> dict[str, str]:
    """What an arrow can be instead: nothing acts on a lever or a circumstance, so theirs are not turned."""
    acted_on = any(node.id == source for node in model.variables)
    return {way: words for way, words in _WAYS.items() if acted_on or way != "reverse"}


def _about(test: Test, held: Rivals, rival: Rival) -> str:
    """What is the same only where the answer is."""
    shelf = test.shelf
    runs = [pattern.run.of(shelf.model, shelf.by_id) for pattern in held.patterns]
    what = (digest(shelf.model), rival, held.patterns, runs, test.versions, test.seed)
    return hashlib.sha256(repr(what).encode()).hexdigest()


def _compare(test: Test, held: Rivals, rival: Rival, progress: Progress) -> Rivalry:
    """Both theories, in the same versions."""
    shelf = test.shelf
    theories = [shelf.model, rival.of(shelf.model)]
    found = compare(
        held.patterns,
        shelf.by_id,
        worlds=Worlds.of(theories, width="middle", seed=test.seed),
        count=test.versions,
        progress=lambda share, words: progress(share, f"Both theories are tried: {share:.0%} is done"),
    )
    return replace(found, theories=(rivalled.OURS, rival.title))


def _tell(got: Rivalry, held: Rivals, shelf: Shelf) -> None:
    """The answer as a sentence and a table, where each thing that was seen is from, and all as CSV."""
    if got.stopped:
        st.warning(md(f"Not everything was tried: {got.stopped}."))
    st.markdown(f"**{md(got.sentence())}** {md(NOT_PROVED)}")
    rows = [
        (
            name,
            _of_100(got.share(0, place).value),
            _of_100(got.share(1, place).value),
            _ahead(got, place),
        )
        for name, place in _questions(held)
    ]
    st.html(table(_HEAD, rows, caption=f"In {got.done:,} versions of our assumptions", least=32))
    st.caption(md(f"{_FROM} {rivalled.START}"))
    with st.expander("Where that is from, and how it is looked for"):
        st.html(table(_SEEN_HEAD, _seen(held, shelf), caption="What was seen", least=44))
    st.download_button(
        "Download the comparison as a table (CSV)",
        data=lambda: csv_text(_CSV_HEAD, _csv(got, held)),
        file_name="two-theories-from-our-assumptions.csv",
        mime="text/csv",
        on_click="ignore",
        key="stressing:rivals:csv",
    )


def _questions(held: Rivals) -> list[tuple[str, int | None]]:
    """Everything that was seen and all of it together: its words and its place."""
    return [*((pattern.sentence, place) for place, pattern in enumerate(held.patterns)), (_ALL, None)]


def _of_100(share: float) -> str:
    """In how many versions; what is not all or none is never rounded to that."""
    if share in (0, 1):
        return "all" if share else "none"
    near = round(100 * share)
    return {0: "hardly any", 100: "nearly all"}.get(near, f"{near} of 100")


def _ahead(got: Rivalry, place: int | None) -> str:
    """Which is more consistent, and by how much."""
    ahead, apart = got.ahead(0, 1, place), got.difference(0, 1, place)
    if ahead is None:
        return "cannot be told apart"
    low, high = sorted(abs(100 * end) for end in (apart.low, apart.high))
    which = ("ours", "the other")[ahead]
    if low < 0.5:
        return f"{which}, by less than 1 in 100"
    span = f"{low:.0f} to {high:.0f}" if round(low) < round(high) else f"about {low:.0f}"
    return f"{which}, by {span} in 100"


def _seen(held: Rivals, shelf: Shelf) -> Iterator[tuple[str, str, str]]:
    for each in held.patterns:
        looked = rivalled.seen(each, shelf.model, shelf.by_id)
        yield each.sentence, each.seen or "Nobody has said.", looked


def _csv(got: Rivalry, held: Rivals) -> Iterator[list[str]]:
    for name, place in _questions(held):
        apart = got.difference(0, 1, place)
        shares = (got.share(0, place).value, got.share(1, place).value)
        figures = [f"{value:.4f}" for value in (*shares, apart.value, apart.low, apart.high)]
        yield [name, str(got.done), *figures, _ahead(got, place)]


def _things(many: int) -> str:
    return "1 thing that was" if many == 1 else f"{many} things that were"
