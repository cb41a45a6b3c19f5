"""The law of a scenario by itself, without running the engines that it does not need."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from detente.problems import BadInputError, Problem, nearest
from detente.scenario.scenario import Case
from detente.study.load import load

if TYPE_CHECKING:
    from detente.treaties.rule import Finding


def law(
    scenario: str | Path, case: str | None = None, treaty: str | None = None, on: str | None = None
) -> dict[str, tuple[Finding, ...]]:
    """Return the findings of each case.

    Parameters
    ----------
    scenario : str or Path
        A file or a bundled example.
    case, treaty : str, optional
        One case, one agreement.
    on : str, optional
        A date as ``2001-08-08`` that replaces each case's own.

    Raises
    ------
    BadInputError
        Anything wrong with the scenario, or an unknown case, agreement or date.
    """
    from detente.forces.reduce import reduced
    from detente.treaties.check import check, names

    loaded = load(scenario)
    day = _day(on)
    _known("--case", case, loaded.cases)
    _known("--treaty", treaty, names())
    found: dict[str, tuple[Finding, ...]] = {}
    for name, one in loaded.cases.items():
        if case not in {None, name}:
            continue
        dated: Case = one if day is None else dataclasses.replace(one, on=day)
        forces = {party: reduced(loaded.catalog.forces[plan.base], plan) for party, plan in one.forces.items()}
        findings = check(loaded, dated, forces)
        found[name] = tuple(item for item in findings if treaty in {None, item.agreement})
    return found


def _day(text: str | None) -> date | None:
    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError:
        do = "Write the date as year-month-day."
        problem = Problem(file="command line", key="--on", found=f'"{text}"', allowed="a date as 2001-08-08", do=do)
        raise BadInputError([problem]) from None


def _known(option: str, name: str | None, known: Iterable[str]) -> None:
    allowed = list(known)
    if name is not None and name not in allowed:
        do = nearest(name, allowed)
        problem = Problem(file="command line", key=option, found=f'"{name}"', allowed=", ".join(allowed), do=do)
        raise BadInputError([problem])
