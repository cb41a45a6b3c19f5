"""Every loading that the classes of a force may have under a plan, and the limits on how many launchers get it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from detente.forces.counting import Row
from detente.forces.policies import Target, budget, is_named, most_off

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Launchers of one class with one loading.

    Parameters
    ----------
    row : int
        Which class.
    loaded, attributed, counts : float
        Warheads a launcher: on it, attributed, and as the rule counts.
    worth : float
        Reliable warheads on a launcher.
    off : float
        Attributed warheads taken off.
    flat : bool or None
        Of bombers with cruise missiles: within those that count at the flat rate or beyond; None for other classes.
    """

    row: int
    loaded: float
    attributed: float
    counts: float
    worth: float
    off: float = 0.0
    flat: bool | None = None


def choices_of(index: int, row: Row, target: Target) -> Iterator[Choice]:
    """Yield every loading that a class may have, the present one first."""
    if row.launchers <= 0.0 or row.loaded <= 0.0:
        return
    reliability = row.kind.reliability.value
    plain = Choice(
        row=index,
        loaded=row.loaded,
        attributed=row.attributed,
        counts=row.each(target.rule),
        worth=row.loaded * reliability,
    )
    if row.bombers and target.rule == "attributed":
        yield replace(plain, counts=row.bombers.flat.value, flat=True)
        yield replace(plain, counts=min(row.loaded, row.bombers.most.value), flat=False)
        return
    yield plain
    least = most_off(target.downloads, row)
    deep = _deepest(row, target)
    for level in range(math.ceil(max(row.loaded, row.attributed)) - 1, 0, -1):
        loaded, attributed = min(row.loaded, float(level)), min(row.attributed, float(level))
        off = row.attributed - attributed
        if off <= max(least, deep):
            made = replace(row, loaded=loaded, attributed=attributed)
            worth = loaded * reliability
            yield replace(
                plain, loaded=loaded, attributed=attributed, counts=made.each(target.rule), worth=worth, off=off
            )


def _deepest(row: Row, target: Target) -> float:
    """Return how many warheads may be taken off a few ICBMs of one type, 0 where the limits know no such thing."""
    limits = target.downloads
    if limits is None or limits.deeper_per_missile is None or row.leg != "icbm" or row.kind.heavy:
        return 0.0
    return 0.0 if is_named(limits, row) else limits.deeper_per_missile.value


def limits_on(held: Sequence[Row], choices: Sequence[Choice], target: Target) -> Iterator[tuple[Array, float]]:
    """Yield each limit on launchers as coefficients (V + 1,) and its right side.

    The last coefficient is that of a variable that is 1 where bombers go beyond the flat rate.
    """

    def line(values: list[float], beyond: float = 0.0) -> Array:
        return np.array([*values, beyond])

    for index, row in enumerate(held):
        yield line([float(each.row == index) for each in choices]), row.launchers
    yield line([each.counts for each in choices]), target.ceiling * (1.0 + 1e-12)
    special = next((row.bombers for row in held if row.bombers), None)
    if special:
        first, all_of_them = special.first.value, sum(row.launchers for row in held)
        yield line([float(each.flat is True) for each in choices]), first
        yield line([float(each.flat is False) for each in choices], -all_of_them), 0.0
        yield line([-float(each.flat is True) for each in choices], first), 0.0
    limits = target.downloads
    if limits:
        named = [is_named(limits, held[each.row]) for each in choices]
        for right, some in zip(budget(limits), (True, False), strict=True):
            if math.isfinite(right):
                off = [each.off if some or not own else 0.0 for each, own in zip(choices, named, strict=True)]
                yield line(off), right
        deep = [float(each.off > most_off(limits, held[each.row])) for each in choices]
        yield line(deep), limits.deeper.value if limits.deeper else 0.0


def carry_out(held: Sequence[Row], choices: Sequence[Choice], number: Array) -> None:
    """Give rows the launchers (V,) of each choice, and the mean of their loadings."""
    for index, row in enumerate(held):
        own = [(each, float(n)) for each, n in zip(choices, number, strict=True) if each.row == index and n > 0.0]
        row.launchers = sum(n for _, n in own)
        if own:
            row.loaded = sum(each.loaded * n for each, n in own) / row.launchers
            row.attributed = sum(each.attributed * n for each, n in own) / row.launchers
