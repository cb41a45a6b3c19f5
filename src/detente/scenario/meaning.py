"""What a scenario says that cannot be: checks across its fields, once each of them is right by itself."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import fields
from datetime import datetime

from detente.files import Document
from detente.problems import Problem
from detente.scenario.scenario import Case, Judgment, Notice, Release, Scenario
from detente.sources import Cited

_FULL = 2.0 * math.pi
_WIDEST = 2.0e7
"""Half the circumference of the Earth [m]: a cell or circle wider than that says nothing."""

# Key, what was found, what is allowed, what to do.
Found = tuple[str, str, str, str]


def contradictions(document: Document, scenario: Scenario) -> list[Problem]:
    """Return a problem for each thing that a scenario says against itself or against sense.

    Parameters
    ----------
    document : Document
        The file; gives its name and lines.
    scenario : Scenario
        What was read from it, each field right by itself.
    """
    found: list[Found] = []
    for name, threat in scenario.threats.items():
        found += _moment(f"threats.{name}.at", threat.at)
        found += _size(f"threats.{name}.apogee", threat.apogee, _WIDEST, '"1 km" to "20000 km"', 1e3)
    for name, notice in scenario.notices.items():
        found += _notice(f"notices.{name}", notice)
    for name, case in scenario.cases.items():
        found += _sharing(f"cases.{name}.sharing", case)
    found += _judgment(scenario.judgment)
    return [
        Problem(file=document.file, key=key, line=document.line(*key.split(".")), found=what, allowed=allowed, do=do)
        for key, what, allowed, do in found
    ]


def _moment(key: str, moment: datetime | None) -> Iterator[Found]:
    if moment is not None and moment.tzinfo is None:
        do = f"Add the zone: {moment.isoformat()}Z is Greenwich, {moment.isoformat()}+03:00 is Moscow in winter."
        yield key, f"{moment.isoformat()} without a time zone", "a moment such as 2001-08-01T06:24:00Z", do


def _size(key: str, number: Cited | None, most: float, allowed: str, least: float = 0.0) -> Iterator[Found]:
    if number is not None and (number.low <= 0.0 or number.low < least):
        yield key, "a size of nothing, or a range that reaches it", allowed, "Give a size, or delete the key."
    elif number is not None and number.high > most:
        yield key, "a size that leaves nothing out", allowed, "Make it smaller, or delete the key."


def _notice(key: str, notice: Notice) -> Iterator[Found]:
    yield from _moment(f"{key}.opens", notice.opens)
    yield from _moment(f"{key}.closes", notice.closes)
    if (notice.opens.tzinfo is None) == (notice.closes.tzinfo is None) and notice.opens >= notice.closes:
        found = f"{notice.closes.isoformat()}, not after {notice.opens.isoformat()}"
        yield f"{key}.closes", found, "a moment after `opens`", "Exchange the two, or correct one."
    yield from _size(f"{key}.launch_radius", notice.launch_radius, _WIDEST, 'a radius such as "20 km"')
    yield from _size(f"{key}.impact_radius", notice.impact_radius, _WIDEST, 'a radius such as "100 km"')
    yield from _size(f"{key}.azimuth_tolerance", notice.azimuth_tolerance, 0.5 * _FULL, 'such as "10 deg"')
    for first, second in (("azimuth", "azimuth_tolerance"), ("impact", "impact_radius")):
        given = [name for name in (first, second) if getattr(notice, name) is not None]
        if len(given) == 1:
            lacking = second if given == [first] else first
            yield f"{key}.{given[0]}", f"{given[0]} without {lacking}", "both or neither", f"Add {lacking} = …"


def _sharing(key: str, case: Case) -> Iterator[Found]:
    sharing = case.sharing
    if sharing is None:
        return
    if len(set(sharing.between)) < 2 or len(set(sharing.between)) != len(sharing.between):
        found = f"{len(sharing.between)} entries, {len(set(sharing.between))} parties"
        yield f"{key}.between", found, "two or more parties, each once", "Name whom the data goes between."
    for name, release in sharing.releases.items():
        if name not in sharing.between:
            do = f'Add "{name}" to `between`, or delete the table.'
            yield f"{key}.releases.{name}", f'a release by "{name}"', "a party that stands in `between`", do
        yield from _release(f"{key}.releases.{name}", release)


def _release(key: str, release: Release) -> Iterator[Found]:
    yield from _size(f"{key}.launch_area", release.launch_area, _WIDEST, 'a cell such as "100 km"', 1.0)
    yield from _size(f"{key}.impact_area", release.impact_area, _WIDEST, 'a cell such as "200 km"', 1.0)
    yield from _size(f"{key}.azimuth", release.azimuth, _FULL, 'a sector such as "30 deg", to "360 deg"', 1e-3)
    if not release.tells:
        do = "Name what is released (launch_time = true, launch_area = …), or delete the table: then nothing is."
        yield key, "a delay and nothing that is released", "at least one field beside `delay`", do


def _judgment(judgment: Judgment | None) -> Iterator[Found]:
    numbers = {each.name: getattr(judgment, each.name) for each in fields(Judgment)} if judgment is not None else {}
    for name, number in numbers.items():
        if isinstance(number, Cited) and not (number.low > 0.0 and number.high < 1.0):
            found = f"a range from {number.low:g} to {number.high:g}"
            do = "A chance of 0 or 1 leaves nothing to be learnt: give one just short of it."
            yield f"judgment.{name}", found, "above 0 and below 1", do
