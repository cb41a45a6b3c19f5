"""A scenario file into a validated `Scenario`, or every mistake of it at once."""

from __future__ import annotations

import copy
import dataclasses
from collections.abc import Callable, Iterable, Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from detente.catalog.load import catalog, sources
from detente.catalog.records import Catalog
from detente.files import Document, problems_from_pydantic, read_toml
from detente.problems import BadInputError, Problem, nearest
from detente.scenario.deployments import impossible
from detente.scenario.forces import inconsistent, tables
from detente.scenario.meaning import contradictions
from detente.scenario.references import problem, unknown_names
from detente.scenario.scenario import Scenario
from detente.sources import cited

Check = Callable[[Mapping[str, Any]], Iterable[tuple[tuple[str, ...], str, str, str]]]
"""A check on a raw scenario: key path, what was found, what is allowed, what to do."""

_NAMED = ("parties", "threats", "cases", "places", "regions", "notices", "forces")
_REQUIRED = {
    "parties": "a scenario has at least one party: add [parties.NAME] with title and capital",
    "threats": "a scenario has at least one threat: add [threats.NAME]",
    "cases": "a scenario has at least one case: add [cases.NAME] with title, summary, on, agreements, forces, sensors",
}


def examples() -> dict[str, Traversable]:
    """Return the bundled scenario files by name."""
    folder = files("detente.scenario") / "examples"
    return {item.name.removesuffix(".toml"): item for item in folder.iterdir() if item.name.endswith(".toml")}


def find(scenario: str | Path) -> Path | Traversable:
    """Return the file of a scenario that is given by path or by the name of a bundled example.

    Raises
    ------
    BadInputError
        Neither a file nor an example; the nearest names are offered.
    """
    path = Path(scenario)
    if path.exists() or path.suffix == ".toml":
        return path
    known = examples()
    if str(scenario) in known:
        return known[str(scenario)]
    found = f'no file and no bundled scenario "{scenario}"'
    raise BadInputError(
        [
            Problem(
                file=str(scenario),
                found=found,
                allowed="a TOML file, or one of " + ", ".join(sorted(known)),
                do=nearest(str(scenario), known),
            )
        ]
    )


def load(scenario: str | Path, checks: Iterable[Check] = ()) -> Scenario:
    """Read a scenario and check all of it.

    Parameters
    ----------
    scenario : str or Path
        A TOML file, or the name of a bundled example.
    checks : iterable of callables
        Further checks on the raw scenario, whose findings are reported with the others.

    Returns
    -------
    Scenario
        With the catalog, its own places, regions and forces merged in.

    Raises
    ------
    BadInputError
        Every problem of the file, each with key, line, what was found, what is allowed and what to do.

    Examples
    --------
    >>> sorted(load("minimal").cases)
    ['alaska']
    """
    from pydantic import TypeAdapter, ValidationError

    source = find(scenario)
    document = read_toml(source)
    name = source.name.removesuffix(".toml")
    raw, problems = _resolved(document, name)
    problems += tables(document, source, raw)
    problems += _semantics(document, raw, checks)
    try:
        made = TypeAdapter(Scenario).validate_python(raw)
    except ValidationError as error:
        problems += problems_from_pydantic(document, error, Scenario)
        raise BadInputError(problems) from None
    known = catalog()
    problems += [*_uncited(document, made), *contradictions(document, made), *impossible(document, made, known)]
    problems += inconsistent(document, made)
    if problems:
        raise BadInputError(problems)
    merged = dataclasses.replace(
        known,
        places=known.places | made.places,
        regions=known.regions | made.regions,
        forces=known.forces | made.forces,
    )
    return dataclasses.replace(made, catalog=merged)


