"""A raid on layers without geometry: what comes, what each layer is, and what is wrong with either."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from detente.problems import BadInputError, Problem

Allocation = Literal["full", "even"]

MOST_OBJECTS = 10_000
MOST_SHOTS = 100
MOST_LAYERS = 8
MOST_INTERCEPTORS = 1_000_000


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

    @property
    def looks(self) -> int:
        """Rounds of fire: one, or one for each shot."""
        return 1 if self.kind == "salvo" else self.shots


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """One layer of defense, as a raid meets it.

    Parameters
    ----------
    sspk : float
        Single-shot probability of kill of an object that is engaged, 0 to 1.
    doctrine : Doctrine
        How shots are given.
    interceptors : int or None
        Stock, shared by all objects; None where it never runs out.
    discrimination : float
        Probability that a decoy is recognized before a look and draws no fire, 0 to 1.
    track : float
        Probability that a warhead is tracked and taken for one, common to all shots at it, 0 to 1.
    reliability : float
        Probability that the layer works at all, common to all its shots, 0 to 1; it fires nothing where it does not.
    common : float
        Share of misses that have a cause common to all shots of the layer, 0 (every shot independent) to 1 (all shots
        hit or all miss): the beta factor. The mean kill probability of a shot stays `sspk`.
    allocation : {"full", "even"}
        Where a salvo cannot reach all objects: objects at random get all their shots and the rest none, or the stock is
        spread evenly over all.

    References
    ----------
    Wilkening, D. (1999), A simple model for calculating ballistic missile defense effectiveness, Science & Global
    Security 8(2): P_track and the independent shots. Fleming, K. N. (1975), A reliability model for common mode
    failures in redundant safety systems, General Atomic report GA-A13284: the beta factor (recalled).
    """

    sspk: float
    doctrine: Doctrine
    interceptors: int | None = None
    discrimination: float = 0.0
    track: float = 1.0
    reliability: float = 1.0
    common: float = 0.0
    allocation: Allocation = "full"

    @property
    def acts(self) -> float:
        """Probability that the layer works and no common cause makes all its shots miss."""
        return self.reliability * (1.0 - self.common * (1.0 - self.sspk))

    @property
    def alone(self) -> float:
        """Kill probability of a shot where no common cause makes it miss, the others being independent."""
        return min(self.sspk / max(1.0 - self.common * (1.0 - self.sspk), 1e-300), 1.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class LayeredRaid:
    """Like warheads with decoys beside them, against layers one after the other.

    Parameters
    ----------
    warheads, decoys : int
        In all; 1 to 10,000 and 0 to 10,000.
    layers : tuple of Layer
        In the order in which they are met, 1 to 8.
    shared : float
        Probability that what all layers share works, such as the sensor that cues them, 0 to 1.
    """

    warheads: int
    layers: tuple[Layer, ...]
    decoys: int = 0
    shared: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What layers do to a raid.

    Parameters
    ----------
    p_no_leak : float
        Probability that no warhead gets through.
    expected_leakers : float
        Mean number of warheads that get through.
    alive : tuple of float
        Mean number of warheads before the first layer and after each.
    used : tuple of float
        Mean number of interceptors that each layer fires.
    method : {"exact", "Monte Carlo"}
        How they were computed.
    p_no_leak_error, expected_leakers_error : float
        Standard errors of the sampling; 0 where exact.
    """

    p_no_leak: float
    expected_leakers: float
    alive: tuple[float, ...]
    used: tuple[float, ...]
    method: Literal["exact", "Monte Carlo"]
    p_no_leak_error: float = 0.0
    expected_leakers_error: float = 0.0


def problem(key: str, found: object, allowed: str, do: str) -> Problem:
    """Return a problem of a raid that was asked for in numbers, without a file."""
    return Problem(file="raid", key=key, found=str(found), allowed=allowed, do=do)


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
    plain = shots.isascii() and shots.isdecimal()
    if kind not in {"salvo", "shoot-look-shoot"} or not plain or not 1 <= int(shots) <= MOST_SHOTS:
        allowed = f"salvo:N or shoot-look-shoot:N, N from 1 to {MOST_SHOTS}"
        raise BadInputError([problem("doctrine", f'"{text}"', allowed, 'Write for example "salvo:3".')])
    return Doctrine(kind="salvo" if kind == "salvo" else "shoot-look-shoot", shots=int(shots))


