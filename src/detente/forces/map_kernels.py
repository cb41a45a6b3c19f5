"""A first strike for many ceilings and many draws at once: the twin of `strike` that the stability map is made of.

Numbers only. Each pair of a ceiling and a draw is computed on its own, so the number of threads changes no digit.
"""

from __future__ import annotations

import numpy as np
from numba import njit, prange
from numpy.typing import NDArray

from detente.forces.allocation import How, best_strike

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]


@njit(parallel=True, cache=True)
def retaliation(
    how: How,
    saved_silos: float,
    attacker: tuple[Array, Array, Array, Array, Array],
    victim: tuple[Array, Array, Array, Array, Array, Array, Array],
    silo: Flags,
    missile: Flags,
) -> Array:
    """Return the warheads (2, W, S) that arrive at the attacker's defenses: on missiles, and on bombers.

    Parameters
    ----------
    how : tuple
        How the attacker strikes, as in `allocation.How`.
    saved_silos : float
        Share of its silo missiles that the victim launches before impact, 0 to 1.
    attacker : tuple of arrays
        Of its missile classes: warheads (W, I); share of them that can fire, yield [J], circular error probable [m],
        reliability, each (S, I).
    victim : tuple of arrays
        Of its classes: warheads (W, J) and aim points (W, S, J); share on alert, hardness [Pa], reliability, area over
        which it is dispersed [m^2] (0 where that is not struck), hardness there [Pa], each (S, J).
    silo, missile : (J,) arrays of bool
        Which of the victim's classes stand in silos, and which are missiles.
    """
    stock, fires, energy, accuracy, works = attacker
    warheads, points, alert, hardness, reliability, area, field = victim
    ceilings, draws, classes = points.shape
    out = np.zeros((2, ceilings, draws))
    for at in prange(ceilings * draws):
        w, s = at // draws, at % draws
        worth, aims = np.zeros(2 * classes), np.zeros(2 * classes)
        hard, wide = np.zeros(2 * classes), np.zeros(2 * classes)
        for j in range(classes):
            reliable = warheads[w, j] * reliability[s, j]
            worth[j] = reliable * (1.0 - (saved_silos if silo[j] else alert[s, j]))
            aims[j], hard[j] = points[w, s, j], hardness[s, j]
            wide[classes + j], hard[classes + j] = area[s, j], field[s, j]
            worth[classes + j] = reliable * alert[s, j] if area[s, j] > 0.0 else 0.0
        gun = (stock[w] * fires[s], energy[s], accuracy[s], works[s])
        share, _ = best_strike(how, gun, (worth, aims, hard, wide))
        for j in range(classes):
            lost = worth[j] * share[j] + worth[classes + j] * share[classes + j]
            out[0 if missile[j] else 1, w, s] += max(warheads[w, j] * reliability[s, j] - lost, 0.0)
    return out