def _semantics(document: Document, raw: Mapping[str, Any], checks: Iterable[Check]) -> list[Problem]:
    known: Catalog = catalog()
    problems = [
        problem(document.file, ".".join(path), document.line(*path), name, kind, hint)
        for path, name, kind, hint in unknown_names(raw, known)
    ]
    for check in checks:
        problems += [
            Problem(
                file=document.file,
                key=".".join(path),
                line=document.line(*path),
                found=found,
                allowed=allowed,
                do=do,
            )
            for path, found, allowed, do in check(raw)
        ]
    return problems


def _resolved(document: Document, name: str) -> tuple[dict[str, Any], list[Problem]]:
    """Return the raw scenario with names filled in and `based_on` resolved, and what is wrong with that."""
    raw = copy.deepcopy(document.data)
    problems = []
    for kind, do in _REQUIRED.items():
        if not isinstance(raw.get(kind), dict) or not raw[kind]:
            problems.append(
                Problem(file=document.file, key=kind, found=f"no {kind}", allowed=f"at least one of {kind}", do=do)
            )
            raw[kind] = {}
    raw.setdefault("name", name)
    problems += _based(document, raw["cases"])
    for kind in _NAMED:
        table = raw.get(kind)
        for key, item in table.items() if isinstance(table, dict) else ():
            if isinstance(item, dict):
                problems += _renamed(document, kind, key, item)
                item["name"] = key
    return raw, problems


def _renamed(document: Document, kind: str, key: str, item: dict[str, Any]) -> list[Problem]:
    """Return a problem where a table whose name is its key gives another name inside."""
    if "name" not in document.data[kind][key]:
        return []
    return [
        Problem(
            file=document.file,
            key=f"{kind}.{key}.name",
            line=document.line(kind, key, "name"),
            found=f'"{item["name"]}" as a name inside the table',
            allowed="none: the table is the name",
            do="Delete the line.",
        )
    ]


def _based(document: Document, cases: dict[str, Any]) -> list[Problem]:
    problems = []
    done: dict[str, Any] = {}
    for key, case in cases.items():
        base = case.pop("based_on", None) if isinstance(case, dict) else None
        if isinstance(base, str) and base in done:
            done[key] = cases[key] = _merged(done[base], case)
            continue
        if base is not None:
            problems.append(
                Problem(
                    file=document.file,
                    key=f"cases.{key}.based_on",
                    line=document.line("cases", key, "based_on"),
                    found=f'"{base}"',
                    allowed="the name of a case that stands above this one",
                    do=nearest(str(base), done),
                )
            )
        done[key] = case
    return problems


def _merged(base: Any, over: Any) -> Any:
    """Return `base` with the keys of `over` laid over it, table by table; lists and quantities are replaced whole."""
    if not (isinstance(base, dict) and isinstance(over, dict)) or "value" in over:
        return copy.deepcopy(over)
    kept = {key: copy.deepcopy(item) for key, item in base.items() if key not in over}
    return kept | {key: _merged(base.get(key), item) for key, item in over.items()}


def _uncited(document: Document, scenario: Scenario) -> list[Problem]:
    """Return a problem for each source key that is neither in the catalog nor in the scenario's [sources]."""
    known = set(sources()) | set(scenario.sources)
    named = [(path, number.source) for path, number in cited(scenario)]
    named += [(f"threats.{name}.source", threat.source) for name, threat in scenario.threats.items()]
    named += [(f"regions.{name}.source", region.source) for name, region in scenario.regions.items()]
    named += [(f"notices.{name}.source", notice.source) for name, notice in scenario.notices.items()]
    problems = []
    told: set[str] = set()
    for path, source in named:
        key = source.split(",")[0].strip()
        if key not in known and not (key in told and path.startswith("forces.")):
            told.add(key)
            problems.append(
                Problem(
                    file=document.file,
                    key=path,
                    line=document.line(*path.split(".")),
                    found=f'source "{key}"',
                    allowed="a key of the catalog's sources.bib or of this file's [sources]",
                    do=f'Add [sources] {key} = "author, title, year, address". {nearest(key, known)}',
                )
            )
    return problems
