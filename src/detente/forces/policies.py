"""Policies of reduction: what is cut first. Each changes rows in place until they fit."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from detente.catalog.counting import DownloadLimits
from detente.forces.counting import LEGS, Row, Rule, count

_LAND = {"silo", "mobile", "rail"}
_SURVIVABLE = ("submarine", "mobile", "rail", "bomber", "silo")


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What is to be reached.

    Parameters
    ----------
    ceiling : float
        Warheads, >= 0.
    rule : str
        How they are counted.
    downloads : DownloadLimits or None
        Limits on taking warheads off missiles.
    """

    ceiling: float
    rule: Rule
    downloads: DownloadLimits | None = None

    def fits(self, held: Sequence[Row]) -> bool:
        """Return whether rows are under the ceiling."""
        return count(held, self.rule) <= self.ceiling


def most_off(limits: DownloadLimits | None, row: Row) -> float:
    """Return how many attributed warheads may be taken off one missile of a class; none off bombers."""
    if row.leg == "bomber":
        return 0.0
    if limits is None:
        return math.inf
    if row.kind.heavy:
        return 0.0
    return (limits.named_per_missile if is_named(limits, row) else limits.per_missile).value


def is_named(limits: DownloadLimits, row: Row) -> bool:
    """Return whether a class has a limit of its own."""
    return row.kind.name.startswith(tuple(limits.named))


def budget(limits: DownloadLimits | None) -> tuple[float, float]:
    """Return how many warheads may yet be taken off all missiles, and off those that are not named."""
    if limits is None:
        return math.inf, math.inf
    done = limits.done.value if limits.done else 0.0
    in_all = limits.in_all.value - done if limits.in_all else math.inf
    return in_all, min(limits.others.value if limits.others else math.inf, in_all)


def proportional(held: Sequence[Row], target: Target) -> None:
    """Keep the same share of launchers of every class; the last launchers go where the remainder is largest."""
    before = [row.launchers for row in held]

    def fits_at(share: float) -> bool:
        for row, launchers in zip(held, before, strict=True):
            row.launchers = share * launchers
        return target.fits(held)

    fits_at(greatest(fits_at, 0.0, 1.0))
    part = {id(row): row.launchers % 1.0 for row in held}
    for row in held:
        row.launchers = math.floor(row.launchers)
    for row, most in sorted(zip(held, before, strict=True), key=lambda pair: -part[id(pair[0])]):
        row.launchers += 1
        if row.launchers > most or not target.fits(held):
            row.launchers -= 1


def single_warhead_first(held: Sequence[Row], target: Target) -> None:
    """Leave land-based missiles one warhead, withdraw heavy ones, bring boats to one level, then cut in proportion.

    Where downloading is limited, missiles that may not come down to one warhead are withdrawn.
    """
    left, others = _single_on_land(held, target.downloads)
    boats = [(row, row.loaded, row.attributed) for row in held if row.kind.basing == "submarine"]

    def at(level: float) -> None:
        for row, loaded, attributed in boats:
            least = max(level, attributed - most_off(target.downloads, row))
            row.loaded, row.attributed = min(loaded, least), min(attributed, least)

    def fits_at(level: float) -> bool:
        at(level)
        return target.fits(held)

    def too_much_off_at(level: float) -> bool:
        at(level)
        off = [
            ((attributed - row.attributed) * row.launchers, target.downloads and is_named(target.downloads, row))
            for row, _, attributed in boats
        ]
        return sum(each for each, _ in off) > left or sum(each for each, named in off if not named) > others

    most = max((max(loaded, attributed) for _, loaded, attributed in boats), default=1.0)
    if fits_at(most):
        return
    low = 1.0
    if too_much_off_at(low):
        low = most - greatest(lambda off: not too_much_off_at(most - off), 0.0, most - low)
    if fits_at(low):
        fits_at(greatest(fits_at, low, most))
    else:
        proportional(held, target)


def _single_on_land(held: Sequence[Row], limits: DownloadLimits | None) -> tuple[float, float]:
    """Download land-based missiles to one warhead; return what may yet be taken off, in all and off the not named."""
    left, others = budget(limits)
    deeper = limits.deeper.value if limits and limits.deeper else 0.0
    for row in held:
        if row.kind.basing not in _LAND:
            continue
        row.launchers = 0.0 if row.kind.heavy else row.launchers
        off = max(row.attributed - 1.0, 0.0)
        named = limits is not None and is_named(limits, row)
        if off > most_off(limits, row):
            deep = limits.deeper_per_missile.value if limits and limits.deeper_per_missile else 0.0
            row.launchers = min(row.launchers, deeper) if off <= deep and not named else 0.0
            deeper = 0.0 if row.launchers else deeper
        enough = left if named else others
        if off > 0.0 and math.isfinite(enough):
            row.launchers = min(row.launchers, float(enough // off))
        left -= off * row.launchers
        others = min(others - (0.0 if named else off * row.launchers), left)
        row.loaded, row.attributed = min(row.loaded, 1.0), min(row.attributed, 1.0)
    return left, others


def most_survivable_first(held: Sequence[Row], target: Target) -> None:
    """Keep submarines, then mobile and rail missiles, bombers and silos; within each those on alert day to day first.

    Of two with the same alert, the one with fewer warheads a launcher; an order of this engine's own.
    """
    before = [row.launchers for row in held]
    for row in held:
        row.launchers = 0.0
    order = sorted(zip(held, before, strict=True), key=lambda pair: _vulnerability(pair[0]))
    for row, most in order:

        def fits_at(launchers: float, row: Row = row) -> bool:
            row.launchers = float(math.floor(launchers))
            return target.fits(held)

        if not fits_at(most):
            fits_at(greatest(fits_at, 0.0, most))


def keep_leg_share(held: Sequence[Row], target: Target, keep: dict[str, float]) -> None:
    """Cut each named leg to its share of the ceiling, and the others in proportion to what is left of it."""
    for leg, share in keep.items():
        own = [row for row in held if row.leg == leg]
        part = Target(ceiling=share * target.ceiling, rule=target.rule)
        if not part.fits(own):
            proportional(own, part)
    rest = [row for row in held if row.leg not in keep]
    taken = sum(count([row for row in held if row.leg == leg], target.rule) for leg in LEGS if leg in keep)
    part = Target(ceiling=target.ceiling - taken, rule=target.rule)
    if rest and not part.fits(rest):
        proportional(rest, part)


def greatest(fits_at: Callable[[float], bool], lowest: float, highest: float) -> float:
    """Return the greatest number (to 1 in 10^9) between two ends at which something fits; it does at the lowest."""
    for _ in range(30):
        middle = 0.5 * (lowest + highest)
        lowest, highest = (middle, highest) if fits_at(middle) else (lowest, middle)
    return lowest


def _vulnerability(row: Row) -> tuple[float, float, float]:
    return (_SURVIVABLE.index(row.kind.basing), -row.kind.alert_day.value, row.loaded)
