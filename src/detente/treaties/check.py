"""Check a case of a scenario against every agreement that it names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from importlib import import_module
from typing import Any

from detente.catalog.records import Force
from detente.problems import BadInputError, Problem, nearest
from detente.scenario.scenario import Case, Scenario, TreatyState
from detente.treaties.dated import Agreement, months_after, months_before, read
from detente.treaties.facts import facts
from detente.treaties.rule import Finding, Law, Rule

_FOLDERS = {
    "abm-1972": "abm_1972",
    "demarcation-1997": "demarcation_1997",
    "start-1": "start_1",
    "start-2": "start_2",
    "sort-2002": "sort_2002",
    "helsinki-1997": "helsinki_1997",
    "accidents-1971": "accidents_1971",
    "jdec-2000": "jdec_2000",
    "new-start": "new_start",
}


def names() -> tuple[str, ...]:
    """Return the names of the agreements that a case may name.

    Examples
    --------
    >>> names()[:2]
    ('abm-1972', 'demarcation-1997')
    """
    return tuple(_FOLDERS)


def agreement(name: str) -> Agreement:
    """Return an agreement: its parties, dates, clauses and parameters.

    Raises
    ------
    BadInputError
        No such agreement; the nearest names are offered.

    Examples
    --------
    >>> agreement("start-1").in_force
    datetime.date(1994, 12, 5)
    """
    if name not in _FOLDERS:
        raise BadInputError([_unknown("", name, "treaties")])
    return read(_FOLDERS[name])


def rules(name: str) -> tuple[Rule, ...]:
    """Return the rules of an agreement, in order of its articles.

    Examples
    --------
    >>> [each.articles for each in rules("sort-2002")]
    [('I',)]
    """
    agreement(name)
    return _rules(_FOLDERS[name])


@cache
def _rules(folder: str) -> tuple[Rule, ...]:
    found: tuple[Rule, ...] = import_module(f"detente.treaties.{folder}.rules").RULES
    return found


def check(scenario: Scenario, case: Case, forces: Mapping[str, Force]) -> tuple[Finding, ...]:
    """Return what every agreement that a case names says of it.

    An agreement "in-force" is read at the date of the case; where it did not bind on that date there is one finding,
    "not in force". "as-if-in-force" reads it all the same. "set-aside" reads it too, so that a reader sees what it
    would forbid (`Finding.binding` is then false), and finds that notice is owed where it still binds on the date.

    Parameters
    ----------
    scenario : Scenario
        With its catalog.
    case : Case
        One of its cases.
    forces : mapping of Force
        Each party's force as the case leaves it, after reductions; a party that is absent makes its limits "not
        determinable".

    Returns
    -------
    tuple of Finding
        In the order of the agreements in the case, then of their articles.

    Raises
    ------
    BadInputError
        An agreement, interceptor, place or radar that does not exist; all unknown agreements at once.
    """
    unknown = [_unknown(f"cases.{case.name}.agreements", name) for name in case.agreements if name not in _FOLDERS]
    if unknown:
        raise BadInputError(unknown)
    gathered = facts(scenario, case, forces)
    found: list[Finding] = []
    for name, state in case.agreements.items():
        law = Law(agreement=agreement(name), state=state, on=case.on)
        binds = law.agreement.binds_on(case.on)
        if state == "in-force" and not binds:
            found.append(_not_in_force(law))
            continue
        if state == "set-aside" and binds and law.agreement.withdrawal:
            found.append(_notice(law))
        for each in rules(name):
            found.extend(each.check(law, gathered))
    return tuple(found)


def every(case: Case, on: date | None = None) -> Case:
    """Return a case on a date, with every agreement that bound on it beside those that the case names.

    Parameters
    ----------
    case : Case
        What it names, it holds as it says.
    on : date, optional
        Instead of the date of the case.

    Returns
    -------
    Case
        Its own agreements first, then the others.
    """
    day = on or case.on
    bound: dict[str, TreatyState] = {name: "in-force" for name in names() if agreement(name).binds_on(day)}
    return replace(case, on=day, agreements={**case.agreements, **bound, **case.agreements})


def _not_in_force(law: Law) -> Finding:
    said = f'on {law.on}: {law.agreement.why_not(law.on)} (to read it all the same, write "as-if-in-force")'
    return law.find("Entry into force", "not in force", party="all", subject="the agreement", because=said)


def _notice(law: Law) -> Finding:
    """Return the notice that setting aside an agreement takes while it binds; that finding is itself in force."""
    months = int(law.number("withdrawal_months"))
    said = (
        f"it still binds on {law.on}; setting it aside takes {months} months' notice: given on that day, it is free "
        f"of it from {months_after(law.on, months)}; or both sides agree to end it"
    )
    held = Law(agreement=law.agreement, state="in-force", on=law.on)
    return held.find(
        law.agreement.withdrawal,
        "notice owed",
        party="all",
        subject="setting the agreement aside",
        because=said,
        due=months_before(law.on, months),
    )


def _unknown(key: str, name: str, file: str = "scenario") -> Problem:
    return Problem(
        file=file,
        key=key,
        found=f'agreement "{name}"',
        allowed=", ".join(_FOLDERS),
        do=nearest(name, _FOLDERS),
    )


def misnamed(raw: Mapping[str, Any]) -> Iterator[tuple[tuple[str, ...], str, str, str]]:
    """Find what is wrong with the agreements that a raw scenario names, for `scenario.load.load`.

    Parameters
    ----------
    raw : mapping
        The scenario as read from its file.

    Yields
    ------
    tuple (key path, what was found, what is allowed, what to do)
        For each unknown agreement, and each that is called in force on a date on which it was not.

    Examples
    --------
    >>> case = {"on": date(2001, 8, 8), "agreements": {"start-2": "in-force"}}
    >>> [(path[-1], do) for path, _, _, do in misnamed({"cases": {"a": case}})]
    [('start-2', 'Write "as-if-in-force", or change the date of the case.')]
    """
    cases = raw.get("cases")
    for name, case in cases.items() if isinstance(cases, dict) else ():
        agreements = case.get("agreements") if isinstance(case, dict) else None
        for held, state in agreements.items() if isinstance(agreements, dict) else ():
            for found, allowed, do in _misnamed(held, state, case.get("on")):
                yield ("cases", name, "agreements", held), found, allowed, do


def _misnamed(held: str, state: object, on: object) -> Iterable[tuple[str, str, str]]:
    if held not in _FOLDERS:
        return [(f'agreement "{held}"', ", ".join(_FOLDERS), nearest(held, _FOLDERS))]
    known = read(_FOLDERS[held])
    if state == "in-force" and type(on) is date and not known.binds_on(on):
        allowed = "as-if-in-force or set-aside on that date" if known.in_force else "as-if-in-force or set-aside"
        do = 'Write "as-if-in-force", or change the date of the case.'
        return [(f'"in-force" on {on}, but {known.short} was {known.why_not(on)}', allowed, do)]
    return []
