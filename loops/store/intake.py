"""What is known of partners as histories: taken out, and taken in from a file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from loops.complaints import BadFile
from loops.model import Model
from loops.partners import Deed, History, Mark
from loops.partners.document import parse_history
from loops.partners.history import known_by
from loops.partners.table import read_table
from loops.store import action, rating
from loops.store.action import added_action
from loops.store.database import Database, Space
from loops.store.partner import added_partner, checked, listed, partner
from loops.store.problems import StoreProblem
from loops.store.rating import added_ratings
from loops.store.records import Partner, TakenIn
from loops.store.rows import here
from loops.store.tables import actions, partners, ratings

Known = TypeVar("Known", Mark, Deed)
Progress = Callable[[float, str], None]
"""Told the share that is done, and in words what is going on."""


def history(store: Database, token: str, partner_id: int) -> History:
    """All that is known of a partner, without what was taken back; its alias is :attr:`Partner.alias`."""
    with store.reading(token) as space:
        return _histories(space, [partner(space, partner_id)])[0]


def histories(store: Database, token: str, *, model: str) -> tuple[History, ...]:
    """All that is known of each partner of a model, as in :func:`history`."""
    with store.reading(token) as space:
        return _histories(space, listed(space, here(space, partners) & (partners.c.model == model)))


def import_partners(  # noqa: PLR0913  what is taken in, from where, and who watches
    store: Database, token: str, data: bytes, file: str, *, model: Model, progress: Progress | None = None
) -> TakenIn:
    """Add what a file says of partners: a table (CSV) of many, or the document (TOML) of one.

    A partner is known again by its name, and its profile stays as it is here. What a file that is taken in
    twice, or grows and is taken in again, says of it is not added twice, not even what was taken back here.
    All of it is added, or nothing, as where `progress` raises an error to end it. Raises
    :class:`loops.complaints.BadFile` for a file that cannot be used, and :class:`StoreProblem`.
    """
    told = progress or (lambda share, says: None)
    told(0.0, "Reading the file")
    toml = file.casefold().endswith(".toml")
    found = (parse_history(data, file, model),) if toml else read_table(data, file, model)
    with store.writing(token) as space:
        known = listed(space, here(space, partners) & (partners.c.model == model.id))
        each = []
        for place, one in enumerate(found):
            told(place / len(found), f"{place:,} of {len(found):,} partners are read")
            try:
                each.append(_taken_in(space, one, known))
            except StoreProblem as problem:
                raise BadFile(file, one.profile.name, str(problem)) from None
        return TakenIn(*(sum(counts) for counts in zip(*each, strict=True)))


def _histories(space: Space, found: Sequence[Partner]) -> tuple[History, ...]:
    numbers = [one.id for one in found]
    marks: dict[int, list[Mark]] = {number: [] for number in numbers}
    deeds: dict[int, list[Deed]] = {number: [] for number in numbers}
    for said in rating.listed(space, here(space, ratings) & ratings.c.partner_id.in_(numbers)):
        marks[said.partner_id].append(said.mark)
    for done in action.listed(space, here(space, actions) & actions.c.partner_id.in_(numbers)):
        deeds[done.partner_id].append(done.deed)
    return tuple(
        History(replace(one.profile, alias=one.alias), one.model, tuple(marks[one.id]), tuple(deeds[one.id]))
        for one in found
    )


def _taken_in(space: Space, said: History, known: Sequence[Partner]) -> tuple[int, int, int, int]:
    """Add what is new of one partner: how many partners, ratings, actions, and how many were here already."""
    profile = checked(said.profile)  # a name as it is kept is how a partner is known again
    here_already = _named(known, profile.name)
    number = added_partner(space, said.model, profile) if here_already is None else here_already
    marks = _new(map(rating.checked, said.marks), rating.ever(space, number))
    deeds = _new(map(action.checked, said.deeds), action.ever(space, number))
    added_ratings(space, number, marks)
    for deed in deeds:
        added_action(space, number, deed)
    already = len(said.marks) + len(said.deeds) - len(marks) - len(deeds)
    return int(here_already is None), len(marks), len(deeds), already


def _named(every: Sequence[Partner], name: str) -> int | None:
    """The partner of this name, if there is one; raises :class:`StoreProblem` when there are two."""
    same = [one.id for one in every if known_by(one.profile.name) == known_by(name)]
    if len(same) > 1:
        raise StoreProblem(f"Two partners here are called “{name}”. Give one of them another name first.")
    return same[0] if same else None


def _new(given: Iterable[Known], known: Counter[Known]) -> list[Known]:
    """What is given and not yet known; two that are alike are two."""
    left = known.copy()
    new = []
    for each in given:
        if left[each]:
            left[each] -= 1
        else:
            new.append(each)
    return new
