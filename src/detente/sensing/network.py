"""Which sensors work for a party in a case, and who hears whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from detente.sensing.infrared import kept, on_date, on_station
from detente.sensing.radar import WORKING, as_found, state, works
from detente.sensing.sun import blinded

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from detente.catalog.records import Constellation, Radar
    from detente.scenario.scenario import Case, Scenario, Threat
    from detente.sensing.kernels import Array
    from detente.sources import Cited


@dataclass(frozen=True, slots=True, kw_only=True)
class Resting:
    """A sensor that a case lists and that does not work on its date.

    Parameters
    ----------
    party, sensor : str
        Whose it is, and its name.
    state : str
        What the catalog says of it at the date: "closed", "construction", or "not built" before its first entry; or
        "none on station" for a constellation without a satellite.
    """

    party: str
    sensor: str
    state: str


def radars(scenario: Scenario, case: Case, party: str) -> tuple[Radar, ...]:
    """Return a party's warning radars that work on the date of a case, in their state of repair, and those rebuilt."""
    sensors = case.sensors.get(party)
    if sensors is None:
        return ()
    known = scenario.catalog.radars
    names = dict.fromkeys((*sensors.radars, *sensors.rebuilt))
    found = (known[name] for name in names if name in sensors.rebuilt or works(known[name], case.on))
    return tuple(each if each.name in sensors.rebuilt else as_found(each, case.on) for each in found)


def satellites(scenario: Scenario, case: Case, party: str) -> tuple[tuple[Constellation, Cited], ...]:
    """Return a party's constellations with the number of satellites on station in a case, as it is cited.

    A case that states a number is followed; else the catalog's number of the date holds, if the constellation works.
    """
    sensors = case.sensors.get(party)
    known = scenario.catalog
    found: list[tuple[Constellation, Cited]] = []
    for name in sensors.constellations if sensors else ():
        record = blinded(on_date(known.constellations[name], case.on), known.regions, case.on)
        stated = sensors.satellites.get(name) if sensors else None
        number = kept(record, case.on) if state(record.status, case.on) in WORKING else None
        if (counted := stated or number) is not None:
            found.append((record, counted))
    return tuple(found)


def constellations(scenario: Scenario, case: Case, party: str) -> tuple[tuple[Constellation, int], ...]:
    """Return a party's constellations with the whole number of satellites on station; empty ones left out."""
    counted = [(record, on_station(record, number.value)) for record, number in satellites(scenario, case, party)]
    return tuple((record, count) for record, count in counted if count)


def resting(scenario: Scenario, case: Case) -> tuple[Resting, ...]:
    """Return the sensors that a case lists and that do not work on its date, and why."""
    known, found = scenario.catalog, []
    for party, sensors in case.sensors.items():
        at_work = {radar.name for radar in radars(scenario, case, party)}
        filled = {record.name for record, _ in constellations(scenario, case, party)}
        for name in sensors.radars:
            if name not in at_work:
                why = state(known.radars[name].status, case.on) or "not built"
                found.append(Resting(party=party, sensor=name, state=why))
        for name in sensors.constellations:
            if name not in filled:
                why = state(known.constellations[name].status, case.on) or "not built"
                found.append(Resting(party=party, sensor=name, state="none on station" if why in WORKING else why))
    return tuple(found)


def peers(case: Case, party: str) -> tuple[str, ...]:
    """Return the parties that release warning data to a party in a case; one that releases nothing is none."""
    if case.sharing is None or party not in case.sharing.between:
        return ()
    releases = case.sharing.releases
    return tuple(each for each in case.sharing.between if each != party and each in releases and releases[each].tells)


def informants(case: Case, threat: Threat) -> tuple[str, ...]:
    """Return the parties whose shared data on a threat reaches the party it is bound for.

    Nobody reports its own attack. An accidental launch is reported, and a corridor is a path, not an attack: there the
    peer's sensors count. Whether a peer's data is believed is what the scenario's `trust` stands for.
    """
    silent = threat.by if threat.kind in {"limited", "theater"} else None
    return tuple(each for each in peers(case, threat.against) if each != silent)


def delays(case: Case, parties: Collection[str], number: Callable[[str, Cited], Array]) -> dict[str, Array]:
    """Return how much later [s] what each of some parties releases arrives, as `number` draws it by name."""
    releases = case.sharing.releases if case.sharing else {}
    path = f"cases.{case.name}.sharing.releases"
    return {each: number(f"{path}.{each}.delay", releases[each].delay) for each in parties}
