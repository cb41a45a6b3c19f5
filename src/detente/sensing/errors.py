"""How wrong one look of a sensor may be: radars from beam, bandwidth and echo, infrared telescopes by an angle.

No source that was read states the errors of any early-warning radar or satellite. What was read is the beamwidth of
four radars, the errors of one range radar (`KAENA_POINT`), and how errors follow from beam, bandwidth and echo. All
else is assumed, wide, and marked so.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from detente.sensing.kernels import Array
from detente.sources import Angles, Cited, Fractions, Hertz, Lengths, Numbers, Seconds, Seen

if TYPE_CHECKING:
    from detente.catalog.records import Radar

LIGHT = 299_792_458.0
"""Speed of light [m/s]."""
SLOPE = 1.6
"""Slope constant k_m of a monopulse antenna [-] (Barton and Leonov 1997, p. 6)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RadarErrors:
    """What the errors of one look of a radar follow from. Angles are those of a great circle: across and up the beam.

    `beam_azimuth`, `beam_elevation` are full half-power widths; `least_echo` is the ratio of signal to noise energy
    with which the radar detects at the end of its reach; `finest` is the smallest part of a beam or of a range cell
    that a look resolves, however strong the echo; `range_bias` and `angle_bias` are standard deviations of what is
    wrong all through a track, unknown to those who use it.
    """

    beam_azimuth: Angles
    beam_elevation: Angles
    bandwidth: Hertz
    least_echo: Numbers
    finest: Fractions
    range_bias: Lengths
    angle_bias: Angles
    interval: Seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class InfraredErrors:
    """Standard deviations of one look of an infrared telescope at a plume, in each of two directions across the line.

    `angle` changes from look to look; `bias` stays through a launch.
    """

    angle: Angles
    bias: Angles


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """Published standard deviations of one look of a radar: range [m], azimuth and elevation [rad]."""

    range: Lengths
    azimuth: Angles
    elevation: Angles


def _degrees(value: float, low: float, high: float, source: str = "assumed", note: str = "") -> Cited:
    partly = source.startswith("vallado") or note.startswith("that of")
    seen: Seen = "no" if source == "assumed" else "partly" if partly else "yes"
    return Cited(
        value=math.radians(value), low=math.radians(low), high=math.radians(high), source=source, seen=seen, note=note
    )


def _assumed(value: float, low: float, high: float, note: str = "") -> Cited:
    return Cited(value=value, low=low, high=high, source="assumed", seen="no", note=note)


KAENA_POINT = Published(
    range=Cited(value=92.5, low=92.5, high=92.5, source="vallado2013, GEOS-3 example", seen="partly"),
    azimuth=_degrees(0.0224, 0.0224, 0.0224, "vallado2013, GEOS-3 example"),
    elevation=_degrees(0.0139, 0.0139, 0.0139, "vallado2013, GEOS-3 example"),
)
"""Errors of the C-band range radar at Kaena Point, as used in the orbit of GEOS-3 that Vallado determines.

Read in public programs that carry that example out, not in the book: a scale to hold the assumed errors against.
"""


def _radar(beam: tuple[float, float, float], bandwidth: float, angle_bias: float, interval: float) -> RadarErrors:
    wide = _degrees(*beam, note="assumption from apertures of tens of wavelengths, no published value")
    return RadarErrors(
        beam_azimuth=wide,
        beam_elevation=wide,
        bandwidth=_assumed(bandwidth, bandwidth / 5.0, 5.0 * bandwidth, "no published value"),
        least_echo=_assumed(20.0, 10.0, 40.0, "13 dB, the usual need of one look: Skolnik 2008, section 1.2, recalled"),
        finest=_assumed(0.02, 0.01, 0.05, "a fiftieth of a beam"),
        range_bias=_assumed(30.0, 5.0, 150.0, "calibration and what the ionosphere leaves"),
        angle_bias=_degrees(
            angle_bias, angle_bias / 3.0, 3.0 * angle_bias, note="alignment and what refraction leaves"
        ),
        interval=_assumed(interval, interval / 2.0, 3.0 * interval, "no published value"),
    )


BY_BAND: dict[str, RadarErrors] = {
    "VHF": _radar((2.0, 1.0, 4.0), 0.3e6, 0.1, 10.0),
    "UHF": _radar((2.0, 1.0, 3.0), 1e6, 0.04, 5.0),
    "L": _radar((1.0, 0.5, 2.0), 5e6, 0.02, 5.0),
    "S": _radar((1.0, 0.5, 2.0), 5e6, 0.02, 2.0),
    "X": _radar((0.2, 0.1, 0.5), 20e6, 0.005, 1.0),
}
"""Assumed errors by band of a radar."""

