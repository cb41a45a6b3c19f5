"""START II: its two phases of ceilings, and no ICBM with more than one warhead after the second."""

from __future__ import annotations

from collections.abc import Iterator

from detente.treaties.count import count_start_2, doubt
from detente.treaties.facts import Facts
from detente.treaties.rule import Finding, Law, rule


@rule("I(1) and I(3)")
def warheads(law: Law, facts: Facts) -> Iterator[Finding]:
    """Limit each side's warheads to 4,250, then 3,500."""
    yield from _limits(law, facts, "I(1) and I(3)", ("warheads",))


@rule("I(2) and I(4)")
def sublimits(law: Law, facts: Facts) -> Iterator[Finding]:
    """Limit warheads on SLBMs, and bring those on MIRVed and heavy ICBMs to zero."""
    counted = ("slbm_warheads", "mirved_icbm_warheads", "heavy_icbm_warheads")
    yield from _limits(law, facts, "I(2) and I(4)", counted)


def _limits(law: Law, facts: Facts, article: str, counted: tuple[str, ...]) -> Iterator[Finding]:
    for name in facts.case.forces:
        party, force = law.party(name), facts.forces.get(name)
        if party is None:
            continue
        count = count_start_2(force) if force else None
        for parameter in counted:
            title = law.agreement.parameters[parameter].title
            number = None if count is None else getattr(count, parameter)
            yield law.at_most(
                article,
                parameter,
                number,
                party=party,
                subject=f"force of {name}",
                what=title + (doubt(force, number) if force else ""),
                missing=f"missing: the force of {name} in this case",
            )


RULES = (warheads, sublimits)
"""Every rule of the agreement, in order of its articles."""
