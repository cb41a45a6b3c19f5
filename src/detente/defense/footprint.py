"""Defended footprint: where a missile from a launch point could be aimed at and still be met, and how surely."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from detente.catalog.records import Place
from detente.defense.bands import BANDS, Band, Geometry, bands_of
from detente.defense.battle import defends
from detente.defense.cue import cues
from detente.defense.reach import outclassed, raised, sight_of
from detente.defense.stations import middle, stations
from detente.earth import WGS84, great_circle
from detente.scenario.scenario import Case, Scenario, Threat

if TYPE_CHECKING:
    from detente.flight.fly import Trajectory
    from detente.sensing.observe import Sightings

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Footprint:
    """Ground that a deployment defends against a threat's launch point, with at least some probability.

    Parameters
    ----------
    deployment, threat : str
        Names.
    probability : float
        Of at least one possible intercept, over the catalog's ranges and the sensors' states: 0.9, 0.5 or 0.1.
    rings : tuple of array, shape (n, 2)
        Longitude and latitude [rad], closed; counterclockwise around defended ground, clockwise around holes.
    area : float
        Inside [m²], on the mean sphere.
    places : tuple of str
        Names of the scenario's places inside, in order.
    """

    deployment: str
    threat: str
    probability: float
    rings: tuple[Array, ...]
    area: float
    places: tuple[str, ...]


def footprints(
    scenario: Scenario, case: Case, flights: Mapping[str, Sequence[Trajectory]], sightings: Sightings
) -> tuple[Footprint, ...]:
    """Return the footprint of every midcourse and terminal deployment against every threat it takes part against.

    Parameters
    ----------
    scenario, case : Scenario, Case
        Threats, deployments, catalog and assumptions.
    flights : mapping of str to sequence of Trajectory
        For each threat, one trajectory for each of its aims, in their order; the one to the aim nearest the site
        gives the shape, the time of boost, and what the sensors know.
    sightings : Sightings
        What the sensors of the case see of them.

    Returns
    -------
    tuple of Footprint
        Three bands each, 0.9, 0.5 and 0.1; a band that is empty has no rings.
    """
    found: list[Footprint] = []
    for name, threat in scenario.threats.items():
        for each in case.defenses:
            interceptor = raised(scenario.catalog.interceptors[each.interceptor], threat.keep_out)
            if not defends(each, threat) or interceptor.layer == "boost":
                continue
            site = middle(stations(scenario, each))
            aim, flight = _nearest(scenario, threat, flights[name], site)
            known = cues(scenario, case, each, threat, sightings.of(name, aim))
            places = _defendable(scenario)
            ceiling = interceptor.highest_intercept.value
            if outclassed(interceptor, flight.ground_range) or interceptor.lowest_intercept.value >= ceiling:
                found += [_named(each.name, name, _nothing(probability, places), places) for probability in BANDS]
                continue
            bands = bands_of(
                interceptor,
                geometry(scenario, threat, flight, site),
                known,
                tuple((place.latitude.value, place.longitude.value) for place in places),
            )
            found += [_named(each.name, name, band, places) for band in bands]
    return tuple(found)


def _nothing(probability: float, places: Sequence[Place]) -> Band:
    return Band(probability=probability, rings=(), area=0.0, inside=(False,) * len(places))


def _named(deployment: str, threat: str, band: Band, places: Sequence[Place]) -> Footprint:
    return Footprint(
        deployment=deployment,
        threat=threat,
        probability=band.probability,
        rings=band.rings,
        area=band.area,
        places=tuple(place.name for place, inside in zip(places, band.inside, strict=True) if inside),
    )


def _defendable(scenario: Scenario) -> tuple[Place, ...]:
    """Return the scenario's places that no threat is launched from."""
    launches = {threat.launch for threat in scenario.threats.values()}
    return tuple(place for name, place in scenario.catalog.places.items() if name not in launches)


def _nearest(scenario: Scenario, threat: Threat, flown: Sequence[Trajectory], site: Place) -> tuple[str, Trajectory]:
    def away(pair: tuple[str, Trajectory]) -> float:
        place = scenario.catalog.places[pair[0]]
        return float(great_circle(*_spot(site), *_spot(place))[0])

    return min(zip(threat.aims, flown, strict=True), key=away)


def _spot(place: Place) -> tuple[float, float]:
    return place.latitude.value, place.longitude.value


def geometry(scenario: Scenario, threat: Threat, flight: Trajectory, site: Place) -> Geometry:
    """Return the numbers that carry one integrated flight over to arcs to other aims.

    The arc over the same ground range gets the flight's apogee; what its time then lacks is kept for all arcs.
    """
    from detente.defense import arcs

    missile = scenario.catalog.missiles[threat.missile]
    phi = flight.ground_range / WGS84.mean_radius
    gamma = arcs.angle_for(phi, flight.apogee_altitude)
    return Geometry(
        site=_spot(site),
        launch=_spot(scenario.catalog.places[threat.launch]),
        loft=gamma - arcs.least_angle(phi),
        late=flight.flight_time - arcs.arc(phi, gamma)[3],
        burnout_time=flight.burnout_time,
        longest=max(missile.range_published.value, flight.ground_range),
        beta=missile.reentry_beta.value,
        sight=sight_of(missile, scenario.catalog.cross_sections),
    )
