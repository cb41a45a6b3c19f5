"""The arithmetic of strikes and arsenals as functions of numbers: silos, kill, equivalent megatons, cost.

Letters: Y yield [J], H hardness [Pa], CEP circular error probable [m], LR lethal radius [m], R reliability.
"""

import math

import numpy as np
from numba import njit
from numpy.typing import NDArray

Array = NDArray[np.float64]
Counts = NDArray[np.int64]

MEGATON = 4.184e15
"""Joules in a megaton of TNT (NIST SP 811, appendix B.8)."""
PSI = 6894.757293168
"""Pascals in a pound-force per square inch (NIST SP 811, appendix B.8)."""
NAUTICAL_MILE = 1852.0
FOOT = 0.3048

LIEBER_PRESS_2006, GLASSTONE_1977 = 0, 1
CLOUD = 0.75
"""Probability that a shot that works and misses raises a cloud that stops later ones (see `alive_in_turn`)."""

# Glasstone, S. and Dolan, P. J. (1977), The Effects of Nuclear Weapons, 3rd ed., Figs. 3.73a-c, read where the height
# of burst is zero: ground range [ft] at which a 1 kt surface burst gives each peak overpressure [psi]. A. Wellerstein
# read the pixels of the printed curves for NUKEMAP (nukeeffects.js, 2015, arrays hobs and rngs). Above 100 psi the
# curves are theory; Brode (1986), Airblast from Nuclear Bursts, pp. 60-71, agrees within the 10 % it claims.
GLASSTONE_PSI = np.array([1.0, 2, 4, 6, 8, 10, 15, 20, 30, 50, 100, 200, 500, 1000, 2000, 5000, 10000])
GLASSTONE_FEET = np.array([3860.0, 2558, 1665, 1339, 1124, 1024, 818, 714, 592, 459, 342, 264, 193, 154, 119, 88, 69])
_LN_PSI = np.log(GLASSTONE_PSI)
_LN_FEET = np.log(GLASSTONE_FEET)


@njit(cache=True)
def lethal_radius_lieber_press_2006(Y: float, H: float) -> float:
    """Return the distance [m] inside which a surface burst of yield Y [J] destroys a target of hardness H [Pa].

    ``LR = 2.62 Y^(1/3) / H^(1/3)`` nautical miles, Y in megatons and H in psi.

    References
    ----------
    Lieber, K. A. and Press, D. G. (2006), The End of MAD?, International Security 30(4), p. 41.
    """
    return 2.62 * NAUTICAL_MILE * math.pow(Y / MEGATON / (H / PSI), 1.0 / 3.0)


@njit(cache=True)
def lethal_radius_glasstone_1977(Y: float, H: float) -> float:
    """Return the distance [m] at which a surface burst of yield Y [J] gives the peak overpressure H [Pa].

    Straight lines between the points read from the figure, on logarithmic axes; cube-root scaling with yield (§ 3.61).
    The points run from 1 to 10,000 psi; beyond them the last line is continued.

    References
    ----------
    Glasstone, S. and Dolan, P. J. (1977), The Effects of Nuclear Weapons, Figs. 3.73a-c.
    """
    x = math.log(H / PSI)
    i = 1
    while i < _LN_PSI.size - 1 and x > _LN_PSI[i]:
        i += 1
    slope = (_LN_FEET[i] - _LN_FEET[i - 1]) / (_LN_PSI[i] - _LN_PSI[i - 1])
    feet = math.exp(_LN_FEET[i - 1] + slope * (x - _LN_PSI[i - 1]))
    return feet * FOOT * math.pow(Y / MEGATON * 1000.0, 1.0 / 3.0)


@njit(cache=True)
def sspk(LR: float, CEP: float) -> float:
    """Return the single-shot kill probability of a weapon that works: ``1 - 0.5^((LR/CEP)^2)``, between 0 and 1.

    Circular normal miss around the aim point, no systematic offset. A CEP of zero always kills.

    References
    ----------
    Davis, L. E. and Schilling, W. R. (1973), J. Conflict Resolution 17(2) (as used by Lieber and Press 2006, p. 41).
    """
    if CEP <= 0.0:
        return 1.0
    return 1.0 - math.pow(0.5, LR / CEP * LR / CEP)


@njit(cache=True)
def kill_independent(SSPK: float, R: float, n: int) -> float:
    """Return the probability that n shots destroy a target when each works or fails on its own: ``1-(1-R·SSPK)^n``."""
    return 1.0 - (1.0 - R * SSPK) ** n


@njit(cache=True)
def equivalent_megatons(N: float, Y: float) -> float:
    """Return the equivalent megatons of N weapons of yield Y [J]: N·Y^(2/3) up to 1 Mt, N·Y^(1/2) above (Y in Mt).

    The two-thirds rule agrees with Suh's Strategic Nuclear Forces Dataset to seven digits; the square root above 1 Mt
    is recalled practice (unverified).
    """
    megatons = Y / MEGATON
    return N * (megatons ** (2.0 / 3.0) if megatons <= 1.0 else math.sqrt(megatons))


