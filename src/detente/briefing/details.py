"""The tables of each chapter."""

from __future__ import annotations

from typing import Any

from detente.briefing.names import capital, deployments, readable, sensor, short
from detente.briefing.results import added, areas, engagements
from detente.briefing.tables import Cell, Table, doubt, parted, table
from detente.briefing.words import figures, listed, number_interval
from detente.forces.measures import MEANINGS
from detente.sources import Interval
from detente.study.record import Answer, CaseAnswer


def protection(answer: Answer) -> list[Table]:
    """Return who can meet what, and the defended areas; nothing where no case has a defense."""
    threats, places = answer.scenario.threats, answer.scenario.catalog.places
    fights: dict[str, list[list[object]]] = {}
    zones: dict[str, list[list[object]]] = {}
    for one in answer.cases.values():
        called = deployments(answer.scenario, one.case)
        fights[one.case.title] = [
            [
                threats[row["threat"]].title,
                short(places[row["aim"]].title),
                called[row["deployment"]],
                row["layer"],
                str(row["rounds"]),
                _span(row["first_s"], row["last_s"]),
                row["because"] if row["rounds"] else f"{row['because']}: {row['why']}",
            ]
            for row in sorted(engagements(one), key=lambda item: list(threats).index(item["threat"]))
        ]
        zones[one.case.title] = _zones(answer, one)
    heads = ["threat", "aim", "deployment", "layer", "rounds", "first to last intercept, s", "met, or why not"]
    shown = [parted("engagements", "Who can meet what, when, and why not", heads, fights)]
    heads = ["deployment", "against", *(f"area at {chance}, km²" for chance in _BANDS), "places inside at 50 %"]
    shown.append(parted("areas", "Defended areas, by the chance that the ranges of the inputs leave", heads, zones))
    return [item for item in shown if item.rows]


_BANDS = {"90 %": 0.9, "50 %": 0.5, "10 %": 0.1}


def _zones(answer: Answer, one: CaseAnswer) -> list[list[object]]:
    """Return a row for each deployment and what it defends against; threats with the same areas share a row."""
    called = deployments(answer.scenario, one.case)
    places = answer.scenario.catalog.places
    found: dict[tuple[str, str], dict[float, dict[str, Any]]] = {}
    for row in areas(one):
        found.setdefault((row["deployment"], row["threat"]), {})[row["probability"]] = row
    against: dict[tuple[str, ...], list[str]] = {}
    for (deployment, threat), bands in found.items():
        sizes = [bands[chance]["area_km2"] if chance in bands else 0.0 for chance in _BANDS.values()]
        if any(sizes):
            inside = [short(places[name].title) for name in bands.get(0.5, {"places": ()})["places"]]
            key = (called[deployment], *(figures(size) for size in sizes), listed(inside))
            against.setdefault(key, []).append(answer.scenario.threats[threat].title)
    return [[key[0], "; ".join(titles), *key[1:]] for key, titles in against.items()]


def _span(first: float | None, last: float | None) -> str:
    return "–" if first is None or last is None else f"{first:.0f}–{last:.0f}"


def warning(answer: Answer) -> list[Table]:
    """Return every step from launch to impact; nothing where nobody watches."""
    scenario = answer.scenario
    parts: dict[str, list[list[object]]] = {}
    for one in answer.cases.values():
        for line in one.timelines:
            who = capital(scenario.parties[line.party].title)
            path = f"{scenario.threats[line.threat].title}, aim {short(scenario.catalog.places[line.aim].title)}"
            parts[f"{one.case.title}: {path}; {who}, {line.mode} data"] = [
                [
                    event.event,
                    sensor(scenario, event.sensor) or "–",
                    f"{event.time:.0f}",
                    f"{event.low:.0f}–{event.high:.0f}" if event.low != event.high else "",
                ]
                for event in line.events
            ]
    heads = ["event", "sensor", "s after launch", "10–90 % of the day, s"]
    made = parted("timelines", "From launch to impact, step by step", heads, parts)
    return [made] if made.rows else []


