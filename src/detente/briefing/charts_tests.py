"""Picture of the record of flight tests: the rate of hits of each system with what so few tests leave open."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from detente.briefing.charts_draw import Chart, Frame, Words, finish, panel
from detente.briefing.charts_layout import INK, SOFT, Row, lay, tint
from detente.briefing.palette import PARTY_COLORS

if TYPE_CHECKING:
    from detente.defense.tallies import Tally

FIFTHS = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
PERCENT = "format(100 * datum.value, '.0f') + ' %'"
_COLOR = PARTY_COLORS[0]


def intervals(tallies: Sequence[Tally]) -> Chart:
    """Return the picture of the rates of hits in scripted tests, with both intervals.

    Parameters
    ----------
    tallies : sequence of Tally
        Of the systems, in the order in which they are drawn; at least one.
    """
    plan = lay([("", [f"{each.system}, {_years(each)}" for each in tallies])], most=28)
    frame = Frame(
        width=430,
        height=plan.height,
        low=0.0,
        high=1.0,
        axis="hits in attempts against ballistic targets",
        ticks=FIFTHS,
        labels=PERCENT,
        margin=205,
    )
    credible: list[Row] = []
    exact: list[Row] = []
    dots: list[Row] = []
    told: list[tuple[float, str, str]] = []
    for each, y in zip(tallies, plan.places, strict=True):
        seen = each.evidence
        credible.append({"x": seen.low, "x2": seen.high, "y": y, "color": tint(_COLOR, 0.45)})
        exact.append({"x": seen.exact_low, "x2": seen.exact_high, "y": y, "color": SOFT})
        dots.append({"x": seen.rate, "y": y, "color": INK, "fill": _COLOR})
        told.append((y, f"{seen.hits} of {seen.tests}", INK))
    level = f"{100 * tallies[0].evidence.level:g} %"
    parts = frame.key([(0, tint(_COLOR, 0.45), f"{level} credible"), (140, SOFT, f"{level} Clopper-Pearson")])
    drawn = [*frame.around(plan), frame.bars(credible, 9), frame.spans(exact, 1.5), frame.dots(dots, 60)]
    drawn += [frame.column(446, "hits", told), *parts]
    words = Words(
        name="flight-tests",
        title=_title(tallies),
        subtitle="Rates of scripted tests, in which time, place and target are known; they are no kill probabilities. "
        f"{_prior(tallies[0])}",
        caption="Dot: hits divided by attempts. Bar: credible interval of the chance of a hit in such a test. Line: "
        "interval of Clopper and Pearson. Flights without an attempt, satellites, combat and disputed or partial "
        "outcomes are not counted.",
    )
    heads = ["system", "hits", "attempts", "rate", "low", "high", "Clopper-Pearson low", "Clopper-Pearson high"]
    return finish(words, panel(frame, drawn), heads, [_numbers(each) for each in tallies])


def _years(tally: Tally) -> str:
    first, last = tally.first.year, tally.last.year
    return f"{first}" if first == last else f"{first} to {last}"


def _title(tallies: Sequence[Tally]) -> str:
    most = max(tallies, key=lambda each: each.evidence.tests)
    seen = most.evidence
    return (
        f"{seen.hits} of {seen.tests} scripted tests of {most.system} hit, "
        f"which leaves the chance between {100 * seen.low:.0f} and {100 * seen.high:.0f} %"
    )


def _prior(tally: Tally) -> str:
    a, b = tally.evidence.prior
    return "Prior uniform." if (a, b) == (1.0, 1.0) else f"Prior Beta({a:g}, {b:g})."


def _numbers(tally: Tally) -> list[object]:
    seen = tally.evidence
    return [tally.system, seen.hits, seen.tests, seen.rate, seen.low, seen.high, seen.exact_low, seen.exact_high]
