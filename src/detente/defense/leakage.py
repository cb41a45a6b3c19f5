"""Exact leakage of a raid through layers, wherever decoys do not draw fire from a stock that can run out.

Letters: W warheads, k kill probability of a shot, n shots at one object, S stock.
"""

from __future__ import annotations

from itertools import product
from math import prod

import numpy as np
from numba import njit
from numpy.typing import NDArray

from detente.defense.kernels import binomial
from detente.defense.layers import Layer, LayeredRaid, Outcome, spent, survives

Array = NDArray[np.float64]

_MOST_WORK = 1e8
"""Steps of the longest recursion that is still quicker than a Monte Carlo run."""


def has_closed_form(raid: LayeredRaid) -> bool:
    """Return whether `exact` can answer: stocks suffice, or no decoy draws on them and the recursion is short."""
    limited = [layer for layer in raid.layers if not _suffices(raid, layer)]
    draws = raid.decoys > 0 and any(layer.discrimination < 1.0 for layer in limited)
    return not draws and all(_work(raid.warheads, layer) < _MOST_WORK for layer in limited)


def _suffices(raid: LayeredRaid, layer: Layer) -> bool:
    """Return whether the stock holds all shots that the doctrine can ask for."""
    fooled = raid.decoys if layer.discrimination < 1.0 else 0
    return layer.interceptors is None or layer.interceptors >= (raid.warheads + fooled) * layer.doctrine.shots


def _work(warheads: int, layer: Layer) -> float:
    looks, stock = layer.doctrine.looks, layer.interceptors or 0
    return float(warheads) ** 3 * (1.0 if looks == 1 else stock * looks)


def exact(raid: LayeredRaid) -> Outcome:
    """Return what layers do to a raid, without sampling.

    Parameters
    ----------
    raid : LayeredRaid
        One for which `has_closed_form` holds.

    References
    ----------
    Wilkening, D. (1999), Science & Global Security 8(2): a warhead survives a layer with 1 - P_track [1 - (1 - k)^n],
    and all layers with the product. States common to several warheads are counted one by one. A stock that runs out is
    followed as a distribution over the warheads alive and the interceptors left.
    """
    if all(_suffices(raid, layer) for layer in raid.layers):
        return _unlimited(raid)
    return _recursion(raid)


def _unlimited(raid: LayeredRaid) -> Outcome:
    """Take every warhead by itself in each combination of layers that act and layers that do not."""
    leaks = [1.0 - each.track * (1.0 - survives(each.alone, *_plan(each))) for each in raid.layers]
    none = 0.0
    for acting in product((False, True), repeat=len(leaks)):
        weight = prod(each.acts if on else 1.0 - each.acts for each, on in zip(raid.layers, acting, strict=True))
        leak = prod(one for one, on in zip(leaks, acting, strict=True) if on)
        none += weight * (1.0 - leak) ** raid.warheads
    alive, decoys, used = [1.0 * raid.warheads], 1.0 * raid.decoys, []
    for each, leak in zip(raid.layers, leaks, strict=True):
        used.append(_mean_shots(each, alive[-1] * each.track, decoys))
        alive.append(alive[-1] * (1.0 - each.acts * (1.0 - leak)))
        decoys *= _decoys_left(each)
    return _told(raid, none, alive, used)


def _plan(layer: Layer) -> tuple[int, int]:
    return layer.doctrine.shots, layer.doctrine.looks


def _states(layer: Layer) -> tuple[tuple[float, float], ...]:
    """Return the chance of each state in which a layer fires, and the kill probability of a shot in it."""
    return (layer.acts, layer.alone), (layer.reliability - layer.acts, 0.0)


def _mean_shots(layer: Layer, warheads: float, decoys: float) -> float:
    """Return the mean interceptors that a layer fires at mean numbers of objects, its stock sufficing."""
    fooled = 1.0 - layer.discrimination
    return sum(
        share * (warheads * spent(k, *_plan(layer)) + decoys * spent(k, *_plan(layer), fooled))
        for share, k in _states(layer)
    )


def _decoys_left(layer: Layer) -> float:
    """Return the chance that a decoy survives a layer whose stock suffices."""
    return 1.0 - layer.acts * (1.0 - survives(layer.alone, *_plan(layer), 1.0 - layer.discrimination))


def _told(raid: LayeredRaid, none: float, alive: list[float], used: list[float]) -> Outcome:
    """Return the outcome where what all layers share fails with its own chance: nothing is fired, all get through."""
    idle = (1.0 - raid.shared) * raid.warheads
    shown = tuple(idle + raid.shared * each for each in alive)
    return Outcome(
        p_no_leak=min(max(raid.shared * none, 0.0), 1.0),
        expected_leakers=shown[-1],
        alive=shown,
        used=tuple(raid.shared * each for each in used),
        method="exact",
    )


