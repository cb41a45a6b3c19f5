"""How well a flight is known, and when: where it comes down, and where it came from.

Each look adds its Fisher information on the nine numbers of `detente.sensing.boost`; the inverse of the sum is the
least covariance that any unbiased estimator can have (Cramér-Rao). What is wrong in all looks of a sensor alike is a
number of its own and is eliminated, so that it does not average out as noise does.

Sources:
Van Trees, H. L. (1968), Detection, Estimation, and Modulation Theory, part I, section 2.4 (bound with a prior); Kay, S.
(1993), Fundamentals of Statistical Signal Processing: Estimation Theory, sections 3.6 and 3.8 (vector parameters,
transformations); Tapley, B., Schutz, B. and Born, G. (2004), Statistical Orbit Determination, sections 4.3 (batch),
and 4.18 (constant biases). Recalled.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from detente.earth import WGS84, Earth, east_north_up, geodetic_from_ecef
from detente.sensing.boost import CUT, SIZE, Boost, at, boost_of, burning, cut_off, still_to_come
from detente.sensing.kernels import Array
from detente.sensing.looks import Looks, sight
from detente.sensing.prior import PRIOR, Prior
from detente.sensing.track_kernels import absorb, carry, ground

if TYPE_CHECKING:
    from detente.flight.trajectory import Trajectory

SHARE = 0.9
"""Chance with which an ellipse holds the point, if errors are normal."""
LIMIT = 2_000_000.0
"""Semi-major axis [m] above which an ellipse says nothing and a point is called not known."""
STEP = 10.0
"""Seconds between the times at which accuracy is told."""
_SCALE = math.sqrt(-2.0 * math.log(1.0 - SHARE))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TrackAccuracy:
    """How well a flight is known, by time. Ellipses hold their point with the chance `SHARE`.

    Parameters
    ----------
    time : array, shape (n,)
        Seconds after launch, every `STEP` and at impact.
    impact_major, impact_minor, launch_major, launch_minor : array, shape (n,)
        Semi-axes of the ellipses of impact and launch point on the ground [m]; infinite where not known: above `LIMIT`.
    impact_orientation, launch_orientation : array, shape (n,)
        Azimuth of the major axis at that point, 0 to π [rad]; 0 where not known.
    impact_time : array, shape (n,)
        Standard deviation of the time of impact [s]; infinite where the impact point is not known.
    launch_time : array, shape (n,)
        Standard deviation of the time of launch [s]; infinite where the launch point is not known.
    impact_covariance, launch_covariance : array, shape (n, 2, 2)
        East and north [m²], of every time.
    looks : array of int, shape (n,)
        How many looks have been used.
    """

    time: Array
    impact_major: Array
    impact_minor: Array
    impact_orientation: Array
    impact_time: Array
    launch_major: Array
    launch_minor: Array
    launch_orientation: Array
    launch_time: Array
    impact_covariance: Array
    launch_covariance: Array
    looks: NDArray[np.int64]


def accuracy(
    flown: Trajectory, observers: Sequence[Looks], *, prior: Prior = PRIOR, earth: Earth = WGS84
) -> TrackAccuracy:
    """Return how well a flight is known from the looks of some sensors.

    Looks after the target has fallen back to the re-entry altitude of the trajectory are not used: there the air, which
    is left out, tells and moves the body.

    Parameters
    ----------
    flown : Trajectory
        The flight.
    observers : sequence of Looks
        Of one sensor, of a network, or of several that share; see `looks.radar_looks` and `looks.infrared_looks`.
    prior : Prior
        What is known beforehand.
    earth : Earth
        Field and ellipsoid of the trajectory.

    Raises
    ------
    ValueError
        A trajectory without a powered part, or one that does not come down.
    """
    return accuracies(flown, observers, [()], prior=prior, earth=earth)[0]


def accuracies(
    flown: Trajectory,
    always: Sequence[Looks],
    sets: Sequence[Sequence[Looks]],
    *,
    prior: Prior = PRIOR,
    earth: Earth = WGS84,
) -> tuple[TrackAccuracy, ...]:
    """Return how well a flight is known from the looks of some sensors with each of several sets of further ones.

    The same as `accuracy` of each set joined with `always`, which is worked through once.

    Parameters
    ----------
    flown, prior, earth
        As for `accuracy`.
    always : sequence of Looks
        Looks that are there in every set.
    sets : sequence of sequence of Looks
        What comes on top, set by set.
    """
    boost = boost_of(flown, earth)
    time = np.append(np.arange(0.0, flown.flight_time, STEP), flown.flight_time)
    last, start = _last(flown), cut_off(boost)
    landing = impact_partials(boost, start)
    common = [_information(boost, start, each, time, last) for each in always]
    known = np.concatenate([_priors(boost, prior, time), *(each for each, _ in common)], axis=1)
    root: Array = np.asarray(np.linalg.qr(known, mode="r"))
    found = []
    for observers in sets:
        given = [_information(boost, start, each, time, last) for each in observers]
        looks = np.sum([count for _, count in [*common, *given]], axis=0, initial=0) * np.ones(time.size, np.int64)
        covariance = _covariance([root, *(each for each, _ in given)])
        found.append(_accuracy(time, covariance, landing, prior, looks))
    return tuple(found)


def _accuracy(
    time: Array, covariance: Array, landing: tuple[Array, Array], prior: Prior, looks: NDArray[np.int64]
) -> TrackAccuracy:
    """Return ellipses and times from the covariances of the nine, and from the derivatives of the impact by them."""
    point, moment = landing
    impact = point @ covariance @ point.T + prior.air.value**2 * np.eye(2)
    launch = covariance[:, :2, :2]
    ends = [_ellipse(each) for each in (impact, launch)]
    (major, minor, turn), (wide, narrow, lean) = ends
    when = np.sqrt(np.einsum("i,nij,j->n", moment, covariance, moment))
    return TrackAccuracy(
        time=time,
        impact_major=major,
        impact_minor=minor,
        impact_orientation=turn,
        impact_time=np.where(np.isfinite(major), when, np.inf),
        launch_major=wide,
        launch_minor=narrow,
        launch_orientation=lean,
        launch_time=np.where(np.isfinite(wide), np.sqrt(covariance[:, 2, 2]), np.inf),
        impact_covariance=impact,
        launch_covariance=launch,
        looks=looks,
    )


def known_when(track: TrackAccuracy, semi_major: float, *, point: str = "impact") -> float:
    """Return when the ellipse of a point first has a semi-major axis below some length [s after launch], or infinity.

    Parameters
    ----------
    track : TrackAccuracy
        From `accuracy`.
    semi_major : float
        [m], above 0.
    point : {"impact", "launch"}
        Which.
    """
    sizes = track.impact_major if point == "impact" else track.launch_major
    small = np.flatnonzero(sizes < semi_major)
    return float(track.time[small[0]]) if small.size else math.inf


def _last(flown: Trajectory) -> float:
    """Return when a flight falls through its re-entry altitude [s]."""
    above = np.flatnonzero(flown.altitude > flown.reentry_altitude)
    return float(flown.time[above[-1]]) if above.size else float(flown.flight_time)


def _priors(boost: Boost, prior: Prior, time: Array) -> Array:
    """Return square roots of the information before the first look, shape (n, 9, 9)."""
    out = np.zeros((time.size, SIZE, SIZE))
    out[:, range(CUT), range(CUT)] = 1.0 / np.array(prior.six)
    cut = still_to_come(boost, time) + prior.cut.value**2 * np.eye(3)
    out[:, CUT:, CUT:] = np.linalg.inv(np.linalg.cholesky(cut))
    return out


def _information(
    boost: Boost, start: tuple[Array, Array], each: Looks, time: Array, last: float
) -> tuple[Array, NDArray[np.int64]]:
    """Return the square root of the information of a sensor's looks by some times, and how many looks those are."""
    used = (each.time >= 0.0) & (each.time < last)
    when, place = each.time[used], each.place_ecef[used]
    position, partials = _path(boost, start, when)
    distance, axes = sight(place, position)
    weight = 1.0 / each.spread[used]
    rows = np.zeros((when.size, 3, 3 + SIZE))
    rows[:, [0, 1, 2], [0, 1, 2]] = weight
    rows[:, :, 3:] = axes @ partials
    rows[:, 1:, 3:] /= distance[:, None, None]
    rows[:, :, 3:] *= weight[:, :, None]
    count = np.searchsorted(when + each.delay, time, side="right")
    return absorb(rows, count, np.array(each.bias, float)), count


