"""The law of a scenario by itself, without running the engines that it does not need."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from detente.problems import BadInputError, Problem, nearest
from detente.scenario.scenario import Case
from detente.study.load import load

if TYPE_CHECKING:
    from detente.treaties.calendar import Entry
    from detente.treaties.remedies import Remedy
    from detente.treaties.rule import Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What the law says of a case: findings, what would cure each break, and the dates to keep."""

    findings: tuple[Finding, ...]
    remedies: tuple[Remedy, ...]
    calendar: tuple[Entry, ...]


def law(
    scenario: str | Path, case: str | None = None, treaty: str | None = None, on: str | None = None
) -> dict[str, Judged]:
    """Return what the law says of each case: the agreements that it names, and every other that binds on its date.

    Parameters
    ----------
    scenario : str or Path
        A file or a bundled example.
    case, treaty : str, optional
        One case; one agreement, which is then read whether it binds or not.
    on : str, optional
        A date as ``2001-08-08`` that replaces each case's own.

    Raises
    ------
    BadInputError
        Anything wrong with the scenario, or an unknown case, agreement or date.
    """
    from detente.forces.reduce import reduced
    from detente.treaties.calendar import calendar
    from detente.treaties.check import check, every, names
    from detente.treaties.remedies import remedies

    loaded = load(scenario)
    day = _day(on)
    _known("--case", case, loaded.cases)
    _known("--treaty", treaty, names())
    found: dict[str, Judged] = {}
    for name, one in loaded.cases.items():
        if case not in {None, name}:
            continue
        read = _only(every(one, day), treaty)
        forces = {party: reduced(loaded.catalog.forces[plan.base], plan) for party, plan in one.forces.items()}
        findings = check(loaded, read, forces)
        cures = remedies(loaded, read, forces, findings)
        dates = calendar(read, findings, day or loaded.on)
        found[name] = Judged(findings=findings, remedies=cures, calendar=dates)
    return found


def _only(case: Case, treaty: str | None) -> Case:
    """Return a case with one agreement only, in the state that it has there, in force where it has none."""
    if treaty is None:
        return case
    return dataclasses.replace(case, agreements={treaty: case.agreements.get(treaty, "in-force")})


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
