"""Picture of watch: the hours of a day in which no satellite sees a region."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from detente.briefing.charts_draw import Chart, Frame, Words, finish, panel
from detente.briefing.charts_layout import INK, SOFT, Row, Warned, color_of, lay, tint
from detente.briefing.names import capital
from detente.briefing.words import figures, listed

if TYPE_CHECKING:
    from detente.sensing.coverage import Coverage

DARK = "#3b424b"
SHORTEST = 1 / 60
"""Hours: the strips have one entry a minute."""


@dataclass(frozen=True, slots=True)
class _Strip:
    """A day of one region, and the cases in which it is the same."""

    coverage: Coverage
    cases: tuple[str, ...]
    who: str
    where: str
    color: str

    @property
    def blind(self) -> float:
        """Hours a day in which no satellite sees all of the region."""
        return 24.0 - self.coverage.hours_per_day

    @property
    def told(self) -> str:
        """Blind hours in words."""
        if self.blind < SHORTEST:
            return "never"
        return "all day" if self.blind > 24.0 - SHORTEST else f"{figures(self.blind)} h"

    @property
    def runs(self) -> list[tuple[float, float]]:
        """Blind stretches of the day [h]."""
        strip = self.coverage.strip
        dark = np.concatenate(([0], ~strip, [0])).astype(np.int8)
        edges = np.flatnonzero(np.diff(dark)) * 24.0 / strip.size
        return list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))


def blind_hours(answer: Warned) -> Chart | None:
    """Return a strip of 24 hours for each party, region and state of knowledge, dark where no satellite watches."""
    groups = _strips(answer)
    if not groups:
        return None
    flat = [strip for strips in groups.values() for strip in strips]
    plan = lay([(heading, [_label(answer, each) for each in strips]) for heading, strips in groups.items()])
    placed = list(zip(flat, plan.places, strict=True))
    frame = Frame(
        width=400,
        height=plan.height,
        low=0,
        high=24,
        axis="hours from an arbitrary start",
        ticks=tuple(float(at) for at in range(0, 25, 4)),
    )
    seen: list[Row] = [{"x": 0, "x2": 24, "y": y, "color": tint(strip.color, 0.35)} for strip, y in placed]
    dark: list[Row] = [
        {"x": start, "x2": end, "y": y, "color": DARK} for strip, y in placed for start, end in strip.runs
    ]
    told = [(y, strip.told, INK if strip.blind >= SHORTEST else SOFT) for strip, y in placed]
    drawn = [*frame.around(plan), frame.bars(seen), frame.bars(dark), frame.column(414, "blind", told)]
    heads = ["party", "region", "data", "cases", "watched, h", "blind, h"]
    rows: list[list[object]] = [
        [
            capital(strip.who),
            strip.where,
            strip.coverage.mode,
            listed(list(strip.cases)),
            f"{strip.coverage.hours_per_day:.1f}",
            f"{strip.blind:.1f}",
        ]
        for strip in flat
    ]
    return finish(_words(flat), panel(frame, drawn), heads, rows)


def _strips(answer: Warned) -> dict[str, list[_Strip]]:
    """Return the strips of each party and region; cases with the same one share it, shared data must change it."""
    found: dict[str, dict[tuple[str, bytes], _Strip]] = {}
    for mode in ("own", "shared"):
        for one in answer.cases.values():
            for item in one.coverage:
                who, where = (
                    answer.scenario.parties[item.party].title,
                    answer.scenario.catalog.regions[item.region].title,
                )
                group = found.setdefault(f"{who} watches {where}", {})
                days = item.strip.tobytes()
                alone = group.get(("own", days))
                if item.mode != mode or (mode == "shared" and alone and one.case.title in alone.cases):
                    continue
                cases = group[mode, days].cases if (mode, days) in group else ()
                color = color_of(answer, item.party)
                group[mode, days] = _Strip(item, (*cases, one.case.title), who, where, color)
    return {heading: list(group.values()) for heading, group in found.items() if group}


def _label(answer: Warned, strip: _Strip) -> str:
    if len(strip.cases) == len(answer.cases):
        return strip.coverage.mode if len(strip.cases) == 1 else f"{strip.coverage.mode}, every case"
    return f"{strip.coverage.mode}, {listed(list(strip.cases))}"


def _words(strips: Sequence[_Strip]) -> Words:
    worst = max(strips, key=lambda strip: (round(strip.blind, 1), len(strip.cases)))
    title = f"Own satellites of {worst.who} leave {worst.where} unwatched {figures(worst.blind)} hours a day"
    if worst.blind > 24 - SHORTEST:
        title = f"{worst.who} has no satellite that watches {worst.where} at any hour"
    if len(worst.cases) == 1 and worst.blind >= SHORTEST and len(strips) > 1:
        title += f" under {worst.cases[0]}"
    if worst.blind < SHORTEST:
        title = "No region is unwatched at any hour"
    return Words(
        name="warning-blind-hours",
        title=title,
        subtitle="A day of watch over each region: satellites see all of it (colored) or not (dark)",
        caption=(
            "Infrared satellites only. A region counts as watched when a burning missile over every point of it is "
            "seen. Cases with the same strip share one; shared data are drawn where they change it. Color: the party."
        ),
    )
