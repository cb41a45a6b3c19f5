"""ABM Treaty: where interceptors may stand, how many, how based, what may be tested, and what may cross a border."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from detente.catalog.records import Interceptor, Place
from detente.sources import Cited
from detente.treaties.abm_1972.others import air_defense, exercises, other_principles, reload
from detente.treaties.abm_1972.radars import abm_radars, large_radars, warning_radars
from detente.treaties.facts import Facts, Placed, distance
from detente.treaties.rule import Finding, Law, Status, rule

_NOT_FIXED = {"sea": "sea-based", "air": "air-based", "space": "space-based", "mobile-land": "mobile land-based"}


def abm(law: Law, facts: Facts, party: str) -> list[Placed]:
    """Return a party's elements that serve to counter strategic ballistic missiles (Art. II(1)), tests included."""
    far = law.number("strategic_range")
    return [each for each in facts.placed if law.party(each.deployment.party) == party and each.role(far)]


def inside(law: Law, facts: Facts, party: str, place: Place | None) -> float | None:
    """Return the distance of a place from the center of a party's permitted area [m], None without a center."""
    center = facts.place(law.agreement.lists[f"area {party}"][0])
    return None if center is None or place is None else distance(center, place)


@rule("I(2)")
def national_defense(law: Law, facts: Facts) -> Iterator[Finding]:
    """Bar ABM systems for a defense of the territory, a base for one, and regions outside Art. III."""
    radius = law.number("area_radius")
    for party in law.agreement.parties:
        outside: list[Placed] = []
        based: list[Placed] = []
        elements = abm(law, facts, party)
        for each in elements:
            away = inside(law, facts, party, each.place)
            fixed = each.interceptor.basing == "fixed-land"
            if fixed and away is not None and away <= radius:
                continue
            (outside if each.deployment.status == "deployed" else based).append(each)
        if outside:
            named = "; ".join(f"{each.deployment.name}: {each.role(law.number('strategic_range'))}" for each in outside)
            said = f"deployed outside the one permitted area ({named})"
            yield law.find("I(2)", "breaks", party=party, subject=f"defense of {party}", because=said)
        elif elements and not based:
            said = "its only ABM system stands in the permitted area"
            yield law.find("I(2)", "complies", party=party, subject=f"defense of {party}", because=said)
        elif not elements and party in facts.case.forces:
            said = "it deploys no ABM system"
            yield law.find("I(2)", "complies", party=party, subject=f"defense of {party}", because=said)
        yield from (_base(law, party, each) for each in based if each.deployment.protects)


def _base(law: Law, party: str, each: Placed) -> Finding:
    said = (
        f"test launchers that the case counts on to protect {', '.join(each.deployment.protects)} may be a base for a "
        'defense; missing: whether they can be used operationally (say status = "deployed", or protects = [])'
    )
    return law.find("I(2)", "not determinable", party=party, subject=each.deployment.name, because=said)


@rule("III", "III(a)", "III(b)", "Protocol I", "Protocol II")
def permitted_area(law: Law, facts: Facts) -> Iterator[Finding]:
    """Keep fixed ABM interceptors within 150 km of the one permitted center, a hundred at most."""
    for party in law.agreement.parties:
        fixed = [
            each
            for each in abm(law, facts, party)
            if each.interceptor.basing == "fixed-land" and each.deployment.status == "deployed"
        ]
        permitted: list[Cited] = []
        for each in fixed:
            finding = _sited(law, facts, party, each)
            numbers = [each.deployment.count, *([each.deployment.reserve] if each.deployment.reserve else [])]
            permitted += numbers if finding.status in {"complies", "notice owed"} else []
            yield finding
        if permitted:
            article = "III(a)" if party == "russia" else "III(b)"
            subject = f"ABM interceptors of {party}"
            what = "fixed land-based interceptors in the area, reserves too, no fewer than its launchers"
            what += ", a number in part unverified" if any(each.unverified for each in permitted) else ""
            count = sum(each.value for each in permitted)
            yield law.at_most(article, "interceptors", count, party=party, subject=subject, what=what, over="breaks")


def _sited(law: Law, facts: Facts, party: str, each: Placed) -> Finding:
    name = each.deployment.name
    center = law.agreement.lists[f"area {party}"][0]
    away = inside(law, facts, party, each.place)
    if away is None:
        said = f'missing: the place "{center}", or the site of {name}; add it under [places]'
        return law.find("III", "not determinable", party=party, subject=name, because=said)
    radius = law.agreement.parameters["area_radius"].values[0]
    reach = law.say("area_radius", radius.si)
    said = f"{law.say('area_radius', away)} from {center}, the center of its one area of {reach}"
    limit = ("area_radius", radius, away)
    if away <= radius.si:
        article = "III(a)" if party == "russia" else "III(b)"
        return law.find(article, "complies", party=party, subject=name, because=said, limit=limit)
    if _in_other_area(law, facts, party, each.place):
        article, status, more = _changed(law)
        return law.find(article, status, party=party, subject=name, because=said + more, limit=limit)
    return law.find("III", "breaks", party=party, subject=name, because=said, limit=limit)


