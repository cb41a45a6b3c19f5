"""A notional missile in few numbers: an even boost along a path that bends over, then free flight. For reported tests.

Of a missile that was only seen to fly, neither masses nor engines are known; its boost time and acceleration can be
bounded. Over the flights of the catalog (full burn, lofted to a tenth and to three tenths of the greatest range), the
greatest range that follows here from the lofted shot and the boost time is the integrated one within 5 % (one standard
deviation; -8 to +16 %), the flight time within 11 s, the burnout speed within 2 %.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from detente.earth import Earth
from detente.flight.aim import along
from detente.flight.kepler import arc, fall

Array = NDArray[np.float64]

GROWTH = 0.3
"""How much the thrust acceleration falls short of its mean at lift-off, and exceeds it at burnout [-]: fitted, ours."""
BEND = 3.0
"""Power with which the path angle falls to that of burnout [-]: fitted to the flights of the catalog, ours."""
LEAST_BEND, MOST_BEND = 1.0, 4.0
_STEPS = 60
_TOO_FAR = 4.0 * math.pi
_LARGE = 9.0
"""Greatest logarithm of an acceleration or a boost time that is tried [-]."""


class NoFitError(ValueError):
    """No notional missile flies this shot."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Boost:
    """The end of powered flight over a sphere.

    Parameters
    ----------
    speed : float
        Relative to the rotating Earth [m/s].
    altitude : float
        Above the sphere [m].
    angle : float
        Central angle from the launch [rad].
    """

    speed: float
    altitude: float
    angle: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Notional:
    """A notional missile.

    Parameters
    ----------
    acceleration : float
        Of the thrust, mean over the boost [m/s²].
    boost_time : float
        Duration of the boost [s].
    bend : float
        With which its path angle falls, see `BEND`.
    """

    acceleration: float
    boost_time: float
    bend: float = BEND

    def boost(self, path_angle: float, earth: Earth) -> Boost:
        """Return the end of a boost whose path angle [rad] falls from the vertical to `path_angle`.

        The midpoint rule on speed, height and angle: dv/dt = a(t) - g(r) sin γ(t), dr/dt = v sin γ, dθ/dt = v cos γ/r
        (Wheelon, A. D. (1959), Free flight of a ballistic missile, ARS Journal 29(12), 915-926, gives the part after
        it).
        """
        radius = earth.mean_radius
        dt = self.boost_time / _STEPS
        v, r, theta, lean = 0.0, radius, 0.0, 0.5 * math.pi - path_angle
        for i in range(_STEPS):
            share = (i + 0.5) / _STEPS
            gamma = path_angle + lean * (1.0 - share) ** self.bend
            sine, cosine = math.sin(gamma), math.cos(gamma)
            thrust = self.acceleration * (1.0 - GROWTH + 2.0 * GROWTH * share)
            gain = max(0.0, thrust - earth.mu / (r * r) * sine) * dt
            middle = v + 0.5 * gain
            v, r, theta = v + gain, max(r + middle * sine * dt, 0.9 * radius), theta + middle * cosine / r * dt
        return Boost(speed=v, altitude=r - radius, angle=theta)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shot:
    """Where a notional missile came down, and what it flew like.

    Parameters
    ----------
    down, cross : float
        Along the great circle that was wanted and to its left [rad]; `down` is 4π where it never comes down.
    apogee : float
        Greatest altitude above the sphere [m].
    time : float
        From launch to impact, without air [s].
    boost : Boost
        The end of the boost.
    """

    down: float
    cross: float
    apogee: float
    time: float
    boost: Boost


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Site:
    """Where a shot starts: over a sphere of the mean radius, with the field and the rotation of an Earth.

    Parameters
    ----------
    latitude : float
        Of the launch [rad].
    azimuth : float
        Of the great circle to the impact on the ground [rad].
    earth : Earth
        One at rest makes place and azimuth idle.
    """

    latitude: float
    azimuth: float
    earth: Earth

    def shoot(self, missile: Notional, path_angle: float, heading: float) -> Shot:
        """Return the flight of a missile with a path angle at burnout, headed off the azimuth [rad] to the right."""
        earth = self.earth
        boost = missile.boost(path_angle, earth)
        toward = along(self.latitude, 0.0, self.azimuth)
        up, out, _ = along(self.latitude, 0.0, self.azimuth + heading)
        radius = earth.mean_radius + boost.altitude
        here = math.cos(boost.angle) * up + math.sin(boost.angle) * out
        ahead = math.cos(boost.angle) * out - math.sin(boost.angle) * up
        velocity = boost.speed * (math.sin(path_angle) * here + math.cos(path_angle) * ahead)
        velocity = velocity + earth.rotation_rate * radius * np.array([-here[1], here[0], 0.0])
        speed, climb = max(float(np.linalg.norm(velocity)), 1e-9), float(velocity @ here)
        down = fall(speed, math.asin(max(-1.0, min(1.0, climb / speed))), radius, earth.mean_radius, earth.mu)
        top = down.apogee - earth.mean_radius
        if not math.isfinite(down.angle):
            return Shot(down=_TOO_FAR, cross=0.0, apogee=top, time=math.inf, boost=boost)
        level = velocity - climb * here
        level = level / max(float(np.linalg.norm(level)), 1e-9)
        there = math.cos(down.angle) * here + math.sin(down.angle) * level
        turn = earth.rotation_rate * down.time
        c, s = math.cos(turn), math.sin(turn)
        place = np.array([c * there[0] + s * there[1], c * there[1] - s * there[0], there[2]])
        first, second, left = (float(each) for each in toward @ place)
        far = math.atan2(second, first)
        far = far + 2.0 * math.pi if far < -0.5 * math.pi else far
        aside = math.asin(max(-1.0, min(1.0, left)))
        return Shot(down=far, cross=aside, apogee=top, time=missile.boost_time + down.time, boost=boost)

    def farthest(self, missile: Notional) -> tuple[float, Shot]:
        """Return the greatest range on the azimuth [m], at most half the circumference, and its flight."""
        from scipy.optimize import minimize_scalar

        def flown(path_angle: float) -> Shot:
            heading, shot = 0.0, self.shoot(missile, path_angle, 0.0)
            for _ in range(6):
                if shot.down >= math.pi or abs(shot.cross) < 1e-5:
                    break
                heading += math.asin(max(-0.5, min(0.5, math.sin(shot.cross) / max(math.sin(shot.down), 0.05))))
                shot = self.shoot(missile, path_angle, heading)
            return shot

        found = minimize_scalar(lambda angle: -flown(angle).down, bounds=(0.0, 1.4), method="bounded")
        shot = flown(float(found.x))
        return min(shot.down, math.pi) * self.earth.mean_radius, shot


