"""1997 statements: theater interceptors by speed, the targets they may be tested against, and what is told of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from detente.catalog.records import Interceptor
from detente.sources import Cited
from detente.treaties.facts import Facts
from detente.treaties.rule import Finding, Law, rule


@dataclass(frozen=True, slots=True, kw_only=True)
class _Theater:
    """A theater interceptor of a party, deployed or tested, with the hardest target it meets."""

    party: str
    subject: str
    interceptor: Interceptor
    target_speed: Cited | None
    target_range: Cited | None


def _theater(law: Law, facts: Facts) -> Iterator[_Theater]:
    for placed in facts.placed:
        party = law.party(placed.deployment.party) or law.party(placed.deployment.purchased_from)
        if party and not placed.interceptor.strategic:
            yield _Theater(
                party=party,
                subject=placed.deployment.name,
                interceptor=placed.interceptor,
                target_speed=placed.interceptor.target_speed,
                target_range=placed.interceptor.largest_target_range,
            )
    for tested in facts.tests:
        party = law.party(tested.test.party)
        if party and not tested.interceptor.strategic:
            yield _Theater(
                party=party,
                subject=f"test {tested.test.name}",
                interceptor=tested.interceptor,
                target_speed=tested.test.target_speed,
                target_range=tested.test.target_range,
            )


@rule("First Statement", "Second Statement")
def targets(law: Law, facts: Facts) -> Iterator[Finding]:
    """Keep the targets of theater interceptors within 5 km/s and 3,500 km."""
    for each in _theater(law, facts):
        interceptor = each.interceptor
        if interceptor.basing == "space":
            continue
        if interceptor.laser_range_liquid is not None:
            said = "a laser, not an interceptor missile with a speed; the statements do not speak of it"
            yield law.find("First Statement", "silent", party=each.party, subject=each.subject, because=said)
        elif interceptor.burnout_speed is None:
            said = f"missing: burnout_speed of interceptor {interceptor.name}, which decides between the statements"
            yield law.find("First Statement", "not determinable", party=each.party, subject=each.subject, because=said)
        else:
            yield from _targets(law, each, interceptor.burnout_speed)


def _targets(law: Law, each: _Theater, speed: Cited) -> Iterator[Finding]:
    slow = law.number("interceptor_speed")
    article = "First Statement" if speed.value <= slow else "Second Statement"
    kind = f"a {'lower' if speed.value <= slow else 'higher'}-velocity system ({_speed(law, speed)})"
    if speed.low <= slow < speed.high:
        kind += f", though its published speed lies on both sides of {law.say('interceptor_speed', slow)}"
    targeted = (("target_speed", each.target_speed), ("target_range", each.target_range))
    for parameter, credited in targeted:
        title = law.agreement.parameters[parameter].title
        yield law.at_most(
            article,
            parameter,
            credited,
            party=each.party,
            subject=each.subject,
            what=f"{kind}, {title}",
            missing=f"{kind}; missing: the {title} it is credited with",
        )


def _speed(law: Law, speed: Cited) -> str:
    said = law.say("interceptor_speed", speed.value)
    if speed.low < speed.high:
        said += f", {law.say('interceptor_speed', speed.low)} to {law.say('interceptor_speed', speed.high)}"
    return said + (", unverified" if speed.unverified else "")


@rule("Second Statement, space")
def space(law: Law, facts: Facts) -> Iterator[Finding]:
    """Bar interceptors in space against theater missiles."""
    for each in _theater(law, facts):
        if each.interceptor.basing == "space":
            said = "a space-based interceptor against other than strategic missiles"
            yield law.find("Second Statement, space", "breaks", party=each.party, subject=each.subject, because=said)


@rule("Confidence Building I(2)", "Confidence Building II(1)")
def notices(law: Law, facts: Facts) -> Iterator[Finding]:
    """Give the other side yearly data on the systems covered, and the name of each range before the first launch."""
    covered = law.agreement.lists["covered"]
    for placed in facts.placed:
        party = law.party(placed.deployment.party)
        if party and placed.interceptor.name in covered:
            said = f"{placed.interceptor.title} is covered: its data are due by 1 April of each year"
            yield law.find(
                "Confidence Building I(2)",
                "notice owed",
                party=party,
                subject=placed.deployment.name,
                because=said,
                due=_first_of_april(law.on),
            )
    for tested in facts.tests:
        party = law.party(tested.test.party)
        if party and tested.interceptor.name in covered:
            said = f"the range ({tested.place.title}) is named ninety days before the first launch there"
            subject = f"test {tested.test.name}"
            yield law.find("Confidence Building II(1)", "notice owed", party=party, subject=subject, because=said)


def _first_of_april(on: date) -> date:
    """Return the next 1 April, that day itself included."""
    return date(on.year + ((on.month, on.day) > (4, 1)), 4, 1)


@rule("Joint Statement")
def plans(law: Law, facts: Facts) -> Iterator[Finding]:
    """Tell each year of plans for theater interceptors above 5.5 km/s on land or in the air, 4.5 km/s at sea."""
    for each in _theater(law, facts):
        speed, based = each.interceptor.burnout_speed, each.interceptor.basing
        if speed is not None and based != "space":
            parameter = "declared_speed_sea" if based == "sea" else "declared_speed"
            yield law.at_most(
                "Joint Statement",
                parameter,
                speed,
                party=each.party,
                subject=each.subject,
                what="interceptor speed, of which plans are told yearly above the limit",
                over="notice owed",
            )


RULES = (targets, space, notices, plans)
"""Every rule of the agreement, in order."""
