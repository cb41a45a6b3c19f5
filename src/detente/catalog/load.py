"""Read the catalog: a folder a kind, a table a record, each number with its unit and source."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, get_args, get_type_hints

from detente.catalog.force_rules import contradictions
from detente.catalog.records import Catalog, Constellation, Force, Interceptor, Missile, Radar
from detente.files import Document, problems_from_pydantic, read_toml
from detente.problems import BadInputError, Problem, nearest
from detente.sources import Cited, cited

if TYPE_CHECKING:
    from pydantic import TypeAdapter

Record = TypeVar("Record")
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where numbers were published.

    Parameters
    ----------
    key : str
        What a cited number calls it by.
    title, author, year, url, note : str
        As in the bibliography; empty where not known. `author` is a person or an organization.
    """

    key: str
    title: str
    author: str = ""
    year: str = ""
    url: str = ""
    note: str = ""


@cache
def catalog() -> Catalog:
    """Return the catalog that comes with the package.

    Raises
    ------
    BadInputError
        Everything wrong with its files at once.
    """
    return _read(_packaged(), sources())


@cache
def sources() -> Mapping[str, Source]:
    """Return every source that the catalog may cite, by key."""
    return read_sources(_packaged())


def read(folder: Path | Traversable) -> Catalog:
    """Read a catalog from a folder with one subfolder a kind and its bibliography beside them.

    Parameters
    ----------
    folder : path-like
        Its subfolders are named as the fields of `Catalog`; each table of each TOML file in them is a record, named
        by the table. Its ``*.bib`` files hold the sources.

    Raises
    ------
    BadInputError
        Every problem of every file at once.
    """
    return _read(folder, read_sources(folder))


def _read(folder: Path | Traversable, known: Mapping[str, Source]) -> Catalog:
    hints = get_type_hints(Catalog)
    kinds: dict[str, dict[str, Any]] = {kind: {} for kind in hints}
    problems: list[Problem] = []
    for kind_folder in _sorted(folder):
        if not kind_folder.is_dir() or kind_folder.name.startswith(("_", ".")):
            continue
        if kind_folder.name not in hints:
            do = f"Rename the folder. {nearest(kind_folder.name, hints)}"
            problems.append(Problem(file=str(kind_folder), found="a folder", allowed=", ".join(hints), do=do))
            continue
        model = get_args(hints[kind_folder.name])[1]
        for file in _sorted(kind_folder):
            if file.name.endswith(".toml"):
                problems += _add(file, model, known, kinds[kind_folder.name])
    if problems:
        raise BadInputError(problems)
    return Catalog(**kinds)


def read_sources(folder: Path | Traversable) -> dict[str, Source]:
    """Return the sources in the ``*.bib`` files of a folder, by key.

    Raises
    ------
    BadInputError
        A file is not BibTeX, or two entries have one key.
    """
    from pybtex.database import BibliographyDataError, parse_string
    from pybtex.scanner import PybtexSyntaxError

    found: dict[str, Source] = {}
    problems: list[Problem] = []
    for file in _sorted(folder):
        if not file.name.endswith(".bib"):
            continue
        try:
            entries = parse_string(file.read_text(encoding="utf-8"), "bibtex").entries
        except (PybtexSyntaxError, BibliographyDataError, UnicodeDecodeError) as error:
            problems.append(Problem(file=str(file), found=str(error), allowed="BibTeX in UTF-8", do="Correct it."))
            continue
        for key, entry in entries.items():
            if key in found:
                do = "Give one of them another key, or delete it."
                problems.append(Problem(file=str(file), key=key, found="a key used twice", allowed="once", do=do))
            found[key] = _source(key, entry)
    if problems:
        raise BadInputError(problems)
    return found


def find(records: Mapping[str, Record], name: str, kind: str) -> Record:
    """Return a record by name.

    Parameters
    ----------
    records : mapping
        Records by name, for example ``catalog().missiles``.
    name : str
        Name wanted.
    kind : str
        What they are called in the message, for example ``"missile"``.

    Raises
    ------
    BadInputError
        There is none; the message offers the nearest names.
    """
    if name in records:
        return records[name]
    problem = Problem(
        file="catalog",
        found=f'no {kind} "{name}"',
        allowed=f"one of {len(records)} names",
        do=nearest(name, records),
    )
    raise BadInputError([problem])


def missile(name: str) -> Missile:
    """Return a ballistic missile of the packaged catalog; see `find` for the error.

    Examples
    --------
    >>> missile("scud-b").kind
    'srbm'
    """
    return find(catalog().missiles, name, "missile")


def interceptor(name: str) -> Interceptor:
    """Return an interceptor of the packaged catalog; see `find` for the error."""
    return find(catalog().interceptors, name, "interceptor")


def radar(name: str) -> Radar:
    """Return a radar of the packaged catalog; see `find` for the error."""
    return find(catalog().radars, name, "radar")


