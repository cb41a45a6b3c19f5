"""The chapters of a briefing: claim, main picture, a few sentences, tables, what drives it, how it was computed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from detente.briefing import charts, details
from detente.briefing.charts import Chart
from detente.briefing.drivers import said
from detente.briefing.findings import findings
from detente.briefing.methods import left_out, method
from detente.briefing.names import capital, sensor
from detente.briefing.results import added
from detente.briefing.tables import Table, table
from detente.briefing.words import figures, listed, minutes, number_interval, percent
from detente.study.record import Answer, CaseAnswer, Driver


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """One chapter of the page."""

    name: str
    claim: str
    charts: tuple[Chart, ...]
    sentences: tuple[str, ...]
    tables: tuple[Table, ...]
    drivers: Table
    method: tuple[str, ...]


def chapters(answer: Answer) -> tuple[Chapter, ...]:
    """Return the five chapters: protection, warning, stability, law, cooperation."""
    return (
        _chapter(answer, "protection", charts.protection(answer), _protection(answer), details.protection(answer)),
        _chapter(answer, "warning", charts.warning(answer), _warning(answer), details.warning(answer)),
        _chapter(answer, "stability", charts.stability(answer), _stability(answer), details.stability(answer)),
        _chapter(answer, "law", charts.law(answer), _law(answer), details.law(answer)),
        _chapter(answer, "cooperation", charts.cooperation(answer), _cooperation(answer), details.cooperation(answer)),
    )


def _chapter(answer: Answer, name: str, drawn: tuple[Chart, ...], sentences: list[str], tables: list[Table]) -> Chapter:
    claims = [claim.text for claim in findings(answer) if claim.chapter == name]
    heading = (
        _gain(answer) if name == "cooperation" else claims[0] if claims else f"Nothing in this scenario bears on {name}"
    )
    return Chapter(
        name=name,
        claim=heading.rstrip("."),
        charts=drawn,
        sentences=tuple(sentences),
        tables=tuple(tables),
        drivers=_drivers(answer, name),
        method=method(name),
    )


def _drivers(answer: Answer, name: str) -> Table:
    """Return the ranked assumptions of the chapter's headline numbers, one headline a case."""
    rows: list[list[object]] = []
    for one in answer.cases.values():
        moved = {key: items for key, items in one.drivers.items() if key.startswith(f"{name}.") and items}
        if not moved:
            continue
        key = max(moved, key=lambda item: _relative(one, item, moved[item][0]))
        for driver in moved[key][:3]:
            doubt = " (unverified)" if driver.unverified else ""
            shown = _number(key)
            rows.append(
                [
                    one.case.title,
                    _label(answer, key),
                    said(driver.assumption) + doubt,
                    shown(driver.at_low),
                    shown(driver.at_high),
                ]
            )
    heads = ["case", "number", "assumption", "at its low end", "at its high end"]
    return table(f"{name}-drivers", "The assumptions that move each number most, one at a time", heads, rows)


def _relative(one: CaseAnswer, key: str, driver: Driver) -> float:
    scale = max(abs(one.headlines[key].value), abs(driver.at_low), abs(driver.at_high), 1e-9)
    return driver.swing / scale


def _number(key: str) -> Callable[[float], str]:
    if key.endswith("p_no_leak"):
        return percent
    return minutes if key.endswith("_time") else figures


def _label(answer: Answer, key: str) -> str:
    kind, name, *rest = key.split(".")
    if kind == "stability":
        attacker = answer.scenario.parties[name.removesuffix("-first")].title
        return f"{capital(attacker)} first, {rest[0]}: {rest[1]}"
    title = answer.scenario.threats[name].title
    return f"{title}: {' '.join(rest).replace('_', ' ')}"


def _protection(answer: Answer) -> list[str]:
    """Say for the case that stops most which layer does what, and why the others do not meet the raid."""
    found = []
    for name, threat in answer.scenario.threats.items():
        if threat.kind == "corridor":
            continue
        one = min(answer.cases.values(), key=lambda item: item.headlines[f"protection.{name}.expected_leakers"].value)
        outcome = one.outcomes[name]
        leak = one.headlines[f"protection.{name}.expected_leakers"]
        if not outcome.interceptors_used:
            reasons = sorted({str(fight.because) for item in answer.cases.values() for fight in item.battle.of(name)})
            why = f" (where a defense is in place: {listed(reasons)})" if reasons else ""
            found.append(f"{threat.title}: in no case can a deployment meet it{why}.")
            continue
        steps = [
            f"{layer.layer} ({listed(list(layer.deployments))}) leaves {figures(layer.leaving)}"
            f" of {figures(layer.entering)}"
            for layer in outcome.layers
            if layer.deployments
        ]
        shots = figures(sum(outcome.interceptors_used.values()))
        found.append(
            f"{threat.title}, under the {one.case.title}: {'; '.join(steps)}. "
            f"{number_interval(leak)} of {outcome.warheads} get through; {shots} shots are used on average."
        )
    return found


