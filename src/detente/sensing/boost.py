"""A missile that burns: a family of flights around the true one, and what an error in each parameter does to it.

A burning plume is not ballistic, so what is estimated is where and when it was launched, which way, and how it flew
compared with a known profile. Each member of the family is told by nine numbers, all 0 for the true flight:

0, 1 : launch point, east and north of the true one [m]
2    : launch time [s]
3    : azimuth [rad], clockwise: the whole flight turned about the vertical of the launch point
4    : pace [-]: the same path, flown faster by this share
5    : tilt [-]: how much more than the true one the velocity turns from the vertical, as a share of that turn
6-8  : velocity added at cut-off, Earth-fixed axes [m/s]: a cut-off or a steering that the profile does not tell

Sources:
The state of launch-point estimation by line of sight from satellites: launch point, launch time and heading on a known
profile (Danis, N. J. 1993, Space-based tactical ballistic missile launch parameter estimation, IEEE Transactions on
Aerospace and Electronic Systems 29(2), 412-424; recalled). Pace and tilt stand for not knowing the type.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from detente.earth import WGS84, Earth, east_north_up
from detente.flight.trajectory import hermite
from detente.sensing.kernels import Array
from detente.sensing.track_kernels import pull

if TYPE_CHECKING:
    from detente.flight.trajectory import Trajectory

SIZE = 9
EAST, NORTH, TIME, AZIMUTH, PACE, TILT, CUT = range(7)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Boost:
    """The powered part of a flight, in axes east, north and up of its launch point.

    Parameters
    ----------
    time : array, shape (n,)
        Of the samples [s after launch], from 0 to cut-off.
    place, velocity : array, shape (n, 3)
        Position from the launch point [m] and velocity relative to the Earth [m/s].
    lean, leaning : array, shape (n, 3)
        What a tilt of 1 adds to them, to first order.
    site : array, shape (3,)
        Launch point, Earth-fixed [m].
    axes : array, shape (3, 3)
        Unit vectors east, north, up, one a row.
    earth : Earth
        Field and ellipsoid.
    """

    time: Array
    place: Array
    velocity: Array
    lean: Array
    leaning: Array
    site: Array
    axes: Array
    earth: Earth

    @property
    def nature(self) -> Array:
        """The Earth's field and rotation as `track_kernels` takes them."""
        earth = self.earth
        return np.array([earth.mu, earth.equatorial_radius, earth.j2, earth.rotation_rate])

    @property
    def end(self) -> float:
        """Cut-off [s after launch]."""
        return float(self.time[-1])


def boost_of(flown: Trajectory, earth: Earth = WGS84) -> Boost:
    """Return the powered part of a trajectory.

    Raises
    ------
    ValueError
        A trajectory without a powered part.
    """
    if not 0.0 < flown.burnout_time < flown.flight_time:
        raise ValueError(
            f"the trajectory burns out at {flown.burnout_time:g} s of {flown.flight_time:g} s; "
            "allowed: after launch and before impact"
        )
    inside = flown.time[flown.time < flown.burnout_time - 1e-6]
    time = np.append(inside, flown.burnout_time)
    place, velocity = hermite(flown.time, flown.position_ecef, flown.velocity_ecef, time)
    axes = east_north_up(flown.latitude[0], flown.longitude[0])
    local, speed = (place - place[0]) @ axes.T, velocity @ axes.T
    lean, leaning = _lean(time, speed, local[-1])
    return Boost(
        time=time,
        place=local,
        velocity=speed,
        lean=lean,
        leaning=leaning,
        site=place[0],
        axes=axes,
        earth=earth,
    )


def _lean(time: Array, velocity: Array, end: Array) -> tuple[Array, Array]:
    """Return what a tilt of 1 adds to positions and velocities: each turned by its own angle from the vertical."""
    level = math.hypot(end[0], end[1])
    ahead = np.array([end[0], end[1], 0.0]) / level if level > 1e-9 else np.array([0.0, 1.0, 0.0])
    axis = np.cross([0.0, 0.0, 1.0], ahead)
    turned = np.arctan2(np.hypot(velocity[:, 0], velocity[:, 1]), velocity[:, 2])
    turned[np.linalg.norm(velocity, axis=1) < 1e-9] = 0.0
    leaning: Array = turned[:, None] * np.cross(axis, velocity)
    steps = 0.5 * (leaning[1:] + leaning[:-1]) * np.diff(time)[:, None]
    return np.vstack([np.zeros(3), np.cumsum(steps, axis=0)]), leaning


def at(boost: Boost, time: Array) -> tuple[Array, Array, Array, Array]:
    """Return position, velocity and what a tilt adds to both, in local axes, at times from launch to cut-off."""
    inside = np.clip(time, 0.0, boost.end)
    place, velocity = hermite(boost.time, boost.place, boost.velocity, inside)
    lean, leaning = hermite(boost.time, boost.lean, boost.leaning, inside)
    return place, velocity, lean, leaning


def burning(boost: Boost, time: Array) -> Array:
    """Return the derivatives of the Earth-fixed position of the burning missile by the nine, shape (n, 3, 9).

    Parameters
    ----------
    boost : Boost
        The powered part.
    time : array, shape (n,)
        Seconds after launch, from 0 to cut-off.
    """
    place, velocity, lean, _ = at(boost, time)
    out = np.zeros((time.size, 3, SIZE))
    out[:, :, :CUT] = _turned(boost, place, velocity, lean)
    out[:, :, EAST] += boost.axes[0]
    out[:, :, NORTH] += boost.axes[1]
    out[:, :, TIME] = -velocity @ boost.axes
    out[:, :, PACE] *= time[:, None]
    return out


