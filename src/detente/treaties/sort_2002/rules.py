"""Moscow Treaty: the number that each side declares, on the last day of 2012."""

from __future__ import annotations

from collections.abc import Iterator

from detente.treaties.facts import Facts
from detente.treaties.rule import Finding, Law, rule


@rule("I")
def warheads(law: Law, facts: Facts) -> Iterator[Finding]:
    """Limit the number that a side declares to 1,700 to 2,200; nothing says how to count it or how to verify it."""
    for name, plan in facts.case.forces.items():
        party = law.party(name)
        if party is None:
            continue
        yield law.at_most(
            "I",
            "warheads",
            plan.ceiling,
            party=party,
            subject=f"force of {name}",
            what="warheads as declared (no counting rule, not verifiable)",
            missing="missing: the number that the side declares; the treaty has no rule to count a force "
            f"(add a ceiling to the forces of {name})",
        )


RULES = (warheads,)
"""Every rule of the agreement."""
