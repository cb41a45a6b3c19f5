"""The radar equation: how far a radar of given power, antenna and noise detects a target, in search and in track."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from detente.sensing.detection import shnidman_2002
from detente.sources import Interval, at

if TYPE_CHECKING:
    from detente.catalog.records import Radar
    from detente.sources import Cited

BOLTZMANN = 1.380649e-23
"""Boltzmann's constant [J/K], exact (SI, 2019)."""
LIGHT = 299_792_458.0
"""Speed of light [m/s], exact."""


def search_range(
    mean_power: float,
    effective_area: float,
    cross_section: float,
    noise_temperature: float,
    losses: float,
    ratio: float,
    solid_angle: float,
    frame_time: float,
) -> float:
    """Return the range [m] of a radar that searches a solid angle once a frame.

    R⁴ = P A σ t / (4π k T L (S/N) Ω). Frequency does not enter, and what the beam looks like does not either.

    Parameters
    ----------
    mean_power : float
        Mean radiated power [W].
    effective_area : float
        Antenna area times its efficiency [m²].
    cross_section : float
        Radar cross section of the target [m²].
    noise_temperature : float
        System noise temperature [K].
    losses : float
        All losses, as a ratio, at least 1.
    ratio : float
        Signal-to-noise ratio that a detection needs.
    solid_angle : float
        Solid angle searched [sr].
    frame_time : float
        Time in which it is searched once [s].

    References
    ----------
    Skolnik, M. (2001), Introduction to Radar Systems, 3rd ed., section 2.13 (surveillance radar range equation).
    """
    noise = 4.0 * math.pi * BOLTZMANN * noise_temperature * losses * ratio * solid_angle
    return float((mean_power * effective_area * cross_section * frame_time / noise) ** 0.25)


def dwell_range(
    mean_power: float,
    effective_area: float,
    cross_section: float,
    noise_temperature: float,
    losses: float,
    ratio: float,
    frequency: float,
    dwell: float,
) -> float:
    """Return the range [m] of a radar that looks at one target for a dwell.

    R⁴ = P G A σ t / ((4π)² k T L (S/N)), with the gain G = 4π A/λ² of the effective area A.

    Parameters
    ----------
    mean_power, effective_area, cross_section, noise_temperature, losses, ratio
        As for `search_range`.
    frequency : float
        Carrier frequency [Hz].
    dwell : float
        Time of one look, added coherently [s].

    References
    ----------
    Skolnik, M. (2008), Radar Handbook, 3rd ed., section 1.2.
    """
    gain = 4.0 * math.pi * effective_area * (frequency / LIGHT) ** 2
    noise = (4.0 * math.pi) ** 2 * BOLTZMANN * noise_temperature * losses * ratio
    return float((mean_power * gain * effective_area * cross_section * dwell / noise) ** 0.25)


def needed_ratio(radar: Radar) -> float | None:
    """Return the signal-to-noise ratio that a radar needs to detect (Shnidman 2002), or None if nothing says when."""
    sight = radar.detection
    if sight is None:
        return None
    return shnidman_2002(sight.probability.value, sight.false_alarm.value, sight.pulses.value, sight.swerling)


_AGAINST = {"noise_temperature", "losses", "probability", "pulses", "solid_angle"}
"""Numbers whose high end shortens the range; of all others the low end does."""


def computed_span(radar: Radar, cross_section: float) -> dict[str, Interval]:
    """Return `computed` with every input at its best value, at its worst end and at its best end.

    The ends hold all that the inputs' ranges allow; that all lie at one end together is unlikely.

    Parameters
    ----------
    radar, cross_section
        As for `computed`.
    """

    def end(path: str, number: Cited, good: bool) -> float:
        return number.high if good is not (path.rpartition(".")[2] in _AGAINST) else number.low

    middle = computed(radar, cross_section)
    low, high = (
        computed(at(radar, lambda path, number, good=good: end(path, number, good)), cross_section)  # type: ignore[misc]
        for good in (False, True)
    )
    return {kind: Interval(value=middle[kind], low=low[kind], high=high[kind]) for kind in middle}


def computed(radar: Radar, cross_section: float) -> dict[str, float]:
    """Return the ranges [m] that follow from a radar's design, by kind: "search" and "track", as far as it is known.

    Parameters
    ----------
    radar : Radar
        Record with `design` and `detection`; "search" needs the solid angle of the fence, "track" the frequency and
        the dwell.
    cross_section : float
        Radar cross section of the target [m²].
    """
    design, ratio = radar.design, needed_ratio(radar)
    if design is None or ratio is None:
        return {}
    area = design.aperture.value * design.efficiency.value
    shared = (design.mean_power.value, area, cross_section, design.noise_temperature.value, design.losses.value, ratio)
    found = {}
    if radar.search is not None and radar.search.solid_angle is not None:
        found["search"] = search_range(*shared, radar.search.solid_angle.value, radar.search.frame_time.value)
    if radar.frequency is not None and design.dwell is not None:
        found["track"] = dwell_range(*shared, radar.frequency.value, design.dwell.value)
    return found
