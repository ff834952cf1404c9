"""All that is known of one partner as a document: TOML in and out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Self

import tomlkit
from pydantic import AfterValidator, Field, model_validator

from loops.complaints import BadFile
from loops.files import parse, read_bytes
from loops.model import Hours, Model
from loops.partners.history import FIRST_DAY, Deed, History, Kind, Mark, Profile, can_be
from loops.partners.said import Said
from loops.parts import Id, Label, Part, Text, nearest

MOST_RATINGS, MOST_ACTIONS = 100_000, 20_000
"""Of one partner."""


def _can_be(day: date) -> date:
    if not can_be(day):
        raise ValueError(f"is {day}. Write a day from {FIRST_DAY.year} until today.")
    return day


Day = Annotated[date, Field(strict=True), AfterValidator(_can_be)]
Short = Annotated[str, Field(max_length=200)]


class _Who(Part):
    name: Label
    alias: Short = ""
    kind: Kind = "partner"
    setting: Short = ""
    workstream: Short = ""
    roles: Annotated[tuple[Label, ...], Field(max_length=50)] = ()
    hours_us: Hours = 0.0
    hours_partner: Hours = 0.0


class _Rating(Part):
    day: Day
    on: Id
    said: Said
    role: Short = ""
    reason: Text = ""
    who: Short = ""


class _Action(Part):
    day: Day
    until: Day | None = None
    what: Text = Field(min_length=1, pattern=r"\S")
    lever: Annotated[str, Field(max_length=64)] = ""
    who: Short = ""

    @model_validator(mode="after")
    def _check(self) -> Self:
        if self.until is not None and self.until < self.day:
            raise ValueError(f"it began on {self.day} and stopped on {self.until}: correct one of them")
        return self


class Document(Part):
    """The file as it is laid out."""

    format: Annotated[int, Field(strict=True, ge=1, le=1)] = 1
    model: Id
    partner: _Who
    ratings: Annotated[tuple[_Rating, ...], Field(alias="rating", max_length=MOST_RATINGS)] = ()
    actions: Annotated[tuple[_Action, ...], Field(alias="action", max_length=MOST_ACTIONS)] = ()


def read_history(path: Path, model: Model) -> History:
    """The history in a file, in the words of `model`; raises :class:`BadFile`."""
    return parse_history(read_bytes(path), str(path), model)


def parse_history(data: bytes, name: str, model: Model) -> History:
    """The history in `data`, in the words of `model`; raises :class:`BadFile` that names it by `name`.

    Ratings and actions come in the order of their days.
    """
    found = parse(Document, data, name)
    if found.model != model.id:
        says = (
            f"this is of the model '{found.model}', and “{model.title}” is '{model.id}'. Open that one first."
        )
        raise BadFile(name, "model", says)
    boxes = {node.id for node in (*model.variables, *model.contexts)}
    levers = {lever.id for lever in model.levers} | {""}
    for place, given, valid in (
        *((f"[[rating]] number {at}, on", one.on, boxes) for at, one in enumerate(found.ratings, 1)),
        *((f"[[action]] number {at}, lever", one.lever, levers) for at, one in enumerate(found.actions, 1)),
    ):
        if given not in valid:
            raise BadFile(name, place, f"the model has no '{given}'. {nearest(given, valid - {''})}")
    marks = (Mark(**dict(one)) for one in found.ratings)
    deeds = (Deed(**dict(one)) for one in found.actions)
    return History(
        Profile(**dict(found.partner)),
        found.model,
        tuple(sorted(marks, key=lambda mark: mark.day)),
        tuple(sorted(deeds, key=lambda deed: deed.day)),
    )


def write_history(history: History, *, with_names: bool) -> str:
    """A history as TOML that :func:`parse_history` reads; who it is and who said what only `with_names`.

    Without names the alias stands for the name. What people wrote stands as they wrote it.
    """
    profile = dict(vars(history.profile))
    if not with_names:
        profile |= {"name": history.profile.alias or f"A {history.profile.kind}", "alias": ""}
    left_out = () if with_names else ("who",)
    parts = ["format = 1", f"model = {_value(history.model)}", "", "[partner]", *_lines(profile, left_out)]
    for header, rows in (("rating", history.marks), ("action", history.deeds)):
        for row in rows:
            parts += ["", f"[[{header}]]", *_lines(vars(row), left_out)]
    return "\n".join(parts) + "\n"


def _lines(values: Mapping[str, Any], left_out: Iterable[str]) -> list[str]:
    """A line for each value that is said; what is not said is what a reader takes it for."""
    kept = {name: value for name, value in values.items() if name not in left_out}
    return [f"{name} = {_value(value)}" for name, value in kept.items() if value not in ("", None, (), 0.0)]


def _value(value: object) -> str:
    return str(tomlkit.item(list(value) if isinstance(value, tuple) else value).as_string())
