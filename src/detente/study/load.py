"""Load a scenario with every check there is, the law's dates included."""

from __future__ import annotations

import dataclasses
from pathlib import Path

from detente.files import read_toml
from detente.problems import BadInputError, Problem
from detente.scenario.load import find
from detente.scenario.load import load as read
from detente.scenario.scenario import Scenario


def load(scenario: str | Path) -> Scenario:
    """Read a scenario file, or a bundled example by its name, and check all of it.

    Parameters
    ----------
    scenario : str or Path
        A TOML file, or the name of a bundled example.

    Raises
    ------
    BadInputError
        Every problem at once, each with file, key, line, what was found, what is allowed and what to do.

    Examples
    --------
    >>> list(load("genoa-2001").cases)
    ['abm-treaty', 'us-framework', 'russian-proposal', 'start-2']
    """
    from detente.treaties.check import misnamed

    made = read(scenario, [misnamed])
    if problems := _unfit(scenario, made):
        raise BadInputError(problems)
    return made


def _unfit(scenario: str | Path, made: Scenario) -> list[Problem]:
    """Return every plan of reduction that does not fit the force it starts from."""
    from detente.forces.counting import check

    problems = []
    for name, case in made.cases.items():
        for party, plan in case.forces.items():
            for each in check(made.catalog.forces[plan.base], plan):
                key = f"cases.{name}.forces.{party}.{each.key}".rstrip(".")
                line = read_toml(find(scenario)).line(*key.split("."))
                found = f"{each.found} ({plan.base})"
                problems.append(dataclasses.replace(each, file=str(find(scenario)), key=key, line=line, found=found))
    return problems
