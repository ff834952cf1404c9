"""What levers need and settings must not miss: without what is gone, by new ids, of two that became one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from loops.influence import Essential, Setting
from loops.model import Lever
from loops.parts import replace


def needing(levers: Iterable[Lever], ids: Mapping[str, str]) -> tuple[Lever, ...]:
    """Levers that need only others which are there; those of `ids` go by their new ones."""
    every = tuple(levers)
    there = {lever.id for lever in every}
    return tuple(_needing(lever, there, ids) for lever in every)


def _needing(lever: Lever, there: Collection[str], ids: Mapping[str, str]) -> Lever:
    named = (ids.get(name, name) for name in lever.needs)
    needs = tuple(name for name in named if name in there and name != lever.id)
    if ids:  # two that became one stand once
        needs = tuple(dict.fromkeys(needs))
    return lever if needs == lever.needs else replace(lever, needs=needs)


def essential(
    settings: Iterable[Setting], levers: Collection[str], ids: Mapping[str, str]
) -> tuple[Setting, ...]:
    """Settings whose essentials are levers that are there; where two became one, what is said of it stays."""
    return tuple(
        replace(setting, essentials=tuple(_essentials(setting, levers, ids)))
        if any(item.lever not in levers for item in setting.essentials)
        else setting
        for setting in settings
    )


def _essentials(setting: Setting, levers: Collection[str], ids: Mapping[str, str]) -> Iterable[Essential]:
    named = {item.lever for item in setting.essentials}
    for item in setting.essentials:
        new = ids.get(item.lever, item.lever)
        if item.lever in levers:
            yield item
        elif new in levers and new not in named:
            named.add(new)
            yield replace(item, lever=new)


def joined(kept: Lever, gone: Lever) -> Lever:
    """A lever that stands for another too: what it needs, where it acts and the words for it are both's.

    Of a cell that both have, what is said of it for `kept` stays, and so do its hours and its cost.
    """
    own = {(cell.at, cell.on) for cell in kept.influence}
    more = (cell for cell in gone.influence if (cell.at, cell.on) not in own)
    words = dict.fromkeys((*kept.also, gone.label, *gone.also))
    return replace(
        kept,
        needs=tuple(dict.fromkeys((*kept.needs, *gone.needs))),
        influence=(*kept.influence, *more),
        also=tuple(word for word in words if word != kept.label),
    )