def _in_other_area(law: Law, facts: Facts, party: str, place: Place | None) -> bool:
    """Whether a place lies in the area that a party gave up by the Protocol."""
    centers = [facts.place(name) for name in law.agreement.lists.get(f"other area {party}", ())]
    return any(center and place and distance(center, place) <= law.number("area_radius") for center in centers)


def _changed(law: Law) -> tuple[str, Status, str]:
    """Return what holds of the area that a party gave up: clause, status, and words to add."""
    every = law.limit("review_year")
    if every is None:
        return "III(a)", "complies", "; but around its capital, where Art. III permits a second area"
    if review_year(law.on, int(every.si)):
        said = (
            "; but around its capital, to which it may change once, in a review year such as this, with advance notice"
        )
        return "Protocol II", "notice owed", said
    return "Protocol I", "breaks", "; around its capital it may deploy only after the one change, in a review year"


def review_year(on: date, every: int) -> bool:
    """Whether a day lies in a year of treaty review: from 3 October 1977, every `every` years.

    Examples
    --------
    >>> review_year(date(1977, 10, 3), 5), review_year(date(1978, 10, 3), 5), review_year(date(1998, 10, 2), 5)
    (True, False, True)
    """
    began = on.year if (on.month, on.day) >= (10, 3) else on.year - 1
    return began >= 1977 and (began - 1977) % every == 0


@rule("SCC 1978 I(3)", "SCC 1978 I(4)", "IV")
def test_ranges(law: Law, facts: Facts) -> Iterator[Finding]:
    """Keep ABM tests to the listed or additionally agreed ranges, with fifteen launchers at most."""
    for party in law.agreement.parties:
        launchers = _test_launchers(law, facts, party)
        for site in sorted({site for site, _ in launchers}):
            yield _range(law, party, site)
        if launchers:
            subject, what = f"test launchers of {party}", "ABM launchers at test ranges"
            total = sum(launchers.values())
            yield law.at_most("IV", "test_launchers", total, party=party, subject=subject, what=what, over="breaks")


def _range(law: Law, party: str, site: str) -> Finding:
    listed = law.agreement.lists[f"ranges {party}"]
    subject = f"tests at {site}"
    if site in listed:
        said = "one of the two test ranges that the party had in 1972"
        return law.find("SCC 1978 I(3)", "complies", party=party, subject=subject, because=said)
    said = (
        f"not a test range of 1972 ({', '.join(listed)}); a further one is declared to the other side within thirty "
        "days of the start of construction, and has to be consistent with the treaty, which is open where its "
        "launchers could also serve as a defense"
    )
    return law.find("SCC 1978 I(4)", "notice owed", party=party, subject=subject, because=said)


def _test_launchers(law: Law, facts: Facts, party: str) -> dict[tuple[str, str], float]:
    """Return a party's ABM test launchers by site and interceptor.

    Planned tests of one interceptor at one site share its launchers; interceptors deployed there for tests stand on
    one launcher each; the larger of the two counts.
    """
    found: dict[tuple[str, str], float] = {}
    for each in facts.tests:
        if law.party(each.test.party) == party and each.interceptor.strategic:
            key = (each.test.range_site, each.interceptor.name)
            found[key] = max(found.get(key, 0.0), each.test.launchers.value)
    standing: dict[tuple[str, str], float] = {}
    for placed in abm(law, facts, party):
        if placed.deployment.status == "test" and placed.deployment.site:
            key = (placed.deployment.site, placed.interceptor.name)
            standing[key] = standing.get(key, 0.0) + placed.deployment.count.value
    return {key: max(found.get(key, 0.0), standing.get(key, 0.0)) for key in found | standing}


@rule("V(1)")
def basing(law: Law, facts: Facts) -> Iterator[Finding]:
    """Bar the development, test and deployment of ABM components at sea, in the air, in space, or mobile on land."""
    for party in law.agreement.parties:
        for each in abm(law, facts, party):
            role = each.role(law.number("strategic_range"))
            yield _basing(law, party, each.deployment.name, each.interceptor, role)
        yield from _doubtful(law, facts, party)
        for tested in facts.tests:
            if law.party(tested.test.party) == party and tested.interceptor.strategic:
                role = "built to counter strategic ballistic missiles"
                yield _basing(law, party, f"test {tested.test.name}", tested.interceptor, role)


