"""Force files that people write: a table by type, or a table of published totals, with every mistake told at once."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path

from detente.problems import BadInputError, Problem, nearest
from detente.treaties.count import CountNew, Holding
from detente.treaties.force_row import KNOWN, NEEDED, Type, holding, plain, whole

PARTIES = {
    "us": ("us", "usa", "united states"),
    "russia": ("russia", "ru", "su", "ussr", "soviet union", "russian federation"),
}
"""Party to the agreements, and how files call it."""

_TOTALS = ("deployed", "warheads", "launchers_total")
_CODES = {"us": "us", "ru": "russia"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ForceTable:
    """What a force file holds.

    Parameters
    ----------
    file : str
        Its name as it is shown to the reader.
    holdings : dict
        By party, its deployed launchers by type; empty where the file holds totals.
    totals : dict
        By party and day, totals as New START publishes them; empty where the file goes by type.
    notes : dict
        By party, what was taken from the table of types, because the file does not say it.
    """

    file: str
    holdings: dict[str, tuple[Holding, ...]] = field(default_factory=dict)
    totals: dict[str, dict[date, CountNew]] = field(default_factory=dict)
    notes: dict[str, tuple[str, ...]] = field(default_factory=dict)


def party_named(written: str) -> str | None:
    """Return the party that a name stands for, None for another.

    Examples
    --------
    >>> party_named("SU"), party_named("france")
    ('russia', None)
    """
    name = written.strip().lower().replace("-", " ")
    return next((party for party, names in PARTIES.items() if name in names), None)


@cache
def types() -> dict[str, Type]:
    """Return the types of missile and bomber that a file may name, by plain name.

    Examples
    --------
    >>> types()["mm iii"].attribution, types()["ss-18"].heavy
    (3.0, True)
    """
    text = (files("detente.treaties") / "data" / "missile_and_bomber_types.csv").read_text("utf-8")
    found = {}
    for row in csv.DictReader(line for line in text.splitlines() if not line.startswith("#")):
        made = Type(
            name=row["type"],
            category=row["category"],
            attribution=_float(row["attribution"]),
            mobile={"": None, "0": False, "1": True}[row["mobile"]],
            heavy=row["heavy"] == "1",
            throw_weight=_float(row["throw_weight_kg"]),
            equipped=_float(row["equipped"]),
        )
        for name in (row["type"], *filter(None, row["also"].split(";"))):
            found[plain(name)] = made
    return found


def read(path: str | Path) -> ForceTable:
    """Read a force file.

    Parameters
    ----------
    path : str or Path
        CSV with a row for each type (party, category, type, deployed, attribution, and where known mobile, heavy,
        warheads, equipped, throw_weight_kg, loaded, nondeployed, operational), or with a row for each day (as_of,
        us_deployed, us_warheads, us_launchers_total, and the same with ``ru_``). Lines that begin with # are remarks.

    Raises
    ------
    BadInputError
        Every problem of the file at once, with line and column.
    """
    file = str(path)
    lines = [(number, line) for number, line in enumerate(_text(Path(path), file).splitlines(), 1) if _counts(line)]
    if not lines:
        raise _bad(file, "no row", "a heading and at least one row", "Write it, or give another file.")
    try:
        cells = [next(csv.reader(io.StringIO(line), strict=True)) for _, line in lines]
    except csv.Error as error:
        raise _bad(file, f"text that is no CSV ({error})", "cells between commas", "Save it as plain CSV.") from error
    heads = [cell.strip() for cell in cells[0]]
    rows = [(number, row) for (number, _), row in zip(lines[1:], cells[1:], strict=True)]
    by_day = "as_of" in heads
    problems = _head_problems(file, lines[0][0], heads, by_day)
    problems += [_ragged(file, number, len(row), len(heads)) for number, row in rows if len(row) != len(heads)]
    problems += (
        [] if rows else [_problem(file, lines[0][0], "", "no row below the heading", "one row or more", "Add it.")]
    )
    if problems:
        raise BadInputError(problems)
    named = [(number, dict(zip(heads, (cell.strip() for cell in row), strict=True))) for number, row in rows]
    return _by_day(file, named) if by_day else _by_type(file, named)


def _counts(line: str) -> bool:
    return bool(line.strip()) and not line.startswith("#")


def _text(path: Path, file: str) -> str:
    """Return the text of a file, or say why there is none."""
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


def _head_problems(file: str, line: int, heads: list[str], by_day: bool) -> list[Problem]:
    """Return what is wrong with the heading: columns that are missing, unknown or there twice."""
    needed: tuple[str, ...] = ("as_of",) if by_day else NEEDED
    codes = [code for code in _CODES if any(head.startswith(f"{code}_") for head in heads)] if by_day else []
    needed += tuple(f"{code}_{name}" for code in codes or (_CODES if by_day else ()) for name in _TOTALS)
    known = (*needed, "note") if by_day else KNOWN
    found = [
        _problem(file, line, name, "no such column", ", ".join(needed), f"Add the column {name}.")
        for name in needed
        if name not in heads
    ]
    found += [
        _problem(
            file,
            line,
            head,
            "an unknown column",
            f"{', '.join(known)}, or one that begins with prov",
            nearest(head, known),
        )
        for head in heads
        if head not in known and not head.startswith("prov")
    ]
    twice = sorted({head for head in heads if heads.count(head) > 1})
    return found + [_problem(file, line, head, "a column twice", "each once", "Delete one.") for head in twice]


def _by_type(file: str, rows: list[tuple[int, dict[str, str]]]) -> ForceTable:
    problems: list[Problem] = []
    notes: dict[str, dict[str, None]] = {}
    seen: dict[tuple[str, str], int] = {}
    held: dict[str, list[Holding]] = {}
    for line, row in rows:
        party = party_named(row["party"])
        if party is None:
            allowed = ", ".join(name for names in PARTIES.values() for name in names)
            problems.append(_problem(file, line, "party", f'"{row["party"]}"', allowed, "Write one of these."))
        key = (party or "", row["type"].lower())
        if party and key in seen:
            said = f"{row['type']} a second time (first in line {seen[key]})"
            problems.append(_problem(file, line, "type", said, "each type once", "Add the two rows together."))
        seen.setdefault(key, line)
        made = holding(row, types())
        problems += [_problem(file, line, *wrong) for wrong in made.wrong]
        if party and made.holding:
            held.setdefault(party, []).append(made.holding)
            notes.setdefault(party, {}).update(dict.fromkeys(made.notes))
    if problems:
        raise BadInputError(problems)
    by_party = {party: tuple(each) for party, each in held.items()}
    return ForceTable(file=file, holdings=by_party, notes={party: tuple(each) for party, each in notes.items()})


def _by_day(file: str, rows: list[tuple[int, dict[str, str]]]) -> ForceTable:
    problems: list[Problem] = []
    totals: dict[str, dict[date, CountNew]] = {}
    for line, row in rows:
        try:
            day = date.fromisoformat(row["as_of"])
        except ValueError:
            problems.append(_problem(file, line, "as_of", f'"{row["as_of"]}"', "a date as 2018-02-05", "Correct it."))
            continue
        for code, party in _CODES.items():
            if f"{code}_deployed" not in row:
                continue
            if day in totals.setdefault(party, {}):
                problems.append(_problem(file, line, "as_of", f"{day} a second time", "each day once", "Delete one."))
            count, wrong = _total(row, code)
            problems += [_problem(file, line, *each) for each in wrong]
            if count:
                totals[party][day] = count
    if problems:
        raise BadInputError(problems)
    return ForceTable(file=file, totals=totals)


def _total(row: dict[str, str], code: str) -> tuple[CountNew | None, list[tuple[str, str, str, str]]]:
    """Return one party's totals of a day, None where the row leaves them out, and what is wrong with them."""
    keys = [f"{code}_{name}" for name in _TOTALS]
    if not any(row[key] for key in keys):
        return None, []
    wrong: list[tuple[str, str, str, str]] = []
    deployed, warheads, launchers = (whole(row, key, wrong, needed=True) for key in keys)
    if deployed is None or warheads is None or launchers is None:
        return None, wrong
    if deployed > launchers:
        said = f"{deployed:g} deployed, more than the {launchers:g} that are deployed or not"
        wrong.append((keys[0], said, f"at most {launchers:g}", "Correct one of the two."))
    return CountNew(deployed=deployed, warheads=warheads, launchers_total=launchers), wrong


def _ragged(file: str, line: int, cells: int, heads: int) -> Problem:
    return _problem(file, line, "", f"{cells} cells", f"{heads}, as in the heading", "Add or delete commas.")


def _float(text: str) -> float | None:
    return float(text) if text else None


def _problem(file: str, line: int, key: str, found: str, allowed: str, do: str) -> Problem:
    return Problem(file=file, line=line, key=key, found=found, allowed=allowed, do=do)


def _bad(file: str, found: str, allowed: str, do: str) -> BadInputError:
    return BadInputError([Problem(file=file, found=found, allowed=allowed, do=do)])
