"""The answer in plain words: sentences made from the computed numbers, the most important first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from detente.briefing.drivers import said
from detente.briefing.names import capital, owner
from detente.briefing.words import figures, listed, minutes, minutes_interval, number_interval, percent_interval, times
from detente.scenario.scenario import Threat
from detente.sources import Interval
from detente.study.record import Answer, CaseAnswer

if TYPE_CHECKING:
    from detente.treaties.rule import Finding

MOST = 7
"""A reader takes in no more."""

HOW = {
    "protection": "engagement of the raid layer by layer (methods: defense)",
    "warning": "first sensor to report, procedure of the national center (methods: sensing)",
    "stability": "aggregate exchange, both orderings (methods: forces)",
    "law": "clause by clause (methods: treaties)",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One sentence of the answer with the number in it.

    Parameters
    ----------
    text : str
        The sentence.
    value, low, high : float or None
        The number it states, in `unit`, with the interval that the inputs' ranges give it.
    unit : str
        Unit of the three; "1" for a probability or a count.
    case : str
        Name of the case it speaks of.
    source : str
        How it was computed.
    chapter : str
        The chapter that shows how: "protection", "warning", "stability", "law" or "cooperation".
    key : str
        Key of the headline number, empty where it is a count of findings.
    """

    text: str
    value: float | None
    low: float | None
    high: float | None
    unit: str
    case: str
    source: str
    chapter: str
    key: str = ""


def findings(answer: Answer) -> list[Claim]:
    """Return at most seven sentences that answer the scenario's question, the most important first."""
    made = [*_protection(answer), *_warning(answer), *_stability(answer), *_law(answer)]
    turning = list(_turning(answer, made))
    return made[: MOST - len(turning)] + turning


def _claim(
    text: str, one: CaseAnswer, chapter: str, interval: Interval, unit: str, key: str, scale: float = 1
) -> Claim:
    return Claim(
        text=text,
        value=interval.value / scale,
        low=interval.low / scale,
        high=interval.high / scale,
        unit=unit,
        case=one.case.name,
        source=HOW[chapter],
        chapter=chapter,
        key=key,
    )


def _protection(answer: Answer) -> Iterator[Claim]:
    """Say for the raids, worst kind first, in which case most is stopped and what happens in the others."""
    raids = [threat for threat in answer.scenario.threats.values() if threat.kind != "corridor"]
    limited = [threat for threat in raids if threat.kind == "limited"]
    theater = [threat for threat in raids if threat.kind == "theater"]
    other = [threat for threat in raids if threat.kind == "accidental"]
    if limited:
        yield _raid(answer, limited)
    if theater:
        yield _theater(answer, theater)
    if other and not limited:
        yield _raid(answer, other)


def _raid(answer: Answer, threats: list[Threat]) -> Claim:
    """Say the chance that none of the first raid gets through in the best case, and of the others there."""
    first = threats[0]
    key = f"protection.{first.name}.p_no_leak"
    one = max(answer.cases.values(), key=lambda item: item.headlines[key].value)
    interval = one.headlines[key]
    if interval.high < 0.005:
        text = f"{first.title}: in no case is there a real chance that none gets through."
        return _claim(text, one, "protection", interval, "1", key)
    more = [
        f"{threat.title[:1].lower()}{threat.title[1:]}: "
        f"{percent_interval(one.headlines[f'protection.{threat.name}.p_no_leak'])}"
        for threat in threats[1:]
    ]
    rest = [f"the {item.case.title}" for item in answer.cases.values() if item.headlines[key].high < 0.005]
    tail = f". Under {listed(rest)} nothing stops them" if rest else ""
    chance = "; ".join([percent_interval(interval), *more])
    text = f"{first.title}: under the {one.case.title} the chance that none gets through is {chance}{tail}."
    return _claim(text, one, "protection", interval, "1", key)


