"""Where things stand in a chart: rows under headings from the top, labels that fit, and colors."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log10
from typing import TYPE_CHECKING, Any, Protocol

from detente.briefing.names import capital
from detente.briefing.palette import PARTY_COLORS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from detente.scenario.scenario import Case, Scenario
    from detente.sensing.coverage import Coverage
    from detente.sensing.timeline import Timeline

INK, SOFT, RULE, GRID = "#16191d", "#4d5560", "#d5d9de", "#e3e7eb"
LINE = 15
"""Height [px] of a line of words."""

Row = dict[str, Any]


class CaseWarned(Protocol):
    """What the pictures of warning read of a case."""

    @property
    def case(self) -> Case:
        """The case."""

    @property
    def timelines(self) -> tuple[Timeline, ...]:
        """Of each threat and aim, by mode."""

    @property
    def coverage(self) -> tuple[Coverage, ...]:
        """Of each region, by party and mode."""


class Warned(Protocol):
    """What the pictures of warning read of an answer: of the whole briefing, or of warning alone."""

    @property
    def scenario(self) -> Scenario:
        """The question."""

    @property
    def cases(self) -> Mapping[str, CaseWarned]:
        """The answer, by case."""


def color_of(answer: Warned, party: str) -> str:
    """Return the color of a party, the same in every picture."""
    return PARTY_COLORS[list(answer.scenario.parties).index(party) % len(PARTY_COLORS)]


def tint(color: str, strength: float) -> str:
    """Return a color mixed with white.

    Examples
    --------
    >>> tint("#0072B2", 1.0), tint("#0072B2", 0.0)
    ('#0072b2', '#ffffff')
    """
    parts = (int(color[at : at + 2], 16) for at in (1, 3, 5))
    return "#" + "".join(f"{round(255 - (255 - part) * strength):02x}" for part in parts)


def ticks(high: float, most: int = 5) -> tuple[float, ...]:
    """Return round numbers from 0 to just beyond `high`, in at most so many steps.

    Examples
    --------
    >>> ticks(4064.0), ticks(0.0)
    ((0.0, 1000.0, 2000.0, 3000.0, 4000.0, 5000.0), (0.0, 1.0))
    """
    if high <= 0.0:
        return 0.0, 1.0
    step = 10.0 ** floor(log10(high / most))
    step = next(step * by for by in (1, 2, 5, 10) if step * by * most >= high)
    return tuple(step * count for count in range(ceil(high / step) + 1))


def fit(text: str, most: int = 24, lines: int = 3) -> str:
    r"""Return a label broken into lines, with an ellipsis where it is longer than they hold.

    Examples
    --------
    >>> fit("START II"), fit("one two three", 7), fit("one two three", 7, 1)
    ('START II', 'one two\nthree', 'one…')
    """
    return "\n".join(textwrap.wrap(text, most, max_lines=lines, placeholder="…", break_on_hyphens=False))


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Rows under headings, laid out from the top.

    Parameters
    ----------
    heads, labels : list of dict
        Words of the headings and of the rows, with their height.
    places : tuple of float
        Height of the middle of each row [px], in order.
    starts, ends : tuple of float
        Top and bottom of each group's rows [px].
    height : int
        Of all [px].
    """

    heads: list[Row]
    labels: list[Row]
    places: tuple[float, ...]
    starts: tuple[float, ...]
    ends: tuple[float, ...]
    height: int


def lay(groups: Sequence[tuple[str, Sequence[str]]], top: int = 24, least: int = 22, most: int = 24) -> Layout:
    """Lay out rows with labels under headings.

    Parameters
    ----------
    groups : sequence of (str, sequence of str)
        Heading and labels of its rows; no line is kept for an empty heading.
    top : int
        Room above the first heading [px], for the heads of columns.
    least : int
        Least height of a row [px].
    most : int
        Characters of a label on one line.
    """
    heads: list[Row] = []
    labels: list[Row] = []
    starts: list[float] = []
    ends: list[float] = []
    y = float(top)
    for heading, names in groups:
        if heading:
            heads.append({"y": y + 9, "text": fit(capital(heading), 92, 1), "color": INK})
            y += 21
        starts.append(y)
        for name in names:
            text = fit(name, most)
            tall = max(least, LINE * (text.count("\n") + 1) + 7)
            labels.append({"y": y + tall / 2, "text": text, "color": INK})
            y += tall
        ends.append(y)
        y += 9
    places = tuple(float(row["y"]) for row in labels)
    return Layout(
        heads=heads, labels=labels, places=places, starts=tuple(starts), ends=tuple(ends), height=round(y - 4)
    )
