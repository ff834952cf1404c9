"""The diagram on which things are changed by hand and by key: what each gesture does to the draft."""

from __future__ import annotations

from functools import partial

import streamlit as st

from loops.draw.diagram import View, draw
from loops.draw.layout import link_keys, place
from loops.editing.changes import AddLink, AddNode, Remove, Set, new_id
from loops.editing.kinds import Kind
from loops.editing.pieces import ends, is_there, part_name
from loops.model import Model
from loops.parts import Polarity
from loops.ui import look
from loops.ui.bringing.brought import MANY_ARROWS, MANY_BOXES
from loops.ui.bringing.words import counted
from loops.ui.components import editor
from loops.ui.components.canvas import Picked
from loops.ui.components.editor import Gesture
from loops.ui.editing import arrow, drafts, picking
from loops.ui.editing.drafts import Draft
from loops.ui.reading import reveal

_NEW = "New box"


def show(draft: Draft) -> None:
    """Draw it; a large one when somebody asks."""
    model = draft.model
    large = len(model.nodes) > MANY_BOXES or len(model.links) > MANY_ARROWS
    many = f"{counted(len(model.nodes), 'box')} and {counted(len(model.links), 'arrow')}"
    if large and not st.toggle(f"Draw all of it: {many}", key="change:draw", persist_state="session"):
        st.info("This is a large diagram: its picture takes some seconds, and is hard to read as a whole.")
        return
    words = reveal.loop_words(model, place(model))
    editor.show(
        draw(model, look.palette(), View(legend=True)),
        key="change:canvas",
        on_gesture=partial(gestured, draft.key),
        on_pick=picking.pick,
        chosen=picking.picked(model),
        loops=words,
        can=(bool(draft.history.done), bool(draft.history.undone)),
        about=draft.begun_from or draft.key,
        file_name=f"{model.id}_diagram",
        height="68vh",
    )


def gestured(key: str, gesture: Gesture) -> None:
    """Make the step that a gesture asks for; one about what is not there says so."""
    if (draft := drafts.current(key)) is None:
        return
    model = draft.model
    if gesture.do == "undo":
        drafts.undo(key)
    elif gesture.do == "redo":
        drafts.redo(key)
    elif gesture.do == "node":
        add_box(key, model, position=(gesture.x, gesture.y))
    elif gesture.do == "link":
        add_arrow(key, model, gesture.source, gesture.target)
    elif not is_there(model, gesture.part):
        drafts.say("What this would change is no longer in the diagram.")
    else:
        _change(key, model, gesture)


def _change(key: str, model: Model, gesture: Gesture) -> None:
    """A change to a part that is there."""
    part, name = gesture.part, part_name(model, gesture.part)
    if gesture.do == "move":
        place = (round(gesture.x, 1), round(gesture.y, 1))
        drafts.do(key, f"{name} is moved", Set(part, (("position", place),)))
    elif gesture.do == "bend":
        drafts.do(key, f"{name} is bent", Set(part, (("bend", gesture.bend),)))
    elif gesture.do == "sign":
        arrow.flipped(key, model, part.partition(":")[2])
    elif part.startswith("loop:"):
        drafts.do(key, f"{name} is no longer named", Remove(part))
    else:
        drafts.do(key, f"{name} is removed", Remove(part))


def add_box(
    key: str,
    model: Model,
    label: str = "",
    *,
    kind: Kind = "variable",
    position: tuple[float, float] | None = None,
) -> None:
    """A new box, picked so that its card is open; without a name it is called so until it gets one."""
    label = label or _unused(model)
    name = new_id(model, label)
    drafts.do(key, f"“{label}” is added", AddNode(name, label, kind, position))
    if (now := drafts.current(key)) and name in now.model.nodes:
        picking.pick(Picked("node", name))


def add_arrow(key: str, model: Model, source: str, target: str, sign: Polarity = "+") -> None:
    """A new arrow, picked so that its card is open."""
    if not {source, target} <= model.nodes.keys():
        drafts.say("An arrow leads from one box to another: choose both.")
        return
    words = ends(model, (source, target))
    drafts.do(key, f"{words} is added", AddLink(source, target, sign))
    now = drafts.current(key)
    if now and len(now.model.links) > len(model.links):
        pair, every = (source, target), link_keys(now.model).items()
        *_, last = [one for one, link in every if (link.source, link.target) == pair]
        picking.pick(Picked("link", last))


def _unused(model: Model) -> str:
    labels, number, label = {node.label for node in model.nodes.values()}, 1, _NEW
    while label in labels:
        number += 1
        label = f"{_NEW} {number}"
    return label
