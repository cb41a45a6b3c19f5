"""Accidents Measures: advance notice of launches that leave the national territory toward the other side."""

from __future__ import annotations

from collections.abc import Iterator

from detente.treaties.facts import Facts
from detente.treaties.rule import Finding, Law, rule


@rule("4")
def launches(law: Law, facts: Facts) -> Iterator[Finding]:
    """Give advance notice of launches beyond the national territory in the direction of the other side."""
    for name in facts.case.notices:
        notice = facts.scenario.notices[name]
        party = law.party(notice.by)
        if party:
            said = f"announced ahead of time: its window opens {notice.opens:%Y-%m-%d %H:%M} {notice.opens:%Z}"
            yield law.find("4", "complies", party=party, subject=f"launch {name}", because=said)
    for each in facts.tests:
        party = law.party(each.test.party)
        if party:
            said = (
                f"missing: whether a missile flies from {each.place.title} beyond the national territory toward the "
                "other side, which a planned test does not say; if so, notice is owed before the launch"
            )
            yield law.find("4", "not determinable", party=party, subject=f"test {each.test.name}", because=said)


RULES = (launches,)
"""Every rule of the agreement."""