def cut_off(boost: Boost) -> tuple[Array, Array]:
    """Return the state of the true missile at cut-off, and its derivatives by the nine at that very time.

    A missile that was launched later, or flies slower, is cut off later: its state is carried back along its fall.

    Returns
    -------
    state : array, shape (6,)
        Earth-fixed position [m] and relative velocity [m/s].
    partials : array, shape (6, 9)
        Derivatives.
    """
    place, velocity, lean, leaning = at(boost, np.array([boost.end]))
    state = np.concatenate([boost.site + place[0] @ boost.axes, velocity[0] @ boost.axes])
    slope, gradient = np.empty(3), np.empty((3, 3))
    pull(state, boost.nature, slope, gradient)
    falls = np.concatenate([state[3:], slope])
    out = np.zeros((6, SIZE))
    out[:3, :CUT] = _turned(boost, place, velocity, lean)[0]
    out[:3, EAST] += boost.axes[0]
    out[:3, NORTH] += boost.axes[1]
    out[3:, :CUT] = _turned(boost, velocity, velocity, leaning)[0]
    out[:3, PACE] = 0.0
    out[:, TIME] = -falls
    out[:, PACE] += falls * boost.end
    out[3:, CUT:] = np.eye(3)
    return state, out


def _turned(boost: Boost, vector: Array, velocity: Array, lean: Array) -> Array:
    """Return derivatives of a local vector that moves with the launch point, Earth-fixed, by the first six.

    A launch point moved east turns the whole flight about the north axis, and one moved north about the axis to the
    west, by the angle that the ground curves.
    """
    east, north, up = np.eye(3)
    radius = boost.earth.equatorial_radius
    parts = [
        np.cross(north, vector) / radius,
        np.cross(-east, vector) / radius,
        np.zeros_like(vector),
        -np.cross(up, vector),
        velocity,
        lean,
    ]
    return np.stack([each @ boost.axes for each in parts], axis=-1)


def state(boost: Boost, nine: Array, time: Array) -> tuple[Array, float, Array]:
    """Return what the missile that the nine tell does: nonlinear, for an estimator.

    Parameters
    ----------
    boost : Boost
        The powered part of the true flight.
    nine : array, shape (9,)
        A member of the family.
    time : array, shape (n,)
        Seconds after the true launch; those outside the powered flight stand at its ends.

    Returns
    -------
    position : array, shape (n, 3)
        Earth-fixed [m].
    cut : float
        When it is cut off [s after the true launch].
    after : array, shape (6,)
        Its state then.
    """
    pace = 1.0 + nine[PACE]
    own = np.append((time - nine[TIME]) * pace, boost.end)
    place, velocity, lean, leaning = at(boost, own)
    turn = _rotation(boost, nine)
    east, north, up = boost.axes
    drop = (nine[EAST] ** 2 + nine[NORTH] ** 2) / (2.0 * boost.earth.equatorial_radius)
    site = boost.site + nine[EAST] * east + nine[NORTH] * north - drop * up
    position = site + (place + nine[TILT] * lean) @ turn
    speed = pace * ((velocity[-1] + nine[TILT] * leaning[-1]) @ turn) + nine[CUT:]
    return position[:-1], nine[TIME] + boost.end / pace, np.concatenate([position[-1], speed])


def _rotation(boost: Boost, nine: Array) -> Array:
    """Return the matrix that turns local row vectors into Earth-fixed ones, azimuth and moved launch point included."""
    c, s = math.cos(nine[AZIMUTH]), math.sin(nine[AZIMUTH])
    about = np.array([[c, -s, 0.0], [s, c, 0.0], [0.0, 0.0, 1.0]])
    across = np.array([-nine[NORTH], nine[EAST], 0.0]) / boost.earth.equatorial_radius
    angle = float(np.linalg.norm(across))
    if angle < 1e-15:
        return about @ boost.axes
    axis = across / angle
    skew = np.array([[0.0, -axis[2], axis[1]], [axis[2], 0.0, -axis[0]], [-axis[1], axis[0], 0.0]])
    rodrigues = np.eye(3) + math.sin(angle) * skew + (1.0 - math.cos(angle)) * (skew @ skew)
    turned: Array = about @ rodrigues.T @ boost.axes
    return turned


def still_to_come(boost: Boost, time: Array) -> Array:
    """Return a bound on the velocity that a burning missile may yet gain, as covariances, shape (n, 3, 3) [m²/s²].

    While it burns, it may be cut off at any moment and may not go on as before. With the apparent acceleration a and
    the time T left, T ∫ a aᵀ dt is never less than g gᵀ of the velocity g still to be gained (Cauchy-Schwarz), and it
    never grows with time; so what is known never gets less.

    Parameters
    ----------
    boost : Boost
        The powered part.
    time : array, shape (n,)
        Seconds after launch; zeros from cut-off on.
    """
    gained = np.diff(boost.velocity, axis=0) @ boost.axes
    spans = np.diff(boost.time)
    parts = gained[:, :, None] * gained[:, None, :] / spans[:, None, None]
    sums = np.concatenate([np.cumsum(parts[::-1], axis=0)[::-1], np.zeros((1, 3, 3))])
    left = np.clip(boost.end - time, 0.0, boost.end)
    row = np.clip(np.searchsorted(boost.time, time, side="right") - 1, 0, boost.time.size - 1)
    last = np.minimum(row, spans.size - 1)
    share = np.where(row < spans.size, (np.clip(time, 0.0, boost.end) - boost.time[row]) / spans[last], 0.0)
    rest = sums[row] - share[:, None, None] * np.where(row < spans.size, 1.0, 0.0)[:, None, None] * parts[last]
    bound: Array = left[:, None, None] * rest
    return bound
