"""Many flights of one missile at once, from launch to impact, each with its own steering, masses and engines."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike, NDArray

from detente.earth import WGS84, Earth
from detente.flight import boost, branchless, kernels, lanes
from detente.flight.curves import curves
from detente.flight.ensemble import BLOCK, dataset, parts, threads_for
from detente.flight.physics import ellipsoid
from detente.flight.world import FINAL, World, world

if TYPE_CHECKING:
    import xarray as xr

    from detente.flight.branchless import Nature
    from detente.flight.vehicle import Vehicle

Array = NDArray[np.float64]

MISSILES = (5e-2, 1e-4, 1.0, 400.0)
"""Closeness of the flights of missiles: meters at impact.

Greatest local error of a step [m], [m/s] of the first stage; upper stages may err by `boost.LATER` times that, free
flight by `FREE` times. Longest step in powered (not used) and in free flight [s]."""
FREE = 30.0, 100.0
"""How much more error in position and velocity a step of free flight may make than one of the first stage [-]."""
LONGEST = 20_000.0
"""When a flight that has not come down is over [s]."""
_ROWS = 20_000
_FIELDS = ("propellant mass", "inert mass", "burn time", "vacuum thrust", "nozzle area", "cross-section")
_POSITIVE = (True, False, True, True, False, False)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Launches:
    """Missiles on their pads, one a flight, all with the same number of stages and the same drag curve.

    Parameters
    ----------
    site : array, shape (flights, 3)
        Geodetic latitude, longitude [rad] and altitude [m] of the launch.
    control : array, shape (flights, 6)
        Azimuth, kick and pitch of the later stages [rad], cut-off time, time of the vertical rise, of the kick [s].
    stages : array, shape (flights, stages, 6)
        Propellant and inert mass [kg], burn time [s], vacuum thrust [N], nozzle area, cross-section [m²].
    payload : array, shape (flights,)
        Mass that the last stage carries [kg].
    ballistic_coefficient : array, shape (flights,)
        Of the body after cut-off [kg/m²].
    drag : array, shape (241, 2)
        Table of `tables.drag`.
    """

    site: Array
    control: Array
    stages: Array
    payload: Array
    ballistic_coefficient: Array
    drag: Array

    def rows(self) -> Array:
        """Return the flights as `boost.boost_block` takes them, every one of them checked.

        Raises
        ------
        ValueError
            Shapes that differ, numbers that are none or out of range, a cut-off before the kick has ended.
        """
        count = len(self.payload)
        shapes = {"site": (count, 3), "control": (count, 6), "ballistic_coefficient": (count,), "payload": (count,)}
        for name, shape in shapes.items():
            if np.shape(getattr(self, name)) != shape:
                raise ValueError(f"{name} has shape {np.shape(getattr(self, name))}; allowed: {shape}, a row a flight")
        if self.stages.ndim != 3 or self.stages.shape[::2] != (count, 6) or self.stages.shape[1] < 1:
            raise ValueError(f"stages has shape {self.stages.shape}; allowed: ({count}, stages, 6), at least one stage")
        flat = self.stages.reshape(count, 6 * self.stages.shape[1])
        beta = np.asarray(self.ballistic_coefficient, float)
        _refuse(~(beta > 0.0), "has a ballistic coefficient that is not above 0 kg/m²")
        rows = np.column_stack([self.site, self.control, self.payload, 1.0 / beta, flat])
        _refuse(~np.isfinite(rows).all(axis=1), "has a number that is not finite")
        self._check()
        return np.ascontiguousarray(rows)

    def _check(self) -> None:
        lat, height, cutoff = self.site[:, 0], self.site[:, 2], self.control[:, 3]
        _refuse(np.abs(lat) > 0.5 * math.pi, "is launched beyond a pole; latitude must be within ±π/2 rad")
        _refuse(np.abs(height - 4_500.0) > 5_500.0, "is launched outside -1,000 to 10,000 m of altitude")
        _refuse(self.payload < 0.0, "has a payload below 0 kg")
        for number, name in enumerate(_FIELDS):
            given = self.stages[:, :, number]
            wrong = given <= 0.0 if _POSITIVE[number] else given < 0.0
            _refuse(wrong.any(axis=1), f"has a stage whose {name} is {'not above' if _POSITIVE[number] else 'below'} 0")
        _refuse(
            (self.control[:, 4] < 0.0) | (self.control[:, 5] <= 0.0), "rises for less than 0 s or kicks for 0 s or less"
        )
        kicked = self.control[:, 4] + self.control[:, 5]
        _refuse(kicked > self.stages[:, 0, 2], "ends its kick after its first stage has burnt out")
        _refuse(cutoff < kicked, "is cut off before its kick ends; cut it off later")


def _refuse(wrong: ArrayLike, words: str) -> None:
    found = np.flatnonzero(wrong)
    if len(found):
        raise ValueError(f"flight {found[0]} {words} ({len(found)} of {np.size(wrong)} flights)")


def launches(vehicle: Vehicle, site: ArrayLike, control: ArrayLike, flights: int) -> Launches:
    """Return the same launch of a vehicle so many times, in arrays of their own, ready to be varied.

    Parameters
    ----------
    vehicle : Vehicle
        From `detente.flight.vehicle.vehicle`.
    site, control : array_like, shapes (3,), (6,)
        As in `Launches`; `aim.Lane.control` gives the control of a steering.
    flights : int
        How many.
    """
    return Launches(
        site=np.tile(np.asarray(site, float), (flights, 1)),
        control=np.tile(np.asarray(control, float), (flights, 1)),
        stages=np.tile(vehicle.stages, (flights, 1, 1)),
        payload=np.full(flights, vehicle.body[0]),
        ballistic_coefficient=np.full(flights, 1.0 / vehicle.body[1]),
        drag=vehicle.drag,
    )


def fly_missiles(
    what: Launches, through: World | None = None, *, earth: Earth = WGS84, threads: int | None = None
) -> xr.Dataset:
    """Return where and when missiles come down, how high they rise, and their state at cut-off.

    The numbers do not depend on `threads`, nor on which flights are flown together.

    Parameters
    ----------
    what : Launches
        What flies, and how it is steered.
    through : World, optional
        From `world`: Earth, air, altitude of impact and closeness (read as `MISSILES` is); without wind. By default the
        standard atmosphere over `earth`, and `MISSILES`.
    earth : Earth
        What the default `through` is made of.
    threads : int, optional
        How many to use, >= 1; by default one for each processor that this process may use.

    Returns
    -------
    ensemble : xarray.Dataset
        That of `ensemble.fly_ensemble`, with times from the launch, and ``cutoff_time``, ``cutoff_position_eci``,
        ``cutoff_velocity_eci``: where powered flight ended.

    Raises
    ------
    ValueError
        What `Launches.rows` refuses, a launch below the altitude of impact, wind.
    """
    space = (through or world(earth, closeness=MISSILES))._replace(cd=what.drag)
    if space.wind_north != 0.0 or space.wind_east != 0.0:
        raise ValueError("an ensemble flies in still air; leave out the wind, or fly one missile at a time with fly")
    rows = what.rows()
    _refuse(rows[:, 2] < space.floor, f"is launched below the altitude of impact, {space.floor:g} m")
    starts, lost, out = np.empty((len(rows), 8)), np.empty(len(rows)), np.empty((len(rows), lanes.COLUMNS))
    work = _work(rows, space, starts, lost, out)
    firsts = range(0, len(rows), BLOCK)
    with ThreadPoolExecutor(min(threads_for(threads), max(len(firsts), 1))) as pool:
        list(pool.map(work, firsts))
    for flight in np.flatnonzero((lost != 0.0) | (out[:, lanes.STATUS] == lanes.FAILED)):
        _alone(rows[flight], space, starts[flight], out[flight])
    return _labeled(starts, out)


def _work(rows: Array, space: World, starts: Array, lost: Array, out: Array) -> Callable[[int], None]:
    """Return the function that flies one block of flights, from its first on."""
    nature: Nature = (space.mu, space.radius, space.flattening, space.j2, space.spin, space.j3, space.j4)
    most = (space.floor, LONGEST, space.longest_coast)
    near, fast = space.most_position, space.most_velocity
    table, polynomials = branchless.cells(space.air), curves(space.air, space.cd)

    def fly(first: int) -> None:
        part = slice(first, first + BLOCK)
        boost.boost_block(rows[part], nature, near, fast, polynomials, starts[part], lost[part])
        lanes.fly_block(starts[part], nature, most, FREE[0] * near, FREE[1] * fast, table, out[part])

    return fly


def _alone(row: Array, space: World, start: Array, out: Array) -> None:
    """Fly with the scalar kernel what did not stay in its lane, such as a missile that came down while it burned."""
    near, fast, boosting, coasting = FINAL
    through = space._replace(most_position=near, most_velocity=fast, longest_boost=boosting, longest_coast=coasting)
    samples = np.zeros((_ROWS, 7))
    stages = row[boost.STAGES :].reshape(-1, 6)
    flown = kernels.flight(row[:3], row[boost.CONTROL : boost.PAYLOAD], stages, row[9:11], through, samples)
    status, t, apogee, t_apogee, n, y = flown
    end = min(row[boost.CONTROL + 3], stages[:, 2].sum(), t)
    samples = samples[: min(n, _ROWS)]
    start[:7] = samples[min(np.searchsorted(samples[:, 0], end - 1e-9), len(samples) - 1)]
    h, nx, ny, nz = ellipsoid(y[0], y[1], y[2], space.radius, space.flattening)
    east = math.remainder(math.atan2(y[1], y[0]) - space.spin * t, 2.0 * math.pi)
    out[: lanes.STATE] = t, math.atan2(nz, math.hypot(nx, ny)), east
    out[lanes.STATE : lanes.APOGEE] = y
    out[lanes.APOGEE :] = max(apogee, h), t_apogee, status


def _labeled(starts: Array, out: Array) -> xr.Dataset:
    found = dataset(out)
    text = "inertial, at cut-off"
    found["cutoff_time"] = "flight", starts[:, 0], {"units": "s", "long_name": "time from launch to cut-off"}
    found["cutoff_position_eci"] = ("flight", "axis"), starts[:, 1:4], {"units": "m", "long_name": text}
    found["cutoff_velocity_eci"] = ("flight", "axis"), starts[:, 4:7], {"units": "m/s", "long_name": text}
    return found


def stream_missiles(
    draw: Callable[[np.random.Generator, int], Launches],
    flights: int,
    through: World | None = None,
    *,
    seed: int = 0,
    part: int = 65_536,
    earth: Earth = WGS84,
    threads: int | None = None,
) -> Iterator[xr.Dataset]:
    """Yield the flights of an ensemble that is drawn part by part, so that memory does not grow with their number.

    Parameters
    ----------
    draw : function
        ``draw(random, n)`` returns the `Launches` of n flights; all chance in it comes from `random`.
    flights : int
        How many in all, >= 1.
    seed : int
        Same seed, same flights: each part has its own generator, whatever the threads.
    part : int
        Flights in one part, >= 1; it belongs to the seed.
    through, earth, threads
        As for `fly_missiles`.

    Raises
    ------
    ValueError
        `flights` or `part` below 1, and what `fly_missiles` raises.
    """
    for random, count in parts(flights, seed, part):
        yield fly_missiles(draw(random, count), through, earth=earth, threads=threads)
