"""JSON Schema of the files that people write, made from the same annotations that read them."""

from __future__ import annotations

from typing import Any, get_args, get_type_hints

from detente.catalog.records import Catalog
from detente.problems import BadInputError, Problem, nearest
from detente.scenario.scenario import Scenario


def schema(file: str) -> dict[str, Any]:
    """Return the JSON Schema of a scenario file or of a catalog file.

    Parameters
    ----------
    file : str
        ``"scenario"`` or a kind of the catalog, for example ``"missiles"``.

    Raises
    ------
    BadInputError
        Another name.

    Examples
    --------
    >>> schema("missiles")["additionalProperties"]["title"]
    'Missile'
    """
    from pydantic import TypeAdapter

    kinds = {name: get_args(hint)[1] for name, hint in get_type_hints(Catalog).items()}
    if file == "scenario":
        return _without(TypeAdapter(Scenario).json_schema(), ("catalog",))
    if file not in kinds:
        allowed = ["scenario", *kinds]
        raise BadInputError(
            [Problem(file="command line", found=f'"{file}"', allowed=", ".join(allowed), do=nearest(file, allowed))]
        )
    record = TypeAdapter(kinds[file]).json_schema()
    shared = record.pop("$defs", {})
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "description": f"tables of {file}, by name",
        "additionalProperties": _without(record, ()),
        "$defs": {name: _without(part, ()) for name, part in shared.items()},
    }


def _without(made: dict[str, Any], hidden: tuple[str, ...]) -> dict[str, Any]:
    """Drop what a file does not hold: the names that tables give, and what the loader fills in."""
    named = {"Scenario", "Party", "Threat", "Case", "Place", "Region"}
    for part in [made, *made.get("$defs", {}).values()]:
        properties = part.get("properties", {})
        dropped = set(hidden) | ({"name"} if part.get("title") in named or part is made else set())
        for name in dropped & set(properties):
            properties.pop(name)
        if "required" in part:
            part["required"] = [name for name in part["required"] if name not in dropped]
    cases = made.get("$defs", {}).get("Case", {}).get("properties")
    if cases is not None:
        cases["based_on"] = {"type": "string", "description": "a case above this one that it changes"}
    return made
