"""Pictures of stability: the forces step by step through a first strike, and retaliation beside the requirement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from detente.briefing.charts_draw import (
    INK,
    SOFT,
    Chart,
    Frame,
    Layout,
    Row,
    Words,
    color_of,
    finish,
    fit,
    lay,
    panel,
    tint,
)
from detente.briefing.words import figures, listed, number_interval
from detente.sources import Interval
from detente.study.record import Answer, CaseAnswer

if TYPE_CHECKING:
    from detente.forces.strike import Drawdown

STEPS = {
    "start": "has",
    "alert": "on alert",
    "surviving": "survive",
    "arriving": "reach defenses",
    "through": "arrive",
}
"""Step of a drawdown to its label."""
ABREAST = 4
"""Most cases beside each other."""


@dataclass(frozen=True, slots=True)
class _Strike:
    """One ordering in one case and posture, with the interval of what arrives."""

    one: CaseAnswer
    drawdown: Drawdown
    arriving: Interval
    required: float

    @property
    def ordering(self) -> tuple[str, str]:
        """Who strikes first, and who answers."""
        return self.drawdown.attacker, self.drawdown.victim

    @property
    def verdict(self) -> str:
        """Whether what arrives is enough: for the whole interval, none of it, or part."""
        if self.arriving.low >= self.required:
            return "✓"
        return "✗" if self.arriving.high < self.required else "?"


def _strikes(answer: Answer) -> list[_Strike]:
    return [
        _Strike(
            one, row, one.headlines[f"stability.{row.attacker}-first.{row.posture}.arriving"], one.stability.required
        )
        for one in answer.cases.values()
        if one.stability is not None
        for row in one.stability.drawdowns
    ]


def _heading(answer: Answer, ordering: tuple[str, str]) -> str:
    attacker, victim = (answer.scenario.parties[name].title for name in ordering)
    return f"{attacker} strikes first: {victim}'s warheads"


def drawdown(answer: Answer) -> Chart | None:
    """Return the steps from the force to what arrives, for each ordering, the cases beside each other."""
    import altair as alt

    posture = answer.scenario.assumptions.posture
    strikes = [item for item in _strikes(answer) if item.drawdown.posture == posture]
    if not strikes:
        return None
    orderings = list(dict.fromkeys(item.ordering for item in strikes))
    plan = lay([(_heading(answer, ordering), list(STEPS.values())) for ordering in orderings], top=8, least=19)
    cases = list({item.one.case.name: item.one for item in strikes}.values())
    most = max(item.drawdown.start for item in strikes)
    rows = [cases[at : at + ABREAST] for at in range(0, len(cases), ABREAST)]
    width = round(570 / min(len(cases), ABREAST)) - 18
    frame = Frame(width=width, height=plan.height, low=0, high=most * (1 + 46 / (width - 46)))
    drawn = []
    for row in rows:
        panels = []
        for one in row:
            mine = [item for item in strikes if item.one is one]
            layers = _steps(answer, frame, plan, sorted(mine, key=lambda item: orderings.index(item.ordering)))
            layers += frame.beside(plan) if one is row[0] else []
            panels.append(panel(frame, layers, fit(one.case.title, max(12, width // 8))))
        drawn.append(alt.hconcat(*panels))
    table = [_step_row(answer, item) for item in strikes]
    heads = ["case", "strikes first", "answers", *STEPS.values(), "interval of what arrives"]
    return finish(_drawdown_words(answer, strikes), alt.vconcat(*drawn), heads, table)


def _steps(answer: Answer, frame: Frame, plan: Layout, strikes: Sequence[_Strike]) -> list[Any]:
    """Return the bars of one case: a group of steps for each ordering."""
    bars: list[Row] = []
    spans: list[Row] = []
    texts: list[Row] = []
    places = iter(plan.places)
    for item in strikes:
        color = color_of(answer, item.drawdown.victim)
        for name in STEPS:
            y, value = next(places), float(getattr(item.drawdown, name))
            last = name == "through"
            bars.append({"x": 0, "x2": value, "y": y, "color": color if last else tint(color, 0.45)})
            end = max(value, item.arriving.high) if last else value
            texts.append({"x": end, "y": y, "text": f"{figures(value)} {item.verdict if last else ''}", "color": INK})
            spans += [{"x": item.arriving.low, "x2": item.arriving.high, "y": y, "color": INK}] if last else []
    lines: list[Row] = [
        {"x": item.required, "y": start, "y2": end, "color": INK}
        for item, start, end in zip(strikes, plan.starts, plan.ends, strict=True)
    ]
    return [frame.bars(bars, 12), frame.uprights(lines, (3, 2)), frame.spans(spans, 1.5), frame.words(texts, dx=5)]


def _step_row(answer: Answer, item: _Strike) -> list[object]:
    parties = [answer.scenario.parties[name].title for name in item.ordering]
    steps: list[object] = [float(getattr(item.drawdown, name)) for name in STEPS]
    return [item.one.case.title, *parties, *steps, f"{figures(item.arriving.low)}–{figures(item.arriving.high)}"]


def _drawdown_words(answer: Answer, strikes: Sequence[_Strike]) -> Words:
    required = strikes[0].required
    weak = [item for item in strikes if item.arriving.value < required]
    cases = list(dict.fromkeys(item.one.case.title for item in weak))
    total = len({item.one.case.name for item in strikes})
    title = f"In every case and ordering at least the required {figures(required)} warheads arrive in return"
    if weak:
        victims = listed(list(dict.fromkeys(answer.scenario.parties[item.drawdown.victim].title for item in weak)))
        where = (
            "every case"
            if len(cases) == total
            else listed(cases)
            if len(cases) < 3
            else f"{len(cases)} of {total} cases"
        )
        if total == 1:
            where = cases[0]
        title = f"Struck first, {victims} cannot answer with the required {figures(required)} warheads in {where}"
    posture = (
        strikes[0].drawdown.posture.replace("day-to-day", "day-to-day alert").replace("generated", "generated alert")
    )
    return Words(
        name="stability-drawdown",
        title=title,
        subtitle=f"Warheads left at each step, {posture}; dashed: the requirement of {figures(required)}; line: 90 % interval",
        caption=(
            "Survive: after the first strike. Reach defenses: surviving and reliable. Arrive: through the defenses. "
            "✓ the whole interval meets the requirement, ✗ none of it, ? part of it. Color: the side that was struck."
        ),
    )


def retaliation(answer: Answer) -> Chart | None:
    """Return what arrives in return beside the requirement, for each ordering and case, in both postures."""
    strikes = _strikes(answer)
    if not strikes:
        return None
    posture = answer.scenario.assumptions.posture
    asked = [item for item in strikes if item.drawdown.posture == posture]
    orderings = list(dict.fromkeys(item.ordering for item in asked))
    asked.sort(key=lambda item: orderings.index(item.ordering))
    groups: dict[tuple[str, str], list[str]] = {}
    for item in asked:
        groups.setdefault(item.ordering, []).append(item.one.case.title)
    plan = lay([(_heading(answer, ordering) + " that arrive", names) for ordering, names in groups.items()], top=40)
    other = {(item.one.case.name, item.ordering): item for item in strikes if item.drawdown.posture != posture}
    placed = [
        (item, other.get((item.one.case.name, item.ordering)), y) for item, y in zip(asked, plan.places, strict=True)
    ]
    most = max(item.arriving.high for item in strikes)
    frame = Frame(
        width=300, height=plan.height, low=0, high=max(most, asked[0].required) * 1.02, axis="warheads that arrive"
    )
    required = asked[0].required
    line: list[Row] = [{"x": required, "y": 30, "y2": plan.height, "color": INK}]
    above: list[Row] = [{"x": required, "y": 22, "text": f"required: {figures(required)}", "color": INK}]
    mine, others = posture, "generated" if posture == "day-to-day" else "day-to-day"
    drawn = [
        frame.spans([_span(answer, each, y) for one, two, y in placed for each in (one, two) if each], 7),
        frame.uprights(line, (3, 2)),
        frame.dots([_dot(answer, two, y, False) for _, two, y in placed if two], 60),
        frame.dots([_dot(answer, one, y, True) for one, _, y in placed]),
        frame.words(above),
        *frame.beside(plan),
        frame.column(
            316, f"{mine}", [(y, f"{number_interval(one.arriving)} {one.verdict}", INK) for one, _, y in placed]
        ),
        frame.column(
            452,
            f"{others}",
            [(y, f"{number_interval(two.arriving)} {two.verdict}", SOFT) for _, two, y in placed if two],
        ),
    ]
    return finish(_retaliation_words(asked), panel(frame, drawn), *_retaliation_table(answer, strikes))


def _span(answer: Answer, item: _Strike, y: float) -> Row:
    color = tint(color_of(answer, item.drawdown.victim), 0.4)
    return {"x": item.arriving.low, "x2": item.arriving.high, "y": y, "color": color}


def _dot(answer: Answer, item: _Strike, y: float, filled: bool) -> Row:
    color = color_of(answer, item.drawdown.victim)
    return {"x": item.arriving.value, "y": y, "color": color, "fill": color if filled else "white"}


def _retaliation_table(answer: Answer, strikes: Sequence[_Strike]) -> tuple[list[str], list[list[object]]]:
    words = {"✓": "all of the interval", "✗": "none of the interval", "?": "part of the interval"}
    rows: list[list[object]] = [
        [
            item.one.case.title,
            *(answer.scenario.parties[name].title for name in item.ordering),
            item.drawdown.posture,
            number_interval(item.arriving),
            words[item.verdict],
        ]
        for item in strikes
    ]
    return ["case", "strikes first", "answers", "posture", "warheads that arrive", "meets the requirement"], rows


def _retaliation_words(asked: Sequence[_Strike]) -> Words:
    required, total = asked[0].required, len(asked)
    sure = sum(item.verdict == "✓" for item in asked)
    never = sum(item.verdict == "✗" for item in asked)
    posture = asked[0].drawdown.posture
    return Words(
        name="stability-retaliation",
        title=f"Retaliation surely meets the requirement in {sure} of {total} strikes and surely does not in {never}",
        subtitle=f"Warheads that arrive after a first strike, 90 % interval: {posture} (filled), the other posture (hollow)",
        caption=(
            f"The dashed line is the requirement of {figures(required)}, a choice of the scenario. ✓ the whole interval "
            "meets it, ✗ none of it, ? part of it. Color: the side that was struck."
        ),
    )
