"""What a look needs to detect, and what it detects: signal-to-noise ratios and probabilities, as numbers."""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike

from detente.sensing.kernels import Array

_RATIOS = np.logspace(-2.0, 6.0, 401)


def albersheim_1981(probability: float, false_alarm: float, pulses: float = 1.0) -> float:
    """Return the signal-to-noise ratio of one pulse that detects a steady target.

    Parameters
    ----------
    probability : float
        Probability of detection, 0.1 to 0.9. Against the exact sum the error is below 0.3 dB from 0.5 up; at 0.1 the
        formula asks for 0.4 to 4 dB too little.
    false_alarm : float
        Probability of a false alarm, 1e-7 to 1e-3.
    pulses : float
        Pulses added without their phase, 1 to 8,096.

    Examples
    --------
    >>> round(10 * math.log10(albersheim_1981(0.9, 1e-6)), 2)
    13.11

    References
    ----------
    Albersheim, W. (1981), A closed-form approximation to Robertson's detection characteristics, Proceedings of the
    IEEE 69 (7), 839.
    """
    a, b = math.log(0.62 / false_alarm), math.log(probability / (1.0 - probability))
    gain = 6.2 + 4.54 / math.sqrt(pulses + 0.44)
    decibels = -5.0 * math.log10(pulses) + gain * math.log10(a + 0.12 * a * b + 1.7 * b)
    return float(10.0 ** (decibels / 10.0))


def shape(swerling: int, pulses: float) -> float:
    """Return half the degrees of freedom of the echo's fluctuation by Swerling's case; infinity for a steady echo."""
    return {0: math.inf, 1: 1.0, 2: pulses, 3: 2.0, 4: 2.0 * pulses}[swerling]


def shnidman_2002(probability: float, false_alarm: float, pulses: float = 1.0, swerling: int = 1) -> float:
    """Return the signal-to-noise ratio of one pulse, in the mean, that detects a target.

    Parameters
    ----------
    probability : float
        Probability of detection, 0.1 to 0.99.
    false_alarm : float
        Probability of a false alarm, 1e-9 to 1e-3.
    pulses : float
        Pulses added without their phase, 1 to 100. Against the exact sum the error is below 0.5 dB from 0.3 to 0.9, and
        up to 1.1 dB at the ends.
    swerling : {0, 1, 2, 3, 4}
        How the echo fluctuates; 0 is a steady one.

    Examples
    --------
    >>> round(10 * math.log10(shnidman_2002(0.9, 1e-6, 1, 0)), 1)
    13.1

    References
    ----------
    Shnidman, D. (2002), Determination of required SNR values, IEEE Transactions on Aerospace and Electronic Systems
    38 (3), 1059; as in Richards, M. (2014), Fundamentals of Radar Signal Processing, 2nd ed., section 6.4.
    """
    k = shape(swerling, pulses)
    eta = math.sqrt(-0.8 * math.log(4.0 * false_alarm * (1.0 - false_alarm))) + math.copysign(
        math.sqrt(-0.8 * math.log(4.0 * probability * (1.0 - probability))), probability - 0.5
    )
    alpha = 0.25 if pulses >= 40 else 0.0
    steady = eta * (eta + 2.0 * math.sqrt(pulses / 2.0 + alpha - 0.25))
    c1 = (((17.7006 * probability - 18.4496) * probability + 14.5339) * probability - 3.525) / k
    c2 = 0.0
    if probability > 0.872:
        tail = 0.7 * math.log(1e-5 / false_alarm) + (2.0 * pulses - 20.0) / 80.0
        c2 = (math.exp(27.31 * probability - 25.14) + (probability - 0.8) * tail) / k
    return float(10.0 ** ((c1 + c2) / 10.0) * steady / pulses)


def look_probability(ratio: ArrayLike, false_alarm: float, pulses: float = 1.0, swerling: int = 1) -> Array:
    """Return the probability that one look detects a target, from a table of exact values.

    Parameters
    ----------
    ratio : array_like
        Mean signal-to-noise ratio of one pulse, at least 0; below 1e-2 and above 1e6 the value at that limit is used.
    false_alarm, pulses, swerling
        As for `shnidman_2002`.

    See Also
    --------
    exact_probability : the values of the table, which has 50 a decade.
    """
    found: Array = np.interp(
        np.log10(np.maximum(np.asarray(ratio, float), 1e-300)),
        np.log10(_RATIOS),
        _table(false_alarm, pulses, swerling),
    )
    return found


@lru_cache(maxsize=128)
def _table(false_alarm: float, pulses: float, swerling: int) -> Array:
    return exact_probability(_RATIOS, false_alarm, pulses, swerling)


def exact_probability(ratio: ArrayLike, false_alarm: float, pulses: float = 1.0, swerling: int = 1) -> Array:
    """Return the probability that the sum of squared pulses passes the threshold that a false-alarm probability sets.

    Echo and noise together count m events more than noise alone, in the mean N times the ratio: m is Poisson for a
    steady echo (the sum over it is the Marcum Q function) and negative binomial for a fluctuating one. Events far
    beyond the threshold always pass, so that the chance of missing is a short sum.

    Parameters
    ----------
    ratio : array_like, shape (n,)
        Mean signal-to-noise ratio of one pulse.
    false_alarm, pulses, swerling
        As for `shnidman_2002`.

    References
    ----------
    Marcum, J. (1960) and Swerling, P. (1960), IRE Transactions on Information Theory 6, 59 and 269; Shnidman, D.
    (1995), Radar detection probabilities and their calculation, IEEE Transactions on Aerospace and Electronic Systems
    31 (3), 928.
    """
    from scipy.special import gammainc, gammainccinv, gammaln, xlogy

    threshold = float(gammainccinv(pulses, false_alarm))
    events = np.arange(math.ceil(threshold + 12.0 * math.sqrt(threshold) + 60.0))
    mean = pulses * np.asarray(ratio, float)[..., None]
    k = shape(swerling, pulses)
    if math.isinf(k):
        logs = xlogy(events, mean) - mean - gammaln(events + 1.0)
    else:
        often = gammaln(events + k) - gammaln(k) - gammaln(events + 1.0)
        logs = often - k * np.log1p(mean / k) + xlogy(events, mean / (k + mean))
    missed = np.exp(logs) @ gammainc(pulses + events, threshold)
    found: Array = np.clip(1.0 - missed, 0.0, 1.0)
    return found