def _path(boost: Boost, start: tuple[Array, Array], time: Array) -> tuple[Array, Array]:
    """Return the true position at some rising times, and its derivatives by the nine, shape (n, 3, 9)."""
    powered = time <= boost.end
    state, first = start
    flown = carry(state, boost.end, time[~powered], boost.nature)
    partials = np.concatenate([burning(boost, time[powered]), flown[:, :3, 1:] @ first])
    rising = boost.site + at(boost, time[powered])[0] @ boost.axes
    return np.concatenate([rising, flown[:, :3, 0]]), partials


def impact_partials(boost: Boost, start: tuple[Array, Array]) -> tuple[Array, Array]:
    """Return the derivatives of the impact point, east and north (2, 9), and of its time (9,), by the nine."""
    state, first = start
    end, down = ground(state, boost.end, boost.nature, boost.earth.flattening)
    if not math.isfinite(end):
        raise ValueError("the body does not come down within six hours; give a trajectory that ends on the ground")
    carried = carry(state, boost.end, np.array([end]), boost.nature)[0, :3, 1:] @ first
    latitude, longitude, _ = geodetic_from_ecef(down[:3], boost.earth)
    east, north, up = east_north_up(latitude, longitude)
    moment = -(up @ carried) / (up @ down[3:])
    return np.stack([east, north]) @ (carried + np.outer(down[3:], moment)), moment


def _covariance(roots: Sequence[Array]) -> Array:
    """Return the covariances that square roots of information give together, shape (n, 9, 9)."""
    turned = np.linalg.qr(np.concatenate(roots, axis=1), mode="r")
    half = np.linalg.inv(turned)
    found: Array = half @ np.swapaxes(half, 1, 2)
    return found


def _ellipse(covariance: Array) -> tuple[Array, Array, Array]:
    """Return semi-axes [m] and azimuth of the major axis [rad] of covariances, shape (n, 2, 2), east and north."""
    values, vectors = np.linalg.eigh(covariance)
    minor, major = _SCALE * np.sqrt(np.maximum(values, 0.0)).T
    turn = np.arctan2(vectors[:, 0, 1], vectors[:, 1, 1]) % math.pi
    known = major <= LIMIT
    return np.where(known, major, np.inf), np.where(known, minor, np.inf), np.where(known, turn, 0.0)
