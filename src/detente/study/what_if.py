"""A scenario with other sensors: more or fewer satellites, a radar lost, a radar rebuilt or built."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from detente.problems import BadInputError, Problem, nearest
from detente.scenario.scenario import Case, Scenario, Sensors
from detente.sensing import network
from detente.sensing.infrared import on_station
from detente.sources import Cited

SOURCE = "what-if"
"""Key of the source that numbers of a what-if cite: nobody's but the asker's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIf:
    """Sensors that a question adds, takes away or counts anew, as a user writes them.

    Parameters
    ----------
    satellites : tuple of str
        Each ``"N"``, ``"CONSTELLATION=N"`` or ``"PARTY/CONSTELLATION=N"``: satellites on station. A bare number counts
        the constellation whose number the scenario's first case states, or the only one that there is.
    without : tuple of str
        Radars that do not work.
    added : tuple of str
        Radars that work whatever their state at the date: rebuilt, finished, or built early.
    """

    satellites: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    added: tuple[str, ...] = ()

    def told(self) -> str:
        """Return what is changed, in words; empty where nothing is.

        Examples
        --------
        >>> WhatIf(satellites=("4",), without=("don-2n",)).told()
        'satellites 4; without don-2n'
        """
        parts = (("satellites", self.satellites), ("without", self.without), ("with", self.added))
        return "; ".join(f"{what} {', '.join(names)}" for what, names in parts if names)


def changed(scenario: Scenario, what_if: WhatIf, cases: Collection[str]) -> Scenario:
    """Return a scenario in which some cases have other sensors.

    Parameters
    ----------
    scenario : Scenario
        As loaded.
    what_if : WhatIf
        What is changed.
    cases : collection of str
        Names of the cases that are asked about; the others stay as they are.

    Raises
    ------
    BadInputError
        Everything at once: names that nothing bears, counts that are none or more than there are places, radars that
        work already or do not work anyway.
    """
    chosen = {name: scenario.cases[name] for name in cases}
    counted, problems = _counts(scenario, what_if.satellites)
    problems += _unknown_radars(scenario, what_if)
    problems += _twice(what_if)
    if not problems:
        problems += _idle(scenario, chosen, what_if)
    if problems:
        raise BadInputError(problems)
    for name, case in chosen.items():
        chosen[name] = _changed(scenario, case, what_if, counted)
    return dataclasses.replace(scenario, cases={**scenario.cases, **chosen})


def _changed(scenario: Scenario, case: Case, what_if: WhatIf, counted: Mapping[tuple[str, str], float]) -> Case:
    sensors = dict(case.sensors)
    for (party, constellation), count in counted.items():
        old = sensors.get(party, Sensors())
        number = Cited(value=count, low=count, high=count, source=SOURCE)
        names = tuple(dict.fromkeys((*old.constellations, constellation)))
        satellites = {**old.satellites, constellation: number}
        sensors[party] = dataclasses.replace(old, constellations=names, satellites=satellites)
    for name in what_if.added:
        party = scenario.catalog.radars[name].party
        old = sensors.get(party, Sensors())
        sensors[party] = dataclasses.replace(old, rebuilt=tuple(dict.fromkeys((*old.rebuilt, name))))
    for party, old in sensors.items():
        radars, rebuilt = (_kept(names, what_if.without) for names in (old.radars, old.rebuilt))
        sensors[party] = dataclasses.replace(old, radars=radars, rebuilt=rebuilt)
    return dataclasses.replace(case, sensors=sensors)


def _kept(names: Iterable[str], without: Collection[str]) -> tuple[str, ...]:
    return tuple(name for name in names if name not in without)


def _counts(scenario: Scenario, given: Iterable[str]) -> tuple[dict[tuple[str, str], float], list[Problem]]:
    """Return satellites on station by party and constellation, and what is wrong with what was given."""
    counted: dict[tuple[str, str], float] = {}
    problems = []
    for text in given:
        name, equals, number = text.rpartition("=")
        whose = _named(scenario, text, name.strip()) if equals else _the_one(scenario, text)
        if isinstance(whose, Problem):
            problems.append(whose)
        elif wrong := _miscounted(scenario, text, whose[1], number.strip()):
            problems.append(wrong)
        elif whose in counted:
            do = "Count each constellation once."
            problems.append(_problem("--satellites", f"{'/'.join(whose)} twice", "one number for each", do))
        else:
            counted[whose] = float(number)
    return counted, problems


