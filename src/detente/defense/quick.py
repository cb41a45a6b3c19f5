"""A raid in one line: so many objects, one kill probability, one doctrine; or several layers, without geometry."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from detente.defense.layers import Doctrine, Layer, LayeredRaid, Outcome, check, doctrine_from, problem, whole
from detente.problems import BadInputError

__all__ = ["Doctrine", "QuickRaid", "doctrine_from", "engage", "quick", "required"]


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
    plan = doctrine_from(doctrine) if isinstance(doctrine, str) else doctrine
    raid = LayeredRaid(warheads=objects, layers=(Layer(sspk=sspk, doctrine=plan),))
    needed = required(raid, require)
    leak = (1.0 - sspk) ** plan.shots
    spent = float(plan.shots)
    if plan.kind == "shoot-look-shoot" and sspk > 0.0:
        spent = (1.0 - leak) / sspk
    return QuickRaid(
        p_no_leak=(1.0 - leak) ** objects,
        expected_leakers=objects * leak,
        interceptors_expected=objects * spent,
        interceptors_required=needed,
    )


def engage(raid: LayeredRaid, trials: int | None = None) -> Outcome:
    """Return what layers do to a raid: exactly where that is possible, else from raids played with dice.

    Parameters
    ----------
    raid : LayeredRaid
        Warheads, decoys and layers.
    trials : int, optional
        Play so many raids with dice even where an exact answer exists, 100 to 10,000,000.

    Raises
    ------
    BadInputError
        A number outside its limits; everything wrong at once.

    Examples
    --------
    >>> layer = Layer(sspk=0.8, doctrine=doctrine_from("salvo:1"))
    >>> round(engage(LayeredRaid(warheads=1, layers=(layer, layer))).p_no_leak, 2)
    0.96
    """
    from detente.defense.leakage import exact, has_closed_form
    from detente.defense.monte_carlo import MOST_TRIALS, TRIALS, play

    check(raid)
    if trials is not None:
        wrong = list(whole("trials", trials, 100, MOST_TRIALS, "Play for example 200000 raids."))
        if wrong:
            raise BadInputError(wrong)
    if trials is None and has_closed_form(raid):
        return exact(raid)
    return play(raid, TRIALS if trials is None else int(trials))


def required(raid: LayeredRaid, require: float | None = None) -> int | None:
    """Return the smallest stock of a single layer with which no warhead gets through as surely as wanted.

    Parameters
    ----------
    raid : LayeredRaid
        Its stock of interceptors is not read. With `require`, one layer, and decoys only against a salvo.
    require : float, optional
        Probability of no leak that is wanted, above 0 and below 1.

    Returns
    -------
    int or None
        Without `require`, the most interceptors that the doctrines can use. None where no stock suffices. A salvo takes
        as many shots an object as it needs, up to 100, whatever its N.

    Raises
    ------
    BadInputError
        A number outside its limits, or a question that is not answered: several layers, decoys and looks.
    """
    check(raid)
    if require is None:
        fooling = [raid.decoys if layer.discrimination < 1.0 else 0 for layer in raid.layers]
        plans = zip(raid.layers, fooling, strict=True)
        return sum((raid.warheads + decoys) * layer.doctrine.shots for layer, decoys in plans)
    _answerable(raid, require)
    layer = raid.layers[0]
    granted = raid.shared * layer.acts * layer.track**raid.warheads
    if granted <= 0.0 or require / granted > 1.0:
        return None
    if layer.doctrine.kind == "salvo":
        return _salvoes(raid, layer, require / granted)
    return _stock(raid.warheads, layer.alone, layer.doctrine.shots, require / granted)


def _answerable(raid: LayeredRaid, require: float) -> None:
    layer = raid.layers[0]
    if not 0.0 < require < 1.0:
        wrong = problem("require", require, "above 0 and below 1", "Give the chance of no leak, for example 0.8.")
    elif len(raid.layers) > 1:
        do = "Ask for the outcome, and change the stock of each layer until it is as wanted."
        wrong = problem("require", f"{len(raid.layers)} layers", "one layer: stocks of several can be traded", do)
    elif raid.decoys and layer.discrimination < 1.0 and layer.doctrine.kind != "salvo":
        do = "Give a stock (interceptors) and read the chance of no leak, or ask for a salvo."
        wrong = problem("require", "decoys and shoot-look-shoot", "decoys with a salvo, or no decoys", do)
    else:
        return
    raise BadInputError([wrong])


def _salvoes(raid: LayeredRaid, layer: Layer, wanted: float) -> int | None:
    """Return the least stock over all numbers of shots an object with which a salvo does what is wanted."""
    k = layer.alone
    if k <= 0.0 or (k < 1.0 and wanted >= 1.0):
        return None
    least = 1
    if k < 1.0:
        one = wanted ** (1.0 / raid.warheads)
        least = max(1, math.ceil(math.log1p(-one) / math.log1p(-k) - 1e-12))
    decoys = raid.decoys if layer.discrimination < 1.0 else 0
    if decoys == 0:
        return raid.warheads * least
    best: int | None = None
    for shots in range(least, least + 100):
        if best is not None and shots * raid.warheads >= best:
            break
        kept = (1.0 - (1.0 - k) ** shots) ** raid.warheads
        salvoes = _salvoes_among(raid.warheads, decoys, 1.0 - layer.discrimination, min(wanted / kept, 1.0))
        best = shots * salvoes if best is None else min(best, shots * salvoes)
    return best


def _salvoes_among(warheads: int, decoys: int, fooled: float, wanted: float) -> int:
    """Return the least number of salvoes that engages all warheads as surely as wanted, decoys drawing fire as well.

    Of c decoys taken for warheads and e salvoes, all W warheads are among the engaged with the hypergeometric chance
    C(c, e - W)/C(W + c, e).
    """
    from scipy.special import gammaln
    from scipy.stats import binom

    count = np.arange(decoys + 1)
    weight = binom.pmf(count, decoys, fooled)

    def surely(salvoes: int) -> float:
        over = np.minimum(salvoes - warheads, count)
        logs = gammaln(count + 1) - gammaln(over + 1) - (gammaln(warheads + count + 1) - gammaln(warheads + over + 1))
        return float(weight @ np.exp(logs))

    low, high = warheads, warheads + decoys
    while low < high:
        middle = (low + high) // 2
        if surely(middle) >= wanted - 1e-12:
            high = middle
        else:
            low = middle + 1
    return low


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
