"""Raids played with dice, trial by trial, warhead by warhead: for what no formula covers, and as a check of those.

Every draw has a number of its own: the trial, the place in it, and the seed go through a mixing function. So a trial is
the same whichever thread plays it, and totals are whole numbers, the same for any number of threads.
"""

from __future__ import annotations

import math
import os
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numba import njit
from numpy.typing import NDArray

from detente.defense.layers import LayeredRaid, Outcome, stocks

Array = NDArray[np.float64]
Counts = NDArray[np.int64]

TRIALS = 200_000
MOST_TRIALS = 10_000_000
_CHUNK = 20_000
_TURN = np.uint64(1 << 30)
"""Draws set aside for a trial: more than 10,000 warheads with 10,000 decoys in 8 layers of 100 looks can take."""
_GAMMA = np.uint64(0x9E3779B97F4A7C15)
_ONE, _TWO = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
_A, _B, _C, _D = np.uint64(30), np.uint64(27), np.uint64(31), np.uint64(11)
_SCALE = 1.0 / (1 << 53)


@njit(cache=True, nogil=True)
def _uniform(key: np.uint64) -> float:
    """Return a number in [0, 1) from the number of a draw: SplitMix64 (Steele, Lea and Flood 2014, figure 13)."""
    z = key * _GAMMA
    z = (z ^ (z >> _A)) * _ONE
    z = (z ^ (z >> _B)) * _TWO
    z ^= z >> _C
    return float(z >> _D) * _SCALE


@njit(cache=True, nogil=True)
def _binomial(key: np.uint64, n: int, p: float) -> tuple[int, np.uint64]:
    """Return how many of n objects a chance p falls on, a draw for each, and the number of the next draw."""
    if p >= 1.0 or n <= 0:
        return max(n, 0), key
    if p <= 0.0:
        return 0, key
    hits = 0
    for _ in range(n):
        hits += 1 if _uniform(key) < p else 0
        key += np.uint64(1)
    return hits, key


@njit(cache=True, nogil=True)
def _among(key: np.uint64, good: int, bad: int, drawn: int) -> tuple[int, np.uint64]:
    """Return how many of `drawn` objects, taken at random, are among the good ones, and the next draw."""
    if drawn >= good + bad:
        return good, key
    if drawn <= 0 or bad == 0:
        return max(min(drawn, good), 0), key
    picked, left = 0, good + bad
    for place in range(good):
        if _uniform(key) * (left - place) < drawn - picked:
            picked += 1
        key += np.uint64(1)
    return picked, key


@njit(cache=True, nogil=True)
def _look(
    key: np.uint64, warheads: int, decoys: int, seen: int, stock: int, n: int, k: float, even: bool
) -> tuple[int, int, int, np.uint64]:
    """Fire n shots at each warhead and at each of the decoys taken for one (`seen`), while interceptors last.

    Returns warheads, decoys and interceptors left (-1 where they never run out), and the next draw.
    """
    objects = warheads + seen
    few, more, engaged = n, 0, objects
    if stock >= 0 and stock < n * objects:
        engaged = stock // n
        if even:
            few, engaged = stock // objects, objects
            more = stock - few * objects
    good, key = _among(key, warheads, seen, engaged)
    better, key = _among(key, good, engaged - good, more)
    kill, higher = 1.0 - (1.0 - k) ** few, 1.0 - (1.0 - k) ** (few + 1)
    lost, key = _binomial(key, good - better, kill)
    also, key = _binomial(key, better, higher)
    bogus = engaged - good - (more - better)
    gone, key = _binomial(key, bogus, kill)
    fell, key = _binomial(key, more - better, higher)
    left = stock if stock < 0 else stock - engaged * few - more
    return warheads - lost - also, decoys - gone - fell, left, key


@njit(cache=True, nogil=True)
def _layer(key: np.uint64, warheads: int, decoys: int, stock: int, traits: Array) -> tuple[int, int, int, np.uint64]:
    """Play one layer; returns warheads and decoys alive, interceptors fired, and the next draw."""
    n, looks, k, fooled = int(traits[1]), int(traits[2]), traits[0], 1.0 - traits[3]
    even = traits[7] > 0.0
    if _uniform(key) >= traits[5]:
        return warheads, decoys, 0, key + np.uint64(1)
    if _uniform(key + np.uint64(1)) < traits[6]:
        k = 0.0
    seen, key = _binomial(key + np.uint64(2), warheads, traits[4])
    alive, left, fired = seen, stock, 0
    for turn in range(looks):
        shots = n - looks + 1 if turn == looks - 1 else 1
        fooling, key = _binomial(key, decoys, fooled)
        before, objects = left, alive + fooling
        alive, decoys, left, key = _look(key, alive, decoys, fooling, left, shots, k, even)
        fired += objects * shots if before < 0 else before - left
    return warheads - seen + alive, decoys, fired, key


