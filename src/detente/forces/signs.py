"""Which way the measures move when forces change: what papers say of it can be tested without their numbers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from detente.catalog.load import catalog
from detente.catalog.records import Catalog, Force
from detente.forces.exchange_model import Stability, exchange
from detente.forces.reduce import reduced
from detente.forces.strike import Posture, Tactics, Through, side, strike
from detente.scenario.scenario import Assumptions, Case, ForcePlan, Scenario
from detente.sources import Cited, at

Pair = tuple[Force, Force]
INTERCEPTORS = (0.0, 300.0, 100_000.0)
"""None, some, and more than can be used, each stopping one warhead in 0.8 of all cases."""
_SHIELD_KILLS = 0.8


def forces_1990() -> Pair:
    """Return the forces of 1 September 1990."""
    return catalog().forces["us-1990"], catalog().forces["ussr-1990"]


def at_1500() -> Pair:
    """Return the forces of 2001, cut in proportion to 1,500 warheads a side."""
    return _cut(catalog().forces["us-2001"]), _cut(catalog().forces["russia-2001"])


def _cut(force: Force, ceiling: float = 1500.0, **plan: str) -> Force:
    made = ForcePlan(base=force.name, ceiling=_number(ceiling), **plan)  # type: ignore[arg-type]
    return reduced(force, made)


def halved(pair: Pair) -> Pair:
    """Return two forces with half the launchers of each class."""
    one, other = (at(force, lambda path, n: n.value * (0.5 if path.endswith("launchers") else 1)) for force in pair)
    return one, other


def silos_at_sea(pair: Pair) -> Pair:
    """Return two forces whose silo missiles stand on submarines that are all at sea."""
    return _based(pair, ("silo",))


def all_at_sea(pair: Pair) -> Pair:
    """Return two forces all of whose warheads are on submarines at sea."""
    return _based(pair, ("silo", "mobile", "rail", "submarine", "bomber"))


def _based(pair: Pair, basings: tuple[str, ...]) -> Pair:
    always = _number(1.0)
    moved = {"basing": "submarine", "hardness": None, "alert_day": always, "alert_generated": always}
    one, other = (
        replace(
            force,
            classes=tuple(replace(kind, **moved) if kind.basing in basings else kind for kind in force.classes),  # type: ignore[arg-type]
        )
        for force in pair
    )
    return one, other


def more_on_alert(pair: Pair) -> Pair:
    """Return two forces that are day to day as ready as generated."""
    one, other = (
        replace(force, classes=tuple(replace(kind, alert_day=kind.alert_generated) for kind in force.classes))
        for force in pair
    )
    return one, other


def more_in_each_silo(pair: Pair) -> Pair:
    """Return two forces with half the silos and twice the warheads on each missile in them."""
    factors = {"launchers": 0.5, "loaded": 2.0}
    one, other = (
        replace(
            force,
            classes=tuple(
                at(kind, lambda path, n: n.value * factors.get(path, 1.0)) if kind.basing == "silo" else kind
                for kind in force.classes
            ),
        )
        for force in pair
    )
    return one, other


def index(pair: Pair, launch: bool = False, interceptors: float = 0.0, required: float = 2000.0) -> float:
    """Return the index of first-strike stability of Kent and Thaler, day to day."""
    found = _exchange(pair, launch, interceptors, required).measures
    return next(value for name, value in found.items() if name.startswith("first-strike-stability"))


def through(interceptors: float) -> Through:
    """Return what gets through so many interceptors."""
    return lambda arriving: arriving - min(arriving, interceptors) * _SHIELD_KILLS


def _exchange(pair: Pair, launch: bool, interceptors: float, required: float) -> Stability:
    day = date(1990, 9, 1)
    plans = {force.party: ForcePlan(base=force.party) for force in pair}
    case = Case(name="case", title="case", summary="", on=day, agreements={}, forces=plans, sensors={})
    scenario = Scenario(
        name="signs",
        title="signs",
        question="",
        on=day,
        parties={},
        threats={},
        cases={},
        assumptions=Assumptions(
            required_retaliation=_number(required),
            launch_under_attack=launch,
            decision_floor=_number(0.0),
            radar_track_time=_number(0.0),
        ),
        coverage_regions={},
        catalog=Catalog(forces={force.party: force for force in pair}),
    )
    return exchange(scenario, case, dict.fromkeys(plans, 60.0), dict.fromkeys(plans, through(interceptors)))


def arriving(victim: str, posture: str, launch: bool, ceiling: float) -> float:
    """Return what arrives in retaliation if both forces of 2001 are cut to a ceiling for best survival.

    Parameters
    ----------
    victim : {"us", "russia"}
        Who answers.
    posture : {"day-to-day", "generated"}
        Alert of both.
    launch : bool
        Whether the victim launches its silos under attack.
    ceiling : float
        Warheads as loaded.
    """
    names = {"us": "us-2001", "russia": "russia-2001"}
    attacker = next(name for name in names if name != victim)
    known = catalog().forces
    own = _cut(known[names[victim]], ceiling, policy="best-survival", against=names[attacker])
    other = _cut(known[names[attacker]], ceiling, policy="best-survival", against=names[victim])
    state: Posture = "generated" if posture == "generated" else "day-to-day"
    drawdown, _ = strike(side(attacker, other), side(victim, own), state, launch, Tactics(), float)
    return drawdown.arriving


def _turn(before: float, after: float) -> float:
    """Return 1 where something rises, -1 where it falls, 0 where it stays."""
    return float(after > before + 1e-9) - float(after < before - 1e-9)


def _against_1990(change: Callable[[Pair], Pair]) -> float:
    return _turn(index(forces_1990()), index(change(forces_1990())))


def _defended(pair: Pair) -> float:
    """Return how much some interceptors on both sides change the index at 400 required warheads."""
    none, some = (index(pair, False, number, 400.0) for number in INTERCEPTORS[:2])
    return some - none


def _ragged() -> float:
    """Return which way interceptors turn what a side delivers second over what it delivers first."""
    none, some = (_exchange(at_1500(), False, number, 400.0).measures for number in INTERCEPTORS[:2])
    names = [name for name in none if name.startswith("preemption-advantage")]
    turns = {_turn(none[name], some[name]) for name in names}
    return -turns.pop() if len(turns) == 1 else 0.0


def _dip() -> float:
    """Return -1 where some defense leaves less stability than none and than a perfect one."""
    none, some, all_of_it = (index(at_1500(), False, number, 400.0) for number in INTERCEPTORS)
    return -1.0 if some < none - 1e-9 and some < all_of_it - 1e-9 else 0.0


SIGNS: dict[str, Callable[[], float]] = {
    "launch": lambda: _turn(index(forces_1990()), index(forces_1990(), launch=True)),
    "cut": lambda: _against_1990(halved),
    "basing": lambda: _against_1990(silos_at_sea),
    "alert": lambda: _against_1990(more_on_alert),
    "loading": lambda: _against_1990(more_in_each_silo),
    "defense-poor": lambda: _turn(0.0, _defended(at_1500())),
    "defense-good": lambda: _turn(0.0, _defended(all_at_sea(at_1500()))),
    "ragged": _ragged,
    "dip": _dip,
}
"""By the change that is made: 1 where the measure rises, 0 where it stays, -1 where it falls."""


def _number(value: float) -> Cited:
    return Cited(value=value, low=value, high=value, source="validation")
