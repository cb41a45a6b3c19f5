"""The chance that a launch at a random hour is reported within so many minutes, from a place or a whole region."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from detente.problems import BadInputError, Problem, nearest
from detente.sensing import network
from detente.sensing.kernels import Array
from detente.sensing.observe import NEVER, observe
from detente.sources import Cited

if TYPE_CHECKING:
    from detente.flight.fly import Trajectory
    from detente.scenario.scenario import Case, Scenario, Threat
    from detente.sensing.observe import Corridor, Sightings


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ReportCurve:
    """The chance that a launch is reported within a time, over the hours of a day and the points of a region.

    Parameters
    ----------
    party, mode : str
        Whose center hears of it, by "own" sensors or "shared" data too.
    threat, origin, aim : str
        What is launched, from which place or region, at which place.
    time : array, shape (n,)
        Rising times after launch at which a report can come [s]; empty where none comes before impact.
    probability : array, shape (n,)
        Share of the launches that are reported by then, 0 to 1.
    satellite_share, radar_share : float
        Share of the launches that satellites report before impact, and that radars do.
    flight_time : float
        Shortest time from launch to impact [s].
    points : int
        Launch points that count: those of the region from which the missile reaches the aim.
    """

    party: str
    mode: str
    threat: str
    origin: str
    aim: str
    time: Array
    probability: Array
    satellite_share: float
    radar_share: float
    flight_time: float
    points: int

    def within(self, seconds: float) -> float:
        """Return the chance of a report within some time of launch [s]."""
        index = int(np.searchsorted(self.time, seconds, side="right"))
        return float(self.probability[index - 1]) if index else 0.0


def report_probability(scenario: Scenario, case: Case, sightings: Sightings) -> tuple[ReportCurve, ...]:
    """Return the chance of a report by the time since launch, for each threat and aim, own sensors and shared.

    Parameters
    ----------
    scenario, case : Scenario, Case
        Procedures, track time and sharing.
    sightings : Sightings
        What `detente.sensing.observe.observe` found for this case.
    """
    found = []
    for corridor in sightings.corridors:
        threat = scenario.threats[corridor.threat]
        found += _curves(scenario, case, threat, threat.launch, corridor.aim, [corridor])
    return tuple(found)


def region_reports(
    scenario: Scenario, case: Case, threat: str, region: str, flights: Mapping[str, Sequence[Trajectory]] | None = None
) -> tuple[ReportCurve, ...]:
    """Return the chance of a report for launches of a threat's missile from anywhere in a region.

    Every point of the region from which the missile reaches its aim, and every hour of the day, is as likely as any
    other.

    Parameters
    ----------
    scenario, case : Scenario, Case
        Sensors, procedures, track time and sharing.
    threat : str
        Name of the threat whose missile, shape of flight and aims are taken.
    region : str
        Name of the region it starts from, instead of its own place.
    flights : mapping of str to sequence of Trajectory, optional
        From `launches`, to ask about several cases without flying anew.

    Raises
    ------
    BadInputError
        An unknown threat or region, or an aim out of reach from all of it.
    """
    flown = launches(scenario, threat, region) if flights is None else flights
    what = scenario.threats[threat]
    found: list[ReportCurve] = []
    for aim in what.aims:
        paths = flown[aim]
        copies = replace(what, aims=(aim,) * len(paths))
        seen = observe(replace(scenario, threats={threat: copies}), case, {threat: paths})
        found += _curves(scenario, case, what, region, aim, seen.corridors)
    return tuple(found)


def launches(scenario: Scenario, threat: str, region: str) -> dict[str, tuple[Trajectory, ...]]:
    """Return the flights of a threat's missile to each of its aims from every point of a region in reach of it, by aim.

    Raises
    ------
    BadInputError
        An unknown threat or region, or each aim out of reach from all of the region.
    """
    from detente.flight.fly import OutOfReachError, fly, shape

    _known(scenario, "threat", threat, scenario.threats)
    _known(scenario, "region", region, scenario.catalog.regions)
    what, known = scenario.threats[threat], scenario.catalog
    missile, base = known.missiles[what.missile], known.places[what.launch]
    flown: dict[str, list[Trajectory]] = {aim: [] for aim in what.aims}
    for latitude, longitude in np.radians(known.regions[region].points).tolist():
        start = replace(base, name=region, latitude=_exact(latitude), longitude=_exact(longitude), altitude=None)
        for aim in what.aims:
            with suppress(OutOfReachError):
                flown[aim].append(fly(missile, start, known.places[aim], shape(what.trajectory)))
    allowed, do = "aims within reach of some point of it", "Choose another region, aim or missile."
    problems = [
        Problem(file=scenario.name, key=f"regions.{region}", found=f'aim "{aim}" out of reach', allowed=allowed, do=do)
        for aim, paths in flown.items()
        if not paths
    ]
    if problems:
        raise BadInputError(problems)
    return {aim: tuple(paths) for aim, paths in flown.items()}


def _exact(value: float) -> Cited:
    return Cited(value=value, low=value, high=value, source="a point of the region")


def _known(scenario: Scenario, key: str, name: str, names: Mapping[str, object]) -> None:
    if name not in names:
        problem = Problem(
            file=scenario.name,
            key=key,
            found=f'"{name}"',
            allowed=f"one of {len(names)} names",
            do=nearest(name, names),
        )
        raise BadInputError([problem])


def _curves(
    scenario: Scenario, case: Case, threat: Threat, origin: str, aim: str, corridors: Sequence[Corridor]
) -> list[ReportCurve]:
    party = threat.against
    delays = {party: 0.0}
    found = [_curve(scenario, threat, origin, aim, corridors, delays, "own")]
    if case.sharing is not None and network.peers(case, party):
        told = {each: case.sharing.releases[each].delay.value for each in network.informants(case, threat)}
        found.append(_curve(scenario, threat, origin, aim, corridors, delays | told, "shared"))
    return found


def _curve(
    scenario: Scenario,
    threat: Threat,
    origin: str,
    aim: str,
    corridors: Sequence[Corridor],
    delays: Mapping[str, float],
    mode: str,
) -> ReportCurve:
    """Return the curve over some corridors with the sensors of some parties, each with its delay [s]."""
    name, track = scenario.parties[threat.against].procedure, scenario.assumptions.radar_track_time.value
    center = scenario.catalog.procedures[name].report_delay.value if name else 0.0
    firsts, satellites, radars = [], 0, 0
    for one in corridors:
        plume: Array = np.min([one.launch_seen((party,)) + delay for party, delay in delays.items()], axis=0) + center
        radar = min(one.track((party,), track)[0] + delay for party, delay in delays.items()) + center
        first = np.minimum(plume, radar)
        firsts.append(np.where(first < one.flight_time, first, NEVER))
        satellites += int((plume < one.flight_time).sum())
        radars += int(radar < one.flight_time) * plume.size
    pooled = np.concatenate(firsts)
    time, counts = np.unique(pooled[np.isfinite(pooled)], return_counts=True)
    return ReportCurve(
        party=threat.against,
        mode=mode,
        threat=threat.name,
        origin=origin,
        aim=aim,
        time=time,
        probability=np.cumsum(counts) / pooled.size,
        satellite_share=satellites / pooled.size,
        radar_share=radars / pooled.size,
        flight_time=min(one.flight_time for one in corridors),
        points=len(corridors),
    )