@njit(cache=True, nogil=True)
def chunk(
    seed: int, first: int, trials: int, raid: Counts, shared: float, stock: Counts, traits: Array
) -> tuple[Counts, Counts, Counts]:
    """Play trials in a row and return whole totals.

    Parameters
    ----------
    seed, first, trials : int
        Of the draws, the number of the first trial, and how many.
    raid : array of int
        Warheads and decoys.
    shared : float
        Probability that what all layers share works.
    stock : array of int, shape (L,)
        Interceptors of each layer, -1 where they never run out.
    traits : array, shape (L, 8)
        Of each layer: kill probability of a shot where no common cause makes all miss, shots, looks, probability that
        a decoy is recognized, that a warhead is tracked, that the layer works, and of a common miss where it works; 1
        where a salvo that cannot reach all is spread evenly.

    Returns
    -------
    leaks : array of int
        Trials without a leak, sum of the leakers, and sum of their squares.
    alive, fired : array of int, shape (L,)
        Sums of the warheads alive after each layer, and of the interceptors it fired.
    """
    leaks, alive, fired = np.zeros(3, np.int64), np.zeros(stock.size, np.int64), np.zeros(stock.size, np.int64)
    for trial in range(first, first + trials):
        key = (np.uint64(seed) << np.uint64(56)) + np.uint64(trial) * _TURN
        works = _uniform(key) < shared
        key += np.uint64(1)
        warheads, decoys = raid[0], raid[1]
        for index in range(stock.size):
            if works:
                warheads, decoys, shots, key = _layer(key, warheads, decoys, stock[index], traits[index])
                fired[index] += shots
            alive[index] += warheads
        leaks[0] += 1 if warheads == 0 else 0
        leaks[1] += warheads
        leaks[2] += warheads * warheads
    return leaks, alive, fired


def play(raid: LayeredRaid, trials: int = TRIALS, seed: int = 1, threads: int | None = None) -> Outcome:
    """Return what layers do to a raid, from many raids played with dice.

    Parameters
    ----------
    raid : LayeredRaid
        Any that `layers.check` lets pass.
    trials : int
        Raids played, > 0.
    seed : int
        Another seed gives another sample, 0 to 255.
    threads : int, optional
        By default as many as there are processors; the numbers do not depend on it.
    """
    plan = np.array([_traits(raid, index) for index in range(len(raid.layers))])
    numbers = np.array([raid.warheads, raid.decoys], np.int64)
    stock = np.array(stocks(raid.layers), np.int64)

    def part(first: int) -> tuple[Counts, Counts, Counts]:
        count = min(_CHUNK, trials - first)
        done: tuple[Counts, Counts, Counts] = chunk(seed, first, count, numbers, raid.shared, stock, plan)
        return done

    with ThreadPoolExecutor(threads or os.cpu_count() or 1) as pool:
        parts = list(pool.map(part, range(0, trials, _CHUNK)))
    leaks, alive, fired = (np.sum([each[index] for each in parts], axis=0) for index in range(3))
    none, mean = float(leaks[0]) / trials, float(leaks[1]) / trials
    spread = max(float(leaks[2]) / trials - mean * mean, 0.0)
    return Outcome(
        p_no_leak=none,
        expected_leakers=mean,
        alive=(float(raid.warheads), *(float(each) / trials for each in alive)),
        used=tuple(float(each) / trials for each in fired),
        method="Monte Carlo",
        p_no_leak_error=math.sqrt(none * (1.0 - none) / trials),
        expected_leakers_error=math.sqrt(spread / trials),
    )


def _traits(raid: LayeredRaid, index: int) -> tuple[float, ...]:
    each = raid.layers[index]
    struck, even = each.common * (1.0 - each.sspk), 1.0 if each.allocation == "even" else 0.0
    plan = each.doctrine
    return each.alone, plan.shots, plan.looks, each.discrimination, each.track, each.reliability, struck, even
