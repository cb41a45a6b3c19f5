"""What is known of a flight before any sensor looks, and what no sensor tells."""

from __future__ import annotations

import math
from dataclasses import dataclass

from detente.sources import Angles, Cited, Lengths, Metres, Numbers, Seconds, Speeds


@dataclass(frozen=True, slots=True, kw_only=True)
class Prior:
    """Standard deviations of what is known of a flight before the first look."""

    launch_point: Metres
    launch_time: Seconds
    azimuth: Angles
    pace: Numbers
    tilt: Numbers
    cut: Speeds
    """Velocity added at cut-off, each way [m/s]."""
    air: Lengths
    """How far the air carries the falling body from where it would come down without, each way [m]."""

    @property
    def six(self) -> tuple[float, ...]:
        """Standard deviations of the first six of the nine numbers of `detente.sensing.boost`, in their order."""
        point = self.launch_point.value
        rest = (self.launch_time, self.azimuth, self.pace, self.tilt)
        return point, point, *(each.value for each in rest)


def _assumed(value: float, low: float, high: float, note: str) -> Cited:
    return Cited(value=value, low=low, high=high, source="assumed", seen="no", note=note)


PRIOR = Prior(
    launch_point=_assumed(5e6, 1e6, 1e7, "a missile may come from anywhere"),
    launch_time=_assumed(3600.0, 600.0, 86400.0, "at any time"),
    azimuth=_assumed(math.pi / math.sqrt(3.0), 0.1, math.pi / math.sqrt(3.0), "any way: an even spread of a turn"),
    pace=_assumed(0.3, 0.05, 0.5, "the type is not known"),
    tilt=_assumed(0.3, 0.05, 0.5, "nor how it is flown"),
    cut=_assumed(100.0, 20.0, 300.0, "3 s of thrust at 30 m/s²: cut-off falls between two looks, or steers at the end"),
    air=_assumed(
        1000.0, 200.0, 5000.0, "moved three flights by 0.3 to 1.5 km; what is known of their bodies, by 0.3 to 4 km"
    ),
)
"""What is assumed to be known beforehand: next to nothing."""
