"""The shape of models and scenarios in a file: keyed tables, ``from`` and ``to``, schedules as lists."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from loops.model import Model
from loops.scenario import Schedule

KEYED = ("source", "variable", "lever", "context", "loop", "role", "setting", "reference_mode", "claim")


def as_file(part: BaseModel, *, defaults: bool = True) -> dict[str, Any]:
    """`part` as the plain tables of its file; without `defaults` only what differs from them is kept."""
    content = part.model_dump(mode="json", by_alias=True, exclude_none=True, exclude_defaults=not defaults)
    content = {"format": 1, **content}
    for kind in KEYED:
        if kind in content:
            content[kind] = {item["id"]: _plain(item) for item in content[kind]}
    return content


def _plain(item: dict[str, Any]) -> Any:
    """A keyed item without its id; a schedule is a bare level or a bare list of changes."""
    rest = {key: value for key, value in item.items() if key != "id"}
    if "always" in rest:
        return rest["always"]
    return rest["changes"] if rest.keys() == {"changes"} else rest


def schema(kind: type[BaseModel] = Model) -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of the file of a model, a scenario, claims or rivals.

    >>> schema()["properties"]["variable"]["additionalProperties"]
    {'$ref': '#/$defs/Variable'}
    """
    described = kind.model_json_schema(by_alias=True)
    definitions = described["$defs"]
    for holder in (described, *definitions.values()):
        for name in KEYED:
            if "items" in (field := holder.get("properties", {}).get(name, {})):
                _keyed(field, definitions)
    definitions.pop(Schedule.__name__, None)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **described}


def _keyed(field: dict[str, Any], definitions: dict[str, Any]) -> None:
    """A list of items with ids, described as the tables of a file: the name of each table is its id."""
    item = field.pop("items")
    for key in ("type", "minItems", "default"):
        field.pop(key, None)
    field |= {"type": "object", "propertyNames": {"pattern": r"^[a-z][a-z0-9_]{0,63}$"}}
    field["additionalProperties"] = _schedule(definitions) if item["$ref"].endswith("/Schedule") else item
    definition = definitions[item["$ref"].rpartition("/")[2]]
    definition.get("properties", {}).pop("id", None)
    definition["required"] = [key for key in definition.get("required", []) if key != "id"]


def _schedule(definitions: dict[str, Any]) -> dict[str, Any]:
    always = next(
        option for option in definitions["Schedule"]["properties"]["always"]["anyOf"] if "minimum" in option
    )
    return {"anyOf": [always, {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/Change"}}]}
