"""JSON Schema of the files that people write, made from the same annotations that read them."""

from __future__ import annotations

import ast
import inspect
import re
import textwrap
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import Any, get_args, get_type_hints

from detente.catalog import records
from detente.problems import BadInputError, Problem, nearest
from detente.scenario import scenario as written

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_NAMED = ("Party", "Threat", "Case", "Place", "Region", "Notice", "Force")
"""Records of a scenario whose name is the name of their table."""
_MERGED = ("ForcePlan", "Sharing", "Release")
"""Tables inside a case that a case based on another may give in part."""


def kinds() -> dict[str, type]:
    """Return the kinds of catalog files with the record that each of their tables holds."""
    return {name: get_args(hint)[1] for name, hint in get_type_hints(records.Catalog).items()}


def schema(file: str) -> dict[str, Any]:
    """Return the JSON Schema of a scenario file or of a catalog file.

    A valid file satisfies it. What a schema cannot say (names that must exist, ranges in order, a unit of the right
    kind, dates of agreements) is checked when the file is read.

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

    known = kinds()
    if file == "scenario":
        return _scenario(TypeAdapter(written.Scenario).json_schema())
    if file not in known:
        allowed = ["scenario", *known]
        raise BadInputError(
            [Problem(file="command line", found=f'"{file}"', allowed=", ".join(allowed), do=nearest(file, allowed))]
        )
    record = TypeAdapter(known[file]).json_schema()
    parts = record.pop("$defs", {})
    _drop(record, "name")
    for part in (record, *parts.values()):
        _describe(part)
    about = f"Tables of {file}; the name of each table is the name of its record."
    return {
        "$schema": _DIALECT,
        "type": "object",
        "description": about,
        "additionalProperties": record,
        "$defs": parts,
    }


def _scenario(made: dict[str, Any]) -> dict[str, Any]:
    parts = made.pop("$defs")
    _drop(made, "catalog")
    made["required"].remove("name")
    for name in _NAMED:
        _drop(parts[name], "name")
    for name in _MERGED:
        parts[name].pop("required")
    made["properties"]["forces"]["additionalProperties"] = {"anyOf": [{"$ref": "#/$defs/Force"}, _TABLE]}
    case = parts["Case"]
    case["properties"]["based_on"] = {
        "type": "string",
        "description": "Name of a case above this one, whose tables it takes over and changes.",
    }
    case |= {"if": {"required": ["based_on"]}, "else": {"required": case.pop("required")}}
    used = {name: parts[name] for name in sorted(_reached(made, parts, set()))}
    for part in (made, *used.values()):
        _describe(part)
    return {"$schema": _DIALECT, **made, "$defs": used}


_TABLE = {
    "type": "object",
    "properties": {
        "csv": {"type": "string", "description": "CSV file beside the scenario, with a row for each class."}
    },
    "required": ["csv"],
    "additionalProperties": False,
}
"""A force that stands in a table of its own."""


def _drop(part: dict[str, Any], name: str) -> None:
    part["properties"].pop(name)
    part["required"] = [each for each in part.get("required", ()) if each != name]


def _reached(part: object, parts: dict[str, Any], seen: set[str]) -> set[str]:
    """Return the names of the definitions that a part leads to."""
    for name in _references(part):
        if name not in seen:
            seen.add(name)
            _reached(parts[name], parts, seen)
    return seen


def _references(part: object) -> Iterator[str]:
    if isinstance(part, dict):
        if "$ref" in part:
            yield part["$ref"].rpartition("/")[2]
        for item in part.values():
            yield from _references(item)
    elif isinstance(part, list):
        for item in part:
            yield from _references(item)


def _describe(part: dict[str, Any]) -> None:
    """Put what the record says of each field before what the annotation says of it."""
    model = getattr(records, part["title"], None) or getattr(written, part["title"])
    for name, text in told(model).items():
        if name in part["properties"]:
            field = part["properties"][name]
            field["description"] = " ".join(filter(None, (text, field.get("description"))))


@cache
def told(model: type) -> dict[str, str]:
    """Return what a record says of its fields, in the texts that stand below them, by field.

    Examples
    --------
    >>> told(written.Party)["capital"]
    'Name of a place.'
    """
    (tree,) = ast.parse(textwrap.dedent(inspect.getsource(model))).body
    body = tree.body if isinstance(tree, ast.ClassDef) else []
    found = {}
    for field, text in pairwise(body):
        if not (isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name)):
            continue
        if isinstance(text, ast.Expr) and isinstance(text.value, ast.Constant):
            found[field.target.id] = re.sub(r"\s+", " ", str(text.value.value)).strip()
    return found
