"""The tables of each chapter."""

from __future__ import annotations

from detente.briefing.results import added, areas, engagements
from detente.briefing.tables import Cell, Table, table
from detente.briefing.words import listed, percent
from detente.study.record import Answer


def protection(answer: Answer) -> list[Table]:
    """Return who can meet what, and the defended areas."""
    fights: list[list[object]] = []
    zones: list[list[object]] = []
    for one in answer.cases.values():
        fights += [
            [
                one.case.title,
                row["deployment"],
                row["threat"],
                row["aim"],
                row["layer"],
                str(row["rounds"]),
                _span(row["first_s"], row["last_s"]),
                row["because"],
            ]
            for row in engagements(one)
        ]
        zones += [
            [
                one.case.title,
                row["deployment"],
                row["threat"],
                percent(row["probability"]),
                row["area_km2"],
                listed(row["places"]),
            ]
            for row in areas(one)
        ]
    heads = ["case", "deployment", "threat", "aim", "layer", "rounds", "first to last intercept, s", "met, or why not"]
    made = [table("engagements", "Who can meet what, when, and why not", heads, fights)]
    if zones:
        heads = ["case", "deployment", "threat", "probability at least", "area, km²", "places inside"]
        made.append(table("areas", "Defended areas", heads, zones))
    return made


def _span(first: float | None, last: float | None) -> str:
    return "–" if first is None or last is None else f"{first:.0f}–{last:.0f}"


def warning(answer: Answer) -> list[Table]:
    """Return every step from launch to impact."""
    rows: list[list[object]] = [
        [
            one.case.title,
            answer.scenario.parties[line.party].title,
            answer.scenario.threats[line.threat].title,
            line.aim,
            line.mode,
            event.event,
            event.sensor or "–",
            f"{event.time:.0f}",
            f"{event.low:.0f}–{event.high:.0f}",
        ]
        for one in answer.cases.values()
        for line in one.timelines
        for event in line.events
    ]
    heads = ["case", "party", "path", "aim", "data", "event", "sensor", "s after launch", "over the day, s"]
    return [table("timelines", "From launch to impact, step by step", heads, rows)]


def stability(answer: Answer) -> list[Table]:
    """Return the drawdown by class and the measures."""
    rows: list[list[object]] = []
    measures: list[list[object]] = []
    for one in answer.cases.values():
        if one.stability is None:
            continue
        for item in one.stability.drawdowns:
            for part in item.by_class:
                numbers: list[object] = [part.start, part.alert, part.surviving, part.arriving, part.through]
                rows.append([one.case.title, item.attacker, item.posture, part.title, *numbers])
        for key, value in one.stability.measures.items():
            measures.append([one.case.title, key.replace("_", " "), float(value)])
    heads = [
        "case",
        "strikes first",
        "posture",
        "victim's class",
        "had",
        "on alert",
        "survive",
        "at defenses",
        "arrive",
    ]
    return [
        table("drawdown", "Warheads by class, step by step", heads, rows),
        table("measures", "Measures of stability, each by its paper's name", ["case", "measure", "value"], measures),
    ]


def law(answer: Answer) -> list[Table]:
    """Return every finding."""
    rows: list[list[object]] = []
    for one in answer.cases.values():
        for item in one.findings:
            if item.status == "silent":
                continue
            bad = item.status in {"breaks", "exceeds"}
            mark = "✗" if bad else "✓" if item.status == "complies" else ""
            doubt = "unverified" if item.text_status == "unverified" else item.text_status
            rows.append(
                [
                    one.case.title,
                    item.subject,
                    f"{item.title}, {item.article}",
                    Cell(text=item.status, mark=mark),
                    item.state.replace("-", " "),
                    item.because,
                    Cell(text=doubt),
                ]
            )
    heads = ["case", "element", "clause", "finding", "held as", "because", "text"]
    return [table("law", "Every finding with its clause and reason", heads, rows)]


def cooperation(answer: Answer) -> list[Table]:
    """Return what sharing adds, and costs."""
    gains: list[list[object]] = []
    for one in answer.cases.values():
        for row in added(one):
            who = answer.scenario.parties[row["party"]].title
            path = answer.scenario.threats[row["threat"]].title
            times = [f"{row[name] / 60:.1f}" for name in ("own_s", "shared_s", "added_s")]
            gains.append([one.case.title, who, path, row["aim"], *times])
    known = answer.scenario.catalog.measures
    costs: list[list[object]] = []
    for name in dict.fromkeys(name for one in answer.cases.values() for name in one.case.measures):
        item = known[name]
        price = (
            "–"
            if item.cost is None
            else f"{item.cost.value / 1e6:g} ({item.cost.low / 1e6:g}–{item.cost.high / 1e6:g})"
        )
        costs.append(
            [item.title, price, item.source, Cell(text="unverified" if item.seen == "no" else item.seen), item.note]
        )
    made = []
    if gains:
        heads = ["case", "party", "path", "aim", "own, min", "shared, min", "added, min"]
        made.append(table("sharing", "What shared data adds to warning", heads, gains))
    if costs:
        heads = ["measure", "cost, million USD", "source", "seen", "note"]
        made.append(table("costs", "Measures and their published cost", heads, costs))
    return made
