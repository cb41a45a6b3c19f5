"""ABM Treaty: where ABM radars, early-warning radars and other large radars may stand, and how they may look."""

from __future__ import annotations

from collections.abc import Iterator

from detente.catalog.records import Radar
from detente.treaties.facts import Facts, Watching, distance
from detente.treaties.rule import Finding, Law, Status, rule

_WORKED = {"operational", "degraded"}


@rule("III", "III(a)", "III(b)", "SCC 1978 I(3)")
def abm_radars(law: Law, facts: Facts) -> Iterator[Finding]:
    """Keep ABM radars in the permitted area, or at a test range for tests."""
    count: dict[str, int] = {}
    for each in facts.radars:
        party = law.party(each.radar.party)
        if party and each.radar.role == "abm" and _standing(each, law):
            finding = _sited(law, facts, party, each)
            count[party] = count.get(party, 0) + (finding.article == "III(a)")
            yield finding
    for party, number in count.items():
        if number:
            what, subject = "ABM radar complexes, one a radar", f"ABM radars of {party}"
            yield law.at_most(
                "III(a)", "radar_complexes", float(number), party=party, subject=subject, what=what, over="breaks"
            )


def _standing(each: Watching, law: Law) -> bool:
    """Whether a radar counts on the date: under construction and testing too (Art. II(2)), closed ones not."""
    states = [status.state for status in each.radar.status if status.since <= law.on]
    return each.use == "rebuilt" or (bool(states) and states[-1] != "closed")


def _sited(law: Law, facts: Facts, party: str, each: Watching) -> Finding:
    name = each.radar.name
    ranges = [facts.place(place) for place in law.agreement.lists[f"ranges {party}"]]
    radius = law.agreement.parameters["area_radius"].values[0]
    if each.use == "test cue" and any(place and distance(place, each.place) <= radius.si for place in ranges):
        said = "stands for tests near a listed test range"
        return law.find("SCC 1978 I(3)", "complies", party=party, subject=name, because=said)
    center = facts.place(law.agreement.lists[f"area {party}"][0])
    if center is None:
        said = f'missing: the place "{law.agreement.lists[f"area {party}"][0]}"; add it under [places]'
        return law.find("III", "not determinable", party=party, subject=name, because=said)
    away = distance(center, each.place)
    said = f"an ABM radar {law.say('area_radius', away)} from {center.name}, the center of the party's one area"
    said += " (its position is unverified)" if each.radar.latitude.unverified else ""
    limit = ("area_radius", radius, away)
    if away <= radius.si:
        article = "III(a)" if party == "russia" else "III(b)"
        return law.find(article, "complies", party=party, subject=name, because=said, limit=limit)
    return law.find("III", "breaks", party=party, subject=name, because=said, limit=limit)


@rule("VI(b)", "VII")
def warning_radars(law: Law, facts: Facts) -> Iterator[Finding]:
    """Keep future early-warning radars on the edge of their owner's territory, looking outward."""
    for each in facts.radars:
        party = law.party(each.radar.party)
        if party and each.radar.role == "early-warning" and each.use == "rebuilt":
            yield _warning(law, party, each)


def _warning(law: Law, party: str, each: Watching) -> Finding:
    radar = each.radar
    worked = any(status.state in _WORKED and status.since <= law.on for status in radar.status)
    verdict: Status
    if law.party(radar.host) != party:
        verdict, said = _abroad(party, radar.host, worked)
    elif worked:
        verdict, said = "complies", "a radar that has worked before is put in order where it stands (Art. VII)"
    elif radar.outward:
        verdict, said = "complies", _edge(radar)
    else:
        verdict, said = "breaks", "not on the edge of the national territory, or not looking outward"
    article = "VII" if worked else "VI(b)"
    return law.find(article, verdict, party=party, subject=radar.name, because=said)


def _edge(radar: Radar) -> str:
    said = "taken to stand on the edge of the national territory and to look outward; the treaty measures neither"
    recalled = any(face.azimuth_min.unverified or face.azimuth_max.unverified for face in radar.faces)
    return said + ("; the sector it would see is unverified" if recalled else "")


def _abroad(party: str, host: str, worked: bool) -> tuple[Status, str]:
    if not worked:
        return "breaks", f"a new early-warning radar of {party} in {host}, outside its territory"
    return (
        "not determinable",
        f"a radar in {host} that has worked before is put in order; missing: whether that is modernization (Art. VII) "
        "or a new deployment outside national territory (Art. VI(b)), which the commission would have to settle",
    )


@rule("Statement F")
def large_radars(law: Law, facts: Facts) -> Iterator[Finding]:
    """Keep large phased-array radars to early warning, a permitted area, space tracking and verification."""
    for each in facts.radars:
        party, radar = law.party(each.radar.party), each.radar
        if not party or radar.role != "theater" or not radar.phased_array:
            continue
        power = radar.power_aperture
        yield law.at_most(
            "Statement F",
            "radar_potential",
            power,
            party=party,
            subject=radar.name,
            what="mean power times antenna area of a phased-array radar for theater defense",
            missing=f"missing: power_aperture of radar {radar.name}",
            over="breaks",
        )
