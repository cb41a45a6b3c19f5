"""A raid in one line: so many objects, one kill probability, one doctrine. Exact, without geometry."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np

from detente.problems import BadInputError, Problem

MOST_OBJECTS = 10_000
MOST_SHOTS = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Doctrine:
    """How shots are given to an object.

    Parameters
    ----------
    kind : {"salvo", "shoot-look-shoot"}
        All at once, or one after the other with a perfect look between.
    shots : int
        Shots at one object, at most.
    """

    kind: Literal["salvo", "shoot-look-shoot"]
    shots: int


@dataclass(frozen=True, slots=True, kw_only=True)
class QuickRaid:
    """What a raid does to one layer, every shot independent of every other.

    Parameters
    ----------
    p_no_leak : float
        Probability that nothing gets through.
    expected_leakers : float
        Mean number of objects that get through.
    interceptors_expected : float
        Mean number of interceptors used.
    interceptors_required : int or None
        Smallest stock with which the wanted probability of no leak is reached; without one, the most that the doctrine
        can use. None where no stock suffices, because k is 0 or the looks are too few.
    """

    p_no_leak: float
    expected_leakers: float
    interceptors_expected: float
    interceptors_required: int | None


def _bad(key: str, found: object, allowed: str, do: str) -> BadInputError:
    return BadInputError([Problem(file="raid", key=key, found=str(found), allowed=allowed, do=do)])


def doctrine_from(text: str) -> Doctrine:
    """Return the doctrine that a text such as ``"salvo:3"`` or ``"shoot-look-shoot:4"`` names.

    Raises
    ------
    BadInputError
        An unknown doctrine, or no whole number of shots from 1 to 100.

    Examples
    --------
    >>> doctrine_from("shoot-look-shoot:4").shots
    4
    """
    kind, _, shots = text.partition(":")
    if kind not in {"salvo", "shoot-look-shoot"} or not shots.isdecimal() or not 1 <= int(shots) <= MOST_SHOTS:
        allowed = f"salvo:N or shoot-look-shoot:N, N from 1 to {MOST_SHOTS}"
        raise _bad("doctrine", f'"{text}"', allowed, 'Write for example "salvo:3".')
    return Doctrine(kind="salvo" if kind == "salvo" else "shoot-look-shoot", shots=int(shots))


def quick(objects: int, sspk: float, doctrine: str | Doctrine, require: float | None = None) -> QuickRaid:
    """Return the outcome of a raid of like objects on one layer with enough interceptors.

    Parameters
    ----------
    objects : int
        Objects that arrive, 1 to 10,000.
    sspk : float
        Single-shot probability of kill, 0 to 1, independent from shot to shot.
    doctrine : str or Doctrine
        ``"salvo:N"`` or ``"shoot-look-shoot:N"``.
    require : float, optional
        Probability of no leak that is wanted, above 0 and below 1.

    Returns
    -------
    QuickRaid
        With `require`, a salvo takes as many shots an object as that needs, whatever its N; looks are given by the
        battle space, so shoot-look-shoot keeps its N and the stock is what is asked for.

    Raises
    ------
    BadInputError
        A number outside its limits, or an unknown doctrine.

    References
    ----------
    Wilkening, D. (1999), A simple model for calculating ballistic missile defense effectiveness, Science & Global
    Security 8(2), with P_track = 1.

    Examples
    --------
    >>> answer = quick(20, 0.8, "shoot-look-shoot:4")
    >>> round(answer.interceptors_expected, 2), round(answer.p_no_leak, 4)
    (24.96, 0.9685)
    """
    _check(objects, sspk, require)
    plan = doctrine_from(doctrine) if isinstance(doctrine, str) else doctrine
    leak = (1.0 - sspk) ** plan.shots
    spent = float(plan.shots)
    if plan.kind == "shoot-look-shoot" and sspk > 0.0:
        spent = (1.0 - leak) / sspk
    return QuickRaid(
        p_no_leak=(1.0 - leak) ** objects,
        expected_leakers=objects * leak,
        interceptors_expected=objects * spent,
        interceptors_required=objects * plan.shots if require is None else _required(objects, sspk, plan, require),
    )


def _check(objects: int, sspk: float, require: float | None) -> None:
    if isinstance(objects, bool) or objects != int(objects) or not 1 <= objects <= MOST_OBJECTS:
        raise _bad("objects", objects, f"a whole number from 1 to {MOST_OBJECTS}", "Give the objects that arrive.")
    if not 0.0 <= sspk <= 1.0:
        raise _bad("sspk", sspk, "0 to 1", "Give the chance that one shot kills, for example 0.8.")
    if require is not None and not 0.0 < require < 1.0:
        raise _bad("require", require, "above 0 and below 1", "Give the chance of no leak, for example 0.8.")


def _required(objects: int, sspk: float, plan: Doctrine, require: float) -> int | None:
    wanted = require ** (1.0 / objects)
    if plan.kind == "salvo":
        if sspk <= 0.0:
            return None
        if sspk >= 1.0:
            return objects
        shots = max(1, math.ceil(math.log1p(-wanted) / math.log1p(-sspk) - 1e-12))
        return objects * shots
    return _stock(objects, sspk, plan.shots, require)


def _stock(objects: int, sspk: float, shots: int, require: float) -> int | None:
    """Return the stock that suffices, by the distribution of the shots that all objects together take.

    An object killed by its j-th shot, j = 1 ... n, has probability k (1 - k)^(j - 1); the sum over the objects is the
    power of that series, taken by the discrete Fourier transform.
    """
    if (1.0 - (1.0 - sspk) ** shots) ** objects < require:
        return None
    one = np.zeros(shots * objects + 1)
    one[1 : shots + 1] = sspk * (1.0 - sspk) ** np.arange(shots)
    total = np.fft.irfft(np.fft.rfft(one, 2 * one.size) ** objects, 2 * one.size)[: one.size]
    return int(np.searchsorted(np.cumsum(total), require - 1e-12))