def satellite(name: str) -> Constellation:
    """Return a constellation of warning satellites of the packaged catalog; see `find` for the error."""
    return find(catalog().constellations, name, "satellite")


def force(name: str) -> Force:
    """Return a party's forces at a date from the packaged catalog; see `find` for the error."""
    return find(catalog().forces, name, "force")


def source_key(text: str) -> str:
    """Return the bibliography key in the `source` of a cited number.

    Examples
    --------
    >>> source_key("aps2003, table 15.1")
    'aps2003'
    """
    return text.partition(",")[0].strip()


def unverified(record: object) -> list[tuple[str, Cited]]:
    """Return the numbers of a record that were recalled and not read in a source, with the path to each."""
    return [(path, number) for path, number in cited(record) if number.unverified]


def _packaged() -> Traversable:
    return files("detente.catalog") / "data"


def _sorted(folder: Path | Traversable) -> list[Traversable]:
    if not folder.is_dir():
        problem = Problem(file=str(folder), found="no such folder", allowed="a catalog folder", do="Check the path.")
        raise BadInputError([problem])
    items: list[Traversable] = list(folder.iterdir())
    return sorted(items, key=lambda item: item.name)


def _source(key: str, entry: Any) -> Source:
    people = " and ".join(str(person) for person in entry.persons.get("author", []))
    text = {name: str(entry.fields.get(name, "")).replace("{", "").replace("}", "") for name in _FIELDS}
    author = people.replace("{", "").replace("}", "") or text["organization"]
    return Source(key=key, title=text["title"], author=author, year=text["year"], url=text["url"], note=text["note"])


_FIELDS = ("title", "organization", "year", "url", "note")


@cache
def _adapter(model: type) -> TypeAdapter[Any]:
    from pydantic import TypeAdapter

    return TypeAdapter(model)


def _add(file: Traversable, model: type, known: Mapping[str, Source], into: dict[str, Any]) -> list[Problem]:
    """Read one file into the records of its kind; return what is wrong with it."""
    try:
        document = read_toml(file)
    except BadInputError as error:
        return list(error.problems)
    problems: list[Problem] = []
    for name, raw in document.data.items():
        wrong = list(_misnamed(document, name, raw, into))
        if not wrong:
            into[name], wrong = _record(document, name, raw, model)
        if not wrong:
            wrong = [*_unsourced(document, name, into[name], known), *_contradicting(document, name, into[name])]
        problems += wrong
    return problems


def _misnamed(document: Document, name: str, raw: object, taken: Mapping[str, Any]) -> Iterator[Problem]:
    def problem(found: str, allowed: str, do: str) -> Problem:
        return Problem(file=document.file, key=name, line=document.line(name, ""), found=found, allowed=allowed, do=do)

    if not isinstance(raw, dict):
        yield problem("a value outside any table", "tables only", "Put it under its record's [name].")
    elif "name" in raw:
        yield problem("a name inside the record", "none: the table is the name", "Delete the line.")
    if not _NAME.fullmatch(name):
        yield problem(f'"{name}" as a name', "small letters, digits and single hyphens", "Rename the table.")
    if name in taken:
        yield problem("a name used twice", "one record a name", "Rename or delete one of them.")


def _record(document: Document, name: str, raw: dict[str, Any], model: type) -> tuple[Any, list[Problem]]:
    from pydantic import ValidationError

    try:
        return _adapter(model).validate_python({"name": name, **raw}), []
    except ValidationError as error:
        return None, problems_from_pydantic(document, error, model, (name,))


def _contradicting(document: Document, name: str, record: object) -> Iterator[Problem]:
    for each in contradictions(record):
        path = f"{name}.{each.path}"
        line = document.line(*path.split("."))
        yield Problem(file=document.file, key=path, line=line, found=each.found, allowed=each.allowed, do=each.do)


def _unsourced(document: Document, name: str, record: object, known: Mapping[str, Source]) -> Iterator[Problem]:
    for path, text in _cites(record):
        key = source_key(text)
        if key not in known:
            yield Problem(
                file=document.file,
                key=f"{name}.{path}",
                line=document.line(*f"{name}.{path}".split(".")),
                found=f'source "{key}"',
                allowed="a key of a .bib file beside the catalog",
                do=f"Add the entry, or correct the key. {nearest(key, known)}",
            )


def _cites(record: object, path: str = "") -> Iterator[tuple[str, str]]:
    """Yield each source that a record names, of a cited number or of a whole table, with its path."""
    if isinstance(record, tuple):
        pairs = [(str(index), item) for index, item in enumerate(record)]
    elif dataclasses.is_dataclass(record) and not isinstance(record, type):
        pairs = [(field.name, getattr(record, field.name)) for field in dataclasses.fields(record)]
        if isinstance(text := getattr(record, "source", None), str):
            yield f"{path}.source" if path and not isinstance(record, Cited) else path or "source", text
    else:
        return
    for key, item in pairs:
        yield from _cites(item, f"{path}.{key}" if path else key)