def _miscounted(scenario: Scenario, text: str, constellation: str, number: str) -> Problem | None:
    if not number.isdecimal():
        do = f"Write {constellation}=4, for example."
        return _problem("--satellites", f'"{text}"', "a whole number of satellites, 0 or more", do)
    try:
        on_station(scenario.catalog.constellations[constellation], float(number))
    except BadInputError as error:
        return _problem("--satellites", f'"{text}"', f"for {constellation} {error.problems[0].allowed}", "Lower it.")
    return None


def _named(scenario: Scenario, text: str, name: str) -> tuple[str, str] | Problem:
    """Return the party and the constellation that "PARTY/CONSTELLATION" or "CONSTELLATION" means."""
    party, slash, constellation = name.rpartition("/")
    known = scenario.catalog.constellations
    if constellation not in known:
        do = nearest(constellation, known)
        return _problem("--satellites", f'"{text}"', "CONSTELLATION=N with a constellation of the catalog", do)
    party = party if slash else known[constellation].party
    if party not in scenario.parties:
        allowed = "PARTY/CONSTELLATION=N with a party of the scenario"
        return _problem("--satellites", f'"{text}": party "{party}"', allowed, nearest(party, scenario.parties))
    return party, constellation


def _the_one(scenario: Scenario, text: str) -> tuple[str, str] | Problem:
    """Return the constellation that a bare number counts: the one that the first case counts, or the only one."""
    first = next(iter(scenario.cases.values()))
    counted = [(party, name) for party, sensors in first.sensors.items() for name in sensors.satellites]
    every = [(party, name) for party, sensors in first.sensors.items() for name in sensors.constellations]
    for found in (counted, every):
        if len(found) == 1:
            return found[0]
    names = ", ".join(f"{'/'.join(each)}=N" for each in every) or "CONSTELLATION=N with a constellation of the catalog"
    do = "Say which satellites the number counts."
    return _problem("--satellites", f'"{text}" where {len(every)} constellations could be meant', names, do)


def _unknown_radars(scenario: Scenario, what_if: WhatIf) -> list[Problem]:
    """Return a problem for each radar that the catalog does not know, or that belongs to nobody in the scenario."""
    known, problems = scenario.catalog.radars, []
    for option, names in (("--without", what_if.without), ("--with", what_if.added)):
        for name in names:
            if name not in known:
                allowed = "a radar of the catalog (detente catalog list radars)"
                problems.append(_problem(option, f'unknown radar "{name}"', allowed, nearest(name, known)))
            elif option == "--with" and known[name].party not in scenario.parties:
                found = f'"{name}" of {known[name].party}, which is no party of the scenario'
                allowed = f"a radar of {', '.join(scenario.parties)}"
                problems.append(_problem(option, found, allowed, "Choose another radar, or add the party."))
    return problems


def _twice(what_if: WhatIf) -> list[Problem]:
    both = sorted(set(what_if.without) & set(what_if.added))
    do = "Leave one of the two out."
    return [_problem("--with", f'"{name}" with and without', "one of the two", do) for name in both]


def _idle(scenario: Scenario, cases: Mapping[str, Case], what_if: WhatIf) -> list[Problem]:
    """Return a problem for each radar that is taken away but works in no case, or is added but works in every one."""
    working = {name: working_radars(scenario, case) for name, case in cases.items()}
    every = sorted(set().union(*working.values()))
    where = f"in case {next(iter(cases))}" if len(cases) == 1 else "in any case"
    problems = []
    for name in what_if.without:
        if name not in every:
            allowed = f"a radar that works there: {', '.join(every) or 'none does'}"
            problems.append(
                _problem("--without", f'"{name}", which does not work {where}', allowed, nearest(name, every))
            )
    for name in what_if.added:
        if all(name in names for names in working.values()):
            do = "Leave it out; or ask for --without to see what it is worth."
            problems.append(_problem("--with", f'"{name}", which works already', "a radar that does not work", do))
    return problems


def working_radars(scenario: Scenario, case: Case) -> set[str]:
    """Return the names of the warning radars that work in a case, whoever owns them."""
    return {radar.name for party in case.sensors for radar in network.radars(scenario, case, party)}


def _problem(key: str, found: str, allowed: str, do: str) -> Problem:
    return Problem(file="command line", key=key, found=found, allowed=allowed, do=do)
