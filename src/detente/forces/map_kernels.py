"""A first strike for many ceilings and many draws at once: the twin of `strike` that the stability map is made of.

Numbers only. Each pair of a ceiling and a draw is computed on its own, so the number of threads changes no digit.
"""

from __future__ import annotations

import numpy as np
from numba import njit, prange
from numpy.typing import NDArray

from detente.forces.kernels import allocate, kill_matrix

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]


@njit(cache=True)
def destroyed_share(
    rule: int, cap: int, gun: tuple[Array, Array, Array, Array], aim: tuple[Array, Array, Array, Array]
) -> Array:
    """Return the share (J,) of each class's exposed warheads that the best allocation of one strike destroys.

    Parameters
    ----------
    rule, cap : int
        Overpressure rule, and most warheads at one aim point.
    gun : tuple of (I,) arrays
        Warheads ready, yield [J], circular error probable [m], reliability.
    aim : tuple of (J,) arrays
        Exposed warheads, aim points, hardness [Pa], reliability.
    """
    ready, energy, accuracy, works = gun
    exposed, points, hardness, reliability = aim
    guns = np.flatnonzero(ready > 0.0)
    aims = np.flatnonzero((exposed * reliability > 0.0) & (points > 0.0))
    kill = kill_matrix(rule, energy[guns], accuracy[guns], works[guns], hardness[aims])
    value = exposed[aims] * reliability[aims] / points[aims]
    destroyed, _ = allocate(value, points[aims], kill, ready[guns], cap)
    share = np.zeros(exposed.size)
    for k in range(aims.size):
        share[aims[k]] = min(max(destroyed[k] / points[aims[k]], 0.0), 1.0)
    return share


@njit(parallel=True, cache=True)
def retaliation(
    rule: int,
    cap: int,
    saved_silos: float,
    attacker: tuple[Array, Array, Array, Array, Array],
    victim: tuple[Array, Array, Array, Array, Array],
    silo: Flags,
    missile: Flags,
) -> Array:
    """Return the warheads (2, W, S) that arrive at the attacker's defenses: on missiles, and on bombers.

    Parameters
    ----------
    rule, cap : int
        Overpressure rule, and most warheads at one aim point.
    saved_silos : float
        Share of its silo missiles that the victim launches before impact, 0 to 1.
    attacker : tuple of arrays
        Of its missile classes: warheads (W, I); share of them that can fire, yield [J], circular error probable [m],
        reliability, each (S, I).
    victim : tuple of arrays
        Of its classes: warheads (W, J) and aim points (W, S, J); share on alert, hardness [Pa], reliability, each
        (S, J).
    silo, missile : (J,) arrays of bool
        Which of the victim's classes stand in silos, and which are missiles.
    """
    stock, fires, energy, accuracy, works = attacker
    warheads, points, alert, hardness, reliability = victim
    ceilings, draws, classes = points.shape
    out = np.zeros((2, ceilings, draws))
    for at in prange(ceilings * draws):
        w, s = at // draws, at % draws
        exposed = np.empty(classes)
        for j in range(classes):
            exposed[j] = warheads[w, j] * (1.0 - (saved_silos if silo[j] else alert[s, j]))
        share = destroyed_share(
            rule,
            cap,
            (stock[w] * fires[s], energy[s], accuracy[s], works[s]),
            (exposed, points[w, s], hardness[s], reliability[s]),
        )
        for j in range(classes):
            left = (warheads[w, j] - exposed[j] * share[j]) * reliability[s, j]
            out[0 if missile[j] else 1, w, s] += left
    return out
