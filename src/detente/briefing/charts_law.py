"""Picture of the law: which element of a case meets which clause, and what comes of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from detente.briefing.charts_draw import Chart, Frame, Words, finish, panel
from detente.briefing.charts_layout import INK, Row, fit, lay, tint
from detente.briefing.names import readable
from detente.briefing.palette import GREY, STATUS_COLORS
from detente.briefing.words import listed
from detente.study.record import Answer

if TYPE_CHECKING:
    from detente.treaties.rule import Finding

MARKS = {
    "breaks": "✗",
    "exceeds": "✗",
    "consent needed": "!",
    "notice owed": "!",
    "not determinable": "?",
    "not in force": "–",
    "complies": "✓",
    "silent": "–",
}
"""Status to its mark, gravest first."""
ORDER = list(MARKS)
SHOWN = ORDER[:6]
"""Statuses for which a clause and an element get a row of their own."""
SAID = {"not determinable": "undetermined"}
"""Statuses that are too long for a cell."""
WOULD = {"breaks": "would break", "exceeds": "would exceed", "complies": "would comply"}
"""What a finding is called where the agreement was set aside."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A row of the matrix: its label, and text and color by case."""

    label: str
    cells: dict[str, tuple[str, str]]


def matrix(answer: Answer) -> Chart | None:
    """Return a matrix of clauses and elements by case: a word, a mark and a color in each cell."""
    groups = {title: _lines(answer, title) for title in _agreements(answer)}
    if not groups:
        return None
    flat = [line for lines in groups.values() for line in lines]
    names = list(answer.cases)
    plan = lay([(title, [line.label for line in lines]) for title, lines in groups.items()], top=44, least=26, most=28)
    wide = min(max(122, round(490 / len(names))), 240)
    frame = Frame(width=wide * len(names), height=plan.height, low=0, high=len(names), margin=200)
    boxes: list[Row] = []
    texts: list[Row] = []
    for line, y in zip(flat, plan.places, strict=True):
        for name, (text, color) in line.cells.items():
            at = names.index(name)
            boxes.append(
                {"x": at + 0.02, "x2": at + 0.98, "y": y, "color": tint(color, 0.22) if color != INK else "#fff"}
            )
            texts.append({"x": at + 0.05, "y": y, "text": fit(text, round(wide / 7.3), 1), "color": INK})
    heads: list[Row] = [
        {"x": at + 0.05, "y": 16, "text": fit(answer.cases[name].case.title, wide // 9), "color": INK}
        for at, name in enumerate(names)
    ]
    drawn = [frame.bars(boxes, 22), frame.words(texts), frame.words(heads, bold=True), *frame.around(plan)]
    rows: list[list[object]] = [
        [title, line.label, *(line.cells.get(name, ("–", ""))[0] for name in names)]
        for title, lines in groups.items()
        for line in lines
    ]
    columns = ["agreement", "clause and element", *(one.case.title for one in answer.cases.values())]
    return finish(_words(answer), panel(frame, drawn), columns, rows)


def _agreements(answer: Answer) -> list[str]:
    return list(dict.fromkeys(item.title for one in answer.cases.values() for item in one.findings))


def _lines(answer: Answer, title: str) -> list[_Line]:
    """Return how the cases hold an agreement, each clause and element that is not simply kept, and the rest."""
    found = {name: [item for item in one.findings if item.title == title] for name, one in answer.cases.items()}
    held = {name: (items[0].state.replace("-", " "), INK) for name, items in found.items() if items}
    keys = list(dict.fromkeys(_key(item) for items in found.values() for item in items if item.status in SHOWN))
    lines = [_Line("held as", held)]
    for key in keys:
        mine = {name: [item for item in items if _key(item) == key] for name, items in found.items()}
        where = next(name for name, items in mine.items() if items)
        subject = readable(answer.scenario, answer.cases[where].case, key[1])
        lines.append(_Line(f"{key[0]}: {subject}", {name: _worst(items) for name, items in mine.items() if items}))
    rest = {name: [item for item in items if _key(item) not in keys] for name, items in found.items()}
    cells = {name: _kept(items) for name, items in rest.items() if items}
    return [*lines, _Line("other findings" if keys else "all findings", cells)] if cells else lines


def _key(item: Finding) -> tuple[str, str]:
    return item.article, item.subject


def _worst(items: Iterable[Finding]) -> tuple[str, str]:
    item = min(items, key=lambda each: ORDER.index(each.status))
    word = SAID.get(item.status, item.status)
    word = word if item.binding else WOULD.get(item.status, word)
    doubt = "*" if item.text_status == "unverified" else ""
    return f"{MARKS[item.status]} {word}{doubt}", STATUS_COLORS[item.status]


def _kept(items: list[Finding]) -> tuple[str, str]:
    """Return how many findings comply; the agreement is silent on the others, or they are not in force."""
    kept = sum(item.status == "complies" for item in items)
    if not kept:
        return f"{MARKS['silent']} silent", GREY
    return f"{MARKS['complies']} {kept} kept", STATUS_COLORS["complies"]


def _words(answer: Answer) -> Words:
    broken = {
        one.case.title: [item for item in one.findings if item.status in {"breaks", "exceeds"}]
        for one in answer.cases.values()
    }
    guilty = {title: items for title, items in broken.items() if items}
    title = "No case breaks a clause of the agreements that it names"
    if guilty:
        parts = [_said(name, items) for name, items in guilty.items()]
        title = "; ".join(parts[:3]) + (f"; {len(parts) - 3} more cases" if len(parts) > 3 else "")
    return Words(
        name="law-matrix",
        title=title,
        subtitle="Gravest finding for each clause and element in each case; an empty cell: no such element",
        caption=(
            "✗ breaks a prohibition or exceeds a number, ! notice is owed or consent needed, ? cannot be determined "
            "from the scenario, ✓ complies, – silent. “Would break”: the case sets the agreement aside. * The text of "
            "the clause is unverified."
        ),
    )


def _said(name: str, items: list[Finding]) -> str:
    agreements = listed(list(dict.fromkeys(item.title for item in items)))
    count = len({_key(item) for item in items})
    verb = "would break" if all(not item.binding for item in items) else "breaks"
    return f"{name} {verb} {agreements} in {count} {'point' if count == 1 else 'points'}"
