"""Tables of a briefing: the same rows for the page, for CSV and for the reader of a chart."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass

from detente.briefing.names import capital, deployments, headline, short
from detente.briefing.words import figures, percent
from detente.catalog.show import values
from detente.sources import Interval
from detente.study.record import Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell of a table.

    Parameters
    ----------
    text : str
        What is read.
    share : float or None
        The number behind it for a bar, 0 to 1.
    differs : bool
        Whether it means something else than in the first case.
    mark : str
        A sign before the text: "✓", "✗" or "?".
    meaning : str
        What is compared with the first case, the whole text where empty: the value without its interval.
    """

    text: str
    share: float | None = None
    differs: bool = False
    mark: str = ""
    meaning: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table with a name for its file, a title, heads (units in them) and rows of cells."""

    name: str
    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    sections: dict[int, str]
    """Row index to the heading that stands before it."""

    def csv(self) -> str:
        """Return the table as CSV text; the heading that a row stands under is its first column."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow([*(["part"] if self.sections else []), *self.heads])
        part: list[str] = []
        for index, row in enumerate(self.rows):
            part = [self.sections[index]] if index in self.sections else part
            writer.writerow([*part, *(cell.text for cell in row)])
        return out.getvalue()


def table(name: str, title: str, heads: list[str], rows: list[list[object]]) -> Table:
    """Return a plain table of texts and numbers."""
    return Table(name=name, title=title, heads=tuple(heads), rows=tuple(_row(row) for row in rows), sections={})


def parted(name: str, title: str, heads: list[str], parts: dict[str, list[list[object]]]) -> Table:
    """Return a table in parts, each under its heading; a part without rows is left out."""
    rows: list[tuple[Cell, ...]] = []
    sections: dict[int, str] = {}
    for heading, listed in parts.items():
        if listed:
            sections[len(rows)] = heading
            rows += [_row(row) for row in listed]
    return Table(name=name, title=title, heads=tuple(heads), rows=tuple(rows), sections=sections)


def doubt(seen: str) -> Cell:
    """Return the cell that says whether a value's source was read: "unverified" where it was not."""
    return Cell(text="unverified", mark="?") if seen in {"no", "unverified"} else Cell(text=_SEEN.get(seen, seen))


_SEEN = {"yes": "read", "seen": "read", "partly": "partly read"}


def _row(row: list[object]) -> tuple[Cell, ...]:
    return tuple(item if isinstance(item, Cell) else Cell(text=_text(item)) for item in row)


def _text(item: object) -> str:
    if item is None:
        return "–"
    return figures(item) if isinstance(item, float) else str(item)


def inputs(answer: Answer) -> Table:
    """Return every cited value that the cases used, with range, source and whether it was seen."""
    called = _called(answer)
    parts: dict[str, list[list[object]]] = {}
    for title, record in _records(answer):
        parts.setdefault(title, []).extend(
            [
                _field(called, item["field"]),
                f"{item['value']:g}",
                f"{item['low']:g}–{item['high']:g}" if item["low"] != item["high"] else "",
                item["unit"],
                item["source"],
                doubt(item["seen"]),
            ]
            for item in values(record)
        )
    heads = ["value of", "value", "range", "unit", "source", "source read"]
    return parted("inputs", "Every value used", heads, parts)


def _records(answer: Answer) -> list[tuple[str, object]]:
    """Return what the cases used of the catalog, the cases and the assumptions, each with its title."""
    known = answer.scenario.catalog
    found: dict[tuple[str, str], object] = {}
    for one in answer.cases.values():
        case = one.case
        wanted = {
            "interceptors": {item.interceptor for item in case.defenses},
            "forces": {plan.base for plan in case.forces.values()},
            "radars": {name for item in case.sensors.values() for name in (*item.radars, *item.rebuilt)},
            "constellations": {name for item in case.sensors.values() for name in item.constellations},
            "missiles": {item.missile for item in answer.scenario.threats.values()},
            "procedures": {item.procedure for item in answer.scenario.parties.values() if item.procedure},
        }
        found |= {(kind, name): getattr(known, kind)[name] for kind in wanted for name in sorted(wanted[kind])}
    titled = [
        (capital(str(getattr(record, "title", name))), record)
        for (_, name), record in sorted(found.items(), key=lambda item: item[0])
    ]
    cases = [(f"Case: {one.case.title}", one.case) for one in answer.cases.values()]
    return [("Assumptions of the scenario", answer.scenario.assumptions), *cases, *titled]


def _called(answer: Answer) -> dict[str, str]:
    """Return what the names inside a field's path are called."""
    scenario = answer.scenario
    called = {name: party.title for name, party in scenario.parties.items()}
    called |= {name: short(item.title) for name, item in scenario.catalog.constellations.items()}
    for one in answer.cases.values():
        called |= deployments(scenario, one.case)
        called |= {test.name: capital(test.name.replace("-", " ")) for test in one.case.tests}
    return called | {"sspk": "single-shot probability of kill"}


def _field(called: dict[str, str], path: str) -> str:
    """Return a field's path in words, from the whole to the part."""
    parts = [part for part in re.split(r"[.\[\]]+", path) if part]
    return ", ".join(called.get(part, part.replace("_", " ")) for part in parts)


def intervals(answer: Answer) -> Table:
    """Return each headline number of each case with its interval."""
    parts: dict[str, list[list[object]]] = {
        one.case.title: [
            [headline(answer.scenario, key), *_shown(key, interval)] for key, interval in one.headlines.items()
        ]
        for one in answer.cases.values()
    }
    heads = ["number", "value", "5 %", "95 %", "unit"]
    return parted("intervals", "Headline numbers with their intervals", heads, parts)


def _shown(key: str, interval: Interval) -> list[object]:
    parts = (interval.value, interval.low, interval.high)
    if key.endswith("p_no_leak"):
        return [*(percent(item) for item in parts), "probability"]
    if key.endswith("_time"):
        return [*(f"{item / 60:.1f}" for item in parts), "min"]
    return [*(figures(item) for item in parts), "warheads"]
