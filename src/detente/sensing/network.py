"""Which sensors work for a party in a case, and who hears whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.sensing.infrared import on_station
from detente.sensing.radar import state, works

if TYPE_CHECKING:
    from detente.catalog.records import Constellation, Radar
    from detente.scenario.scenario import Case, Scenario, Threat


def radars(scenario: Scenario, case: Case, party: str) -> tuple[Radar, ...]:
    """Return a party's warning radars that work on the date of a case, with those rebuilt in it."""
    sensors = case.sensors.get(party)
    if sensors is None:
        return ()
    known = scenario.catalog.radars
    names = dict.fromkeys((*sensors.radars, *sensors.rebuilt))
    return tuple(known[name] for name in names if name in sensors.rebuilt or works(known[name], case.on))


def constellations(scenario: Scenario, case: Case, party: str) -> tuple[tuple[Constellation, int], ...]:
    """Return a party's constellations with the number of satellites on station in a case; empty ones left out.

    A case that states a number is followed; else the catalog's number holds if the constellation works on the date.
    """
    sensors = case.sensors.get(party)
    found: list[tuple[Constellation, int]] = []
    for name in sensors.constellations if sensors else ():
        record = scenario.catalog.constellations[name]
        stated = sensors.satellites.get(name) if sensors else None
        alive = stated is not None or state(record.status, case.on) != "closed"
        count = on_station(record, stated.value if stated else None) if alive else 0
        if count:
            found.append((record, count))
    return tuple(found)


def peers(case: Case, party: str) -> tuple[str, ...]:
    """Return the parties that share their warning data with a party in a case."""
    if case.sharing is None or party not in case.sharing.between:
        return ()
    return tuple(each for each in case.sharing.between if each != party)


def informants(case: Case, threat: Threat) -> tuple[str, ...]:
    """Return the parties whose shared data on a threat reaches the party it is bound for.

    Nobody reports its own attack. An accidental launch is reported, and a corridor is a path, not an attack: there the
    peer's sensors count. Whether a peer's data is believed is what the scenario's `trust` stands for.
    """
    silent = threat.by if threat.kind in {"limited", "theater"} else None
    return tuple(each for each in peers(case, threat.against) if each != silent)
