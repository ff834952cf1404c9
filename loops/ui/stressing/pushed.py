"""If one thing is pushed for good: which way every box goes in how many versions, and by signs alone."""

from __future__ import annotations

from functools import partial
from itertools import product

import streamlit as st

from loops.draw import pressed
from loops.draw.diagram import draw
from loops.draw.layout import place
from loops.model import Model
from loops.theory.community import arrows_of, community
from loops.theory.press import Presses, press
from loops.theory.told import in_ten
from loops.ui import look
from loops.ui.asked import asked
from loops.ui.choose import one
from loops.ui.components import canvas
from loops.ui.exports import Progress
from loops.ui.keeping.choosing import Question
from loops.ui.planning.share import digest, run_key
from loops.ui.reading import reveal
from loops.ui.text import csv_text, md, table, unique
from loops.worlds import Worlds

_HEAD = ("Box", "It ends", "Higher", "Lower", "The same")
_READ = (
    "With an arrowhead up a box ends higher in at least 9 of 10 versions, with an arrowhead down lower; it "
    "is paler where some versions leave it the same. “Either”: one way or the other."
)
_MOST_DRAWN = 60
"""Boxes; of a larger diagram only the table is shown."""
_CSV_HEAD = ("pushed", "box", "it ends", "higher", "lower", "the same", "versions used", "versions tried")


def show(question: Question, seed: int) -> None:
    """What is pushed and what that does: in versions of our assumptions, and behind a fold by signs alone."""
    shelf, model = question.shelf, question.shelf.model
    st.subheader("If one thing is pushed for good", anchor=False)
    push = one("What is pushed", _pushes(model), f"stressing:push:{shelf.key}")
    unsigned = pressed.unsigned(model)
    st.caption(md(f"{pressed.PUSHED} {unsigned}"))
    _numbers(question, push, seed)
    more = st.expander("What the signs alone say", key=f"stressing:signs:{shelf.key}", on_change="rerun")
    if more.open:
        with more:
            st.markdown(md(f"{pressed.SIGNS} {unsigned}"))
            _signs(question, push, seed)


def _pushes(model: Model) -> dict[str, str]:
    """Everything that can be pushed, by id, with what it is."""
    kinds = {"lever": model.levers, "circumstance": model.contexts, "box": model.variables}
    return unique({node.id: f"{node.label} ({kind})" for kind, nodes in kinds.items() for node in nodes})


def _numbers(question: Question, push: str, seed: int) -> None:
    """What the push does in versions of our assumptions, once somebody has asked."""
    got = asked(
        "Push it",
        key=f"pushed:{question.shelf.key}",
        of=f"{run_key(question.shelf.model, question.plan)} {seed}",
        make=partial(_press, question, seed),
    )
    if got is None:
        st.caption(
            f"Where everything has come to rest after “{md(question.plan.title)}”, each thing is pushed by "
            "itself. It takes some seconds."
        )
        return
    st.markdown(md(f"Pushed once all was at rest after “{question.plan.title}”. {pressed.counted(got)}"))
    _tell(got, question, push, "numbers")


def _press(question: Question, seed: int, progress: Progress) -> Presses:
    model = question.shelf.model
    return press(
        model,
        question.plan,
        worlds=Worlds.of([model], width="middle", seed=seed),
        progress=lambda share, words: progress(share, f"It is pushed: {words}"),
    )


def _signs(question: Question, push: str, seed: int) -> None:
    """The same in random versions of the diagram."""
    got = asked(
        "Push it, by signs alone",
        key=f"signs:{question.shelf.key}",
        of=f"{digest(question.shelf.model)} {seed}",
        make=partial(_draw, question.shelf.model, seed),
    )
    if got is None:
        st.caption("For those who evaluate. It takes some seconds.")
        return
    st.markdown(md(pressed.drawn(got)))
    _tell(got, question, push, "signs")


def _draw(model: Model, seed: int, progress: Progress) -> Presses:
    return community(
        arrows_of(model),
        seed=seed,
        progress=lambda share, words: progress(share, f"Random versions are drawn: {share:.0%} is done"),
    )


def _tell(found: Presses, question: Question, push: str, key: str) -> None:
    """One push as a sentence, on the diagram and as a table, and all of them to take away."""
    model = question.shelf.model
    if not found.enough:
        return
    if push not in found.pushes:
        st.markdown("No arrow leads from it, so pushing it moves nothing.")
        return
    st.markdown(md(pressed.does(found, push, question.outcome, model)))
    if len(model.variables) <= _MOST_DRAWN:
        _picture(found, question, push, key)
    rows = [
        (
            node.label,
            pressed.ENDS[found.way(push, node.id)],
            *map(in_ten, found.shares(push, node.id)),
        )
        for node in model.variables
    ]
    st.html(
        table(_HEAD, rows, caption=f"In how many versions, if “{model.nodes[push].label}” is pushed for good")
    )
    st.download_button(
        "Download every push as a table (CSV)",
        data=lambda: _csv(found, model),
        file_name="pushed-for-good-from-our-assumptions.csv",
        mime="text/csv",
        on_click="ignore",
        key=f"stressing:pushed:{key}:csv",
    )


def _picture(found: Presses, question: Question, push: str, key: str) -> None:
    """Where every box ends, on the diagram."""
    model = question.shelf.model
    view = pressed.view(found, push, model)
    canvas.show(
        draw(model, look.palette(), view),
        key=f"stressing:pushed:{key}:drawing",
        loops=reveal.loop_words(model, place(model, view.shown)),
        file_name=f"{model.id}_pushed",
        height="64vh",
    )
    st.caption(_READ)


def _csv(found: Presses, model: Model) -> str:
    return csv_text(
        _CSV_HEAD,
        (
            (
                *(model.nodes[name].label for name in pair),
                pressed.ENDS[found.way(*pair)],
                *(f"{share:.4f}" for share in found.shares(*pair)),
                str(found.used),
                str(found.tried),
            )
            for pair in product(found.pushes, found.variables)
        ),
    )