def _theater(answer: Answer, threats: list[Threat]) -> Claim:
    """Say how many theater missiles are expected to leak in the best case, for the threat where cases differ most."""

    def spread(threat: Threat) -> float:
        values = [item.headlines[f"protection.{threat.name}.expected_leakers"].value for item in answer.cases.values()]
        return max(values) - min(values)

    threat = max(threats, key=spread)
    key = f"protection.{threat.name}.expected_leakers"
    one = min(answer.cases.values(), key=lambda item: item.headlines[key].value)
    interval = one.headlines[key]
    total = threat.missiles * threat.warheads_per_missile
    others = [
        f"{figures(item.headlines[key].value)} under the {item.case.title}"
        for item in answer.cases.values()
        if item is not one
    ]
    tail = f", against {listed(others)}" if others else ""
    leak = number_interval(interval)
    text = f"{threat.title}: under the {one.case.title} {leak} of {total} are expected to get through{tail}."
    return _claim(text, one, "protection", interval, "1", key)


def _warning(answer: Answer) -> Iterator[Claim]:
    """Say where warning is shortest in the first case and what sharing adds there; then the blind hours."""
    first = answer.first
    corridors = [
        line
        for line in first.timelines
        if line.mode == "own" and answer.scenario.threats[line.threat].kind == "corridor"
    ]
    if corridors:
        line = min(corridors, key=lambda item: item.warning_time)
        yield _shortest(answer, first, line.threat, line.party)
    blind = [item for item in first.coverage if item.mode == "own"]
    if blind:
        yield _blind(answer, first, min(blind, key=lambda item: item.hours_per_day))


def _shortest(answer: Answer, first: CaseAnswer, threat: str, party: str) -> Claim:
    key = f"warning.{threat}.own.warning_time"
    interval = first.headlines[key]
    who, path = answer.scenario.parties[party].title, answer.scenario.threats[threat].title
    shared = f"warning.{threat}.shared.warning_time"
    better = [item for item in answer.cases.values() if shared in item.headlines]
    tail = ""
    if better:
        gain = better[0].headlines[shared]
        tail = f"; data shared under the {better[0].case.title} make it {minutes_interval(gain)}"
    text = (
        f"{capital(owner(who))} own sensors give it {minutes_interval(interval)} of warning on the worst path, {path},"
        f" under the {first.case.title}{tail}."
    )
    return _claim(text, first, "warning", interval, "min", key, scale=60)


def _blind(answer: Answer, first: CaseAnswer, least: object) -> Claim:
    party, region = least.party, least.region  # type: ignore[attr-defined]
    hours = 24 - least.hours_per_day  # type: ignore[attr-defined]
    who = answer.scenario.parties[party].title
    where = answer.scenario.catalog.regions[region].title
    others = []
    for item in answer.cases.values():
        best = [one.hours_per_day for one in item.coverage if (one.party, one.region) == (party, region)]
        if item is not first and best:
            others.append(f"{figures(24 - max(best))} under the {item.case.title}")
    tail = f"; {listed(others)}" if others else ""
    if hours or any(not other.startswith("0 ") for other in others):
        told = f"leave {where} unwatched {figures(hours)} hours a day under the {first.case.title}{tail}"
    else:
        told = f"watch {where} at every hour in every case" if others else f"watch {where} at every hour"
    text = f"{capital(owner(who))} satellites {told}."
    interval = Interval(value=hours, low=hours, high=hours)
    return _claim(text, first, "warning", interval, "h", "")


