"""Leakage of a raid through layers of defense: numbers only.

A raid is followed as a distribution over the warheads (or boosters) still alive. Beside each state stand the
interceptors and the decoys that are left on average in that state, so a raid that meets enough interceptors is exact,
and one that runs out of them is exact up to the spread of the stock around its mean.

Letters: k single-shot probability of kill, n shots at one object, W warheads, q probability that a decoy is recognized.
"""

from __future__ import annotations

import math

import numpy as np
from numba import njit
from numpy.typing import NDArray

Array = NDArray[np.float64]
Counts = NDArray[np.int64]


@njit(cache=True)
def salvo_leakage(k: float, n: float) -> float:
    """Return the chance that an object survives n independent shots, (1 - k)^n (Wilkening 1999, Sci. Glob. Sec. 8)."""
    leak: float = (1.0 - k) ** n
    return leak


@njit(cache=True)
def layer_leakage(track: float, k: float, n: float) -> float:
    """Return the chance that a warhead survives a layer, 1 - P_track [1 - (1 - k)^n] (Wilkening 1999).

    `track` is common to all shots at the warhead: it caps the layer whatever n.
    """
    leak: float = 1.0 - track * (1.0 - salvo_leakage(k, n))
    return leak


@njit(cache=True)
def binomial(n: int, x: int, p: float) -> float:
    """Return the probability of x successes in n independent trials of chance p."""
    if p <= 0.0 or p >= 1.0:
        return 1.0 if x == (0 if p <= 0.0 else n) else 0.0
    logs = math.lgamma(n + 1.0) - math.lgamma(x + 1.0) - math.lgamma(n - x + 1.0)
    return math.exp(logs + x * math.log(p) + (n - x) * math.log1p(-p))


@njit(cache=True)
def _choose(n: int, x: int) -> float:
    return math.lgamma(n + 1.0) - math.lgamma(x + 1.0) - math.lgamma(n - x + 1.0)


@njit(cache=True)
def hypergeometric(x: int, good: int, bad: int, drawn: int) -> float:
    """Return the probability that x of `drawn` objects, taken at random, are among the `good` ones."""
    if x < 0 or x > good or drawn - x < 0 or drawn - x > bad:
        return 0.0
    return math.exp(_choose(good, x) + _choose(bad, drawn - x) - _choose(good + bad, drawn))


@njit(cache=True)
def _engage(w: int, bad: int, drawn: int, leak: float, weight: float, stock: float, decoys: float, into: Array) -> None:
    """Spread `weight` over the warheads that survive when `drawn` of w warheads and `bad` decoys are fired at.

    `stock` is what is left of it after; `decoys` are those before; `into` has rows alive, stock, decoys, each a
    product with the probability.
    """
    for hit in range(max(0, drawn - bad), min(w, drawn) + 1):
        chance = weight * hypergeometric(hit, w, bad, drawn)
        bogus = max(decoys - (drawn - hit) * (1.0 - leak), 0.0)
        for killed in range(hit + 1):
            p = chance * binomial(hit, killed, 1.0 - leak)
            into[0, w - killed] += p
            into[1, w - killed] += p * stock
            into[2, w - killed] += p * bogus


@njit(cache=True)
def _averaged(state: Array) -> None:
    """Divide the products with the probability by the probability."""
    for w in range(state.shape[1]):
        if state[0, w] > 0.0:
            state[1, w] /= state[0, w]
            state[2, w] /= state[0, w]


@njit(cache=True)
def volley(state: Array, n: float, k: float, credible: float) -> Array:
    """Return the state after n shots at each object that looks like a warhead, while interceptors last.

    Parameters
    ----------
    state : array, shape (3, W + 1)
        For each number of warheads alive: its probability, and in that case the interceptors and the decoys left.
    n : float
        Shots at one object, >= 1; an object is given all n or none.
    k : float
        Single-shot probability of kill.
    credible : float
        Fraction of decoys taken for warheads, 0 to 1.

    Notes
    -----
    Objects that the stock does not reach are picked at random among those that look alike; fractions of an object,
    where the stock or the decoys are a mean, are rounded up or down at random.
    """
    leak = salvo_leakage(k, n)
    into = np.zeros((3, state.shape[1]))
    for w in range(state.shape[1]):
        p = state[0, w]
        if p < 1e-15:
            continue
        stock, decoys = state[1, w], state[2, w]
        seen = decoys * credible
        whole = math.floor(seen)
        for more in range(2):
            chance = p * (1.0 - abs(seen - whole - more))
            if chance <= 0.0:
                continue
            drawn = min(stock / n, float(w + whole + more))
            for count in range(math.floor(drawn), math.floor(drawn) + 2):
                part = chance * (1.0 - abs(drawn - count))
                if part > 0.0:
                    _engage(w, whole + more, count, leak, part, max(stock - count * n, 0.0), decoys, into)
    _averaged(into)
    return into


@njit(cache=True)
def mean_alive(state: Array) -> float:
    """Return the mean number alive in a state."""
    total = 0.0
    for w in range(state.shape[1]):
        total += w * state[0, w]
    return total


