"""A force from a table that people write: one row a class, with every mistake told at once."""

from __future__ import annotations

import csv
import dataclasses
import io
import typing
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from detente.catalog.force_rules import contradictions
from detente.catalog.records import Force, ForceClass
from detente.catalog.show import quantity
from detente.problems import BadInputError, Problem, nearest
from detente.sources import Cited, Quantity

BASINGS = ("silo", "mobile", "rail", "submarine", "bomber")
_FLAGS = ("heavy", "cruise_missiles")
_TEXTS = ("party", "on", "name", "basing", "source")
_OTHER = ("title", "seen", "note")
_SPREAD = ("low", "high", "source")


def _numbers() -> dict[str, Quantity]:
    """Return the numbers of a class and their units, by field."""
    hints = typing.get_type_hints(ForceClass, include_extras=True)
    names = {field.name for field in dataclasses.fields(ForceClass)} - {"name", "title", "basing", *_FLAGS}
    return {name: quantity(hints[name]) for name in hints if name in names}


def _needed() -> tuple[str, ...]:
    none = {field.name for field in dataclasses.fields(ForceClass) if field.default is None}
    return (*_TEXTS, *(name for name in _numbers() if name not in none))


def columns() -> tuple[str, ...]:
    """Return every column that is read, the needed ones first.

    Examples
    --------
    >>> columns()[:6]
    ('party', 'on', 'name', 'basing', 'source', 'launchers')
    """
    needed, numbers = _needed(), _numbers()
    more = [name for name in numbers if name not in needed]
    spread = [f"{name}_{part}" for name in numbers for part in _SPREAD]
    return (*needed, *more, *_FLAGS, *_OTHER, *spread)


def read_force(path: str | Path) -> Force:
    """Read a force from a CSV file.

    Parameters
    ----------
    path : str or Path
        A heading and a row for each class: party, on (a date), name, basing, source, and each number of `ForceClass` in
        a column of its own, written with its unit ("335 kt_TNT"). The columns hardness, bases, throw_weight, overhaul,
        dispersal_area and dispersed_hardness may be empty or left out; heavy and cruise_missiles are 0 or 1. A number
        may have a range and a source of its own in NAME_low, NAME_high, NAME_source. Lines that begin with # are
        remarks.

    Returns
    -------
    Force
        Named as the file.

    Raises
    ------
    BadInputError
        Every problem of the file at once, with line and column.
    """
    file = str(path)
    lines = [(n, line) for n, line in enumerate(_text(Path(path), file).splitlines(), 1) if _says(line)]
    if len(lines) < 2:
        raise _bad(file, "no class", "a heading and a row for each class", "Write them, or give another file.")
    try:
        cells = [(n, [cell.strip() for cell in next(csv.reader(io.StringIO(line), strict=True))]) for n, line in lines]
    except csv.Error as error:
        raise _bad(file, f"text that is no CSV ({error})", "cells between commas", "Save it as plain CSV.") from error
    problems = _head(file, *cells[0])
    heads = cells[0][1]
    problems += [
        _problem(file, n, "", f"{len(row)} cells", f"{len(heads)}, as in the heading", "Add or delete commas.")
        for n, row in cells[1:]
        if len(row) != len(heads)
    ]
    if problems:
        raise BadInputError(problems)
    return _force(file, [(n, dict(zip(heads, row, strict=True))) for n, row in cells[1:]])


def _says(line: str) -> bool:
    return bool(line.strip(" ,\t")) and not line.startswith("#")


def _text(path: Path, file: str) -> str:
    try:
        if path.is_dir():
            raise _bad(file, "a folder", "a CSV file", "Give a file in it.")
        return path.read_text("utf-8-sig")
    except FileNotFoundError as error:
        known = [item.name for item in path.parent.glob("*.csv")] if path.parent.is_dir() else []
        do = nearest(path.name, known) if known else "Check the path: its folder holds no .csv file."
        raise _bad(file, "no such file", "a CSV file", do) from error
    except UnicodeDecodeError as error:
        raise _bad(file, "bytes that are not UTF-8", "UTF-8 text", "Save the file as UTF-8.") from error
    except OSError as error:
        found = f"a file that cannot be read ({error.strerror})"
        raise _bad(file, found, "a readable CSV file", "Check the path and its permissions.") from error