def _warning(answer: Answer) -> list[str]:
    """Say for each path of the first case who reports first and what is left to decide in."""
    found = []
    for line in answer.first.timelines:
        threat = answer.scenario.threats[line.threat]
        if line.mode != "own" or threat.kind != "corridor":
            continue
        who = answer.scenario.parties[line.party].title
        report = next((event for event in line.events if "report" in event.event), None)
        if report is None:
            found.append(f"{threat.title}: none of {who}'s sensors reports it before impact.")
            continue
        found.append(
            f"{threat.title}: a launch is first reported to {who} by {sensor(answer.scenario, report.sensor)} "
            f"after {report.time / 60:.1f} min, {minutes(line.warning_time)} before impact; "
            f"{minutes(line.decision_time)} remain to decide in."
        )
    return found


def _stability(answer: Answer) -> list[str]:
    found = []
    for one in answer.cases.values():
        if one.stability is None:
            continue
        rows = [item for item in one.stability.drawdowns if item.posture == one.stability.posture]
        parts = []
        for row in rows:
            first, second = (answer.scenario.parties[name].title for name in (row.attacker, row.victim))
            parts.append(
                f"if {first} strikes first, {second} keeps {figures(row.surviving)} of {figures(row.start)} warheads "
                f"and {figures(row.through)} arrive"
            )
        verdict = "Both meet" if one.stability.stable else "Not both meet"
        need = figures(one.stability.required)
        found.append(f"{one.case.title}: {'; '.join(parts)}. {verdict} the requirement of {need}.")
    return found


def _law(answer: Answer) -> list[str]:
    found = []
    for one in answer.cases.values():
        broken = [item for item in one.findings if item.status in {"breaks", "exceeds"}]
        if not broken:
            found.append(f"{one.case.title}: no clause of the agreements it names is broken.")
            continue
        parts = [f"{item.subject} ({item.title}, {item.article})" for item in broken[:4]]
        more = f" and {len(broken) - 4} more" if len(broken) > 4 else ""
        aside = " if the agreement it sets aside still held" if all(not item.binding for item in broken) else ""
        found.append(f"{one.case.title}{aside}: {listed(parts)}{more}.")
    return found


def _gain(answer: Answer) -> str:
    """Say in one sentence what shared data adds where it adds most."""
    best = None
    for one in answer.cases.values():
        for row in added(one):
            if best is None or row["added_s"] > best[1]["added_s"]:
                best = (one, row)
    if best is None:
        return "No case shares warning data"
    one, row = best
    who = answer.scenario.parties[row["party"]].title
    path = answer.scenario.threats[row["threat"]].title
    if row["added_s"] < 30:
        return f"Shared data adds under a minute to any warning under the {one.case.title}"
    return f"Shared data adds {minutes(row['added_s'])} to {who}'s warning of {path} under the {one.case.title}"


def _cooperation(answer: Answer) -> list[str]:
    found = []
    known = answer.scenario.catalog.measures
    for one in answer.cases.values():
        parts = []
        for name in one.case.measures:
            cost = known[name].cost
            price = "no published cost" if cost is None else f"{figures(cost.value / 1e6)} million dollars"
            doubt = ", unverified" if known[name].seen == "no" else ""
            parts.append(f"{known[name].title} ({price}{doubt})")
        if parts:
            found.append(f"{one.case.title}: {listed(parts)}.")
    return found or ["No case names a cooperative measure."]


def sure(answer: Answer, published: Table) -> tuple[str, ...]:
    """Return what the intervals hold, how the engines stand against published cases, and what is left out."""
    failing = sum(cell.text == "fails" for row in published.rows for cell in row)
    total = len(published.rows)
    lines = [
        f"Every interval runs from the 5th to the 95th percentile of {answer.samples} draws, in which each uncertain "
        "input of forces, interceptors, procedures and assumptions moves between its published or assumed low and high "
        "at once. Sensor ranges, orbits and interceptor speeds are held at their best values there; the bands of the "
        "defended areas show what their ranges do.",
        f"{total - failing} of {total} published cases are met; {failing} are not and stand first in the table below, "
        "with the reason.",
        *left_out(),
    ]
    return tuple(lines)
