"""Search: how surely a fence has detected a target by each moment, over looks one frame apart. Numbers only."""

from __future__ import annotations

import numpy as np
from numba import njit

from detente.sensing.kernels import Array

PHASES = 16


@njit(cache=True)
def acquired(time: Array, chance: Array, frame_time: float) -> Array:
    """Return the probability that a fence has detected a target by each time.

    When in a frame the fence looks toward the target is not known, so the probability is the mean over 16 phases. The
    looks of a phase stand at the same times whatever the target does: more chance never means a later detection.

    Parameters
    ----------
    time : array, shape (n,)
        Seconds after launch, rising.
    chance : array, shape (n,)
        Probability that a look at that time, or from then to the next, detects the target; 0 where none can.
    frame_time : float
        Time between two looks in one direction [s], above 0.

    References
    ----------
    Mallett, J. and Brennan, L. (1963), Cumulative probability of detection for targets approaching a uniformly
    scanning search radar, Proceedings of the IEEE 51 (4), 596: looks at a random phase of the scan.
    """
    found = np.zeros(time.size)
    for phase in range(PHASES):
        look, missed = time[0] + (phase + 0.5) / PHASES * frame_time, 1.0
        for index in range(time.size):
            while look <= time[index]:
                at = index if look == time[index] else index - 1
                missed *= 1.0 - chance[at]
                look += frame_time
            found[index] += (1.0 - missed) / PHASES
    return found
