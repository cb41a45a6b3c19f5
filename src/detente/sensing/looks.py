"""When sensors look at a flight, from where, and how wrong each look may be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike

from detente.earth import ecef_from_geodetic
from detente.sensing.errors import INFRARED, InfraredErrors, RadarErrors, errors_of, look_errors
from detente.sensing.kernels import Array, Flags, dot

if TYPE_CHECKING:
    from detente.catalog.records import Constellation, Radar
    from detente.flight.trajectory import Trajectory


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Looks:
    """The looks of one sensor at one flight.

    Parameters
    ----------
    sensor : str
        Its name.
    time : array, shape (n,)
        Of the looks [s after launch], rising.
    place_ecef : array, shape (n, 3) or (3,)
        Where it stands [m].
    spread : array, shape (n, 3) or (3,)
        Standard deviations of one look: range [m], and angle across and up the line of sight [rad], each above 0;
        infinite for what is not measured.
    bias : (float, float, float)
        Standard deviations of what is wrong in all looks alike, in the same order; 0 or more.
    delay : float
        From a look to those who use it [s], 0 or more.
    """

    sensor: str
    time: Array
    place_ecef: Array
    spread: Array
    bias: tuple[float, float, float] = (0.0, 0.0, 0.0)
    delay: float = 0.0


def looks(
    sensor: str,
    time: ArrayLike,
    place_ecef: ArrayLike,
    spread: ArrayLike,
    *,
    bias: tuple[float, float, float] = (0.0, 0.0, 0.0),
    delay: float = 0.0,
) -> Looks:
    """Return checked looks of a sensor; see `Looks`.

    Raises
    ------
    ValueError
        Times that do not rise, shapes that do not fit, or errors that are no errors.
    """
    when = np.atleast_1d(np.asarray(time, float))
    place, wrong = (
        np.broadcast_to(np.asarray(each, float), (when.size, 3)) if np.ndim(each) == 1 else np.asarray(each, float)
        for each in (place_ecef, spread)
    )
    if when.ndim != 1 or place.shape != (when.size, 3) or wrong.shape != place.shape:
        raise ValueError(
            f"{sensor}: {when.shape} times, places {place.shape}, spread {wrong.shape}; allowed: (n,), (n, 3), (n, 3)"
        )
    if not np.isfinite(when).all() or not np.isfinite(place).all() or (np.diff(when) <= 0.0).any():
        raise ValueError(f"{sensor}: times and places must be finite numbers and times must rise; sort the looks")
    if not (wrong > 0.0).all():
        raise ValueError(f"{sensor}: a spread is not above 0; use infinity for what is not measured")
    if not min(*bias, delay) >= 0.0:
        raise ValueError(f"{sensor}: bias {bias}, delay {delay}; allowed: 0 or more")
    return Looks(sensor=sensor, time=when, place_ecef=place, spread=wrong, bias=bias, delay=delay)


def radar_looks(
    radar: Radar,
    spans: Sequence[tuple[float, float]],
    reach: float,
    flown: Trajectory,
    errors: RadarErrors | None = None,
    *,
    delay: float = 0.0,
) -> Looks:
    """Return the looks of a radar at a flight: from the start of each span of sight, one an interval.

    Parameters
    ----------
    radar : Radar
        Site, and what `errors_of` reads.
    spans : sequence of (start, end)
        When it sees the target [s after launch], in order: the `passes` of a `RadarSighting`.
    reach : float
        Distance at which it just detects this target [m], above 0.
    flown : Trajectory
        The flight.
    errors : RadarErrors, optional
        By default those of `errors_of`.
    delay : float
        From a look to those who use it [s].
    """
    given = errors if errors is not None else errors_of(radar)
    interval = given.interval.value
    parts = [np.arange(start, min(end, flown.flight_time) + 1e-6, interval) for start, end in spans]
    time = np.concatenate([np.zeros(0), *parts])
    site = ecef_from_geodetic(radar.latitude.value, radar.longitude.value, radar.altitude.value)
    distance = np.linalg.norm(flown.at(np.minimum(time, flown.flight_time))[0] - site, axis=-1)
    wrong, angle = look_errors(given, distance, reach), given.angle_bias.value
    return looks(radar.name, time, site, wrong, bias=(given.range_bias.value, angle, angle), delay=delay)


def infrared_looks(
    constellation: Constellation,
    time: Array,
    place_ecef: Array,
    seen: Flags,
    errors: InfraredErrors | None = None,
    *,
    delay: float = 0.0,
) -> tuple[Looks, ...]:
    """Return the looks of each satellite of a constellation that sees a missile burn.

    Parameters
    ----------
    constellation : Constellation
        Name and viewing rule.
    time : array, shape (n,)
        When they look [s after launch], rising.
    place_ecef : array, shape (satellites, n, 3)
        Where they stand then [m]; see `infrared.states`.
    seen : array of bool, shape (satellites, n)
        Whether they see the plume; see `infrared.sees`.
    errors : InfraredErrors, optional
        By default the assumed ones of its viewing rule.
    delay : float
        From a look to those who use it [s].
    """
    given = errors if errors is not None else INFRARED[constellation.viewing]
    wrong = np.array([np.inf, given.angle.value, given.angle.value])
    bias = (0.0, given.bias.value, given.bias.value)
    return tuple(
        looks(f"{constellation.name} {slot + 1}", time[see], place_ecef[slot][see], wrong, bias=bias, delay=delay)
        for slot, see in enumerate(seen)
        if see.any()
    )


def sight(place: Array, target: Array) -> tuple[Array, Array]:
    """Return distances [m] and three unit vectors a look, shape (n, 3, 3): along, across and up the line of sight.

    Across is level at the sensor, as azimuth is; at the zenith, where no direction is level, any will do.
    """
    line = target - place
    distance = np.sqrt(dot(line, line))
    along = line / distance[:, None]
    across = np.cross(along, place / np.linalg.norm(place, axis=-1, keepdims=True))
    size = np.linalg.norm(across, axis=-1, keepdims=True)
    level = size[:, 0] > 1e-9
    across = np.where(size > 1e-9, across / np.where(size > 1e-9, size, 1.0), 0.0)
    if not level.all():
        other = np.eye(3)[np.argmin(np.abs(along[~level]), axis=-1)]
        spare = np.cross(along[~level], other)
        across[~level] = spare / np.linalg.norm(spare, axis=-1, keepdims=True)
    return distance, np.stack([along, across, np.cross(across, along)], axis=1)