BEAMS: dict[str, Cited] = {
    "PAVE PAWS": _degrees(2.1, 2.0, 2.2, "arrl-pave-paws", "2.2 on transmission; 2.0 in the report of 1979"),
    "BMEWS": _degrees(2.1, 2.0, 2.2, "arrl-pave-paws", "that of PAVE PAWS: the same array elements"),
    "FPS-108": _degrees(0.6, 0.6, 0.6, "keeptrack-sensors"),
    "PARCS": _degrees(1.2, 1.2, 1.2, "keeptrack-sensors"),
}
"""Published widths of beams, by a part of the name of the system."""

INFRARED: dict[str, InfraredErrors] = {
    "look-down": InfraredErrors(
        angle=_assumed(60e-6, 20e-6, 200e-6, "2.2 km at 36,000 km, so that a launch point is known to 4 km (1 to 10)"),
        bias=_assumed(50e-6, 10e-6, 150e-6, "stars and landmarks leave 1.8 km at 36,000 km"),
    ),
    "grazing": InfraredErrors(
        angle=_assumed(100e-6, 30e-6, 300e-6, "no published value"),
        bias=_assumed(100e-6, 30e-6, 300e-6, "no published value"),
    ),
}
"""Assumed errors of infrared satellites by viewing rule."""


def errors_of(radar: Radar, aperture: float | None = None) -> RadarErrors:
    """Return what the errors of a radar follow from: those of its band, with its own beam where that is known.

    Parameters
    ----------
    radar : Radar
        Its band, system and frequency are used.
    aperture : float, optional
        Area of the antenna of one face [m²], above 0, used where no width of beam is published and the frequency is
        known: the beam is 0.886 of wavelength over side, as for an evenly lit square.

    Raises
    ------
    ValueError
        An aperture not above 0.

    References
    ----------
    Balanis, C. (2016), Antenna Theory, 4th ed., section 12.5 (recalled).
    """
    if aperture is not None and not aperture > 0.0:
        raise ValueError(f"{radar.name}: an aperture of {aperture} m²; allowed: above 0, or none")
    found = BY_BAND[radar.band]
    own = next((beam for part, beam in BEAMS.items() if part in radar.system), None)
    if own is None and aperture is not None and radar.frequency is not None:
        own = _beam(radar.frequency, math.sqrt(aperture))
    return found if own is None else replace(found, beam_azimuth=own, beam_elevation=own)


def _beam(frequency: Cited, side: float) -> Cited:
    ends = [0.886 * LIGHT / hertz / side for hertz in (frequency.value, frequency.high, frequency.low)]
    return Cited(value=ends[0], low=ends[1], high=ends[2], source="derived", seen="partly", note="frequency, aperture")


def look_errors(errors: RadarErrors, distance: Array, reach: float) -> Array:
    """Return standard deviations of range [m] and of two angles across the beam [rad] of looks, shape (n, 3).

    The echo grows with the inverse fourth power of the distance from `least_echo` at the end of the reach. One look is
    wrong by beam / (k_m √(2 S/N)) in angle and by c / (2 B √(2 S/N)) in range, and by `finest` at least.

    Parameters
    ----------
    errors : RadarErrors
        Beam, bandwidth and echo.
    distance : array, shape (n,)
        To the target [m], above 0.
    reach : float
        Distance at which this target is just detected [m], above 0.

    References
    ----------
    Barton, D. K. and Leonov, S. A. (1997), Radar Technology Encyclopedia, p. 6: angle; Curry, G. R. (2005), Radar
    System Performance Modeling, 2nd ed., sections 8.1-8.2 (recalled): range.
    """
    echo = errors.least_echo.value * (reach / distance) ** 4
    part = 1.0 / np.sqrt(2.0 * echo)
    cell, least = 0.5 * LIGHT / errors.bandwidth.value, errors.finest.value
    sizes = np.array([cell, errors.beam_azimuth.value / SLOPE, errors.beam_elevation.value / SLOPE])
    floors = least * np.array([cell, errors.beam_azimuth.value, errors.beam_elevation.value])
    found: Array = np.maximum(part[:, None] * sizes, floors)
    return found
