"""Forces that a scenario brings along: tables beside it, and what in them contradicts itself."""

from __future__ import annotations

import dataclasses
from datetime import date
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from detente.catalog.force_csv import read_force
from detente.catalog.force_rules import contradictions
from detente.catalog.records import Force
from detente.files import Document
from detente.problems import BadInputError, Problem
from detente.scenario.scenario import Scenario
from detente.sources import Cited


def tables(document: Document, source: Path | Traversable, raw: dict[str, Any]) -> list[Problem]:
    """Put the forces of CSV files in the place of the tables that name them; return what is wrong with them.

    Parameters
    ----------
    document : Document
        The scenario; gives its name and lines.
    source : path-like
        Its file; the CSV files are looked for beside it.
    raw : dict
        The raw scenario, changed in place.
    """
    problems: list[Problem] = []
    forces = raw.get("forces")
    if not isinstance(forces, dict):
        return problems
    for key, item in forces.items():
        if not (isinstance(item, dict) and isinstance(item.get("csv"), str)):
            continue
        if more := sorted(set(item) - {"csv", "name"}):
            problems.append(
                Problem(
                    file=document.file,
                    key=f"forces.{key}.csv",
                    line=document.line("forces", key, "csv"),
                    found=f"csv beside {', '.join(more)}",
                    allowed="csv alone, or the force itself",
                    do="Delete one of the two.",
                )
            )
        forces[key] = _EMPTY
        try:
            made = read_force(Path(str(source)).parent / item["csv"])
            forces[key] = dataclasses.replace(made, name=key)
        except BadInputError as error:
            problems += error.problems
    return problems


_EMPTY = Force(
    name="",
    title="",
    party="",
    on=date.min,
    classes=(),
    published_warheads=Cited(value=0.0, low=0.0, high=0.0, source="derived"),
)
"""Stands for a table that could not be read, so that the rest of the scenario is still checked."""


def inconsistent(document: Document, scenario: Scenario) -> list[Problem]:
    """Return what contradicts itself in the forces of a scenario; those of CSV files were checked as they were read."""
    return [
        Problem(
            file=document.file,
            key=f"forces.{name}.{each.path}",
            line=document.line("forces", name, *each.path.split(".")),
            found=each.found,
            allowed=each.allowed,
            do=each.do,
        )
        for name, force in scenario.forces.items()
        if "csv" not in document.data["forces"][name]
        for each in contradictions(force)
    ]
