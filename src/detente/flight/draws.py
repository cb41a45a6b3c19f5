"""What is not known of a missile, as draws: every number of its stages anywhere in its published range."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike, NDArray

from detente.flight.missiles import Launches, launches
from detente.flight.vehicle import G0, SEA_LEVEL_PRESSURE, vehicle

if TYPE_CHECKING:
    from detente.catalog.records import Missile, Stage
    from detente.sources import Cited

Array = NDArray[np.float64]


def within_ranges(
    missile: Missile, site: ArrayLike, control: ArrayLike, *, share: float = 1.0
) -> Callable[[np.random.Generator, int], Launches]:
    """Return the function that draws launches of a missile whose numbers lie in the ranges of the catalog.

    Each number is drawn on its own: as often below its value as above, evenly from there to the end of its range. The
    ranges say what is not known, not how one missile differs from the next of its type; `share` takes a part of them.
    Steering and cut-off time stay as they are.

    Parameters
    ----------
    missile : Missile
        From the catalog.
    site, control : array_like, shapes (3,), (6,)
        As in `Launches`.
    share : float
        Part of each range, > 0 to 1.

    Returns
    -------
    draw : function
        ``draw(random, n)``, for `stream_missiles`.

    Raises
    ------
    ValueError
        A share that is out of range; a missile that cannot lift off.
    """
    if not 0.0 < share <= 1.0:
        raise ValueError(f"share is {share}; allowed: above 0 to 1, a part of the published ranges")
    nominal = vehicle(missile)

    def draw(random: np.random.Generator, flights: int) -> Launches:
        def some(given: Cited) -> Array:
            side = random.uniform(-share, share, flights)
            return given.value + np.where(side < 0.0, given.value - given.low, given.high - given.value) * side

        made = launches(nominal, site, control, flights)
        for number, stage in enumerate(missile.stages):
            made.stages[:, number] = _stage(stage, some)
        made.payload[:] = some(missile.payload)
        made.ballistic_coefficient[:] = some(missile.reentry_beta)
        return made

    return draw


def _stage(stage: Stage, some: Callable[[Cited], Array]) -> Array:
    """Return draws of the six numbers of a stage, made from those of the catalog as `vehicle` makes them."""
    propellant, burn, isp = some(stage.propellant_mass), some(stage.burn_time), some(stage.isp_vacuum)
    flow = propellant / burn
    low = isp if stage.isp_sea_level is None else some(stage.isp_sea_level)
    nozzle = np.maximum(isp - low, 0.0) * G0 * flow / SEA_LEVEL_PRESSURE
    area = math.pi / 4.0 * some(stage.diameter) ** 2
    return np.stack([propellant, some(stage.inert_mass), burn, isp * G0 * flow, nozzle, area], axis=1)
