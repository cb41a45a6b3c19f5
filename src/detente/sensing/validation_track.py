"""Published numbers on tracks beside ours: a straight line, free flight, and the rocket of 25 January 1995."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from detente.earth import Earth, geodesic, sphere
from detente.sensing.boost import CUT, SIZE, Boost
from detente.sensing.incident import Incident, ground, incidents
from detente.sensing.track import impact_partials
from detente.sensing.track_kernels import absorb, carry

if TYPE_CHECKING:
    from detente.flight.trajectory import Trajectory
    from detente.scenario.scenario import Scenario

Inputs = Mapping[str, str]
_STILL = np.array([0.0, 6.378e6, 0.0, 0.0])
"""No gravity and no rotation: a body moves straight on."""


def _line(inputs: Inputs) -> float:
    """Return the variance of a position at the last of even looks along a straight line, over that of one look."""
    count = int(inputs["looks"])
    along = carry(np.array([7e6, 0.0, 0.0, 100.0, 7000.0, 10.0]), 0.0, 10.0 * np.arange(count), _STILL)
    rows = np.zeros((count, 3, 9))
    rows[:, :, :3], rows[:, :, 3:] = np.eye(3), along[:, :3, 1:]
    root = absorb(rows, np.array([count]), np.zeros(3))[0]
    end = along[-1, :3, 1:]
    return float((end @ np.linalg.inv(root.T @ root) @ end.T)[0, 0])


def _free(inputs: Inputs) -> float:
    """Return how the impact moves with speed [km s/m] or with the angle at cut-off [-], on a sphere at rest."""
    earth, off = sphere(), math.radians(float(inputs["above"]))
    psi = float(inputs["range_km"]) * 1e3 / earth.mean_radius
    phi = 0.25 * (math.pi - psi) + off
    ratio = 2.0 / (1.0 / math.tan(psi / 2.0) + 1.0 / math.tan(phi)) / math.sin(2.0 * phi)
    speed = math.sqrt(ratio * earth.mu / earth.mean_radius)
    end = np.array([earth.mean_radius, 0.0, 0.0, speed * math.sin(phi), speed * math.cos(phi), 0.0])
    east = impact_partials(_cut(end, earth), (end, np.eye(6, SIZE, SIZE - 6)))[0][0, CUT:]
    if inputs["by"] == "speed":
        return float(east @ end[3:]) / speed / 1e3
    steeper = np.array([speed * math.cos(phi), -speed * math.sin(phi), 0.0])
    return float(east @ steeper) / earth.mean_radius


def _cut(end: np.ndarray[tuple[int, ...], np.dtype[np.float64]], earth: Earth) -> Boost:
    """Return a powered part that is over at time 0 in a state."""
    pair, none = np.array([-1.0, 0.0]), np.zeros((2, 3))
    return Boost(
        time=pair, place=none, velocity=none, lean=none, leaning=none, site=end[:3], axes=np.eye(3), earth=earth
    )


@cache
def _rocket() -> tuple[Scenario, Trajectory, Incident]:
    """Return the scenario of 25 January 1995, the flight of the rocket, and what its radars make of it as it was."""
    from dataclasses import replace

    from detente.flight.fly import Apogee, fly
    from detente.scenario.load import load
    from detente.sensing.observe import observe

    scenario = load("andoya-1995")
    threat, known, case = scenario.threats["rocket"], scenario.catalog, scenario.cases["as-it-was"]
    height = threat.apogee.value if threat.apogee else 0.0
    flight = fly(
        known.missiles[threat.missile], known.places[threat.launch], known.places[threat.aims[0]], Apogee(height)
    )
    own = replace(case, sensors={"russia": case.sensors["russia"]})
    flights = {"rocket": (flight,)}
    (found,) = incidents(scenario, own, observe(scenario, own, flights), flights)
    return scenario, flight, found


def _burnout(_inputs: Inputs) -> float:
    return _rocket()[1].burnout_time


def _flight(_inputs: Inputs) -> float:
    return _rocket()[1].flight_time / 60.0


def _away(_inputs: Inputs) -> float:
    """Return the distance from the impact to the nearest Russian ground that is feared for [km]."""
    scenario, flight, _ = _rocket()
    impact = float(flight.latitude[-1]), float(flight.longitude[-1])
    return min(float(geodesic(*impact, *point)[0]) for point in ground(scenario, "russia")) / 1e3


def _judged(_inputs: Inputs) -> float:
    """Return how long after first contact the path is harmless and past turning [min]."""
    found = _rocket()[2]
    return (found.settled - found.first) / 60.0


KINDS: Mapping[str, Callable[[Inputs], float]] = {
    "line": _line,
    "free": _free,
    "rocket-burnout": _burnout,
    "rocket-flight": _flight,
    "rocket-away": _away,
    "rocket-judged": _judged,
}
