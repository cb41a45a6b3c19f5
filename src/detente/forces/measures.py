"""Measures of stability, each named after the paper it comes from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from detente.forces.strike import Drawdown, Options, Through


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """What a measure says, in words, and who proposed it.

    Parameters
    ----------
    title : str
        What it is, with its unit or range.
    source : str
        The paper, and how far ours follows it.
    """

    title: str
    source: str


MEANINGS = {
    "margin": Meaning(
        title="warheads through defenses after being struck first, less those required",
        source="Salman, Sullivan and Van Evera (1989), drawdown; the requirement is the scenario's own",
    ),
    "preemption-advantage": Meaning(
        title="share of deliverable warheads that a side loses by waiting to be struck first, 0 to 1",
        source="this engine's own, in the sense of Wilkening and Watman (1986), whose index was not read (unverified)",
    ),
    "generation-stability": Meaning(
        title="retaliation from day-to-day alert over retaliation from generated alert",
        source="Cimbala and Scouras (2002); the definition was recalled (unverified)",
    ),
    "prompt-launch-stability": Meaning(
        title="retaliation after riding out the attack over retaliation with launch under attack",
        source="Cimbala and Scouras (2002); the definition was recalled (unverified)",
    ),
    "critical-risk": Meaning(
        title="probability of being attacked above which striking first costs less, 0 to 1",
        source="Ellsberg (1961), with the costs of Kent and Thaler (1989)",
    ),
    "first-strike-stability": Meaning(
        title="product of the two sides' cost ratios, striking first over being struck, 0 to 1",
        source="Kent and Thaler (1989), R-3765-AF, pp. 22-29 and 61; 80 % of value falls to the required retaliation",
    ),
    "arms-race-slope": Meaning(
        title="warheads a side must add for each interceptor of the other, so that as many arrive as before",
        source="this engine's own, in the sense of Kent and DeValk (1986), R-3369-AF, which was recalled (unverified)",
    ),
}
"""By the part of a measure's name before the dot; after it stands the party."""


def ratio(part: float, whole: float) -> float:
    """Return part over whole between 0 and 1; 1 where there is nothing to compare with."""
    return min(part / whole, 1.0) if whole > 0.0 else 1.0


def costs_kent_thaler_1989(
    options: Options, through_attacker: Through, through_victim: Through, w80: float
) -> tuple[float, float]:
    """Return what a first strike costs the side that strikes and the side that is struck, each 0 to 1.3.

    The striker goes through its counterforce options from the most to the least efficient and stops where its own cost
    is least and, of equal costs, the other's highest. What it does not spend on forces it delivers on value; the
    victim retaliates on value with all that is left.

    Parameters
    ----------
    options : Options
        The options, from `strike`.
    through_attacker, through_victim : callable (float) -> float
        Warheads that get through each side's defenses.
    w80 : float
        Warheads that destroy 80 % of either side's value.

    References
    ----------
    Kent, G. A. and Thaler, D. E. (1989), First-Strike Stability, RAND R-3765-AF, pp. 22-35 and 61. Their striker has
    all fixed and 90 % of survivable forces; ours has what is ready in the posture.
    """
    from detente.forces.kernels import cost_kent_thaler_1989, damage  # numba is slow to import

    left, answer = options.ready, options.unstruck
    best = (float("inf"), 0.0)
    for spent, denied in zip((0.0, *options.spent), (0.0, *options.denied), strict=True):
        left, answer = max(left - spent, 0.0), max(answer - denied, 0.0)
        own = float(damage(through_attacker(answer), w80))
        other = float(damage(through_victim(left), w80))
        cost = float(cost_kent_thaler_1989(own, other)), -float(cost_kent_thaler_1989(other, own))
        best = min(best, cost)
    return best[0], -best[1]


def index_kent_thaler_1989(costs: Mapping[tuple[str, str], tuple[float, float]], one: str, other: str) -> float:
    """Return the index of first-strike stability, 0 to 1: the product of both sides' cost ratios, each at most 1.

    Parameters
    ----------
    costs : mapping from (striker, struck) to (cost of striking, cost of being struck)
        For both orderings.
    one, other : str
        The two parties.

    References
    ----------
    Kent, G. A. and Thaler, D. E. (1989), First-Strike Stability, RAND R-3765-AF, pp. 26 and 29.

    Examples
    --------
    >>> index_kent_thaler_1989({("a", "b"): (0.5, 1.0), ("b", "a"): (0.8, 1.0)}, "a", "b")
    0.4
    """
    return critical_risk_ellsberg_1961(costs, one, other) * critical_risk_ellsberg_1961(costs, other, one)


def critical_risk_ellsberg_1961(costs: Mapping[tuple[str, str], tuple[float, float]], party: str, other: str) -> float:
    """Return the probability of being attacked above which striking first costs a party less, 0 to 1.

    References
    ----------
    Ellsberg, D. (1961), The Crude Analysis of Strategic Choices, Am. Econ. Rev. 51(2): cost of striking over cost of
    being struck.
    """
    return ratio(costs[party, other][0], costs[other, party][1])


def preemption_advantage(first: float, second: float) -> float:
    """Return the share of its deliverable warheads that a side loses by waiting, 0 to 1.

    Parameters
    ----------
    first, second : float
        Warheads through the other's defenses if the side goes first, unhurt, and if it is struck first.

    Examples
    --------
    >>> preemption_advantage(1000.0, 250.0)
    0.75
    """
    return 1.0 - ratio(second, first)


def margin(drawdown: Drawdown, required: float) -> float:
    """Return the warheads that get through after a first strike, less those that are held to be enough."""
    return drawdown.through - required
