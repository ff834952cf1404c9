"""One clear sentence for a file that is not right: which file and place, what is wrong, how to mend it."""

from __future__ import annotations

import tomllib
import typing
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from loops.parts import nearest

_LONGEST = 600
"""Characters of a message's part."""


class BadFile(ValueError):
    """A file that cannot be used. The message names the file, the place in it and the way to mend it."""

    def __init__(self, file: str, place: str, says: str) -> None:
        file, place, says = (_clean(part) for part in (file, place, says))
        super().__init__(": ".join(part for part in (file, place, says) if part))
        self.file = file
        self.place = place
        self.says = says


class NotAModel(BadFile):
    """A scenario's file where a model's was asked for: how to mend it depends on where it was opened."""


def _clean(part: str) -> str:
    """One line of printable text, not too long: parts of a message come from files that hold anything."""
    shown = "".join(c if c.isprintable() else " " for c in part)
    return shown if len(shown) <= _LONGEST else shown[: _LONGEST - 3] + "..."


def from_toml(file: str, error: Exception) -> BadFile:
    """For text that is no TOML: the parser's own words with the line first."""
    if isinstance(error, RecursionError):
        return BadFile(file, "", "brackets are nested too deeply to be a model or scenario: take them apart")
    words, _, where = str(error).partition(";")[0].partition(" (at ")
    hint = ""
    if "twice" in words or "overwrite" in words:
        hint = ". Every table and key may stand only once; only tables in double brackets repeat"
    kind = "" if isinstance(error, tomllib.TOMLDecodeError) else "a value cannot be read: "
    return BadFile(file, where.rstrip(")"), f"this is not valid TOML: {kind}{words}{hint}")


def from_validation(
    file: str, error: ValidationError, root: type[BaseModel], data: Mapping[str, Any]
) -> BadFile:
    """For a file whose content is wrong: the first problem, and how many more there are."""
    problems = _own(error.errors(include_url=False))
    first = problems[0]
    place, holder = _locate(first["loc"], root, data)
    says = _sentence(first, holder)
    if len(problems) > 1:
        says += f" (and {len(problems) - 1} more in this file)"
    return BadFile(file, place, says)


def _own(problems: Sequence[ErrorDetails]) -> list[ErrorDetails]:
    """The problems but for those that only follow: that a collection is empty, when its one item is wrong."""
    places = [problem["loc"] for problem in problems]
    return [
        problem
        for problem in problems
        if problem["type"] != "too_short" or not any(_under(place, problem["loc"]) for place in places)
    ]


def _under(place: tuple[int | str, ...], above: tuple[int | str, ...]) -> bool:
    return len(place) > len(above) and place[: len(above)] == above


def _locate(
    loc: tuple[int | str, ...], root: type[BaseModel], data: Mapping[str, Any]
) -> tuple[str, type[BaseModel]]:
    """The place in the file's own words, and the class that holds the key at its end."""
    holder: type[BaseModel] = root
    value: Any = data
    words: list[str] = []
    for position, step in enumerate(loc):
        if isinstance(step, int):
            value = _get(value, _name_item(words, value, step))
            continue
        field = _fields(holder).get(step)
        last = position == len(loc) - 1
        if field is None and not last:
            continue  # the tag of a union: not in the file
        if step not in _UNWRITTEN:
            words.append(step)
        inner = _model_in(field) if field is not None else None
        if not last:
            holder, value = inner or holder, _get(value, step)
    return _join(words), holder


_UNWRITTEN = ("always", "changes")
"""Fields of a schedule that a file writes without a key: ``training = 0.5`` or ``training = [...]``."""


def _name_item(words: list[str], value: Any, index: int) -> int | str:
    """Add the name of the `index`-th item to `words`: its id, a link's ends, or a number."""
    if isinstance(value, Mapping):
        key = list(value)[index] if index < len(value) else str(index)
        words.append(key)
        return key
    item = _get(value, index)
    if isinstance(item, Mapping) and {"from", "to"} <= set(item):
        words.append(f"{item['from']} -> {item['to']}")
    elif isinstance(item, Mapping) and isinstance(item.get("id"), str):
        words.append(item["id"])
    else:
        words.append(f"number {index + 1}")
    return index


