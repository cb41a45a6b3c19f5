"""START I: the aggregate limits of Article II, on the force as Article III counts it."""

from __future__ import annotations

from collections.abc import Iterator

from detente.treaties.count import count_start_1, doubt
from detente.treaties.facts import Facts
from detente.treaties.rule import Finding, Law, rule


@rule("II(1)(a)")
def vehicles(law: Law, facts: Facts) -> Iterator[Finding]:
    """Limit missiles with their launchers, bombers, and heavy ICBMs among them."""
    yield from _limits(law, facts, "II(1)(a)", ("delivery_vehicles", "heavy_icbms"))


@rule("II(1)(b)")
def warheads(law: Law, facts: Facts) -> Iterator[Finding]:
    """Limit attributed warheads, and those on missiles, mobile ICBMs and heavy ICBMs."""
    counted = ("warheads", "ballistic_missile_warheads", "mobile_icbm_warheads", "heavy_icbm_warheads")
    yield from _limits(law, facts, "II(1)(b)", counted)


@rule("II(3)")
def throw_weight(law: Law, facts: Facts) -> Iterator[Finding]:
    """Limit the throw-weight of deployed missiles to 3,600 metric tons."""
    yield from _limits(law, facts, "II(3)", ("throw_weight",))


def _limits(law: Law, facts: Facts, article: str, counted: tuple[str, ...]) -> Iterator[Finding]:
    for name in facts.case.forces:
        party = law.party(name)
        if party is None:
            continue
        force = facts.forces.get(name)
        count = count_start_1(force, party) if force else None
        for parameter in counted:
            title = law.agreement.parameters[parameter].title
            number = None if count is None else getattr(count, parameter)
            missing = f"the force of {name} in this case" if count is None else _missing(parameter)
            yield law.at_most(
                article,
                parameter,
                number,
                party=party,
                subject=f"force of {name}",
                what=title + (doubt(force, number) if force else ""),
                missing=f"missing: {missing}",
            )


def _missing(parameter: str) -> str:
    if parameter == "throw_weight":
        return "the throw_weight of a missile class of the force"
    return "the cruise missiles that bombers beyond the flat rate are equipped for"


RULES = (vehicles, warheads, throw_weight)
"""Every rule of the agreement, in order of its articles."""
