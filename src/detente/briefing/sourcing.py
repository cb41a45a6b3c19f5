"""Where the numbers come from: the bibliography of a briefing, and the published cases that the engines are held to."""

from __future__ import annotations

from detente.briefing.tables import Cell, Table, table
from detente.catalog.load import sources
from detente.sources import Cited, cited
from detente.study.record import Answer
from detente.study.validate import Published, by_engine


def bibliography(answer: Answer) -> Table:
    """Return the sources that the values used by an answer name, the scenario's own among them."""
    known, own = sources(), answer.scenario.sources
    keys = sorted({number.source.split(",")[0].strip() for _, number in _numbers(answer)})
    listed: list[list[object]] = []
    for key in keys:
        if key in own:
            listed.append([key, own[key], ""])
        elif key in known:
            listed.append([key, known[key].title, known[key].url])
    return table("sources", "Sources", ["key", "title", "address"], listed)


def _numbers(answer: Answer) -> list[tuple[str, Cited]]:
    from detente.study.vary import focused

    found: list[tuple[str, Cited]] = []
    for one in answer.cases.values():
        own = focused(answer.scenario, one.case)
        for part in (own.assumptions, own.cases, own.catalog.interceptors, own.catalog.forces, own.catalog.procedures):
            found += cited(part)
        for sensors in one.case.sensors.values():
            for name in (*sensors.radars, *sensors.rebuilt):
                found += cited(own.catalog.radars[name])
            for name in sensors.constellations:
                found += cited(own.catalog.constellations[name])
    for threat in answer.scenario.threats.values():
        found += cited(answer.scenario.catalog.missiles[threat.missile])
    return found


def validation(published: Published = by_engine) -> Table:
    """Return every published case beside ours, failing ones first."""
    ordered = sorted(
        ((engine, row) for engine, rows in published().items() for row in rows), key=lambda item: item[1].passed
    )
    listed: list[list[object]] = [
        [
            row.case,
            row.quantity,
            f"{row.published:.6g}",
            f"{row.ours:.6g}",
            "" if row.unit == "1" else row.unit,
            row.tolerance,
            Cell(text="holds" if row.passed else "fails", mark="✓" if row.passed else "✗"),
            row.note,
            row.source,
            engine,
        ]
        for engine, row in ordered
    ]
    heads = ["case", "quantity", "published", "ours", "unit", "tolerance", "verdict", "note", "source", "engine"]
    return table("validation", "Published cases beside ours", heads, listed)


ENGINES = {
    "protection": ("flight", "defense"),
    "warning": ("flight", "sensing"),
    "stability": ("forces",),
    "law": ("treaties",),
    "cooperation": ("sensing",),
}
"""The engines that a chapter's numbers come from."""


def held(published: Table, chapter: str) -> str:
    """Return how many of the published cases that bear on a chapter are met, engine by engine."""
    parts = []
    for engine in ENGINES[chapter]:
        mine = [row[6].text == "holds" for row in published.rows if row[9].text == engine]
        parts.append(f"{engine}, {sum(mine)} of {len(mine)} met")
    return f"Published cases that bear on it: {'; '.join(parts)}."


def unmet(published: Table) -> Table:
    """Return of the published cases those that the engines do not meet, with the reason."""
    kept = [row for row in published.rows if any(cell.text == "fails" for cell in row)]
    short: list[list[object]] = [[*row[:6], row[7]] for row in kept]
    heads = ["published case", "quantity", "published", "ours", "unit", "tolerance", "reason"]
    return table("unmet", "Published cases that are not met, with the reason", heads, short)
