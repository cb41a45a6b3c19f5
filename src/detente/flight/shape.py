"""The shapes that a trajectory between two points can have."""

from __future__ import annotations

import math
from dataclasses import dataclass

from detente.scenario.shapes import parsed


@dataclass(frozen=True, slots=True)
class MinimumEnergy:
    """The flight with the least specific orbital energy at cut-off of all that reach the aim point.

    Bate, Mueller and White (1971), Fundamentals of Astrodynamics, section 6.2: without air, burn and rotation it is
    `closed_form.minimum_energy`. Near the greatest range few flights reach the aim; it is then the best of those.
    """


@dataclass(frozen=True, slots=True)
class Apogee:
    """A trajectory with a given apogee.

    Parameters
    ----------
    altitude : float
        Greatest height above the ellipsoid [m], > 0.
    """

    altitude: float


@dataclass(frozen=True, slots=True)
class Lofted:
    """Higher than minimum energy.

    Parameters
    ----------
    ratio : float
        Apogee over the apogee of the minimum-energy trajectory [-], > 1. The default is a convention of ours.
    """

    ratio: float = 1.5


@dataclass(frozen=True, slots=True)
class Depressed:
    """Lower than minimum energy.

    Parameters
    ----------
    ratio : float
        Apogee over the apogee of the minimum-energy trajectory [-], between 0 and 1. The default is a convention of
        ours.
    """

    ratio: float = 0.6


@dataclass(frozen=True, slots=True)
class ReentryAngle:
    """A trajectory with a given re-entry angle.

    Parameters
    ----------
    angle : float
        Of the velocity relative to the turning Earth below the horizontal, on the way down through 100 km, or through
        half the apogee where that is lower [rad], between 0 and π/2.
    """

    angle: float


Shape = MinimumEnergy | Apogee | Lofted | Depressed | ReentryAngle


def shape(text: str) -> Shape:
    """Return the shape that a person names.

    Parameters
    ----------
    text : str
        "minimum-energy", "lofted", "depressed", an apogee such as "1200 km", or a re-entry angle such as "25 deg"; a
        number alone is an apogee in kilometres.

    Raises
    ------
    ValueError
        Anything else.

    Examples
    --------
    >>> shape("1200 km")
    Apogee(altitude=1200000.0)
    >>> round(shape("30 deg").angle, 4)
    0.5236
    """
    kind, number = parsed(text)
    named: dict[str, Shape] = {"minimum-energy": MinimumEnergy(), "lofted": Lofted(), "depressed": Depressed()}
    if kind in named:
        return named[kind]
    return ReentryAngle(math.radians(number)) if kind == "deg" else Apogee(number * 1e3)
