"""ABM Treaty: reloading, air defense at test ranges, systems on other principles, and joint exercises."""

from __future__ import annotations

from collections.abc import Iterator

from detente.treaties.facts import Facts, Tested
from detente.treaties.rule import Finding, Law, rule


@rule("V(2)")
def reload(law: Law, facts: Facts) -> Iterator[Finding]:
    """Bar launchers that are reloaded rapidly; what a case says of reserves leaves open how they are loaded."""
    for each in facts.placed:
        party, reserve = law.party(each.deployment.party), each.deployment.reserve
        if party and reserve and reserve.high > 0.0 and each.role(law.number("strategic_range")):
            said = (
                "empty launchers are reloaded while the battle lasts; missing: whether by an automatic, semi-automatic "
                "or similar system, which the treaty bars (leave out the reserve to have none)"
            )
            yield law.find("V(2)", "not determinable", party=party, subject=each.deployment.name, because=said)


@rule("SCC 1985")
def air_defense(law: Law, facts: Facts) -> Iterator[Finding]:
    """Keep air defenses at an ABM test range switched off while strategic or ABM missiles are launched there."""
    far = law.number("strategic_range")
    ranges = {site for party in law.agreement.parties for site in law.agreement.lists[f"ranges {party}"]}
    ranges |= {each.test.range_site for each in facts.tests if each.interceptor.strategic}
    for each in facts.tests:
        party, aimed = law.party(each.test.party), each.test.target_range
        strategic = aimed is not None and aimed.value > far
        if party and each.test.range_site in ranges and (strategic or each.interceptor.strategic):
            yield from _concurrent(law, facts, party, each, strategic)


def _concurrent(law: Law, facts: Facts, party: str, each: Tested, strategic: bool) -> Iterator[Finding]:
    """Find for one launch to or at a test range what operates beside it."""
    site, subject = each.test.range_site, f"test {each.test.name}"
    if each.interceptor.name in law.agreement.lists["air defense"]:
        said = f"{each.interceptor.title}, an air defense, operates at {site} while a strategic missile flies to it"
        if strategic:
            yield law.find("SCC 1985", "breaks", party=party, subject=subject, because=said)
        return
    beside = [
        placed.deployment.name
        for placed in facts.placed
        if placed.deployment.site == site
        and law.party(placed.deployment.party) == party
        and placed.interceptor.name in law.agreement.lists["air defense"]
    ]
    if beside:
        said = f"air defenses stand at {site} ({', '.join(beside)}); missing: whether they operate during the launch"
        yield law.find("SCC 1985", "not determinable", party=party, subject=subject, because=said)


@rule("Statement D")
def other_principles(law: Law, facts: Facts) -> Iterator[Finding]:
    """Have both sides agree on limits for fixed land-based ABM systems on other physical principles."""
    for each in facts.placed:
        party, role = law.party(each.deployment.party), each.role(law.number("strategic_range"))
        fixed = each.interceptor.basing == "fixed-land"
        if party and role and fixed and each.interceptor.laser_range_liquid is not None:
            said = f"a laser, {role}: its limits are to be discussed and agreed between the sides"
            yield law.find("Statement D", "consent needed", party=party, subject=each.deployment.name, because=said)


@rule("IX")
def exercises(law: Law, facts: Facts) -> Iterator[Finding]:
    """Tell that no clause speaks of joint exercises."""
    held = [name for name in facts.case.measures if name in law.agreement.lists["exercises"]]
    for name in held:
        said = "no clause speaks of exercises; ABM components and their blueprints may not be passed on in one"
        yield law.find("IX", "silent", party="all", subject=name, because=said)
