"""Every step made to a model, forward and back, and the same steps on another version of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from loops.editing.changes import Change, apply
from loops.editing.renaming import ids_anew, renamed
from loops.model import Model

MOST = 500
"""Steps in one history."""
MOST_PARTS = 300_000
"""Boxes and arrows in all its versions together: about 200 MB."""


@dataclass(frozen=True)
class Step:
    """What was done, in words and as changes, and the model that came of it."""

    says: str
    changes: tuple[Change, ...]
    model: Model


@dataclass(frozen=True)
class History:
    """A model as it was opened, the steps made since, and those taken back, the next to redo last."""

    base: Model
    done: tuple[Step, ...] = ()
    undone: tuple[Step, ...] = ()

    @property
    def model(self) -> Model:
        """The model as it is now."""
        return self.done[-1].model if self.done else self.base

    def do(self, says: str, *changes: Change) -> History:
        """One step more, made of some changes: all of them or none.

        What was taken back is forgotten; a step that changes nothing is none. Raises :class:`ValueError`,
        in one sentence, when a change cannot be made or the history is full.
        """
        model = self.model
        for change in changes:
            model = apply(model, change)
        if model == self.model:
            return self
        size = sum(len(step.model.nodes) + len(step.model.links) for step in self.done)
        if len(self.done) >= MOST or size > MOST_PARTS:
            raise ValueError(
                f"{len(self.done)} changes were made here: save the model, close this draft, and go on from "
                "what you saved"
            )
        return History(self.base, (*self.done, Step(says, changes, model)))

    def undo(self) -> History:
        """Without the last step, which can be made again; the same where there is none."""
        if not self.done:
            return self
        return replace(self, done=self.done[:-1], undone=(*self.undone, self.done[-1]))

    def redo(self) -> History:
        """With the step that was taken back last; the same where there is none."""
        if not self.undone:
            return self
        return replace(self, done=(*self.done, self.undone[-1]), undone=self.undone[:-1])


def replay(base: Model, steps: Iterable[Step]) -> tuple[History, tuple[Step, ...]]:
    """The same steps on another version of the model, and those that do not fit it.

    What a step adds gets an id of its own where that version has given its id to something else meanwhile, so
    that no later step changes that instead.
    """
    history, lost = History(base), []
    ids: dict[str, str] = {}
    for step in steps:
        try:
            history = _again(history, step, ids)
        except ValueError:
            lost.append(step)
    return history, tuple(lost)


def _again(history: History, step: Step, ids: dict[str, str]) -> History:
    """One step more, where `ids` has new ids by old ones, and gets those that this step needs."""
    try:
        return history.do(step.says, *(renamed(change, ids) for change in step.changes))
    except ValueError:
        anew = ids_anew(history.model, step.changes, ids)
        if not anew:
            raise
        ids |= anew
        return history.do(step.says, *(renamed(change, ids) for change in step.changes))
