"""The cases side by side: protection, warning, stability, law and cooperation in one table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from detente.briefing.names import capital
from detente.briefing.tables import Cell, Table
from detente.briefing.words import (
    counted,
    figures,
    listed,
    minutes_interval,
    number_interval,
    percent,
    percent_interval,
)
from detente.scenario.scenario import Threat
from detente.sources import Interval
from detente.study.record import Answer, CaseAnswer

Rows = list[tuple[str, list[Cell]]]


def side_by_side(answer: Answer) -> Table:
    """Return the one table that compares the cases; a part that the scenario has nothing for is left out."""
    rows: list[tuple[Cell, ...]] = []
    sections: dict[int, str] = {}
    for heading, made in (
        ("Protection: chance that none gets through", _chances(answer)),
        ("Protection: theater warheads that get through", _leakers(answer)),
        ("Warning before impact", _warning(answer)),
        ("Hours a day that satellites do not watch", _blind(answer)),
        ("Stability: warheads that arrive in retaliation", _stability(answer)),
        ("Law", [*_law(answer), *_owed(answer)]),
        ("Cooperation and its published cost", _cooperation(answer)),
    ):
        if made:
            sections[len(rows)] = heading
            rows += [(Cell(text=label), *_compared(cells)) for label, cells in made]
    heads = ("", *(one.case.title for one in answer.cases.values()))
    return Table(name="cases", title="The cases side by side", heads=heads, rows=tuple(rows), sections=sections)


def _compared(cells: list[Cell]) -> list[Cell]:
    """Mark what means something else than in the first case; bars that are all alike show nothing and go."""
    first = cells[0]
    bars = len({item.share for item in cells}) > 1
    return [
        replace(item, differs=_meaning(item) != _meaning(first), share=item.share if bars else None) for item in cells
    ]


def _meaning(cell: Cell) -> str:
    return cell.meaning or cell.text


def _chances(answer: Answer) -> Rows:
    """Return the chance that none of a raid gets through, for raids theater raids apart."""
    rows: Rows = []
    for threat in answer.scenario.threats.values():
        if threat.kind in {"limited", "accidental"}:
            rows.append((threat.title, [_chance(one, threat) for one in answer.cases.values()]))
    return rows


def _chance(one: CaseAnswer, threat: Threat) -> Cell:
    if not one.outcomes[threat.name].interceptors_used:
        return Cell(text="none: no defense meets it", share=0.0)
    chance = one.headlines[f"protection.{threat.name}.p_no_leak"]
    return Cell(text=percent_interval(chance), share=chance.value, meaning=percent(chance.value))


def _leakers(answer: Answer) -> Rows:
    """Return how many warheads of theater raids get through."""
    rows: Rows = []
    for threat in answer.scenario.threats.values():
        if threat.kind == "theater":
            rows.append((threat.title, [_leaking(one, threat) for one in answer.cases.values()]))
    return rows


def _leaking(one: CaseAnswer, threat: Threat) -> Cell:
    total = threat.missiles * threat.warheads_per_missile
    if not one.outcomes[threat.name].interceptors_used:
        return Cell(text=f"all {total}: no defense meets them", share=1.0)
    leak = one.headlines[f"protection.{threat.name}.expected_leakers"]
    return Cell(text=f"{number_interval(leak)} of {total}", share=leak.value / total, meaning=figures(leak.value))


def _warning(answer: Answer) -> Rows:
    kinds = {threat.kind for threat in answer.scenario.threats.values()}
    paths = [item for item in answer.scenario.threats.values() if item.kind == "corridor" or "corridor" not in kinds]
    longest = max((path.flight_time for item in paths for path in answer.flights[item.name]), default=1.0)
    rows: Rows = []
    for threat in paths:
        if not any(f"warning.{threat.name}.own.warning_time" in one.headlines for one in answer.cases.values()):
            continue
        who = capital(answer.scenario.parties[threat.against].title)
        cells = [_minutes(one, threat.name, longest) for one in answer.cases.values()]
        rows.append((f"{who}: {threat.title}", cells))
    return rows


def _minutes(one: CaseAnswer, threat: str, longest: float) -> Cell:
    """Return the warning by own sensors and, where shared data adds a minute, what it becomes."""
    own = one.headlines.get(f"warning.{threat}.own.warning_time")
    if own is None or own.high <= 0:
        return Cell(text="none", share=0.0)
    shared = one.headlines.get(f"warning.{threat}.shared.warning_time", own)
    text, said = minutes_interval(own), f"{own.value / 60:.0f}"
    if f"{shared.value / 60:.0f}" != said:
        text += f" → {minutes_interval(shared).replace(' min', '')} shared"
        said += f" → {shared.value / 60:.0f}"
    return Cell(text=text, share=max(own.value, shared.value) / longest, meaning=said)


def _blind(answer: Answer) -> Rows:
    """Return the hours a day in which no satellite of a party watches a region, where there are any."""
    rows: Rows = []
    for party, region in [(item.party, item.region) for item in answer.first.coverage if item.mode == "own"]:
        hours = [_hours(one, party, region) for one in answer.cases.values()]
        if not any(own for own, _ in hours):
            continue
        who = capital(answer.scenario.parties[party].title)
        where = answer.scenario.catalog.regions[region].title
        cells = [_unwatched(own, shared) for own, shared in hours]
        rows.append((f"{who}: {where}", cells))
    return rows


def _hours(one: CaseAnswer, party: str, region: str) -> tuple[float, float]:
    """Return the hours without a view: own satellites, and own and shared ones."""
    seen = {item.mode: item.hours_per_day for item in one.coverage if (item.party, item.region) == (party, region)}
    own = 24.0 - seen.get("own", 0.0)
    return own, min(own, 24.0 - seen.get("shared", 0.0))


def _unwatched(own: float, shared: float) -> Cell:
    text = f"{figures(own)} h"
    if figures(shared) != figures(own):
        text += f" → {figures(shared)} h shared"
    return Cell(text=text, share=shared / 24.0)


def _stability(answer: Answer) -> Rows:
    posture = answer.scenario.assumptions.posture
    orderings = dict.fromkeys(
        (item.attacker, item.victim)
        for one in answer.cases.values()
        for item in (one.stability.drawdowns if one.stability else ())
        if item.posture == posture
    )
    found = {
        pair: [one.headlines.get(f"stability.{pair[0]}-first.{posture}.arriving") for one in answer.cases.values()]
        for pair in orderings
    }
    largest = max((item.value for row in found.values() for item in row if item), default=0.0) or 1.0
    rows: Rows = []
    for (attacker, victim), intervals in found.items():
        first, second = (answer.scenario.parties[item].title for item in (attacker, victim))
        rows.append((f"{capital(first)} strikes first, {second} answers", [_arriving(i, largest) for i in intervals]))
    return [*rows, *_required(answer)] if rows else []


def _arriving(interval: Interval | None, largest: float) -> Cell:
    if interval is None:
        return Cell(text="not asked")
    return Cell(text=number_interval(interval), share=interval.value / largest, meaning=figures(interval.value))


def _required(answer: Answer) -> Rows:
    cells = []
    for one in answer.cases.values():
        stable = one.stability.stable if one.stability else None
        word = "not asked" if stable is None else "both sides meet it" if stable else _short_of(answer, one)
        cells.append(Cell(text=word, mark="" if stable is None else "✓" if stable else "✗"))
    required = figures(answer.scenario.assumptions.required_retaliation.value)
    return [(f"Requirement of {required} arriving warheads", cells)]


def _short_of(answer: Answer, one: CaseAnswer) -> str:
    """Say who does not meet the requirement."""
    made = one.stability
    rows = (
        [item for item in made.drawdowns if item.posture == made.posture and item.through < made.required]
        if made
        else []
    )
    victims = list(dict.fromkeys(answer.scenario.parties[item.victim].title for item in rows))
    return f"not met by {listed(victims)}" if len(victims) == 1 else "met by neither side"


def _law(answer: Answer) -> Rows:
    rows: Rows = []
    titles = {item.agreement: item.title for one in answer.cases.values() for item in one.findings}
    for agreement, title in titles.items():
        cells = []
        for one in answer.cases.values():
            mine = [item for item in one.findings if item.agreement == agreement]
            if not mine:
                cells.append(Cell(text="not named"))
                continue
            broken = [item for item in mine if item.status in {"breaks", "exceeds"}]
            verb = "would break" if mine[0].state == "set-aside" else "breaks"
            kept = f"{verb} Art. {listed(sorted({item.article for item in broken}))}" if broken else "kept"
            state = mine[0].state.replace("-", " ")
            cells.append(Cell(text=f"{capital(state)}: {kept}", mark="✗" if broken else "✓", meaning=kept))
        rows.append((title, cells))
    return rows


def _owed(answer: Answer) -> Rows:
    """Return what a case may do only with a notice to the other side."""
    owed = [sum(item.status == "notice owed" for item in one.findings) for one in answer.cases.values()]
    cells = [Cell(text=counted(number) if number else "none") for number in owed]
    return [("Notices owed", cells)] if any(owed) else []


def _cooperation(answer: Answer) -> Rows:
    rows: Rows = []
    if any(one.case.sharing for one in answer.cases.values()):
        rows.append(("Warning data shared", [Cell(text=_sharers(answer, one)) for one in answer.cases.values()]))
    for name in dict.fromkeys(name for one in answer.cases.values() for name in one.case.measures):
        measure = answer.scenario.catalog.measures[name]
        cells = [Cell(text=_price(answer, name) if name in one.case.measures else "–") for one in answer.cases.values()]
        rows.append((measure.title, cells))
    return rows


def _sharers(answer: Answer, one: CaseAnswer) -> str:
    between: Iterable[str] = one.case.sharing.between if one.case.sharing else ()
    titles = [answer.scenario.parties[name].title for name in between]
    return capital(listed(titles)) if titles else "no"


def _price(answer: Answer, name: str) -> str:
    cost = answer.scenario.catalog.measures[name].cost
    if cost is None:
        return "yes, no cost published"
    interval = Interval(value=cost.value, low=cost.low, high=cost.high)
    return number_interval(interval, "million dollars", scale=1e6)