def _recursion(raid: LayeredRaid) -> Outcome:
    """Carry the distribution of warheads alive from layer to layer; decoys only where they cannot exhaust a stock."""
    state, count = np.zeros(raid.warheads + 1), np.arange(raid.warheads + 1)
    state[-1] = 1.0
    alive, used, decoys = [1.0 * raid.warheads], [], 1.0 * raid.decoys
    for each in raid.layers:
        moved, fired = (1.0 - each.reliability) * state, 0.0
        for share, k in _states(each):
            after, shots = _through(raid, each, k, state)
            moved += share * after
            fired += share * shots
        used.append(fired + _mean_shots(each, 0.0, decoys))
        decoys *= _decoys_left(each)
        state = moved
        alive.append(float(count @ state))
    return _told(raid, float(state[0]), alive, used)


def _through(raid: LayeredRaid, layer: Layer, k: float, state: Array) -> tuple[Array, float]:
    """Return the distribution of warheads alive after a layer that works, and the mean interceptors fired at them."""
    shots, looks = _plan(layer)
    if _suffices(raid, layer):
        table, fired = _thinned(state.size, survives(k, shots, looks), spent(k, shots, looks))
    elif looks == 1:
        table, fired = _volleys(state.size, layer.interceptors or 0, shots, k, layer.allocation == "even")
    else:
        table, fired = _looks(state.size, layer.interceptors or 0, looks, k)
    found: tuple[Array, float] = _tracked(state, table, fired, layer.track)
    return found


@njit(cache=True)
def _thinned(size: int, leak: float, shots: float) -> tuple[Array, Array]:
    """Return the chance of x survivors of t objects, ``[t, x]``, and the mean shots at them, where stocks suffice."""
    table, fired = np.zeros((size, size)), np.zeros(size)
    for t in range(size):
        fired[t] = t * shots
        for x in range(t + 1):
            table[t, x] = binomial(t, x, leak)
    return table, fired


@njit(cache=True)
def _tracked(state: Array, table: Array, fired: Array, track: float) -> tuple[Array, float]:
    """Apply a layer to the warheads it tracks, each with a chance of its own; the others pass."""
    after, used = np.zeros(state.size), 0.0
    for w in range(state.size):
        if state[w] > 0.0:
            for seen in range(w + 1):
                weight = state[w] * binomial(w, seen, track)
                if weight > 0.0:
                    used += weight * fired[seen]
                    for left in range(seen + 1):
                        after[w - seen + left] += weight * table[seen, left]
    return after, used


@njit(cache=True)
def _volleys(size: int, stock: int, n: int, k: float, even: bool) -> tuple[Array, Array]:
    """Return the same for one salvo of n shots at each object, while interceptors last."""
    table, fired = np.zeros((size, size)), np.zeros(size)
    for t in range(size):
        few, more, engaged = n, 0, min(t, stock // n)
        if even and t > 0 and stock < n * t:
            few, engaged = stock // t, t
            more = stock - few * t
        kill, better = 1.0 - (1.0 - k) ** few, 1.0 - (1.0 - k) ** (few + 1)
        fired[t] = engaged * few + more
        for x in range(engaged - more + 1):
            p = binomial(engaged - more, x, kill)
            for y in range(more + 1):
                table[t, t - x - y] += p * binomial(more, y, better)
    return table, fired


@njit(cache=True)
def _looks(size: int, stock: int, looks: int, k: float) -> tuple[Array, Array]:
    """Return the same for one shot at each object before each look, while interceptors last.

    Backward over the looks: ``ends[t, s, x]`` is the chance that t objects and s interceptors end in x survivors.
    """
    ends, spent_at = np.zeros((size, stock + 1, size)), np.zeros((size, stock + 1))
    for t in range(size):
        ends[t, :, t] = 1.0
    for _ in range(looks):
        now, spent_now = np.zeros(ends.shape), np.zeros(spent_at.shape)
        for t in range(size):
            for s in range(stock + 1):
                shots = min(t, s)
                spent_now[t, s] = shots
                for killed in range(shots + 1):
                    p = binomial(shots, killed, k)
                    if p > 0.0:
                        spent_now[t, s] += p * spent_at[t - killed, s - shots]
                        for x in range(t - killed + 1):
                            now[t, s, x] += p * ends[t - killed, s - shots, x]
        ends, spent_at = now, spent_now
    return ends[:, stock, :].copy(), spent_at[:, stock].copy()
