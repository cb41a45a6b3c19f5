"""An estimator that flies the missile anew for every guess: what the bound of `track` is checked against.

Weighted least squares by Gauss and Newton over the nine numbers of `boost` and the biases of the sensors, with the
nonlinear flight and the nonlinear looks, and derivatives by differences. It shares with `track` the family of flights
and the force of gravity, but no derivative, no information and no ellipse.

Sources:
Tapley, B., Schutz, B. and Born, G. (2004), Statistical Orbit Determination, section 4.3 (recalled).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detente.sensing.boost import SIZE, Boost, state
from detente.sensing.kernels import Array, dot
from detente.sensing.looks import Looks, sight
from detente.sensing.prior import PRIOR, Prior
from detente.sensing.track_kernels import coast, ground

_DIFFERENCE = np.array([10.0, 10.0, 0.01, 1e-5, 1e-5, 1e-5, 0.01, 0.01, 0.01])
"""Steps of the nine for derivatives, far above rounding and far below any curvature."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Batch:
    """Looks of some sensors at one flight, ready to be simulated and fitted: made by `batch_of`.

    Parameters
    ----------
    boost : Boost
        Powered part of the true flight.
    observers : tuple of Looks
        Sensors; all their looks are used.
    time : array, shape (n,)
        Of all looks [s after launch], rising, each once.
    rows : tuple of array
        For each sensor, where its looks stand in `time`.
    axes : tuple of array, shape (looks, 3, 3)
        For each sensor, unit vectors along, across and up its true lines of sight.
    spread : array, shape (9,)
        Prior standard deviations of the nine, once the missile has burnt out.
    """

    boost: Boost
    observers: tuple[Looks, ...]
    time: Array
    rows: tuple[NDArray[np.int64], ...]
    axes: tuple[Array, ...]
    spread: Array

    def _positions(self, nine: Array) -> Array:
        """Return Earth-fixed positions [m] at all look times of the missile that the nine tell."""
        return _positions(self.boost, nine, self.time)

    def predict(self, nine: Array) -> Array:
        """Return what every look would show: range [m], angles across and up the true line [rad], over its spread."""
        position = self._positions(nine)
        parts = []
        for each, row, axes in zip(self.observers, self.rows, self.axes, strict=True):
            line = position[row] - each.place_ecef
            along, across, up = (dot(line, axes[:, axis]) for axis in range(3))
            distance = np.sqrt(dot(line, line))
            shown = np.stack([distance, np.arctan2(across, along), np.arcsin(up / distance)], axis=1)
            parts.append(shown / each.spread)
        return np.concatenate([part.ravel() for part in parts])

    def shift(self) -> Array:
        """Return what one standard deviation of each bias adds to the looks, shape (looks, 3 a sensor)."""
        columns = []
        sizes = [each.spread.size for each in self.observers]
        for number, each in enumerate(self.observers):
            for axis, bias in enumerate(each.bias):
                parts = [np.zeros(size) for size in sizes]
                part = np.zeros_like(each.spread)
                part[:, axis] = bias / each.spread[:, axis]
                parts[number] = part.ravel()
                columns.append(np.concatenate(parts))
        return np.stack(columns, axis=1)

    def simulate(self, random: np.random.Generator) -> tuple[Array, Array]:
        """Return looks of the true flight with noise and biases, and a prior guess of the nine that is off as well."""
        true = self.predict(np.zeros(SIZE))
        shift = self.shift()
        noise = random.normal(size=true.size) + shift @ random.normal(size=shift.shape[1])
        return true + noise, self.spread * random.normal(size=SIZE)

    def estimate(self, shown: Array, guess: Array, rounds: int = 3) -> Array:
        """Return the nine that fit looks and prior guess best, started at the truth.

        Parameters
        ----------
        shown : array
            As from `predict`, with errors.
        guess : array, shape (9,)
            Prior guess; it counts with the prior's weight.
        rounds : int
            Steps of Gauss and Newton.
        """
        shift, inverse = self.shift(), np.diag(1.0 / self.spread)
        biases = shift.shape[1]
        found = np.zeros(SIZE + biases)
        for _ in range(rounds):
            nine = found[:SIZE]
            middle = self.predict(nine)
            slopes = [(self.predict(nine + step) - middle) / step.max() for step in np.diag(_DIFFERENCE)]
            matrix = np.block(
                [
                    [np.stack(slopes, axis=1), shift],
                    [inverse, np.zeros((SIZE, biases))],
                    [np.zeros((biases, SIZE)), np.eye(biases)],
                ]
            )
            off = [shown - middle - shift @ found[SIZE:], inverse @ (guess - nine), -found[SIZE:]]
            scale = np.linalg.norm(matrix, axis=0)
            found += np.linalg.lstsq(matrix / scale, np.concatenate(off), rcond=None)[0] / scale
        return found[:SIZE]

    def landing(self, nine: Array) -> tuple[float, Array]:
        """Return when [s] and where, Earth-fixed [m], the missile that the nine tell comes down."""
        _, cut, after = state(self.boost, nine, np.zeros(1))
        time, end = ground(after, cut, self.boost.nature, self.boost.earth.flattening)
        return time, end[:3]


def batch_of(boost: Boost, observers: Sequence[Looks], prior: Prior = PRIOR) -> Batch:
    """Return the looks of some sensors at one flight, ready to be simulated and fitted.

    Parameters
    ----------
    boost : Boost
        Powered part of the true flight.
    observers : sequence of Looks
        At least one, with at least one look.
    prior : Prior
        What is known beforehand.

    Raises
    ------
    ValueError
        No look at all.
    """
    if not any(each.time.size for each in observers):
        raise ValueError("there is no look to fit; give at least one sensor that sees the flight")
    time = np.unique(np.concatenate([each.time for each in observers]))
    rows = tuple(np.searchsorted(time, each.time) for each in observers)
    truth = _positions(boost, np.zeros(SIZE), time)
    spread = np.array([*prior.six, prior.cut.value, prior.cut.value, prior.cut.value])
    axes = tuple(sight(each.place_ecef, truth[row])[1] for each, row in zip(observers, rows, strict=True))
    return Batch(boost=boost, observers=tuple(observers), time=time, rows=rows, axes=axes, spread=spread)


def _positions(boost: Boost, nine: Array, time: Array) -> Array:
    powered, cut, after = state(boost, nine, time)
    late = time > cut
    powered[late] = coast(after, cut, time[late], boost.nature)[:, :3]
    return powered
