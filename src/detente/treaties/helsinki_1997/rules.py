"""Helsinki framework: the number that each side declares, on the last day of 2007."""

from __future__ import annotations

from collections.abc import Iterator

from detente.treaties.facts import Facts
from detente.treaties.rule import Finding, Law, rule


@rule("Levels")
def warheads(law: Law, facts: Facts) -> Iterator[Finding]:
    """Limit the number that a side declares to 2,000 to 2,500; the statement does not say how to count it."""
    for name, plan in facts.case.forces.items():
        party = law.party(name)
        if party:
            yield law.at_most(
                "Levels",
                "warheads",
                plan.ceiling,
                party=party,
                subject=f"force of {name}",
                what="warheads as declared (the statement has no counting rule)",
                missing="missing: the number that the side declares; the statement has no rule to count a force "
                f"(add a ceiling to the forces of {name})",
            )


RULES = (warheads,)
"""Every rule of the framework."""
