"""The shapes that a trajectory between two points can have."""

from __future__ import annotations

from dataclasses import dataclass


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


Shape = MinimumEnergy | Apogee | Lofted | Depressed


def shape(text: str) -> Shape:
    """Return the shape that a person names.

    Parameters
    ----------
    text : str
        "minimum-energy", "lofted", "depressed", or an apogee in kilometres such as "1200".

    Raises
    ------
    ValueError
        Anything else.

    Examples
    --------
    >>> shape("1200")
    Apogee(altitude=1200000.0)
    """
    named: dict[str, Shape] = {"minimum-energy": MinimumEnergy(), "lofted": Lofted(), "depressed": Depressed()}
    if text in named:
        return named[text]
    try:
        height = float(text.lower().removesuffix("km"))
    except ValueError:
        height = float("nan")
    if not 0.0 < height < 1e6:
        raise ValueError(
            f'trajectory is "{text}"; allowed: minimum-energy, lofted, depressed, or an apogee in km, for example 1200'
        )
    return Apogee(height * 1e3)
