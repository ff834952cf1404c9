"""All that was seen of a model's boxes, arrows and sentences in the open space: listed, and added to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import streamlit as st

from loops.draw.seen import BESIDE, counted, not_here, titles
from loops.model import Model
from loops.store.observations import observations_of
from loops.store.records import Observation, Workspace
from loops.theory.claims import Claim
from loops.ui import workspace
from loops.ui.choose import one
from loops.ui.stressing import changing, seen, tabled
from loops.ui.text import unique

_ON_SHOW = 40
_KINDS = {"claim:": "What we think happens", "node:": "Boxes", "link:": "Arrows"}
_ONE = {"claim:": "Something we think happens", "node:": "A box", "link:": "An arrow"}


def show(model: Model, claims: Sequence[Claim]) -> None:
    """The section: what was seen of what, the newest first, and the ways to write down more."""
    st.subheader("What was seen", anchor=False)
    space = workspace.current()
    if space is None:
        st.markdown(seen.NO_SPACE)
        return
    with workspace.telling():
        found = observations_of(workspace.store(), space.token, model=model.id)
        named = titles(model, claims)
        if found:
            shown = _list(model, found, named)
        else:
            st.markdown("Nothing has been written down about this model yet.")
            shown = ()
        add = st.expander("Write down what was seen", key="ledger:add", on_change="rerun")
        if add.open:
            with add:
                _add(space, model, named)
        changing.show(space, model, shown)
        files = st.expander("Take in a table (CSV), or save one", key="ledger:table", on_change="rerun")
        if files.open:
            with files:
                tabled.show(space, model, found, named)


def _list(model: Model, found: Sequence[Observation], named: Mapping[str, str]) -> Sequence[Observation]:
    """The observations about what is chosen, counted and as a table; returns them, the newest first."""
    about = one("About", _choices(found, named), f"ledger:about:{model.id}")
    shown = [each for each in reversed(found) if _is(each, about)]
    lead = f"Of {len(shown):,} things seen, by what each is about" if len(shown) > 1 else "Of what was seen"
    st.markdown(f"{lead}: {counted(each.seen for each in shown)}. {BESIDE}")
    seen.listing(shown[:_ON_SHOW], named)
    if len(shown) > _ON_SHOW:
        st.caption(f"These are the newest {_ON_SHOW} of {len(shown):,}. All of them are in the table (CSV).")
    return shown


def _choices(found: Sequence[Observation], named: Mapping[str, str]) -> dict[str, str]:
    """Everything, each kind of thing, and each thing that something was seen of, with how often."""
    kinds = {kind: sum(_is(each, kind) for each in found) for kind in _KINDS}
    things = Counter(each.element for each in found)
    order = [*(name for name in named if name in things), *(name for name in things if name not in named)]
    return unique(
        {"": f"Everything ({len(found):,})"}
        | {kind: f"{_KINDS[kind]} ({many:,})" for kind, many in kinds.items() if many}
        | {name: f"{named.get(name) or not_here(name)} ({things[name]:,})" for name in order}
    )


def _is(found: Observation, about: str) -> bool:
    """Whether it is about what is chosen: everything, a kind of thing, or one thing."""
    kind = not about or about in _KINDS
    return found.element.startswith(about) if kind else found.element == about


def _add(space: Workspace, model: Model, named: Mapping[str, str]) -> None:
    """Choose what it is about, and write it down."""
    kinds = [kind for kind in _ONE if any(name.startswith(kind) for name in named)]
    kind = st.segmented_control(
        "What it is about",
        kinds,
        default=kinds[0],
        format_func=_ONE.__getitem__,
        required=True,
        key=f"ledger:kind:{model.id}",
    )
    some = unique({name: words for name, words in named.items() if name.startswith(kind or kinds[0])})
    about = one("Which one", some, f"ledger:which:{model.id}:{kind}")
    seen.form(space, model, about, "ledger")
