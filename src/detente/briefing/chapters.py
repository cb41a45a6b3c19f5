"""The chapters of a briefing: claim, main picture, a few sentences, tables, what drives it, how it was computed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from detente.briefing import charts, details, headings
from detente.briefing.charts import Chart
from detente.briefing.drivers import said
from detente.briefing.findings import findings
from detente.briefing.methods import left_out, method
from detente.briefing.names import capital, deployments, headline, owner, readable, sensor
from detente.briefing.results import added, first_report
from detente.briefing.tables import Cell, Table, doubt, parted, table
from detente.briefing.words import counted, figures, listed, minutes, number_interval, percent
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
    """Return the chapters, of protection, warning, stability, law and cooperation, that the scenario has matter for."""
    made = (
        _chapter(answer, "protection", charts.protection(answer), _protection(answer), details.protection(answer)),
        _chapter(answer, "warning", charts.warning(answer), _warning(answer), details.warning(answer)),
        _chapter(answer, "stability", charts.stability(answer), _stability(answer), details.stability(answer)),
        _chapter(answer, "law", charts.law(answer), _law(answer), details.law(answer)),
        _chapter(answer, "cooperation", charts.cooperation(answer), _cooperation(answer), details.cooperation(answer)),
    )
    return tuple(one for one in made if one is not None)


def _chapter(
    answer: Answer, name: str, drawn: tuple[Chart, ...], sentences: list[str], tables: list[Table]
) -> Chapter | None:
    claim = headings.heading(answer, name)
    if not claim:
        return None
    return Chapter(
        name=name,
        claim=claim,
        charts=drawn,
        sentences=tuple(sentences),
        tables=tuple(tables),
        drivers=_drivers(answer, name),
        method=method(name),
    )


def _drivers(answer: Answer, name: str) -> Table:
    """Return the ranked assumptions of the chapter's headline numbers, one headline a case; like cases together."""
    together: dict[tuple[str, tuple[tuple[object, ...], ...]], list[str]] = {}
    told = [claim.key for claim in findings(answer) if claim.chapter == name and claim.key]
    for one in answer.cases.values():
        moved = {key: items for key, items in one.drivers.items() if key.startswith(f"{name}.") and items}
        if not moved:
            continue
        stated = [key for key in told if key in moved]
        key = stated[0] if stated else max(moved, key=lambda item: _relative(one, item, moved[item][0]))
        shown = _number(key)
        what = f"{headline(answer.scenario, key)}, {shown(one.headlines[key].value)} with every input at its best value"
        rows = tuple(_driver(item, shown) for item in moved[key][:3])
        together.setdefault((what, rows), []).append(one.case.title)
    parts: dict[str, list[list[object]]] = {}
    for (what, rows), cases in together.items():
        which = "Every case" if len(cases) == len(answer.cases) > 1 else listed(cases)
        parts[f"{which}. {what}"] = [list(row) for row in rows]
    heads = ["assumption", "number at its low end", "number at its high end", "its range"]
    title = "The assumptions that move each number most, one at a time and for both sides together"
    return parted(f"{name}-drivers", title, heads, parts)


def _driver(item: Driver, shown: Callable[[float], str]) -> tuple[object, ...]:
    mark = doubt("no") if item.unverified else Cell(text="sourced")
    return capital(said(item.assumption)), shown(item.at_low), shown(item.at_high), mark


def _relative(one: CaseAnswer, key: str, driver: Driver) -> float:
    scale = max(abs(one.headlines[key].value), abs(driver.at_low), abs(driver.at_high), 1e-9)
    return driver.swing / scale


def _number(key: str) -> Callable[[float], str]:
    if key.endswith("p_no_leak"):
        return percent
    return minutes if key.endswith("_time") else figures


def _protection(answer: Answer) -> list[str]:
    """Say for the case that stops most which layer does what, and why the others do not meet the raid."""
    found = []
    for name, threat in answer.scenario.threats.items():
        if threat.kind == "corridor":
            continue
        one = min(answer.cases.values(), key=lambda item: item.headlines[f"protection.{name}.expected_leakers"].value)
        outcome = one.outcomes[name]
        if not outcome.interceptors_used:
            reasons = sorted({str(fight.because) for item in answer.cases.values() for fight in item.battle.of(name)})
            why = f" (where a defense is in place: {listed(reasons)})" if reasons else ""
            found.append(f"{threat.title}: in no case can a deployment meet it{why}.")
            continue
        called = deployments(answer.scenario, one.case)
        steps = [
            f"the {layer.layer} layer ({'; '.join(called[item] for item in layer.deployments)}) leaves "
            f"{figures(layer.leaving)} of {figures(layer.entering)}"
            for layer in outcome.layers
            if layer.deployments
        ]
        leak = number_interval(one.headlines[f"protection.{name}.expected_leakers"])
        shots = figures(sum(outcome.interceptors_used.values()))
        found.append(
            f"{threat.title}, {one.case.title}: {listed(steps)}. "
            f"{leak} of {outcome.warheads} get through, with {shots} shots on average."
        )
    return found


