"""Tables of a briefing: the same rows for the page, for CSV and for the reader of a chart."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass

from detente.briefing.names import capital
from detente.briefing.words import figures, listed, minutes_interval, number_interval, percent, percent_interval
from detente.catalog.show import values
from detente.sources import Interval
from detente.study.record import Answer, CaseAnswer


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell: what is read, the number behind it for a bar (0 to 1), and whether it differs from the first case."""

    text: str
    share: float | None = None
    differs: bool = False
    mark: str = ""


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
        """Return the table as CSV text."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(self.heads)
        writer.writerows([cell.text for cell in row] for row in self.rows)
        return out.getvalue()


def table(name: str, title: str, heads: list[str], rows: list[list[object]]) -> Table:
    """Return a plain table of texts and numbers."""
    cells = tuple(tuple(item if isinstance(item, Cell) else Cell(text=_text(item)) for item in row) for row in rows)
    return Table(name=name, title=title, heads=tuple(heads), rows=cells, sections={})


def _text(item: object) -> str:
    if item is None:
        return "–"
    return figures(item) if isinstance(item, float) else str(item)


def side_by_side(answer: Answer) -> Table:
    """Return the one table that compares the cases: protection, warning, stability, law, cooperation."""
    rows: list[tuple[Cell, ...]] = []
    sections: dict[int, str] = {}
    for heading, made in (
        ("Protection: chance that none gets through", _protection(answer)),
        ("Warning", _warning(answer)),
        ("Stability: warheads that arrive in retaliation", _stability(answer)),
        ("Law", _law(answer)),
        ("Cooperation", _cooperation(answer)),
    ):
        if made:
            sections[len(rows)] = heading
            rows += [(Cell(text=label), *_marked(cells)) for label, cells in made]
    heads = ("", *(one.case.title for one in answer.cases.values()))
    return Table(name="cases", title="The cases side by side", heads=heads, rows=tuple(rows), sections=sections)


Rows = list[tuple[str, list[Cell]]]


def _marked(cells: list[Cell]) -> list[Cell]:
    first = cells[0].text
    return [Cell(text=item.text, share=item.share, differs=item.text != first, mark=item.mark) for item in cells]


def _protection(answer: Answer) -> Rows:
    rows: Rows = []
    for name, threat in answer.scenario.threats.items():
        if threat.kind == "corridor":
            continue
        cells = []
        for one in answer.cases.values():
            engaged = bool(one.outcomes[name].interceptors_used)
            interval = one.headlines[f"protection.{name}.p_no_leak"]
            text = percent_interval(interval) if engaged else "not engaged"
            cells.append(Cell(text=text, share=interval.value if engaged else 0.0))
        rows.append((threat.title, cells))
    return rows


def _warning(answer: Answer) -> Rows:
    rows: Rows = []
    for name, threat in answer.scenario.threats.items():
        if threat.kind != "corridor":
            continue
        cells = []
        for one in answer.cases.values():
            own = one.headlines.get(f"warning.{name}.own.warning_time")
            shared = one.headlines.get(f"warning.{name}.shared.warning_time")
            text = minutes_interval(own) if own else "none"
            if shared:
                text += f"; shared {minutes_interval(shared)}"
            best = shared or own
            cells.append(Cell(text=text, share=best.value / 2400 if best else 0.0))
        who = answer.scenario.parties[threat.against].title
        rows.append((f"{capital(who)}, {threat.title}: minutes of warning", cells))
    for party, region in [(item.party, item.region) for item in answer.first.coverage if item.mode == "own"]:
        who = answer.scenario.parties[party].title
        where = answer.scenario.catalog.regions[region].title
        cells = [_blind(one, party, region) for one in answer.cases.values()]
        rows.append((f"{capital(who)}, {where}: hours a day blind", cells))
    return rows


def _blind(one: CaseAnswer, party: str, region: str) -> Cell:
    hours = {
        item.mode: 24 - item.hours_per_day for item in one.coverage if (item.party, item.region) == (party, region)
    }
    own = hours.get("own", 24.0)
    text = figures(own) + (f"; shared {figures(hours['shared'])}" if "shared" in hours else "")
    return Cell(text=text, share=min(hours.values(), default=24.0) / 24)


def _stability(answer: Answer) -> Rows:
    rows: Rows = []
    posture = answer.scenario.assumptions.posture
    orderings = [
        (item.attacker, item.victim)
        for item in (answer.first.stability.drawdowns if answer.first.stability else ())
        if item.posture == posture
    ]
    for attacker, victim in orderings:
        cells = []
        for one in answer.cases.values():
            interval = one.headlines.get(f"stability.{attacker}-first.{posture}.arriving")
            text = number_interval(interval) if interval else "–"
            cells.append(Cell(text=text, share=min(interval.value / 4000, 1.0) if interval else None))
        first, second = (answer.scenario.parties[item].title for item in (attacker, victim))
        rows.append((f"{capital(first)} strikes first, {second} answers", cells))
    if orderings:
        cells = []
        for one in answer.cases.values():
            stable = one.stability.stable if one.stability else None
            word = "not asked" if stable is None else "met by both sides" if stable else "not met"
            cells.append(Cell(text=word, mark="" if stable is None else "✓" if stable else "✗"))
        required = figures(answer.scenario.assumptions.required_retaliation.value)
        rows.append((f"Requirement of {required} arriving warheads", cells))
    return rows


def _law(answer: Answer) -> Rows:
    rows: Rows = []
    titles = {item.agreement: item.title for one in answer.cases.values() for item in one.findings}
    for agreement, title in titles.items():
        cells = []
        for one in answer.cases.values():
            mine = [item for item in one.findings if item.agreement == agreement]
            broken = [item for item in mine if item.status in {"breaks", "exceeds"}]
            state = mine[0].state.replace("-", " ") if mine else "not named"
            if not mine:
                cells.append(Cell(text="not named"))
                continue
            articles = listed(sorted({item.article for item in broken}))
            verb = "would break" if mine[0].state == "set-aside" else "breaks"
            text = f"{state}: " + (f"{verb} {articles}" if broken else "kept")
            cells.append(Cell(text=text, mark="✗" if broken else "✓"))
        rows.append((title, cells))
    return rows


def _cooperation(answer: Answer) -> Rows:
    cells = []
    for one in answer.cases.values():
        known = answer.scenario.catalog.measures
        names = [known[name].title for name in one.case.measures]
        cells.append(Cell(text="; ".join(names) if names else "none"))
    return [("Measures", cells)] if any(cell.text != "none" for cell in cells) else []


def inputs(answer: Answer) -> Table:
    """Return every cited value that the cases used, with range, source and whether it was seen."""
    known = answer.scenario.catalog
    records: dict[str, object] = {}
    for one in answer.cases.values():
        case = one.case
        names = {
            "interceptors": {item.interceptor for item in case.defenses},
            "forces": {plan.base for plan in case.forces.values()},
            "radars": {name for item in case.sensors.values() for name in (*item.radars, *item.rebuilt)},
            "constellations": {name for item in case.sensors.values() for name in item.constellations},
            "missiles": {item.missile for item in answer.scenario.threats.values()},
            "procedures": {item.procedure for item in answer.scenario.parties.values() if item.procedure},
        }
        for kind, wanted in names.items():
            records |= {name: getattr(known, kind)[name] for name in sorted(wanted)}
        records[f"case {case.name}"] = case
    records["assumptions"] = answer.scenario.assumptions
    rows: list[list[object]] = [
        [
            name,
            item["field"].replace("_", " "),
            f"{item['value']:g}",
            f"{item['low']:g}–{item['high']:g}" if item["low"] != item["high"] else "",
            item["unit"],
            item["source"],
            Cell(text="unverified" if item["seen"] == "no" else item["seen"], mark="?" if item["seen"] == "no" else ""),
        ]
        for name, record in records.items()
        for item in values(record)
    ]
    heads = ["record", "field", "value", "range", "unit", "source", "seen"]
    return table("inputs", "Every value used", heads, rows)


def intervals(answer: Answer) -> Table:
    """Return each headline number of each case with its interval."""
    rows: list[list[object]] = []
    for one in answer.cases.values():
        for key, interval in one.headlines.items():
            rows.append([one.case.name, key.replace(".", " · "), *_shown(key, interval)])
    heads = ["case", "number", "value", "5 %", "95 %", "unit"]
    return table("intervals", "Headline numbers with their intervals", heads, rows)


def _shown(key: str, interval: Interval) -> list[object]:
    parts = (interval.value, interval.low, interval.high)
    if key.endswith("p_no_leak"):
        return [*(percent(item) for item in parts), "probability"]
    if key.endswith("_time"):
        return [*(f"{item / 60:.1f}" for item in parts), "min"]
    return [*(figures(item) for item in parts), "warheads"]