def _stability(answer: Answer) -> Iterator[Claim]:
    """Say the least retaliation in each case and whether it meets the requirement."""
    posture = answer.scenario.assumptions.posture
    weakest = {}
    for one in answer.cases.values():
        rows = [item for item in one.stability.drawdowns if item.posture == posture] if one.stability else []
        if rows:
            weakest[one.case.name] = min(rows, key=lambda item: item.through)
    if not weakest:
        return
    name = min(weakest, key=lambda item: weakest[item].through)
    one, row = answer.cases[name], weakest[name]
    key = f"stability.{row.attacker}-first.{row.posture}.arriving"
    interval = one.headlines[key]
    required = answer.scenario.assumptions.required_retaliation.value
    others = [
        f"{figures(weakest[item].through)} under the {answer.cases[item].case.title}"
        for item in weakest
        if item != name
    ]
    met = "enough" if interval.low >= required else "not enough" if interval.high < required else "not surely enough"
    victim, attacker = (answer.scenario.parties[item].title for item in (row.victim, row.attacker))
    tail = f"; at worst {listed(others)}" if others else ""
    alert = _other_posture(one, row.attacker, row.posture)
    text = (
        f"After a first strike by {attacker} on a {row.posture} alert, {number_interval(interval)} of {owner(victim)} "
        f"warheads arrive in return under the {one.case.title}{alert}, {met} for the {figures(required)} "
        f"held to deter{tail}."
    )
    yield _claim(text, one, "stability", interval, "warheads", key)


def _other_posture(one: CaseAnswer, attacker: str, posture: str) -> str:
    for item in one.stability.drawdowns if one.stability else ():
        if item.attacker == attacker and item.posture != posture:
            return f" ({figures(item.through)} if both are {item.posture})"
    return ""


def _law(answer: Answer) -> Iterator[Claim]:
    """Say which case breaks most, and which break nothing."""
    broken = {
        name: [item for item in one.findings if item.status in {"breaks", "exceeds"}]
        for name, one in answer.cases.items()
    }
    if not any(one.findings for one in answer.cases.values()):
        return
    name = max(broken, key=lambda item: len(broken[item]))
    one, found = answer.cases[name], broken[name]
    clean = [f"the {answer.cases[item].case.title}" for item in broken if not broken[item]]
    if found:
        rest = f"; {listed(clean)} {'breaks' if len(clean) == 1 else 'break'} none" if clean else ""
        doubt = " (part of the texts unverified)" if any(item.text_status == "unverified" for item in found) else ""
        text = f"The {one.case.title} {listed(_broken(found))}{doubt}{rest}."
    else:
        text = "No case breaks a clause of the agreements it names."
    count = float(len(found))
    yield _claim(text, one, "law", Interval(value=count, low=count, high=count), "1", "")


def _broken(found: list[Finding]) -> list[str]:
    """Return for each agreement how often it is broken, in which articles, and how the case holds it."""
    parts = []
    for title in dict.fromkeys(item.title for item in found):
        mine = [item for item in found if item.title == title]
        verb = "breaks" if mine[0].binding else "would break"
        held = {"in-force": "", "as-if-in-force": ", taken as if in force,", "set-aside": ", if it still held,"}
        articles = listed(list(dict.fromkeys(item.article for item in mine)))
        often = times(len(mine))
        parts.append(f"{verb} the {title}{held[mine[0].state]} {often} (Art. {articles})")
    return parts


def _turning(answer: Answer, made: list[Claim]) -> Iterator[Claim]:
    """Say which assumption moves the first claim most."""
    for claim in made:
        drivers = answer.cases[claim.case].drivers.get(claim.key, ())
        if not drivers:
            continue
        top = drivers[0]
        one = answer.cases[claim.case]
        ends = sorted((top.at_low, top.at_high))
        percent = claim.key.endswith("p_no_leak")
        seconds = claim.unit == "min"
        low, high = (f"{item * 100:.0f} %" if percent else minutes(item) if seconds else figures(item) for item in ends)
        doubt = " (unverified)" if top.unverified else ""
        text = (
            f"It depends most on {said(top.assumption)}{doubt}: over its published or assumed range alone, "
            f"the first figure above runs from {low} to {high}."
        )
        interval = Interval(value=one.headlines[claim.key].value, low=ends[0], high=ends[1])
        yield _claim(text, one, claim.chapter, interval, claim.unit, claim.key, scale=60 if seconds else 1)
        return
