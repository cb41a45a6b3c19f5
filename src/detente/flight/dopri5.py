"""One step of the Runge-Kutta method of order 5 by Dormand and Prince, as a function of numbers that compilers inline.

Powered flight is cut into short steps by the bends of the drag curve; there order 5 costs half of what order 8 does.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from scipy.integrate import RK45

from detente.flight.dop853 import Six, inlined, plus, plus3, worst

# Dormand, J. R. and Prince, P. J. (1980), A family of embedded Runge-Kutta formulae, J. Comp. Appl. Math. 6(1), table 2
A = [[float(each) for each in row] for row in RK45.A]
A21 = A[1][0]
A31, A32 = A[2][0], A[2][1]
A41, A42, A43 = A[3][:3]
A51, A52, A53, A54 = A[4][:4]
A61, A62, A63, A64, A65 = A[5][:5]
B1, B3, B4, B5, B6 = (float(RK45.B[j]) for j in (0, 2, 3, 4, 5))
C2, C3, C4, C5 = (float(RK45.C[j]) for j in range(1, 5))
E1, E3, E4, E5, E6, E7 = (float(RK45.E[j]) for j in (0, 2, 3, 4, 5, 6))


def stepper(rate: Callable[..., Six]) -> Callable[..., tuple[Six, Six, float]]:
    """Return the function that takes one step along a given time derivative.

    Parameters
    ----------
    rate : function
        ``rate(t, y, body, nature)`` returns the derivative of the six numbers of a state; compiled, inlined.

    Returns
    -------
    step : function
        ``step(t, y, k, d, near, fast, body, nature)`` takes a step of `d` [s] from a state `y` whose derivative is `k`,
        and returns the state after it, its derivative, and the square of the local error over its limits in position
        `near` [m] and velocity `fast` [m/s].
    """

    @inlined
    def step(
        t: float, y: Six, k1: Six, d: float, near: float, fast: float, body: Any, nature: Any
    ) -> tuple[Six, Six, float]:
        k2 = rate(t + d * C2, plus(y, d * A21, k1), body, nature)
        k3 = rate(t + d * C3, plus(plus(y, d * A31, k1), d * A32, k2), body, nature)
        k4 = rate(t + d * C4, plus3(y, d * A41, k1, d * A42, k2, d * A43, k3), body, nature)
        s = plus3(y, d * A51, k1, d * A52, k2, d * A53, k3)
        k5 = rate(t + d * C5, plus(s, d * A54, k4), body, nature)
        s = plus3(y, d * A61, k1, d * A62, k2, d * A63, k3)
        k6 = rate(t + d, plus(plus(s, d * A64, k4), d * A65, k5), body, nature)
        s = plus3(y, d * B1, k1, d * B3, k3, d * B4, k4)
        new = plus(plus(s, d * B5, k5), d * B6, k6)
        k7 = rate(t + d, new, body, nature)
        zero = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
        gap = plus(plus3(plus(zero, E1, k1), E3, k3, E4, k4, E5, k5), E6, k6)
        return new, k7, d * d * worst(plus(gap, E7, k7), near, fast)

    made: Callable[..., tuple[Six, Six, float]] = step
    return made