@njit(cache=True)
def damage(w: float, w80: float) -> float:
    """Return the share of an abstract value that w arriving warheads destroy, given that w80 destroy 80 %.

    ``1 - exp(-w ln5 / w80)``: stands in for the hand-drawn curve of Kent and Thaler (1989), Fig. 7, p. 18.
    """
    if w80 <= 0.0:
        return 1.0 if w > 0.0 else 0.0
    return 1.0 - math.exp(-w * math.log(5.0) / w80)


@njit(cache=True)
def cost_kent_thaler_1989(D_own: int, D_other: float) -> float:
    """Return a side's cost of a war from the shares of value destroyed on both sides, between 0 and 1.3.

    ``C = D_own^0.75 + 0.3 (1 - D_other^0.75)``.

    References
    ----------
    Kent, G. A. and Thaler, D. E. (1989), First-Strike Stability, RAND R-3765-AF, appendix C, p. 61.
    """
    return math.pow(D_own, 0.75) + 0.3 * (1.0 - math.pow(D_other, 0.75))


@njit(cache=True)
def lethal_radius(rule: int, Y: float, H: float) -> float:
    """Return the lethal radius [m] by one of the rules, `LIEBER_PRESS_2006` or `GLASSTONE_1977`."""
    radius: float = (
        lethal_radius_lieber_press_2006(Y, H) if rule == LIEBER_PRESS_2006 else lethal_radius_glasstone_1977(Y, H)
    )
    return radius


@njit(cache=True)
def sspk_matrix(rule: int, Y: Array, CEP: Array, H: Array) -> Array:
    """Return the probability (I, J) that one shot of weapon class i destroys an aim point of class j, if it works.

    Parameters
    ----------
    rule : int
        `LIEBER_PRESS_2006` or `GLASSTONE_1977`.
    Y, CEP : (I,) arrays
        Yield [J] and circular error probable [m] of each weapon class.
    H : (J,) array
        Hardness of each target class [Pa]; 0 for a soft one, which any weapon that works destroys.
    """
    out = np.ones((Y.size, H.size))
    for i in range(Y.size):
        for j in range(H.size):
            if H[j] > 0.0:
                out[i, j] = sspk(lethal_radius(rule, Y[i], H[j]), CEP[i])
    return out


@njit(cache=True)
def alive_in_turn(SSPK: Array, R: Array, shots: Counts, fratricide: bool) -> float:
    """Return the probability that an aim point survives shots that arrive one after the other.

    With fratricide the first two shots meet no debris; each one that works and misses raises, with probability
    `CLOUD`, a cloud that stops those after it: a later shot counts only where the way is clear,
    ``alive *= 1 - clear·R·SSPK`` and ``clear *= 1 - CLOUD·(1 - SSPK)·R``. So a shot that is blocked leaves survival as
    it was.

    Parameters
    ----------
    SSPK, R : (I,) arrays
        Probability of a kill for a weapon that works, and that it works, by weapon class.
    shots : (N,) array
        Weapon class of each shot in order of arrival; negative for none.
    fratricide : bool
        Whether clouds stop shots.

    References
    ----------
    Lieber, K. A. and Press, D. G. (2006), The End of MAD?, as coded by Tecott, R. and Halterman, A. (2021),
    campaign_analysis_calculators, first_strike/server.R; their code lets a blocked shot lower survival, which is
    corrected here.
    """
    alive, clear, before = 1.0, 1.0, 0
    for i in shots:
        if i < 0:
            continue
        alive *= 1.0 - (clear if before >= 2 else 1.0) * R[i] * SSPK[i]
        if fratricide:
            clear *= 1.0 - CLOUD * (1.0 - SSPK[i]) * R[i]
        before += 1
    return alive


@njit(cache=True)
def alive_in_common(SSPK: Array, R: Array, shots: Counts, fratricide: bool) -> float:
    """Return the probability that an aim point survives, if all missiles of a type work or fail together.

    The mean of `alive_in_turn` over every combination of types that work; shots of one type stand side by side.
    """
    kinds = np.empty(shots.size, np.int64)
    count = 0
    for n in range(shots.size):
        if shots[n] >= 0 and (n == 0 or shots[n] != shots[n - 1]):
            kinds[count] = shots[n]
            count += 1
    alive, works = 0.0, np.zeros(R.size)
    for state in range(1 << count):
        chance = 1.0
        for k in range(count):
            on = (state >> k) & 1
            works[kinds[k]] = on
            chance *= R[kinds[k]] if on else 1.0 - R[kinds[k]]
        if chance > 0.0:
            alive += chance * alive_in_turn(SSPK, works, shots, fratricide)
    return alive
