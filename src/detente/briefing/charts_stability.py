"""Pictures of stability: the forces step by step through a first strike, and retaliation beside the requirement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from detente.briefing.charts_draw import Chart, Frame, Words, finish, panel
from detente.briefing.charts_layout import INK, SOFT, Layout, Row, color_of, fit, lay, ticks, tint
from detente.briefing.names import capital
from detente.briefing.words import figures, listed, number_interval
from detente.sources import Interval
from detente.study.record import Answer, CaseAnswer

if TYPE_CHECKING:
    from detente.forces.strike import Drawdown

STEPS = {
    "start": "force",
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
    attacker: str
    victim: str
    color: str

    @property
    def heading(self) -> str:
        """Who strikes first, and who answers."""
        return f"{self.attacker} strikes first, {self.victim} answers"

    @property
    def verdict(self) -> str:
        """Whether what arrives is enough: for the whole interval, none of it, or part."""
        if self.arriving.low >= self.required:
            return "✓"
        return "✗" if self.arriving.high < self.required else "?"

    @property
    def told(self) -> str:
        """What arrives, in words with the verdict."""
        return f"{number_interval(self.arriving)} {self.verdict}"


def _strikes(answer: Answer) -> list[_Strike]:
    """Return every strike, by ordering, then case, then posture."""
    found = []
    for one in answer.cases.values():
        for row in one.stability.drawdowns if one.stability else ():
            arriving = one.headlines[f"stability.{row.attacker}-first.{row.posture}.arriving"]
            required = answer.scenario.assumptions.required_retaliation.value
            attacker, victim = (answer.scenario.parties[name].title for name in (row.attacker, row.victim))
            found.append(_Strike(one, row, arriving, required, attacker, victim, color_of(answer, row.victim)))
    order = list(dict.fromkeys(item.heading for item in found))
    return sorted(found, key=lambda item: order.index(item.heading))


def _grouped(strikes: Sequence[_Strike]) -> dict[str, list[_Strike]]:
    groups: dict[str, list[_Strike]] = {}
    for item in strikes:
        groups.setdefault(item.heading, []).append(item)
    return groups


def drawdown(answer: Answer) -> Chart | None:
    """Return the steps from the force to what arrives, for each ordering, the cases beside each other."""
    import altair as alt

    posture = answer.scenario.assumptions.posture
    strikes = [item for item in _strikes(answer) if item.drawdown.posture == posture]
    if not strikes:
        return None
    plan = lay([(heading, list(STEPS.values())) for heading in _grouped(strikes)], top=8, least=20)
    cases = list({item.one.case.name: item.one for item in strikes}.values())
    width = round(540 / min(len(cases), ABREAST)) - 18
    most = max(max(item.drawdown.start, item.arriving.high) for item in strikes)
    frame = Frame(width=width, height=plan.height, low=0, high=most * width / (width - 46), margin=150)
    drawn = []
    for at in range(0, len(cases), ABREAST):
        panels = []
        for one in cases[at : at + ABREAST]:
            layers = _steps(frame, plan, [item for item in strikes if item.one is one])
            layers += frame.around(plan) if one is cases[at] else []
            panels.append(panel(frame, layers, fit(one.case.title, max(12, width // 8))))
        drawn.append(alt.hconcat(*panels, bounds="flush", spacing=18))
    heads = ["case", "strikes first", "answers", *STEPS.values(), "interval of what arrives"]
    return finish(_drawdown_words(strikes), alt.vconcat(*drawn), heads, [_step_row(item) for item in strikes])


def _steps(frame: Frame, plan: Layout, strikes: Sequence[_Strike]) -> list[Any]:
    """Return the bars of one case: a group of steps for each ordering."""
    bars: list[Row] = []
    spans: list[Row] = []
    texts: list[Row] = []
    places = iter(plan.places)
    for item in strikes:
        for name in STEPS:
            y, value, last = next(places), float(getattr(item.drawdown, name)), name == "through"
            bars.append({"x": 0, "x2": value, "y": y, "color": item.color if last else tint(item.color, 0.45)})
            end = max(value, item.arriving.high) if last else value
            texts.append({"x": end, "y": y, "text": f"{figures(value)} {item.verdict if last else ''}", "color": INK})
            spans += [{"x": item.arriving.low, "x2": item.arriving.high, "y": y, "color": INK}] if last else []
    lines: list[Row] = [
        {"x": item.required, "y": start, "y2": end, "color": INK}
        for item, start, end in zip(strikes, plan.starts, plan.ends, strict=True)
    ]
    return [frame.bars(bars, 12), frame.uprights(lines, (3, 2), 1), frame.spans(spans, 1.5), frame.words(texts, dx=6)]


def _step_row(item: _Strike) -> list[object]:
    steps: list[object] = [float(getattr(item.drawdown, name)) for name in STEPS]
    interval = f"{figures(item.arriving.low)}–{figures(item.arriving.high)}"
    return [item.one.case.title, capital(item.attacker), item.victim, *steps, interval]


def _drawdown_words(strikes: Sequence[_Strike]) -> Words:
    need, posture = figures(strikes[0].required), strikes[0].drawdown.posture
    return Words(
        name="stability-drawdown",
        title=_weak(strikes),
        subtitle=f"Warheads left at each step on {posture} alert; dashed: the required {need}; line: 90 % interval. "
        "✓ all of the interval is enough, ? part of it, ✗ none",
        caption=(
            "Survive: after the first strike. Reach defenses: surviving and reliable. Arrive: through the defenses. "
            "Color: the side that was struck."
        ),
    )


def _weak(strikes: Sequence[_Strike]) -> str:
    """Say who, struck first, answers with less than is required, and in which cases."""
    need = figures(strikes[0].required)
    weak = [item for item in strikes if item.arriving.value < item.required]
    if not weak:
        return f"Whoever is struck first answers with at least the required {need} warheads in every case"
    total = len({item.one.case.name for item in strikes})
    found = {}
    for victim in dict.fromkeys(item.victim for item in weak):
        cases = list(dict.fromkeys(item.one.case.title for item in weak if item.victim == victim))
        where = listed(cases) if len(cases) < 3 else f"{len(cases)} of {total} cases"
        found[victim] = "every case" if len(cases) == total > 1 else where
    less = f"less than the required {need} warheads"
    if len(set(found.values())) == 1:
        verb = "answers" if len(found) == 1 else "answer"
        return f"Struck first, {listed(list(found))} {verb} with {less} in {next(iter(found.values()))}"
    parts = [f"{victim} in {where}" for victim, where in found.items()]
    return f"Struck first, these answer with {less}: {listed(parts)}"


def retaliation(answer: Answer) -> Chart | None:
    """Return what arrives in return beside the requirement, for each ordering and case, in both postures."""
    strikes = _strikes(answer)
    if not strikes:
        return None
    posture = answer.scenario.assumptions.posture
    asked = [item for item in strikes if item.drawdown.posture == posture]
    rest = [item for item in strikes if item.drawdown.posture != posture]
    groups = _grouped(asked)
    plan = lay([(heading, [item.one.case.title for item in items]) for heading, items in groups.items()], top=40)
    required = asked[0].required
    marks = ticks(max(required, *(item.arriving.high for item in strikes)))
    frame = Frame(width=210, height=plan.height, low=0, high=marks[-1], axis="warheads that arrive", ticks=marks)
    lines: list[Row] = [
        {"x": required, "y": start, "y2": end, "color": INK} for start, end in zip(plan.starts, plan.ends, strict=True)
    ]
    above: list[Row] = [{"x": required, "y": 28, "text": f"required: {figures(required)}", "color": INK}]
    drawn = [
        *frame.around(plan),
        *_marks(frame, rest, plan, False),
        *_marks(frame, asked, plan, True),
        frame.uprights(lines, (3, 2)),
        frame.words(above, align="center"),
        frame.column(222, f"{posture} alert", _told(asked, plan, INK)),
    ]
    drawn += [frame.column(374, f"{rest[0].drawdown.posture} alert", _told(rest, plan, SOFT))] if rest else []
    return finish(_retaliation_words(asked), panel(frame, drawn), *_retaliation_table(strikes))


def _told(strikes: Sequence[_Strike], plan: Layout, color: str) -> list[tuple[float, str, str]]:
    return [(y, item.told, color) for item, y in zip(strikes, plan.places, strict=True)]


def _marks(frame: Frame, strikes: Sequence[_Strike], plan: Layout, filled: bool) -> list[Any]:
    placed = list(zip(strikes, plan.places, strict=True))
    spans: list[Row] = [
        {"x": item.arriving.low, "x2": item.arriving.high, "y": y, "color": tint(item.color, 0.4)} for item, y in placed
    ]
    dots: list[Row] = [
        {"x": item.arriving.value, "y": y, "color": item.color, "fill": item.color if filled else "white"}
        for item, y in placed
    ]
    return [frame.spans(spans, 7), frame.dots(dots, 90 if filled else 55)]


def _retaliation_table(strikes: Sequence[_Strike]) -> tuple[list[str], list[list[object]]]:
    words = {"✓": "all of the interval", "✗": "none of the interval", "?": "part of the interval"}
    rows: list[list[object]] = [
        [
            item.one.case.title,
            capital(item.attacker),
            item.victim,
            item.drawdown.posture,
            number_interval(item.arriving),
            words[item.verdict],
        ]
        for item in strikes
    ]
    return ["case", "strikes first", "answers", "posture", "warheads that arrive", "meets the requirement"], rows


def _retaliation_words(asked: Sequence[_Strike]) -> Words:
    total, posture = len(asked), asked[0].drawdown.posture
    sure = sum(item.verdict == "✓" for item in asked)
    never = sum(item.verdict == "✗" for item in asked)
    return Words(
        name="stability-retaliation",
        title=f"In {sure} of {total} first strikes enough surely arrives in return; in {never} it surely does not",
        subtitle=f"Warheads that arrive after a first strike, 90 % interval: {posture} alert (filled), other (hollow). "
        "✓ all of the interval is enough, ? part of it, ✗ none",
        caption=(
            f"The dashed line is the requirement of {figures(asked[0].required)} warheads, a choice of the scenario. "
            "Color: the side that was struck."
        ),
    )
