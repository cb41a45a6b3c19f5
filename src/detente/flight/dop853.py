"""One step of the Runge-Kutta method of order 8 by Dormand and Prince, as a function of numbers that compilers inline.

A flight above the air needs a sixth of the steps that order 5 takes for the same error. The step is straight-line code
without a branch or an array, so that a loop over many flights becomes vector instructions.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from numba import njit
from scipy.integrate import DOP853

Six = tuple[float, float, float, float, float, float]

inlined = njit(error_model="numpy", fastmath={"contract"}, forceinline=True)

# Hairer, E., Nørsett, S. P. and Wanner, G. (1993), Solving Ordinary Differential Equations I, 2nd ed., section II.5;
# coefficients a_ij, b_i and those of the two error estimates, in the order of the stages
A = [[float(each) for each in row] for row in DOP853.A]
A21 = A[1][0]
A31, A32 = A[2][0], A[2][1]
A41, A43 = A[3][0], A[3][2]
A51, A53, A54 = A[4][0], A[4][2], A[4][3]
A61, A64, A65 = A[5][0], A[5][3], A[5][4]
A71, A74, A75, A76 = A[6][0], A[6][3], A[6][4], A[6][5]
A81, A84, A85, A86, A87 = (A[7][j] for j in (0, 3, 4, 5, 6))
A91, A94, A95, A96, A97, A98 = (A[8][j] for j in (0, 3, 4, 5, 6, 7))
A101, A104, A105, A106, A107, A108, A109 = (A[9][j] for j in (0, 3, 4, 5, 6, 7, 8))
A111, A114, A115, A116, A117, A118, A119, A1110 = (A[10][j] for j in (0, 3, 4, 5, 6, 7, 8, 9))
A121, A124, A125, A126, A127, A128, A129, A1210, A1211 = (A[11][j] for j in (0, 3, 4, 5, 6, 7, 8, 9, 10))
B1, B6, B7, B8, B9, B10, B11, B12 = (float(DOP853.B[j]) for j in (0, 5, 6, 7, 8, 9, 10, 11))
F1, F6, F7, F8, F9, F10, F11, F12 = (float(DOP853.E5[j]) for j in (0, 5, 6, 7, 8, 9, 10, 11))
C2, C3, C4, C5, C6, C7, C8, C9, C10, C11 = (float(DOP853.C[j]) for j in range(1, 11))
T1, T6, T7, T8, T9, T10, T11, T12 = (float(DOP853.E3[j]) for j in (0, 5, 6, 7, 8, 9, 10, 11))


@inlined
def plus(y: Six, a: float, k: Six) -> Six:
    """Return y + a k."""
    return (
        y[0] + a * k[0],
        y[1] + a * k[1],
        y[2] + a * k[2],
        y[3] + a * k[3],
        y[4] + a * k[4],
        y[5] + a * k[5],
    )


@inlined
def plus3(y: Six, a: float, k: Six, b: float, m: Six, c: float, n: Six) -> Six:
    """Return y + a k + b m + c n."""
    total: Six = plus(plus(plus(y, a, k), b, m), c, n)
    return total


@inlined
def worst(y: Six, most_position: float, most_velocity: float) -> float:
    """Return the square of the norm of a gap over its limits of position and velocity."""
    p = (y[0] * y[0] + y[1] * y[1] + y[2] * y[2]) / (most_position * most_position)
    return p + (y[3] * y[3] + y[4] * y[4] + y[5] * y[5]) / (most_velocity * most_velocity)


@inlined
def estimate(d: float, near: float, fast: float, k: tuple[Six, ...]) -> float:
    """Return the square of the local error over its limits, from slopes 1 and 6 to 12: section II.10 of the source."""
    zero = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    fifth = plus3(plus(zero, F1, k[0]), F6, k[1], F7, k[2], F8, k[3])
    fifth = plus3(plus(fifth, F9, k[4]), F10, k[5], F11, k[6], F12, k[7])
    third = plus3(plus(zero, T1, k[0]), T6, k[1], T7, k[2], T8, k[3])
    third = plus3(plus(third, T9, k[4]), T10, k[5], T11, k[6], T12, k[7])
    e5, e3 = worst(fifth, near, fast), worst(third, near, fast)
    error: float = d * d * e5 * e5 / (e5 + 0.01 * e3 + 1e-300)
    return error


def stepper(rate: Callable[..., Six]) -> Callable[..., tuple[Six, Six, float]]:
    """Return the function that takes one step along a given time derivative.

    Parameters
    ----------
    rate : function
        ``rate(t, y, body, nature, table)`` returns the derivative of the six numbers of a state; compiled, inlined.

    Returns
    -------
    step : function
        ``step(t, y, k, d, near, fast, body, nature, table)`` takes a step of `d` [s] from a state `y` whose derivative
        is `k`, and returns the state after it, its derivative, and the square of the local error over its limits in
        position `near` [m] and velocity `fast` [m/s], by the estimate of Hairer et al., section II.10.
    """

    @inlined
    def step(
        t: float, y: Six, k1: Six, d: float, near: float, fast: float, body: Any, nature: Any, table: Any
    ) -> tuple[Six, Six, float]:
        k2 = rate(t + d * C2, plus(y, d * A21, k1), body, nature, table)
        k3 = rate(t + d * C3, plus(plus(y, d * A31, k1), d * A32, k2), body, nature, table)
        k4 = rate(t + d * C4, plus(plus(y, d * A41, k1), d * A43, k3), body, nature, table)
        k5 = rate(t + d * C5, plus3(y, d * A51, k1, d * A53, k3, d * A54, k4), body, nature, table)
        k6 = rate(t + d * C6, plus3(y, d * A61, k1, d * A64, k4, d * A65, k5), body, nature, table)
        s = plus3(y, d * A71, k1, d * A74, k4, d * A75, k5)
        k7 = rate(t + d * C7, plus(s, d * A76, k6), body, nature, table)
        s = plus3(y, d * A81, k1, d * A84, k4, d * A85, k5)
        k8 = rate(t + d * C8, plus(plus(s, d * A86, k6), d * A87, k7), body, nature, table)
        s = plus3(y, d * A91, k1, d * A94, k4, d * A95, k5)
        k9 = rate(t + d * C9, plus3(s, d * A96, k6, d * A97, k7, d * A98, k8), body, nature, table)
        s = plus3(y, d * A101, k1, d * A104, k4, d * A105, k5)
        s = plus3(s, d * A106, k6, d * A107, k7, d * A108, k8)
        k10 = rate(t + d * C10, plus(s, d * A109, k9), body, nature, table)
        s = plus3(y, d * A111, k1, d * A114, k4, d * A115, k5)
        s = plus3(s, d * A116, k6, d * A117, k7, d * A118, k8)
        k11 = rate(t + d * C11, plus(plus(s, d * A119, k9), d * A1110, k10), body, nature, table)
        s = plus3(y, d * A121, k1, d * A124, k4, d * A125, k5)
        s = plus3(s, d * A126, k6, d * A127, k7, d * A128, k8)
        k12 = rate(t + d, plus3(s, d * A129, k9, d * A1210, k10, d * A1211, k11), body, nature, table)
        s = plus3(plus(y, d * B1, k1), d * B6, k6, d * B7, k7, d * B8, k8)
        new = plus3(plus(s, d * B9, k9), d * B10, k10, d * B11, k11, d * B12, k12)
        error = estimate(d, near, fast, (k1, k6, k7, k8, k9, k10, k11, k12))
        return new, rate(t + d, new, body, nature, table), error

    made: Callable[..., tuple[Six, Six, float]] = step
    return made
