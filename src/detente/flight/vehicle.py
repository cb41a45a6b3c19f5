"""A catalog missile as the arrays that the kernels fly, and how it pitches over."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from detente.flight import tables

if TYPE_CHECKING:
    from detente.catalog.records import Missile

Array = NDArray[np.float64]

G0 = 9.80665
"""Standard gravity, which specific impulse in seconds refers to [m/s²] (CGPM 1901)."""
SEA_LEVEL_PRESSURE = 101_325.0
"""Pressure that sea-level specific impulse refers to [Pa] (U.S. Standard Atmosphere 1976)."""
KICK_TIME = 10.0
"""Duration of the pitch-over kick [s]; ours, the answer hardly depends on it."""
RISE_SPEED = 40.0
"""Speed at which the vertical rise ends [m/s], nearly; ours."""


@dataclass(frozen=True, slots=True, eq=False)
class Vehicle:
    """What flies.

    Parameters
    ----------
    name : str
        Name of the missile.
    stages : array, shape (stages, 6)
        Propellant and inert mass [kg], burn time [s], vacuum thrust [N], nozzle area [m²], cross-section [m²].
    body : array, shape (2,)
        Mass carried [kg] and the 1/ballistic coefficient of the re-entry body [m²/kg].
    drag : array, shape (241, 2)
        Table of `tables.drag`.
    rise_time : float
        Duration of the vertical rise [s].
    """

    name: str
    stages: Array
    body: Array
    drag: Array
    rise_time: float

    @property
    def burn_time(self) -> float:
        """Time from launch to the burnout of the last stage [s]."""
        return float(self.stages[:, 2].sum())

    @property
    def burnouts(self) -> Array:
        """Times of burnout of the stages [s], shape (stages,)."""
        return np.cumsum(self.stages[:, 2])


@lru_cache(maxsize=256)
def vehicle(missile: Missile) -> Vehicle:
    """Return the arrays that the kernels fly for a catalog missile.

    Propellant flows evenly over the burn time. Vacuum thrust is mass flow times vacuum specific impulse, so that the
    ideal speed gain is that of the published masses; the nozzle area follows from the loss of specific impulse at sea
    level (Sutton and Biblarz, Rocket Propulsion Elements, ch. 2), and is 0 where no sea-level value is published.

    Raises
    ------
    ValueError
        The missile cannot lift itself, or a stage lacks propellant, burn time or ballistic coefficient.
    """
    rows = []
    for number, stage in enumerate(missile.stages, start=1):
        burn, propellant = stage.burn_time.value, stage.propellant_mass.value
        if burn <= 0.0 or propellant <= 0.0 or stage.isp_vacuum.value <= 0.0:
            raise ValueError(
                f"missile '{missile.name}', stage {number}: propellant_mass, burn_time and isp_vacuum must be above 0"
            )
        flow = propellant / burn
        low = stage.isp_vacuum if stage.isp_sea_level is None else stage.isp_sea_level
        nozzle = max((stage.isp_vacuum.value - low.value) * G0 * flow / SEA_LEVEL_PRESSURE, 0.0)
        area = math.pi / 4.0 * stage.diameter.value**2
        rows.append([propellant, stage.inert_mass.value, burn, stage.isp_vacuum.value * G0 * flow, nozzle, area])
    if not rows or missile.reentry_beta.value <= 0.0:
        raise ValueError(f"missile '{missile.name}' needs at least one stage and a reentry_beta above 0")
    stages = np.array(rows)
    weight = (stages[:, :2].sum() + missile.payload.value) * G0
    thrust = stages[0, 3] - SEA_LEVEL_PRESSURE * stages[0, 4]
    if thrust <= 1.02 * weight:
        raise ValueError(
            f"missile '{missile.name}' cannot lift off: thrust {thrust / 1e3:.0f} kN at sea level, "
            f"weight {weight / 1e3:.0f} kN; check the masses, burn_time and isp of stage 1"
        )
    return Vehicle(
        name=missile.name,
        stages=stages,
        body=np.array([missile.payload.value, 1.0 / missile.reentry_beta.value]),
        drag=tables.drag(missile.drag_table),
        rise_time=min(RISE_SPEED / (G0 * (thrust / weight - 1.0)), 0.2 * stages[0, 2]),
    )
