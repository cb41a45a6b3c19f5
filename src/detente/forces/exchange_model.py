"""The exchange in aggregate: both orderings, both postures, and what they say about stability."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import permutations

from detente.catalog.records import Force
from detente.forces import measures
from detente.forces.reduce import counted, reduced
from detente.forces.strike import POSTURES, Drawdown, Options, Posture, Side, Tactics, Through, side, strike
from detente.problems import BadInputError, Problem
from detente.scenario.scenario import Assumptions, Case, Scenario

__all__ = ["Drawdown", "ForceTotals", "Stability", "drawdowns", "exchange"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ForceTotals:
    """A party's force in a case, in totals.

    Parameters
    ----------
    party : str
        Whose it is.
    launchers, warheads : float
        Launchers and bombers, and what they carry.
    accountable_warheads : float
        As START I counts them.
    equivalent_megatons : float
        Of what they carry [EMT].
    alert_day, alert_generated : float
        Warheads in silos, at sea, dispersed or on runway alert in each posture.
    """

    party: str
    launchers: float
    warheads: float
    accountable_warheads: float
    equivalent_megatons: float
    alert_day: float
    alert_generated: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Stability:
    """What the forces of a case say about stability.

    Parameters
    ----------
    forces : dict of party to ForceTotals
        Each party's force after reduction.
    drawdowns : tuple of Drawdown
        Each ordering (attacker, victim) in each posture.
    measures : dict of str to float
        "name.party" or, for a pair as a whole, "name.one+other"; `measures.MEANINGS` says what each name means.
        Computed in the scenario's posture.
    posture : {"day-to-day", "generated"}
        The scenario's.
    required : float
        Warheads through defenses that each side holds to be enough.
    margin : dict of party to float
        Warheads through defenses after being struck first, less those required: the least over attackers.
    stable : bool or None
        Whether no margin is negative, so that no side can take the other's retaliation away by striking first; None
        where fewer than two parties have forces.
    """

    forces: dict[str, ForceTotals]
    drawdowns: tuple[Drawdown, ...]
    measures: dict[str, float]
    posture: Posture
    required: float
    margin: dict[str, float]
    stable: bool | None

    def drawdown(self, attacker: str, victim: str, posture: Posture | None = None) -> Drawdown:
        """Return one ordering, in the scenario's posture unless another is asked for.

        Raises
        ------
        KeyError
            There is no such ordering.
        """
        wanted = (attacker, victim, posture or self.posture)
        for drawdown in self.drawdowns:
            if (drawdown.attacker, drawdown.victim, drawdown.posture) == wanted:
                return drawdown
        known = sorted({(drawdown.attacker, drawdown.victim) for drawdown in self.drawdowns})
        raise KeyError(f"no drawdown for {wanted}; orderings of this case: {known}")


def exchange(
    scenario: Scenario, case: Case, decision_time: Mapping[str, float], through: Mapping[str, Through]
) -> Stability:
    """Return the forces of a case through a first strike by each side, and the measures of stability.

    Parameters
    ----------
    scenario : Scenario
        With its catalog and assumptions: posture, launch under attack, overpressure rule, warheads a silo, required
        retaliation.
    case : Case
        Its force plans are carried out first.
    decision_time : mapping of party to seconds
        Time a party has to decide before it would be too late to launch. Silos are emptied before impact where the
        scenario assumes launch under attack and this is at least its `decision_floor`; a party not named has none.
    through : mapping of party to callable (float) -> float
        Warheads that get through a party's defenses as a function of those that arrive; all where it is not named.

    Raises
    ------
    BadInputError
        A class whose survival cannot be computed for want of hardness, bases or, under a barrage, an area.
    """
    assumptions = scenario.assumptions
    forces = _reduced(scenario, case)
    if problems := [each for force in forces.values() for each in _unknown_areas(force, assumptions)]:
        raise BadInputError(problems)
    sides = {party: side(party, force) for party, force in forces.items()}
    war = _War(assumptions, sides, decision_time, through)
    struck = war.all_strikes()
    required = assumptions.required_retaliation.value
    margin = {
        victim: min(
            measures.margin(struck[attacker, victim, assumptions.posture][0], required)
            for attacker in sides
            if attacker != victim
        )
        for victim in sides
        if len(sides) > 1
    }
    return Stability(
        forces={party: _totals(force, sides[party]) for party, force in forces.items()},
        drawdowns=tuple(drawdown for drawdown, _ in struck.values()),
        measures=_measures(war, struck),
        posture=assumptions.posture,
        required=required,
        margin=margin,
        stable=all(value >= 0.0 for value in margin.values()) if margin else None,
    )


def drawdowns(
    scenario: Scenario, case: Case, decision_time: Mapping[str, float], through: Mapping[str, Through]
) -> tuple[Drawdown, ...]:
    """Return the drawdowns of `exchange` alone, without measures, in a third of the time: what samples need."""
    sides = {party: side(party, force) for party, force in _reduced(scenario, case).items()}
    war = _War(scenario.assumptions, sides, decision_time, through)
    return tuple(drawdown for drawdown, _ in war.all_strikes().values())


def _reduced(scenario: Scenario, case: Case) -> dict[str, Force]:
    return {party: reduced(scenario.catalog.forces[plan.base], plan) for party, plan in case.forces.items()}


def _unknown_areas(force: Force, assumptions: Assumptions) -> Iterator[Problem]:
    for kind in force.classes:
        if assumptions.barrage and kind.basing == "mobile" and kind.dispersal_area is None:
            yield Problem(
                file="catalog",
                key=f"{force.name}.{kind.name}.dispersal_area",
                found="a barrage, and road-mobile missiles of which it is not known where they disperse",
                allowed="dispersal_area and dispersed_hardness",
                do="Add both to the class, or leave barrage out of the assumptions.",
            )


_Struck = Mapping[tuple[str, str, Posture], tuple[Drawdown, Options]]


@dataclass(frozen=True, slots=True)
class _War:
    """What every strike of one case shares."""

    assumptions: Assumptions
    sides: Mapping[str, Side]
    decision_time: Mapping[str, float]
    defenses: Mapping[str, Through]

    def prompt(self, victim: str) -> bool:
        """Return whether a party launches its silos under attack."""
        floor = self.assumptions.decision_floor.value
        return self.assumptions.launch_under_attack and self.decision_time.get(victim, 0.0) >= max(floor, 1e-9)

    def through(self, party: str) -> Through:
        """Return what gets through a party's defenses."""
        return self.defenses.get(party, _undefended)

    def all_strikes(self) -> _Struck:
        """Return each ordering in each posture."""
        return {
            (attacker, victim, posture): self.strike(attacker, victim, posture, self.prompt(victim))
            for attacker, victim in permutations(self.sides, 2)
            for posture in POSTURES
        }

    def strike(self, attacker: str, victim: str, posture: Posture, prompt: bool) -> tuple[Drawdown, Options]:
        """Return one strike."""
        return strike(
            self.sides[attacker],
            self.sides[victim],
            posture,
            prompt,
            Tactics.of(self.assumptions),
            self.through(attacker),
        )