@njit(cache=True)
def _fire(state: Array, stock: float, traits: Array, rounds: int) -> tuple[Array, float]:
    """Return the state after one deployment, and the interceptors it used; see `raid` for `traits`."""
    k, n, in_turn, credible = traits[0], int(traits[1]), traits[2] > 0.0, 1.0 - traits[3]
    for w in range(state.shape[1]):
        state[1, w] = stock
    looks = min(rounds, n) if in_turn else 1
    for turn in range(looks):
        shots = n - looks + 1 if turn == looks - 1 else 1
        state = volley(state, float(shots), k, credible)
    left = 0.0
    for w in range(state.shape[1]):
        left += state[0, w] * state[1, w]
    return state, stock - left


@njit(cache=True)
def _spread(boosters: Array, warheads: int, decoys: float) -> Array:
    """Return the state of the warheads that the surviving boosters release, with their decoys."""
    state = np.zeros((3, (boosters.shape[1] - 1) * warheads + 1))
    for m in range(boosters.shape[1]):
        state[0, m * warheads] = boosters[0, m]
        state[2, m * warheads] = decoys * m * warheads
    return state


@njit(cache=True)
def one_aim(
    missiles: int, warheads: int, decoys: float, stock: Array, traits: Array, rounds: Counts, up: Counts
) -> tuple[float, Array, Array]:
    """Follow the missiles bound for one aim through every deployment that works.

    Returns
    -------
    none : float
        Probability that no warhead arrives.
    alive : array, shape (4,)
        Mean warheads before any layer, after the boost, the midcourse and the terminal layer.
    used : array, shape (D,)
        Mean interceptors used by each deployment.
    """
    alive, used = np.zeros(4), np.zeros(stock.size)
    state = np.zeros((3, missiles + 1))
    state[0, missiles] = 1.0
    alive[0] = missiles * warheads
    for layer in range(3):
        for d in range(stock.size):
            if int(traits[d, 5]) == layer and up[d] == 1 and rounds[d] > 0 and stock[d] > 0.0:
                state, used[d] = _fire(state, stock[d], traits[d], rounds[d])
        if layer == 0:
            state = _spread(state, warheads, decoys)
        alive[layer + 1] = mean_alive(state)
    return state[0, 0], alive, used


@njit(cache=True)
def _shares(count: int, missiles: int, stock: Array, rounds: Counts) -> Array:
    """Return the stock that each deployment keeps for one aim: in proportion to the missiles it can meet there."""
    aims = rounds.shape[1]
    share = np.zeros(stock.size)
    for d in range(stock.size):
        met = 0
        for a in range(aims):
            met += 1 if rounds[d, a] > 0 else 0
        others = (missiles - count) * (met - 1) / (aims - 1) if aims > 1 and met > 0 else 0.0
        share[d] = stock[d] * count / max(count + others, 1e-9)
    return share


@njit(cache=True)
def _rotated(none: Array, rest: int) -> float:
    """Return the chance of no leak, averaged over which `rest` aims in a row get the missile that is left over."""
    aims, total = none.shape[0], 0.0
    for start in range(aims):
        product = 1.0
        for a in range(aims):
            product *= none[a, 1 if (a - start) % aims < rest else 0]
        total += product / aims
    return total


@njit(cache=True)
def raid(
    missiles: int, warheads: int, decoys: float, stock: Array, traits: Array, rounds: Counts
) -> tuple[float, Array, Array]:
    """Return what a raid that is dealt evenly over its aims does to layered defenses.

    Parameters
    ----------
    missiles, warheads : int
        Missiles in all, and warheads on each.
    decoys : float
        Decoys beside each warhead, released after boost.
    stock : array, shape (D,)
        Shots that each deployment has.
    traits : array, shape (D, 6)
        Of each deployment: single-shot probability of kill, shots at an object, 1 if it shoots, looks and shoots
        again, probability that a decoy is recognized, reliability common to all its shots, layer (0 boost, 1
        midcourse, 2 terminal).
    rounds : array of int, shape (D, aims)
        Shots in turn that time allows against a missile to each aim; 0 where there is no intercept.

    Returns
    -------
    none : float
        Probability that no warhead arrives.
    alive : array, shape (4,)
        Mean warheads at the start and after each of the three layers.
    used : array, shape (D,)
        Mean interceptors used.

    Notes
    -----
    A deployment works as a whole with its `reliability` or not at all: all combinations are counted, 2^D of them.
    """
    aims, size = rounds.shape[1], stock.size
    base, rest = missiles // aims, missiles % aims
    total, alive, used = 0.0, np.zeros(4), np.zeros(size)
    none, up = np.ones((aims, 2)), np.zeros(size, np.int64)
    for combination in range(2**size):
        weight = 1.0
        for d in range(size):
            up[d] = (combination >> d) & 1
            weight *= traits[d, 4] if up[d] == 1 else 1.0 - traits[d, 4]
        if weight <= 0.0:
            continue
        for a in range(aims):
            for extra in range(2 if rest > 0 else 1):
                part = weight * (rest / aims if extra == 1 else 1.0 - rest / aims)
                share = _shares(base + extra, missiles, stock, rounds)
                none[a, extra], left, spent = one_aim(base + extra, warheads, decoys, share, traits, rounds[:, a], up)
                for i in range(4):
                    alive[i] += part * left[i]
                for d in range(size):
                    used[d] += part * spent[d]
        total += weight * _rotated(none, rest)
    return total, alive, used
