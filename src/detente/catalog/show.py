"""A record as rows that people read: each cited value in its own unit."""

from __future__ import annotations

import dataclasses
import types
import typing
from typing import Any

from detente.sources import Cited, Quantity
from detente.units import shown


def values(record: object) -> list[dict[str, Any]]:
    """Return every cited value of a record, in the unit that people read it in.

    Parameters
    ----------
    record : frozen dataclass
        A record of the catalog or a part of one.

    Returns
    -------
    list of dict
        Keys ``field``, ``value``, ``low``, ``high``, ``unit``, ``source``, ``seen``, ``note``.
    """
    return _rows(record, "")


def _rows(record: object, path: str) -> list[dict[str, Any]]:
    hints = typing.get_type_hints(type(record), include_extras=True)
    return [
        row
        for field in dataclasses.fields(record)  # type: ignore[arg-type]
        for row in _part(getattr(record, field.name), hints[field.name], f"{path}{field.name}")
    ]


def _part(item: object, hint: Any, where: str) -> list[dict[str, Any]]:
    if isinstance(item, Cited):
        return [_row(where, item, quantity(hint))]
    if dataclasses.is_dataclass(item):
        return _rows(item, f"{where}.")
    if isinstance(item, dict):
        pairs = list(item.items())
    elif isinstance(item, tuple):
        pairs = [(getattr(part, "name", index), part) for index, part in enumerate(item)]
    else:
        pairs = []
    return [row for key, part in pairs for row in _part(part, hint, f"{where}[{key}]")]


def quantity(hint: Any) -> Quantity:
    """Return the unit that a field's annotation carries, through unions and tuples.

    Raises
    ------
    TypeError
        The annotation carries no unit.
    """
    for extra in getattr(hint, "__metadata__", ()):
        if isinstance(extra, Quantity):
            return extra
    if isinstance(hint, types.UnionType) or typing.get_origin(hint) in {typing.Union, tuple, dict}:
        for part in typing.get_args(hint):
            if part not in {type(None), Ellipsis, str}:
                return quantity(part)
    raise TypeError(f"{hint} carries no unit")


def _row(field: str, number: Cited, unit: Quantity) -> dict[str, Any]:
    value, low, high = (float(f"{shown(item, unit):.12g}") for item in (number.value, number.low, number.high))
    return {
        "field": field,
        "value": value,
        "low": low,
        "high": high,
        "unit": "" if unit.shown == "1" else unit.shown,
        "source": number.source,
        "seen": number.seen,
        "note": number.note,
    }