def fitted(
    site: Site, apogee: float, ground_range: float, *, boost_time: float | None, acceleration: float, bend: float = BEND
) -> tuple[Notional, Shot]:
    """Return the notional missile that flies a shot, and the flight.

    Parameters
    ----------
    site : Site
        Where it starts and where to.
    apogee, ground_range : float
        Of the shot [m].
    boost_time : float or None
        Known [s]; or None, and it follows from the acceleration.
    acceleration : float
        Mean thrust acceleration [m/s²] where the boost time is not known; else a first guess.
    bend : float
        See `BEND`.

    Raises
    ------
    NoFitError
        No such missile: with this boost time the burnout would lie above the apogee, for example.
    """
    from scipy.optimize import root

    gravity = site.earth.mu / site.earth.mean_radius**2
    start = arc(site.latitude, 0.0, site.azimuth, ground_range, apogee, 0.5 * apogee, site.earth)
    turned = math.remainder(start.launch_azimuth - site.azimuth, 2.0 * math.pi)

    def missile(free: float) -> Notional:
        if boost_time is not None:
            return Notional(acceleration=math.exp(min(free, _LARGE)), boost_time=boost_time, bend=bend)
        return Notional(acceleration=acceleration, boost_time=math.exp(min(free, _LARGE)), bend=bend)

    def gap(x: Array) -> list[float]:
        shot = site.shoot(missile(float(x[0])), float(x[1]), float(x[2]))
        far = shot.down if shot.down < _TOO_FAR else 2.0 * math.pi
        return [shot.apogee / apogee - 1.0, far * site.earth.mean_radius / ground_range - 1.0, shot.cross]

    speed, steep = start.launch_speed, start.launch_angle
    guess = speed / boost_time + gravity if boost_time is not None else speed / max(acceleration - gravity, 2.0)
    for stretch, share in product((1.0, 0.7, 1.4), (1.0, 0.8, 1.05, 0.5)):
        found = root(gap, [math.log(stretch * guess), share * steep, turned], tol=1e-10)
        if np.abs(found.fun).max() < 1e-6:
            made = missile(float(found.x[0]))
            shot = site.shoot(made, float(found.x[1]), float(found.x[2]))
            lifts_off = (1.0 - GROWTH) * made.acceleration > gravity and found.x[1] > 0.0
            if lifts_off and start.time < shot.time < start.time + 2.0 * made.boost_time:
                return made, shot
    raise NoFitError("no boost of this length leads to this apogee and range")
