"""Smaller forces: a force under a ceiling, by a counting rule and a policy, in whole launchers; and year by year."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from detente.catalog.load import catalog, find
from detente.catalog.records import Force
from detente.forces.counting import LEGS, Row, count, counted, download_limits, require, rows
from detente.forces.policies import (
    Target,
    keep_leg_share,
    most_survivable_first,
    proportional,
    single_warhead_first,
)
from detente.problems import BadInputError, Problem
from detente.scenario.scenario import ForcePlan
from detente.sources import Cited

__all__ = ["Year", "by_leg", "counted", "reduced", "trajectory"]


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
        "keep-leg-share" gives named legs their share of the ceiling and cuts each in proportion. "best-survival" leaves
        the most warheads after a first strike by the force that `against` names.

    Returns
    -------
    Force
        With new launchers, loadings and total; each changed number says in its note that it was reduced.

    Raises
    ------
    BadInputError
        A rule, policy or limit that does not fit the force.
    """
    if plan.ceiling is None:
        return force
    require(force, plan)
    held = rows(force)
    target = Target(ceiling=plan.ceiling.value, rule=plan.rule, downloads=download_limits(plan, force.party))
    if target.fits(held):
        return force
    for row in held:
        row.launchers = row.launchers if row.loaded > 0.0 else 0.0
    _carry_out(plan, held, target)
    return _made(force, held, "reduced under the ceiling of the case")


def _carry_out(plan: ForcePlan, held: Sequence[Row], target: Target) -> None:
    if plan.policy == "keep-leg-share":
        keep_leg_share(held, target, {str(leg): share for leg, share in plan.keep.items()})
    elif plan.policy == "best-survival":
        from detente.forces.best_survival import best_survival

        best_survival(held, target, find(catalog().forces, str(plan.against), "force"))
    else:
        _SIMPLE[plan.policy](held, target)


_SIMPLE: dict[str, Callable[[Sequence[Row], Target], None]] = {
    "proportional": proportional,
    "single-warhead-first": single_warhead_first,
    "most-survivable-first": most_survivable_first,
}


def _made(force: Force, held: Sequence[Row], note: str) -> Force:
    classes = tuple(
        replace(
            row.kind,
            launchers=_new(row.kind.launchers, row.launchers, note),
            loaded=_new(row.kind.loaded, row.loaded, note),
            attributed=_new(row.kind.attributed, row.attributed, note),
        )
        for row in held
    )
    total = sum(row.launchers * row.loaded for row in held)
    return replace(force, classes=classes, published_warheads=_new(force.published_warheads, total, note))


def _new(number: Cited, value: float, note: str) -> Cited:
    if value == number.value:
        return number
    return Cited(value=value, low=value, high=value, source=number.source, seen=number.seen, note=note)


def by_leg(force: Force, plan: ForcePlan) -> dict[str, tuple[float, float]]:
    """Return the launchers of each leg, and what they count by the rule of a plan."""
    held = rows(force)
    parts = {leg: [row for row in held if row.leg == leg] for leg in LEGS}
    return {leg: (sum(row.launchers for row in own), count(own, plan.rule)) for leg, own in parts.items() if own}


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """A force on the way down.

    Parameters
    ----------
    year : int
        At the end of which it is reached; of the first, at the date of the force.
    force : Force
        What is left.
    counts : float
        Warheads by the rule of the plan.
    """

    year: int
    force: Force
    counts: float


def trajectory(force: Force, plan: ForcePlan, until: int) -> tuple[Year, ...]:
    """Return the way from a force to the reduced one, year by year.

    Each class goes down evenly, in whole launchers rounded down, its loading with it: what is withdrawn does not come
    back, and each year counts at most what an even way down would.

    Parameters
    ----------
    force : Force
        The force as it is at its date.
    plan : ForcePlan
        Where the way ends.
    until : int
        The year at whose end it does, not before the force's own.

    Raises
    ------
    BadInputError
        A year before the force's, or more than a hundred years after; a plan that does not fit.
    """
    first = force.on.year
    if not first <= until <= first + 100:
        raise BadInputError(
            [
                Problem(
                    file=force.name,
                    key="by",
                    found=f"{until}",
                    allowed=f"{first}, the year of the force, to {first + 100}",
                    do="Choose such a year.",
                )
            ]
        )
    last = reduced(force, plan)
    found = []
    for year in range(first, until + 1):
        share = 1.0 if year == until else (year - first) / (until - first)
        one = last if share == 1.0 else _between(force, last, share)
        found.append(Year(year=year, force=one, counts=counted(one, plan.rule)))
    return tuple(found)


def _between(before: Force, after: Force, share: float) -> Force:
    """Return a force part of the way, 0 to 1, between two."""
    held = rows(before)
    for row, kind in zip(held, after.classes, strict=True):
        row.launchers = math.floor(row.launchers + share * (kind.launchers.value - row.launchers) + 1e-9)
        row.loaded += share * (kind.loaded.value - row.loaded)
        row.attributed += share * (kind.attributed.value - row.attributed)
    return _made(before, held, "on the way to the ceiling") if share > 0.0 else before