def _undefended(arriving: float) -> float:
    return arriving


def _measures(war: _War, struck: _Struck) -> dict[str, float]:
    posture, required = war.assumptions.posture, war.assumptions.required_retaliation.value
    found: dict[str, float] = {}
    costs = {
        (attacker, victim): measures.costs_kent_thaler_1989(
            struck[attacker, victim, posture][1], war.through(attacker), war.through(victim), required
        )
        for attacker, victim in permutations(war.sides, 2)
    }
    for attacker, victim in permutations(war.sides, 2):
        name = victim if len(war.sides) == 2 else f"{victim}<{attacker}"
        drawdown = struck[attacker, victim, posture][0]
        first = war.through(attacker)(struck[victim, attacker, posture][1].ready)
        day, generated = (struck[attacker, victim, state][0].through for state in POSTURES)
        other = war.strike(attacker, victim, posture, not drawdown.launched_under_attack)[0]
        ridden, prompt = sorted((drawdown, other), key=lambda one: one.launched_under_attack)
        found |= {
            f"margin.{name}": measures.margin(drawdown, required),
            f"preemption-advantage.{name}": measures.preemption_advantage(first, drawdown.through),
            f"generation-stability.{name}": measures.ratio(day, generated),
            f"prompt-launch-stability.{name}": measures.ratio(ridden.through, prompt.through),
            f"critical-risk.{name}": measures.critical_risk_ellsberg_1961(costs, victim, attacker),
        }
        if victim < attacker:
            found[f"first-strike-stability.{victim}+{attacker}"] = measures.index_kent_thaler_1989(
                costs, victim, attacker
            )
    return found


def _totals(force: Force, one: Side) -> ForceTotals:
    from detente.forces.kernels import equivalent_megatons  # numba is slow to import

    return ForceTotals(
        party=one.party,
        launchers=sum(kind.launchers.value for kind in force.classes),
        warheads=float(one.warheads.sum()),
        accountable_warheads=counted(force, "attributed"),
        equivalent_megatons=sum(
            float(equivalent_megatons(number, energy))
            for number, energy in zip(one.warheads.tolist(), one.weapon_yield.tolist(), strict=True)
        ),
        alert_day=float((one.warheads * one.alert["day-to-day"]).sum()),
        alert_generated=float((one.warheads * one.alert["generated"]).sum()),
    )
