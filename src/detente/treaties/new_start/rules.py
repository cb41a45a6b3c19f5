"""New START: the three aggregate limits of Article II, on the force as Article III counts it."""

from __future__ import annotations

from collections.abc import Iterator

from detente.treaties.count import count_new_start, doubt
from detente.treaties.facts import Facts
from detente.treaties.rule import Finding, Law, rule


@rule("II(1)(a)")
def deployed(law: Law, facts: Facts) -> Iterator[Finding]:
    """Limit deployed missiles and bombers to 700."""
    yield from _limit(law, facts, "II(1)(a)", "deployed")


@rule("II(1)(b)")
def warheads(law: Law, facts: Facts) -> Iterator[Finding]:
    """Limit warheads, those on missiles as loaded and one for each bomber, to 1,550."""
    yield from _limit(law, facts, "II(1)(b)", "warheads")


@rule("II(1)(c)")
def launchers(law: Law, facts: Facts) -> Iterator[Finding]:
    """Limit launchers and bombers, deployed or not, to 800; the deployed alone may already be more."""
    yield from _limit(law, facts, "II(1)(c)", "launchers_total")


def _limit(law: Law, facts: Facts, article: str, parameter: str) -> Iterator[Finding]:
    for name in facts.case.forces:
        party, force = law.party(name), facts.forces.get(name)
        if party is None:
            continue
        count = count_new_start(force) if force else None
        number = None if count is None else getattr(count, parameter)
        missing = f"missing: the force of {name} in this case"
        if count is not None and parameter == "launchers_total":
            number = count.deployed if _over(law, count.deployed) else None
            missing = f"missing: what {name} has that is not deployed; the deployed alone are within the limit"
        yield law.at_most(
            article,
            parameter,
            number,
            party=party,
            subject=f"force of {name}",
            what=law.agreement.parameters[parameter].title + (doubt(force, number) if force else ""),
            missing=missing,
        )


def _over(law: Law, count: float) -> bool:
    """Whether a count is over the limit of 800, be it binding yet or not."""
    return count > law.number("launchers_total")


RULES = (deployed, warheads, launchers)
"""Every rule of the agreement, in order of its articles."""