def _warning(answer: Answer) -> list[str]:
    """Say for each path of the first case who reports first and what is left to decide in."""
    found = []
    kinds = {threat.kind for threat in answer.scenario.threats.values()}
    for line in answer.first.timelines:
        threat = answer.scenario.threats[line.threat]
        if line.mode != "own" or ("corridor" in kinds and threat.kind != "corridor"):
            continue
        who = answer.scenario.parties[line.party].title
        report = first_report(line)
        if report is None:
            found.append(f"{threat.title}: none of {owner(who)} sensors reports it before impact.")
            continue
        found.append(
            f"{threat.title}: a launch is first reported to {who} by {sensor(answer.scenario, report[1])} "
            f"after {report[0] / 60:.1f} min, {minutes(line.warning_time)} before impact; {_left(line.decision_time)}"
        )
    return found


def _left(decision_time: float) -> str:
    if decision_time <= 0:
        return "after assessment and conference no time is left to decide in."
    return f"{minutes(decision_time)} remain to decide in."


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
        short = [row.victim for row in rows if row.through < one.stability.required]
        missing = listed([answer.scenario.parties[name].title for name in short])
        verdict = (
            "Both meet" if not short else "Neither meets" if len(short) > 1 else f"{capital(missing)} does not meet"
        )
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
        parts = [
            f"{readable(answer.scenario, one.case, item.subject)} ({item.title}, Art. {item.article})"
            for item in broken[:4]
        ]
        rest = [f"{counted(len(broken) - 4)} more"] if len(broken) > 4 else []
        aside = all(not item.binding for item in broken)
        verdict = "would break a clause, if the agreement set aside still held" if aside else "break a clause"
        found.append(f"{one.case.title}: {'; '.join([*parts, *rest])} {verdict}.")
    return found


def _cooperation(answer: Answer) -> list[str]:
    """Say for each case what shared data adds where, and what its measures cost."""
    known = answer.scenario.catalog.measures
    found = []
    for one in answer.cases.values():
        found += _gains(answer, one)
        parts = []
        for name in one.case.measures:
            cost = known[name].cost
            price = "no cost published" if cost is None else f"{figures(cost.value / 1e6)} million dollars"
            unread = ", unverified" if known[name].seen == "no" else ""
            parts.append(f"{known[name].title}: {price}{unread}")
        if parts:
            found.append(f"Measures of the {one.case.title}. {'; '.join(parts)}.")
    return found


def _gains(answer: Answer, one: CaseAnswer) -> list[str]:
    """Say what shared data adds to the warning of each party that gets any."""
    if one.case.sharing is None:
        return []
    found = []
    delays = sorted({release.delay.value for release in one.case.sharing.releases.values()})
    delay = f"after {' or '.join(figures(each) for each in delays)} s"
    for party in one.case.sharing.between:
        best: dict[str, float] = {}
        for row in added(one):
            if row["party"] == party:
                title = answer.scenario.threats[row["threat"]].title
                best[title] = max(row["added_s"], best.get(title, 0.0))
        gained = [f"{minutes(gain)} ({title})" for title, gain in best.items() if gain >= 30]
        who = answer.scenario.parties[party].title
        told = f"add to {owner(who)} warning {listed(gained)}"
        none = f"add under a minute to {owner(who)} warning on any path"
        found.append(f"{one.case.title}: data shared {delay} {told if gained else none}.")
    return found


def sure(answer: Answer, published: Table) -> tuple[str, ...]:
    """Return what the intervals hold, how the engines stand against published cases, and what is left out."""
    failing = sum(cell.text == "fails" for row in published.rows for cell in row)
    total = len(published.rows)
    drawn = (
        f"Every interval runs from the 5th to the 95th percentile of {answer.samples} draws, in which each uncertain "
        "input of forces, interceptors, procedures and assumptions moves between its published or assumed low and high "
        "at once; where the best value lies outside, the interval is stretched to hold it. Sensor ranges, orbits and "
        "interceptor speeds are held at their best values there; the bands of the defended areas show what their "
        "ranges do."
    )
    lines = [
        drawn if answer.samples else "Every number is at the best value of its inputs: no intervals were asked for.",
        f"{total - failing} of {total} published cases are met within their tolerance; {failing} are not, and stand "
        "below with the reason.",
        *left_out(),
    ]
    return tuple(lines)


def turns(answer: Answer) -> Table:
    """Return for each sentence of the answer the one assumption that moves its number most."""
    rows: list[list[object]] = []
    for claim in findings(answer):
        one = answer.cases[claim.case]
        moved = one.drivers.get(claim.key, ())
        name = headline(answer.scenario, claim.key) if claim.key else ""
        if moved and name and not any(row[:2] == [name, one.case.title] for row in rows):
            top, shown = moved[0], _number(claim.key)
            low, high = sorted((top.at_low, top.at_high))
            mark = doubt("no") if top.unverified else Cell(text="sourced")
            rows.append([name, one.case.title, capital(said(top.assumption)), shown(low), shown(high), mark])
    heads = ["number of the answer", "case", "assumption that moves it most", "lowest", "highest", "its range"]
    return table("turns", "What each number of the answer turns on", heads, rows)
