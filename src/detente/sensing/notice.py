"""Whether a notice given ahead of a launch explains what was seen."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from detente.earth import geodesic

if TYPE_CHECKING:
    from datetime import datetime

    from detente.catalog.records import Place
    from detente.scenario.scenario import Notice


@dataclass(frozen=True, slots=True, kw_only=True)
class Detection:
    """What those who assess know of a launch; None is not known. Errors are the greatest that they allow for.

    Parameters
    ----------
    at : datetime or None
        Moment of launch, with its time zone.
    launch, impact : (float, float) or None
        Latitude and longitude [rad].
    launch_error, impact_error : float
        Of those [m].
    azimuth : float or None
        Direction of launch [rad].
    azimuth_error : float
        [rad].
    apogee : float or None
        Greatest height, predicted [m].
    apogee_error : float
        [m].
    """

    at: datetime | None = None
    launch: tuple[float, float] | None = None
    launch_error: float = 0.0
    azimuth: float | None = None
    azimuth_error: float = 0.0
    impact: tuple[float, float] | None = None
    impact_error: float = 0.0
    apogee: float | None = None
    apogee_error: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """How a detection compares with a notice.

    Parameters
    ----------
    notice : str
        Name of the notice.
    agrees, differs : tuple of str
        Fields that both tell and that agree within the errors, or do not.
    unknown : tuple of str
        Fields that the notice tells and the detection does not yet.
    """

    notice: str
    agrees: tuple[str, ...]
    differs: tuple[str, ...]
    unknown: tuple[str, ...]

    @property
    def explained(self) -> bool:
        """Whether moment and place of launch agree, and nothing differs."""
        return not self.differs and {"window", "launch area"} <= set(self.agrees)


def match(notice: Notice, places: Mapping[str, Place], seen: Detection) -> Match:
    """Return how what was seen compares with a notice, field by field.

    A field agrees if the announced tolerance and the allowed error together hold the difference, so that a poor
    detection is contradicted less easily, and an attack through an announced window and area is explained: `misused` of
    `detente.sensing.belief.Regime` stands for that.

    Parameters
    ----------
    notice : Notice
        What was announced.
    places : mapping of Place
        Places that it names, by name.
    seen : Detection
        What is known of the launch.
    """
    results = dict(_compared(notice, places, seen))
    return Match(
        notice=notice.name,
        agrees=tuple(name for name, fits in results.items() if fits),
        differs=tuple(name for name, fits in results.items() if fits is False),
        unknown=tuple(name for name, fits in results.items() if fits is None),
    )


def _compared(notice: Notice, places: Mapping[str, Place], seen: Detection) -> Iterator[tuple[str, bool | None]]:
    """Yield each field that a notice tells, and whether the detection agrees; None where it does not know."""
    yield "window", None if seen.at is None else notice.opens <= seen.at <= notice.closes
    near = notice.launch_radius.value + seen.launch_error
    yield "launch area", _within(places[notice.launch], seen.launch, near)
    if notice.azimuth is not None and notice.azimuth_tolerance is not None:
        fits = None
        if seen.azimuth is not None:
            apart = math.remainder(seen.azimuth - notice.azimuth.value, 2.0 * math.pi)
            fits = abs(apart) <= notice.azimuth_tolerance.value + seen.azimuth_error
        yield "azimuth", fits
    if notice.impact is not None and notice.impact_radius is not None:
        near = notice.impact_radius.value + seen.impact_error
        yield "impact area", _within(places[notice.impact], seen.impact, near)
    if notice.apogee is not None:
        low, high = notice.apogee.low - seen.apogee_error, notice.apogee.high + seen.apogee_error
        yield "apogee", None if seen.apogee is None else low <= seen.apogee <= high


def _within(place: Place, point: tuple[float, float] | None, distance: float) -> bool | None:
    if point is None:
        return None
    apart, _ = geodesic(place.latitude.value, place.longitude.value, *point)
    return float(apart) <= distance
