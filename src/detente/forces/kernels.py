"""The arithmetic of strikes and arsenals as functions of numbers: silos, kill, equivalent megatons, cost, allocation.

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
def kill_common(SSPK: float, R: float, n: int) -> float:
    """Return the probability that n shots destroy a target when all work or fail together: ``R·(1-(1-SSPK)^n)``."""
    return R * (1.0 - (1.0 - SSPK) ** n)


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
def kill_matrix(rule: int, Y: Array, CEP: Array, R: Array, H: Array) -> Array:
    """Return the probability (I, J) that one shot of weapon class i destroys an aim point of class j.

    Parameters
    ----------
    rule : int
        `LIEBER_PRESS_2006` or `GLASSTONE_1977`.
    Y, CEP, R : (I,) arrays
        Yield [J], circular error probable [m] and reliability of each weapon class.
    H : (J,) array
        Hardness of each target class [Pa]; 0 for a soft one, which any weapon that works destroys.
    """
    out = np.empty((Y.size, H.size))
    for i in range(Y.size):
        for j in range(H.size):
            if H[j] <= 0.0:
                out[i, j] = R[i]
                continue
            if rule == LIEBER_PRESS_2006:
                LR = lethal_radius_lieber_press_2006(Y[i], H[j])
            else:
                LR = lethal_radius_glasstone_1977(Y[i], H[j])
            out[i, j] = R[i] * sspk(LR, CEP[i])
    return out


@njit(cache=True)
def patterns(weapons: int, cap: int) -> Counts:
    """Return every way to aim one to `cap` shots at one point: (P, cap) weapon classes in order, -1 for no shot."""
    size = 1
    for k in range(1, cap + 1):
        size = size * (weapons + k) // k
    out = np.empty((size - 1, cap), np.int64)
    for p in range(size - 1):
        k = cap - 1
        while p > 0 and out[p - 1, k] == weapons - 1:
            k -= 1
        for q in range(cap):
            before = out[p - 1, q] if p > 0 else -1
            last = out[p - 1, k] if p > 0 else -1
            out[p, q] = before if q < k else last + 1
    return out


@njit(cache=True)
def kill_by_pattern(kill: Array, shots: Counts) -> Array:
    """Return the probability (J, P) that each pattern of shots destroys a point of each class, shots independent."""
    out = np.empty((kill.shape[1], shots.shape[0]))
    for j in range(out.shape[0]):
        for p in range(out.shape[1]):
            alive = 1.0
            for i in shots[p]:
                if i >= 0:
                    alive *= 1.0 - kill[i, j]
            out[j, p] = 1.0 - alive
    return out


@njit(cache=True)
def price(value: Array, dead: Array, shots: Counts, y: Array, first: bool) -> int:
    """Return the column that improves the allocation most (or the first that does).

    Column p·J + j sends pattern p at class j; -1 stands for none, -2-r for the slack of row r.
    """
    J, P = len(value), len(shots)
    best, chosen = 1e-11, -1
    for r in range(y.size):
        if -y[r] > best:
            best, chosen = -y[r], -2 - r
    for p in range(P):
        cost = 0.0
        for i in shots[p]:
            cost += y[J + i] if i >= 0 else 0.0
        for j in range(J):
            rate = value[j] * dead[j, p] - y[j] - cost
            if rate > best:
                best, chosen = rate, p * J + j
                if first:
                    return chosen
    return chosen


@njit(cache=True)
def direction(B: Array, shots: Counts, J: int, enter: int) -> Array:
    """Return how fast each basic level (m,) falls as the entering column rises."""
    m = B.shape[0]
    d = np.empty(m)
    for r in range(m):
        if enter < 0:
            d[r] = B[r, -2 - enter]
            continue
        d[r] = B[r, enter % J]
        for i in shots[enter // J]:
            if i >= 0:
                d[r] += B[r, J + i]
    return d


@njit(cache=True)
def pivot(B: Array, x: Array, d: Array) -> int:
    """Change the inverse B (m, m) and the levels x (m,) of the basis in place, and return the row that leaves."""
    m, leave = x.size, -1
    for r in range(m):
        if d[r] > 1e-9 and (leave < 0 or x[r] * d[leave] < x[leave] * d[r]):
            leave = r
    step = max(x[leave] / d[leave], 0.0)
    for c in range(m):
        B[leave, c] /= d[leave]
    for r in range(m):
        if r != leave:
            x[r] -= step * d[r]
            for c in range(m):
                B[r, c] -= d[r] * B[leave, c]
    x[leave] = step
    return leave


@njit(cache=True)
def simplex(value: Array, dead: Array, shots: Counts, x: Array) -> Counts:
    """Return the basis (m,) of the best allocation; x (m,) holds the limits at first and its levels at the end.

    Revised simplex method from the allocation of no shots: the best rate first, then Bland's rule against cycles.

    References
    ----------
    Bland, R. G. (1977), New finite pivoting rules for the simplex method, Math. Oper. Res. 2(2).
    """
    J, m = dead.shape[0], x.size
    B, y = np.zeros((m, m)), np.zeros(m)
    basis, gain = np.empty(m, np.int64), np.zeros(m)
    for r in range(m):
        B[r, r] = 1.0
        basis[r] = -2 - r
    for turn in range(1000 * m):
        for c in range(m):
            y[c] = 0.0
            for r in range(m):
                y[c] += gain[r] * B[r, c]
        enter = price(value, dead, shots, y, turn > 20 * m)
        if enter == -1:
            return basis
        leave = pivot(B, x, direction(B, shots, J, enter))
        basis[leave] = enter
        gain[leave] = value[enter % J] * dead[enter % J, enter // J] if enter >= 0 else 0.0
    raise ArithmeticError("the allocation of warheads did not settle")


@njit(cache=True)
def allocate(value: Array, points: Array, kill: Array, stock: Array, cap: int) -> tuple[Array, Array]:
    """Return the allocation of an attacker who leaves the least value standing: an exact linear program.

    Its unknowns are the aim points of each class that get each pattern of shots: at most `cap` shots a point, of no
    more warheads than each weapon class has. Shares of points are allowed.

    Parameters
    ----------
    value : (J,) array
        Worth of one aim point of each class, at least 0; of the order of 1.
    points : (J,) array
        Aim points of each class.
    kill : (I, J) array
        Probability that one shot of each weapon class destroys one point.
    stock : (I,) array
        Warheads of each weapon class.
    cap : int
        Most shots at one point.

    Returns
    -------
    destroyed : (J,) array
        Expected aim points destroyed.
    spent : (I, J) array
        Warheads of each weapon class sent at each class.
    """
    weapons, J = kill.shape
    destroyed, spent = np.zeros(J), np.zeros((weapons, J))
    if weapons == 0 or J == 0 or cap < 1:
        return destroyed, spent
    shots = patterns(weapons, cap)
    dead = kill_by_pattern(kill, shots)
    x = np.empty(J + weapons)
    for r in range(J + weapons):
        x[r] = points[r] if r < J else stock[r - J]
    basis = simplex(value, dead, shots, x)
    for r in range(J + weapons):
        if basis[r] >= 0:
            j, p = basis[r] % J, basis[r] // J
            level = max(x[r], 0.0)
            destroyed[j] += level * dead[j, p]
            for i in shots[p]:
                if i >= 0:
                    spent[i, j] += level
    return destroyed, spent
