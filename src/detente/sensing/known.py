"""When sensors know well enough where a flight comes down: the step from "something comes" to "it comes here"."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from detente.sensing import network
from detente.sensing.infrared import at_work, held_on, sees, states
from detente.sensing.kernels import Array
from detente.sensing.looks import Looks, infrared_looks, radar_looks
from detente.sensing.observe import NEVER, Course, areas, targets
from detente.sensing.radar import cross_section, passes, reach_for
from detente.sensing.track import TrackAccuracy, accuracies

if TYPE_CHECKING:
    from detente.catalog.records import Constellation, Radar
    from detente.scenario.scenario import Case, Scenario, Threat

HOURS = 12
"""Launch times of the day at which accuracy is computed where satellites move; for others one does."""
_DAY = 86400.0


def tracked(
    scenario: Scenario, case: Case, threat: Threat, flown: Course, later: Mapping[str, float]
) -> tuple[TrackAccuracy, ...]:
    """Return how well some parties' sensors together know a flight, by the time of day of the launch.

    Everything has its best value here, the errors of the sensors among it.

    Parameters
    ----------
    scenario, case : Scenario, Case
        Sensors that work.
    threat : Threat
        What flies.
    flown : Course
        Its flight.
    later : mapping of str to float
        Parties whose looks are put together, and how much later each party's arrive [s].

    Returns
    -------
    tuple of TrackAccuracy
        One, or `HOURS` at equal steps through the day where satellites that move see the launch.
    """
    radars = [
        replace(look, delay=delay)
        for party, delay in later.items()
        for radar in network.radars(scenario, case, party)
        for look in _followed(scenario, threat, flown, radar)
    ]
    satellites = [
        (each, count, delay)
        for party, delay in later.items()
        for each, count in network.constellations(scenario, case, party)
    ]
    hours = HOURS if any(not each.orbit.stations for each, _, _ in satellites) else 1
    burning = [
        [
            replace(look, delay=delay)
            for each, count, delay in satellites
            for look in _burning(scenario, each, count, flown, float(moment))
        ]
        for moment in np.arange(hours) * (_DAY / hours)
    ]
    return accuracies(flown.flown, radars, burning)


def known_at(tracks: Iterable[TrackAccuracy], size: Array, launch: Array) -> Array:
    """Return when the impact point is known to some size [s after launch], draw by draw, or infinity.

    Parameters
    ----------
    tracks : iterable of TrackAccuracy
        From `tracked`.
    size : array, shape (n,)
        Semi-major axis of the ellipse that is small enough [m]; none is for 0 and less.
    launch : array, shape (n,)
        Time of day of the launch, 0 to 1.
    """
    listed = list(tracks)
    slot = np.minimum((launch * len(listed)).astype(int), len(listed) - 1)
    when = np.full(size.size, NEVER)
    for number, track in enumerate(listed):
        here = np.flatnonzero(slot == number)
        # The ellipse never grows, so that its size turned about rises and can be looked up.
        index = np.searchsorted(-track.impact_major, -size[here], side="right")
        inside = index < track.time.size
        when[here[inside]] = track.time[index[inside]]
    return when


def _followed(scenario: Scenario, threat: Threat, flown: Course, radar: Radar) -> list[Looks]:
    """Return the looks of a warning radar at a flight, if there are any."""
    spans = passes(radar, areas(scenario, threat, radar.band, flown.alone), flown.time, flown.path)
    if not spans:
        return []
    whole = cross_section(scenario.catalog.cross_sections, targets(scenario, threat)[0], radar.band)
    return [radar_looks(radar, spans, float(reach_for(radar, whole)), flown.flown)]


def _burning(
    scenario: Scenario, constellation: Constellation, count: int, flown: Course, moment: float
) -> tuple[Looks, ...]:
    """Return the looks of the satellites of a constellation at a missile launched at a second of the day."""
    looks = np.arange(0.0, flown.burnout_time + 1e-6, constellation.scan_interval.value)
    times = np.array([moment])
    place, velocity = states(constellation, count, times)
    moving = place + velocity * looks[None, :, None]
    axis = held_on(constellation, scenario.catalog.regions)
    seen = sees(constellation, axis, moving, *flown.burning(looks)) & at_work(constellation, count, times)
    return infrared_looks(constellation, looks, moving, seen)
