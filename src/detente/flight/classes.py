"""How missiles of the catalog boost and how their bodies fall: what stands in where a missile is not known."""

from __future__ import annotations

import math
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from detente.catalog.load import catalog
from detente.flight.vehicle import G0

if TYPE_CHECKING:
    from detente.catalog.records import Missile

_USEFUL = 0.963
"""Part of the ideal acceleration of a catalog missile that its notional twin has [-]: drag and steering take the rest,
by fits to the flights of the catalog; the standard deviation is 0.028."""


def _missiles() -> list[Missile]:
    """Return the missiles of the catalog, without its sounding rockets."""
    return [each for each in catalog().missiles.values() if each.kind != "sounding-rocket"]


@cache
def boost_classes() -> tuple[float, float, float, float]:
    """Return the thrust acceleration [m/s²] of missiles of the catalog: least, 5th percentile, median, 95th percentile.

    Of each, its ideal gain of speed over its boost time (Tsiolkovsky's equation, stage by stage), less 4 % for drag and
    steering.
    """
    found = []
    for missile in _missiles():
        mass, gain = missile.payload.value, 0.0
        for stage in reversed(missile.stages):
            empty = mass + stage.inert_mass.value
            mass = empty + stage.propellant_mass.value
            gain += stage.isp_vacuum.value * G0 * math.log(mass / empty)
        found.append(_USEFUL * gain / sum(stage.burn_time.value for stage in missile.stages))
    least, slow, usual, quick = np.quantile(found, [0.0, 0.05, 0.5, 0.95]).tolist()
    return least, slow, usual, quick


@cache
def reentry_bodies() -> tuple[float, float, float]:
    """Return the ballistic coefficient [kg/m²] of re-entry bodies of the catalog: least, median, greatest."""
    betas = [missile.reentry_beta for missile in _missiles()]
    usual = float(np.median([beta.value for beta in betas]))
    return min(beta.low for beta in betas), usual, max(beta.high for beta in betas)