def _basing(law: Law, party: str, subject: str, interceptor: Interceptor, role: str) -> Finding:
    if interceptor.basing in _NOT_FIXED:
        said = f"{_NOT_FIXED[interceptor.basing]}, and {role}"
        if interceptor.laser_range_liquid is not None:
            said += (
                "; a laser, on whose limits Agreed Statement D has both sides confer: that Art. V(1) covers it is our "
                "reading"
            )
        return law.find("V(1)", "breaks", party=party, subject=subject, because=said)
    return law.find("V(1)", "complies", party=party, subject=subject, because="fixed and land-based")


def _doubtful(law: Law, facts: Facts, party: str) -> Iterator[Finding]:
    for each in facts.placed:
        doubt, based = each.doubt(law.number("strategic_range")), _NOT_FIXED.get(each.interceptor.basing)
        if doubt and based and law.party(each.deployment.party) == party:
            said, name = f"{based}; {doubt}", each.deployment.name
            yield law.find("V(1)", "not determinable", party=party, subject=name, because=said)


@rule("VI(a)")
def other_systems(law: Law, facts: Facts) -> Iterator[Finding]:
    """Bar giving other interceptors a capability to counter strategic missiles, and testing them for it."""
    for each in facts.placed:
        deployment, interceptor = each.deployment, each.interceptor
        party = law.party(deployment.party) or law.party(deployment.purchased_from)
        if party and not interceptor.strategic:
            credited = interceptor.largest_target_range
            far = law.number("strategic_range")
            if each.doubt(far):
                yield law.find(
                    "VI(a)", "not determinable", party=party, subject=deployment.name, because=each.doubt(far)
                )
                continue
            yield _capability(law, party, deployment.name, credited, each.role(far))
    for tested in facts.tests:
        party = law.party(tested.test.party)
        if party and not tested.interceptor.strategic:
            yield _capability(law, party, f"test {tested.test.name}", tested.test.target_range, "")


def _capability(law: Law, party: str, subject: str, credited: Cited | None, role: str) -> Finding:
    if role:
        return law.find(
            "VI(a)", "breaks", party=party, subject=subject, because=f"no ABM component by origin, but {role}"
        )
    return law.at_most(
        "VI(a)",
        "strategic_range",
        credited,
        party=party,
        subject=subject,
        what="greatest range of a target it is credited or tested against (the 1972 text gives no number; the limit is "
        "our reading)",
        missing="missing: the range of the missiles it is credited or tested against "
        "(largest_target_range of the interceptor, target_range of the test)",
        over="breaks",
    )


@rule("IX")
def borders(law: Law, facts: Facts) -> Iterator[Finding]:
    """Bar the transfer of ABM components to other states and their deployment outside the national territory."""
    far = law.number("strategic_range")
    for each in facts.placed:
        owner, seller = law.party(each.deployment.party), law.party(each.deployment.purchased_from)
        role = each.role(far)
        if seller:
            yield _transfer(law, seller, each, role)
        if owner and role and each.interceptor.basing in {"fixed-land", "mobile-land"}:
            yield _abroad(law, owner, each)
    sharing = facts.case.sharing
    if sharing and any(law.party(name) for name in sharing.between):
        said = "no clause speaks of early-warning data; only ABM components and their blueprints may not be passed on"
        for party in sorted({law.party(name) or "" for name in sharing.between} - {""}):
            yield law.find("IX", "silent", party=party, subject="shared early-warning data", because=said)


def _transfer(law: Law, seller: str, each: Placed, role: str) -> Finding:
    buyer = each.deployment.party
    if role:
        said = f"an ABM component ({role}) goes from {seller} to {buyer}"
        return law.find("IX", "breaks", party=seller, subject=each.deployment.name, because=said)
    said = (
        f"{each.interceptor.title} goes from {seller} to {buyer}, but is no ABM component as long as Art. VI(a) is kept"
    )
    return law.find("IX", "complies", party=seller, subject=each.deployment.name, because=said)


def _abroad(law: Law, owner: str, each: Placed) -> Finding:
    name, host = each.deployment.name, each.place.host if each.place else ""
    if not host:
        said = f'missing: whose territory the site "{each.deployment.site}" lies in; add host = "…" to that place'
        return law.find("IX", "not determinable", party=owner, subject=name, because=said)
    if law.party(host) == owner:
        said = "stands on the party's own territory"
        return law.find("IX", "complies", party=owner, subject=name, because=said)
    said = f"an ABM component of {owner} on the territory of {host}"
    return law.find("IX", "breaks", party=owner, subject=name, because=said)


RULES = (
    national_defense,
    permitted_area,
    test_ranges,
    basing,
    reload,
    other_systems,
    air_defense,
    borders,
    exercises,
    other_principles,
    abm_radars,
    warning_radars,
    large_radars,
)
"""Every rule of the agreement, in order of its articles."""