def stability(answer: Answer) -> list[Table]:
    """Return the drawdown by class and the measures; nothing where no exchange is asked for."""
    parties = answer.scenario.parties
    classes: dict[str, list[list[object]]] = {}
    for one in answer.cases.values():
        if one.stability is None:
            continue
        for item in one.stability.drawdowns:
            first = capital(parties[item.attacker].title)
            classes[f"{one.case.title}: {first} strikes first, {item.posture} alert"] = [
                [part.title, part.start, part.alert, part.surviving, part.arriving, part.through]
                for part in item.by_class
            ]
    if not classes:
        return []
    heads = ["victim's class", "had", "on alert", "survive", "at defenses", "arrive"]
    drawn = parted("drawdown", "Warheads by class, step by step", heads, classes)
    return [drawn, _measures(answer)]


def _measures(answer: Answer) -> Table:
    """Return each measure of each side, the cases side by side."""
    made = {one.case.title: one.stability.measures for one in answer.cases.values() if one.stability}
    rows: list[list[object]] = []
    for key in dict.fromkeys(key for measures in made.values() for key in measures):
        name, _, sides = key.partition(".")
        who = capital(listed([answer.scenario.parties[side].title for side in sides.split("+")]))
        values = [figures(float(measures[key])) if key in measures else "–" for measures in made.values()]
        rows.append([capital(MEANINGS[name].title), who, *values, MEANINGS[name].source])
    heads = ["measure", "side", *made, "after"]
    return table("measures", "Measures of stability, each with its paper", heads, rows)


def law(answer: Answer) -> list[Table]:
    """Return every finding, what is broken or owed first; nothing where no agreement is named."""
    parts: dict[str, list[list[object]]] = {}
    for one in answer.cases.values():
        told = [item for item in one.findings if item.status != "silent"]
        parts[one.case.title] = [
            [
                capital(readable(answer.scenario, one.case, item.subject)),
                f"{item.title}, Art. {item.article}",
                Cell(text=item.status, mark=_MARKS.get(item.status, "")),
                item.state.replace("-", " "),
                readable(answer.scenario, one.case, item.because),
                doubt(item.text_status),
            ]
            for item in sorted(told, key=lambda item: _URGENT.get(item.status, 2))
        ]
    heads = ["element", "clause", "finding", "held as", "because", "text of the clause"]
    made = parted("law", "Every finding with its clause and reason", heads, parts)
    return [made] if made.rows else []


_MARKS = {"breaks": "✗", "exceeds": "✗", "complies": "✓"}
_URGENT = {"breaks": 0, "exceeds": 0, "notice owed": 1}


def cooperation(answer: Answer) -> list[Table]:
    """Return what sharing adds, and what the measures cost; nothing where no case has either."""
    scenario = answer.scenario
    gains: list[list[object]] = []
    for one in answer.cases.values():
        for row in added(one):
            if row["added_s"] < 1.0:
                continue
            who = capital(scenario.parties[row["party"]].title)
            path, aim = scenario.threats[row["threat"]].title, short(scenario.catalog.places[row["aim"]].title)
            gained = [f"{row[name] / 60:.1f}" for name in ("own_s", "shared_s", "added_s")]
            gains.append([one.case.title, who, path, aim, *gained])
    heads = ["case", "party", "path", "aim", "own, min", "shared, min", "added, min"]
    shown = [table("sharing", "What shared data adds to warning, where it adds anything", heads, gains), _costs(answer)]
    return [item for item in shown if item.rows]


def _costs(answer: Answer) -> Table:
    known = answer.scenario.catalog.measures
    rows: list[list[object]] = []
    for name in dict.fromkeys(name for one in answer.cases.values() for name in one.case.measures):
        item = known[name]
        price, source = "none published", item.source
        if item.cost is not None:
            interval = Interval(value=item.cost.value, low=item.cost.low, high=item.cost.high)
            price, source = number_interval(interval, scale=1e6), item.cost.source
        within = [one.case.title for one in answer.cases.values() if name in one.case.measures]
        rows.append([item.title, listed(within), price, source, doubt(item.seen), item.note])
    heads = ["measure", "case", "cost, million dollars", "source", "source read", "note"]
    return table("costs", "Measures and their published cost", heads, rows)
