"""Smaller forces: a force under a ceiling, by a named counting rule and policy, in whole launchers."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Literal

from detente.catalog.records import Force, ForceClass
from detente.scenario.scenario import ForcePlan
from detente.sources import Cited

Rule = Literal["attributed", "loaded"]

# START I (1991), Art. III: heavy bombers equipped for long-range nuclear air-launched cruise missiles count a fixed
# number up to a limit of bombers, and beyond it what they are equipped for, up to a most.
START_1_BOMBERS = {"us": (150.0, 10.0, 20.0)}
START_1_BOMBERS |= dict.fromkeys(("russia", "ussr"), (180.0, 8.0, 16.0))

_LAND = {"silo", "mobile", "rail"}
_SURVIVABLE = ("submarine", "mobile", "rail", "bomber", "silo")


@dataclass(slots=True)
class _Row:
    """One class while it is being cut: launchers, and warheads a launcher by what is loaded and by attribution."""

    kind: ForceClass
    launchers: float
    loaded: float
    attributed: float
    cruise: bool


def counted(force: Force, rule: Rule) -> float:
    """Return a force's warheads by a counting rule.

    Parameters
    ----------
    force : Force
        Launchers by class.
    rule : {"loaded", "attributed"}
        "loaded": what the launchers carry. "attributed": as START I, Art. III, counts, with its bomber rule (the
        first 150 US bombers with cruise missiles count 10 each, the first 180 Soviet or Russian ones 8; the others,
        taken to be those equipped for fewest, what they are equipped for up to 20 and 16; what they carry stands for
        that). A party outside START I has each bomber counted as attributed.
    """
    return _count(_rows(force), force.party, rule)


def reduced(force: Force, plan: ForcePlan) -> Force:
    """Return a force brought under the ceiling of a plan; unchanged where it has none or is under it.

    Launchers are cut to whole numbers, never above what there were. Warheads a launcher may become an average.
    Launchers that carry nothing are withdrawn first.

    Parameters
    ----------
    force : Force
        The force as it is.
    plan : ForcePlan
        Ceiling, counting rule and policy. "proportional" takes the same share of launchers from every class.
        "single-warhead-first" first leaves land-based missiles one warhead each and withdraws heavy ones (the shape of
        START II, Arts. I and II), then downloads submarine missiles to one common level, then cuts in proportion.
        "most-survivable-first" keeps submarines, then mobile and rail missiles, bombers and silos, within each the
        class with more on alert day to day and with fewer warheads a launcher first (an order of this engine's own).

    Returns
    -------
    Force
        With new launchers, loadings and total; each changed number says in its note that it was reduced.
    """
    if plan.ceiling is None:
        return force
    rows, ceiling = _rows(force), plan.ceiling.value

    def fits() -> bool:
        return _count(rows, force.party, plan.rule) <= ceiling

    if fits():
        return force
    for row in rows:
        row.launchers = row.launchers if row.loaded > 0.0 else 0.0
    _POLICIES[plan.policy](rows, fits)
    classes = tuple(
        replace(
            row.kind,
            launchers=_new(row.kind.launchers, row.launchers),
            loaded=_new(row.kind.loaded, row.loaded),
            attributed=_new(row.kind.attributed, row.attributed),
        )
        for row in rows
    )
    total = sum(row.launchers * row.loaded for row in rows)
    return replace(force, classes=classes, published_warheads=_new(force.published_warheads, total))


def _rows(force: Force) -> list[_Row]:
    return [
        _Row(
            kind,
            kind.launchers.value,
            kind.loaded.value,
            kind.attributed.value,
            kind.cruise_missiles and kind.basing == "bomber" and force.party in START_1_BOMBERS,
        )
        for kind in force.classes
    ]


def _new(number: Cited, value: float) -> Cited:
    if value == number.value:
        return number
    note = "reduced under the ceiling of the case"
    return Cited(value=value, low=value, high=value, source=number.source, seen=number.seen, note=note)


def _count(rows: Iterable[_Row], party: str, rule: Rule) -> float:
    total, cruise = 0.0, []
    for row in rows:
        if rule == "loaded":
            total += row.launchers * row.loaded
        elif row.cruise:
            cruise.append(row)
        else:
            total += row.launchers * row.attributed
    if cruise:
        limit, fixed, most = START_1_BOMBERS[party]
        for row in sorted(cruise, key=lambda row: -row.loaded):
            inside = min(row.launchers, limit)
            limit -= inside
            total += inside * fixed + (row.launchers - inside) * min(row.loaded, most)
    return total


def _share(fits_at: Callable[[float], bool], lowest: float, highest: float) -> float:
    """Return the greatest number (to 1 in 10^9) between two ends at which something fits; it does at the lowest."""
    for _ in range(30):
        middle = 0.5 * (lowest + highest)
        lowest, highest = (middle, highest) if fits_at(middle) else (lowest, middle)
    return lowest


def _proportional(rows: list[_Row], fits: Callable[[], bool]) -> None:
    before = [row.launchers for row in rows]

    def fits_at(share: float) -> bool:
        for row, launchers in zip(rows, before, strict=True):
            row.launchers = share * launchers
        return fits()

    fits_at(_share(fits_at, 0.0, 1.0))
    part = {id(row): row.launchers % 1.0 for row in rows}
    for row in rows:
        row.launchers = math.floor(row.launchers)
    for row, most in sorted(zip(rows, before, strict=True), key=lambda pair: -part[id(pair[0])]):
        row.launchers += 1
        if row.launchers > most or not fits():
            row.launchers -= 1


def _single_warhead_first(rows: list[_Row], fits: Callable[[], bool]) -> None:
    for row in (row for row in rows if row.kind.basing in _LAND):
        row.launchers = 0.0 if row.kind.heavy else row.launchers
        row.loaded, row.attributed = min(row.loaded, 1.0), min(row.attributed, 1.0)
    boats = [(row, row.loaded, row.attributed) for row in rows if row.kind.basing == "submarine"]

    def fits_at(level: float) -> bool:
        for row, loaded, attributed in boats:
            row.loaded, row.attributed = min(loaded, level), min(attributed, level)
        return fits()

    most = max((max(loaded, attributed) for _, loaded, attributed in boats), default=1.0)
    if fits_at(most):
        return
    if fits_at(1.0):
        fits_at(_share(fits_at, 1.0, most))
    else:
        _proportional(rows, fits)


def _most_survivable_first(rows: list[_Row], fits: Callable[[], bool]) -> None:
    before = [row.launchers for row in rows]
    for row in rows:
        row.launchers = 0.0
    order = sorted(zip(rows, before, strict=True), key=lambda pair: _vulnerability(pair[0]))
    for row, most in order:

        def fits_at(launchers: float, row: _Row = row) -> bool:
            row.launchers = float(math.floor(launchers))
            return fits()

        if not fits_at(most):
            fits_at(_share(fits_at, 0.0, most))


def _vulnerability(row: _Row) -> tuple[float, float, float]:
    return (_SURVIVABLE.index(row.kind.basing), -row.kind.alert_day.value, row.loaded)


_POLICIES: dict[str, Callable[[list[_Row], Callable[[], bool]], None]] = {
    "proportional": _proportional,
    "single-warhead-first": _single_warhead_first,
    "most-survivable-first": _most_survivable_first,
}
