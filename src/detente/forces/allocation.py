"""Which weapon is sent at which aim point: numbers only.

Letters: I weapon classes, J target classes, P patterns of shots at one aim point, cap the most shots at one.
"""

import math

import numpy as np
from numba import njit
from numpy.typing import NDArray

from detente.forces.kernels import GLASSTONE_1977, alive_in_common, alive_in_turn, lethal_radius, sspk_matrix

Array = NDArray[np.float64]
Counts = NDArray[np.int64]
# Overpressure rule, cap, whether reliability is common to a type, fratricide, proportional instead of best.
How = tuple[int, int, bool, bool, bool]
Four = tuple[Array, Array, Array, Array]


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
def put_in_order(kill: Array, shots: Counts) -> None:
    """Sort the shots at one point in place: the weapon class with the highest kill (I,) first, none (-1) last."""
    for n in range(1, shots.size):
        k = n
        while k > 0 and shots[k] >= 0:
            i, other = shots[k], shots[k - 1]
            if other >= 0 and (kill[other] > kill[i] or (kill[other] == kill[i] and other <= i)):
                break
            shots[k - 1], shots[k] = i, other
            k -= 1


@njit(cache=True)
def dead(one: Array, works: Array, shots: Counts, common: bool, fratricide: bool) -> float:
    """Return the probability that a pattern of shots destroys a point.

    Parameters
    ----------
    one, works : (I,) arrays
        Probability of a kill for a weapon that works, and that it works, by weapon class.
    shots : (cap,) array
        Weapon class of each shot, -1 for none.
    common, fratricide : bool
        Whether missiles of a type work or fail together, and whether debris stops later shots.
    """
    if not (common or fratricide):
        alive = 1.0
        for i in shots:
            if i >= 0:
                alive *= 1.0 - works[i] * one[i]
        return 1.0 - alive
    shots = shots.copy()
    put_in_order(works * one, shots)
    left: float = (
        alive_in_common(one, works, shots, fratricide) if common else alive_in_turn(one, works, shots, fratricide)
    )
    return 1.0 - left


@njit(cache=True)
def paid(need: Array, y: Array, shots: Counts) -> float:
    """Return what a pattern of shots costs at the prices y (I,) of one warhead of each class."""
    cost = 0.0
    for i in shots:
        if i >= 0:
            cost += need[i] * y[i]
    return cost


@njit(cache=True)
def price(value: Array, kills: Array, need: Array, shots: Counts, y: Array, first: bool) -> int:
    """Return the column that improves the allocation most (or the first that does).

    Column p·J + j sends pattern p at class j; -1 stands for none, -2-r for the slack of row r.
    """
    classes = len(value)
    even = need.max() <= 1.0
    best, chosen = 1e-11, -1
    for r in range(y.size):
        if -y[r] > best:
            best, chosen = -y[r], -2 - r
    for p in range(len(shots)):
        cost = paid(need[:, 0], y[classes:], shots[p])
        for j in range(classes):
            if not even:
                cost = paid(need[:, j], y[classes:], shots[p])
            rate = value[j] * kills[j, p] - y[j] - cost
            if rate > best:
                best, chosen = rate, p * classes + j
                if first:
                    return chosen
    return chosen


