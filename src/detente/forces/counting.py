"""What a force counts by each rule, and which rules and plans do not fit it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from detente.catalog.counting import BomberRule, DownloadLimits, count_bombers, rule_for
from detente.catalog.load import catalog
from detente.catalog.records import Force, ForceClass
from detente.problems import BadInputError, Problem
from detente.scenario.scenario import ForcePlan

Rule = Literal["attributed", "loaded", "operationally-deployed"]
Leg = Literal["icbm", "slbm", "bomber"]
LEGS: tuple[Leg, ...] = ("icbm", "slbm", "bomber")
_LEG: dict[str, Leg] = {"silo": "icbm", "mobile": "icbm", "rail": "icbm", "submarine": "slbm", "bomber": "bomber"}
_DOWNLOADING = ("single-warhead-first", "best-survival")


@dataclass(slots=True)
class Row:
    """One class while it is being cut.

    Parameters
    ----------
    kind : ForceClass
        As it was.
    launchers, loaded, attributed : float
        Launchers, and warheads a launcher by what is loaded and by attribution.
    bombers : BomberRule or None
        How they count under attribution, where not as attributed.
    """

    kind: ForceClass
    launchers: float
    loaded: float
    attributed: float
    bombers: BomberRule | None

    @property
    def leg(self) -> Leg:
        """The leg that the class belongs to."""
        return _LEG[self.kind.basing]

    @property
    def deployed(self) -> float:
        """Share of the launchers that is operationally deployed, 0 to 1: all but submarines in overhaul."""
        return 1.0 - self.kind.overhaul.value if self.kind.overhaul else 1.0

    def each(self, rule: Rule) -> float:
        """Return what one launcher counts by a rule, where no rule for bombers holds."""
        if rule == "attributed":
            return self.attributed
        return self.loaded * (self.deployed if rule == "operationally-deployed" else 1.0)


def rows(force: Force) -> list[Row]:
    """Return the classes of a force, ready to be cut."""
    agreed = rule_for(catalog().counting.values(), "start-1", force.party)
    special = agreed.bombers if agreed else None
    return [
        Row(
            kind,
            kind.launchers.value,
            kind.loaded.value,
            kind.attributed.value,
            special if kind.cruise_missiles and kind.basing == "bomber" else None,
        )
        for kind in force.classes
    ]


def count(held: Iterable[Row], rule: Rule) -> float:
    """Return what rows count by a rule; see `counted`."""
    total, cruise = 0.0, []
    for row in held:
        if rule == "attributed" and row.bombers:
            cruise.append(row)
        else:
            total += row.launchers * row.each(rule)
    special = cruise[0].bombers if cruise else None
    if special:
        numbers = special.first.value, special.flat.value, special.most.value
        total += count_bombers(((row.launchers, row.loaded) for row in cruise), *numbers) or 0.0
    return total


def counted(force: Force, rule: Rule) -> float:
    """Return a force's warheads by a counting rule.

    Parameters
    ----------
    force : Force
        Launchers by class.
    rule : {"loaded", "attributed", "operationally-deployed"}
        "loaded": what the launchers carry. "operationally-deployed": the same without submarines in overhaul, as the
        United States counted under the Moscow Treaty (weapons at bomber bases count, taken to be what bombers carry).
        "attributed": as START I, Art. III, counts, with its bomber rule; what bombers carry stands for what they are
        equipped for. A party outside START I has each bomber counted as attributed.
    """
    return count(rows(force), rule)


def download_limits(plan: ForcePlan, party: str) -> DownloadLimits | None:
    """Return the limits on taking warheads off missiles that a plan names, None where it names none."""
    agreed = rule_for(catalog().counting.values(), plan.downloads, party) if plan.downloads else None
    return agreed.downloads if agreed else None


def check(force: Force, plan: ForcePlan) -> list[Problem]:
    """Return everything about a plan that does not fit the force, and a ceiling that cannot be one.

    Parameters
    ----------
    force : Force
        The force that the plan starts from.
    plan : ForcePlan
        At its best values.
    """
    return [*misfits(force, plan), *_ceiling(force, plan)]


def require(force: Force, plan: ForcePlan) -> None:
    """Refuse a plan whose rule, policy or limits do not fit the force.

    Raises
    ------
    BadInputError
        Everything that does not fit.
    """
    found = list(misfits(force, plan))
    if found:
        raise BadInputError(found)


def misfits(force: Force, plan: ForcePlan) -> Iterator[Problem]:
    """Yield what about the rule, the policy and the limits of a plan does not fit the classes of a force."""
    for kind in force.classes:
        if plan.rule == "operationally-deployed" and kind.basing == "submarine" and kind.overhaul is None:
            found, allowed = "submarines of which it is not known how many are in overhaul", "a share from 0 to 1"
            do = "Add overhaul = { value = 0.1, source = … } to the class, or count by the rule loaded."
            yield _of(force, f"{kind.name}.overhaul", found, allowed, do)
        if plan.rule == "attributed" and kind.attributed.value == 0.0 < kind.loaded.value * kind.launchers.value:
            found, allowed = "launchers with warheads and none attributed", "what START I attributes, 1 or more"
            do = "Add it to the class, or count by the rule loaded."
            yield _of(force, f"{kind.name}.attributed", found, allowed, do)
    yield from _policy(force, plan)


def _policy(force: Force, plan: ForcePlan) -> Iterator[Problem]:
    if plan.downloads and plan.policy not in _DOWNLOADING:
        found = f"limits on downloading with the policy {plan.policy}, which downloads nothing"
        yield _of(force, "downloads", found, " or ".join(_DOWNLOADING), "Choose such a policy, or leave them out.")
    elif plan.downloads and download_limits(plan, force.party) is None:
        known = sorted({name for each in catalog().counting.values() for name in each.parties})
        found = f'limits of {plan.downloads} for "{force.party}"'
        yield _of(force, "downloads", found, f"its parties: {', '.join(known)}", "Leave them out.")
    if (plan.policy == "best-survival") != (plan.against is not None):
        found = "no force to be survived" if plan.against is None else f"a force to be survived with {plan.policy}"
        yield _of(force, "against", found, "one with the policy best-survival, and only with it", "Add or delete it.")
    yield from _shares(force, plan)


def _shares(force: Force, plan: ForcePlan) -> Iterator[Problem]:
    if (plan.policy == "keep-leg-share") != bool(plan.keep):
        found = "no share to keep" if not plan.keep else f"shares to keep with {plan.policy}"
        do = "Write keep = { slbm = 0.6 }, or delete it."
        yield _of(force, "keep", found, "shares with the policy keep-leg-share, and only with it", do)
    if sum(plan.keep.values()) > 1.0 + 1e-9:
        found = f"shares that add to {sum(plan.keep.values()):g}"
        yield _of(force, "keep", found, "1 or less", "Lower one of them.")
    have = {_LEG[kind.basing] for kind in force.classes}
    for leg in plan.keep:
        if leg not in have:
            allowed = ", ".join(leg for leg in LEGS if leg in have) or "no leg: the force is empty"
            yield _of(force, "keep", f"a share for {leg}, which the force does not have", allowed, "Delete it.")


def _ceiling(force: Force, plan: ForcePlan) -> Iterator[Problem]:
    have = counted(force, plan.rule)
    if not any(kind.launchers.value * kind.loaded.value > 0.0 for kind in force.classes):
        yield _of(force, "", "a force without warheads", "a class with launchers and warheads", "Add one.")
    elif plan.ceiling is not None and plan.ceiling.value > have + 1e-9:
        found = f"a ceiling of {plan.ceiling.value:,.10g}, above the {have:,.6g} that the force counts ({plan.rule})"
        yield _of(force, "ceiling", found, f"{have:,.6g} or less", "Lower it, or leave it out to keep the force.")
    if plan.ceiling is not None and plan.ceiling.value != round(plan.ceiling.value):
        found = f"a ceiling of {plan.ceiling.value:g} warheads"
        yield _of(force, "ceiling", found, "a whole number", f"Write {math.floor(plan.ceiling.value)}.")


def _of(force: Force, key: str, found: str, allowed: str, do: str) -> Problem:
    return Problem(file=force.name, key=key, found=found, allowed=allowed, do=do)