def _head(file: str, line: int, heads: list[str]) -> list[Problem]:
    needed, known = _needed(), columns()
    found = [
        _problem(file, line, name, "no such column", ", ".join(needed), f"Add the column {name}.")
        for name in needed
        if name not in heads
    ]
    found += [
        _problem(file, line, head, "an unknown column", "a column that is read", nearest(head, known))
        for head in heads
        if head not in known
    ]
    twice = sorted({head for head in heads if heads.count(head) > 1 and head in known})
    return found + [_problem(file, line, head, "a column twice", "each once", "Delete one.") for head in twice]


def _force(file: str, rows: list[tuple[int, dict[str, str]]]) -> Force:
    problems: list[Problem] = []
    kinds = [kind for n, row in rows if (kind := _class(file, n, row, problems)) is not None]
    for key in ("party", "on"):
        for n, row in rows:
            if row[key] != rows[0][1][key]:
                allowed = f'"{rows[0][1][key]}", as in line {rows[0][0]}'
                problems.append(_problem(file, n, key, f'"{row[key]}"', allowed, "Write one file for each force."))
    day = _day(file, rows[0][0], rows[0][1]["on"], problems)
    if problems or day is None:
        raise BadInputError(problems)
    party = rows[0][1]["party"]
    total = sum(kind.launchers.value * kind.loaded.value for kind in kinds)
    made = Force(
        name=Path(file).stem,
        title=f"{party}, {day.isoformat()}",
        party=party,
        on=day,
        classes=tuple(kinds),
        published_warheads=Cited(value=total, low=total, high=total, source="derived", note="the sum of the classes"),
    )
    for each in contradictions(made):
        parts = each.path.split(".")
        n = rows[int(parts[1])][0] if len(parts) > 1 else rows[0][0]
        problems.append(_problem(file, n, parts[-1], each.found, each.allowed, each.do))
    if problems:
        raise BadInputError(problems)
    return made


def _day(file: str, line: int, text: str, problems: list[Problem]) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        problems.append(_problem(file, line, "on", f'"{text}"', "a date as 2001-08-08", "Correct it."))
        return None


def _class(file: str, line: int, row: Mapping[str, str], problems: list[Problem]) -> ForceClass | None:
    """Return the class of a row, None where it is wrong; what is wrong goes to `problems`."""
    before = len(problems)
    fields: dict[str, Any] = {}
    problems += [
        _problem(file, line, name, "nothing", "a text", "Write it.")
        for name in ("party", "name", "source")
        if not row[name]
    ]
    problems += [
        _problem(file, line, name, f'"{row[name]}"', "0 or 1", "Correct it.")
        for name in _FLAGS
        if row.get(name, "") not in {"", "0", "1"}
    ]
    for key, allowed in (("basing", BASINGS), ("seen", ("", "yes", "partly", "no"))):
        if row.get(key, "") not in allowed:
            told = ", ".join(one for one in allowed if one)
            problems.append(_problem(file, line, key, f'"{row[key]}"', told, nearest(row[key], allowed)))
    for name, unit in _numbers().items():
        if row.get(name) or name in _needed():
            fields[name] = _number(file, line, name, unit, row, problems)
    if len(problems) > before:
        return None
    fields |= {name: row.get(name) == "1" for name in _FLAGS}
    title, basing = row.get("title") or row["name"], typing.cast(Any, row["basing"])
    return ForceClass(name=row["name"], title=title, basing=basing, **fields)


def _number(
    file: str, line: int, name: str, unit: Quantity, row: Mapping[str, str], problems: list[Problem]
) -> Cited | None:
    raw: dict[str, object] = {"source": row.get(f"{name}_source") or row["source"] or "?", "note": row.get("note", "")}
    raw |= {"seen": row["seen"]} if row.get("seen") in {"yes", "partly", "no"} else {}
    raw |= {part: row[key] for part in ("low", "high") if row.get(key := f"{name}_{part}")}
    allowed = "a number" if unit.shown == "1" else f'a number with its unit, such as "2 {unit.shown}"'
    if not row.get(name):
        problems.append(_problem(file, line, name, "nothing", allowed, "Write it."))
        return None
    try:
        return unit.read(raw | {"value": row[name]})
    except ValueError as error:
        for said in error.args:
            part, _, what = str(said).partition(": ")
            key = name if part == "value" else f"{name}_{part}"
            problems.append(_problem(file, line, key, f'"{row.get(key, "")}"', allowed, f"Correct it: {what}."))
        return None


def _problem(file: str, line: int, key: str, found: str, allowed: str, do: str) -> Problem:
    return Problem(file=file, line=line, key=key, found=found, allowed=allowed, do=do)


def _bad(file: str, found: str, allowed: str, do: str) -> BadInputError:
    return BadInputError([Problem(file=file, found=found, allowed=allowed, do=do)])
