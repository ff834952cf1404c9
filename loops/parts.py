"""What every piece of a model or scenario is made of: frozen, validated parts, and the names of their fields.

There is one way to change a part: :func:`replace`, which validates the result (pydantic's own ``model_copy``
does not, and is switched off here).
"""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Literal, Self, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,63}$")]
Text = Annotated[str, Field(max_length=4_000)]
Label = Annotated[str, Field(min_length=1, max_length=200, pattern=r"\S")]
Number = Annotated[float, Field(strict=True, allow_inf_nan=False)]
Whole = Annotated[int, Field(strict=True)]
Flag = Annotated[bool, Field(strict=True)]
Level = Annotated[Number, Field(ge=0, le=1)]
Rate = Annotated[Number, Field(ge=0, le=2)]
Grade = Literal["stated", "inferred", "assumed"]
Polarity = Literal["+", "-", "?"]


class Part(BaseModel):
    """What every piece of a model or scenario has in common: frozen, no unknown keys, always validated."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        validate_by_name=True,
        validate_by_alias=True,
        revalidate_instances="always",
    )

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """Refuse: a copy made this way would skip validation."""
        raise TypeError("model_copy skips validation: use loops.parts.replace(part, field=value)")


PartT = TypeVar("PartT", bound=Part)


def replace(part: PartT, /, **changes: Any) -> PartT:
    """Return `part` with some fields changed, validated as if it had been read from a file.

    Raises :class:`pydantic.ValidationError` when the result would not be valid.

    >>> from loops.model import Link
    >>> link = Link(source="insight", target="value", polarity="+", strength=0.1)
    >>> replace(link, strength=0.2).strength
    0.2
    """
    fields = {name: getattr(part, name) for name in type(part).model_fields}
    return type(part).model_validate(fields | changes)


def repeated(names: Iterable[str]) -> str | None:
    """The first name that stands more than once, if any."""
    return next((name for name, count in Counter(names).items() if count > 1), None)


def nearest(name: str, valid: Iterable[str]) -> str:
    """Say which valid name was probably meant, or list a few, as the end of an error message.

    >>> nearest("valu", ["value", "trust"])
    "Did you mean 'value'?"
    """
    names = sorted(valid)
    close = difflib.get_close_matches(name, names, n=1, cutoff=0.6)
    if close:
        return f"Did you mean '{close[0]}'?"
    if not names:
        return "There are none in this model."
    more = f" (and {len(names) - 8} more)" if len(names) > 8 else ""
    return "Choose from: " + ", ".join(names[:8]) + more + "."


def keyed_only(value: Any) -> None:
    """Raise :class:`ValueError` for ``[[variable]]`` and for an id inside ``[variable.insight]``."""
    if isinstance(value, list | tuple) and any(isinstance(item, Mapping) for item in value):
        raise ValueError("give each one a table of its own, named by its id, such as [variable.insight]")
    if isinstance(value, Mapping):
        for key, item in value.items():
            if isinstance(item, Mapping) and "id" in item:
                raise ValueError(
                    f"'{key}' has a key 'id': its id is the name of its table, so take the key out"
                )


def _keyed(value: Any) -> Any:
    """Turn ``{"insight": {...}}``, the shape of keyed TOML tables, into a list whose items carry their id."""
    keyed_only(value)
    if not isinstance(value, Mapping):
        return value
    return [{"id": key, **item} if isinstance(item, Mapping) else item for key, item in value.items()]


Keyed = BeforeValidator(_keyed)
"""Marks the collections that a file holds as ``[table.id]``."""