def _get(value: Any, step: int | str) -> Any:
    try:
        return value[step]
    except (KeyError, IndexError, TypeError):
        return None


_REPEATED = ("link", "story", "correction", "rival", "pattern", "rating", "action")
"""Tables that a file writes in double brackets, one header for each."""


def _join(words: list[str]) -> str:
    """``[variable.insight] start`` or ``[[link]] insight -> value, strength``."""
    if not words:
        return ""
    if words[0] in _REPEATED and len(words) > 1:
        return f"[[{words[0]}]] {words[1]}" + "".join(f", {word}" for word in words[2:])
    if len(words) == 1:
        return words[0]
    return f"[{words[0]}.{words[1]}]" + (" " + ", ".join(words[2:]) if words[2:] else "")


def _fields(holder: type[BaseModel]) -> dict[str, Any]:
    return {field.alias or name: field.annotation for name, field in holder.model_fields.items()}


def _model_in(annotation: Any) -> type[BaseModel] | None:
    """The first model class inside a type such as ``tuple[Link, ...]`` or ``Run | None``."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in typing.get_args(annotation) if (found := _model_in(part))), None)


_TYPES = {
    "float_type": "a number",
    "int_type": "a whole number",
    "string_type": "text in quotes",
    "tuple_type": "a list in square brackets",
    "dict_type": "a table",
    "model_type": "a table with keys of its own",
    "bool_type": "true or false",
    "date_type": "a day without quotes, such as 2026-03-15",
}


_BOUNDS = {
    "greater_than_equal": "at least",
    "greater_than": "more than",
    "less_than_equal": "at most",
    "less_than": "less than",
}


def _sentence(problem: Any, holder: type[BaseModel]) -> str:
    """What is wrong and how to mend it, by the kind of problem; a kind not known here speaks for itself."""
    kind, context, given = problem["type"], problem.get("ctx", {}), problem["input"]
    if kind == "extra_forbidden":
        known = (name for name in _fields(holder) if name != "id")
        return f"there is no such key here. {nearest(str(problem['loc'][-1]), known)}"
    if kind == "tuple_type" and problem["loc"][-1] in _REPEATED and isinstance(given, Mapping):
        return f"give each one a header in double brackets: [[{problem['loc'][-1]}]]."
    if kind in _TYPES:
        return f"should be {_TYPES[kind]}, and is {_shown(given)}."
    if kind in _BOUNDS:
        return f"is {_shown(given)}; it should be {_BOUNDS[kind]} {next(iter(context.values())):g}."
    if kind in _SENTENCES:
        return _SENTENCES[kind](given, context)
    words = str(context.get("error", problem["msg"])).removeprefix("Value error, ")
    return words if words.endswith((".", "?")) else words + "."


def _not_a_choice(given: Any, context: Mapping[str, Any]) -> str:
    return f"is {_shown(given)}; it should be {context['expected'].replace('True', 'true')}."


def _not_a_name(given: Any, context: Mapping[str, Any]) -> str:
    if "RB" in context["pattern"]:
        return f"is {_shown(given)}; it should be R or B and a number, such as R1."
    if context["pattern"] == r"\S":
        return "is blank. Write at least one word."
    return f"is {_shown(given)}; names here are small letters, digits and _, and begin with a letter."


def _too_long(given: Any, context: Mapping[str, Any]) -> str:
    return f"is too long: at most {context['max_length']}."


def _empty(given: Any, context: Mapping[str, Any]) -> str:
    return f"is empty. Write at least one{' word' if isinstance(given, str) else ''}."


_SENTENCES: dict[str, Callable[[Any, Mapping[str, Any]], str]] = {
    "missing": lambda given, context: "is missing. Add it.",
    "literal_error": _not_a_choice,
    "finite_number": lambda given, context: (
        "should be an ordinary number, neither infinite nor 'not a number'."
    ),
    "string_pattern_mismatch": _not_a_name,
    "string_too_long": _too_long,
    "too_long": _too_long,
    "string_too_short": _empty,
    "too_short": _empty,
}
"""For other kinds of problem: the sentence, from the value that was given and pydantic's own details."""


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Mapping | list | tuple):
        return "a table" if isinstance(value, Mapping) else "a list"
    shown = repr(value)
    return shown if len(shown) <= 60 else shown[:57] + "..."
