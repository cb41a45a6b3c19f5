"""Pages of the reference that are made from the code at every build, so that none can fall behind it."""

from __future__ import annotations

import ast
import dataclasses
import math
from collections.abc import Iterator
from pathlib import Path
from typing import get_args, get_origin, get_type_hints

from annotated_types import Ge, Le

from detente.files import describe
from detente.scenario.scenario import Case, Scenario
from detente.sources import Cited, Quantity
from detente.study.schema import kinds, told
from detente.treaties.check import names
from detente.treaties.reading import page
from detente.units import factor

SOURCE = Path(__file__).parents[1] / "src" / "detente"
PACKAGES = {
    "catalog": "Catalog",
    "scenario": "Scenario",
    "flight": "Flight",
    "sensing": "Sensing",
    "defense": "Defense",
    "forces": "Forces",
    "treaties": "Treaties",
    "study": "Study",
    "briefing": "Briefing",
    "cli": "Command line",
}
"""Packages in the order in which data flows, with the titles of their pages."""


def write(folder: Path) -> None:
    """Write every page whose text has changed, so that a second build reads none again."""
    folder.mkdir(parents=True, exist_ok=True)
    made = pages()
    for old in folder.glob("*.md"):
        if old.stem not in made:
            old.unlink()
    for name, text in made.items():
        path = folder / f"{name}.md"
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")


def pages() -> dict[str, str]:
    """Return the generated pages by name."""
    roots = [path.stem for path in sorted(SOURCE.glob("*.py")) if not path.stem.startswith("__")]
    made = {"api-01-foundation": _api("Units, sources, files, Earth", "", [f"detente.{name}" for name in roots])}
    for number, (package, title) in enumerate(PACKAGES.items(), 2):
        paths = sorted((SOURCE / package).rglob("*.py"), key=lambda path: (len(path.parts), path))
        modules = [_module(path) for path in paths if path.stem != "__init__" and path.read_text(encoding="utf-8")]
        about = ast.get_docstring(ast.parse((SOURCE / package / "__init__.py").read_text(encoding="utf-8"))) or ""
        made[f"api-{number:02}-{package}"] = _api(title, about, modules)
    made |= {f"treaty-{name}": page(name) for name in names()}
    made["file-scenario"] = _scenario()
    made["file-catalog"] = _catalog()
    return made


def _module(path: Path) -> str:
    return ".".join(path.relative_to(SOURCE.parent).with_suffix("").parts)


def _api(title: str, about: str, modules: list[str]) -> str:
    parts = [f"# {title}", about]
    parts += [f"## {name}\n\n```{{eval-rst}}\n.. automodule:: {name}\n   :members:\n```" for name in modules]
    return "\n\n".join(filter(None, parts)) + "\n"


def _scenario() -> str:
    parts = [
        "# Scenario files: every field",
        "Made from the records that the loader reads into. `detente schema` prints the same as JSON Schema. "
        "How to write a file is told in [Write a scenario](../../guides/write-a-scenario.md).",
        _NUMBERS,
    ]
    return "\n\n".join(parts + _tables(Scenario, "the file itself", set(), hidden={"catalog", "name"})) + "\n"


def _catalog() -> str:
    parts = [
        "# Catalog files: every field",
        "A folder a kind; each table at the top of a file is one record, and the table is its name. "
        "`detente schema KIND` prints the same as JSON Schema. See [the catalog](../../guides/catalog.md).",
        _NUMBERS,
    ]
    seen: set[type] = set()
    for kind, record in kinds().items():
        parts += _tables(record, f"a file in `{kind}/`: `[NAME]`", seen, hidden={"name"})
    return "\n\n".join(parts) + "\n"


_NUMBERS = (
    'A field with a unit is a table `{ value = "…", low = "…", high = "…", source = "…", seen = "…", note = "…" }`: '
    '`value` and `source` are needed, `low` and `high` equal the value where they are absent, `seen` is `"yes"` '
    "unless said otherwise. Any unit of the right kind will do."
)


_COMMON = {
    "title": "Its name in full.",
    "source": "Key of a source, with a place in it after a comma.",
    "seen": "Whether it was read in the source.",
    "note": "What a reader should know of it.",
}
"""Fields that mean the same in every record."""
_BASED_ON = (
    "| `based_on` | text in quotes |  | none | "
    "Name of a case above this one: what this table does not give is taken over from there. |"
)


def _tables(record: type, where: str, seen: set[type], hidden: set[str]) -> list[str]:
    """Return the heading, text and table of a record, then those of the records inside it."""
    if record in seen:
        return []
    seen.add(record)
    hints, about = get_type_hints(record, include_extras=True), told(record)
    fields = [field for field in dataclasses.fields(record) if field.name not in hidden]
    rows = [_row(field, hints[field.name], about.get(field.name) or _COMMON.get(field.name, "")) for field in fields]
    rows += [_BASED_ON] if record is Case else []
    text = (record.__doc__ or "").replace("\n    ", "\n").strip()
    head = "| field | what stands there | unit | if absent | meaning |\n|---|---|---|---|---|\n"
    parts = [f"## {record.__name__}", f"Where: {where}.", text, head + "\n".join(rows)]
    for field in fields:
        hint = hints[field.name]
        by_name = get_origin(hint) is dict
        place = f"`{field.name}` of {record.__name__}" + (", a table each, by name" if by_name else "")
        for inner in _inside(hint):
            if isinstance(inner, type) and dataclasses.is_dataclass(inner) and inner is not Cited:
                written = by_name and "name" in inner.__dataclass_fields__
                parts += _tables(inner, place, seen, {"name"} if written else set())
    return parts


def _inside(annotation: object) -> Iterator[object]:
    """Yield every part of an annotation, from outside in."""
    yield annotation
    for part in get_args(annotation):
        yield from _inside(part)


def _row(field: dataclasses.Field, annotation: object, about: str) -> str:
    parts = list(_inside(annotation))
    quantity = next((part for part in parts if isinstance(part, Quantity)), None)
    record = next((part for part in parts if dataclasses.is_dataclass(part) and isinstance(part, type)), None)
    what, unit = describe(annotation), ""
    if quantity is not None:
        what, unit = f"number, {_limits(quantity)}", "pure" if quantity.shown == "1" else quantity.shown
        what = f"a table by name, each: {what}" if get_origin(annotation) is dict else what
    elif record is not None:
        shape = {dict: "a table by name, each: ", tuple: "a list, each: "}.get(get_origin(annotation), "")
        what = f"{shape}[{record.__name__}](#{record.__name__.lower()})"
    bounds = [part for part in parts if isinstance(part, Ge | Le)]
    if bounds:
        what += ", " + " to ".join(f"{part.ge if isinstance(part, Ge) else part.le:g}" for part in bounds)
    cells = (f"`{field.name}`", what, unit, _default(field), about)
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _limits(quantity: Quantity) -> str:
    scale = factor(quantity.si, quantity.shown)
    if math.isinf(quantity.highest):
        return f"{quantity.lowest / scale:g} or more"
    return f"{quantity.lowest / scale:g} to {quantity.highest / scale:g}"


def _default(field: dataclasses.Field) -> str:
    if field.default_factory is not dataclasses.MISSING:
        return "none"
    if field.default is dataclasses.MISSING:
        return "**needed**"
    if field.default in (None, "", ()):
        return "none"
    return f"`{str(field.default).lower()}`" if isinstance(field.default, bool) else f"`{field.default}`"
