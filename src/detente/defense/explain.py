"""Why a deployment can meet a flight or cannot: a word for tables, and the numbers behind it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from detente.catalog.records import Interceptor
from detente.defense.path import Path, Window
from detente.defense.reach import credited_speed
from detente.sources import Cited

Because = Literal["met", "no track", "out of reach", "too late", "target too fast", "below the keep-out altitude"]


def reason(interceptor: Interceptor, seen: Sequence[Path], windows: Sequence[Window]) -> Because:
    """Return "met", or why there is no intercept in any state of knowledge.

    Parameters
    ----------
    interceptor : Interceptor
        Its altitudes, range and credit.
    seen : sequence of Path
        The flight from each place that the deployment may be at.
    windows : sequence of Window
        Battle space in each state.
    """
    met = [window for window in windows if window.rounds > 0]
    if met:
        slow = interceptor.layer == "boost" or min(each.slowest for each in met) <= credited_speed(interceptor)
        return "met" if slow else "target too fast"
    if not any(_inside(interceptor, each).any() for each in seen):
        return "out of reach"
    return "too late" if any(window.track_time < math.inf for window in windows) else "no track"


def _inside(interceptor: Interceptor, seen: Path) -> NDArray[np.bool_]:
    """Return whether the target is where the interceptor works and within its greatest range; in orbit, always."""
    return _banded(interceptor, seen) & (seen.slant_range <= interceptor.greatest_range.value)


def _banded(interceptor: Interceptor, seen: Path) -> NDArray[np.bool_]:
    low, high = interceptor.lowest_intercept.value, interceptor.highest_intercept.value
    found: NDArray[np.bool_] = (seen.altitude >= low) & (seen.altitude <= high)
    return found


def told(
    interceptor: Interceptor,
    seen: Sequence[Path],
    windows: Sequence[Window],
    because: Because,
    keep_out: Cited | None = None,
) -> str:
    """Return the numbers behind a reason, as a clause; parameters as for `reason`, with the threat's `keep_out`."""
    high = interceptor.highest_intercept.value / 1e3
    if because == "met":
        return _met(windows)
    if because == "out of reach":
        return _away(interceptor, seen)
    if because == "too late":
        return f"ready to launch at {min(each.ready_time for each in windows):.0f} s, after the last useful launch"
    wanted = keep_out.value / 1e3 if keep_out else 0.0
    return {
        "below the keep-out altitude": f"it protects from {wanted:.0f} km up, this one works to {high:.0f} km",
        "target too fast": f"credited against targets up to {credited_speed(interceptor) / 1e3:.1f} km/s",
        "no track": "no radar that it may be fired on gets a track",
    }[because]


def short_of(interceptor: Interceptor, count: float) -> str:
    """Return a clause where a deployment has fewer interceptors than its doctrine fires at one target; else nothing."""
    shots = interceptor.shots_per_target.value
    if interceptor.basing in {"air", "space"} or count >= shots:
        return ""
    return f"; {count:g} ready where doctrine fires up to {shots:g} at one target"


def _met(windows: Sequence[Window]) -> str:
    best = max((each for each in windows if each.first), key=lambda each: (each.rounds, each.share))
    ends = [f"{each.time:.0f} s at {each.altitude / 1e3:.0f} km" for each in (best.first, best.last) if each]
    return f"from {ends[0]} to {ends[-1]}"


def _away(interceptor: Interceptor, seen: Sequence[Path]) -> str:
    low, high = interceptor.lowest_intercept.value / 1e3, interceptor.highest_intercept.value / 1e3
    nearest = min(float(each.slant_range[_banded(interceptor, each)].min(initial=math.inf)) for each in seen)
    if not math.isfinite(nearest):
        return f"the target is never between {low:.0f} and {high:.0f} km"
    far = interceptor.greatest_range.value / 1e3
    return f"between {low:.0f} and {high:.0f} km it comes within {nearest / 1e3:.0f} km, the range is {far:.0f} km"