def check(raid: LayeredRaid) -> None:
    """Refuse a raid with a number outside its limits.

    Raises
    ------
    BadInputError
        Everything wrong with it at once.
    """
    wrong = list(_wrong(raid))
    if wrong:
        raise BadInputError(wrong)


def _wrong(raid: LayeredRaid) -> Iterator[Problem]:
    yield from whole("objects", raid.warheads, 1, MOST_OBJECTS, "Give the objects that arrive.")
    yield from whole("decoys", raid.decoys, 0, MOST_OBJECTS, "Give the decoys beside the warheads.")
    yield from chance("shared", raid.shared, "Give the chance that what all layers share works, for example 0.95.")
    if not 1 <= len(raid.layers) <= MOST_LAYERS:
        do = "Put layers that are alike together."
        yield problem("layers", len(raid.layers), f"1 to {MOST_LAYERS}", do)
    for number, layer in enumerate(raid.layers, start=1):
        yield from _layer(layer, f"layer {number}: " if len(raid.layers) > 1 else "")


_CHANCES: tuple[tuple[str, str], ...] = (
    ("sspk", "Give the chance that one shot kills, for example 0.8."),
    ("discrimination", "Give the chance that a decoy is recognized, for example 0.5."),
    ("track", "Give the chance that a warhead is tracked, for example 0.95."),
    ("reliability", "Give the chance that the layer works at all, for example 0.9."),
    ("common", "Give the share of misses with a common cause, for example 0.1."),
)


def _layer(layer: Layer, where: str) -> Iterator[Problem]:
    for name, do in _CHANCES:
        yield from chance(f"{where}{name}", getattr(layer, name), do)
    yield from whole(f"{where}doctrine", layer.doctrine.shots, 1, MOST_SHOTS, 'Write for example "salvo:3".')
    if layer.allocation not in ("full", "even"):
        do = 'Take "full", the published convention, or "even".'
        yield problem(f"{where}allocation", f'"{layer.allocation}"', "full or even", do)
    if layer.interceptors is not None:
        yield from _stock(layer, where, layer.interceptors)


def _stock(layer: Layer, where: str, stock: int) -> Iterator[Problem]:
    amiss = list(whole(f"{where}interceptors", stock, 0, MOST_INTERCEPTORS, "Give the stock."))
    yield from amiss
    if not amiss and layer.allocation == "full" and 0 < stock < layer.doctrine.shots // layer.doctrine.looks:
        yield problem(
            f"{where}interceptors",
            f"{stock} for a salvo of {layer.doctrine.shots}",
            "at least one whole salvo, or 0",
            "Fire fewer shots at an object, add interceptors, or spread them evenly (allocation=even).",
        )


def chance(key: str, value: float, do: str) -> Iterator[Problem]:
    """Yield what is wrong with a probability."""
    if isinstance(value, bool) or not 0.0 <= value <= 1.0:
        yield problem(key, value, "0 to 1", do)


def whole(key: str, value: float, low: int, high: int, do: str) -> Iterator[Problem]:
    """Yield what is wrong with a count."""
    if isinstance(value, bool) or not math.isfinite(value) or value != int(value) or not low <= value <= high:
        yield problem(key, value, f"a whole number from {low} to {high}", do)


def spent(k: float, shots: int, looks: int, credible: float = 1.0) -> float:
    """Return the mean shots at an object that is taken for a warhead with a chance anew before each look.

    Parameters
    ----------
    k : float
        Kill probability of a shot, 0 to 1.
    shots, looks : int
        Shots at most, all at once (one look) or one a look.
    credible : float
        Chance of being taken for a warhead, 0 to 1.
    """
    if looks == 1:
        return credible * shots
    return math.fsum(credible * (1.0 - credible * k) ** look for look in range(looks))


def survives(k: float, shots: int, looks: int, credible: float = 1.0) -> float:
    """Return the chance that such an object survives all shots; see `spent`."""
    if looks == 1:
        return 1.0 - credible * (1.0 - (1.0 - k) ** shots)
    return (1.0 - credible * k) ** looks


def stocks(layers: Sequence[Layer]) -> tuple[int, ...]:
    """Return the stock of each layer, -1 where it never runs out."""
    return tuple(-1 if layer.interceptors is None else layer.interceptors for layer in layers)