@njit(cache=True)
def direction(inverse: Array, need: Array, shots: Counts, enter: int) -> Array:
    """Return how fast each basic level (m,) falls as the entering column rises."""
    classes, m = need.shape[1], inverse.shape[0]
    d = np.empty(m)
    for r in range(m):
        if enter < 0:
            d[r] = inverse[r, -2 - enter]
            continue
        j = enter % classes
        d[r] = inverse[r, j]
        for i in shots[enter // classes]:
            if i >= 0:
                d[r] += inverse[r, classes + i] * need[i, j]
    return d


@njit(cache=True)
def pivot(inverse: Array, x: Array, d: Array) -> int:
    """Change the inverse (m, m) and the levels x (m,) of the basis in place, and return the row that leaves."""
    m, leave = x.size, -1
    for r in range(m):
        if d[r] > 1e-9 and (leave < 0 or x[r] * d[leave] < x[leave] * d[r]):
            leave = r
    step = max(x[leave] / d[leave], 0.0)
    for c in range(m):
        inverse[leave, c] /= d[leave]
    for r in range(m):
        if r != leave:
            x[r] -= step * d[r]
            for c in range(m):
                inverse[r, c] -= d[r] * inverse[leave, c]
    x[leave] = step
    return leave


@njit(cache=True)
def simplex(value: Array, kills: Array, need: Array, shots: Counts, x: Array) -> Counts:
    """Return the basis (m,) of the best allocation; x (m,) holds the limits at first and its levels at the end.

    Revised simplex method from the allocation of no shots: the best rate first, then Bland's rule against cycles.

    References
    ----------
    Bland, R. G. (1977), New finite pivoting rules for the simplex method, Math. Oper. Res. 2(2).
    """
    classes, m = len(value), x.size
    inverse, y = np.zeros((m, m)), np.zeros(m)
    basis, gain = np.empty(m, np.int64), np.zeros(m)
    for r in range(m):
        inverse[r, r] = 1.0
        basis[r] = -2 - r
    for turn in range(1000 * m):
        for c in range(m):
            y[c] = 0.0
            for r in range(m):
                y[c] += gain[r] * inverse[r, c]
        enter = price(value, kills, need, shots, y, turn > 20 * m)
        if enter == -1:
            return basis
        leave = pivot(inverse, x, direction(inverse, need, shots, enter))
        basis[leave] = enter
        gain[leave] = value[enter % classes] * kills[enter % classes, enter // classes] if enter >= 0 else 0.0
    raise ArithmeticError("the allocation of warheads did not settle")


@njit(cache=True)
def allocate(
    value: Array, points: Array, kills: Array, need: Array, shots: Counts, stock: Array
) -> tuple[Array, Array]:
    """Return the allocation of an attacker who leaves the least value standing: an exact linear program.

    Its unknowns are the aim points of each class that get each pattern of shots, of no more warheads than each weapon
    class has. Shares of points are allowed.

    Parameters
    ----------
    value, points : (J,) arrays
        Worth of one aim point of each class, at least 0, of the order of 1; aim points of each class.
    kills : (J, P) array
        Probability that each pattern destroys one point.
    need : (I, J) array
        Warheads that one shot takes: 1 at a point, more where one warhead does not cover a patch of an area.
    shots : (P, cap) array
        The patterns.
    stock : (I,) array
        Warheads of each weapon class.

    Returns
    -------
    destroyed : (J,) array
        Expected aim points destroyed.
    spent : (I, J) array
        Warheads of each weapon class sent at each class.
    """
    weapons, classes = need.shape
    destroyed, spent = np.zeros(classes), np.zeros((weapons, classes))
    x = np.concatenate((points, stock))
    basis = simplex(value, kills, need, shots, x)
    for r in range(x.size):
        if basis[r] >= 0:
            j, p = basis[r] % classes, basis[r] // classes
            level = max(x[r], 0.0)
            destroyed[j] += level * kills[j, p]
            for i in shots[p]:
                if i >= 0:
                    spent[i, j] += level * need[i, j]
    return destroyed, spent


@njit(cache=True)
def kills_of(how: How, one: Array, works: Array, shots: Counts) -> Array:
    """Return the probability (J, P) that each pattern of shots destroys a point of each class."""
    out = np.empty((one.shape[1], len(shots)))
    for j in range(out.shape[0]):
        for p in range(out.shape[1]):
            out[j, p] = dead(one[:, j], works, shots[p], how[2], how[3])
    return out


@njit(cache=True)
def laid_out(how: How, points: float, one: Array, works: Array, need: Array, stock: Array) -> tuple[float, Array]:
    """Return the points of one class that a stock (I,) destroys, and what it takes, laid out evenly.

    Shots are laid side by side over all points, the most lethal first, then once more from the start, up to the cap.
    """
    rank = np.argsort(-(works * one), kind="mergesort")
    ends = np.cumsum((stock / need)[rank])
    last = min(ends[-1], how[1] * points)
    cuts = np.empty(ends.size + 2)
    cuts[:-2] = np.minimum(ends, last) % points
    cuts[-2], cuts[-1] = 0.0, points
    cuts = np.sort(cuts)
    destroyed, spent, shots = 0.0, np.zeros(stock.size), np.empty(how[1], np.int64)
    for c in range(1, cuts.size):
        width = cuts[c] - cuts[c - 1]
        if width <= 0.0:
            continue
        for layer in range(how[1]):
            at = 0.5 * (cuts[c] + cuts[c - 1]) + layer * points
            shots[layer] = rank[np.searchsorted(ends, at)] if at < last else -1
            if shots[layer] >= 0:
                spent[shots[layer]] += width * need[shots[layer]]
        destroyed += width * dead(one, works, shots, how[2], how[3])
    return destroyed, spent


@njit(cache=True)
def spread(how: How, points: Array, one: Array, works: Array, need: Array, stock: Array) -> tuple[Array, Array]:
    """Return the points (J,) destroyed, and warheads (I, J) spent, if all aim points get equal shares of each class."""
    destroyed, spent = np.zeros(points.size), np.zeros((stock.size, points.size))
    for j in range(points.size):
        part = stock * (points[j] / points.sum())
        destroyed[j], spent[:, j] = laid_out(how, points[j], one[:, j], works, need[:, j], part)
    return destroyed, spent


@njit(cache=True)
def patches(energy: Array, hardness: float, area: float, need: Array) -> float:
    """Return the number of patches of an area, each as large as the largest weapon covers; fill `need` (I,).

    A patch is where the peak overpressure of a surface burst is at least the hardness [Pa], by the curve of Glasstone
    and Dolan, for the other rule does not hold so low.
    """
    widest = 0.0
    for i in range(energy.size):
        need[i] = math.pi * lethal_radius(GLASSTONE_1977, energy[i], hardness) ** 2
        widest = max(widest, need[i])
    for i in range(energy.size):
        need[i] = widest / max(need[i], 1e-9 * widest)
    return area / widest


@njit(cache=True)
def best_strike(how: How, gun: Four, aim: Four) -> tuple[Array, Array]:
    """Return the share (J,) of what is exposed that a strike destroys, and the warheads (I, J) it takes.

    Parameters
    ----------
    how : tuple
        As in `How`.
    gun : tuple of (I,) arrays
        Warheads ready, yield [J], circular error probable [m], reliability.
    aim : tuple of (J,) arrays
        Worth of what is exposed in each class, aim points, hardness [Pa], area [m^2] (0 for points).
    """
    guns = np.flatnonzero(gun[0] > 0.0)
    aims = np.flatnonzero((aim[0] > 0.0) & (aim[1] + aim[3] > 0.0))
    share, sent = np.zeros(aim[0].size), np.zeros((gun[0].size, aim[0].size))
    if guns.size == 0 or aims.size == 0 or how[1] < 1:
        return share, sent
    stock, energy, works = gun[0][guns], gun[1][guns], gun[3][guns]
    points, area = aim[1][aims], aim[3][aims]
    one = sspk_matrix(how[0], energy, gun[2][guns], aim[2][aims])
    need = np.ones((guns.size, aims.size))
    for j in range(aims.size):
        if area[j] > 0.0:
            one[:, j] = 1.0
            points[j] = patches(energy, aim[2][aims[j]], area[j], need[:, j])
    if how[4]:
        destroyed, spent = spread(how, points, one, works, need, stock)
    else:
        shots = patterns(guns.size, how[1])
        kills = kills_of(how, one, works, shots)
        destroyed, spent = allocate(aim[0][aims] / points, points, kills, need, shots, stock)
    for j in range(aims.size):
        share[aims[j]] = min(max(destroyed[j] / points[j], 0.0), 1.0)
        for i in range(guns.size):
            sent[guns[i], aims[j]] = spent[i, j]
    return share, sent
