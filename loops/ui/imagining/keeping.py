"""What buttons of the list do: put ideas on it, gather them, take them apart, and take that back again."""

from __future__ import annotations

from collections.abc import Sequence

from loops.model import Lever
from loops.store import StoreProblem
from loops.store.bounds import LABEL
from loops.store.records import Idea, Item, ItemFields
from loops.ui import saving, workspace
from loops.ui.imagining.sitting import Sitting

PLACE = "utopia_list"


def put(sitting: Sitting, ideas: Sequence[Idea]) -> Item:
    """A new item of these ideas, called as the first of them.

    Raises :class:`loops.store.StoreProblem`, also when somebody else has put one of them on the list already.
    """
    free = {idea.id for idea in sitting.ideas() if idea.item_id is None}
    if gone := next((idea for idea in ideas if idea.id not in free), None):
        raise StoreProblem(
            f"Somebody else has dealt with “{gone.text[:90]}” in the meantime. Look at the list as it is now."
        )
    label = " ".join(ideas[0].text.split())
    at, on = next(((idea.at, idea.on) for idea in ideas if idea.at or idea.on), ("", ""))
    store, token = workspace.store(), sitting.space.token
    item = store.add_item(
        token,
        sitting.utopia.id,
        label=label if len(label) <= LABEL else f"{label[: LABEL - 1]}…",
        at=at,
        on=on,
    )
    store.gather(token, item.id, [idea.id for idea in ideas])
    return item


def of_lever(lever: Lever, item: Item | None = None) -> ItemFields:
    """What an item is once it is known to be something that the model has, with its place from there.

    Its hours and pounds stay the model's, until somebody says others.
    """
    first = lever.influence[0] if lever.influence else None
    return {
        "lever": lever.id,
        "helps": "",
        "at": (item.at if item else "") or (first.at if first else ""),
        "on": (item.on if item else "") or (first.on if first else ""),
    }


def change(sitting: Sitting, item: Item, said: ItemFields) -> bool:
    """Change an item as it read here; whether it was kept."""
    with saving.noting(PLACE):
        workspace.store().edit_item(sitting.space.token, item.id, version=item.version, **said)
        return True
    return False
